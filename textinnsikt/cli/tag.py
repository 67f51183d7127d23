"""``textinnsikt tag``: comments in, comments with themes out."""

from __future__ import annotations

import argparse
from pathlib import Path

from textinnsikt.cli.parser import NorwegianParser, parse_mapping
from textinnsikt.cli.progress import Progress
from textinnsikt.errors import InputError


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        name,
        help="merk kommentarer med temaer",
        description="Merk hver kommentar med temaer. FIL er CSV, Excel, Parquet eller JSON Lines med en id og "
        "kommentar_1 … kommentar_k, eller kolonnen tekst. Personopplysninger maskeres før noe skrives.",
    )
    parser.add_argument("file", metavar="FIL", type=Path, help="fila med kommentarene")
    parser.add_argument(
        "-o", "--output", metavar="UT", type=Path, required=True, help="resultatet: .csv eller .parquet"
    )
    parser.add_argument("--map", metavar="NAVN=OVERSKRIFT", action="append", help="hvilken overskrift som er hva")
    parser.add_argument("--model", metavar="MAPPE", type=Path, help="egen modell (standard: den innebygde)")
    parser.add_argument("--force", action="store_true", help="skriv over resultatet om det finnes")


def execute(options: argparse.Namespace) -> None:
    """Run the command and print where the result is."""
    tag_file(options.file, options.output, parse_mapping(options.map), options.model, options.force)
    print(f"Skrev {options.output.name}.")


def tag_file(
    file: Path,
    output: Path,
    mapping: dict[str, str] | None = None,
    model: Path | None = None,
    force: bool = False,
) -> None:
    """Tag the comments of one file.

    Parameters
    ----------
    file : Path
        The comments.
    output : Path
        ``.csv`` or ``.parquet``; the columns are those of ``kommentarer.csv``.
    mapping : dict of str to str, optional
        Canonical name -> heading.
    model : Path, optional
        Folder of a trained tagger.
    force : bool
        Overwrite.

    Raises
    ------
    InputError
        When the input must be mended or the output exists.
    """
    from textinnsikt.cli.steps import load_tagger
    from textinnsikt.study import read_study, write_rejected, write_tagged_file

    if output.suffix.lower() not in (".csv", ".parquet"):
        raise InputError(f"{output.name}: resultatet må ende på .csv eller .parquet.")
    if output.exists() and not force:
        raise InputError(f"{output.name} finnes fra før; velg et annet navn med -o, eller skriv over med --force.")
    progress = Progress()
    with progress.stage("les", "Leser"):
        # A score, where there is one, goes along as it is: nothing here depends on its scale.
        study = read_study(file, mapping=mapping, score_range=(-1e11, 1e11)).mask()
    with progress.stage("merk", "Merker"):
        tagged = load_tagger(model).tag(study, progress.count)
    output.parent.mkdir(parents=True, exist_ok=True)
    fresh = output.with_name(f".{output.name}.ny{output.suffix}")
    write_tagged_file(tagged, fresh)
    fresh.replace(output)
    if len(study.rejected):
        write_rejected(study, output.with_name("avvist.csv"))
        print(f"{len(study.rejected)} rader ble satt til side; se avvist.csv.")
