"""Clusters of sentences: what the comments speak of, inside each theme and outside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from textinnsikt._version import __version__
from textinnsikt.clusters.aspects import AspectMap
from textinnsikt.clusters.grouping import candidates, group, spread
from textinnsikt.clusters.naming import cluster_names
from textinnsikt.clusters.quotes import typical
from textinnsikt.clusters.result import UNCLEAR, UNCLEAR_NAME, ClusterResult
from textinnsikt.clusters.sentences import OUTSIDE, sentence_table, set_apart
from textinnsikt.clusters.summary import make_result, quote_cells
from textinnsikt.clusters.vectors import Descriptions, SentenceEncoder, Sentences, Space, places, says_something, unit
from textinnsikt.errors import InputError
from textinnsikt.language import tokenize_words
from textinnsikt.study import TaggedStudy

#: Fewest comments with text.
MIN_COMMENTS = 10
#: Most clusters inside one value of a theme and outside the themes, when the number is chosen.
_INSIDE_CAP, _OUTSIDE_CAP = 3, 15
#: A sentence outside the themes with a lower cosine to its own centre fits nowhere.
LEAST_FIT = 0.2
_VALUES = ("positiv", "negativ", OUTSIDE)


@dataclass
class _Cluster:
    """One cluster while it is being made: places of its distinct sentences, quotes and stability."""

    theme: str
    value: str
    members: np.ndarray
    stability: float
    quotes: list[str]
    alone: bool


class CommentClusters:
    """Groups the sentences of a tagged study into named clusters.

    The carrying sentences of each value of a theme are grouped by themselves, and so are the sentences outside the
    themes; a carrying sentence that is plainly about something else is grouped outside. Each distinct sentence counts
    once when the clusters are made. Sentences outside the themes without a word of content, or unlike every
    cluster, are kept apart as ``uklart`` (cluster 0) with their share stated.

    Parameters
    ----------
    n_clusters : int, optional
        Clusters in each value of a theme and outside the themes; default is the most stable number among those
        that the number of distinct sentences allows (2 or 3 in a value of a theme and 10 to 15 outside, with plenty
        of sentences). A theme or value that is one cluster keeps its name.
    seed : int
        Of the draws behind the number of clusters and the stability figures.
    encoder : object, optional
        Has ``encode(list of str)``, which returns float32, texts x width, rows of length one; default is
        `textinnsikt.themes.encoder.Encoder`, loaded when needed.
    aspect_map : AspectMap, optional
        In place of the shipped one, for an encoder of your own: the shipped one is only used with the encoder that
        it was learnt with.

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
    [[1, 'lytting', 'lytting', 5], [2, 'ventetid', 'ingen', 10], [0, 'uklart', 'ingen', 0]]
    """

    def __init__(
        self,
        n_clusters: int | None = None,
        seed: int = 0,
        encoder: SentenceEncoder | None = None,
        aspect_map: AspectMap | None = None,
    ):
        self.n_clusters = n_clusters
        self.seed = seed
        self.encoder = encoder
        self.aspect_map = aspect_map

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
        written = sum(bool(tokenize_words(text)) for text in tagged.comments["tekst"].dropna())
        if written < MIN_COMMENTS:
            raise InputError(
                f"{tagged.source or 'Studien'} har bare {written} kommentarer med tekst; "
                f"klyngeanalysen trenger minst {MIN_COMMENTS}, og helst 50 eller flere."
            )
        sentences = sentence_table(tagged)
        texts = sorted(set(sentences["tekst"]))
        learn = spread(len(texts), np.random.default_rng(self.seed))
        descriptions = Descriptions(texts, default_encoder(self.encoder), learn, self.seed, self.aspect_map)
        described = descriptions.sentences
        sentences = set_apart(sentences, dict(zip(texts, descriptions.leaning(described), strict=True)))
        keys = ["tema", "omtale", "tekst"]
        distinct = sentences[keys].drop_duplicates().sort_values(keys, ignore_index=True)
        order = (*tagged.themes, OUTSIDE)
        rows_of = pd.MultiIndex.from_frame(distinct).get_indexer(pd.MultiIndex.from_frame(sentences[keys]))
        with threadpool_limits(1):
            described = described.take(places(texts, distinct["tekst"]))
            clusters = self._find(distinct, described, order)
            distinct = distinct.assign(
                antall=np.bincount(rows_of, minlength=len(distinct)), aspekt=descriptions.top_aspects(described)
            )
            rows, numbers = _number(clusters, distinct, order)
            header = {"source": tagged.source, "hash": tagged.sha256, "seed": self.seed, "version": __version__}
            return make_result(rows, sentences.assign(klynge=numbers[rows_of]), header)

    def _find(self, distinct: pd.DataFrame, described: Sentences, order: tuple[str, ...]) -> list[_Cluster]:
        """Cluster the distinct sentences of each value of each theme, and those outside."""
        texts = distinct["tekst"].to_numpy()
        found = []
        for theme in order:
            for value in _VALUES:
                members = np.flatnonzero((distinct["tema"] == theme) & (distinct["omtale"] == value))
                if theme == OUTSIDE:
                    members = np.array([i for i in members if says_something(texts[i])], dtype=int)
                if len(members):
                    found += self._group(theme, value, members, texts, described.take(members))
        return found

    def _group(
        self, theme: str, value: str, members: np.ndarray, texts: np.ndarray, described: Sentences
    ) -> list[_Cluster]:
        """Cluster one group of distinct sentences."""
        learn = spread(len(members), np.random.default_rng(self.seed))
        cap = _OUTSIDE_CAP if theme == OUTSIDE else _INSIDE_CAP
        counts = candidates(len(members), cap) if self.n_clusters is None else [self.n_clusters]
        vectors = Space(described.take(learn)).vectors(described)
        start = described.aspects if theme == OUTSIDE else None  # inside a theme nearly all have the theme's own
        grouping = group(vectors, counts, learn, self.seed, start)
        labels = grouping.labels.copy()
        alone = len(grouping.stability) == 1
        if theme == OUTSIDE and not alone:
            labels[grouping.fit < LEAST_FIT] = -1
        shown = unit(described.meaning) if alone else vectors
        clusters = []
        for label, stability in enumerate(grouping.stability):
            mine = np.flatnonzero(labels == label)
            if len(mine):
                quotes = typical(list(texts[members[mine]]), shown[mine])
                clusters.append(_Cluster(theme, value, members[mine], float(stability), quotes, alone))
        return clusters


def default_encoder(encoder: SentenceEncoder | None = None) -> SentenceEncoder:
    """Return the encoder given, or the embedded one."""
    if encoder is not None:
        return encoder
    from textinnsikt.themes.encoder import Encoder

    return Encoder.load()


def _number(
    clusters: list[_Cluster], distinct: pd.DataFrame, order: tuple[str, ...]
) -> tuple[pd.DataFrame, np.ndarray]:
    """Name and number the clusters: their rows without sizes, and the cluster number of each distinct sentence."""
    texts, repeats = distinct["tekst"], distinct["antall"].to_numpy()
    size = {id(c): repeats[c.members].sum() for c in clusters}
    clusters = sorted(clusters, key=lambda c: (order.index(c.theme), -size[id(c)], texts[c.members[0]]))
    labels = np.full(len(distinct), -1)
    for number, cluster in enumerate(clusters):
        labels[cluster.members] = number
    whole = np.ones(len(distinct), dtype=bool)
    against = [whole if c.alone else (distinct["tema"] == c.theme).to_numpy() for c in clusters]
    themes = [c.theme for c in clusters]
    fixed = [_theme_name(c, themes.count(c.theme)) for c in clusters]
    reserved = (*order, UNCLEAR_NAME)
    aspects = distinct["aspekt"].tolist()
    names = cluster_names(texts.tolist(), labels, against, reserved, themes, fixed, aspects)
    ranked = sorted(range(len(clusters)), key=lambda i: (order.index(themes[i]), -size[id(clusters[i])], names[i]))
    numbers = np.full(len(distinct), UNCLEAR)
    rows = []
    for number, i in enumerate(ranked, start=1):
        numbers[clusters[i].members] = number
        rows.append((number, names[i], themes[i], clusters[i].stability, *quote_cells(clusters[i].quotes)))
    columns = ["klynge", "navn", "tema", "stabilitet", "sitat_1", "sitat_2", "sitat_3"]
    return pd.DataFrame(rows, columns=columns), numbers


def _theme_name(cluster: _Cluster, count: int) -> str | None:
    """Return the name of a theme or value that is one cluster."""
    if not cluster.alone or cluster.theme == OUTSIDE:
        return None
    return cluster.theme if count == 1 else f"{cluster.theme}, {cluster.value} omtale"
