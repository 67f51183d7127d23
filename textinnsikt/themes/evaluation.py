"""How well a tagger does: F1 per output, macro F1 with intervals, calibration error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.labelled import to_targets


@dataclass(frozen=True)
class Evaluation:
    """Figures of one tagger on one set of labelled comments.

    Parameters
    ----------
    summary : pandas.DataFrame
        One row per output and per mention: ``utfall, presisjon, dekning, f1, nedre, øvre, n, presisjon_nedre,
        presisjon_øvre, dekning_nedre, dekning_øvre`` (``n`` = comments where it is true; ``nedre, øvre`` = 95 %
        percentile bootstrap interval over comments for F1, the others for precision and recall), then the rows
        ``makro_f1`` (mean over theme x polarity) and ``makro_f1_omtale`` (mean over the themes' mentions). What is
        neither true nor said in any comment has no F1, and no part in the means (scikit-learn's
        ``zero_division=nan``).
    calibration_error : float
        Expected calibration error in ten equal-width bins (Naeini et al. 2015, AAAI), all outputs together.
    n : int
        Number of comments.
    """

    summary: pd.DataFrame
    calibration_error: float
    n: int

    def score(self, name: str) -> float:
        """Return the F1 of one row of `summary`."""
        return float(self.summary.set_index("utfall").at[name, "f1"])

    def rounded(self, name: str) -> float | None:
        """Return the F1 of one row to four decimals; None where nothing was true or said."""
        score = self.score(name)
        return None if np.isnan(score) else round(score, 4)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        plain = self.summary.round(4).astype(object)
        rows = plain.where(self.summary.notna(), None).to_dict("records")
        error = None if np.isnan(self.calibration_error) else round(self.calibration_error, 4)
        return {"n": self.n, "kalibreringsfeil": error, "rader": rows}


def evaluate_decisions(
    labels: pd.DataFrame,
    decisions: np.ndarray,
    probabilities: np.ndarray | None = None,
    codebook: Codebook | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Compare decisions with labels.

    Parameters
    ----------
    labels : pandas.DataFrame
        One column per theme with the four values.
    decisions : numpy.ndarray
        Yes or no, comments x outputs.
    probabilities : numpy.ndarray, optional
        Same shape; for the calibration error.
    codebook : Codebook, optional
    draws : int
        Bootstrap draws.
    seed : int

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> book = Codebook.from_dict({"tema": {"lytting": {}}})
    >>> labels = pd.DataFrame({"lytting": ["positiv", "negativ", "ingen", "positiv"]})
    >>> result = evaluate_decisions(labels, np.array([[1, 0], [0, 1], [0, 0], [0, 0]]), codebook=book, draws=50)
    >>> round(result.score("lytting:positiv"), 3), result.score("lytting:negativ"), round(result.score("makro_f1"), 3)
    (0.667, 1.0, 0.833)
    """
    codebook = codebook or Codebook.load()
    truth = to_targets(labels, codebook).astype(bool)
    yes = np.asarray(decisions, dtype=bool)
    n_themes = len(codebook.keys)
    # Columns: the outputs, then each theme's mention (either polarity).
    truth = np.hstack([truth, truth.reshape(len(truth), n_themes, 2).any(2)])
    yes = np.hstack([yes, yes.reshape(len(yes), n_themes, 2).any(2)])
    names = [*codebook.outputs, *(f"{theme}:omtale" for theme in codebook.keys)]
    found = _rates(truth, yes, np.ones((1, len(truth))))
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(truth), np.full(len(truth), 1 / len(truth)), size=draws)
    spread = _rates(truth, yes, weights.astype(float))
    groups = {name: [place] for place, name in enumerate(names)}
    groups["makro_f1"] = list(range(2 * n_themes))
    groups["makro_f1_omtale"] = list(range(2 * n_themes, 3 * n_themes))
    rows = []
    for name, places in groups.items():
        single = name not in ("makro_f1", "makro_f1_omtale")
        f1, precision, recall = (
            [float(_mean(rate[:, places])[0]), *_interval(_mean(drawn[:, places]))]
            for rate, drawn in zip(found, spread, strict=True)
        )
        if not single:
            precision, recall = [np.nan] * 3, [np.nan] * 3
        row = {"utfall": name, "presisjon": precision[0], "dekning": recall[0]}
        row |= {"f1": f1[0], "nedre": f1[1], "øvre": f1[2]}
        row["n"] = int(truth[:, places[0]].sum()) if single else len(truth)
        row |= {"presisjon_nedre": precision[1], "presisjon_øvre": precision[2]}
        row |= {"dekning_nedre": recall[1], "dekning_øvre": recall[2]}
        rows.append(row)
    error = np.nan if probabilities is None else calibration_error(to_targets(labels, codebook), probabilities)
    return Evaluation(pd.DataFrame(rows), error, len(truth))


def _rates(truth: np.ndarray, yes: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return F1, precision and recall, draws x columns; missing where there is nothing to count."""
    hits = weights @ (truth & yes)
    said, real = weights @ yes, weights @ truth
    with np.errstate(invalid="ignore"):
        return 2 * hits / (said + real), hits / said, hits / real


def _mean(rates: np.ndarray) -> np.ndarray:
    """Return the mean of each row over what is not missing."""
    n = (~np.isnan(rates)).sum(1)
    return np.where(n > 0, np.nansum(rates, axis=1) / np.maximum(n, 1), np.nan)


def _interval(draws: np.ndarray) -> list[float]:
    """Return the 2.5th and 97.5th percentile of what is not missing."""
    there = draws[~np.isnan(draws)]
    return [float(x) for x in np.quantile(there, [0.025, 0.975])] if len(there) else [np.nan, np.nan]


def calibration_error(targets: np.ndarray, probabilities: np.ndarray, bins: int = 10) -> float:
    """Return the mean distance between stated probability and share of yes, weighted by bin size.

    Examples
    --------
    >>> import numpy as np
    >>> round(calibration_error(np.array([1, 0, 1, 1]), np.array([0.75, 0.75, 0.75, 0.75])), 3)
    0.0
    """
    truth, stated = np.ravel(targets).astype(float), np.ravel(probabilities)
    place = np.clip((stated * bins).astype(int), 0, bins - 1)
    size = np.bincount(place, minlength=bins)
    gap = np.abs(np.bincount(place, truth, bins) - np.bincount(place, stated, bins))
    return float(gap.sum() / max(size.sum(), 1))
