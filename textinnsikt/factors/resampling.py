"""How much a figure made of moments varies, when both centres and shoppers could have been others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np


def two_way_covariance(
    parts: np.ndarray,
    groups: Sequence[np.ndarray],
    statistic: Callable[[np.ndarray], np.ndarray],
    draws: int,
    seed: int,
) -> np.ndarray:
    """Return the covariance of statistics of summed moments, by bootstrap over two clusterings.

    Parameters
    ----------
    parts : numpy.ndarray
        n x m, what each contact adds to the m moments.
    groups : sequence of numpy.ndarray
        One or two clusterings, group numbers from 0, one per contact.
    statistic : callable
        From moments (draws x m) to statistics (draws x k).
    draws : int
        Bootstrap draws for each clustering.
    seed : int

    Returns
    -------
    numpy.ndarray
        k x k.

    Notes
    -----
    Centres, shoppers and single contacts are drawn in three bootstraps of their own and put together as the first plus
    the second minus the third, the variances never below the larger of the first two (Cameron, Gelbach and Miller 2011,
    Journal of Business & Economic Statistics 29(2), 238-249). Drawing both at once and multiplying the counts (the
    pigeonhole bootstrap) counts the contacts' own noise up to three times (Owen 2007, Annals of Applied Statistics
    1(2), 386-411).

    Examples
    --------
    >>> noise = np.random.default_rng(0).normal(size=(400, 1))
    >>> by = [np.repeat(np.arange(20), 20), np.tile(np.arange(20), 20)]
    >>> float(two_way_covariance(noise, by, lambda sums: sums / 400, 500, 0)[0, 0].round(4))
    0.0027
    """
    random = np.random.default_rng(seed)
    found = []
    for codes in [*groups, np.arange(len(parts))] if len(groups) > 1 else groups:
        sums = np.zeros((codes.max() + 1, parts.shape[1]))
        np.add.at(sums, codes, parts)
        counts = random.multinomial(len(sums), np.full(len(sums), 1 / len(sums)), draws)
        found.append(np.atleast_2d(np.cov(statistic(counts @ sums), rowvar=False)))
    if len(found) == 1:
        return found[0]
    first, second, alone = found
    whole = first + second - alone
    own = np.sqrt(np.maximum.reduce([np.diag(first), np.diag(second), np.diag(whole)]))
    values, vectors = np.linalg.eigh(whole)
    whole = vectors * np.clip(values, 0, None) @ vectors.T
    size = np.sqrt(np.diag(whole))
    scale = own / np.where(size > 0, size, 1)
    return whole * np.outer(scale, scale) + np.diag(np.where(size > 0, 0, own**2))
