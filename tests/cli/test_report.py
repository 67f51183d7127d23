"""The report made again from a folder of results."""

import shutil

import pytest

from textinnsikt.cli.main import main


@pytest.fixture(scope="module")
def results(small_run, tmp_path_factory):
    """The tables of a small run, without its material."""
    folder = tmp_path_factory.mktemp("mappe") / "ut"
    folder.mkdir()
    for path in small_run[0].iterdir():
        if path.suffix in (".csv", ".json"):
            shutil.copy(path, folder)
    return folder


def test_it_gives_the_same_bytes_as_the_main_job(small_run, results, tmp_path, capsys):
    assert main(["report", str(results), "-o", str(tmp_path / "ny")]) == 0
    assert capsys.readouterr().out == "Skrev rapport.html og innsikt.xlsx i ny.\n"
    assert sorted(path.name for path in (tmp_path / "ny").iterdir()) == ["innsikt.xlsx", "rapport.html"]
    for name in ("rapport.html", "innsikt.xlsx"):
        assert (tmp_path / "ny" / name).read_bytes() == (small_run[0] / name).read_bytes(), name


def test_it_is_not_written_over_without_force(results, tmp_path, capsys):
    out = tmp_path / "ut"
    out.mkdir()
    (out / "rapport.html").write_text("min egen", encoding="utf-8")
    assert main(["report", str(results), "-o", str(out)]) == 2
    assert "rapport.html finnes fra før" in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == ["rapport.html"]
    assert main(["report", str(results), "-o", str(out), "--force", "--title", "Vinteren <2021>"]) == 0
    assert "<h1>Vinteren &lt;2021&gt;</h1>" in (out / "rapport.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("folder", "said"), [("finnes_ikke", "Finner ikke mappa finnes_ikke"), (".", "har ingen kommentarer.csv")]
)
def test_a_wrong_folder_is_one_sentence(folder, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["report", folder]) == 2
    told = capsys.readouterr()
    assert said in told.err and told.err.count("\n") == 1 and told.out == ""
