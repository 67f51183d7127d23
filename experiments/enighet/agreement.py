"""How well do two blind labellings agree, with each other and with the first one?

Run: python experiments/enighet/agreement.py
Writes: experiments/enighet/results.csv
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pandas as pd
from nltk.metrics.agreement import AnnotationTask

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "data"
THEMES = ("lytting", "behovskartlegging", "løsning", "mersalg")


def main() -> None:
    """Print and write Krippendorff's alpha per theme and pair of labellings."""
    blind = pd.read_csv(DATA / "blindmerking.csv", dtype=str, encoding="utf-8")
    first = pd.read_csv(DATA / "merkede_kommentarer.csv", dtype=str, encoding="utf-8")
    first = first[first["id"].isin(blind["id"])].assign(merker="forfatter")
    labels = pd.concat([blind, first[blind.columns]])
    rows = []
    for pair in combinations(sorted(labels["merker"].unique()), 2):
        both = labels[labels["merker"].isin(pair)]
        for theme in THEMES:
            triples = list(both[["merker", "id", theme]].itertuples(index=False, name=None))
            alpha = AnnotationTask(triples).alpha()
            rows.append({"par": " og ".join(pair), "tema": theme, "alfa": round(alpha, 3), "n": both["id"].nunique()})
    table = pd.DataFrame(rows)
    table.to_csv(HERE / "results.csv", index=False, encoding="utf-8", lineterminator="\n")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
