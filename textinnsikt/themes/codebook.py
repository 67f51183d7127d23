"""The codebook: which themes there are and what they mean."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from textinnsikt.errors import InputError
from textinnsikt.study import MENTIONS


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
            return cls.from_dict(tomllib.loads(Path(path).read_text(encoding="utf-8")), Path(path).name)
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
        for key, table in tables.items():
            if not isinstance(table, dict):
                raise InputError(f"{source}: «tema.{key}» må være en tabell med navn og definisjon.")
            themes.append(Theme(key, str(table.get("navn", key.capitalize())), str(table.get("definisjon", ""))))
        return cls(tuple(themes))

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
