"""Make the tagger that the package ships from trained weights, and measure it on voices it has not seen.

Run: python experiments/tagger/train_shipped.py SENTENCES.csv WEIGHTS.pt [WEIGHTS.pt ...] [--parts N ...]   (2 minutes)
The weights are what train_round.py wrote; their mean is used, each with as many parts as is said. SENTENCES.csv is the
training part of NoReC_sentence: sentences about other things, to calibrate on beside the validation comments.
Writes: textinnsikt/themes/model/, experiments/tagger/results.csv
"""

from __future__ import annotations

import argparse
import shutil
import time
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from parts import CONTRASTS, DATA, OTHER_TEXTS, OTHER_VALIDATION_TEXTS, ROOT, other_texts, read_parts
from sklearn.linear_model import LogisticRegression
from train_round import BATCH, EPOCHS, RATE

from textinnsikt.themes import Codebook, Encoder, ThemeTagger, to_targets
from textinnsikt.themes.baseline import word_baseline
from textinnsikt.themes.bases import load_base
from textinnsikt.themes.evaluation import Evaluation, evaluate_decisions
from textinnsikt.themes.thresholds import Decisions

HERE = Path(__file__).resolve().parent
MODEL = ROOT / "textinnsikt" / "themes" / "model"


def main() -> None:
    """Put together, measure beside the simple baselines, save."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sentences", type=Path)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--parts", type=float, nargs="+")
    options = parser.parse_args()
    book = Codebook.load()
    parts = read_parts(book)
    train, test = parts["trening"], parts["test"]
    checked = pd.concat([parts["validering"], other_texts(options.sentences, book)[:OTHER_VALIDATION_TEXTS]])
    rows = []

    for name, baseline in (
        ("tf-idf + logistisk regresjon", word_baseline),
        ("frossen koder + logistisk regresjon", _baseline_vectors),
    ):
        start = time.perf_counter()
        chance = baseline(train, test, book)
        found = evaluate_decisions(test, chance >= 0.5, chance, book)
        rows += _rows(name, found, time.perf_counter() - start)
    tagger = _finish(options.weights, options.parts, train, checked, book)
    probabilities = tagger.predict_proba(list(test["tekst"]))
    result = evaluate_decisions(test, tagger.decisions_.decide(probabilities), probabilities, book)
    rows += _rows("textinnsikt", result, 0.0)
    for voice, place in test.groupby("stemme").groups.items():
        own = test.loc[place]
        p = probabilities[place]
        found = evaluate_decisions(own, tagger.decisions_.decide(p), p, book)
        rows += _rows(f"textinnsikt, stemme {voice}", found, 0.0)

    shutil.rmtree(MODEL, ignore_errors=True)
    metrics = {"test": result.to_dict(), "stemmer": {n: sorted(p["stemme"].unique()) for n, p in parts.items()}}
    tagger.save(MODEL, metrics, sha256(DATA.read_bytes() + CONTRASTS.read_bytes()).hexdigest(), describe(parts))
    table = pd.DataFrame(rows).round(4)
    table.to_csv(HERE / "results.csv", index=False, encoding="utf-8", lineterminator="\n")
    print(table[table["utfall"].str.startswith("makro")].to_string(index=False))


def describe(parts: dict[str, pd.DataFrame]) -> dict[str, int | str]:
    """Return what the model card says of the data."""
    return {
        "kommentarer til trening": len(parts["trening"]),
        "kommentarer til validering": len(parts["validering"]),
        "kommentarer til prøve": len(parts["test"]),
        "hash": "av merkede_kommentarer.csv og kontraster.csv etter hverandre",
        "skrevet av": "en språkmodell under veiledning; ingen kommentar er fra en virkelig henvendelse",
        "tekster om annet, uten tema": f"{OTHER_TEXTS} til trening, {OTHER_VALIDATION_TEXTS} til validering (NoReC)",
        "ved siden av": "polaritet i NoReC-setninger, polaritet i setninger av NoReC-anmeldelser slik en språkmodell "
        "har merket dem, og terningkast i de samme anmeldelsene (CC BY-NC, ikke med her)",
        "omganger": "flere, etter hvert som kommentarene kom til (docs/decisions.md); innstillingene er fra den siste",
    }


def _finish(
    weights: list[Path], parts: list[float] | None, train: pd.DataFrame, checked: pd.DataFrame, book: Codebook
) -> ThemeTagger:
    """Compress the mean of the weights, calibrate it and choose its thresholds."""
    base = load_base(None, book.outputs, "mean", 0, False)
    states = [torch.load(path, weights_only=True) for path in weights]
    shares = (np.array(parts or [1.0] * len(states)) / sum(parts or [1.0] * len(states))).tolist()
    mean = {name: _average([state[name] for state in states], shares) for name in states[0]}
    base.model.load_state_dict(mean, strict=False)
    base.model.eval()
    how = {"epochs": EPOCHS, "learning_rate": RATE, "batch_size": BATCH, "runs": len(states), "word_vectors": False}
    tagger = ThemeTagger(book, **how)
    tagger.history_, tagger.training_settings_ = [], tagger._settings(len(train))
    tagger._take(base, to_targets(train, book), tagger._load_base().model)
    logits = tagger._logits(list(checked["tekst"]), torch.float32)
    tagger.decisions_ = Decisions.fit(logits, to_targets(checked, book))
    return tagger


def _average(values: list[torch.Tensor], shares: list[float]) -> torch.Tensor:
    """Return the mean; what is the same in all stays so to the last digit, or the adapter would keep it as a change."""
    if all(torch.equal(values[0], value) for value in values):
        return values[0]
    return torch.stack([share * value.float() for share, value in zip(shares, values, strict=True)]).sum(0)


def _baseline_vectors(train: pd.DataFrame, test: pd.DataFrame, book: Codebook) -> np.ndarray:
    encoder = Encoder.load()
    train_x, test_x = (encoder.encode(list(part["tekst"])) for part in (train, test))
    heads = [
        LogisticRegression(C=10, class_weight="balanced", max_iter=5000).fit(train_x, truth)
        for truth in to_targets(train, book).T
    ]
    return np.column_stack([head.predict_proba(test_x)[:, 1] for head in heads])


def _rows(name: str, result: Evaluation, seconds: float) -> list[dict[str, object]]:
    frame = result.summary.assign(metode=name, kalibreringsfeil=result.calibration_error, sekunder=round(seconds, 1))
    return frame[["metode", *result.summary.columns, "kalibreringsfeil", "sekunder"]].to_dict("records")


if __name__ == "__main__":
    main()
