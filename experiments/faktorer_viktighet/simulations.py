"""Simulated studies where the truth is known: one function a question, one run a call, a dict of numbers back."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from textinnsikt.factors import CentreRanking, ThemeImportance, importance_from_moments, rank_sets
from textinnsikt.factors.between import between
from textinnsikt.factors.crossed import Crossing, centre_means, variance_components
from textinnsikt.factors.labels import Labels
from textinnsikt.factors.projection import Projection
from textinnsikt.factors.sample import Sample
from textinnsikt.factors.splits import contests
from textinnsikt.factors.winners import permutation_p
from textinnsikt.study import TaggedStudy

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "faktorer"))
from crossed import CENTRES, CLASSES, SHOPPERS, Crossed, crossed, frame, mentions

GROUP = np.arange(CENTRES) % CLASSES
#: Themes of the importance study: what their positive mentions are worth.
WORTH = {"a": 8.0, "b": 4.0, "c": 0.0}


def importance(seed: int) -> dict[str, float]:
    """Fit importance to a study with two real themes, correlated, and one without anything."""
    random = np.random.default_rng([1, seed])
    tagged, _ = _themes(random)
    summary = ThemeImportance(draws=200, seed=seed).fit(tagged).summary
    rows = summary[summary["metode"] == "lmg"].set_index("tema")
    found = {}
    for theme, row in rows.iterrows():
        for name in ("estimat", "nedre", "øvre", "andel", "andel_nedre", "andel_øvre", "rang_fra", "rang_til", "p"):
            found[f"{theme}:{name}"] = float(row[name])
    return found


def importance_truth(seed: int) -> dict[str, float]:
    """Return moments of one study's truth: summed over many they give the importance in the population."""
    random = np.random.default_rng([2, seed])
    _, parts = _themes(random)
    design, score = parts
    columns = np.column_stack([*design.values(), score])
    matrix = columns.T @ columns
    names = [*design, "y"]
    return {f"{a}|{b}": matrix[i, j] for i, a in enumerate(names) for j, b in enumerate(names)}


def _themes(random: np.random.Generator) -> tuple[TaggedStudy, tuple[dict[str, np.ndarray], np.ndarray]]:
    """Draw a study; also the themes and the score without what centre and shopper give, as if both were known."""
    design = crossed(random)
    n = len(design)
    common = random.random(n)
    columns, inside = {}, {}
    for theme in WORTH:
        lean = 0.5 * (random.normal(size=CENTRES)[design.centre] + random.normal(size=SHOPPERS)[design.shopper])
        p = 1 / (1 + np.exp(-(-0.8 + lean + (2 * common - 1 if theme != "c" else 0))))
        columns[theme] = (random.random(n) < p).astype(float)
    score = 60 + 4 * random.normal(size=CENTRES)[design.centre] + 4 * random.normal(size=SHOPPERS)[design.shopper]
    slopes = 2 * random.normal(size=CENTRES)
    for theme, worth in WORTH.items():
        score = score + (worth + (slopes[design.centre] if theme == "a" else 0)) * columns[theme]
    score = score + 9 * random.normal(size=n)
    dummies = np.column_stack([np.eye(CENTRES)[design.centre], np.eye(SHOPPERS)[design.shopper]])
    space = Projection.of(dummies)
    inside = {theme: space.residual(column) for theme, column in columns.items()}
    study = frame(design, score)
    words = {t: np.where(c > 0, "positiv", "ingen") for t, c in columns.items()}
    comments = study.assign(kommentar_nr=1, tekst="Fint.", **words)
    return TaggedStudy(comments, tuple(WORTH)), (inside, space.residual(score))


def corrected(seed: int) -> dict[str, float]:
    """Give importance of two equal themes, one tagged well (.95/.99) and one poorly (.70/.94), with 400 labels."""
    random = np.random.default_rng([3, seed])
    design = crossed(random)
    n = len(design)
    truth = {theme: mentions(design, random, 0.3) for theme in ("godt", "dårlig")}
    tags = {}
    for theme, (sensitivity, specificity) in {"godt": (0.95, 0.99), "dårlig": (0.70, 0.94)}.items():
        seen = random.random(n)
        tags[theme] = np.where(truth[theme] > 0, seen < sensitivity, seen > specificity).astype(float)
    lean = 3 * random.normal(size=CENTRES)[design.centre] + 3 * random.normal(size=SHOPPERS)[design.shopper]
    score = 60 + lean + 6 * (truth["godt"] + truth["dårlig"]) + 9 * random.normal(size=n)
    study = frame(design, score).assign(kommentar_nr=1, tekst="Fint.")
    word = {t: np.where(tags[t] > 0, "positiv", "ingen") for t in tags}
    tagged = TaggedStudy(study.assign(**word), tuple(tags))
    drawn = random.choice(n, 400, replace=False)
    read = study.iloc[drawn].assign(trekksannsynlighet=400 / n)
    read = read.assign(**{t: np.where(truth[t][drawn] > 0, "positiv", "ingen") for t in tags})
    summary = ThemeImportance(draws=100, seed=seed).fit(tagged, Labels.of(read, tagged)).summary
    rows = summary[summary["tema"] == "godt"].set_index("metode")
    found = {"naiv": 100 * rows.loc["lmg", "andel"], "korrigert": 100 * rows.loc["lmg_korrigert", "andel"]}
    row = rows.loc["lmg_korrigert"]
    found["dekning"] = float(row["andel_nedre"] <= 0.5 <= row["andel_øvre"])
    return found


def winners(seed: int) -> dict[str, float]:
    """Test winners where no centre differs and only the mood of the contact links score and comment."""
    random = np.random.default_rng([4, seed])
    design = crossed(random)
    n = len(design)
    mood = random.normal(size=n)
    score = np.clip(
        75 + 4 * random.normal(size=SHOPPERS)[design.shopper] + 8 * mood + 6 * random.normal(size=n), 0, 100
    )
    lean = 0.5 * random.normal(size=SHOPPERS)[design.shopper]
    told = (random.random(n) < 1 / (1 + np.exp(-(-0.5 + 1.5 * mood + lean)))).astype(float)[:, None]
    found = contests(score, told, design.centre, design.shopper, GROUP, 2, 20, seed)
    as_is = np.array([c.differences(np.arange(len(c.centres))[None])[0] for c in found])
    orders = [random.permuted(np.tile(np.arange(len(c.centres)), (999, 1)), axis=1) for c in found]
    drawn = np.stack([c.differences(order) for c, order in zip(found, orders, strict=True)], axis=1)
    plain = (1 + (np.abs(drawn.mean(1)) >= np.abs(as_is.mean(0))).sum(0)) / 1000
    # The same contacts choose the winner and describe it: what others do.
    means = np.bincount(design.centre, score) / 25
    share = np.bincount(design.centre, told[:, 0]) / 25
    top = [rows[np.argmax(means[rows])] for rows in (np.flatnonzero(GROUP == g) for g in range(CLASSES))]
    gaps = [
        share[t] - np.delete(share[GROUP == GROUP[t]], np.flatnonzero(np.flatnonzero(GROUP == GROUP[t]) == t)).mean()
        for t in top
    ]
    naive = abs(np.mean(gaps)) / (np.std(gaps, ddof=1) / np.sqrt(CLASSES)) > 2.093
    p = permutation_p(as_is, drawn)[0]
    return {
        "skalert": float(p <= 0.05),
        "uskalert": float(plain[0] <= 0.05),
        "naiv": float(naive),
        "estimat": as_is.mean(),
    }


def mood_slope(seed: int) -> dict[str, float]:
    """Give the slopes between centres where none differs and only the mood of the contact links score and comment."""
    random = np.random.default_rng([8, seed])
    design = crossed(random)
    mood = random.normal(size=len(design))
    lenient = 4 * random.normal(size=SHOPPERS)[design.shopper]
    score = np.clip(60 + lenient + 8 * mood + 6 * random.normal(size=len(design)), 0, 100)
    lean = 0.5 * random.normal(size=SHOPPERS)[design.shopper]
    told = random.random(len(design)) < 1 / (1 + np.exp(-(-0.5 + 1.5 * mood + lean)))
    comments = frame(design, score, lytting=np.where(told, "positiv", "ingen")).assign(kommentar_nr=1, tekst="Fint.")
    frames = between(Sample.of(TaggedStudy(comments, ("lytting",))), 0.05)[0]
    found = {}
    for name in ("mellom_rå", "mellom_delt"):
        row = frames[name].loc["lytting:positiv"]
        found |= {name: row["estimat"], f"{name}, dekning": float(row["nedre"] <= 0 <= row["øvre"])}
    return found


def components(seed: int, clustered: bool) -> dict[str, float]:
    """Recover an ICC of .10 for centres and for shoppers, with lenient shoppers meeting the same centres or not."""
    random = np.random.default_rng([5, seed])
    lenient = random.normal(0, np.sqrt(10), SHOPPERS)
    design = _clustered(random, lenient) if clustered else crossed(random)
    score = 70 + random.normal(0, np.sqrt(10), CENTRES)[design.centre] + lenient[design.shopper]
    score = np.clip(score + random.normal(0, np.sqrt(80), len(design)), 0, 100)
    visitors = np.unique(design.shopper, return_inverse=True)[1]
    found = variance_components(score, Crossing(design.centre, visitors, GROUP[design.centre])).frame
    row = found.loc["kundesenter"]
    inside = {"dekning": float(row["nedre"] <= 10 <= row["øvre"])}
    return {
        "kundesenter": found.loc["kundesenter", "varians"] / 100,
        "shopper": found.loc["shopper", "varians"] / 100,
    } | inside


def _clustered(random: np.random.Generator, lenient: np.ndarray) -> Crossed:
    """Let lenient shoppers go to the first centres and strict ones to the last, with much overlap."""
    order = np.argsort(-lenient + random.normal(0, 2, SHOPPERS))
    place = np.argsort(order) / SHOPPERS
    shoppers = []
    for centre in range(CENTRES):
        near = np.exp(-(((place - centre / CENTRES) / 0.3) ** 2))
        shoppers.append(random.choice(SHOPPERS, 25, replace=False, p=near / near.sum()))
    return Crossed(np.repeat(np.arange(CENTRES), 25), np.concatenate(shoppers))


def ranks(seed: int, case: str) -> dict[str, float]:
    """Cover the true places of all centres at once."""
    random = np.random.default_rng([6, seed])
    design = crossed(random)
    true = np.zeros(CENTRES)
    if case == "blokker":
        true = 4.0 * (np.arange(CENTRES) // 11)
    spread = np.full(CENTRES, 9.0) if case != "ulik varians" else random.uniform(4, 16, CENTRES)
    # Far enough from 100 that the ceiling does not make unequal means of unequal variances.
    base = {"blokker": 40.0, "ulik varians": 55.0}.get(case, 75.0)
    score = base + true[design.centre] + 3.2 * random.normal(size=SHOPPERS)[design.shopper]
    score = np.clip(score + spread[design.centre] * random.normal(size=len(design)), 0, 100)
    answered = np.ones(len(design), dtype=bool)
    if case == "nuller":
        answered = random.random(len(design)) >= 0.03
        score = np.where(answered, score, 0)
    crossing = Crossing(design.centre, design.shopper, GROUP[design.centre])
    part = Crossing(design.centre[answered], design.shopper[answered], GROUP[design.centre[answered]])
    means = centre_means(score, answered, crossing, variance_components(score[answered], part))
    found = rank_sets(means.estimate, means.covariance, freedom=means.freedom, draws=500, seed=seed)
    better = (true[None, :] > true[:, None]).sum(1)
    worse = (true[None, :] < true[:, None]).sum(1)
    fine = (found["fra"] <= 1 + better) & (found["til"] >= CENTRES - worse)
    return {"dekning": float(fine.all()), "bredde": float((found["til"] - found["fra"] + 1).median())}


def widths(seed: int, icc: float) -> dict[str, float]:
    """Give the median width of marginal sets with known variance, not stepwise."""
    random = np.random.default_rng([7, seed])
    error = np.sqrt((1 - icc) / 25)
    seen = random.normal(0, np.sqrt(icc), CENTRES) + random.normal(0, error, CENTRES)
    found = rank_sets(seen, np.full(CENTRES, error), simultaneous=False, stepdown=False, draws=2000, seed=seed)
    return {
        "bredde": float((found["til"] - found["fra"] + 1).median()),
        "beste": float(found["til"][found["rang"].idxmin()]),
    }


def clear_winner(seed: int) -> dict[str, float]:
    """One class of five has a centre 20 points ahead: is its top set that one alone?"""
    random = np.random.default_rng([8, seed])
    design = crossed(random)
    true = random.normal(0, 2, CENTRES)
    true[GROUP == 3] = [0.0, 0, 20, 0, 0, 0, 0][: (GROUP == 3).sum()]
    score = (
        60
        + true[design.centre]
        + 3 * random.normal(size=SHOPPERS)[design.shopper]
        + 9 * random.normal(size=len(design))
    )
    study = frame(design, score).assign(kommentar_nr=1, tekst="Fint.", lytting="ingen")
    result = CentreRanking(seed=seed).fit(TaggedStudy(study, ("lytting",)))
    return {"én": float(result.top.loc["Klasse 03", "øverst"] == 1)}


def population(moments: dict[str, float]) -> pd.DataFrame:
    """Return the true importances from summed moments."""
    names = [*WORTH, "y"]
    matrix = pd.DataFrame([[moments[f"{a}|{b}"] for b in names] for a in names], names, names)
    return importance_from_moments(matrix, "y")
