"""The table of clusters: sizes with intervals beside names, stability and quotes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from textinnsikt.clusters.result import SENTENCE_COLUMNS, SUMMARY_COLUMNS, UNCLEAR, UNCLEAR_NAME, ClusterResult
from textinnsikt.clusters.sentences import OUTSIDE
from textinnsikt.clusters.shares import clustered_wilson

QUOTES = ("sitat_1", "sitat_2", "sitat_3")


def make_result(clusters: pd.DataFrame, sentences: pd.DataFrame, header: dict[str, Any]) -> ClusterResult:
    """Size the clusters and put the result together.

    Parameters
    ----------
    clusters : pandas.DataFrame
        ``klynge, navn, tema, stabilitet, sitat_1 .. sitat_3`` in the order shown, without ``uklart``.
    sentences : pandas.DataFrame
        The columns of ``setninger.csv``.
    header : dict
        What is known of the study; the numbers of sentences, comments and contacts are counted here.

    Returns
    -------
    ClusterResult
    """
    unclear = pd.DataFrame(
        [(UNCLEAR, UNCLEAR_NAME, OUTSIDE, np.nan, *_unclear_quotes(sentences))],
        columns=["klynge", "navn", "tema", "stabilitet", *QUOTES],
    ).astype({"stabilitet": float})
    unclear = unclear.astype(dict.fromkeys(QUOTES, object))
    # Columns without a row have no type of their own, and would take the others' from them.
    summary = pd.concat([clusters, unclear], ignore_index=True) if len(clusters) else unclear
    sizes = _sizes(sentences["henvendelse"], sentences["klynge"].to_numpy(), summary["klynge"])
    summary = pd.concat([summary, sizes], axis=1)[list(SUMMARY_COLUMNS)]
    counts = {
        "n": len(sentences),
        "comments": len(sentences[["henvendelse", "kommentar_nr"]].drop_duplicates()),
        "contacts": sentences["henvendelse"].nunique(),
        "unclear": float(summary["andel"].iloc[-1]),
    }
    return ClusterResult(summary, sentences[list(SENTENCE_COLUMNS)], {**header, **counts})


def quote_cells(quotes: list[str]) -> list[str | None]:
    """Return the three quote cells of a row."""
    return [*quotes, None, None, None][:3]


def _unclear_quotes(sentences: pd.DataFrame) -> list[str | None]:
    """Return three sentences that fit nowhere, spread over the alphabet."""
    texts = sorted(set(sentences.loc[sentences["klynge"] == UNCLEAR, "tekst"]))
    return quote_cells([texts[int(place)] for place in np.linspace(0, len(texts) - 1, min(3, len(texts)))])


def _sizes(contacts: pd.Series, numbers: np.ndarray, order: pd.Series) -> pd.DataFrame:
    """Return ``antall, andel, nedre, øvre`` of each cluster, its interval clustered by contact."""
    contact = pd.factorize(contacts, sort=True)[0]
    per_contact = np.bincount(contact).astype(float)
    rows = []
    for number in order:
        hits = np.bincount(contact[numbers == number], minlength=len(per_contact))
        rows.append((int(hits.sum()), hits.sum() / len(numbers), *clustered_wilson(hits, per_contact)))
    return pd.DataFrame(rows, columns=["antall", "andel", "nedre", "øvre"])
