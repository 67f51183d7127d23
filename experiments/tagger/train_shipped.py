"""Train the tagger that the package ships, and measure it on voices it has not seen.

Run: python experiments/tagger/train_shipped.py POLARITY.csv   (about an hour on two cores)
POLARITY.csv has ``tekst`` and ``polaritet`` (positiv, negativ, nøytral): the training part of NoReC_sentence. The
encoder first learns polarity from it, then the themes from data/merkede_kommentarer.csv; without it, only the themes.
Writes: textinnsikt/themes/model/, experiments/tagger/results.csv
"""

from __future__ import annotations

import re
import shutil
import sys
import time
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from textinnsikt.language import mask
from textinnsikt.themes import Codebook, Encoder, ThemeTagger, read_labelled, to_targets
from textinnsikt.themes.evaluation import Evaluation, evaluate_decisions

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DATA = ROOT / "data" / "merkede_kommentarer.csv"
#: Texts about other things among the training and the validation comments.
OTHER_TEXTS, OTHER_VALIDATION_TEXTS = 1800, 300
EPOCHS, LEARNING_RATE = 6, 1e-4
MODEL = ROOT / "textinnsikt" / "themes" / "model"


def main() -> None:
    """Train, measure beside the simple baselines, save."""
    book = Codebook.load()
    polarity = _learn_polarity(Path(sys.argv[1])) if len(sys.argv) > 1 else None
    labelled = read_labelled(DATA, book)
    parts = {name: part.reset_index(drop=True) for name, part in labelled.groupby("del")}
    train, validation, test = parts["trening"], parts["validering"], parts["test"]
    taught, checked = train, validation
    if polarity is not None:
        other = _other_texts(Path(sys.argv[1]), book)
        taught = pd.concat([train, other[OTHER_VALIDATION_TEXTS:]])
        checked = pd.concat([validation, other[:OTHER_VALIDATION_TEXTS]])
    rows = []

    start = time.perf_counter()
    rows += _rows("tf-idf + logistisk regresjon", _baseline_words(train, test, book), time.perf_counter() - start)
    start = time.perf_counter()
    vectors = _baseline_vectors(train, test, book)
    rows += _rows("frossen koder + logistisk regresjon", vectors, time.perf_counter() - start)
    start = time.perf_counter()
    tagger = ThemeTagger(book, epochs=EPOCHS, learning_rate=LEARNING_RATE, seed=0, word_vectors=False)  # small file
    tagger.fit(list(taught["tekst"]), taught, (list(checked["tekst"]), checked), polarity)
    seconds = time.perf_counter() - start
    probabilities = tagger.predict_proba(list(test["tekst"]))
    result = evaluate_decisions(test, tagger.decisions_.decide(probabilities), probabilities, book)
    rows += _rows("textinnsikt", result, seconds)
    for voice, place in test.groupby("stemme").groups.items():
        own = test.loc[place]
        p = probabilities[place]
        found = evaluate_decisions(own, tagger.decisions_.decide(p), p, book)
        rows += _rows(f"textinnsikt, stemme {voice}", found, 0.0)

    shutil.rmtree(MODEL, ignore_errors=True)
    metrics = {"test": result.to_dict(), "stemmer": {n: sorted(p["stemme"].unique()) for n, p in parts.items()}}
    tagger.save(MODEL, metrics, sha256(DATA.read_bytes()).hexdigest())
    table = pd.DataFrame(rows).round(4)
    table.to_csv(HERE / "results.csv", index=False, encoding="utf-8", lineterminator="\n")
    print(table[table["utfall"].str.startswith("makro")].to_string(index=False))


def _learn_polarity(path: Path) -> ThemeTagger:
    """Teach the encoder what praise and blame sound like in Norwegian, on sentences about anything."""
    sentences = pd.read_csv(path, encoding="utf-8")
    labels = pd.DataFrame({"polaritet": sentences["polaritet"].replace("nøytral", "ingen")})
    one_theme = Codebook.from_dict({"tema": {"polaritet": {}}})
    how = {"epochs": 1, "learning_rate": 6e-5, "batch_size": 32, "seed": 0, "runs": 1, "word_vectors": False}
    tagger = ThemeTagger(one_theme, method="full", **how)
    return tagger.fit(list(sentences["tekst"]), labels)


def _other_texts(path: Path, book: Codebook) -> pd.DataFrame:
    """Return texts about anything else, without themes: what is not about a contact must get none.

    One to four sentences in a row from the same review, written as people write (the corpus has spaces around
    punctuation) and masked as comments are.
    """
    sentences = pd.read_csv(path, encoding="utf-8")
    sentences["anmeldelse"] = sentences["id"].str.split("-").str[0]
    draw = np.random.default_rng(0)
    texts = []
    for _, own in sentences.groupby("anmeldelse", sort=True):
        rest = list(own["tekst"])
        while rest:
            n = int(draw.integers(1, 5))
            texts.append(mask(_close_up(" ".join(rest[:n]))))
            rest = rest[n:]
    chosen = [texts[i] for i in draw.permutation(len(texts))[: OTHER_TEXTS + OTHER_VALIDATION_TEXTS]]
    return pd.DataFrame({"tekst": chosen, **dict.fromkeys(book.keys, "ingen")})


def _close_up(text: str) -> str:
    """Take away the spaces that a tokenizer put around punctuation."""
    text = re.sub(r" ([,.;:!?»)%])", r"\1", text)
    return re.sub(r"([«(]) ", r"\1", text)


def _baseline_words(train: pd.DataFrame, test: pd.DataFrame, book: Codebook) -> Evaluation:
    def make() -> object:
        return make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
            LogisticRegression(C=10, class_weight="balanced", max_iter=2000),
        )

    return _one_model_an_output(make, list(train["tekst"]), list(test["tekst"]), train, test, book)


def _baseline_vectors(train: pd.DataFrame, test: pd.DataFrame, book: Codebook) -> Evaluation:
    encoder = Encoder.load()

    def make() -> object:
        return LogisticRegression(C=10, class_weight="balanced", max_iter=5000)

    return _one_model_an_output(
        make, encoder.encode(list(train["tekst"])), encoder.encode(list(test["tekst"])), train, test, book
    )


def _one_model_an_output(make, train_x, test_x, train, test, book) -> Evaluation:  # type: ignore[no-untyped-def]
    targets = to_targets(train, book)
    chance = np.column_stack([make().fit(train_x, y).predict_proba(test_x)[:, 1] for y in targets.T])
    return evaluate_decisions(test, chance >= 0.5, chance, book)


def _rows(name: str, result: Evaluation, seconds: float) -> list[dict[str, object]]:
    frame = result.summary.assign(metode=name, kalibreringsfeil=result.calibration_error, sekunder=round(seconds, 1))
    return frame[["metode", *result.summary.columns, "kalibreringsfeil", "sekunder"]].to_dict("records")


if __name__ == "__main__":
    main()
