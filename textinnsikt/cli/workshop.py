"""``textinnsikt workshop``: slides for the study, a class, a centre, or every centre."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textinnsikt.cli.parser import NorwegianParser
from textinnsikt.cli.progress import Progress
from textinnsikt.cli.report import refuse_existing, write_whole

if TYPE_CHECKING:
    from textinnsikt.insight.comparison import Kind

STUDY, FOLDER = "workshop.pptx", "workshop"


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        name,
        help="lag lysbilder til arbeidsøkter: for studien, en klasse eller et kundesenter",
        description="Lag lysbilder av resultatene i MAPPE: workshop.pptx for hele studien, eller workshop/NAVN.pptx "
        "for en klasse, et kundesenter eller alle kundesentre.",
    )
    parser.add_argument("folder", metavar="MAPPE", type=Path, help="mappa fra «textinnsikt run»")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--kundesenter", metavar="NAVN", help="bare dette kundesenteret")
    which.add_argument("--klasse", metavar="NAVN", help="bare denne klassen")
    which.add_argument("--all", action="store_true", help="alle kundesentrene, én fil hver")
    parser.add_argument("--template", metavar="MAL", type=Path, help="egen mal: .pptx eller .potx")
    parser.add_argument("-o", "--output", metavar="UT", type=Path, help="mappa lysbildene skrives i (standard: MAPPE)")
    parser.add_argument("--title", metavar="NAVN", help="navnet på studien")
    parser.add_argument("--force", action="store_true", help="skriv over lysbilder som finnes")


def execute(options: argparse.Namespace) -> None:
    """Run the command and print what was made."""
    kind: Kind | None = "klasse" if options.klasse is not None else "kundesenter"
    names = [name for name in (options.klasse, options.kundesenter) if name is not None]
    if not names and not options.all:
        kind = None
    made = make_decks(
        options.folder,
        kind,
        names or None,
        output=options.output,
        template=options.template,
        title=options.title,
        force=options.force,
    )
    print(f"Skrev {made[0]}." if len(made) == 1 else f"Skrev {len(made)} filer i {FOLDER}.")


def make_decks(
    folder: Path,
    kind: Kind | None = None,
    names: Sequence[str] | None = None,
    output: Path | None = None,
    template: Path | None = None,
    title: str | None = None,
    force: bool = False,
) -> list[str]:
    """Write slides.

    Parameters
    ----------
    folder : Path
        The results of a study.
    kind : {"kundesenter", "klasse"}, optional
        Default is the deck of the whole study, ``workshop.pptx``.
    names : sequence of str, optional
        Centres or classes, each to ``workshop/<slug>.pptx`` (``workshop/klasse-<slug>.pptx``); default all.
    output : Path, optional
        Default the same folder.
    template : Path, optional
        A ``.pptx`` or ``.potx`` whose look is used.
    title : str, optional
        Name of the study as shown.
    force : bool
        Overwrite.

    Returns
    -------
    list of str
        The files written, relative to the output folder.

    Raises
    ------
    InputError
        When a table is missing or broken, a name is unknown, the template cannot be read, or a file exists.
    """
    from textinnsikt.insight import read_insight, slugs

    output = output or folder
    progress = Progress()
    with progress.stage("les", "Leser tabellene"):
        insight = read_insight(folder, title)
    if kind is None:
        refuse_existing(output, (STUDY,), force)
        output.mkdir(parents=True, exist_ok=True)
        write_whole(output / STUDY, partial(insight.write_pptx, template=template))
        return [STUDY]
    units = insight.units(kind)
    places = slugs(units, "klasse-" if kind == "klasse" else "")
    wanted = units if names is None else list(names)
    for name in wanted:
        if name not in places:
            insight.workshop(kind, name)  # refuses, and says which names there are
    files = {name: f"{FOLDER}/{places[name]}.pptx" for name in wanted}
    refuse_existing(output, tuple(files.values()), force)
    (output / FOLDER).mkdir(parents=True, exist_ok=True)
    with progress.stage("lysbilder", "Lager lysbilder"):
        for done, (name, file) in enumerate(files.items(), start=1):
            write_whole(output / file, partial(insight.write_workshop, kind=kind, name=name, template=template))
            progress.count(done, len(files))
    return list(files.values())
