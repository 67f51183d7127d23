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
#: Labelled comments -> the blind labels of some of them.
FILES = {"merkede_kommentarer.csv": "blindmerking.csv", "kontraster.csv": "kontraster_blindmerking.csv"}
THEMES = ("lytting", "behovskartlegging", "løsning", "mersalg")


def main() -> None:
    """Print and write Krippendorff's alpha per theme and pair of labellings."""
    table = pd.DataFrame([row for written, blind in FILES.items() for row in compare(written, blind)])
    table.to_csv(HERE / "results.csv", index=False, encoding="utf-8", lineterminator="\n")
    print(table.to_string(index=False))


def compare(written: str, blind: str) -> list[dict[str, object]]:
    """Return alpha per theme for each pair among the author and the blind labellers."""
    labels = pd.read_csv(DATA / blind, dtype=str, encoding="utf-8")
    first = pd.read_csv(DATA / written, dtype=str, encoding="utf-8")
    first = first[first["id"].isin(labels["id"])].assign(merker="forfatter")
    labels = pd.concat([labels, first[labels.columns]])
    rows: list[dict[str, object]] = []
    for pair in combinations(sorted(labels["merker"].unique()), 2):
        both = labels[labels["merker"].isin(pair)]
        for theme in THEMES:
            triples = list(both[["merker", "id", theme]].itertuples(index=False, name=None))
            found = {"tema": theme, "alfa": round(AnnotationTask(triples).alpha(), 3), "n": both["id"].nunique()}
            rows.append({"fil": written, "par": " og ".join(pair), **found})
    return rows


if __name__ == "__main__":
    main()
