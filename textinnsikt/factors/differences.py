"""Do classes or channels differ in what goes with the score? Shrunk, so that a small group is not over-read."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from textinnsikt.factors.design import Design
from textinnsikt.factors.sample import Sample
from textinnsikt.factors.twoway import jackknife_shifts, variance_of
from textinnsikt.factors.within import Level

#: Fewest contacts with a mention, and without it, in a group that is given its own figure.
MIN_CONTACTS = 10
#: Fewest groups with a figure for them to be pulled towards a mean.
MIN_GROUPS = 3
_SPREAD = "(spredning)"
_COLUMNS = "omfang gruppe tema omtale estimat nedre øvre urørt n".split()


def differences(sample: Sample, design: Design, column: str, level: Level) -> pd.DataFrame:
    """Estimate the figures within centres and shoppers in each class (or channel), pulled towards their mean.

    Parameters
    ----------
    sample : Sample
    design : Design
        Of the sample.
    column : str
        ``klasse`` or ``kanal``.
    level : Level

    Returns
    -------
    pandas.DataFrame
        ``omfang`` (the column), ``gruppe``, ``tema``, ``omtale``, ``estimat``, ``nedre``, ``øvre`` (score points,
        shrunk), ``urørt`` (before shrinking), ``n`` (contacts with the mention). The numbers are missing where a
        mention is too rare in the group, or cannot be told from the others there, and where fewer than `MIN_GROUPS`
        groups are left: see `left_out`. A row with group ``(spredning)`` holds the median standard deviation between
        groups as ``estimat`` and the p of no difference as ``p``.

    Notes
    -----
    Centre and shopper are held equal as in all contacts. Errors within a group: jackknife over contacts (HC3).
    Shrinking: normal groups around a normal mean, averaged over the spread between groups with a flat prior on it
    (Gelman 2006, Bayesian Analysis 1(3), 515-534), so that intervals allow for the spread not being known; p is
    Cochran's test.
    """
    values = sample.contacts[column]
    found: list[list[object]] = []
    parts: dict[str, list[tuple[str, float, float, int]]] = {name: [] for name in design.mentions}
    blank: dict[str, list[tuple[str, int]]] = {name: [] for name in design.mentions}
    for value in sorted(values.dropna().unique()):
        inside = (values == value).to_numpy()
        count = (design.raw[inside] > 0).sum(0)
        figures = _figures(design, inside, count)
        for at, name in enumerate(design.mentions):
            if at in figures:
                parts[name].append((str(value), *figures[at], int(count[at])))
            else:
                blank[name].append((str(value), int(count[at])))
    for name, groups in parts.items():
        if len(groups) >= MIN_GROUPS:
            found += _shrunk(column, name, groups, level.alpha)
        else:
            blank[name] = sorted([*blank[name], *((label, n) for label, _, _, n in groups)])
        theme, mention = name.rsplit(":", 1)
        found += [[column, label, theme, mention, *[np.nan] * 4, n, np.nan] for label, n in blank[name]]
    return pd.DataFrame(found, columns=[*_COLUMNS, "p"])


def left_out(found: pd.DataFrame) -> list[str]:
    """Say how many figures `differences` could not give, and why.

    Parameters
    ----------
    found : pandas.DataFrame
        From `differences`, of one column or several.

    Returns
    -------
    list of str
        One Norwegian sentence for each column with missing figures.

    Examples
    --------
    >>> rows = [("kanal", "chat", None), ("kanal", "telefon", None)]
    >>> left_out(pd.DataFrame(rows, columns=["omfang", "gruppe", "urørt"]))[0][:48]
    'Forskjeller etter kanal: 2 av 2 tall er utelatt.'
    """
    rows = found[found["gruppe"] != _SPREAD]
    said = []
    for column, part in rows.groupby("omfang", sort=False):
        missing = int(part["urørt"].isna().sum())
        if missing:
            said.append(
                f"Forskjeller etter {column}: {missing} av {len(part)} tall er utelatt. Gruppen har under "
                f"{MIN_CONTACTS} henvendelser med eller uten omtalen, omtalen kan ikke skilles fra de andre der, eller "
                f"færre enn {MIN_GROUPS} grupper er igjen."
            )
    return said


def _figures(design: Design, inside: np.ndarray, count: np.ndarray) -> dict[int, tuple[float, float]]:
    """Return the figure and its error in one group, by the mention's place, of the mentions that can have one."""
    kept = np.flatnonzero((count >= MIN_CONTACTS) & (inside.sum() - count >= MIN_CONTACTS))
    columns = design.columns[inside][:, kept]
    if not len(kept) or np.linalg.matrix_rank(columns) < len(kept):
        return {}
    slopes = np.linalg.solve(columns.T @ columns, columns.T @ design.score[inside])
    inner = type(design.projection).of(columns)
    rest = design.score[inside] - columns @ slopes
    errors = np.sqrt(np.diag(variance_of(jackknife_shifts(columns, rest, inner, np.arange(len(rest))))))
    return {int(at): (slopes[place], errors[place]) for place, at in enumerate(kept)}


def _shrunk(column: str, name: str, groups: list[tuple[str, float, float, int]], alpha: float) -> list[list[object]]:
    """Pull the groups' figures towards their mean."""
    theme, mention = name.rsplit(":", 1)
    labels, slopes, errors, counts = (list(part) for part in zip(*groups, strict=True))
    estimates, variances = np.array(slopes), np.array(errors) ** 2
    shrunk, deviation, spread = _posterior(estimates, variances)
    reach = stats.norm.ppf(1 - alpha / 2) * deviation
    rows: list[list[object]] = [
        [column, label, theme, mention, s, s - r, s + r, e, n, np.nan]
        for label, s, r, e, n in zip(labels, shrunk, reach, estimates, counts, strict=True)
    ]
    fixed = ((estimates - (estimates / variances).sum() / (1 / variances).sum()) ** 2 / variances).sum()
    p = stats.chi2.sf(fixed, len(groups) - 1)
    return [*rows, [column, _SPREAD, theme, mention, spread, np.nan, np.nan, np.nan, sum(counts), p]]


def _posterior(estimates: np.ndarray, variances: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Return the groups' posterior means and standard deviations, and the median spread between groups."""
    widest = 3 * max(np.ptp(estimates), np.sqrt(variances.max()))
    spreads = np.linspace(0, widest, 400)[:, None]
    weights = 1 / (variances + spreads**2)
    total = weights.sum(1, keepdims=True)
    mean = (weights * estimates).sum(1, keepdims=True) / total
    likelihood = 0.5 * (np.log(weights).sum(1) - np.log(total[:, 0]) - (weights * (estimates - mean) ** 2).sum(1))
    chance = np.exp(likelihood - likelihood.max())[:, None]
    chance /= chance.sum()
    pull = variances * weights
    means = pull * mean + (1 - pull) * estimates
    centre = (chance * means).sum(0)
    within = (1 - pull) * variances + pull**2 / total
    deviation = np.sqrt((chance * (within + (means - centre) ** 2)).sum(0))
    return centre, deviation, float(spreads[np.searchsorted(np.cumsum(chance), 0.5), 0])
