"""The raw figures that others print: correlations, and the "impact" of the vendors."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import stats

from textinnsikt.factors.associations import Associations, refusals
from textinnsikt.factors.projection import group_codes
from textinnsikt.factors.sample import Sample

#: Sums per centre: contacts, x, y, xy, xx, yy.
Sums = np.ndarray


def correlations(sample: Sample, alpha: float) -> dict[str, Associations]:
    """Compute the raw figures of other products, with intervals that they lack.

    Parameters
    ----------
    sample : Sample
    alpha : float
        One minus the level of the intervals.

    Returns
    -------
    dict of str to Associations
        ``punktbiseriell`` and ``spearman`` (correlations, -1 to 1), ``leverandørtall`` (score points: n(m - M)/(N -
        n), the mean of all contacts minus the mean of those without the mention, which is the share of contacts with
        it times the raw difference).

    Notes
    -----
    Intervals: jackknife over centres with Student's t, correlations on Fisher's z scale; ranks are those of all
    contacts.
    """
    refused = refusals(sample)
    score = sample.contacts["totalscore"].to_numpy(dtype=float)
    codes = group_codes(sample.centres)
    kinds: dict[str, tuple[np.ndarray, Callable[[Sums], np.ndarray], Callable[[np.ndarray], np.ndarray]]] = {
        "punktbiseriell": (score, _correlation, np.tanh),
        "spearman": (stats.rankdata(score), _correlation, np.tanh),
        "leverandørtall": (score, _impact, lambda value: value),
    }
    found = {}
    for name, (outcome, figure, back) in kinds.items():
        rows = {}
        for mention in sample.mentions:
            if mention in refused:
                continue
            x = sample.contacts[mention].to_numpy(dtype=float)
            terms = np.array([np.ones(len(x)), x, outcome, x * outcome, x * x, outcome**2])
            sums = np.array([np.bincount(codes, weights=term) for term in terms])
            rows[mention] = _jackknife(sums, figure, back, alpha)
        frame = pd.DataFrame(rows, index=["estimat", "nedre", "øvre", "p"], dtype=float).T.reindex(
            list(sample.mentions)
        )
        found[name] = Associations(frame, refused)
    return found


def _correlation(sums: Sums) -> np.ndarray:
    """Return Fisher's z of the correlation."""
    n, x, y, xy, xx, yy = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.arctanh((xy - x * y / n) / np.sqrt((xx - x**2 / n) * (yy - y**2 / n))))


def _impact(sums: Sums) -> np.ndarray:
    n, x, y, xy, _, _ = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(y / n - (y - xy) / (n - x))


def _jackknife(
    sums: Sums, figure: Callable[[Sums], np.ndarray], back: Callable[[np.ndarray], np.ndarray], alpha: float
) -> tuple[float, float, float, float]:
    """Return estimate, interval and p from leaving out one centre at a time."""
    total = sums.sum(1)
    estimate = figure(total)
    without = figure(total[:, None] - sums)
    count = without.size
    error = np.sqrt((count - 1) / count * ((without - estimate) ** 2).sum())
    reach = stats.t.ppf(1 - alpha / 2, count - 1) * error
    low, middle, high = back(np.array([estimate - reach, estimate, estimate + reach]))
    return middle, low, high, 2 * stats.t.sf(abs(estimate) / error, count - 1)
