"""Clusters of sentences: what the comments speak of, inside each theme and outside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from textinnsikt._version import __version__
from textinnsikt.clusters.grouping import candidates, group, spread
from textinnsikt.clusters.naming import cluster_names
from textinnsikt.clusters.quotes import typical
from textinnsikt.clusters.result import SENTENCE_COLUMNS, SUMMARY_COLUMNS, UNCLEAR, UNCLEAR_NAME, ClusterResult
from textinnsikt.clusters.sentences import OUTSIDE, sentence_table
from textinnsikt.clusters.shares import clustered_wilson
from textinnsikt.clusters.vectors import (
    SentenceEncoder,
    content_words,
    group_vectors,
    unit,
    without_common,
    word_vectors,
)
from textinnsikt.errors import InputError
from textinnsikt.study import TaggedStudy

#: Fewest comments with text.
MIN_COMMENTS = 10
#: Most clusters inside a theme and outside the themes, when the number is chosen.
_INSIDE_CAP, _OUTSIDE_CAP = 6, 15
#: A sentence outside the themes with a lower cosine to its own centre fits nowhere: among the hand-labelled
#: sentences of the example study 5 % below, and 26 % of those have the commonest aspect of the cluster, else 44 %.
_LEAST_FIT = 0.1


@dataclass
class _Cluster:
    """One cluster while it is being made: places of its distinct sentences, quotes and stability."""

    theme: str
    members: np.ndarray
    stability: float
    quotes: list[str]
    alone: bool


class CommentClusters:
    """Groups the sentences of a tagged study into named clusters.

    The carrying sentences of each theme are grouped by themselves, and so are the sentences outside the themes. Each
    distinct sentence counts once when the clusters are made. Sentences outside the themes without a word of
    content, or unlike every cluster, are kept apart as ``uklart`` (cluster 0) with their share stated.

    Parameters
    ----------
    n_clusters : int, optional
        Clusters in each theme and outside the themes; default is the most stable number among those that the
        number of distinct sentences allows (3 to 6 in a theme and 8 to 15 outside, with plenty of sentences). A
        theme that is one cluster keeps the theme's name.
    seed : int
        Of the draws behind the number of clusters and the stability figures.
    encoder : object, optional
        Has ``encode(list of str)``, which returns float32, texts x width, rows of length one; default is
        `textinnsikt.themes.encoder.Encoder`, loaded when needed.

    Notes
    -----
    The answer does not depend on row order or thread count: distinct sentences are sorted, and linear algebra
    runs on one thread.

    Examples
    --------
    >>> class Letters:
    ...     def encode(self, texts):
    ...         counts = np.array([[text.lower().count(letter) + 0.01 for letter in "aeinrst"] for text in texts])
    ...         return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)
    >>> texts = ["Lang ventetid på telefonen.", "Altfor lang ventetid.", "Hun hørte etter."] * 5
    >>> heard = ["positiv" if text.startswith("Hun") else "ingen" for text in texts]
    >>> comments = pd.DataFrame({"henvendelse": [f"h{i}" for i in range(15)], "kommentar_nr": 1, "tekst": texts,
    ...     "lytting": heard, "lytting_setning": texts})
    >>> result = CommentClusters(encoder=Letters()).fit(TaggedStudy(comments, themes=("lytting",)))
    >>> result.summary[["klynge", "navn", "tema", "antall"]].values.tolist()
    [[1, 'lytting', 'lytting', 5], [2, 'lang ventetid', 'ingen', 10], [0, 'uklart', 'ingen', 0]]
    """

    def __init__(self, n_clusters: int | None = None, seed: int = 0, encoder: SentenceEncoder | None = None):
        self.n_clusters = n_clusters
        self.seed = seed
        self.encoder = encoder

    def fit(self, tagged: TaggedStudy) -> ClusterResult:
        """Find the clusters of a tagged study.

        Parameters
        ----------
        tagged : TaggedStudy

        Returns
        -------
        ClusterResult

        Raises
        ------
        InputError
            When there are fewer than 10 comments with text, or ``n_clusters`` is under 1.
        """
        if self.n_clusters is not None and self.n_clusters < 1:
            raise InputError(f"Antall klynger må være minst 1, ikke {self.n_clusters}.")
        written = int(tagged.comments["tekst"].notna().sum())
        if written < MIN_COMMENTS:
            raise InputError(
                f"{tagged.source or 'Studien'} har bare {written} kommentarer med tekst; "
                f"klyngeanalysen trenger minst {MIN_COMMENTS}, og helst 50 eller flere."
            )
        sentences = sentence_table(tagged)
        distinct = sentences[["tema", "tekst"]].drop_duplicates().sort_values(["tema", "tekst"], ignore_index=True)
        clusters = self._find(distinct, (*tagged.themes, OUTSIDE))
        places = pd.MultiIndex.from_frame(distinct).get_indexer(pd.MultiIndex.from_frame(sentences[["tema", "tekst"]]))
        with threadpool_limits(1):
            summary, numbers = _summarise(clusters, distinct, sentences, places, (*tagged.themes, OUTSIDE))
        header = {
            "source": tagged.source,
            "hash": tagged.sha256,
            "n": len(sentences),
            "comments": written,
            "contacts": sentences["henvendelse"].nunique(),
            "unclear": float(summary["andel"].iloc[-1]),
            "seed": self.seed,
            "version": __version__,
        }
        return ClusterResult(summary, sentences.assign(klynge=numbers[places])[list(SENTENCE_COLUMNS)], header)

    def _find(self, distinct: pd.DataFrame, order: tuple[str, ...]) -> list[_Cluster]:
        """Cluster the distinct sentences of each theme, and those outside."""
        texts = sorted(set(distinct["tekst"]))
        meaning = np.asarray(self._encoder().encode(texts), dtype=float)
        with threadpool_limits(1):
            random = np.random.default_rng(self.seed)
            learn = spread(len(texts), random)
            words = word_vectors(texts, learn, self.seed)
            meaning = without_common(meaning, learn)
            row = {text: place for place, text in enumerate(texts)}
            found = []
            for theme in order:
                members = np.flatnonzero(distinct["tema"] == theme)
                if theme == OUTSIDE:
                    members = np.array([i for i in members if content_words(distinct["tekst"][i])], dtype=int)
                rows = [row[text] for text in distinct["tekst"].iloc[members]]
                found += self._group(theme, members, distinct["tekst"].to_numpy(), meaning[rows], words[rows])
        return found

    def _group(
        self, theme: str, members: np.ndarray, texts: np.ndarray, meaning: np.ndarray, words: np.ndarray
    ) -> list[_Cluster]:
        """Cluster one group of distinct sentences."""
        if len(members) == 0:
            return []
        learn = spread(len(members), np.random.default_rng(self.seed))
        cap = _OUTSIDE_CAP if theme == OUTSIDE else _INSIDE_CAP
        counts = candidates(len(members), cap) if self.n_clusters is None else [self.n_clusters]
        vectors = group_vectors(meaning, words, learn)
        grouping = group(vectors, counts, learn, self.seed)
        labels = grouping.labels.copy()
        alone = len(grouping.stability) == 1
        if theme == OUTSIDE and not alone:
            labels[grouping.fit < _LEAST_FIT] = -1
        shown = unit(meaning) if alone else vectors
        clusters = []
        for label, stability in enumerate(grouping.stability):
            mine = np.flatnonzero(labels == label)
            if len(mine):
                quotes = typical(list(texts[members[mine]]), shown[mine])
                clusters.append(_Cluster(theme, members[mine], float(stability), quotes, alone))
        return clusters

    def _encoder(self) -> SentenceEncoder:
        if self.encoder is not None:
            return self.encoder
        from textinnsikt.themes.encoder import Encoder

        return Encoder.load()


def _summarise(
    clusters: list[_Cluster],
    distinct: pd.DataFrame,
    sentences: pd.DataFrame,
    places: np.ndarray,
    order: tuple[str, ...],
) -> tuple[pd.DataFrame, np.ndarray]:
    """Name, size and number the clusters; return the summary and the cluster number of each distinct sentence."""
    repeats = np.bincount(places, minlength=len(distinct))
    clusters = sorted(
        clusters, key=lambda c: (order.index(c.theme), -repeats[c.members].sum(), distinct["tekst"][c.members[0]])
    )
    labels = np.full(len(distinct), -1)
    for number, cluster in enumerate(clusters):
        labels[cluster.members] = number
    whole = np.ones(len(distinct), dtype=bool)
    against = [whole if c.alone else (distinct["tema"] == c.theme).to_numpy() for c in clusters]
    found = cluster_names(distinct["tekst"].tolist(), labels, against, reserved=(*order, UNCLEAR_NAME))
    names = [c.theme if c.alone and c.theme != OUTSIDE else name for c, name in zip(clusters, found, strict=True)]
    ranked = sorted(
        range(len(clusters)),
        key=lambda i: (order.index(clusters[i].theme), -repeats[clusters[i].members].sum(), names[i]),
    )
    numbers = np.full(len(distinct), UNCLEAR)
    rows = []
    for number, i in enumerate(ranked, start=1):
        numbers[clusters[i].members] = number
        quotes = [*clusters[i].quotes, None, None, None][:3]
        rows.append((number, names[i], clusters[i].theme, clusters[i].stability, *quotes))
    rows.append((UNCLEAR, UNCLEAR_NAME, OUTSIDE, np.nan, *_unclear_quotes(distinct, numbers)))
    columns = ["klynge", "navn", "tema", "stabilitet", "sitat_1", "sitat_2", "sitat_3"]
    summary = pd.DataFrame(rows, columns=columns)
    sizes = _sizes(sentences["henvendelse"], numbers[places], summary["klynge"])
    return pd.concat([summary, sizes], axis=1)[list(SUMMARY_COLUMNS)], numbers


def _unclear_quotes(distinct: pd.DataFrame, numbers: np.ndarray) -> list[str | None]:
    """Return three sentences that fit nowhere, spread over the alphabet."""
    texts = distinct["tekst"][numbers == UNCLEAR].tolist()
    picked = [texts[int(place)] for place in np.linspace(0, len(texts) - 1, min(3, len(texts)))]
    return [*picked, None, None, None][:3]


def _sizes(contacts: pd.Series, numbers: np.ndarray, order: pd.Series) -> pd.DataFrame:
    """Return ``antall, andel, nedre, øvre`` of each cluster, its interval clustered by contact."""
    contact = pd.factorize(contacts, sort=True)[0]
    per_contact = np.bincount(contact).astype(float)
    rows = []
    for number in order:
        hits = np.bincount(contact[numbers == number], minlength=len(per_contact))
        rows.append((int(hits.sum()), hits.sum() / len(numbers), *clustered_wilson(hits, per_contact)))
    return pd.DataFrame(rows, columns=["antall", "andel", "nedre", "øvre"])
