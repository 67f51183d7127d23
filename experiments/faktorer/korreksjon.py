"""Correction for tagging errors where the truth is known: bias, coverage and width, beside the naive figure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from crossed import CENTRES, SHOPPERS, Crossed, crossed, mentions
from scipy import stats

from textinnsikt.factors.correction import Draw, Moments, correct
from textinnsikt.factors.correction import _joint as joint
from textinnsikt.factors.design import Design
from textinnsikt.factors.projection import Projection
from textinnsikt.factors.within import Level, fit

TRUE, LABELS, SENSITIVITY, SPECIFICITY = 5.0, 400, 0.8, 0.95
#: Runs that share a drawing of who visits whom.
SHARED = 20


@dataclass(frozen=True)
class Case:
    """One setting."""

    name: str
    noise: float = 10.0
    prevalence: float = 0.2
    leaning: bool = False
    stratified: bool = False
    effects: tuple[float, ...] = (TRUE,)


CASES = (
    Case("feil uavhengige av scoren, sd 10"),
    Case("feil avhengige av scoren, sd 10", leaning=True),
    Case("feil uavhengige av scoren, sd 20", noise=20.0),
    Case("feil avhengige av scoren, sd 20", noise=20.0, leaning=True),
    Case("sjeldent tema (5 %), stratifisert, feil uavhengige", prevalence=0.05, stratified=True),
    Case("sjeldent tema (5 %), stratifisert, feil avhengige", prevalence=0.05, stratified=True, leaning=True),
    Case("to korrelerte temaer (5 og -3)", effects=(TRUE, -3.0)),
)


def tagged(truth: np.ndarray, noise: np.ndarray, leaning: bool, random: np.random.Generator) -> np.ndarray:
    """Draw tags: sensitivity .8 and specificity .95, on request higher where the contact scores high."""
    lean = stats.norm.cdf(noise / noise.std()) - 0.5 if leaning else np.zeros(len(truth))
    found = random.random(len(truth)) < np.clip(SENSITIVITY + 0.3 * lean, 0, 1)
    false = random.random(len(truth)) > np.clip(SPECIFICITY - 0.08 * lean, 0, 1)
    return np.where(truth == 1, found, false).astype(float)


def labelled(tags: np.ndarray, case: Case, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw contacts to label; return rows, probabilities and strata. Stratified: half of them from the tagged ones."""
    stratum = (tags[:, 0] == 1).astype(int) if case.stratified else np.zeros(len(tags), dtype=int)
    rows, chance = [], np.zeros(len(tags))
    for value in np.unique(stratum):
        inside = np.flatnonzero(stratum == value)
        count = min(LABELS // (2 if case.stratified else 1), len(inside))
        rows.append(random.choice(inside, count, replace=False))
        chance[inside] = count / len(inside)
    found = np.sort(np.concatenate(rows))
    return found, chance[found], stratum[found]


def study(case: Case, crossing: Crossed, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw true mentions, tags and score."""
    first = mentions(crossing, random, case.prevalence)
    columns = [first]
    for _ in case.effects[1:]:
        other = mentions(crossing, random, case.prevalence)
        columns.append(np.where(random.random(len(other)) < 0.3, first, other))
    truth = np.column_stack(columns)
    noise = random.normal(0, case.noise, len(crossing))
    score = 50 + random.normal(0, 4, CENTRES)[crossing.centre] + random.normal(0, 4, SHOPPERS)[crossing.shopper]
    score = np.clip(score + truth @ np.array(case.effects) + noise, 0, 100)  # 50: cut equally often at both ends
    tags = np.column_stack([tagged(column, noise, case.leaning, random) for column in truth.T])
    return truth, tags, score


def labelled_only(
    truth: np.ndarray, score: np.ndarray, controls: np.ndarray, rows: np.ndarray, chance: np.ndarray
) -> float:
    """Return the standard error of the same regression on the labelled contacts alone."""
    root = np.sqrt(1 / chance)[:, None]
    space = Projection.of(controls[rows] * root)
    x, y = space.residual(truth[rows] * root), space.residual(score[rows] * root[:, 0])
    inverse = np.linalg.inv(x.T @ x)
    rest = y - x @ (inverse @ x.T @ y)
    size = len(rows) / (len(rows) - space.rank - x.shape[1])
    return float(np.sqrt((inverse @ (x * rest[:, None] ** 2).T @ x @ inverse)[0, 0] * size))


def run_case(case: Case, runs: int, seed: int) -> list[dict[str, object]]:
    """Simulate one setting."""
    names = [f"tema{i}:positiv" for i in range(len(case.effects))]
    contrasts = dict(zip(names, np.eye(len(names)), strict=True))
    found = []
    for run in range(runs):
        random = np.random.default_rng([seed, run])
        if run % SHARED == 0:
            crossing = crossed(random)
            controls = np.column_stack([np.eye(CENTRES)[crossing.centre], np.eye(SHOPPERS)[crossing.shopper]])
            space = Projection.of(controls)
        truth, tags, score = study(case, crossing, random)
        rows, chance, stratum = labelled(tags, case, random)
        groups = (crossing.centre, crossing.shopper)
        design = Design(
            tuple(names), tags, space.residual(tags), space.residual(score), space, groups, np.ones(len(tags)), {}
        )
        draw = Draw(
            rows,
            pd.DataFrame(truth[rows], columns=names),
            pd.DataFrame(tags[rows], columns=names),
            chance,
            joint(chance, stratum),
        )
        corrected = correct(design, Moments.of(design, draw), contrasts, Level()).frame
        naive = fit(design, names, contrasts, Level())
        alone = labelled_only(truth, score, controls, rows, chance)
        for name, effect in zip(names, case.effects, strict=True):
            row, plain = corrected.loc[name], naive.loc[name]
            found.append(
                {
                    "tema": name,
                    "snitt, korrigert": row["estimat"],
                    "dekning, korrigert": row["nedre"] <= effect <= row["øvre"],
                    "standardfeil, korrigert": row["feil"],
                    "standardfeil, bare merkede": alone,
                    "snitt, naiv": plain["estimat"],
                    "dekning, naiv": plain["nedre"] <= effect <= plain["øvre"],
                }
            )
    means = pd.DataFrame(found).groupby("tema").mean()
    spread = pd.DataFrame(found).groupby("tema")["snitt, korrigert"].std()
    return [
        {
            "studie": "merkefeil",
            "tilfelle": case.name if len(names) == 1 else f"{case.name}: {effect:g}",
            "mål": goal,
            "verdi": value,
            "kjøringer": runs,
        }
        for name, effect in zip(names, case.effects, strict=True)
        for goal, value in {**means.loc[name], "spredning, korrigert": spread[name]}.items()
    ]
