"""``textinnsikt factors``: what goes with the score, from a tagged study."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from textinnsikt.cli.output import OutputFolder
from textinnsikt.cli.parser import NorwegianParser, parse_range
from textinnsikt.cli.progress import Progress
from textinnsikt.cli.steps import further_findings
from textinnsikt.errors import InputError

if TYPE_CHECKING:
    from textinnsikt.factors import FactorResult
    from textinnsikt.study import TaggedStudy

#: Everything the command can write.
FILES = (
    "faktorer.csv",
    "faktorgrunnlag.csv",
    "forskjeller.csv",
    "temaandeler.csv",
    "merkefeil.csv",
    "viktighet.csv",
    "vinnere.csv",
    "rangering.csv",
    "forventninger.csv",
    "klyngefaktorer.csv",
    "faktorer.json",
)

#: How notes begin that say of the method what holds for every study; they are kept in ``faktorer.json``.
GENERAL = ("Viktighet har ikke fortegn", "Vinneren er valgt av halvparten", "Ytelse er hvor stor del")


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        name,
        help="hva som henger sammen med scoren",
        description="Koble temaene i en merket studie til scoren: innen og mellom kundesentre, viktighet, vinnere, "
        "rangering og "
        "forventninger. Tallene er sammenhenger, ikke årsaker.",
    )
    parser.add_argument(
        "tagged", metavar="MERKET", type=Path, help="kommentarer.csv, .parquet eller mappa den ligger i"
    )
    parser.add_argument("-o", "--output", metavar="MAPPE", type=Path, required=True, help="mappa resultatene skrives i")
    parser.add_argument(
        "--labels", metavar="FIL", type=Path, help="merkede henvendelser med trekksannsynlighet: rett for merkefeil"
    )
    parser.add_argument(
        "--leave-out", metavar="SPØRSMÅL", nargs="+", default=[], help="spørsmål eller temaer som tas ut av scoren"
    )
    parser.add_argument("--questions", metavar="FIL", type=Path, help="TOML med poeng per spørsmål, til --leave-out")
    parser.add_argument("--score-range", metavar="LAV-HØY", help="laveste og høyeste mulige score, for eksempel 1-6")
    parser.add_argument(
        "--by",
        metavar="HVA",
        nargs="+",
        choices=("klasse", "kanal"),
        default=[],
        help="forskjeller mellom klasser, kanaler",
    )
    parser.add_argument("--equal", choices=("klasse", "kanal", "kundesenter"), help="la disse telle likt")
    parser.add_argument(
        "--half-width",
        metavar="POENG",
        type=float,
        help="med --labels: hvor mange merker som trengs for ± så mange poeng",
    )
    parser.add_argument("--expectations", metavar="TEMA", nargs="+", help="hva folk vil ha, det viktigste først")
    parser.add_argument(
        "--clusters", metavar="MAPPE", type=Path, help="mappa fra «textinnsikt cluster» eller «run»: klyngene og scoren"
    )
    parser.add_argument("--seed", metavar="TALL", type=int, default=0, help="frø for trekningene (standard 0)")
    parser.add_argument("--force", action="store_true", help="skriv over resultater som finnes i mappa")


def execute(options: argparse.Namespace) -> None:
    """Run the command and print what was found."""
    for line in _run(options):
        print(line)


def _run(options: argparse.Namespace) -> list[str]:
    from textinnsikt.factors import SuccessFactors
    from textinnsikt.factors.labels import Labels
    from textinnsikt.study import read_tagged

    if options.half_width is not None and options.labels is None:
        raise InputError("--half-width trenger merkede henvendelser: legg til --labels FIL.")
    if options.half_width is not None and options.half_width <= 0:
        raise InputError("--half-width må være over 0.")
    if options.questions is not None and not options.leave_out:
        raise InputError("--questions brukes bare sammen med --leave-out; si hvilke spørsmål som skal ut av scoren.")
    progress = Progress()
    with progress.stage("les", "Leser"):
        tagged = read_tagged(options.tagged)
        tagged = replace(tagged, source=tagged.source or options.tagged.name)
        limits = parse_range(options.score_range)
        if limits is not None:
            tagged = replace(tagged, score_range=limits)
        _demand_range(tagged)
        lines = []
        if options.leave_out:
            tagged, note = _left_out(tagged, options)
            lines.append(note)
        labels = None if options.labels is None else Labels.read(options.labels, tagged)
        clusters = None
        if options.clusters is not None:
            from textinnsikt.clusters import read_clusters

            clusters = read_clusters(options.clusters)
    output = OutputFolder(options.output, FILES, {"kommando": "factors"}, options.force)
    with progress.stage("faktorer", "Kobler til scoren"):
        factors = SuccessFactors(seed=options.seed, equal=options.equal, by=options.by).fit(tagged, labels)
        tables = _tables(factors)
        kept: dict[str, Any] = {"utelatt": list(options.leave_out), "faktorer": factors.to_dict()}
    order = None if options.expectations is None else tuple(options.expectations)
    notes: list[str] = []
    for name, words, fit in further_findings(tagged, options.seed, labels, order, clusters):
        with progress.stage(name, words):
            try:
                found = fit()
            except InputError as error:
                lines.append(f"{name}.csv er ikke laget: {error}")
                continue
            tables[f"{name}.csv"] = found.summary
            kept[name] = found.to_dict()
            notes += found.notes
    for name, frame in tables.items():
        frame.to_csv(output.parts / name, index=False, encoding="utf-8", lineterminator="\n")
    text = json.dumps(kept, ensure_ascii=False, indent=1, default=_plain)
    (output.parts / "faktorer.json").write_text(text + "\n", encoding="utf-8")
    output.publish()
    return [
        *lines,
        *_words(factors, notes),
        *_needs(factors, options.half_width),
        f"Skrev {', '.join(tables)} og faktorer.json.",
    ]


def _left_out(tagged: TaggedStudy, options: argparse.Namespace) -> tuple[TaggedStudy, str]:
    from textinnsikt.factors.outcome import read_questions_file, without_questions

    questions = () if options.questions is None else read_questions_file(options.questions)
    return without_questions(tagged, options.leave_out, questions)


def _demand_range(tagged: TaggedStudy) -> None:
    """Demand that the scores are on the scale that is said."""
    low, high = tagged.score_range
    scores = tagged.comments["totalscore"].dropna()
    if len(scores) and not scores.between(low, high).all():
        raise InputError(
            f"{tagged.source}: scorene går fra {scores.min():g} til {scores.max():g}, utenfor {low:g}-{high:g}; si "
            "hvilken skala "
            "de har med --score-range LAV-HØY."
        )


def _tables(factors: FactorResult) -> dict[str, pd.DataFrame]:
    """Return the frames to write, by file name."""
    found = {
        "faktorer.csv": factors.summary,
        "faktorgrunnlag.csv": factors.grounds,
        "forskjeller.csv": factors.differences,
    }
    if factors.correction is not None:
        found |= {"temaandeler.csv": factors.correction.shares, "merkefeil.csv": factors.correction.mistakes}
    return {name: frame for name, frame in found.items() if frame is not None}


def _words(factors: FactorResult, further: Sequence[str]) -> list[str]:
    """Say the surest figures and what must be known of them, and then what the further findings say."""
    from textinnsikt.factors.differences import left_out
    from textinnsikt.factors.wording import in_words

    method = "innen_direkte" if factors.correction is None else "innen_direkte_korrigert"
    rows = factors.summary[(factors.summary["metode"] == method) & (factors.summary["q"] < 0.05)]
    rows = rows[rows["omtale"].isin(["positiv", "negativ"])]
    order = rows["estimat"].abs().sort_values(ascending=False, kind="stable").index
    digits = 1 if factors.header["score_range"][1] - factors.header["score_range"][0] >= 20 else 2
    said = [in_words(rows.loc[at], factors.unit, factors.header["level"], digits) for at in order]
    if not said:
        said = ["Ingen omtale skiller seg sikkert ut hos samme kundesenter og samme shopper."]
    missing = [] if factors.differences is None else left_out(factors.differences)
    notes = dict.fromkeys([*factors.notes, *factors.remarks, *missing, *further])
    return [*said, *_gathered([note for note in notes if not note.startswith(GENERAL)])]


def _gathered(remarks: Sequence[str]) -> list[str]:
    """Say once what is said of several mentions, but for the figures in brackets.

    Examples
    --------
    >>> _gathered(["«a» er sjelden (n = 3).", "«b» er sjelden (n = 4).", "Ferdig."])
    ['«a» og «b» er sjelden.', 'Ferdig.']
    """
    names: dict[str, list[str]] = {}
    whole: dict[str, str] = {}
    for remark in remarks:
        found = re.fullmatch(r"(«[^»]*»)( .*)", remark)
        key = re.sub(r" \([^)]*\)", "", found[2]) if found else remark
        names.setdefault(key, []).append(found[1] if found else "")
        whole[key] = remark
    return [
        whole[key] if len(those) == 1 else f"{', '.join(those[:-1])} og {those[-1]}{key}" if those[0] else key
        for key, those in names.items()
    ]


def _needs(factors: FactorResult, half_width: float | None) -> list[str]:
    """Say how many labels the wanted intervals need."""
    from textinnsikt.factors.wording import number

    if half_width is None or factors.correction is None:
        return []
    lines = []
    for row in factors.correction.labels_needed(half_width).itertuples():
        head = f"«{row.tema}: {row.omtale}» ± {number(half_width)} poeng: "
        if not pd.isna(row.merker):
            lines.append(
                f"{head}{row.merker} merkede henvendelser i alt (nå {row.merket}, ± {number(row.halvbredde, 1)})."
            )
        elif not pd.isna(row.henvendelser):
            lines.append(
                f"{head}nås ikke med flere merker; det trengs omtrent {row.henvendelser} henvendelser, med tilsvarende "
                "flere shoppere og kundesentre."
            )
    return lines


def _plain(value: Any) -> Any:
    """Turn a number of numpy into one of Python."""
    return value.item()
