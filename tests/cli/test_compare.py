"""Two result folders compared from the shell."""

import pandas as pd
import pytest

from textinnsikt.cli.compare import FILES
from textinnsikt.cli.main import main


@pytest.fixture(scope="module")
def compared(small_run, tmp_path_factory):
    folder, _ = small_run
    out = tmp_path_factory.mktemp("endring") / "ut"
    assert main(["compare", str(folder), str(folder), "-o", str(out)]) == 0
    return folder, out


def test_a_study_compared_with_itself_has_not_changed(compared):
    _, out = compared
    assert {path.name for path in out.iterdir()} == set(FILES)
    for name in ("endring_temaer", "endring_klynger", "endring_faktorer", "endring_oversikt"):
        table = pd.read_csv(out / f"{name}.csv")
        assert len(table) and (table["estimat"].dropna() == 0).all()
    assert (pd.read_csv(out / "drift.csv")["varsel"] == "nei").all()
    assert "<h1>Endring fra" in (out / "sammenligning.html").read_text(encoding="utf-8")


def test_results_are_not_overwritten(compared, capsys):
    folder, out = compared
    assert main(["compare", str(folder), str(folder), "-o", str(out)]) == 2
    assert "--force" in capsys.readouterr().err


def test_a_folder_without_results_is_named(compared, tmp_path, capsys):
    folder, _ = compared
    assert main(["compare", str(folder), str(tmp_path), "-o", str(tmp_path / "ut")]) == 2
    assert "kommentarer.csv" in capsys.readouterr().err
