"""Placing the sentences of a new study in the clusters of an old one, and reading clusters from a result folder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from textinnsikt._version import __version__
from textinnsikt.clusters.aspects import AspectMap
from textinnsikt.clusters.clusters import LEAST_FIT, default_encoder
from textinnsikt.clusters.editing import named_clusters
from textinnsikt.clusters.grouping import place, spread
from textinnsikt.clusters.quotes import typical
from textinnsikt.clusters.result import SENTENCE_COLUMNS, SUMMARY_COLUMNS, UNCLEAR, ClusterResult
from textinnsikt.clusters.sentences import OUTSIDE, sentence_table, set_apart
from textinnsikt.clusters.summary import QUOTES, make_result, quote_cells
from textinnsikt.clusters.vectors import Descriptions, SentenceEncoder, Sentences, Space, places, says_something
from textinnsikt.errors import InputError
from textinnsikt.study import TaggedStudy


def assign(
    result: ClusterResult,
    tagged: TaggedStudy,
    encoder: SentenceEncoder | None = None,
    seed: int = 0,
    aspect_map: AspectMap | None = None,
) -> ClusterResult:
    """Place the sentences of another tagged study in the clusters of this one.

    The old sentences and their clusters, merged, split and renamed as they may be, are all that is needed: each new
    sentence goes to the cluster of its theme whose centre is nearest.

    Parameters
    ----------
    result : ClusterResult
        From `CommentClusters.fit` or `read_clusters`.
    tagged : TaggedStudy
        For example next year's study.
    encoder, seed, aspect_map
        As in `CommentClusters`; the same as when the clusters were made.

    Returns
    -------
    ClusterResult
        The same clusters with the same numbers, names and stability; sizes and quotes of the new study. A theme
        without clusters of its own, and sentences that fit nowhere, are ``uklart``.
    """
    rows = named_clusters(result)
    sentences = sentence_table(tagged)
    if not len(sentences):
        raise InputError(f"{tagged.source or 'Studien'} har ingen kommentarer med tekst å plassere i klynger.")
    theme_of = dict(zip(rows["klynge"], rows["tema"], strict=True))
    known = result.sentences[result.sentences["klynge"] != UNCLEAR]
    known = known.assign(tema=known["klynge"].map(theme_of)).sort_values(["tema", "tekst", "klynge"])
    known = known.drop_duplicates(["tema", "tekst"])  # a text in two clusters stays in the first, for any row order
    texts = sorted(set(result.sentences["tekst"]))
    new = sorted(set(sentences["tekst"]))
    learn = spread(len(texts), np.random.default_rng(seed))
    descriptions = Descriptions(texts, default_encoder(encoder), learn, seed, aspect_map)
    described = descriptions.describe(new)
    sentences = set_apart(sentences, dict(zip(new, descriptions.leaning(described), strict=True)))
    numbers = pd.Series(UNCLEAR, index=sentences.index)
    quotes: dict[int, list[str]] = {}
    for theme, members in sentences.groupby("tema"):
        old = known[known["tema"] == theme]
        if not len(old):
            continue
        mine = sorted(set(members["tekst"]))
        vectors, found, fit = _place(
            descriptions.sentences.take(places(texts, old["tekst"])),
            old["klynge"].to_numpy(),
            described.take(places(new, mine)),
            seed,
        )
        if theme == OUTSIDE:  # inside a theme every sentence has a place
            found[[not says_something(text) for text in mine] | (fit < LEAST_FIT)] = UNCLEAR
        numbers[members.index] = members["tekst"].map(dict(zip(mine, found, strict=True)))
        for number in np.unique(found):
            own = np.flatnonzero(found == number)
            quotes[int(number)] = typical([mine[i] for i in own], vectors[own])
    cells = pd.DataFrame([quote_cells(quotes.get(n, [])) for n in rows["klynge"]], columns=list(QUOTES), dtype=object)
    header = {"source": tagged.source, "hash": tagged.sha256, "seed": seed, "version": __version__}
    header["clusters_from"] = result.header.get("source", "")
    return make_result(rows.assign(**cells), sentences.assign(klynge=numbers), header)


def _place(
    known: Sentences, clusters: np.ndarray, new: Sentences, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the vectors of the new sentences, the number of each one's cluster, and its fit."""
    numbers, labels = np.unique(clusters, return_inverse=True)
    learn = spread(len(clusters), np.random.default_rng(seed))
    with threadpool_limits(1):
        space = Space(known.take(learn))
        vectors = space.vectors(new)
        if len(numbers) == 1:
            return vectors, np.full(len(vectors), numbers[0]), np.ones(len(vectors))
        placed, fit = place(vectors, space.vectors(known), labels)
    return vectors, numbers[placed], fit


def read_clusters(folder: str | Path) -> ClusterResult:
    """Read the clusters of a result folder: ``klynger.csv`` and ``setninger.csv``.

    Parameters
    ----------
    folder : str or Path
        Written by ``textinnsikt run`` or ``textinnsikt cluster``.

    Returns
    -------
    ClusterResult

    Raises
    ------
    InputError
        When a file is missing or lacks columns.

    Examples
    --------
    >>> read_clusters("finnes_ikke")
    Traceback (most recent call last):
    ...
    textinnsikt.errors.InputError: Finner ikke klynger.csv i mappa finnes_ikke; kjør textinnsikt cluster først.
    """
    frames = []
    for name, columns in (("klynger.csv", SUMMARY_COLUMNS), ("setninger.csv", SENTENCE_COLUMNS)):
        path = Path(folder, name)
        if not path.is_file():
            raise InputError(f"Finner ikke {name} i mappa {Path(folder).name}; kjør textinnsikt cluster først.")
        frame = pd.read_csv(path, encoding="utf-8", dtype={"henvendelse": "str", "tekst": "str", "navn": "str"})
        if list(frame.columns) != list(columns):
            raise InputError(f"{name} i mappa {Path(folder).name} har andre kolonner enn den skal; lag den på nytt.")
        frames.append(frame)
    summary, sentences = frames
    header = {"source": "", "hash": "", "seed": 0, "version": __version__}
    facts = Path(folder, "klynger.json")
    if facts.is_file():
        header |= json.loads(facts.read_text(encoding="utf-8"))
    named = summary[summary["klynge"] != UNCLEAR]
    return make_result(named[["klynge", "navn", "tema", "stabilitet", *QUOTES]], sentences, header)


def write_clusters(result: ClusterResult, folder: str | Path) -> None:
    """Write ``klynger.csv``, ``setninger.csv`` and ``klynger.json`` (source, seed and edits) in a folder that exists.

    Parameters
    ----------
    result : ClusterResult
    folder : str or Path
    """
    for frame, name in ((result.summary, "klynger.csv"), (result.sentences, "setninger.csv")):
        frame.to_csv(Path(folder, name), index=False, encoding="utf-8", lineterminator="\n")
    text = json.dumps(result.header, ensure_ascii=False, indent=1)
    Path(folder, "klynger.json").write_text(text + "\n", encoding="utf-8")
