"""The hand-written sentences that the example study is put together from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

THEMES = ("lytting", "behovskartlegging", "løsning", "mersalg")
FILE = Path(__file__).resolve().parents[2] / "data" / "eksempelsetninger.csv"

_HE = re.compile(r"\b(han|ham|hannes|mannen|karen|gutten|fyren|herren)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(hun|hu|ho|henne|hennes|hennar|damen|dama|kvinnen|kvinna|jenta)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """One sentence and where it can stand.

    ``themes`` maps theme -> value (only mentioned ones); ``aspect`` is None or (name, ``+``/``-``/``0``);
    empty ``channels``, ``classes``, ``roles`` mean anywhere; ``gender`` is ``he``, ``she`` or empty.
    """

    id: str
    text: str
    voice: str
    themes: tuple[tuple[str, str], ...]
    aspect: tuple[str, str] | None
    channels: frozenset[str]
    classes: frozenset[str]
    product: str
    roles: frozenset[str]
    gender: str

    @property
    def facts(self) -> frozenset[tuple[str, str]]:
        """What the sentence says: (theme, value) pairs, and the aspect with its sign."""
        return frozenset(self.themes) | ({self.aspect} if self.aspect else frozenset())


def read_sentences(path: Path = FILE) -> list[Sentence]:
    """Read the sentence file, in its order."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    return [_sentence(row) for row in frame.to_dict("records")]


def _sentence(row: dict[str, str]) -> Sentence:
    text = row["setning"]
    he, she = bool(_HE.search(text)), bool(_SHE.search(text))
    return Sentence(
        id=row["id"],
        text=text,
        voice=row["stemme"],
        themes=tuple((theme, row[theme]) for theme in THEMES if row[theme] != "ingen"),
        aspect=(row["aspekt"], row["aspekt_verdi"]) if row["aspekt"] else None,
        channels=_several(row["kanal"]),
        classes=_several(row["klasse"]),
        product=row["produkt"],
        roles=_several(row["rolle"]),
        gender="" if he == she else ("he" if he else "she"),
    )


def _several(cell: str) -> frozenset[str]:
    return frozenset(part for part in cell.split(";") if part)
