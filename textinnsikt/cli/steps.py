"""Steps that several commands share."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from textinnsikt.themes import ThemeTagger


def load_tagger(model: Path | None) -> ThemeTagger:
    """Load the tagger of a folder, or the one that the package ships."""
    return ThemeTagger.load(model)


def model_hash(model: Path | None) -> str:
    """Return the hash by which results of a model are known, without loading it."""
    from textinnsikt.themes.storage import folder_hash

    if model is not None:
        return folder_hash(model)
    with as_file(files("textinnsikt.themes") / "model") as folder:
        return folder_hash(folder)
