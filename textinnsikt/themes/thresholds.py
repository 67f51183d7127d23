"""Decisions from logits: one temperature and shift (Platt) and one threshold per output."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression


@dataclass(frozen=True)
class Decisions:
    """What turns logits into probabilities and probabilities into yes or no.

    Parameters
    ----------
    slopes, shifts : tuple of float
        Per output: probability = 1 / (1 + exp(-(slope * logit + shift))) (Platt 1999, "Probabilistic outputs for
        support vector machines").
    thresholds : tuple of float
        Per output, on the probability.
    """

    slopes: tuple[float, ...]
    shifts: tuple[float, ...]
    thresholds: tuple[float, ...]

    @classmethod
    def neutral(cls, n_outputs: int) -> Decisions:
        """Return plain sigmoids and thresholds of one half."""
        return cls((1.0,) * n_outputs, (0.0,) * n_outputs, (0.5,) * n_outputs)

    @classmethod
    def fit(cls, logits: np.ndarray, targets: np.ndarray, floor: float = 0.2, ceiling: float = 0.8) -> Decisions:
        """Choose them on validation comments.

        Parameters
        ----------
        logits : numpy.ndarray
            Comments x outputs.
        targets : numpy.ndarray
            0/1, same shape.
        floor, ceiling : float
            The thresholds (highest F1, middle of the best stretch) stay between these, so that a small validation
            part cannot send them to an end.

        Examples
        --------
        >>> import numpy as np
        >>> logits = np.array([[-3.0], [-2.0], [-1.0], [1.0], [2.0], [3.0]] * 5)
        >>> decisions = Decisions.fit(logits, (logits > 0).astype(int))
        >>> bool(0.2 <= decisions.thresholds[0] <= 0.8)
        True
        """
        slopes, shifts, thresholds = [], [], []
        for column in range(logits.shape[1]):
            x, y = logits[:, column], targets[:, column]
            if y.min() == y.max():
                slope, shift = 1.0, 0.0
            else:
                platt = LogisticRegression(C=10.0).fit(x.reshape(-1, 1), y)
                slope, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
            if slope <= 0:
                slope, shift = 1.0, 0.0
            slopes.append(round(slope, 6))
            shifts.append(round(shift, 6))
            thresholds.append(_best_threshold(_sigmoid(slope * x + shift), y, floor, ceiling))
        return cls(tuple(slopes), tuple(shifts), tuple(thresholds))

    def probabilities(self, logits: np.ndarray) -> np.ndarray:
        """Return calibrated probabilities, float64, comments x outputs, four decimals as they are written."""
        return np.round(_sigmoid(logits.astype(float) * np.array(self.slopes) + np.array(self.shifts)), 4)

    def decide(self, probabilities: np.ndarray) -> np.ndarray:
        """Return yes or no, comments x outputs: probability at or above the threshold."""
        return np.asarray(probabilities) >= np.array(self.thresholds)


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))


def _best_threshold(probabilities: np.ndarray, truth: np.ndarray, floor: float, ceiling: float) -> float:
    grid = np.round(np.arange(floor, ceiling + 0.005, 0.01), 2)
    yes = probabilities[:, None] >= grid
    hits = (yes & (truth[:, None] == 1)).sum(0)
    f1 = 2 * hits / np.maximum(yes.sum(0) + truth.sum(), 1)
    best = grid[f1 >= f1.max() - 1e-9]
    return float(best[len(best) // 2])
