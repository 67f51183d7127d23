"""The other ways of grouping: scikit-learn's, graph communities, BERTopic and Turftopic, on given vectors."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from sklearn.cluster import HDBSCAN as Density
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.neighbors import kneighbors_graph

#: Runs with different random numbers; figures are their means.
RUNS = 3
Fit = Callable[[list[str], np.ndarray, int, int], np.ndarray]


def k_means(texts: list[str], vectors: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return plain k-means' labels."""
    return KMeans(count, n_init=1, random_state=seed).fit_predict(vectors)


def ward(texts: list[str], vectors: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return the labels of agglomerative clustering by Ward's method."""
    return AgglomerativeClustering(count).fit_predict(vectors)


def density(texts: list[str], vectors: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return HDBSCAN's labels; -1 is noise."""
    return Density(min_cluster_size=12, min_samples=3, copy=True).fit_predict(vectors)


def graph_communities(texts: list[str], vectors: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return Louvain's communities in the graph of the fifteen nearest neighbours; it chooses their number."""
    import networkx

    graph = networkx.from_scipy_sparse_array(kneighbors_graph(vectors, 15, metric="cosine"))
    labels = np.zeros(len(vectors), dtype=int)
    for number, members in enumerate(networkx.community.louvain_communities(graph, seed=seed)):
        labels[list(members)] = number
    return labels


def bertopic_default(texts: list[str], vectors: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return the labels of BERTopic as it comes; -1 is its noise topic."""
    from bertopic import BERTopic
    from umap import UMAP

    reduction = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    topics, _ = BERTopic(embedding_model=None, umap_model=reduction).fit_transform(texts, vectors)
    return np.array(topics)


def bertopic_tuned(texts: list[str], vectors: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return the labels of BERTopic with the number of topics given and the noise placed in the nearest topic."""
    from bertopic import BERTopic
    from hdbscan import HDBSCAN
    from umap import UMAP

    reduction = UMAP(n_neighbors=15, n_components=10, min_dist=0.0, metric="cosine", random_state=seed)
    density = HDBSCAN(min_cluster_size=12, min_samples=3, metric="euclidean", prediction_data=True)
    model = BERTopic(embedding_model=None, umap_model=reduction, hdbscan_model=density, nr_topics=count + 1)
    topics, _ = model.fit_transform(texts, vectors)
    if len(set(topics)) < 3 or -1 not in topics:
        return np.array(topics)
    return np.array(model.reduce_outliers(texts, topics, strategy="embeddings", embeddings=vectors))


def bertopic_k_means(texts: list[str], vectors: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return the labels of BERTopic with k-means in place of HDBSCAN."""
    from bertopic import BERTopic
    from umap import UMAP

    reduction = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    groups = KMeans(count, n_init=10, random_state=seed)
    model = BERTopic(embedding_model=None, umap_model=reduction, hdbscan_model=groups)
    return np.array(model.fit_transform(texts, vectors)[0])


class _Given:
    """Stands where Turftopic wants an encoder: the sentences' vectors are given, and topics need no words here."""

    def __init__(self, width: int):
        self._width = width

    def encode(self, texts: list[str], **_: object) -> np.ndarray:
        return np.ones((len(texts), self._width))


def _turftopic(name: str, vectors: np.ndarray, texts: list[str], count: int, seed: int) -> np.ndarray:
    import turftopic

    model = getattr(turftopic, name)(count, encoder=_Given(vectors.shape[1]), random_state=seed)
    return np.asarray(model.fit_transform(texts, embeddings=vectors)).argmax(axis=1)


def turftopic_gmm(texts: list[str], vectors: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return the likeliest topic by Turftopic's Gaussian mixture."""
    return _turftopic("GMM", vectors, texts, count, seed)


def turftopic_s3(texts: list[str], vectors: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return the strongest topic by Turftopic's semantic signal separation."""
    return _turftopic("SemanticSignalSeparation", vectors, texts, count, seed)


PEERS: dict[str, Fit] = {
    "k-means": k_means,
    "Ward": ward,
    "HDBSCAN": density,
    "grafsamfunn (Louvain)": graph_communities,
    "BERTopic": bertopic_default,
    "BERTopic, innstilt": bertopic_tuned,
    "BERTopic med k-means": bertopic_k_means,
    "Turftopic GMM": turftopic_gmm,
    "Turftopic S3": turftopic_s3,
}


def run(fit: Fit, texts: list[str], vectors: np.ndarray, count: int) -> tuple[list[np.ndarray], float]:
    """Return the labels of some runs, and the seconds of one (the first, which loads code, not counted)."""
    labels, seconds = [], []
    for seed in range(RUNS):
        start = time.perf_counter()
        labels.append(fit(texts, vectors, count, seed))
        seconds.append(time.perf_counter() - start)
    return labels, float(np.mean(seconds[1:]))
