"""Which places a centre can have: rank sets from estimates and their covariance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


def rank_sets(
    estimates: np.ndarray,
    covariance: np.ndarray,
    level: float = 0.95,
    simultaneous: bool = True,
    stepdown: bool = True,
    freedom: np.ndarray | None = None,
    draws: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the places that each unit can have, the largest estimate first.

    Parameters
    ----------
    estimates : numpy.ndarray
        k estimates; a higher one is better.
    covariance : numpy.ndarray
        k x k, or k standard errors of independent estimates.
    level : float
        Level of the sets, 0-1.
    simultaneous : bool
        Whether all k sets hold together at the level (for a league table), or each alone (for one unit).
    stepdown : bool
        Whether pairs that are already told apart leave the rest with a smaller critical value.
    freedom : numpy.ndarray, optional
        k degrees of freedom of the variance estimates; default they are known.
    draws : int
        Draws behind the critical value.
    seed : int

    Returns
    -------
    pandas.DataFrame
        ``rang`` (1 is best; equal estimates share the better place), ``fra``, ``til`` (best and worst place in the
        set): whole numbers.

    Notes
    -----
    Mogstad, Romano, Shaikh and Wilhelm (2024), "Inference for ranks with applications to mobility across
    neighbourhoods and academic achievement across countries", Review of Economic Studies 91(1), 476-518: unit j is
    worse than every k that beats it in a studentised test of all pairs (max statistic), stepwise as in Romano and Wolf
    (2005). The one-sided hypothesis in the other direction stays in the family.

    Examples
    --------
    >>> rank_sets(np.array([90.0, 70, 69]), np.array([2.0, 2, 2])).values.tolist()
    [[1, 1, 1], [2, 2, 3], [3, 2, 3]]
    """
    estimates = np.asarray(estimates, dtype=float)
    matrix = np.diag(np.square(covariance)) if np.ndim(covariance) == 1 else np.asarray(covariance, dtype=float)
    count = len(estimates)
    rank = 1 + (estimates[None, :] > estimates[:, None]).sum(1)
    if count < 2:
        return pd.DataFrame({"rang": rank, "fra": rank, "til": rank})
    null = _Null.draw(matrix, freedom, draws, seed)
    found = _studentised(estimates[:, None] - estimates[None, :], _pair_variance(matrix))
    if simultaneous:
        beats = _all_pairs(found, null, level, stepdown)
        return pd.DataFrame({"rang": rank, "fra": 1 + beats.sum(0), "til": count - beats.sum(1)})
    sides = [_one_unit(found[unit], null.row(unit, np.arange(count)), level, stepdown) for unit in range(count)]
    lost, won = np.array(sides).T
    return pd.DataFrame({"rang": rank, "fra": 1 + lost, "til": count - won})


@dataclass(frozen=True)
class _Null:
    """Draws of the estimates around the truth, and of their variances."""

    noise: np.ndarray
    ratio: np.ndarray | None
    covariance: np.ndarray

    @classmethod
    def draw(cls, covariance: np.ndarray, freedom: np.ndarray | None, draws: int, seed: int) -> _Null:
        random = np.random.default_rng(seed)
        values, vectors = np.linalg.eigh(covariance)
        root = vectors * np.sqrt(np.clip(values, 0, None))
        noise = random.standard_normal((draws, len(values))) @ root.T
        if freedom is None or not np.isfinite(freedom).any():
            return cls(noise, None, covariance)
        known = ~np.isfinite(freedom)
        degrees = np.where(known, 1.0, freedom)
        ratio = random.chisquare(degrees, noise.shape) / degrees
        return cls(noise, np.sqrt(np.where(known, 1.0, ratio)), covariance)

    def row(self, unit: int, others: np.ndarray) -> np.ndarray:
        """Return draws x others: the studentised differences between one unit and some others."""
        own, shared = self.covariance[unit, unit], self.covariance[unit, others]
        theirs = np.diag(self.covariance)[others]
        if self.ratio is None:
            variance = own + theirs - 2 * shared
        else:
            mine, ratio = self.ratio[:, [unit]], self.ratio[:, others]
            variance = own * mine**2 + theirs * ratio**2 - 2 * shared * mine * ratio
        return _studentised(self.noise[:, [unit]] - self.noise[:, others], variance)


def _studentised(difference: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Divide by the standard error; a difference without any variance counts as none."""
    usable = variance > 1e-12 * max(float(np.max(variance)), 1e-300)
    return np.where(usable, difference / np.sqrt(np.where(usable, variance, 1)), 0.0)


def _pair_variance(covariance: np.ndarray) -> np.ndarray:
    own = np.diag(covariance)
    return own[:, None] + own[None, :] - 2 * covariance


def _all_pairs(found: np.ndarray, null: _Null, level: float, stepdown: bool) -> np.ndarray:
    """Return k x k: whether the row is told to be better than the column, all pairs at once."""
    alive = ~np.eye(len(found), dtype=bool)
    beats = np.zeros_like(alive)
    while alive.any():
        largest = np.full(len(null.noise), -np.inf)
        for unit in np.flatnonzero(alive.any(1)).tolist():
            row = null.row(unit, np.flatnonzero(alive[unit]))
            np.maximum(largest, row.max(1), out=largest)
        new = alive & (found > np.quantile(largest, level, method="higher"))
        beats |= new
        alive &= ~new
        if not (stepdown and new.any()):
            break
    return beats


def _one_unit(found: np.ndarray, null: np.ndarray, level: float, stepdown: bool) -> tuple[int, int]:
    """Return how many are told to be better than one unit, and how many worse."""
    both, drawn = np.concatenate([-found, found]), np.concatenate([-null, null], axis=1)
    alive, rejected = np.ones(len(both), dtype=bool), np.zeros(len(both), dtype=bool)
    while alive.any():
        new = alive & (both > np.quantile(drawn[:, alive].max(1), level, method="higher"))
        rejected |= new
        alive &= ~new
        if not (stepdown and new.any()):
            break
    return int(rejected[: len(found)].sum()), int(rejected[len(found) :].sum())
