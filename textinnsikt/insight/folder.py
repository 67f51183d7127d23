"""A folder of results, read back so that its material can be made again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.insight.insight import Insight
from textinnsikt.study import read_tagged
from textinnsikt.themes import Codebook

#: Finding -> the file it is in.
FILES = {
    "factors": "faktorer.csv",
    "importance": "viktighet.csv",
    "winners": "vinnere.csv",
    "ranking": "rangering.csv",
    "expectations": "forventninger.csv",
    "cluster_factors": "klyngefaktorer.csv",
}
#: Columns without which a file is not what its name says.
_NEEDED = {
    "klynger.csv": ("klynge", "navn", "tema", "antall", "andel", "nedre", "øvre", "stabilitet", "sitat_1"),
    "setninger.csv": ("henvendelse", "kommentar_nr", "setning_nr", "tekst", "klynge"),
    "faktorer.csv": ("tema", "omtale", "metode", "estimat", "nedre", "øvre", "n", "p", "q"),
    "viktighet.csv": ("tema", "metode", "n", "andel", "andel_nedre", "andel_øvre"),
    "vinnere.csv": ("klasse", "tema", "omtale", "estimat", "nedre", "øvre", "n", "vinner", "andre", "q"),
    "rangering.csv": ("mål", "kundesenter", "n", "rang", "rang_fra", "rang_til", "klasserang"),
    "forventninger.csv": ("tema", "mål", "estimat", "nedre", "øvre", "n"),
    "klyngefaktorer.csv": ("klynge", "metode", "estimat", "nedre", "øvre", "q", "n"),
}
_TEXTS = ("henvendelse", "kundesenter", "klasse", "tekst", "navn", "tema", "sitat_1", "sitat_2", "sitat_3")


@dataclass(frozen=True)
class ReadFinding:
    """A finding as its files hold it: the table, the notes that go with it, and what it was computed on."""

    summary: pd.DataFrame
    notes: tuple[str, ...] = ()
    header: Mapping[str, Any] = field(default_factory=dict)
    sentences: pd.DataFrame = field(default_factory=pd.DataFrame)


def read_insight(folder: str | Path, title: str | None = None) -> Insight:
    """Read what a study's folder holds.

    Parameters
    ----------
    folder : str or Path
        With ``kommentarer.csv``, ``setninger.csv``, ``klynger.csv`` and ``faktorer.csv``; ``viktighet.csv``,
        ``vinnere.csv``, ``rangering.csv``, ``forventninger.csv`` and ``klyngefaktorer.csv`` where they are there. Names
        of themes come from ``kjoring.json``, the notes that belong with the numbers from ``faktorer.json``.
    title : str, optional
        Name of the study as shown; default its file name.

    Returns
    -------
    Insight

    Raises
    ------
    InputError
        When the folder or one of its first four files is missing, or a file is not what its name says.

    Examples
    --------
    >>> read_insight("finnes_ikke")
    Traceback (most recent call last):
    ...
    textinnsikt.errors.InputError: Finner ikke mappa finnes_ikke; oppgi mappa fra «textinnsikt run».
    """
    place = Path(folder)
    if not place.is_dir():
        raise InputError(f"Finner ikke mappa {place.name}; oppgi mappa fra «textinnsikt run».")
    tagged = read_tagged(place)
    kept = _facts(place / "faktorer.json")
    found = {
        name: _finding(_table(place / file), kept.get(Path(file).stem, {}))
        for name, file in FILES.items()
        if name == "factors" or (place / file).exists()
    }
    clusters = ReadFinding(_table(place / "klynger.csv"), sentences=_table(place / "setninger.csv"))
    themes = _themes(_facts(place / "kjoring.json"))
    return Insight(
        tagged,
        clusters=clusters,  # type: ignore[arg-type]
        title=title,
        theme_names={key: row["navn"] for key, row in themes.items()} or None,
        theme_definitions={key: row["definisjon"] for key, row in themes.items()} or None,
        **found,  # type: ignore[arg-type]
    )


def _finding(summary: pd.DataFrame, kept: Mapping[str, Any]) -> ReadFinding:
    """Put the notes and the header that ``faktorer.json`` keeps beside their table."""
    return ReadFinding(summary, tuple(kept.get("notes", ())), kept.get("header", {}))


def _themes(facts: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return names and definitions by theme: those the study was tagged with, or the shipped codebook's."""
    if "temaer" in facts:
        return {row["tema"]: row for row in facts["temaer"]}
    return {theme.key: {"navn": theme.name, "definisjon": theme.definition} for theme in Codebook.load().themes}


def _facts(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise InputError(f"{path.name} er ødelagt; slett den eller kjør på nytt.") from None


def _table(path: Path) -> pd.DataFrame:
    """Read one finding's file."""
    try:
        texts = dict.fromkeys(_TEXTS, "str")
        frame = pd.read_csv(path, dtype=texts, encoding="utf-8", keep_default_na=False, na_values=[""])
    except FileNotFoundError:
        raise InputError(f"Mappa {path.parent.name} mangler {path.name}; kjør «textinnsikt run» på studien.") from None
    except (ValueError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} kan ikke leses ({error}); kjør «textinnsikt run» på nytt.") from None
    missing = [name for name in _NEEDED[path.name] if name not in frame.columns]
    if missing:
        raise InputError(f"{path.name} mangler kolonnen «{missing[0]}»; kjør «textinnsikt run» på nytt.")
    return frame
