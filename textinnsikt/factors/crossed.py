"""Centres crossed with shoppers: how much varies where, and centre means with the shoppers' leniency taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize, special, stats

from textinnsikt.factors.projection import Projection

#: With fewer contacts per shopper than this, leniency is shrunk instead of estimated freely.
_FREE = 5


@dataclass(frozen=True)
class Crossing:
    """Who visited what: codes from 0, one per contact.

    Parameters
    ----------
    centre, shopper, group : numpy.ndarray
        Whole numbers; ``group`` is the centre's class.
    """

    centre: np.ndarray
    shopper: np.ndarray
    group: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        """Centres x shoppers, number of contacts."""
        return _table(self.centre, self.shopper, (self.centre.max() + 1, self.shopper.max() + 1))


@dataclass(frozen=True)
class Components:
    """Variances of class, centre (within class), shopper and rest.

    Parameters
    ----------
    frame : pandas.DataFrame
        Indexed by ``klasse, kundesenter, shopper, rest``: ``varians`` (squared score points, not below zero),
        ``andel`` (of their sum), ``nedre, øvre`` (interval of the variance; missing for class and rest), ``n``.
    centre, shopper, rest : float
        The variances, not cut off at zero.
    """

    frame: pd.DataFrame
    centre: float
    shopper: float
    rest: float


def variance_components(score: np.ndarray, crossing: Crossing, level: float = 0.95) -> Components:
    """Estimate the variance of class, centre, shopper and rest.

    Parameters
    ----------
    score : numpy.ndarray
        One value per contact.
    crossing : Crossing
    level : float
        Level of the intervals, 0-1.

    Returns
    -------
    Components

    Notes
    -----
    Class and centre by Henderson's method 3: the sum of squares is what the factor adds to a model with the others, so
    that it is free of them however contacts are shared out (Searle, Casella and McCulloch 1992, *Variance Components*,
    chapter 5); Wald's (1940) interval, with the mean number of contacts. Shoppers by the spread of their estimated
    fixed effects less what noise gives (Andrews et al. 2008, Journal of the Royal Statistical Society A 171(3),
    673-697), since method 3 is too small where lenient shoppers meet the same centres; where there are too few
    contacts for fixed effects, method 3.

    Examples
    --------
    >>> centre, shopper = np.repeat(np.arange(30), 10), np.tile(np.arange(10), 30)
    >>> random = np.random.default_rng(0)
    >>> score = 3 * random.normal(size=30)[centre] + 2 * random.normal(size=10)[shopper] + 5 * random.normal(size=300)
    >>> variance_components(score, Crossing(centre, shopper, centre // 3)).frame["varians"].round(0).to_dict()
    {'klasse': 0.0, 'kundesenter': 5.0, 'shopper': 2.0, 'rest': 26.0}
    """
    centre, shopper, group = crossing.centre, crossing.shopper, crossing.group
    n, count = len(score), crossing.counts
    centred = score - score.mean()
    by_shopper = Projection.of(_dummies(shopper))
    by_class = Projection.of(np.column_stack([_dummies(shopper), _dummies(group)]))
    full = Projection.of(np.column_stack([_dummies(shopper), _dummies(centre)]))
    left = {name: _squares(space, centred) for name, space in (("s", by_shopper), ("k", by_class), ("f", full))}
    left["c"] = ((centred - _means(centred, centre)) ** 2).sum()
    centres, shoppers = count.shape
    rest_df = n - full.rank
    rest = left["f"] / rest_df if rest_df > 0 else np.nan
    traced = n - _spread(by_class, centre)
    centre_df, centre_squares = full.rank - by_class.rank, left["k"] - left["f"]
    own = (centre_squares - rest * centre_df) / traced if centre_df else 0.0
    lenient, shopper_limits = _shopper_variance(centred, crossing, count, left["c"] - left["f"], rest, level)
    class_df = by_class.rank - by_shopper.rank
    between = np.nan
    if class_df:
        class_trace = n - (_table(group, shopper, (group.max() + 1, shoppers)) ** 2 / count.sum(0)).sum()
        mixed = _spread(by_class, centre) - (count**2 / count.sum(0)).sum()
        between = (left["s"] - left["k"] - rest * class_df - own * mixed) / class_trace
    values = np.array([between, own, lenient, rest])
    kept = np.clip(np.nan_to_num(values), 0, None)
    limits = [
        (np.nan, np.nan),
        _wald(centre_squares, centre_df, traced, rest, rest_df, level),
        shopper_limits,
        (np.nan, np.nan),
    ]
    frame = pd.DataFrame(
        {
            "varians": np.where(np.isnan(values), np.nan, kept),
            "andel": kept / kept.sum() if kept.sum() else np.nan,
            "nedre": [low for low, _ in limits],
            "øvre": [high for _, high in limits],
            "n": [int(group.max()) + 1, centres, shoppers, n],
        },
        index=["klasse", "kundesenter", "shopper", "rest"],
    )
    return Components(frame, float(own), float(lenient), float(rest))


@dataclass(frozen=True)
class CentreMeans:
    """Centre means at the average shopper's leniency, and how they vary together.

    Parameters
    ----------
    estimate : numpy.ndarray
        One per centre, score points.
    covariance : numpy.ndarray
        Centres x centres.
    freedom : numpy.ndarray
        Degrees of freedom of each centre's variance, after lending strength from the others.
    leniency, leniency_error : numpy.ndarray
        One per shopper: score points above the average shopper, and the standard error.
    """

    estimate: np.ndarray
    covariance: np.ndarray
    freedom: np.ndarray
    leniency: np.ndarray
    leniency_error: np.ndarray


def centre_means(score: np.ndarray, answered: np.ndarray, crossing: Crossing, components: Components) -> CentreMeans:
    """Estimate every centre's mean with the shoppers' leniency taken out.

    Parameters
    ----------
    score : numpy.ndarray
        One value per contact, the lowest score where nobody answered.
    answered : numpy.ndarray
        Whether the contact was answered; leniency is learnt from, and taken out of, these only.
    crossing : Crossing
    components : Components
        Variances among the answered contacts.

    Returns
    -------
    CentreMeans

    Notes
    -----
    Leniency is a fixed effect where shoppers have five contacts or more and the contacts hang together, so that lenient
    shoppers who meet the same centres do no harm; otherwise a random effect (mixed-model equations, Henderson 1975).
    Each centre has its own variance, shrunk towards the others' by the amount they differ (Smyth 2004, Statistical
    Applications in Genetics and Molecular Biology 3(1), article 3): a centre with an unanswered contact among 25 varies
    far more than one without.

    Examples
    --------
    >>> centre, shopper = np.repeat(np.arange(4), 6), np.tile(np.arange(6), 4)
    >>> score = np.array([80.0, 70, 60, 50])[centre] + np.array([-5.0, -3, -1, 1, 3, 5])[shopper] + np.arange(24) % 7
    >>> crossing = Crossing(centre, shopper, np.zeros(24, dtype=int))
    >>> found = centre_means(score, np.ones(24, dtype=bool), crossing, variance_components(score, crossing))
    >>> found.estimate.round(1).tolist()
    [82.5, 72.7, 62.8, 53.0]
    """
    shape = crossing.counts.shape
    counts, own = _table(crossing.centre[answered], crossing.shopper[answered], shape), np.bincount(crossing.centre)
    lenient, weights, spread = _leniency(score, answered, crossing, counts, components)
    adjusted = score - np.where(answered, lenient[crossing.shopper], 0)
    estimate = np.bincount(crossing.centre, adjusted) / own
    used = float(np.trace(weights @ spread))
    rows = answered.sum()
    inflation = (rows - len(own)) / max(rows - len(own) - used, 1)
    variance, freedom = _shrunk(_within(adjusted, crossing.centre, own) * inflation, own - 1)
    among, _ = _shrunk(
        _within(adjusted[answered], crossing.centre[answered], np.maximum(counts.sum(1), 1)) * inflation,
        np.maximum(counts.sum(1) - 1, 0),
    )
    # An answered contact's noise reaches the leniencies through its deviation from the centre's mean, so not through
    # the mean itself: the two parts of the covariance add up.
    share = counts / own[:, None]
    noise = np.diag(among @ counts) - (counts * (among / np.maximum(counts.sum(1), 1))[:, None]).T @ counts
    moved = share @ weights
    covariance = np.diag(variance / own) + moved @ noise @ moved.T
    missed = weights @ noise @ weights.T
    if not _is_free(counts):
        left = np.sqrt(max(components.shopper, 0)) * (np.eye(counts.shape[1]) - weights @ spread)
        covariance += share @ left @ left.T @ share.T
        missed += left @ left.T
    return CentreMeans(estimate, covariance, freedom, lenient, np.sqrt(np.clip(np.diag(missed), 0, None)))


def _leniency(
    score: np.ndarray, answered: np.ndarray, crossing: Crossing, counts: np.ndarray, components: Components
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return leniency per shopper, the matrix it is made with, and S'MS."""
    centre, shopper, values = crossing.centre[answered], crossing.shopper[answered], score[answered]
    spread = _deviations(counts)
    deviation = values - _means(values, centre, len(counts))
    product = np.bincount(shopper, deviation, minlength=counts.shape[1])
    if components.shopper <= 0 and not _is_free(counts):
        weights = np.zeros_like(spread)
    elif _is_free(counts):
        weights = np.linalg.pinv(spread, rcond=1e-10, hermitian=True)
    else:
        ridge = components.rest / components.shopper
        weights = np.linalg.inv(spread + ridge * np.eye(len(spread)))
    # Zero is the mean over contacts.
    load = counts.sum(0) / counts.sum()
    weights = weights - load @ weights
    return weights @ product, weights, spread


def _is_free(counts: np.ndarray) -> bool:
    """Whether leniency can stand as a fixed effect: enough contacts each, and one connected design."""
    met = counts[:, counts.sum(0) > 0]
    spread = _deviations(met)
    connected = np.linalg.matrix_rank(spread, tol=1e-8 * spread.max(initial=1), hermitian=True) == met.shape[1] - 1
    return bool(np.median(met.sum(0)) >= _FREE and connected)


def _deviations(counts: np.ndarray) -> np.ndarray:
    """Return S'MS, M taking out centre means."""
    size = np.maximum(counts.sum(1, keepdims=True), 1)
    return np.diag(counts.sum(0)) - counts.T @ (counts / size)


def _shrunk(variance: np.ndarray, freedom: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Draw each centre's variance towards a common one; return it and its degrees of freedom."""
    usable = (freedom > 0) & (variance > 0)
    if usable.sum() < 3:
        common = variance[usable].mean() if usable.any() else 0.0
        return np.where(freedom > 0, variance, common), np.maximum(freedom, 1).astype(float)
    d = freedom[usable]
    logs = np.log(variance[usable]) - special.digamma(d / 2) + np.log(d / 2)
    excess = logs.var(ddof=1) - special.polygamma(1, d / 2).mean()
    if excess <= 1e-4:
        common = (variance[usable] * d).sum() / d.sum()
        return np.full(len(variance), common), np.full(len(variance), float(d.sum()))
    prior = 2 * optimize.brentq(lambda x: special.polygamma(1, x) - excess, 1e-3, 1e5)
    common = np.exp(logs.mean() + special.digamma(prior / 2) - np.log(prior / 2))
    weight = prior / (prior + freedom)
    # The common variance's own degrees of freedom count as much as it weighs: its spread is an estimate too.
    return weight * common + (1 - weight) * variance, freedom + weight * prior


def _within(values: np.ndarray, centre: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return each centre's variance."""
    rest = values - _means(values, centre, len(size))
    return np.bincount(centre, rest**2, minlength=len(size)) / np.maximum(size - 1, 1)


def _means(values: np.ndarray, codes: np.ndarray, size: int = 0) -> np.ndarray:
    """Return each row's group mean."""
    counts = np.bincount(codes, minlength=size)
    return (np.bincount(codes, values, minlength=size) / np.maximum(counts, 1))[codes]


def _shopper_variance(
    score: np.ndarray, crossing: Crossing, counts: np.ndarray, squares: float, rest: float, level: float
) -> tuple[float, tuple[float, float]]:
    """Return the variance of shoppers, not cut off at zero, and its interval."""
    df = counts.shape[1] - 1
    if df < 1 or not rest >= 0:
        return 0.0, (np.nan, np.nan)
    spread = _deviations(counts)
    if _is_free(counts):
        inverse = np.linalg.pinv(spread, rcond=1e-10, hermitian=True)
        deviation = score - _means(score, crossing.centre)
        found = inverse @ np.bincount(crossing.shopper, deviation, minlength=df + 1)
        total, noise = float(found @ found) / df, rest * float(np.trace(inverse)) / df
    else:
        df = int(np.linalg.matrix_rank(spread, hermitian=True))
        if df < 1:
            return 0.0, (np.nan, np.nan)
        scale = float(np.trace(spread)) / df
        total, noise = squares / df / scale, rest / scale
    ends = [max(total * df / stats.chi2.ppf(q, df) - noise, 0.0) for q in ((1 + level) / 2, (1 - level) / 2)]
    return total - noise, (ends[0], ends[1])


def _dummies(codes: np.ndarray) -> np.ndarray:
    return np.eye(codes.max() + 1)[codes]


def _table(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Count the rows of each pair of codes."""
    table = np.zeros(shape)
    np.add.at(table, (rows, columns), 1)
    return table


def _squares(space: Projection, values: np.ndarray) -> float:
    return float((space.residual(values) ** 2).sum())


def _spread(space: Projection, codes: np.ndarray) -> float:
    """Return the trace of C'PC, C the dummies of ``codes`` and P the projection on the space."""
    sums = np.zeros((codes.max() + 1, space.rank))
    np.add.at(sums, codes, space.basis)
    return float((sums**2).sum())


def _wald(squares: float, df: int, trace: float, rest: float, rest_df: int, level: float) -> tuple[float, float]:
    """Return the interval of a variance from its F ratio."""
    if df < 1 or rest_df < 1 or not rest > 0:
        return np.nan, np.nan
    size = trace / df
    ratio = squares / df / rest
    ends = [stats.f.ppf(q, df, rest_df) for q in ((1 + level) / 2, (1 - level) / 2)]
    low, high = ((ratio / end - 1) / size * rest for end in ends)
    return max(low, 0.0), max(high, 0.0)
