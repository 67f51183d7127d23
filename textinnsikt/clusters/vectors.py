"""Vectors that sentences are grouped by: their meaning, their own words and their aspects side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from threadpoolctl import threadpool_limits

from textinnsikt.clusters.aspects import AspectMap
from textinnsikt.clusters.topicless import names_contact
from textinnsikt.errors import InputError
from textinnsikt.language import STOP_WORDS, tokenize_words

#: Words of content that are no topic when they stand alone.
_ANSWERS = frozenset("ja jo nei".split())
#: Dimensions of the words' part, and of the vectors that are grouped.
_WORD_WIDTH, _WIDTH = 150, 100
#: Distinct sentences before their strongest common direction is taken out of the meaning.
_FEWEST = 250
#: Sentences that directions and centres are learnt from. With 2,000 of 10,000, two halves of the book reviews agree
#: on 0.43 of their clusters (adjusted Rand), with all of them 0.62.
LEARN = 10_000


class SentenceEncoder(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one float32 row of length one per text."""
        ...


def content_words(text: str) -> list[str]:
    """Return the words of a sentence that are neither stop words nor names of the channel.

    Examples
    --------
    >>> content_words("Det var ikke lang ventetid på telefonen.")
    ['ikke', 'lang', 'ventetid']
    """
    return [word for word in tokenize_words(text) if word not in STOP_WORDS and not names_contact(word)]


def says_something(text: str) -> bool:
    """Whether a sentence has a word of content besides yes and no.

    Examples
    --------
    >>> [text for text in ("Ja.", "Nei, det var det.", "Ja, lang kø.") if says_something(text)]
    ['Ja, lang kø.']
    """
    return not _ANSWERS.issuperset(content_words(text))


def places(texts: Sequence[str], wanted: Iterable[str]) -> list[int]:
    """Return where in `texts` each wanted text is.

    Not by `numpy.searchsorted`: its array has room for the longest text in every row.

    Examples
    --------
    >>> places(["dyrt", "kø"], ["kø", "dyrt", "kø"])
    [1, 0, 1]
    """
    place = {text: row for row, text in enumerate(texts)}
    return [place[text] for text in wanted]


@dataclass(frozen=True)
class Sentences:
    """Distinct sentences described three ways, one row each."""

    meaning: np.ndarray
    words: np.ndarray
    aspects: np.ndarray

    def take(self, rows: Sequence[int] | np.ndarray) -> Sentences:
        """Return some of the rows."""
        return Sentences(self.meaning[rows], self.words[rows], self.aspects[rows])


class Descriptions:
    """Describes sentences, in terms learnt from a study's own.

    The meaning is the encoder's vector, centred and without its strongest direction (Mu and Viswanath 2018), which
    is wording and length more than topic; with fewer than 250 sentences to learn from it may be a topic, and
    stays. The words are the letter groups of the words of content, in at most 150 directions (latent semantic
    analysis). The aspects are the scores of the shipped `AspectMap` where the encoder is the one it was learnt with,
    or of the map given.

    Parameters
    ----------
    texts : sequence of str
        The study's distinct sentences, sorted.
    encoder : SentenceEncoder
    learn : numpy.ndarray
        Places of the sentences that the terms are learnt from.
    seed : int
    aspect_map : AspectMap, optional
        In place of the shipped one; learnt with this encoder.

    Raises
    ------
    InputError
        When the map given was learnt from vectors of another width.
    """

    def __init__(
        self,
        texts: Sequence[str],
        encoder: SentenceEncoder,
        learn: np.ndarray,
        seed: int,
        aspect_map: AspectMap | None = None,
    ):
        self._encoder = encoder
        self._map = aspect_map or AspectMap.shipped_for(encoder)
        vectors = np.asarray(encoder.encode(list(texts)), dtype=float)
        if self._map is not None and self._map.width != vectors.shape[1]:
            raise InputError(
                f"Aspektkartet er lært av vektorer med {self._map.width} tall, men koderen gir {vectors.shape[1]}; "
                "bruk den koderen kartet er lært med."
            )
        with threadpool_limits(1):
            self._mean = vectors[learn].mean(axis=0)
            self._strongest = np.zeros((1, vectors.shape[1]))
            if len(learn) >= _FEWEST:
                centred = vectors[learn] - self._mean
                self._strongest = PCA(1, svd_solver="full").fit(centred).components_
            self._counter, self._directions = _word_directions([_content(texts[i]) for i in learn], seed)
            self.sentences = self._describe(texts, vectors)

    def describe(self, texts: Sequence[str]) -> Sentences:
        """Describe other sentences in the same terms."""
        vectors = np.asarray(self._encoder.encode(list(texts)), dtype=float)
        with threadpool_limits(1):
            return self._describe(texts, vectors)

    def leaning(self, sentences: Sentences) -> np.ndarray:
        """Return how much higher the best aspect outside the themes scores than the best theme; 0 without a map."""
        if self._map is None:
            return np.zeros(len(sentences.aspects))
        theme = np.array([":" in name for name in self._map.names])
        return np.asarray(sentences.aspects[:, ~theme].max(axis=1) - sentences.aspects[:, theme].max(axis=1))

    def top_aspects(self, sentences: Sentences) -> list[str]:
        """Return the highest scoring aspect of each sentence, empty without a map."""
        if self._map is None:
            return [""] * len(sentences.aspects)
        return [self._map.names[place] for place in sentences.aspects.argmax(axis=1)]

    def _describe(self, texts: Sequence[str], vectors: np.ndarray) -> Sentences:
        centred = vectors - self._mean
        meaning = centred - centred @ self._strongest.T @ self._strongest
        words = np.zeros((len(texts), 1))
        if self._directions is not None:
            words = unit(self._directions.transform(self._counter.transform([_content(text) for text in texts])))
        aspects = np.zeros((len(texts), 0)) if self._map is None else self._map.scores(texts, vectors)
        return Sentences(meaning, words, aspects)


def _content(text: str) -> str:
    return " ".join(content_words(text))


def _word_directions(texts: Sequence[str], seed: int) -> tuple[TfidfVectorizer, TruncatedSVD | None]:
    """Learn the directions of words; none when no group of letters occurs in two sentences."""
    counter = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    try:
        seen = counter.fit_transform(texts)
    except ValueError:
        return counter, None
    width = min(_WORD_WIDTH, seen.shape[0], seen.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):  # the share of a variance that is 0 is not used
        return counter, TruncatedSVD(width, random_state=seed).fit(seen)


class Space:
    """The vectors of one group of sentences: meaning and words in few dimensions, beside their aspects.

    Both parts weigh the same, and rows have length one; zero inner product means as alike as any two.

    Parameters
    ----------
    learnt : Sentences
        Those that centre and directions are learnt from.

    Notes
    -----
    Measured on 885 hand-labelled sentences of 48 voices that the aspect map has not seen, and, with each aspect in
    turn left out of what the map is learnt from, on how well that aspect is found all the same
    (``experiments/klynger``).
    """

    def __init__(self, learnt: Sentences):
        self._alone = len(learnt.meaning) == 1
        self._mean = learnt.meaning.mean(axis=0)
        both = self._side_by_side(learnt)
        width = min(_WIDTH, *both.shape)
        self._directions = PCA(width, svd_solver="full").fit(both) if not self._alone else None

    def _side_by_side(self, sentences: Sentences) -> np.ndarray:
        return np.hstack([unit(sentences.meaning - self._mean), sentences.words])

    def vectors(self, sentences: Sentences) -> np.ndarray:
        """Return sentences x width."""
        if self._directions is None:
            return unit(sentences.meaning)
        own = unit(self._directions.transform(self._side_by_side(sentences)))
        return unit(np.hstack([unit(sentences.aspects), own]))


def unit(rows: np.ndarray) -> np.ndarray:
    """Scale rows to length one; rows of zeros stay."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, length, out=np.zeros(rows.shape), where=length > 1e-12)
