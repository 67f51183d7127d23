"""``textinnsikt tag``: comments in, comments with themes out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textinnsikt.cli.parser import NorwegianParser, parse_mapping
from textinnsikt.cli.progress import Progress

if TYPE_CHECKING:
    from textinnsikt.scale import TagSettings, TagSummary


class _TagProgress(Progress):
    """Shows how many rows are read, too: how many there are, none knows before the end of the file."""

    def read(self, rows: int) -> None:
        """Show how far the reading has come."""
        self._draw(f"{self._title}: {rows:,} rader".replace(",", " "))


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        name,
        help="merk kommentarer med temaer",
        description="Merk hver kommentar med temaer, så mange det er. INN er filer, mapper eller mønstre (*.csv) med "
        "CSV, Excel, Parquet eller JSON Lines som har en id og kommentar_1 … kommentar_k, eller kolonnen tekst; «-» er "
        "standard inn. Flere filer leses som én studie. Personopplysninger maskeres før noe skrives. Stoppes "
        "kommandoen, går den samme kommandoen videre der den slapp.",
    )
    parser.add_argument("inputs", metavar="INN", nargs="+", help="filer, mapper eller mønstre med kommentarene")
    parser.add_argument(
        "-o",
        "--output",
        metavar="UT",
        required=True,
        help="resultatet: .csv, .parquet eller .jsonl; «-» (CSV), «-.jsonl» og «-.parquet» er standard ut",
    )
    parser.add_argument("--map", metavar="NAVN=OVERSKRIFT", action="append", help="hvilken overskrift som er hva")
    parser.add_argument("--model", metavar="MAPPE", type=Path, help="egen modell (standard: den innebygde)")
    parser.add_argument("--trust-remote-code", action="store_true", help="tillat kode som følger med modellen")
    parser.add_argument("--force", action="store_true", help="skriv over resultatet om det finnes")
    parser.add_argument(
        "--engine",
        choices=("local", "ray"),
        default="local",
        help="denne prosessen, eller en Ray-klynge (standard: local)",
    )
    parser.add_argument("--workers", metavar="ANTALL", type=int, help="modeller i arbeid samtidig, for --engine ray")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto", help="hvor det regnes")
    parser.add_argument(
        "--dtype",
        choices=("auto", "float32", "bfloat16"),
        default="auto",
        help="tallformat (standard: det modellen velger)",
    )
    parser.add_argument("--batch-tokens", metavar="ANTALL", type=int, help="ordbiter som regnes på en gang")


def execute(options: argparse.Namespace) -> None:
    """Run the command and print where the result is."""
    from textinnsikt.errors import InputError
    from textinnsikt.scale import TagSettings

    for name in ("workers", "batch_tokens"):
        if (getattr(options, name) or 1) < 1:
            raise InputError(f"--{name.replace('_', '-')} må være minst 1.")
    settings = TagSettings(
        mapping=parse_mapping(options.map),
        model=options.model,
        force=options.force,
        engine=options.engine,
        workers=options.workers,
        device=options.device,
        dtype=options.dtype,
        batch_tokens=options.batch_tokens,
    )
    summary = tag(options.inputs, options.output, settings)
    to_pipe = options.output.startswith("-")
    said = sys.stderr if to_pipe else sys.stdout
    if summary.rejected and not to_pipe:
        print(f"{summary.rejected} rader ble satt til side; se avvist.csv.", file=said)
    elif summary.rejected:
        print(f"{summary.rejected} rader kunne ikke leses og er utelatt.", file=said)
    if summary.foreign:
        from textinnsikt.scale.flagged import flagged_path

        where = "" if to_pipe else f"; se {flagged_path(Path(options.output)).name}"
        noun = "kommentar" if summary.foreign == 1 else "kommentarer"
        print(f"{summary.foreign} {noun} er på et annet språk enn norsk{where}. Stol ikke på temaene der.", file=said)
    if not to_pipe:
        print(f"Skrev {Path(options.output).name}.", file=said)


def tag(inputs: Sequence[str | Path], output: str | Path, settings: TagSettings) -> TagSummary:
    """Tag files and show on the terminal how far it has come; see `textinnsikt.scale.tag_files`."""
    from textinnsikt.scale import tag_files

    return tag_files(inputs, output, settings, _TagProgress())


def tag_file(
    file: Path,
    output: Path,
    mapping: dict[str, str] | None = None,
    model: Path | None = None,
    force: bool = False,
) -> None:
    """Tag the comments of one file with the settings that most need.

    Parameters
    ----------
    file : Path
        The comments.
    output : Path
        ``.csv``, ``.jsonl`` or ``.parquet``; the columns are those of ``kommentarer.csv``.
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
    from textinnsikt.scale import TagSettings

    tag([file], output, replace(TagSettings(), mapping=mapping or {}, model=model, force=force))
