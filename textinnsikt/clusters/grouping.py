"""Grouping: which sentences belong together, and into how many clusters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.metrics import adjusted_rand_score

from textinnsikt.clusters.vectors import LEARN, unit

#: Bootstrap draws behind the number of clusters and the stability figures.
DRAWS = 20
#: Distinct sentences for each cluster at least, when the number is chosen.
PER_CLUSTER = 30
#: Sentences at most that neighbours are looked for among, and that Ward's tree is built of. Among more, centres are
#: steady without neighbours, which then cost agreement between halves and gain little (docs/decisions.md).
FEW = 2000
#: Neighbours that a sentence is averaged with, and distinct sentences for each neighbour at least.
_NEIGHBOURS, _PER_NEIGHBOUR = 5, 20
#: Rounds of moving sentences to the nearest centre; more change little and cost agreement between halves.
_ROUNDS = 3
#: A larger number of clusters is taken when it agrees with its draws at least this share as well as the best, and
#: brings the sentences so much nearer their centres (mean cosine, neighbours averaged).
_NEARLY, _NEARER = 0.95, 0.01


@dataclass(frozen=True)
class Grouping:
    """Clusters of one group of sentences.

    Parameters
    ----------
    labels : numpy.ndarray
        Cluster of each distinct sentence, ``0 .. k-1``.
    fit : numpy.ndarray
        Cosine of each sentence to its cluster's centre; 0 is no more alike than any two sentences.
    stability : numpy.ndarray
        Mean Jaccard overlap of each cluster with its likest in the bootstrap draws; NaN when there is only one.
    """

    labels: np.ndarray
    fit: np.ndarray
    stability: np.ndarray


def group(
    vectors: np.ndarray, counts: Sequence[int], learn: np.ndarray, seed: int, aspects: np.ndarray | None = None
) -> Grouping:
    """Cluster sentences, with the most stable of the given numbers of clusters.

    Parameters
    ----------
    vectors : numpy.ndarray
        Distinct sentences x width, rows of length one, in an order that does not depend on the file's.
    counts : sequence of int
        Numbers of clusters to choose from.
    learn : numpy.ndarray
        Places of the sentences that make the clusters; the others are placed with the nearest.
    seed : int
        Of the bootstrap draws.
    aspects : numpy.ndarray, optional
        Scores to start from, as in `partition`.

    Returns
    -------
    Grouping

    Notes
    -----
    The number is chosen by the mean adjusted Rand index (Hubert and Arabie 1985) between the clusters of all
    sentences and those of 20 bootstrap draws: from the smallest number that reaches 95 % of the best and on, as
    long as the next one also does and brings the sentences nearer their centres by a mean cosine of 0.01.
    Stability: Hennig (2007), "Cluster-wise assessment of cluster stability", Computational Statistics & Data
    Analysis 52, 258-271; he reads 0.75 and above as stable and under 0.5 as dissolved.
    """
    random = np.random.default_rng(seed)
    possible = sorted({max(1, min(count, len(learn) // 2)) for count in counts})
    few = _are_few(learn)  # of the whole, so that the draws are made as it is
    partitions = partition(vectors, learn, possible, aspects, smooth=few)
    if not any(labels.any() for labels in partitions.values()):
        return Grouping(partitions[possible[0]], np.ones(len(vectors)), np.array([np.nan]))
    draws = []
    for _ in range(DRAWS):
        drawn = np.unique(random.choice(learn, len(learn)))
        scores = None if aspects is None else aspects[drawn]
        draws.append((drawn, partition(vectors[drawn], np.arange(len(drawn)), possible, scores, smooth=few)))
    seen = _with_neighbours(vectors, vectors[learn]) if few else vectors
    likeness = {count: float((seen * _centres(seen, own)[own]).sum(axis=1).mean()) for count, own in partitions.items()}
    chosen = _choose(partitions, draws, likeness)
    labels = partitions[chosen]
    centres = _centres(vectors, labels)
    overlap = [_jaccard(labels[drawn], own[chosen], len(centres)) for drawn, own in draws]
    return Grouping(labels, (vectors * centres[labels]).sum(axis=1), _column_means(np.array(overlap)))


def place(vectors: np.ndarray, known: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Place sentences in clusters of other sentences.

    Parameters
    ----------
    vectors, known : numpy.ndarray
        Vectors of the new sentences and of those whose clusters are known, from the same `Space`.
    labels : numpy.ndarray
        Clusters of the known sentences, ``0 .. k-1``.

    Returns
    -------
    tuple of numpy.ndarray
        Cluster of each new sentence, and its fit as in `Grouping`.
    """
    learnt = known[spread(len(known), np.random.default_rng(0))]
    old, new = known, vectors
    if _are_few(learnt):
        old, new = _with_neighbours(known, learnt), _with_neighbours(vectors, learnt)
    placed = (new @ _centres(old, labels).T).argmax(axis=1)
    return placed, (vectors * _centres(known, labels)[placed]).sum(axis=1)


def candidates(distinct: int, cap: int) -> range:
    """Return the numbers of clusters to choose from for so many distinct sentences, at most `cap`.

    Examples
    --------
    >>> list(candidates(50, 6)), list(candidates(100, 6)), list(candidates(1000, 6))
    ([1], [2, 3], [4, 5, 6])
    """
    top = max(1, min(cap, distinct // PER_CLUSTER))
    return range(min(top, max(2, 2 * top // 3)), top + 1)


def spread(size: int, random: np.random.Generator, most: int = LEARN) -> np.ndarray:
    """Return the places of at most `most` sentences, all of them when there are no more."""
    if size <= most:
        return np.arange(size)
    return np.sort(random.choice(size, most, replace=False))


def partition(
    vectors: np.ndarray,
    learn: np.ndarray,
    counts: Sequence[int],
    aspects: np.ndarray | None = None,
    *,
    smooth: bool | None = None,
) -> dict[int, np.ndarray]:
    """Cluster sentences into each of the given numbers of clusters.

    The start is the aspects, each sentence with the one that it scores highest on, and the least different ones
    merged: a start that another half of the same comments shares. Without aspects, or where more clusters are wanted
    than aspects give, Ward's method gives the start. Sentences then move to the nearest centre (spherical k-means,
    Dhillon and Modha 2001). Up to 2,000 sentences are first averaged with their nearest neighbours, so that wording
    and dialect count for less. No random numbers but those of the sample of 2,000 that Ward's method sees of more.

    Parameters
    ----------
    vectors, learn, counts
        As in `group`.
    aspects : numpy.ndarray, optional
        Sentences x aspects, higher is likelier.
    smooth : bool, optional
        Whether sentences are averaged with their neighbours; default is for up to 2,000. The draws of more than
        2,000 can be fewer, and must be treated as all are.

    Returns
    -------
    dict of int to numpy.ndarray
        Number of clusters -> labels ``0 .. k-1``; fewer clusters where there is nothing to cut.
    """
    if max(counts) == 1 or len(learn) < 2:
        return {count: np.zeros(len(vectors), dtype=int) for count in counts}
    if smooth or (smooth is None and _are_few(learn)):
        vectors = _with_neighbours(vectors, vectors[learn])
    starts: dict[int, np.ndarray] = {}
    if aspects is not None and aspects.shape[1]:
        starts = _merged(vectors[learn], aspects[learn], counts)
    some = learn[spread(len(learn), np.random.default_rng(0), FEW)]
    tree = None
    result = {}
    for count in counts:
        if count in starts:
            result[count] = _settle(vectors, learn, _centres(vectors[learn], starts[count]))
        if count not in starts or result[count].max() + 1 < count:
            tree = linkage(vectors[some], "ward") if tree is None else tree
            cut = np.unique(fcluster(tree, count, "maxclust"), return_inverse=True)[1]
            result[count] = _settle(vectors, learn, _centres(vectors[some], cut))
    return result


def _merged(vectors: np.ndarray, aspects: np.ndarray, counts: Sequence[int]) -> dict[int, np.ndarray]:
    """Label sentences by the aspect they score highest on, with the least different aspects merged (Ward's cost)."""
    groups = np.unique(aspects.argmax(axis=1), return_inverse=True)[1]
    sizes = np.bincount(groups).astype(float)
    centres = np.array([vectors[groups == g].mean(axis=0) for g in range(len(sizes))])
    found = {}
    while True:
        if len(sizes) in counts:
            found[len(sizes)] = groups
        if len(sizes) <= min(counts):
            return found
        apart = ((centres[:, None] - centres) ** 2).sum(axis=2) * np.outer(sizes, sizes) / np.add.outer(sizes, sizes)
        one, other = np.unravel_index(np.where(np.tri(len(sizes), dtype=bool), np.inf, apart).argmin(), apart.shape)
        centres[one] = np.average(centres[[one, other]], axis=0, weights=sizes[[one, other]])
        sizes[one] += sizes[other]
        centres, sizes = np.delete(centres, other, axis=0), np.delete(sizes, other)
        groups = np.where(groups == other, one, groups)
        groups = groups - (groups > other)


def _are_few(learnt: np.ndarray) -> bool:
    """Whether there are so few sentences that each is averaged with its neighbours."""
    return len(learnt) <= FEW


def _with_neighbours(vectors: np.ndarray, learnt: np.ndarray) -> np.ndarray:
    """Average each row with its nearest among the learnt rows (itself, when it is one of them), twice."""
    count = min(_NEIGHBOURS, max(1, len(learnt) // _PER_NEIGHBOUR))
    if count == 1:
        return vectors
    return _average(_average(vectors, learnt, count), _average(learnt, learnt, count), count)


def _average(vectors: np.ndarray, learnt: np.ndarray, count: int) -> np.ndarray:
    """Average the learnt rows nearest each row."""
    parts = []
    for start in range(0, len(vectors), FEW):
        alike = vectors[start : start + FEW] @ learnt.T
        nearest = np.argpartition(-alike, count - 1, axis=1)[:, :count]
        parts.append(learnt[np.sort(nearest, axis=1)].mean(axis=1))
    return unit(np.vstack(parts))


def _settle(vectors: np.ndarray, learn: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Move the learnt sentences to the nearest centre a few times, then place all; a centre with none is gone."""
    learnt = vectors[learn]
    for _ in range(_ROUNDS):
        labels = np.unique((learnt @ centres.T).argmax(axis=1), return_inverse=True)[1]
        centres = _centres(learnt, labels)
    return np.unique((vectors @ centres.T).argmax(axis=1), return_inverse=True)[1]


def _centres(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return unit(np.array([vectors[labels == k].sum(axis=0) for k in range(labels.max() + 1)]))


def _choose(
    partitions: dict[int, np.ndarray], draws: list[tuple[np.ndarray, dict[int, np.ndarray]]], likeness: dict[int, float]
) -> int:
    """Return the number of clusters: stable, and as large as it pays."""
    agreement = {
        count: float(np.mean([adjusted_rand_score(labels[drawn], own[count]) for drawn, own in draws]))
        for count, labels in partitions.items()
    }
    stable = [count for count in sorted(agreement) if agreement[count] >= _NEARLY * max(agreement.values())]
    chosen = stable[0]
    for count in stable[1:]:
        if likeness[count] - likeness[chosen] >= _NEARER * (count - chosen):
            chosen = count
    return chosen


def _jaccard(labels: np.ndarray, drawn: np.ndarray, count: int) -> np.ndarray:
    """Return each cluster's largest Jaccard overlap with a cluster of the draw; NaN when none of it is drawn."""
    table = np.zeros((count, drawn.max() + 1))
    np.add.at(table, (labels, drawn), 1)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0) - table
    return np.where(table.any(axis=1), (table / np.maximum(union, 1)).max(axis=1), np.nan)


def _column_means(rows: np.ndarray) -> np.ndarray:
    """Return the mean of each column without its NaN."""
    there = (~np.isnan(rows)).sum(axis=0)
    return np.divide(np.nansum(rows, axis=0), there, out=np.full(rows.shape[1], np.nan), where=there > 0)
