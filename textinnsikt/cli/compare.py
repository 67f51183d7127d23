"""``textinnsikt compare``: what has changed from one study to the next."""

from __future__ import annotations

import argparse
from html import escape
from pathlib import Path

import pandas as pd

from textinnsikt._version import __version__
from textinnsikt.cli.output import OutputFolder
from textinnsikt.cli.parser import NorwegianParser
from textinnsikt.errors import InputError
from textinnsikt.insight.waves import WaveComparison, compare_waves
from textinnsikt.insight.wording import number
from textinnsikt.study import read_tagged

_TABLES = ("endring_oversikt", "endring_temaer", "endring_klynger", "endring_faktorer", "drift")
#: Everything the command can write.
FILES = (*(f"{name}.csv" for name in _TABLES), "sammenligning.html")
_PAGE = """<!doctype html>
<html lang="nb"><meta charset="utf-8"><title>Endring fra {first} til {second}</title>
<style>body{{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1100px;padding:0 1rem;color:#1d2b33}}
table{{border-collapse:collapse;margin:.5rem 0 2rem}}
th,td{{padding:.25rem .7rem;text-align:right;border-bottom:1px solid #dde4e8}}
th:first-child,td:first-child{{text-align:left}}</style>
<h1>Endring fra {first} til {second}</h1>{body}</html>
"""


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        name,
        help="sammenlign to studier",
        description="Sammenlign to studier som er kjørt med «textinnsikt run»: endring i temaer, klynger og "
        "suksessfaktorer, med "
        "konfidensintervall, og om modellen bør ses på igjen.",
    )
    parser.add_argument("first", metavar="MAPPE1", type=Path, help="den tidligste studien")
    parser.add_argument("second", metavar="MAPPE2", type=Path, help="den seneste studien")
    parser.add_argument("-o", "--output", metavar="MAPPE", type=Path, required=True, help="mappa resultatene skrives i")
    parser.add_argument("--force", action="store_true", help="skriv over resultater som finnes i mappa")


def execute(options: argparse.Namespace) -> None:
    """Run the command and print the summary."""
    for line in compare_folders(options.first, options.second, options.output, options.force):
        print(line)


def compare_folders(first: Path, second: Path, folder: Path, force: bool = False) -> list[str]:
    """Compare the studies of two result folders and write what has changed.

    Parameters
    ----------
    first, second : Path
        Folders with ``kommentarer.csv`` and, for the factors, ``faktorer.csv``.
    folder : Path
        Where ``endring_oversikt.csv``, ``endring_temaer.csv``, ``endring_klynger.csv``, ``endring_faktorer.csv``,
        ``drift.csv`` and ``sammenligning.html`` go.
    force : bool
        Overwrite earlier results.

    Returns
    -------
    list of str
        The summary.

    Raises
    ------
    InputError
        When the studies cannot be compared or results would be overwritten.
    """
    waves = (read_tagged(first), read_tagged(second))
    settings = {"studier": [wave.sha256 for wave in waves], "textinnsikt": __version__}
    output = OutputFolder(folder, FILES, settings, force)
    found = compare_waves(*waves, _factors(first, second))
    for name, table in found.tables.items():
        table.round(6).to_csv(output.parts / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
    page = _PAGE.format(first=escape(first.name), second=escape(second.name), body=found._repr_html_())
    (output.parts / "sammenligning.html").write_text(page, encoding="utf-8")
    output.publish()
    return [*_told(found), *found.notes]


def _factors(first: Path, second: Path) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    paths = [folder / "faktorer.csv" for folder in (first, second)]
    if not all(path.exists() for path in paths):
        return None
    frames = [pd.read_csv(path, encoding="utf-8") for path in paths]
    for path, frame in zip(paths, frames, strict=True):
        missing = {"tema", "omtale", "metode", "estimat", "nedre", "øvre", "n"} - set(frame)
        if missing:
            raise InputError(
                f"{path.parent.name}/{path.name} mangler kolonnen «{sorted(missing)[0]}»; lag fila på nytt."
            )
    return frames[0], frames[1]


def _told(found: WaveComparison) -> list[str]:
    """Put the clearest changes in words."""
    clear = found.summary[found.summary["q"] < 0.05]
    if clear.empty:
        return ["Ingen tydelig endring i temaene."]
    lines = []
    for row in clear.sort_values("estimat", key=abs, ascending=False, kind="stable").to_dict("records"):
        way = "oftere" if row["estimat"] > 0 else "sjeldnere"
        shares = f"{number(100 * row['første'])} til {number(100 * row['andre'])} %"
        span = f"fra {number(100 * row['nedre'])} til {number(100 * row['øvre'])} prosentpoeng"
        lines.append(
            f"{row['tema']}: {row['omtale']} {way}, {shares} av henvendelsene "
            f"(95 % konfidensintervall for endringen {span})."
        )
    return lines
