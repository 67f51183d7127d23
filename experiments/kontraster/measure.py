"""Does the tagger read what is said, or go by single words? Comments that share their words and differ in meaning.

Run: python experiments/kontraster/measure.py   (a minute)
Beside it: TF-IDF and logistic regression on the training part of the labelled comments. A group counts as right when
every comment in it has all four themes right (the "contrast consistency" of Gardner et al. 2020, Findings of EMNLP,
arXiv 2004.02709).
Writes: experiments/kontraster/results.csv
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from textinnsikt.themes import Codebook, ThemeTagger, read_labelled, to_targets
from textinnsikt.themes.baseline import word_baseline
from textinnsikt.themes.evaluation import evaluate_decisions

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "data"
DRAWS = 1000


def main() -> None:
    """Tag, compare, write."""
    book = Codebook.load()
    labelled = read_labelled(DATA / "merkede_kommentarer.csv", book)
    contrasts = read_labelled(DATA / "kontraster.csv", book)
    train = pd.concat([part[part["del"] == "trening"] for part in (labelled, contrasts)])
    contrasts = contrasts[contrasts["del"] == "test"].reset_index(drop=True)
    tagger = ThemeTagger.load()
    probabilities = tagger.predict_proba(list(contrasts["tekst"]))
    words = word_baseline(train, contrasts, book)
    rows = []
    for name, yes, chance in (
        ("textinnsikt", tagger.decisions_.decide(probabilities), probabilities),
        ("tf-idf + logistisk regresjon", words >= 0.5, words),
    ):
        found = evaluate_decisions(contrasts, yes, chance, book).summary
        macro = found[found["utfall"].str.startswith("makro")]
        rows += [{"metode": name, "mål": r.utfall, "verdi": r.f1, "nedre": r.nedre, "øvre": r.øvre, "n": len(contrasts)}
                 for r in macro.itertuples()]  # fmt: skip
        right = pd.Series((yes == (to_targets(contrasts, book) == 1)).all(1))
        whole = right.groupby(contrasts["gruppe"].to_numpy()).all().to_numpy()
        rows.append(_share(name, "kommentarer med alt rett", right.to_numpy()))
        rows.append(_share(name, "grupper med alt rett", whole))
    table = pd.DataFrame(rows).round(4)
    table.to_csv(HERE / "results.csv", index=False, encoding="utf-8", lineterminator="\n")
    print(table.to_string(index=False))


def _share(method: str, name: str, right: np.ndarray) -> dict[str, object]:
    """Return a share with its 95 % percentile bootstrap interval."""
    draw = np.random.default_rng(0)
    means = [right[draw.integers(0, len(right), len(right))].mean() for _ in range(DRAWS)]
    low, high = np.quantile(means, [0.025, 0.975])
    return {"metode": method, "mål": name, "verdi": right.mean(), "nedre": low, "øvre": high, "n": len(right)}


if __name__ == "__main__":
    main()
