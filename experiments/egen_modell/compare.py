"""What a few hundred labels of one's own give: the shipped model, one from the bare base, and one that goes on."""

from __future__ import annotations

import json
import time
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd

from textinnsikt import Codebook, ThemeTagger, example_study
from textinnsikt.cli.labelled import cut_parts
from textinnsikt.language import split_sentences
from textinnsikt.themes.evaluation import evaluate_decisions

RESULTS = Path(__file__).with_name("results.csv")
SIZES, WRONG, TEST = (100, 200), 0.05, 800
BOOK = Codebook.load()


def read_key() -> pd.DataFrame:
    """Return the example study's masked comments with the values of the key."""
    key = json.loads((files("textinnsikt.data") / "eksempelstudie_fasit.json").read_text(encoding="utf-8"))
    words = {"0": "ingen", "+": "positiv", "-": "negativ", "b": "blandet"}
    rows = example_study().mask().comments.dropna(subset=["tekst"]).reset_index(drop=True)
    for place, theme in enumerate(key["temaer"]):
        names = rows["henvendelse"] + "-" + rows["kommentar_nr"].astype(str)
        rows[theme] = [words[key["kommentarer"][name][place]] for name in names]
    return rows


def annotate(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as someone labels them who is wrong in one cell of twenty."""
    random = np.random.default_rng(5)
    rows = rows.copy()
    for theme in BOOK.keys:
        wrong = random.random(len(rows)) < WRONG
        rows.loc[wrong, theme] = random.choice(["ingen", "positiv", "negativ", "blandet"], int(wrong.sum()))
    return rows


def measure(tagger: ThemeTagger, test: pd.DataFrame) -> dict[str, float]:
    """Return F1 and calibration error on the test comments."""
    chance = tagger.predict_proba(list(test["tekst"]))
    found = evaluate_decisions(test, tagger.decisions_.decide(chance), chance, BOOK)
    f1 = {name: round(found.score(name), 3) for name in ("makro_f1_omtale", "makro_f1")}
    return f1 | {"kalibreringsfeil": round(found.calibration_error, 3)}


def main() -> None:
    """Train and measure; one row per model, written as it is done."""
    rows = read_key()
    contacts = np.random.default_rng(0).permutation(sorted(rows["henvendelse"].unique()))
    most = rows[rows["henvendelse"].isin(contacts[: max(SIZES)])]
    seen = {sentence for text in most["tekst"] for sentence in split_sentences(text)}
    others = rows[~rows["henvendelse"].isin(contacts[: max(SIZES)])].sample(frac=1, random_state=0)
    new = [not seen & set(split_sentences(text)) for text in others["tekst"]]
    test = others[new].head(TEST).reset_index(drop=True)
    shipped = ThemeTagger.load()
    done = [{"modell": "den innebygde", "henvendelser": 0, "trening": 0, "sekunder": 0} | measure(shipped, test)]
    for size in SIZES:
        labelled = annotate(rows[rows["henvendelse"].isin(contacts[:size])])
        parts = cut_parts(labelled, None, seed=0)
        held = (list(parts.validation["tekst"]), parts.validation)
        for name, start in (("egen fra grunnmodellen", None), ("egen", shipped)):
            began = time.perf_counter()
            tagger = ThemeTagger(pooling="mean" if start is None else start.pooling)
            tagger.fit(list(parts.training["tekst"]), parts.training, held, start=start)
            row = {"modell": name, "henvendelser": size, "trening": len(parts.training)}
            row |= {"sekunder": round(time.perf_counter() - began)} | measure(tagger, test)
            done.append(row)
            pd.DataFrame(done).to_csv(RESULTS, index=False, encoding="utf-8", lineterminator="\n")


if __name__ == "__main__":
    main()
