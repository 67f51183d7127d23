"""The share of contacts that mention something, with an interval."""

from __future__ import annotations

from typing import Any

import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import proportion_confint


def share(hits: pd.Series, shoppers: pd.Series) -> dict[str, Any]:
    """Estimate the share of contacts with a mention.

    The centres are what they are, but the shoppers are a sample, and each writes about many contacts. The
    number of
    contacts is therefore divided by the design effect of shoppers (never below one), with a correction for
    few shoppers, before the interval is drawn.

    Parameters
    ----------
    hits : pandas.Series
        1.0 for a contact with the mention, 0.0 for one without; one row per contact, none missing.
    shoppers : pandas.Series
        Shopper code per contact, same index; a contact with no code counts as its own shopper.

    Returns
    -------
    dict
        ``antall`` (contacts with the mention), ``n`` (contacts), ``estimat`` (share 0–1), ``nedre``, ``øvre``
        (95 %).

    References
    ----------
    Wilson (1927); Korn and Graubard (1998), "Confidence intervals for proportions with small expected number
    of positive counts estimated from survey data", Survey Methodology 24, for the effective number.

    Examples
    --------
    >>> hits = pd.Series([1.0] * 30 + [0.0] * 70)
    >>> found = share(hits, pd.Series([f"s{i}" for i in range(100)]))
    >>> [round(found[key], 3) for key in ("estimat", "nedre", "øvre")]
    [0.3, 0.219, 0.396]
    """
    n = len(hits)
    if n == 0:
        return {"antall": 0, "n": 0, "estimat": None, "nedre": None, "øvre": None}
    hits = hits.astype(float)
    size = _effective(hits, shoppers)
    low, high = proportion_confint(hits.mean() * size, size, method="wilson")
    return {
        "antall": int(hits.sum()),
        "n": n,
        "estimat": float(hits.mean()),
        "nedre": float(low),
        "øvre": float(high),
    }


def _effective(hits: pd.Series, shoppers: pd.Series) -> float:
    """Return the number of independent contacts that carry as much information as these."""
    n, mean = len(hits), hits.mean()
    codes = shoppers.astype(object).where(shoppers.notna(), pd.Series(range(n), index=hits.index).map("#{}".format))
    groups = codes.nunique()
    if groups < 2:
        return float(n)
    few = (stats.t.ppf(0.975, n - 1) / stats.t.ppf(0.975, groups - 1)) ** 2
    spread = mean * (1 - mean) / n
    if spread == 0:
        return float(n * few)
    sums = (hits - mean).groupby(codes).sum()
    variance = groups / (groups - 1) * (sums**2).sum() / n**2
    return float(n / max(1.0, variance / spread) * few)


def mean(scores: pd.Series, score_range: tuple[float, float]) -> dict[str, Any]:
    """Estimate a mean score with Student's interval, kept inside the scale.

    Parameters
    ----------
    scores : pandas.Series
        Scores of one centre's contacts (different shoppers), none missing.
    score_range : tuple of float
        Lowest and highest possible score.

    Returns
    -------
    dict
        ``estimat``, ``nedre``, ``øvre`` (score points), ``n``; the bounds are missing below two contacts.

    Examples
    --------
    >>> found = mean(pd.Series([60.0, 70.0, 80.0, 90.0]), (0, 100))
    >>> [round(found[key], 1) for key in ("estimat", "nedre", "øvre")]
    [75.0, 54.5, 95.5]
    """
    n = len(scores)
    if n < 2:
        return {"estimat": float(scores.mean()) if n else None, "nedre": None, "øvre": None, "n": n}
    centre = float(scores.mean())
    half = float(stats.t.ppf(0.975, n - 1) * scores.std(ddof=1) / n**0.5)
    low, high = score_range
    return {"estimat": centre, "nedre": max(low, centre - half), "øvre": min(high, centre + half), "n": n}
