"""``textinnsikt evaluate``: how well a tagger does on labelled comments."""

from __future__ import annotations

import argparse
import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from textinnsikt.cli.parser import NorwegianParser
from textinnsikt.cli.progress import Progress
from textinnsikt.errors import InputError

if TYPE_CHECKING:
    from textinnsikt.themes.diagnosis import Diagnosis
    from textinnsikt.themes.evaluation import Evaluation

PARTS = ("test", "validering", "trening", "alle")


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        name,
        help="mål en modell på merkede kommentarer",
        description="Mål hvor godt en modell treffer på merkede kommentarer: F1 med 95 % intervall per utgang, "
        "kalibrering, forvekslinger, de verste feilene, og hver stemme, kanal og målform for seg. Har fila kolonnen "
        "del, måles testdelen, og tf-idf + logistisk regresjon trent på treningsdelen står ved siden av.",
    )
    parser.add_argument("labelled", metavar="MERKET", type=Path, help="CSV, Excel, Parquet eller JSON Lines")
    parser.add_argument("--model", metavar="MAPPE", type=Path, help="egen modell (standard: den innebygde)")
    parser.add_argument("--json", metavar="UT", type=Path, help="skriv alle tall her")
    parser.add_argument("--figure", metavar="UT", type=Path, help="tegn kalibreringen: .svg, .png eller .html")
    parser.add_argument("--part", choices=PARTS, help="hvilken del som måles når fila har kolonnen del")
    parser.add_argument("--trust-remote-code", action="store_true", help="tillat kode som følger med modellen")


def execute(options: argparse.Namespace) -> None:
    """Run the command and print the figures."""
    found = evaluate_file(options.labelled, options.model, options.part)
    if options.json is not None:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(found.to_dict(), ensure_ascii=False, indent=1, allow_nan=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    if options.figure is not None:
        if options.figure.suffix.lower() not in (".svg", ".png", ".html"):
            raise InputError(f"{options.figure.name}: figuren må ende på .svg, .png eller .html.")
        options.figure.parent.mkdir(parents=True, exist_ok=True)
        found.diagnosis.plot().save(options.figure)
    for line in found.lines():
        print(line)


class FileEvaluation:
    """What `evaluate_file` found."""

    def __init__(
        self,
        facts: dict[str, Any],
        evaluation: Evaluation,
        diagnosis: Diagnosis,
        baseline: Evaluation | None,
    ):
        self.facts = facts
        self.evaluation = evaluation
        self.diagnosis = diagnosis
        self.baseline = baseline

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values; ``makro_f1`` and ``makro_f1_omtale`` at the top."""
        return {
            **self.facts,
            **{name: self.evaluation.rounded(name) for name in ("makro_f1", "makro_f1_omtale")},
            **self.evaluation.to_dict(),
            **self.diagnosis.to_dict(),
            "grunnlinje": None if self.baseline is None else self.baseline.to_dict(),
        }

    def lines(self) -> list[str]:
        """Return what is printed."""
        from textinnsikt.cli.tables import write_table
        from textinnsikt.insight.wording import number

        lines = [f"Modell {self.facts['modell']} ({self.facts['modell_hash']}), {self.evaluation.n} kommentarer", ""]
        table = self.evaluation.summary.copy()
        if self.baseline is not None:
            table["tf-idf"] = self.baseline.summary["f1"]
        lines += [*write_table(table), ""]
        lines += [f"Kalibreringsfeil: {number(self.evaluation.calibration_error, 3)}", ""]
        for theme, own in self.diagnosis.confusion.groupby("tema", sort=False):
            grid = own.pivot(index="merket", columns="sagt", values="antall")[list(dict.fromkeys(own["sagt"]))]
            grid = grid.loc[list(dict.fromkeys(own["merket"]))].reset_index()
            lines += [f"Forvekslinger for {theme} (rader: merket, kolonner: sagt)", *write_table(grid), ""]
        if len(self.diagnosis.groups):
            lines += ["Hver gruppe for seg", *write_table(self.diagnosis.groups), ""]
        if len(self.diagnosis.mistakes):
            lines += ["De verste feilene", *_quotes(self.diagnosis.mistakes.head(10))]
        return lines


def _quotes(mistakes: pd.DataFrame) -> list[str]:
    from textinnsikt.insight.wording import number

    return [
        f"  {row.id}: «{row.tekst}» {row.tema}: merket {row.merket}, sagt {row.sagt} "
        f"(sannsynlighet {number(row.sannsynlighet, 2)} for det rette)"
        for row in mistakes.itertuples()
    ]


def evaluate_file(labelled: Path, model: Path | None = None, part: str | None = None) -> FileEvaluation:
    """Measure a tagger on a labelled file.

    Parameters
    ----------
    labelled : Path
        Masked before tagging, as comments are.
    model : Path, optional
        Folder of a trained tagger; default is the shipped one.
    part : {"test", "validering", "trening", "alle"}, optional
        For a file with the column ``del``; default is its test part.

    Raises
    ------
    InputError
        When the file must be mended or has no comments of that part.
    """
    from textinnsikt.cli.labelled import read_masked
    from textinnsikt.cli.steps import codebook_of
    from textinnsikt.themes import ThemeTagger
    from textinnsikt.themes.baseline import word_baseline
    from textinnsikt.themes.diagnosis import diagnose
    from textinnsikt.themes.evaluation import evaluate_decisions

    progress = Progress()
    with progress.stage("les", "Leser og maskerer"):
        book = codebook_of(model)
        frame = read_masked(labelled, book)
        if part is not None and part != "alle" and "del" not in frame.columns:
            raise InputError(f"{labelled.name} har ingen kolonne «del»; utelat --part.")
        chosen = part or ("test" if "del" in frame.columns else "alle")
        own = frame if chosen == "alle" else frame[frame["del"] == chosen]
        if own.empty:
            raise InputError(f"{labelled.name} har ingen kommentarer i delen «{chosen}»; velg en annen med --part.")
        own = own.reset_index(drop=True)
    with progress.stage("merk", "Merker"):
        tagger = ThemeTagger.load(model)
        probabilities = tagger.predict_proba(list(own["tekst"]), progress.count)
        yes = tagger.decisions_.decide(probabilities)
    with progress.stage("mål", "Måler"):
        baseline = None
        if chosen == "test" and (frame["del"] == "trening").any():
            chance = word_baseline(frame[frame["del"] == "trening"], own, book)
            baseline = evaluate_decisions(own, chance >= 0.5, chance, book)
        facts = {
            "modell": tagger.name_,
            "modell_hash": tagger.hash_,
            "fil": labelled.name,
            "sha256": sha256(labelled.read_bytes()).hexdigest(),
            "del": chosen,
        }
        evaluation = evaluate_decisions(own, yes, probabilities, book)
        return FileEvaluation(facts, evaluation, diagnose(own, yes, probabilities, book), baseline)
