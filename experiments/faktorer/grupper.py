"""No true association: how often do the tests find one anyway?"""

from __future__ import annotations

import numpy as np
import statsmodels.api as sm
from crossed import CENTRES, SHOPPERS, crossed, mentions

from textinnsikt.factors.associations import jackknife_errors
from textinnsikt.factors.design import Design
from textinnsikt.factors.projection import Projection
from textinnsikt.factors.within import Level, fit

CASES = (
    "bare sentereffekter",
    "senter- og shoppereffekter med tilfeldige stigningstall",
    "tema båret av 10 av 98 shoppere",
)
SHARED = 20
#: Bootstrap draws a run; the test has the right level for any number.
DRAWS = 399


def run_case(case: str, runs: int, seed: int) -> list[dict[str, object]]:
    """Simulate one design; return the share of runs with p below .05 for the default test and simpler ones."""
    hits = []
    for run in range(runs):
        random = np.random.default_rng([seed, run])
        if run % SHARED == 0:
            crossing = crossed(random)
            centre, shopper = crossing.centre, crossing.shopper
            space = Projection.of(np.column_stack([np.eye(CENTRES)[centre], np.eye(SHOPPERS)[shopper]]))
        theme = mentions(crossing, random, 0.2)
        if case == CASES[2]:
            theme = theme * np.isin(shopper, random.choice(SHOPPERS, 10, replace=False))
        score = 75 + random.normal(0, 4, CENTRES)[centre] + random.normal(0, 10, len(crossing))
        if case != CASES[0]:
            slopes = random.normal(0, 4, CENTRES)[centre] + random.normal(0, 4, SHOPPERS)[shopper]
            score += random.normal(0, 4, SHOPPERS)[shopper] + slopes * theme
        score = np.clip(score, 0, 100)
        x, y = space.residual(theme)[:, None], space.residual(score)
        design = Design(("t:positiv",), theme[:, None], x, y, space, (centre, shopper), np.ones(len(y)), {})
        default = fit(design, ["t:positiv"], {"t:positiv": np.ones(1)}, Level(seed=run, draws=DRAWS))["p"].iloc[0]
        plain = sm.OLS(y, x)
        spare = np.sqrt(len(y) / (len(y) - space.rank))
        estimate = plain.fit().params[0]
        rows = estimate / (plain.fit(cov_type="HC1").bse[0] * spare)
        by_centre = estimate / jackknife_errors(x, y, centre)[0]
        hits.append([default < 0.05, abs(rows) > 1.96, abs(by_centre) > 1.978])
    names = ("standardtesten", "radvis (HC1)", "gruppert bare på senter")
    return [
        {"studie": "grupper", "tilfelle": case, "mål": f"forkastet, {name}", "verdi": share, "kjøringer": runs}
        for name, share in zip(names, np.mean(hits, axis=0), strict=True)
    ]
