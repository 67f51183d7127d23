"""Clusters at contact level: what each contact's comments speak of, as predictors of the score."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textinnsikt.clusters.result import UNCLEAR, ClusterResult
from textinnsikt.clusters.sentences import OUTSIDE
from textinnsikt.study import TaggedStudy


def cluster_mentions(result: ClusterResult, tagged: TaggedStudy, outside: bool = True) -> pd.DataFrame:
    """Tell which clusters each contact's comments mention.

    Parameters
    ----------
    result : ClusterResult
        The clusters of this study.
    tagged : TaggedStudy
    outside : bool
        Only the clusters outside the themes (the themes have their own columns); otherwise all.

    Returns
    -------
    pandas.DataFrame
        One row per contact in the order of ``tagged.contacts``: ``henvendelse``, then ``klynge:NAVN`` for each
        cluster with 1.0 where one of its sentences is in the contact's comments, 0.0 where not, and NaN for a
        contact with no comment at all.

    Examples
    --------
    >>> comments = pd.DataFrame({"henvendelse": ["a", "b", "c"], "kommentar_nr": 1,
    ...     "tekst": ["Lang kø.", "Dyrt.", None]})
    >>> sentences = pd.DataFrame({"henvendelse": ["a", "b"], "kommentar_nr": 1, "setning_nr": 1,
    ...     "tekst": ["Lang kø.", "Dyrt."], "klynge": [1, 2]})
    >>> summary = pd.DataFrame({"klynge": [1, 2, 0], "navn": ["ventetid", "pris", "uklart"], "tema": "ingen"})
    >>> frame = cluster_mentions(ClusterResult(summary, sentences, {}), TaggedStudy(comments, themes=()))
    >>> frame.values.tolist()
    [['a', 1.0, 0.0], ['b', 0.0, 1.0], ['c', nan, nan]]
    """
    contacts = pd.Index(tagged.comments["henvendelse"].drop_duplicates())
    written = set(tagged.comments.loc[tagged.comments["tekst"].notna(), "henvendelse"])
    answered = np.array([contact in written for contact in contacts])
    frame = {"henvendelse": contacts.to_numpy()}
    for number, name, theme in result.summary[["klynge", "navn", "tema"]].itertuples(index=False):
        if number != UNCLEAR and (theme == OUTSIDE or not outside):
            hits = contacts.isin(result.sentences.loc[result.sentences["klynge"] == number, "henvendelse"])
            frame[f"klynge:{name}"] = np.where(answered, hits.astype(float), np.nan)
    return pd.DataFrame(frame)
