"""Is the carrying sentence the right one? 200 comments put together of sentences whose themes are known.

Run: python experiments/setning/measure.py [--model DIR]     (about a minute on two cores)
Each comment has one sentence with the theme and two to four of the same voice without it, in random order.
Writes: experiments/setning/results.csv
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from textinnsikt import ThemeTagger
from textinnsikt.themes import Codebook

HERE = Path(__file__).resolve().parent
SENTENCES = HERE.parents[1] / "data" / "eksempelsetninger.csv"
PER_THEME = 50


def main() -> None:
    """Build, tag, count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path)
    tagger = ThemeTagger.load(parser.parse_args().model)
    book = Codebook.load()
    sentences = pd.read_csv(SENTENCES, dtype=str, keep_default_na=False, encoding="utf-8")
    sentences = sentences.rename(columns={"setning": "tekst"})
    rows = []
    for theme in book.keys:
        comments, marked = build(sentences, theme, np.random.default_rng(0))
        yes = tagger.decisions_.decide(tagger.predict_proba(comments))
        place = book.keys.index(theme)
        found = yes[:, 2 * place] | yes[:, 2 * place + 1]
        carried = [carriers.get(theme) for carriers in tagger.carrying_sentences(comments, yes)]
        right = sum(said == real for said, real, hit in zip(carried, marked, found, strict=True) if hit)
        rows.append({"tema": theme, "kommentarer": len(comments), "tema_funnet": int(found.sum()), "riktig": right})
    table = pd.DataFrame(rows)
    total = table.sum(numeric_only=True)
    table.loc[len(table)] = ["alle", *total.astype(int)]
    table["andel_riktig"] = (table["riktig"] / table["tema_funnet"]).round(3)
    table.to_csv(HERE / "results.csv", index=False, encoding="utf-8", lineterminator="\n")
    print(table.to_string(index=False))


def build(sentences: pd.DataFrame, theme: str, draw: np.random.Generator) -> tuple[list[str], list[str]]:
    """Return comments and, for each, the sentence that carries the theme."""
    themes = [column for column in Codebook.load().keys if column != theme]
    with_theme = sentences[(sentences[theme] != "ingen") & (sentences[themes] == "ingen").all(axis=1)]
    comments, marked = [], []
    for row in with_theme.sample(PER_THEME, random_state=0).itertuples():
        rest = sentences[(sentences[theme] == "ingen") & (sentences["stemme"] == row.stemme)]
        parts = [row.tekst, *rest.sample(int(draw.integers(2, 5)), random_state=int(draw.integers(1 << 30)))["tekst"]]
        comments.append(" ".join(parts[place] for place in draw.permutation(len(parts))))
        marked.append(str(row.tekst))
    return comments, marked


if __name__ == "__main__":
    main()
