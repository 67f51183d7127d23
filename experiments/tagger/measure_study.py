"""Measure the shipped tagger on the comments of the example study, against what they were put together of.

Run: python experiments/tagger/measure_study.py      (a few minutes)
Writes: experiments/tagger/eksempelstudie.csv
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from textinnsikt import ThemeTagger, example_study
from textinnsikt.themes.evaluation import evaluate_decisions

HERE = Path(__file__).resolve().parent
KEY = HERE.parents[1] / "data" / "eksempelstudie_fasit.json"
VALUES = {"0": "ingen", "+": "positiv", "-": "negativ", "b": "blandet"}


def main() -> None:
    """Tag, compare, write."""
    comments = example_study().mask().comments.dropna(subset=["tekst"])
    key = json.loads(KEY.read_text(encoding="utf-8"))
    names = comments["henvendelse"] + "-" + comments["kommentar_nr"].astype(str)
    letters = names.map(key["kommentarer"])
    labels = pd.DataFrame({theme: letters.str[place].map(VALUES) for place, theme in enumerate(key["temaer"])})
    tagger = ThemeTagger.load()
    chance = tagger.predict_proba(list(comments["tekst"]))
    found = evaluate_decisions(labels, tagger.decisions_.decide(chance), chance)
    table = found.summary.round(4)
    table.to_csv(HERE / "eksempelstudie.csv", index=False, encoding="utf-8", lineterminator="\n")
    print(table.to_string(index=False), f"\nkalibreringsfeil {found.calibration_error:.3f}, n = {found.n}")


if __name__ == "__main__":
    main()
