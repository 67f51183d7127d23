"""Steps that several commands share."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from textinnsikt.language import mask_all
from textinnsikt.study import Study
from textinnsikt.themes import ThemeTagger


def mask_study(study: Study) -> Study:
    """Return the study with personal data masked in every comment; names of centres and classes stay."""
    contacts = study.contacts
    keep = {str(name) for column in ("kundesenter", "klasse") for name in contacts[column].dropna().unique()}
    return study.with_texts(mask_all(list(study.comments["tekst"]), keep=keep))


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
