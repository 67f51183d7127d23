"""Suspects: labels that are probably wrong, to be read once more."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textinnsikt.study import MENTIONS
from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.labelled import to_targets


def find_suspects(labelled: pd.DataFrame, probabilities: np.ndarray, codebook: Codebook) -> pd.DataFrame:
    """Suggest labels to read once more.

    Parameters
    ----------
    labelled : pandas.DataFrame
        ``henvendelse, kommentar_nr, tekst`` and one column a theme.
    probabilities : numpy.ndarray
        Comments x outputs in the order of ``codebook.outputs``, from a model that has not learnt from these comments.
    codebook : Codebook

    Returns
    -------
    pandas.DataFrame
        ``henvendelse, kommentar_nr, tema, merket, omtale, sannsynlighet`` (that the mention is there), ``tekst``; the
        surest first.

    Notes
    -----
    Confident learning (Northcutt, Jiang and Chuang 2021, Journal of Artificial Intelligence Research 70, 1373-1411),
    each output a yes or no of its own: a label is suspect when its opposite has at least the probability that it has on
    average for comments labelled so, and the label itself has less than that, or less than its opposite. Ranked by how
    little probability the label given has.

    Examples
    --------
    >>> book = Codebook.from_dict({"tema": {"lytting": {}}})
    >>> labelled = pd.DataFrame({"henvendelse": list("abcde"), "kommentar_nr": 1, "tekst": "Fikk svar.",
    ...     "lytting": ["positiv", "positiv", "ingen", "ingen", "ingen"]})
    >>> stated = np.array([[0.9, 0.0], [0.8, 0.0], [0.1, 0.0], [0.95, 0.0], [0.05, 0.0]])
    >>> find_suspects(labelled, stated, book)[["henvendelse", "merket", "omtale", "sannsynlighet"]].values.tolist()
    [['d', 'ingen', 'positiv', 0.95]]
    """
    truth = to_targets(labelled, codebook).astype(bool)
    stated = np.asarray(probabilities, dtype=float)
    parts = []
    for place in range(truth.shape[1]):
        yes, p = truth[:, place], stated[:, place]
        if not yes.any() or yes.all():
            continue
        is_yes, is_no = p >= p[yes].mean(), (1 - p) >= (1 - p[~yes]).mean()
        suspect = np.where(yes, is_no & (~is_yes | (p < 0.5)), is_yes & (~is_no | (p > 0.5)))
        theme, mention = codebook.keys[place // 2], MENTIONS[place % 2]
        part = labelled.loc[suspect, ["henvendelse", "kommentar_nr"]].copy()
        part["tema"], part["merket"], part["omtale"] = theme, labelled.loc[suspect, theme], mention
        part["sannsynlighet"], part["tekst"] = p[suspect], labelled.loc[suspect, "tekst"]
        part["_given"] = np.where(yes, p, 1 - p)[suspect]
        parts.append(part)
    columns = ["henvendelse", "kommentar_nr", "tema", "merket", "omtale", "sannsynlighet", "tekst"]
    if not parts:
        return pd.DataFrame(columns=columns)
    found = pd.concat(parts).sort_values(["_given", "henvendelse", "kommentar_nr"], kind="stable", ignore_index=True)
    return found[columns]
