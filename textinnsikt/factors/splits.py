"""Scores from some shoppers, comments from others: what a winner does more of, free of the mood of single contacts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Contest:
    """One class: each centre's showing on the shoppers who had no say in the winner.

    Parameters
    ----------
    centres : numpy.ndarray
        Numbers of the class's centres.
    gain : numpy.ndarray
        Winner x centre x mentions: the sum over splits, where the row won, of how much more often the column was told
        of each mention than the other centres were, by the shoppers left out.
    share : numpy.ndarray
        Likewise of the column's own share.
    splits : numpy.ndarray
        Winner x centre: how many splits are in the sums.
    """

    centres: np.ndarray
    gain: np.ndarray
    share: np.ndarray
    splits: np.ndarray

    def differences(self, order: np.ndarray) -> np.ndarray:
        """Return the mean difference, winner minus others, when centre ``order[d, w]`` stands in for ``w``.

        Parameters
        ----------
        order : numpy.ndarray
            Draws x centres, a permutation a row; ``[[0, 1, ...]]`` is the class as it is.

        Returns
        -------
        numpy.ndarray
            Draws x mentions.
        """
        rows = np.arange(len(self.centres))
        count = np.maximum(self.splits[rows, order].sum(1), 1)
        return self.gain[rows, order].sum(1) / count[:, None]

    def level(self) -> np.ndarray:
        """Return the winner's own mean share of each mention."""
        rows = np.arange(len(self.centres))
        return self.share[rows, rows].sum(0) / max(self.splits[rows, rows].sum(), 1)


def contests(
    score: np.ndarray,
    mentions: np.ndarray,
    centre: np.ndarray,
    shopper: np.ndarray,
    group: np.ndarray,
    folds: int = 2,
    repeats: int = 20,
    seed: int = 0,
) -> list[Contest]:
    """Choose each class's winner on some shoppers and look at it through the others, over many splits.

    Parameters
    ----------
    score : numpy.ndarray
        n scores.
    mentions : numpy.ndarray
        n x m, 0/1; a row of NaN where there is no comment.
    centre, shopper : numpy.ndarray
        n codes from 0.
    group : numpy.ndarray
        Class code of each centre.
    folds : int
        Parts that the shoppers are split in; the winner is chosen on all parts but one.
    repeats : int
        Random splits.
    seed : int

    Returns
    -------
    list of Contest
        One for each class with two centres or more.

    Examples
    --------
    >>> centre, shopper = np.repeat([0, 1, 2], 8), np.tile(np.arange(8), 3)
    >>> told = np.where(centre == 1, 1.0, shopper % 2)[:, None]
    >>> found = contests(60.0 + 20 * (centre == 1), told, centre, shopper, np.zeros(3, dtype=int))
    >>> found[0].differences(np.array([[0, 1, 2]])).round(2).tolist(), found[0].splits.sum(1).astype(int).tolist()
    ([[0.5]], [0, 120, 0])
    """
    random = np.random.default_rng(seed)
    count, width = len(group), mentions.shape[1]
    told = ~np.isnan(mentions[:, 0]) if width else np.zeros(len(score), dtype=bool)
    classes = [np.flatnonzero(group == g) for g in np.unique(group)]
    found = [_empty(rows, width) for rows in classes if len(rows) > 1]
    visitors = shopper.max() + 1
    for _ in range(repeats):
        part = random.permutation(visitors) % folds
        place = centre * folds + part[shopper]
        sums = np.bincount(place, score, minlength=count * folds).reshape(count, folds)
        sizes = np.bincount(place, minlength=count * folds).reshape(count, folds)
        heard = np.bincount(place[told], minlength=count * folds).reshape(count, folds)
        cells = [np.bincount(place[told], column[told], minlength=count * folds) for column in mentions.T]
        hits = np.stack(cells, axis=-1).reshape(count, folds, width)
        with np.errstate(invalid="ignore", divide="ignore"):
            shares = hits / heard[..., None]
            rest = (sums.sum(1, keepdims=True) - sums) / (sizes.sum(1, keepdims=True) - sizes)
        for fold in range(folds):
            for contest in found:
                _add(contest, rest[contest.centres, fold], shares[contest.centres, fold])
    return found


def _empty(rows: np.ndarray, width: int) -> Contest:
    size = len(rows)
    return Contest(rows, np.zeros((size, size, width)), np.zeros((size, size, width)), np.zeros((size, size)))


def _add(contest: Contest, score: np.ndarray, shares: np.ndarray) -> None:
    """Add one split of one class: the winner by ``score``, and everyone's shares by the shoppers left out."""
    seen = ~np.isnan(shares[:, 0])
    if np.isnan(score).all() or seen.sum() < 2:
        return
    winner = int(np.nanargmax(score))
    own = np.where(seen[:, None], shares, 0)
    others = (own.sum(0) - own) / (seen.sum() - seen)[:, None]
    contest.gain[winner] += np.where(seen[:, None], own - others, 0)
    contest.share[winner] += own
    contest.splits[winner] += seen
