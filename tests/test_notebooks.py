"""Every notebook runs from clean, away from the repository."""

from importlib.resources import files
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
REVIEWS = "TEXTINNSIKT_BOKANMELDELSER"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def _outputs(path, folder):
    """Run a notebook in a folder; a cell that fails raises."""
    notebook = nbformat.read(path, as_version=4)
    done = NotebookClient(notebook, timeout=900, resources={"metadata": {"path": str(folder)}}).execute()
    return [output for cell in done.cells for output in cell.get("outputs", [])]


def _charts(outputs):
    return [o for o in outputs if "vega" in str(o.get("data", {}).keys()) + o.get("data", {}).get("text/html", "")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_is_kept_without_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].cell_type == "markdown" and notebook.cells[0].source.startswith("# ")
    for cell in notebook.cells:
        assert not cell.get("outputs") and cell.get("execution_count") is None
    assert path.stat().st_size < 30_000


@pytest.mark.check
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs(path, tmp_path, monkeypatch):
    monkeypatch.delenv(REVIEWS, raising=False)
    outputs = _outputs(path, tmp_path)
    said = "".join(output.get("text", "") for output in outputs)
    assert _charts(outputs) or f"sett {REVIEWS}" in said


@pytest.mark.check
def test_reviews_notebook_runs_where_the_file_is(tmp_path, monkeypatch):
    rows = pd.read_csv(files("textinnsikt.data") / "merkede_kommentarer.csv").sample(360, random_state=2)
    reviews = pd.DataFrame({f"kommentar_{i + 1}": rows["tekst"].iloc[i::3].to_numpy() for i in range(3)})
    numbers = reviews.index
    reviews = reviews.assign(
        henvendelse=[f"a{i}" for i in numbers],
        avis=[f"avis {i % 6}" for i in numbers],
        kritiker=[f"K{i % 17}" for i in numbers],
        aar=2010 + numbers % 3,
        maalform="nb",
        terningkast=1 + numbers * 7 % 6,
    )
    reviews.to_csv(tmp_path / "anmeldelser.csv", index=False, encoding="utf-8")
    monkeypatch.setenv(REVIEWS, str(tmp_path / "anmeldelser.csv"))
    assert len(_charts(_outputs(FOLDER / "06_ekte_tekst.ipynb", tmp_path))) == 2
