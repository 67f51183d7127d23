"""``textinnsikt cluster``: what the comments of a tagged study speak of."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from textinnsikt.cli.output import OutputFolder
from textinnsikt.cli.parser import NorwegianParser
from textinnsikt.cli.progress import Progress
from textinnsikt.errors import InputError

if TYPE_CHECKING:
    from textinnsikt.clusters import ClusterResult

FILES = ("klynger.csv", "setninger.csv", "klynger.json")


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        name,
        help="grupper det kommentarene handler om",
        description="Grupper setningene i en merket studie: klynger med navn, størrelse, stabilitet og sitater. "
        "MERKET er kommentarer.csv, kommentarer.parquet eller mappa de ligger i.",
    )
    parser.add_argument("tagged", metavar="MERKET", type=Path, help="den merkede studien")
    parser.add_argument("-o", "--output", metavar="MAPPE", type=Path, required=True, help="mappa resultatene skrives i")
    parser.add_argument(
        "--clusters", metavar="ANTALL", type=int, help="klynger i hver gruppe (standard: det mest stabile antallet)"
    )
    parser.add_argument(
        "--like", metavar="MAPPE", type=Path, help="plasser setningene i klyngene fra denne mappa, for eksempel i fjor"
    )
    parser.add_argument("--seed", metavar="FRØ", type=int, default=0, help="frø for trekningene (standard: 0)")
    parser.add_argument("--force", action="store_true", help="skriv over resultatene om de finnes")


def execute(options: argparse.Namespace) -> None:
    """Run the command and print the largest clusters."""
    result = cluster_file(options.tagged, options.output, options.clusters, options.like, options.seed, options.force)
    named = result.summary[result.summary["klynge"] != 0]
    for row in named.nlargest(5, "antall").itertuples():
        print(f"{row.navn}: {100 * row.andel:.1f} % av setningene".replace(".", ","))
    print(f"{len(named)} klynger; {100 * result.header['unclear']:.1f} % uklart.".replace(".", ",", 1))


def cluster_file(
    tagged: Path,
    folder: Path,
    n_clusters: int | None = None,
    like: Path | None = None,
    seed: int = 0,
    force: bool = False,
) -> ClusterResult:
    """Cluster a tagged study and write ``klynger.csv``, ``setninger.csv`` and ``klynger.json``.

    Parameters
    ----------
    tagged : Path
        ``kommentarer.csv``, ``kommentarer.parquet`` or their folder.
    folder : Path
        Made if missing.
    n_clusters : int, optional
        In each group; default is the most stable number.
    like : Path, optional
        A folder of earlier clusters to place the sentences in.
    seed : int
    force : bool
        Overwrite.

    Returns
    -------
    ClusterResult

    Raises
    ------
    InputError
        When the input must be mended or the output exists.
    """
    from textinnsikt.clusters import CommentClusters, read_clusters, write_clusters
    from textinnsikt.study import read_tagged

    if like is not None and n_clusters is not None:
        raise InputError("Bruk enten --clusters eller --like: eldre klynger har sitt eget antall.")
    output = OutputFolder(folder, FILES, {"kommando": "cluster"}, force)
    progress = Progress()
    with progress.stage("les", "Leser"):
        study = read_tagged(tagged)
        older = read_clusters(like) if like is not None else None
    with progress.stage("klynger", "Grupperer det som sies"):
        result = older.assign(study) if older else CommentClusters(n_clusters, seed).fit(study)
    write_clusters(result, output.parts)
    output.publish()
    return result
