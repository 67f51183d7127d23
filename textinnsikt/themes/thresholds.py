"""Decisions from logits: one temperature and shift (Platt) and one threshold per output."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

#: Thresholds where nothing was held out to choose them on: half of the best F1 reached (Lipton et al. 2014, "Optimal
#: thresholding of classifiers to maximize F1 measure"), at an F1 of 0.8, and of 0.4 after a handful of comments.
PLAIN_THRESHOLD, FEW_THRESHOLD, HANDFUL = 0.4, 0.2, 100
#: Fewer judged comments say nothing of thresholds; fewer yes or no among them, nothing of the slope.
LEAST_JUDGED, LEAST_SIDE = 5, 5
#: So many comments does the share of yes among all labelled comments count beside that of the judged ones.
PRIOR = 10
FLOOR, CEILING = 0.15, 0.8


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
    precisions, recalls : tuple of float, optional
        Per output, what the thresholds gave on the validation comments; empty when there were none.
    """

    slopes: tuple[float, ...]
    shifts: tuple[float, ...]
    thresholds: tuple[float, ...]
    precisions: tuple[float, ...] = ()
    recalls: tuple[float, ...] = ()

    @classmethod
    def neutral(cls, n_outputs: int) -> Decisions:
        """Return plain sigmoids and thresholds of one half."""
        return cls((1.0,) * n_outputs, (0.0,) * n_outputs, (0.5,) * n_outputs)

    @classmethod
    def unchecked(cls, weights: np.ndarray, targets: np.ndarray) -> Decisions:
        """Return decisions for a model without validation comments.

        Parameters
        ----------
        weights : numpy.ndarray
            How much the loss counted a yes of each output: it moved the logits by their logarithm, which is taken out.
        targets : numpy.ndarray
            0/1, training comments x outputs. An output that was never true there is said only when the model is sure.
        """
        shifts = tuple(float(x) for x in np.round(-np.log(weights), 6))
        usual = PLAIN_THRESHOLD if len(targets) >= HANDFUL else FEW_THRESHOLD
        thresholds = tuple(usual if some else CEILING for some in targets.max(axis=0).tolist())
        return cls((1.0,) * len(shifts), shifts, thresholds)

    @classmethod
    def fit(cls, logits: np.ndarray, targets: np.ndarray, labelled: np.ndarray | None = None) -> Decisions:
        """Choose them on validation comments; the thresholds stay between `FLOOR` and `CEILING`.

        Parameters
        ----------
        logits : numpy.ndarray
            Comments x outputs, two outputs a theme.
        targets : numpy.ndarray
            0/1, same shape.
        labelled : numpy.ndarray, optional
            0/1 of all labelled comments, those trained on too: they help to tell how common an output is where the
            validation comments have fewer than `LEAST_SIDE` yes or no; one that is never true gets the highest
            threshold.

        Notes
        -----
        The two thresholds of a theme are chosen together, for the highest mean of three F1: of the two polarities
        and of silence, which depends on both. The F1 are those that the calibrated probabilities promise, not those
        of the labels: the labels have been used for the calibration, which takes two numbers from them, and the best
        F1 found in some hundred labels is mostly luck (Ye et al. 2012, "Optimizing F-measure: a tale of two
        approaches", ICML, arXiv 1206.4625).

        Examples
        --------
        >>> import numpy as np
        >>> logits = np.array([[-3.0, 3.0], [-2.0, 2.0], [-3.0, -3.0], [1.0, -1.0], [2.0, -2.0], [3.0, -3.0]] * 5)
        >>> decisions = Decisions.fit(logits, (logits > 0).astype(int))
        >>> decisions.precisions, decisions.recalls
        ((1.0, 1.0), (1.0, 1.0))
        """
        labelled = targets if labelled is None else labelled
        common, slopes, shifts = (labelled.sum(0) + 1) / (len(labelled) + 2), [], []
        common = (targets.sum(0) + PRIOR * common) / (len(targets) + PRIOR)
        for column in range(logits.shape[1]):
            slope, shift = _platt(logits[:, column], targets[:, column], common[column])
            slopes.append(round(slope, 6))
            shifts.append(round(shift, 6))
        plain = cls(tuple(slopes), tuple(shifts), (0.5,) * len(slopes))
        probabilities = plain.probabilities(logits)
        thresholds: list[float] = []
        for first in range(0, logits.shape[1], 2):
            pair = slice(first, first + 2)
            best, ever = _best_pair(probabilities[:, pair]), labelled[:, pair].max(axis=0)
            thresholds += [one if some else CEILING for one, some in zip(best, ever, strict=True)]
        yes, truth = probabilities >= np.array(thresholds), np.asarray(targets) == 1
        hits = (yes & truth).sum(0)
        precisions = np.round(hits / np.maximum(yes.sum(0), 1), 4)
        recalls = np.round(hits / np.maximum(truth.sum(0), 1), 4)
        return cls(plain.slopes, plain.shifts, tuple(thresholds), tuple(precisions.tolist()), tuple(recalls.tolist()))

    def probabilities(self, logits: np.ndarray) -> np.ndarray:
        """Return calibrated probabilities, float64, comments x outputs, four decimals as they are written."""
        return np.round(_sigmoid(logits.astype(float) * np.array(self.slopes) + np.array(self.shifts)), 4)

    def decide(self, probabilities: np.ndarray) -> np.ndarray:
        """Return yes or no, comments x outputs: probability at or above the threshold."""
        return np.asarray(probabilities) >= np.array(self.thresholds)

    def is_near(self, probabilities: np.ndarray, distance: float) -> np.ndarray:
        """Return which comments have a probability less than ``distance`` from its threshold."""
        return (np.abs(probabilities - np.array(self.thresholds)) < distance).any(axis=1)


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))


def _platt(logits: np.ndarray, truth: np.ndarray, share: float) -> tuple[float, float]:
    """Return slope and shift. Where the slope cannot be told, it is one, and the shift gives that share of yes.

    The targets are a little off zero and one, as Platt (1999) has them, so that a handful of comments gives no
    certainty.
    """
    from scipy.optimize import brentq
    from sklearn.linear_model import LogisticRegression

    yes, n = float(truth.sum()), len(truth)
    if min(yes, n - yes) >= LEAST_SIDE:
        spread = float(logits.std()) or 1.0
        chance = np.where(truth == 1, (yes + 1) / (yes + 2), 1 / (n - yes + 2))
        column, both = np.tile(logits / spread, 2).reshape(-1, 1), np.repeat([1, 0], n)
        fitted = LogisticRegression(C=np.inf).fit(column, both, np.concatenate([chance, 1 - chance]))
        if fitted.coef_[0, 0] > 0:
            return float(fitted.coef_[0, 0]) / spread, float(fitted.intercept_[0])
    most = float(np.abs(logits).max()) + 50
    return 1.0, float(brentq(lambda shift: _sigmoid(logits + shift).mean() - share, -most, most))


def _best_pair(probabilities: np.ndarray) -> list[float]:
    """Return the two thresholds of one theme (comments x 2)."""
    grid = np.round(np.arange(FLOOR, CEILING + 0.005, 0.01), 2)
    yes = [probabilities[:, [side]] >= grid for side in (0, 1)]
    own = [_expected_f1(said.astype(float), probabilities[:, side]) for side, said in enumerate(yes)]
    # Silence: neither output, for every pair of thresholds. Without more to go by, the polarities are independent.
    silence = (1 - probabilities).prod(axis=1)
    first, second = ((~said).astype(float) for said in yes)
    hits, said = (first * silence[:, None]).T @ second, first.T @ second
    f1 = own[0][:, None] + own[1][None, :] + 2 * hits / np.maximum(said + silence.sum(), 1e-9)
    best = np.argwhere(f1 >= f1.max() - 1e-9)
    return [float(grid[place]) for place in best[len(best) // 2]]


def _expected_f1(yes: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """Return 2 E(hits) / E(said + true) per column of ``yes`` (comments x thresholds)."""
    return 2 * (chance @ yes) / np.maximum(yes.sum(0) + chance.sum(), 1e-9)
