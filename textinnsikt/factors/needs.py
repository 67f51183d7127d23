"""How many more labels reach a wanted interval, or whether only more contacts can."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from textinnsikt.factors.correction import Corrected

#: More than this many times the labels there are is not computed: then all contacts are labelled.
_MOST = 1000.0


def labels_needed(corrected: Corrected, half_width: float, contacts: int, level: float = 0.95) -> pd.DataFrame:
    """Answer how many labelled contacts make each interval as narrow as wanted.

    Parameters
    ----------
    corrected : Corrected
        Estimates from the labels there are.
    half_width : float
        Wanted distance from the estimate to either end of its interval, in score points.
    contacts : int
        Contacts in the study.
    level : float
        Of the interval, 0-1.

    Returns
    -------
    pandas.DataFrame
        One row per estimate: ``tema``, ``omtale``, ``halvbredde`` (now), ``merket`` (labelled now), ``merker``
        (labelled contacts needed in all; missing when no number of labels will do), ``henvendelser`` (contacts needed
        where all of them are labelled, with more shoppers and centres in the same proportion; missing when labels do).

    Notes
    -----
    The variance has a part from the scores, which labels leave as it is, and a part from the drawing of labels, sum of
    (1 - p) / p times the squared influence; multiplying every p by the same factor gives what more labels would give.
    The contacts needed follow from the first part falling as one over their number, which it does only where shoppers
    and centres grow with them: more contacts with the same ones repeat what these have in common. The quantile is that
    of the interval there is, Student's t with its degrees of freedom, so that ``halvbredde`` is the half-width shown.

    Examples
    --------
    >>> columns = {"feil": [1.25], "feil_merker": [1.0], "frihet": [np.inf]}
    >>> frame = pd.DataFrame(columns, index=["lytting:positiv"])
    >>> one = Corrected(frame, np.full((100, 1), 0.1 / 90**0.5), np.full(100, 0.1))
    >>> found = labels_needed(one, 2.0, contacts=1000).iloc[0]
    >>> int(found["merket"]), int(found["merker"])
    (100, 189)
    """
    rows = []
    for place, (name, row) in enumerate(corrected.frame.iterrows()):
        theme, mention = str(name).rsplit(":", 1)
        quantile = stats.t.ppf(0.5 + level / 2, row["frihet"])
        now, wanted = quantile * row["feil"], (half_width / quantile) ** 2
        count = len(corrected.probability)
        labels = more = np.nan
        if row["feil"] == row["feil"]:
            scores = row["feil"] ** 2 - row["feil_merker"] ** 2
            if scores >= wanted:
                more = float(np.ceil(contacts * scores / wanted))
            else:
                labels = _labels(corrected.influence[:, place], corrected.probability, wanted - scores)
        rows.append([theme, mention, now, count, labels, more])
    head = ["tema", "omtale", "halvbredde", "merket", "merker", "henvendelser"]
    found = pd.DataFrame(rows, columns=head)
    return found.astype({"merket": "Int64", "merker": "Int64", "henvendelser": "Int64"})


def _labels(influence: np.ndarray, probability: np.ndarray, wanted: float) -> float:
    """Return how many labelled contacts bring the variance of the drawing down to ``wanted``."""

    def variance(factor: float) -> float:
        raised = np.minimum(1.0, factor * probability)
        return float(((1 / raised - 1) / probability * influence**2).sum())

    low, high = 0.0, 1.0
    while variance(high) > wanted and high < _MOST:
        low, high = high, 2 * high
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if middle == 0 or variance(middle) > wanted else (low, middle)
    return float(np.ceil((np.minimum(1.0, high * probability) / probability).sum() - 1e-6))
