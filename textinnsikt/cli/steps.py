"""Steps that several commands share. Torch is loaded only when a tagger is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from textinnsikt.themes import Codebook
from textinnsikt.themes.facts import folder_hash, read_facts

if TYPE_CHECKING:
    from textinnsikt.themes import ThemeTagger


@contextmanager
def _model_folder(model: Path | None) -> Iterator[Path]:
    """Give the folder of a model, or of the one that the package ships."""
    if model is not None:
        yield model
    else:
        with as_file(files("textinnsikt.themes") / "model") as folder:
            yield folder


def load_tagger(model: Path | None) -> ThemeTagger:
    """Load the tagger of a folder, or the one that the package ships."""
    from textinnsikt.themes import ThemeTagger

    return ThemeTagger.load(model)


def model_hash(model: Path | None) -> str:
    """Return the hash by which results of a model are known, without loading it."""
    with _model_folder(model) as folder:
        read_facts(folder)
        return folder_hash(folder)


def codebook_of(model: Path | None) -> Codebook:
    """Return the codebook of a model, without loading it."""
    with _model_folder(model) as folder:
        return Codebook.from_dict(read_facts(folder)["kodebok"])
