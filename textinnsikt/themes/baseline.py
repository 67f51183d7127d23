"""What words alone can do: TF-IDF and logistic regression, to be shown beside every tagger."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.labelled import to_targets


def word_baseline(train: pd.DataFrame, test: pd.DataFrame, codebook: Codebook) -> np.ndarray:
    """Return the probabilities of a word model, one per output, without tuning.

    Parameters
    ----------
    train, test : pandas.DataFrame
        With ``tekst``; ``train`` also with one column a theme.
    codebook : Codebook

    Returns
    -------
    numpy.ndarray
        Test comments x outputs; a yes is 0.5 or more.

    Examples
    --------
    >>> import pandas as pd
    >>> book = Codebook.from_dict({"tema": {"lytting": {}}})
    >>> train = pd.DataFrame({"tekst": ["hørte etter", "avbrøt meg"] * 5, "lytting": ["positiv", "negativ"] * 5})
    >>> (word_baseline(train, train[:2], book) >= 0.5).astype(int).tolist()
    [[1, 0], [0, 1]]
    """
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=min(2, len(train)))
    columns = []
    for truth in to_targets(train, codebook).T:
        if truth.min() == truth.max():
            columns.append(np.full(len(test), float(truth.min())))
            continue
        model = make_pipeline(words, LogisticRegression(C=10, class_weight="balanced", max_iter=2000))
        try:
            columns.append(model.fit(list(train["tekst"]), truth).predict_proba(list(test["tekst"]))[:, 1])
        except ValueError:  # no word is in two comments
            columns.append(np.full(len(test), truth.mean()))
    return np.column_stack(columns)
