"""Learn the aspect map that the package ships: ``python experiments/klynger/learn_map.py``."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.linear_model import Ridge

from textinnsikt.clusters.aspects import AspectMap, letter_groups
from textinnsikt.clusters.vectors import SentenceEncoder
from textinnsikt.themes import Codebook

ROOT = Path(__file__).resolve().parents[2]
#: Strength of the penalty; 0.3 to 2 differ by less than 0.03 in V-measure.
PENALTY = 1.0


def training_sentences() -> pd.DataFrame:
    """Return the example study's sentences, ``setning`` and ``merke``: their aspect, or their only theme value."""
    rows = pd.read_csv(ROOT / "data" / "eksempelsetninger.csv", keep_default_na=False, encoding="utf-8")
    themes = rows[list(Codebook.load().keys)]
    single = themes.ne("ingen").sum(axis=1) == 1
    value = themes.apply(lambda row: next((f"{t}:{v}" for t, v in row.items() if v in ("positiv", "negativ")), ""), 1)
    rows["merke"] = rows["aspekt"].where(rows["aspekt"] != "", value.where(single, ""))
    return rows.loc[rows["merke"] != "", ["setning", "merke"]].sort_values("setning", ignore_index=True)


def learn(encoder: SentenceEncoder, without: Collection[str] = ()) -> AspectMap:
    """Learn the map by ridge regression on which aspect each sentence has, rare ones weighing as much as common.

    Parameters
    ----------
    encoder : SentenceEncoder
    without : collection of str
        Aspects that the map must not know.
    """
    rows = training_sentences()
    rows = rows[~rows["merke"].isin(list(without))]
    texts = rows["setning"].tolist()
    meaning = np.asarray(encoder.encode(texts), dtype=float)
    centre = meaning.mean(axis=0)
    scale = float(np.sqrt(((meaning - centre) ** 2).sum(axis=1).mean()))
    seen = np.asarray((letter_groups(texts) > 0).sum(axis=0)).ravel()
    rarity = np.log((1 + len(texts)) / (1 + seen)) + 1
    features = sparse.hstack([sparse.csr_matrix((meaning - centre) / scale), letter_groups(texts, rarity)]).tocsr()
    names = sorted(set(rows["merke"]))
    wanted = (rows["merke"].to_numpy()[:, None] == np.array(names)).astype(float)
    share = wanted.mean(axis=0)
    fitted = Ridge(PENALTY, solver="sparse_cg", tol=1e-8).fit(features, (wanted - share) / np.sqrt(share))
    return AspectMap(tuple(names), centre, scale, fitted.coef_.T, fitted.intercept_, rarity)


if __name__ == "__main__":
    from textinnsikt.themes.encoder import Encoder

    learn(Encoder.load()).save(ROOT / "textinnsikt" / "clusters" / "aspects.npz")
