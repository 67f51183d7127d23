"""How a group differs from the groups beside it, with small groups drawn towards the middle."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

_STEPS = 200


def shrunken(values: np.ndarray, variances: np.ndarray, parents: np.ndarray, level: float = 0.95) -> pd.DataFrame:
    """Estimate how each unit differs from the mean of its parent, drawn towards that mean.

    With twenty-five contacts a centre easily looks good or bad by chance. The more the units of all parents vary
    beyond what chance alone gives, the less each is drawn in.

    Parameters
    ----------
    values : numpy.ndarray
        One estimate per unit (a centre's mean); missing ones are left out.
    variances : numpy.ndarray
        Its sampling variance, above zero.
    parents : numpy.ndarray
        The group that each unit is compared within (the class).
    level : float
        Level of the intervals, 0-1.

    Returns
    -------
    pandas.DataFrame
        One row per unit: ``middel`` (the parent's mean), ``estimat`` (unit minus parent, drawn in), ``nedre``,
        ``øvre``; missing where a parent has fewer than two units with a value.

    Notes
    -----
    The normal hierarchical model of Gelman et al. (2013), Bayesian Data Analysis, section 5.4: flat priors on the
    parents' means and on the standard deviation between units, which is common to all parents and integrated out on
    a grid, so that it is never set to zero.

    Examples
    --------
    >>> found = shrunken(np.array([0.6, 0.3, 0.3, 0.2]), np.full(4, 0.01), np.array(["a", "a", "a", "a"]))
    >>> found.round(2).values.tolist()[0]
    [0.35, 0.17, -0.11, 0.46]
    """
    values, variances = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)
    codes, _ = pd.factorize(pd.Series(parents), use_na_sentinel=True)
    known = np.isfinite(values) & np.isfinite(variances) & (variances > 0) & (codes >= 0)
    counts = np.bincount(codes[known], minlength=max(codes.max(initial=-1) + 1, 1))
    known &= np.where(codes >= 0, counts[codes] >= 2, False)
    frame = pd.DataFrame(np.nan, index=range(len(values)), columns=["middel", "estimat", "nedre", "øvre"])
    if not known.any():
        return frame
    inside = np.unique(codes[known], return_inverse=True)[1]
    middle, mean, spread = _posterior(values[known], variances[known], inside)
    reach = stats.norm.ppf((1 + level) / 2) * spread
    frame.loc[known, :] = np.column_stack([middle, mean, mean - reach, mean + reach])
    return frame


def _posterior(values: np.ndarray, variances: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return the groups' means, the differences from them and their standard deviations, one a unit."""
    widest = 3 * max(float(np.std(values)), float(np.sqrt(variances.mean())))
    spreads = (np.arange(_STEPS) + 0.5) / _STEPS * widest
    total = spreads[:, None] ** 2 + variances
    count = groups.max() + 1
    member = np.eye(count)[groups]
    precision = (1 / total) @ member
    middle = (values / total) @ member / precision
    apart = values - middle[:, groups]
    fit = -0.5 * (np.log(total) + apart**2 / total).sum(1) - 0.5 * np.log(precision).sum(1)
    weight = np.exp(fit - fit.max())
    weight /= weight.sum()
    kept = spreads[:, None] ** 2 / total
    means = kept * apart
    squares = kept * variances + kept**2 / precision[:, groups] + means**2
    mean = weight @ means
    return (weight @ middle)[groups], mean, np.sqrt(weight @ squares - mean**2)
