"""Twenty themes without and five with an association, halo between them and tagging errors: false discoveries."""

from __future__ import annotations

import numpy as np
import pandas as pd
from crossed import CENTRES, SHOPPERS, crossed
from korreksjon import tagged
from statsmodels.stats.multitest import multipletests

from textinnsikt.factors.correction import Draw, Moments, correct
from textinnsikt.factors.correction import _joint as joint
from textinnsikt.factors.design import Design
from textinnsikt.factors.projection import Projection
from textinnsikt.factors.within import Level, fit

NULL, REAL, EFFECT, LABELS = 20, 5, 5.0, 1000


def run_case(runs: int, seed: int) -> list[dict[str, object]]:
    """Simulate; return false-discovery rate and power of the corrected and the naive family."""
    names = [f"tema{i:02}:positiv" for i in range(NULL + REAL)]
    contrasts = dict(zip(names, np.eye(len(names)), strict=True))
    real = np.arange(len(names)) < REAL
    rates: dict[str, list[list[float]]] = {"korrigert": [], "naiv": []}
    for run in range(runs):
        random = np.random.default_rng([seed, run])
        if run % 10 == 0:
            crossing = crossed(random)
            space = Projection.of(
                np.column_stack([np.eye(CENTRES)[crossing.centre], np.eye(SHOPPERS)[crossing.shopper]])
            )
        halo = 0.8 * random.normal(size=len(crossing)) + 0.5 * random.normal(size=CENTRES)[crossing.centre]
        lean = -1.6 + halo[:, None] + 0.5 * random.normal(size=(SHOPPERS, len(names)))[crossing.shopper]
        truth = (random.random(lean.shape) < 1 / (1 + np.exp(-lean))).astype(float)
        noise = random.normal(0, 10, len(crossing))
        score = 50 + EFFECT * truth[:, real].sum(1) + noise + random.normal(0, 4, SHOPPERS)[crossing.shopper]
        score = np.clip(score, 0, 100)
        tags = np.column_stack([tagged(column, noise, False, random) for column in truth.T])
        groups, ones = (crossing.centre, crossing.shopper), np.ones(len(tags))
        design = Design(tuple(names), tags, space.residual(tags), space.residual(score), space, groups, ones, {})
        rows = np.sort(random.choice(len(tags), LABELS, replace=False))
        chance = np.full(LABELS, LABELS / len(tags))
        frames = [pd.DataFrame(part[rows], columns=names) for part in (truth, tags)]
        draw = Draw(rows, *frames, chance, joint(chance, np.zeros(LABELS, dtype=int)))
        corrected = correct(design, Moments.of(design, draw), contrasts, Level()).frame
        for kind, frame in (("korrigert", corrected), ("naiv", fit(design, names, contrasts, Level()))):
            found = multipletests(frame["p"], method="fdr_bh")[1] < 0.05
            rates[kind].append([(found & ~real).sum() / max(found.sum(), 1), found[real].mean()])
    return [
        {
            "studie": "mange temaer",
            "tilfelle": f"20 uten, 5 med, {LABELS} merkede",
            "mål": f"{goal}, {kind}",
            "verdi": value,
        }
        | {"kjøringer": runs}
        for kind, found in rates.items()
        for goal, value in zip(("andel falske funn", "styrke"), np.mean(found, axis=0), strict=True)
    ]
