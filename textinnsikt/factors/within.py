"""Score points that go with a mention within the same centre and the same shopper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from textinnsikt.factors.design import Design
from textinnsikt.factors.projection import effective_number
from textinnsikt.factors.twoway import jackknife_shifts, two_way_errors, variance_of
from textinnsikt.factors.wild import wild_draws

#: A figure carried by fewer effective shoppers (or centres) than this is tested by the wild cluster bootstrap.
FEW_CARRIERS = 9
#: What a contrast of the two mentions of a theme is called.
AGAINST = "positiv mot negativ"
#: Columns of an estimate.
ESTIMATE = ("estimat", "nedre", "øvre", "p")


@dataclass(frozen=True)
class Level:
    """How sure, and how it is drawn.

    Parameters
    ----------
    alpha : float
        One minus the level of the intervals.
    seed : int
    draws : int
        Bootstrap draws.
    """

    alpha: float = 0.05
    seed: int = 0
    draws: int = 999


def contrasts_of(mentions: Sequence[str], reported: Sequence[str] | None = None) -> dict[str, np.ndarray]:
    """Return what is estimated: each mention, and positive minus negative where a theme has both.

    Parameters
    ----------
    mentions : sequence of str
        The columns of the model.
    reported : sequence of str, optional
        Those to report; default all.

    Returns
    -------
    dict of str to numpy.ndarray
        Name -> one weight for each column.

    Examples
    --------
    >>> {name: c.tolist() for name, c in contrasts_of(["løsning:positiv", "løsning:negativ"]).items()}
    {'løsning:positiv': [1.0, 0.0], 'løsning:negativ': [0.0, 1.0], 'løsning:positiv mot negativ': [1.0, -1.0]}
    """
    unit = dict(zip(mentions, np.eye(len(mentions)), strict=True))
    reported = list(unit) if reported is None else list(reported)
    found = {name: unit[name] for name in reported}
    for theme in dict.fromkeys(name.rsplit(":", 1)[0] for name in reported):
        pair = f"{theme}:positiv", f"{theme}:negativ"
        if all(name in found for name in pair):
            found[f"{theme}:{AGAINST}"] = unit[pair[0]] - unit[pair[1]]
    return found


def direct(design: Design, level: Level) -> pd.DataFrame:
    """Estimate every mention with all the others held equal.

    Parameters
    ----------
    design : Design
    level : Level

    Returns
    -------
    pandas.DataFrame
        Indexed by mention (``T:positiv``, ``T:negativ``, ``T:positiv mot negativ``): ``estimat``, ``nedre``, ``øvre``
        in score points, ``p``, ``test`` (``t`` or ``bootstrap``), ``sentre`` and ``shoppere`` (effective numbers of
        each that carry it; the same number where only one of them groups the contacts) and ``robusthet`` (robustness
        value, 0-1).
    """
    return fit(design, design.mentions, contrasts_of(design.mentions), level)


def total(design: Design, themes: Sequence[str], level: Level) -> pd.DataFrame:
    """Estimate each theme with only the themes before it held equal; parameters and columns as for `direct`.

    Parameters
    ----------
    design : Design
    themes : sequence of str
        In the order in which a contact goes: what comes later may be a consequence and is left free.
    level : Level
    """
    parts, names = [], []
    for theme in themes:
        own = [m for m in design.mentions if m.rsplit(":", 1)[0] == theme]
        names += own
        if own:
            parts.append(fit(design, names, contrasts_of(names, own), level))
    return pd.concat(parts) if parts else direct(design, level)


def fit(design: Design, names: Sequence[str], contrasts: Mapping[str, np.ndarray], level: Level) -> pd.DataFrame:
    """Regress the score on some of the mentions and estimate combinations of the coefficients.

    Parameters
    ----------
    design : Design
    names : sequence of str
        Mentions in the model.
    contrasts : mapping of str to numpy.ndarray
        Name -> weights, one for each of ``names``.
    level : Level

    Returns
    -------
    pandas.DataFrame
        As `direct` returns it.

    Notes
    -----
    Errors: two-way cluster jackknife with Student's t, one degree of freedom less than the clustering with fewest
    groups has; the wild cluster bootstrap where fewer than `FEW_CARRIERS` effective groups carry the figure.
    Robustness value: Cinelli and Hazlett (2020), Journal of the Royal Statistical Society B 82(1), 39-67, from the
    classical partial R2.
    """
    head = [*ESTIMATE, "test", "sentre", "shoppere", "robusthet"]
    if not contrasts:
        return pd.DataFrame(columns=head)
    columns = design.columns[:, [design.mentions.index(name) for name in names]]
    inverse = np.linalg.inv(columns.T @ columns)
    slopes = inverse @ (columns.T @ design.score)
    rest = design.score - columns @ slopes
    space = design.projection.with_columns(columns)
    groups = [*design.groups, np.arange(len(rest))] if len(design.groups) == 2 else design.groups
    weights = np.array(list(contrasts.values()))
    parts = [variance_of(jackknife_shifts(columns, rest, space, codes)) for codes in groups]
    errors = two_way_errors(parts, weights)
    spare = len(rest) - space.rank
    rows = []
    for place, weight in enumerate(contrasts.values()):
        estimate, spread = weight @ slopes, weight @ inverse @ weight
        carried = columns @ (inverse @ weight) / spread  # the predictor with everything else taken out
        carriers = [effective_number(carried**2, codes) for codes in design.groups]
        fewest = int(np.argmin(carriers))
        if len(design.groups[0]) > design.groups[0].max() + 1 and carriers[fewest] < FEW_CARRIERS:
            order = [design.groups[fewest], *(g for i, g in enumerate(design.groups) if i != fewest)]
            random = np.random.default_rng([level.seed, place])
            statistic, null = wild_draws(
                carried, rest + carried * estimate, space, order, carriers[fewest], level.draws, random
            )
            p = (1 + (np.abs(null) >= abs(statistic)).sum()) / (1 + level.draws)
            reach = np.quantile(np.abs(null), 1 - level.alpha) * abs(estimate / statistic)
            test = "bootstrap"
        else:
            p = 2 * stats.t.sf(abs(estimate / errors[place]), design.freedom)
            reach = stats.t.ppf(1 - level.alpha / 2, design.freedom) * errors[place]
            test = "t"
        strength = estimate**2 / spread / (rest @ rest)  # partial f2 = t2 / degrees of freedom
        robustness = (np.sqrt(strength**2 + 4 * strength) - strength) / 2 if spare > 0 else np.nan
        rows.append([estimate, estimate - reach, estimate + reach, p, test, carriers[0], carriers[-1], robustness])
    return pd.DataFrame(rows, index=list(contrasts), columns=head)
