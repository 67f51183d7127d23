"""What a sentence about customer service tends to be about: a linear map learnt from labelled sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

if TYPE_CHECKING:
    from textinnsikt.clusters.vectors import SentenceEncoder

#: Everyday sentences of many kinds, by which an encoder is known, and how alike (cosine) their mean and the map's must
#: be: 0.99 with the map's own encoder, 0.34 with its last layer but one, 0.01 with the tagger's, tuned from it.
_SAMPLE = (
    "Hun hørte godt etter og lot meg snakke ferdig.",
    "Han spurte hva jeg skulle bruke abonnementet til.",
    "Fikk ikke svar på det jeg lurte på.",
    "Jeg ble tilbudt en større pakke.",
    "Ventet i kø i tjue minutter.",
    "Hyggelig og blid stemme.",
    "Prisen var høyere enn jeg trodde.",
    "Alt i alt en grei opplevelse.",
)
_LIKENESS = 0.95
#: Buckets that groups of letters are counted in.
BUCKETS = 2**14
_COUNTER = HashingVectorizer(
    analyzer="char_wb", ngram_range=(2, 5), n_features=BUCKETS, alternate_sign=False, norm=None, lowercase=True
)


@dataclass(frozen=True)
class AspectMap:
    """Gives sentences one score per aspect and theme value of the labelled example sentences.

    Two sentences that say the same in different words and dialects come nearer one another; what is neither an
    aspect nor a theme gets low scores everywhere, and the vectors from the encoder tell such sentences apart.

    Parameters
    ----------
    names : tuple of str
        The aspects (``ventetid`` ...) and theme values (``lytting:positiv`` ...).
    centre, scale : numpy.ndarray
        Mean of the encoder's vectors (width) and their root mean square length (a single number).
    weights : numpy.ndarray
        Width + 2**14 rows x names.
    intercept, rarity : numpy.ndarray
        One number a name; inverse document frequency of each bucket.

    Examples
    --------
    >>> AspectMap.load().names[:3]
    ('avslutning', 'behovskartlegging:negativ', 'behovskartlegging:positiv')
    """

    names: tuple[str, ...]
    centre: np.ndarray
    scale: float
    weights: np.ndarray
    intercept: np.ndarray
    rarity: np.ndarray

    @classmethod
    @cache
    def load(cls) -> AspectMap:
        """Load the map that the package ships."""
        with (files("textinnsikt.clusters") / "aspects.npz").open("rb") as file, np.load(file) as stored:
            parts = {name: stored[name] for name in stored.files}
        numbers = {name: parts[name].astype(np.float64) for name in ("centre", "weights", "intercept", "rarity")}
        return cls(names=tuple(str(n) for n in parts["names"]), scale=float(parts["scale"]), **numbers)

    @classmethod
    def shipped_for(cls, encoder: SentenceEncoder) -> AspectMap | None:
        """Return the shipped map if the encoder is the one it was learnt with, else None.

        Another encoder can be as wide, and its numbers mean something else. Vectors of one encoder lie close
        together, so the mean of any sentences points the way that the mean of those behind the map does. An encoder
        that remembers or sends on another's vectors is known too.
        """
        shipped = cls.load()
        mean = np.asarray(encoder.encode(list(_SAMPLE)), dtype=float).mean(axis=0)
        if len(mean) != shipped.width:
            return None
        lengths = float(np.linalg.norm(mean) * np.linalg.norm(shipped.centre))
        return shipped if mean @ shipped.centre > _LIKENESS * lengths else None

    def save(self, path: Path) -> None:
        """Write the map; no pickle, half precision."""
        numbers = {n: getattr(self, n).astype(np.float16) for n in ("centre", "weights", "intercept", "rarity")}
        np.savez_compressed(path, names=np.array(self.names), scale=np.float32(self.scale), **numbers)

    @property
    def width(self) -> int:
        """Width of the encoder's vectors that the map was learnt with."""
        return len(self.centre)

    def scores(self, texts: Sequence[str], meaning: np.ndarray) -> np.ndarray:
        """Score sentences.

        Parameters
        ----------
        texts : sequence of str
        meaning : numpy.ndarray
            Their encoder vectors, rows of length one.

        Returns
        -------
        numpy.ndarray
            Sentences x names, higher is likelier; not probabilities.
        """
        both = letter_groups(texts, self.rarity) @ self.weights[self.width :]
        return np.asarray((meaning - self.centre) / self.scale @ self.weights[: self.width] + both + self.intercept)


def letter_groups(texts: Sequence[str], rarity: np.ndarray | None = None) -> sparse.csr_matrix:
    """Count groups of two to five letters in buckets: logarithm of the count, times rarity, rows of length one."""
    counts = _COUNTER.transform(texts).tocsr()
    counts.data = 1 + np.log(counts.data)
    if rarity is not None:
        counts = counts @ sparse.diags(rarity)
    length = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(length, 1e-12)) @ counts
