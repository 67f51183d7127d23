"""Merging, splitting and renaming clusters, as people who know the study see fit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from textinnsikt.clusters.clusters import default_encoder
from textinnsikt.clusters.grouping import group, spread
from textinnsikt.clusters.naming import cluster_names
from textinnsikt.clusters.quotes import typical
from textinnsikt.clusters.result import UNCLEAR, UNCLEAR_NAME, ClusterResult
from textinnsikt.clusters.summary import QUOTES, make_result, quote_cells
from textinnsikt.clusters.vectors import Descriptions, SentenceEncoder, Space
from textinnsikt.errors import InputError


def rename(result: ClusterResult, names: dict[int, str]) -> ClusterResult:
    """Give clusters other names.

    Parameters
    ----------
    result : ClusterResult
    names : dict of int to str
        Cluster number -> new name, which no other cluster has.

    Returns
    -------
    ClusterResult
        A new result; the change stands in its ``header["edits"]``.

    Raises
    ------
    InputError
        When there is no such cluster, or the name is empty or taken.
    """
    rows = named_clusters(result)
    _check(rows, list(names))
    old = rows.set_index("klynge")["navn"]
    rows["navn"] = [names.get(number, name).strip() for number, name in zip(rows["klynge"], rows["navn"], strict=True)]
    _check_names(rows["navn"])
    edits = [f"«{old[number]}» heter nå «{name}»" for number, name in names.items()]
    return make_result(rows, result.sentences, _edited(result, edits))


def merge(result: ClusterResult, numbers: Sequence[int], name: str | None = None) -> ClusterResult:
    """Make one cluster of several in the same theme.

    Parameters
    ----------
    result : ClusterResult
    numbers : sequence of int
        Two clusters or more, of one theme.
    name : str, optional
        Default is the name of the largest.

    Returns
    -------
    ClusterResult
        The cluster keeps the lowest of the numbers and has no stability figure of its own.

    Raises
    ------
    InputError
        When there is no such cluster, they are not of one theme, or the name is empty or taken.
    """
    rows = named_clusters(result)
    numbers = sorted(set(numbers))
    _check(rows, numbers)
    chosen = rows[rows["klynge"].isin(numbers)]
    if len(numbers) < 2 or chosen["tema"].nunique() > 1:
        raise InputError("Bare to eller flere klynger i samme tema kan slås sammen; velg andre klynger.")
    sizes = result.sentences["klynge"].value_counts()
    names = chosen.set_index("klynge")["navn"]
    largest = max(numbers, key=lambda number: (sizes.get(number, 0), -number))
    quotes = [q for q in chain(*zip_longest(*chosen[list(QUOTES)].to_numpy().tolist())) if isinstance(q, str)]
    rows = rows[~rows["klynge"].isin(numbers[1:])].reset_index(drop=True)
    here = rows["klynge"] == numbers[0]
    rows.loc[here, "navn"] = names[largest] if name is None else name.strip()
    _check_names(rows["navn"])
    rows.loc[here, "stabilitet"] = np.nan
    rows.loc[here, list(QUOTES)] = quote_cells(quotes)
    sentences = result.sentences.assign(klynge=result.sentences["klynge"].replace(dict.fromkeys(numbers, numbers[0])))
    listed = ", ".join(f"«{names[number]}»" for number in numbers)
    return make_result(rows, sentences, _edited(result, [f"{listed} er slått sammen"]))


def split(
    result: ClusterResult, number: int, parts: int = 2, encoder: SentenceEncoder | None = None, seed: int = 0
) -> ClusterResult:
    """Divide a cluster.

    Parameters
    ----------
    result : ClusterResult
    number : int
    parts : int
        Two or more.
    encoder : SentenceEncoder, optional
        As in `CommentClusters`.
    seed : int

    Returns
    -------
    ClusterResult
        The largest part keeps the number; the others get new ones, and all get new names.

    Raises
    ------
    InputError
        When there is no such cluster, or it has too few distinct sentences.
    """
    rows = named_clusters(result)
    _check(rows, [number])
    mine = result.sentences["klynge"] == number
    texts = sorted(set(result.sentences.loc[mine, "tekst"]))
    if parts < 2 or len(texts) < 4 * parts:
        raise InputError(f"Klynge {number} har {len(texts)} ulike setninger: for få til å deles i {parts}.")
    learn = spread(len(texts), np.random.default_rng(seed))
    descriptions = Descriptions(texts, default_encoder(encoder), learn, seed)
    described = descriptions.sentences
    with threadpool_limits(1):
        vectors = Space(described.take(learn)).vectors(described)
        grouping = group(vectors, [parts], learn, seed)
    ranked = np.argsort(-np.bincount(grouping.labels), kind="stable")
    labels = np.argsort(ranked)[grouping.labels]
    place = int(rows.index[rows["klynge"] == number][0])
    old = rows.loc[place]
    masks = [np.ones(len(texts), dtype=bool)] * len(ranked)
    reserved = [*rows["navn"].drop(place), old["tema"], UNCLEAR_NAME]
    names = cluster_names(texts, labels, masks, reserved, aspects=descriptions.top_aspects(described))
    given = [number, *(int(rows["klynge"].max()) + 1 + i for i in range(len(ranked) - 1))]
    new = []
    for part in range(len(ranked)):
        own = np.flatnonzero(labels == part)
        quotes = quote_cells(typical([texts[i] for i in own], vectors[own]))
        new.append((given[part], names[part], old["tema"], float(grouping.stability[ranked[part]]), *quotes))
    made = pd.DataFrame(new, columns=rows.columns)
    rows = pd.concat([rows.iloc[:place], made, rows.iloc[place + 1 :]], ignore_index=True)
    where = dict(zip(texts, np.array(given)[labels], strict=True))
    numbers = result.sentences["klynge"].where(~mine, result.sentences["tekst"].map(where)).astype(int)
    edit = f"«{old['navn']}» er delt i {len(ranked)}"
    return make_result(rows, result.sentences.assign(klynge=numbers), _edited(result, [edit]))


def named_clusters(result: ClusterResult) -> pd.DataFrame:
    """Return the rows of the clusters without ``uklart`` and sizes, as `make_result` takes them."""
    columns = ["klynge", "navn", "tema", "stabilitet", *QUOTES]
    return result.summary.loc[result.summary["klynge"] != UNCLEAR, columns].reset_index(drop=True)


def _check(rows: pd.DataFrame, numbers: Sequence[int]) -> None:
    unknown = sorted(set(numbers) - set(rows["klynge"]))
    if unknown:
        raise InputError(f"Det er ingen klynge {unknown[0]}; klyngene har numrene 1 til {rows['klynge'].max()}.")


def _check_names(names: pd.Series) -> None:
    folded = names.str.casefold()
    if (names == "").any() or folded.duplicated().any() or UNCLEAR_NAME in set(folded):
        raise InputError("Hver klynge må ha et eget navn, og «uklart» er opptatt; velg et annet navn.")


def _edited(result: ClusterResult, edits: list[str]) -> dict[str, object]:
    return {**result.header, "edits": [*result.header.get("edits", []), *edits]}
