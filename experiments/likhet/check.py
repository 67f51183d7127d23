"""Are the labels the same whatever the surroundings? 2,000 comments of the example study, tagged in several ways.

Run: python experiments/likhet/check.py [--model DIR] [--n 2000]     (about five minutes on two cores)
Writes: experiments/likhet/results.csv
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from textinnsikt import ThemeTagger, example_study
from textinnsikt.themes import tagger as tagger_module
from textinnsikt.themes.packed import PACK

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Tag in every way, compare with the first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path)
    parser.add_argument("--n", type=int, default=2000)
    options = parser.parse_args()
    comments = example_study().mask().comments["tekst"].dropna()
    texts = list(comments.drop_duplicates().sample(options.n, random_state=0))
    tagger = ThemeTagger.load(options.model)
    first = tagger.predict_proba(texts)
    order = np.random.default_rng(0).permutation(len(texts))
    turned = np.empty_like(first)
    turned[order] = tagger.predict_proba([texts[place] for place in order])
    parts = np.vstack([tagger.predict_proba(texts[start : start + 333]) for start in range(0, len(texts), 333)])
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    alone = tagger.predict_proba(texts)
    torch.set_num_threads(threads)
    rows = [
        _compare("annen rekkefølge", tagger, first, turned),
        _compare("deler på 333", tagger, first, parts),
        _compare("én tråd", tagger, first, alone),
        _compare("pakker på en fjerdedel", tagger, first, _other_shape(tagger, texts)),
        _compare("float32", tagger, first, _float32(options.model, texts)),
        _compare("bfloat16 uten ny beregning nær terskelen", tagger, first, _plain_bfloat16(tagger, texts)),
    ]
    table = pd.DataFrame(rows)
    table.to_csv(HERE / "results.csv", index=False, encoding="utf-8", lineterminator="\n")
    print(table.to_string(index=False))


def _other_shape(tagger: ThemeTagger, texts: list[str]) -> np.ndarray:
    tagger._tokens = PACK // 4
    try:
        return tagger.predict_proba(texts)
    finally:
        tagger._tokens = None


def _float32(model: Path | None, texts: list[str]) -> np.ndarray:
    fast = tagger_module.fast_dtype
    tagger_module.fast_dtype = lambda *_: torch.float32
    try:
        return ThemeTagger.load(model).predict_proba(texts)
    finally:
        tagger_module.fast_dtype = fast


def _plain_bfloat16(tagger: ThemeTagger, texts: list[str]) -> np.ndarray:
    near = tagger_module.NEAR
    tagger_module.NEAR = 0.0
    try:
        return tagger.predict_proba(texts)
    finally:
        tagger_module.NEAR = near


def _compare(name: str, tagger: ThemeTagger, first: np.ndarray, other: np.ndarray) -> dict[str, object]:
    flipped = tagger.decisions_.decide(first) != tagger.decisions_.decide(other)
    themes = flipped.reshape(len(first), -1, 2).any(2)
    distance = np.abs(first - np.array(tagger.decisions_.thresholds))
    return {
        "måte": name,
        "kommentarer": len(first),
        "største_forskjell": round(float(np.abs(first - other).max()), 4),
        "like_merker": round(1 - float(themes.mean()), 5),
        "lengst_fra_terskel": round(float(distance[flipped].max()), 4) if flipped.any() else 0.0,
    }


if __name__ == "__main__":
    main()
