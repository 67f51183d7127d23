"""Quotes: sentences that show what a cluster is about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

#: Characters of a quote: shorter says too little, longer is not read.
_SHORT, _LONG = 15, 220


def typical(texts: Sequence[str], vectors: np.ndarray, count: int = 3) -> list[str]:
    """Choose sentences near the centre that do not repeat one another.

    Maximal marginal relevance (Carbonell and Goldstein 1998): likeness to the centre minus half the likeness to
    the quotes already chosen.

    Parameters
    ----------
    texts : sequence of str
        The distinct sentences of one cluster, sorted.
    vectors : numpy.ndarray
        Their vectors, rows of length one.
    count : int
        Quotes at most.

    Returns
    -------
    list of str
        The most typical first.

    Examples
    --------
    >>> vectors = np.array([[1, 0], [1, 0.01], [0.8, 0.6]])
    >>> typical(["Lang ventetid.", "Så lang ventetid.", "Sto lenge i kø der."], vectors, count=2)
    ['Så lang ventetid.', 'Sto lenge i kø der.']
    """
    fitting = [i for i, text in enumerate(texts) if _SHORT <= len(text) <= _LONG]
    open_places = fitting if len(fitting) >= count else list(range(len(texts)))
    centre = vectors.mean(axis=0)
    likeness = vectors @ (centre / max(float(np.linalg.norm(centre)), 1e-12))
    chosen: list[int] = []
    while open_places and len(chosen) < count:
        repeated = (vectors[open_places] @ vectors[chosen].T).max(axis=1) if chosen else 0.0
        value = np.round(likeness[open_places] - 0.5 * repeated, 9)
        chosen.append(open_places.pop(int(np.argmax(value))))
    return [texts[i] for i in chosen]
