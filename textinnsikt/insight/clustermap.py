"""The cluster map: one island a cluster, like clusters near each other, one point a sentence."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from threadpoolctl import threadpool_limits

from textinnsikt.insight.wording import clean, shorten

#: Most sentences on the map.
MOST_POINTS = 3000
#: Room between islands, and how much more of it there is upwards, where the names stand.
_GAP, _UP = 0.3, 1.45
_LEAST = 0.72
_PASSES = 400
_WIDE = 1.7


def cluster_map(sentences: pd.DataFrame, summary: pd.DataFrame, limit: int = MOST_POINTS) -> dict[str, Any] | None:
    """Place clusters and their sentences on a plane.

    Parameters
    ----------
    sentences : pandas.DataFrame
        As in ``setninger.csv``; read: ``tekst``, ``klynge``.
    summary : pandas.DataFrame
        As in ``klynger.csv``; read: ``klynge, navn, tema, antall``. Cluster 0 (``uklart``) is not drawn.
    limit : int
        Most sentences drawn; each cluster gives its share of them, the same ones for any row order.

    Returns
    -------
    dict or None
        ``øyer`` (``klynge, navn, tema, x, y, r``), ``punkter`` (``[x, y, klynge, setning]``) and ``setninger``
        (how many distinct there are); None without clusters. The axes have no meaning of their own.

    Notes
    -----
    Islands are placed by the two leading directions of the clusters' words and
    pushed apart until none overlap; points fill their island by rank along the two leading directions within it.

    Examples
    --------
    >>> sentences = pd.DataFrame({"tekst": ["Lang kø i dag.", "Altfor lang kø.", "Blid stemme.", "Så blid!"],
    ...     "klynge": [1, 1, 2, 2]})
    >>> summary = pd.DataFrame({"klynge": [1, 2], "navn": ["lang kø", "blid"], "tema": "ingen", "antall": 2})
    >>> found = cluster_map(sentences, summary)
    >>> [island["navn"] for island in found["øyer"]], len(found["punkter"])
    (['lang kø', 'blid'], 4)
    """
    if summary.empty or sentences.empty:
        return None
    clusters = summary[summary["klynge"] != 0]
    distinct = sentences[sentences["klynge"].isin(clusters["klynge"])].drop_duplicates(["tekst", "klynge"])
    chosen = _chosen(distinct, limit)
    clusters = clusters[clusters["klynge"].isin(chosen["klynge"])]
    if clusters.empty:
        return None
    with threadpool_limits(1):
        vectors = _vectors(chosen["tekst"].tolist())
        numbers = clusters["klynge"].tolist()
        members = [np.flatnonzero(chosen["klynge"] == number) for number in numbers]
        radii = np.array([len(rows) for rows in members]) ** 0.5
        radii = radii / radii.max()
        centres = _apart(_scaled([vectors[rows].mean(0) for rows in members]), radii)
        islands, points = [], []
        for place, (row, rows) in enumerate(zip(clusters.to_dict("records"), members, strict=True)):
            x, y, r = (round(float(v), 4) for v in (*centres[place], radii[place]))
            island = {"klynge": int(row["klynge"]), "navn": clean(row["navn"]), "tema": str(row["tema"])}
            islands.append({**island, "x": x, "y": y, "r": r})
            inside = centres[place] + 0.92 * radii[place] * _disc(vectors[rows])
            for (left, up), text in zip(inside.round(4).tolist(), chosen["tekst"].iloc[rows], strict=True):
                points.append([left, up, int(row["klynge"]), shorten(clean(text), 240)])
    return {"øyer": islands, "punkter": points, "setninger": len(distinct)}


def _chosen(sentences: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return some of the sentences, spread over the clusters as they are, picked by a hash of their text."""
    distinct = sentences[["tekst", "klynge"]].dropna()
    keys = [blake2b(text.encode(), digest_size=8).hexdigest() for text in distinct["tekst"].astype(str)]
    distinct = distinct.assign(_key=keys).sort_values(["klynge", "_key", "tekst"], ignore_index=True)
    if len(distinct) <= limit:
        return distinct
    place = distinct.groupby("klynge").cumcount()
    quota = np.maximum(1, np.floor(distinct["klynge"].map(distinct["klynge"].value_counts()) * limit / len(distinct)))
    return distinct[place < quota].head(limit).reset_index(drop=True)


def _vectors(texts: list[str]) -> np.ndarray:
    """Describe sentences by their commonest words."""
    words = TfidfVectorizer(sublinear_tf=True, max_features=600, token_pattern=r"(?u)\b\w{3,}\b")
    try:
        return words.fit_transform(texts).toarray()
    except ValueError:  # not one word of three letters
        return np.zeros((len(texts), 2))


def _leading(rows: np.ndarray) -> np.ndarray:
    """Return the two directions in which rows vary most, one a column, the largest part of each above zero."""
    values = np.linalg.svd(rows, full_matrices=False)[2][:2].T
    values = np.pad(values, ((0, 0), (0, 2 - values.shape[1])))
    largest = values[np.abs(values).argmax(0), np.arange(values.shape[1])]
    return values * np.where(largest < 0, -1, 1)


def _scaled(means: list[np.ndarray]) -> np.ndarray:
    """Place the clusters' mean vectors on a plane so that clusters with like words come near each other."""
    stack = np.array(means)
    length = np.linalg.norm(stack, axis=1, keepdims=True)
    unit = stack / np.where(length > 0, length, 1)
    apart = unit - unit.mean(0)
    return apart @ _leading(apart)


def _apart(centres: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Spread the centres over a landscape and push islands apart until none overlap."""
    spread = np.abs(centres).max(0)
    reach = 1.1 * np.sqrt((radii**2).sum())
    places = centres / np.where(spread > 0, spread, 1) * reach * np.array([_WIDE, 1.0]) ** 0.5
    # Islands at the very same place go different ways.
    turn = np.arange(len(radii)) * 2.4
    places = places + 1e-3 * np.column_stack([np.cos(turn), np.sin(turn)])
    room = np.maximum(radii, _LEAST)
    least = room[:, None] + room[None, :] + _GAP
    np.fill_diagonal(least, 0)
    for _ in range(_PASSES):
        places *= np.array([0.998, 0.98])
        for _ in range(4):
            gap = places[:, None] - places[None]
            far = np.sqrt((gap**2 / [1, _UP**2]).sum(2)) + np.eye(len(radii))
            push = np.clip(least - far, 0, None) / 2
            places = places + (gap / far[..., None] * push[..., None]).sum(1) * 0.6
    return places


def _disc(vectors: np.ndarray) -> np.ndarray:
    """Fill a disc with points, evenly, by rank along the two leading directions."""
    count = len(vectors)
    if count == 1:
        return np.zeros((1, 2))
    apart = vectors - vectors.mean(0)
    first, second = (apart @ _leading(apart)).T
    order = np.lexsort((np.arange(count), first))
    columns = max(1, round(count**0.5))
    u, v = np.empty(count), np.empty(count)
    for place, part in enumerate(np.array_split(order, columns)):
        part = part[np.lexsort((np.arange(len(part)), second[part]))]
        u[part] = (place + 0.5) / columns * 2 - 1
        v[part] = (np.arange(len(part)) + 0.5) / len(part) * 2 - 1
    # From a square to a disc, areas kept (Shirley and Chiu 1997).
    wide = np.abs(u) > np.abs(v)
    radius = np.where(wide, u, v)
    ratio = np.divide(np.where(wide, v, u), radius, out=np.zeros(count), where=radius != 0)
    angle = np.where(wide, np.pi / 4 * ratio, np.pi / 2 - np.pi / 4 * ratio)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
