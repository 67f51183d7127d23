"""Every notebook runs from clean."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.check
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs(path):
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "outputs are kept out of the repository"
    done = NotebookClient(notebook, timeout=300).execute()
    shown = [output for cell in done.cells for output in cell.get("outputs", [])]
    assert shown and all(output.output_type != "error" for output in shown)
