"""``textinnsikt report``: the report and the workbook of a folder of results, made again."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from textinnsikt.cli.parser import NorwegianParser
from textinnsikt.cli.progress import Progress
from textinnsikt.errors import InputError

REPORT, BOOK = "rapport.html", "innsikt.xlsx"


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        name,
        help="lag rapport og regneark på nytt av resultatene i en mappe",
        description="Lag rapport.html og innsikt.xlsx av tabellene i MAPPE, uten å lese studien eller merke på nytt. "
        "Tabeller som ikke er der, blir utelatt.",
    )
    parser.add_argument("folder", metavar="MAPPE", type=Path, help="mappa fra «textinnsikt run»")
    parser.add_argument("-o", "--output", metavar="UT", type=Path, help="mappa rapporten skrives i (standard: MAPPE)")
    parser.add_argument("--title", metavar="NAVN", help="navnet på studien, som overskrift")
    parser.add_argument("--force", action="store_true", help="skriv over rapport og regneark som finnes")


def execute(options: argparse.Namespace) -> None:
    """Run the command and print where the report is."""
    output = options.output or options.folder
    make_report(options.folder, output, options.title, options.force)
    print(f"Skrev {REPORT} og {BOOK} i {output.name or output}.")


def make_report(folder: Path, output: Path | None = None, title: str | None = None, force: bool = False) -> None:
    """Write ``rapport.html`` and ``innsikt.xlsx``.

    Parameters
    ----------
    folder : Path
        The results of a study.
    output : Path, optional
        Where the report goes; default the same folder.
    title : str, optional
        Name of the study as shown.
    force : bool
        Overwrite.

    Raises
    ------
    InputError
        When a table is missing or broken, or the report exists.
    """
    from textinnsikt.insight import read_insight

    output = output or folder
    refuse_existing(output, (REPORT, BOOK), force)
    progress = Progress()
    with progress.stage("les", "Leser tabellene"):
        insight = read_insight(folder, title)
    output.mkdir(parents=True, exist_ok=True)
    with progress.stage("rapport", "Lager rapport og regneark"):
        write_whole(output / REPORT, insight.write_html)
        write_whole(output / BOOK, insight.write_xlsx)


def refuse_existing(folder: Path, names: tuple[str, ...], force: bool) -> None:
    """Refuse to overwrite unless told to."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder.name} er en fil; velg en mappe med -o.")
    there = [name for name in names if (folder / name).exists()]
    if there and not force:
        raise InputError(f"{there[0]} finnes fra før; velg en annen mappe med -o, eller skriv over med --force.")


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file beside its place and move it there when it is whole."""
    fresh = path.with_name(f".{path.name}.ny")
    try:
        write(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
