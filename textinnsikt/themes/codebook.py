"""The codebook: which themes there are and what they mean."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from unicodedata import normalize

from textinnsikt.errors import InputError
from textinnsikt.study import MENTIONS
from textinnsikt.study.questions import OWN_COLUMNS

#: Columns that a theme cannot be called: those of the results and of labelled files.
_TAKEN = OWN_COLUMNS | {"id", "stemme", "del", "målform"}


@dataclass(frozen=True)
class Theme:
    """One theme: ``key`` as in file headings, ``name`` as shown to people, and its ``definition``."""

    key: str
    name: str
    definition: str


@dataclass(frozen=True)
class Codebook:
    """The themes in their declared order.

    Parameters
    ----------
    themes : tuple of Theme
        In the order in which the customer meets them; reports and factors keep it.

    Examples
    --------
    >>> Codebook.load().keys
    ('lytting', 'behovskartlegging', 'løsning', 'mersalg')
    >>> Codebook.load().outputs[:2]
    ('lytting:positiv', 'lytting:negativ')
    """

    themes: tuple[Theme, ...]

    @classmethod
    def load(cls, path: str | Path | None = None) -> Codebook:
        """Read a codebook file; without a path, the one that the package ships.

        Parameters
        ----------
        path : str or Path, optional
            A TOML file with one table a theme: ``[tema.KEY]`` with ``navn`` and ``definisjon``.

        Raises
        ------
        InputError
            When the file is not TOML or has no theme.
        """
        if path is None:
            text = (files("textinnsikt.themes") / "kodebok.toml").read_text(encoding="utf-8")
            return cls.from_dict(tomllib.loads(text))
        try:
            return cls.from_dict(tomllib.loads(Path(path).read_text(encoding="utf-8-sig")), Path(path).name)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(
                f"Kodeboka {Path(path).name} er ikke gyldig TOML: {error}. "
                'Navn med æ, ø eller å står i anførselstegn: [tema."løsning"].'
            ) from None

    @classmethod
    def from_dict(cls, data: dict[str, Any], source: str = "kodeboka") -> Codebook:
        """Build a codebook from what its TOML file holds."""
        tables = data.get("tema")
        if not isinstance(tables, dict) or not tables:
            raise InputError(f"{source} har ingen temaer; skriv én tabell per tema, for eksempel [tema.lytting].")
        themes = []
        for written, table in tables.items():
            key = normalize("NFC", written)  # «å» may be written as two characters, but not in headings
            if not isinstance(table, dict):
                raise InputError(f"{source}: «tema.{key}» må være en tabell med navn og definisjon.")
            if key.lower() in _TAKEN:
                raise InputError(f"{source}: temaet «{key}» heter det samme som en kolonne; gi det et annet navn.")
            themes.append(Theme(key, str(table.get("navn", key.capitalize())), str(table.get("definisjon", ""))))
        return cls(tuple(themes))

    def check_questions(self, questions: Iterable[str]) -> None:
        """Raise an `InputError` when a question of the study has a theme's name: the results hold a column of each."""
        themes = {key.casefold() for key in self.keys}
        for question in questions:
            if question.casefold() in themes:
                raise InputError(
                    f"Spørsmålet «{question}» i studien heter det samme som et tema i kodeboka; "
                    "gi kolonnen et annet navn i fila."
                )

    def to_dict(self) -> dict[str, Any]:
        """Return the codebook as its TOML file holds it."""
        return {"tema": {t.key: {"navn": t.name, "definisjon": t.definition} for t in self.themes}}

    @property
    def keys(self) -> tuple[str, ...]:
        """Theme names as in file headings."""
        return tuple(theme.key for theme in self.themes)

    @property
    def outputs(self) -> tuple[str, ...]:
        """The yes/no outputs of a tagger: ``T:positiv`` and ``T:negativ`` for each theme T."""
        return tuple(f"{key}:{mention}" for key in self.keys for mention in MENTIONS)
