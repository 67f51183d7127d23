"""The wild cluster bootstrap, for a mention that few shoppers (or centres) carry."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textinnsikt.factors.projection import Projection

#: With fewer carrying groups than this, two-point weights give too few different draws.
_FEW = 12
#: Webb's six points.
_WEBB = np.array([-np.sqrt(1.5), -1, -np.sqrt(0.5), np.sqrt(0.5), 1, np.sqrt(1.5)])


def wild_draws(
    column: np.ndarray,
    rest: np.ndarray,
    space: Projection,
    groups: Sequence[np.ndarray],
    carriers: float,
    draws: int,
    random: np.random.Generator,
) -> tuple[float, np.ndarray]:
    """Return the t statistic of one coefficient and its values where the coefficient is zero.

    Parameters
    ----------
    column : numpy.ndarray
        The predictor with everything else in the model taken out.
    rest : numpy.ndarray
        Residuals of the model without the predictor.
    space : Projection
        Everything in the model, the predictor included.
    groups : sequence of numpy.ndarray
        Group numbers; the first clustering is the one that signs are drawn for. A second one, where there is one,
        enters the standard error.
    carriers : float
        Effective number of groups that carry the predictor.
    draws : int
    random : numpy.random.Generator

    Returns
    -------
    statistic : float
    draws : numpy.ndarray

    Notes
    -----
    The restricted wild cluster bootstrap of Cameron, Gelbach and Miller (2008), Review of Economics and Statistics
    90(3), 414-427, with the two-way statistic of MacKinnon, Nielsen and Webb (2021), Journal of Business & Economic
    Statistics 39(2), 505-519; signs, or the six-point weights of Webb (2023), Canadian Journal of Economics 56(3),
    839-858, where few groups carry the predictor.

    Examples
    --------
    >>> random = np.random.default_rng(0)
    >>> x, y, who = random.normal(size=40), random.normal(size=40), np.repeat(np.arange(8), 5)
    >>> found, null = wild_draws(x, y, Projection.of(x[:, None]), [who], 8, 99, random)
    >>> len(null), bool(abs(null).mean() < 2)
    (99, True)
    """
    first = groups[0]
    count = first.max() + 1
    if carriers < _FEW:
        weights = random.choice(_WEBB, (count, draws))
    else:
        weights = random.choice([-1.0, 1.0], (count, draws))
    weights = np.column_stack([np.ones(count), weights])  # the data as they are stand first
    # Scores of a draw are linear in its weights: rows x groups matrices, summed by cluster, do for all draws.
    spread = np.zeros((len(rest), count))
    spread[np.arange(len(rest)), first] = rest
    per_row = column[:, None] * (spread - space.basis @ (space.basis.T @ spread))
    top = (column @ spread) @ weights
    variances = []
    for codes in groups:
        order = np.argsort(codes, kind="stable")
        starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
        variances.append(((np.add.reduceat(per_row[order], starts) @ weights) ** 2).sum(0))
    if len(variances) == 2:
        variances.append(((per_row @ weights) ** 2).sum(0))
        one, two, both = variances
        variances = [one + two - both, both / 2]
    statistics = top / np.sqrt(np.max(variances, axis=0))
    return float(statistics[0]), statistics[1:]
