"""Change: a share or a mean in two waves, the difference and its interval."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

#: What every change is told by: both waves, the change with its interval, and the test of it.
CHANGE = ("første", "andre", "estimat", "nedre", "øvre", "n_første", "n_andre", "p", "q")
#: Below so many centres (or contacts where there are none) a change has no interval.
FEWEST = 5
_KEYS = ["tema", "omtale", "metode"]


def ratio_change(hits: np.ndarray, sizes: np.ndarray, wave: np.ndarray, groups: np.ndarray) -> dict[str, float]:
    """Return the change of a ratio of sums from wave 0 to wave 1, jackknifed over groups that may be in both.

    Parameters
    ----------
    hits, sizes : numpy.ndarray
        Per contact; the ratio is sum of hits over sum of sizes.
    wave : numpy.ndarray
        0 or 1.
    groups : numpy.ndarray
        What is left out at a time.

    Returns
    -------
    dict of str to float
        `CHANGE` without ``q``; the interval is missing with fewer than five groups in a wave.

    Examples
    --------
    >>> change = ratio_change(np.arange(20) % 2, np.ones(20), np.repeat([0, 1], 10), np.arange(20) % 7)
    >>> change["estimat"], change["nedre"] < 0 < change["øvre"]
    (0.0, True)
    """
    wave = np.asarray(wave)
    codes, names = pd.factorize(np.asarray(groups, dtype=object), sort=True)
    table = np.zeros((2, 2, len(names)))  # wave x (hits, sizes) x group
    for place, values in enumerate((hits, sizes)):
        np.add.at(table[:, place], (wave, codes), np.asarray(values, dtype=float))
    total = table.sum(axis=2)
    there = (table[:, 1] > 0).sum(axis=1)
    numbers = [float((np.asarray(sizes)[wave == w] > 0).sum()) for w in (0, 1)]
    with np.errstate(divide="ignore", invalid="ignore"):
        means = total[:, 0] / total[:, 1]
        left = total[:, :, None] - table
        replicates = left[1, 0] / left[1, 1] - left[0, 0] / left[0, 1]
    estimate = means[1] - means[0]
    low = high = p = np.nan
    if there.min() >= FEWEST:
        count = len(names)
        error = np.sqrt((count - 1) / count * ((replicates - estimate) ** 2).sum())
        reach = stats.t.ppf(0.975, count - 1) * error
        low, high = estimate - reach, estimate + reach
        p = float(2 * stats.t.sf(abs(estimate) / error, count - 1)) if error > 0 else float(estimate == 0)
    found = (means[0], means[1], estimate, low, high, *numbers, p)
    return {name: float(value) for name, value in zip(CHANGE[:-1], found, strict=True)}


def paired_change(means: pd.DataFrame, wave: pd.Series) -> dict[str, float]:
    """Return the mean change of centres, each counting the same, with Student's t.

    Parameters
    ----------
    means : pandas.DataFrame
        Centres x waves 0 and 1.
    wave : pandas.Series
        Of the contacts behind the means.

    Examples
    --------
    >>> means = pd.DataFrame({0: [0.1, 0.2, 0.3], 1: [0.3, 0.4, 0.5]})
    >>> round(paired_change(means, pd.Series([0, 0, 0, 1, 1, 1]))["estimat"], 3)
    0.2
    """
    apart = means[1] - means[0]
    error = apart.std(ddof=1) / np.sqrt(len(apart))
    reach = stats.t.ppf(0.975, len(apart) - 1) * error
    estimate = apart.mean()
    p = float(2 * stats.t.sf(abs(estimate) / error, len(apart) - 1)) if error > 0 else float(estimate == 0)
    numbers = [float((wave == w).sum()) for w in (0, 1)]
    values = (means[0].mean(), means[1].mean(), estimate, estimate - reach, estimate + reach, *numbers, p)
    return {name: float(value) for name, value in zip(CHANGE[:-1], values, strict=True)}


def factor_changes(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Return how the figures of two ``faktorer.csv`` differ.

    Examples
    --------
    >>> old = pd.DataFrame({"tema": ["lytting"], "omtale": ["positiv"], "metode": ["rå"], "estimat": [5.0],
    ...     "nedre": [2.0], "øvre": [8.0], "n": [90]})
    >>> change = factor_changes(old, old.assign(estimat=9.0, nedre=5.0, øvre=13.0))
    >>> change[["estimat", "nedre", "øvre"]].round(1).values.tolist()
    [[4.0, -1.0, 9.0]]
    """
    both = first.merge(second, on=_KEYS, suffixes=("_første", "_andre"))
    found = both[_KEYS].copy()
    found["første"], found["andre"] = both["estimat_første"], both["estimat_andre"]
    found["estimat"] = found["andre"] - found["første"]
    down = np.hypot(both["estimat_andre"] - both["nedre_andre"], both["øvre_første"] - both["estimat_første"])
    up = np.hypot(both["øvre_andre"] - both["estimat_andre"], both["estimat_første"] - both["nedre_første"])
    found["nedre"], found["øvre"] = found["estimat"] - down, found["estimat"] + up
    found["n_første"], found["n_andre"] = both["n_første"], both["n_andre"]
    toward = pd.Series(np.where(found["estimat"] > 0, down, up), index=found.index)
    found["p"] = 2 * stats.norm.sf(found["estimat"].abs() / (toward.where(toward > 0) / stats.norm.ppf(0.975)))
    return with_rates(found)


def with_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the false discovery rate within each method as ``q``.

    Examples
    --------
    >>> with_rates(pd.DataFrame({"metode": ["a", "a", "b"], "p": [0.01, 0.04, 0.04]}))["q"].tolist()
    [0.02, 0.04, 0.04]
    """
    frame["q"] = np.nan
    methods = frame["metode"] if "metode" in frame else pd.Series("", index=frame.index)
    for _, rows in frame[frame["p"].notna()].groupby(methods):
        frame.loc[rows.index, "q"] = multipletests(rows["p"], method="fdr_bh")[1]
    return frame
