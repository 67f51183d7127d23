"""Drift: whether comments have become such that the tagger should be looked at again."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd

from textinnsikt.study import MENTIONS, TaggedStudy

#: An output is uncertain when its probability is this near to one half.
NEAR = 0.2
#: Contacts per wave that vectors are computed for, and permutations of which wave they are from.
_CONTACTS, _PERMUTATIONS = 300, 999


class TextEncoder(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one float32 row of length one per text."""
        ...


def uncertain_comments(tagged: TaggedStudy) -> pd.Series:
    """Return, per comment with text, whether the tagger is unsure of any output: a probability from 0.3 to 0.7.

    Examples
    --------
    >>> comments = pd.DataFrame({"henvendelse": ["a", "b"], "tekst": ["Ja.", "Nei."], "lytting": "ingen",
    ...     "lytting_p_positiv": [0.4, 0.1], "lytting_p_negativ": [0.0, 0.1]})
    >>> uncertain_comments(TaggedStudy(comments, ("lytting",))).tolist()
    [True, False]
    """
    columns = [f"{theme}_p_{mention}" for theme in tagged.themes for mention in MENTIONS]
    stated = tagged.comments.loc[tagged.comments["tekst"].notna(), columns].astype(float)
    return (stated.sub(0.5).abs() <= NEAR).any(axis=1)


def vector_distance(
    first: TaggedStudy, second: TaggedStudy, encoder: TextEncoder | None = None, seed: int = 0
) -> tuple[float, float]:
    """Return how far apart two waves' comments are, and how often chance alone would give as much.

    Parameters
    ----------
    first, second : TaggedStudy
    encoder : object, optional
        Has ``encode(list of str)``; default is `textinnsikt.themes.encoder.Encoder`.
    seed : int
        Of the contacts drawn (at most 300 a wave) and the permutations.

    Returns
    -------
    distance : float
        Squared distance between the waves' mean vectors, the part due to chance taken out, over the variance inside
        the waves: 0 when they are alike.
    p : float
        From permuting which wave the contacts are from.

    Notes
    -----
    The maximum mean discrepancy with a linear kernel, its unbiased form (Gretton et al. 2012, "A kernel two-sample
    test", Journal of Machine Learning Research 13, 723-773).

    Examples
    --------
    >>> class Length:
    ...     def encode(self, texts):
    ...         return np.array([[len(text), 1.0] for text in texts])
    >>> def wave(texts):
    ...     return TaggedStudy(pd.DataFrame({"henvendelse": [str(i) for i in range(len(texts))], "tekst": texts}), ())
    >>> short, long = wave(["ja", "nei"] * 10), wave(["ja takk", "nei takk"] * 10)
    >>> vector_distance(short, long, Length())[1] < 0.01 < 0.05 < vector_distance(short, short, Length())[1]
    True
    """
    if encoder is None:
        from textinnsikt.themes.encoder import Encoder

        encoder = Encoder.load()
    random = np.random.default_rng(seed)
    groups = [_texts(tagged, random) for tagged in (first, second)]
    vectors = np.asarray(encoder.encode([*groups[0], *groups[1]]), dtype=float)
    later = np.arange(len(vectors)) >= len(groups[0])
    observed = _discrepancy(vectors, later)
    chance = [_discrepancy(vectors, random.permutation(later)) for _ in range(_PERMUTATIONS)]
    p = (1 + sum(value >= observed - 1e-12 for value in chance)) / (1 + _PERMUTATIONS)
    return observed, float(p)


def _texts(tagged: TaggedStudy, random: np.random.Generator) -> list[str]:
    """Return the whole text of some contacts, drawn in a way that does not depend on the row order."""
    comments = tagged.comments[tagged.comments["tekst"].notna()]
    order = [name for name in ("henvendelse", "kommentar_nr") if name in comments]
    texts = comments.sort_values(order).groupby("henvendelse")["tekst"].agg("\n".join)
    chosen = random.permutation(len(texts))[:_CONTACTS]
    return [str(text) for text in texts.iloc[np.sort(chosen)]]


def _discrepancy(vectors: np.ndarray, later: np.ndarray) -> float:
    """Return the unbiased squared distance between two groups' means over the variance inside them."""
    groups = [vectors[~later], vectors[later]]
    spread = [group.var(axis=0, ddof=1).sum() for group in groups]
    apart = ((groups[0].mean(axis=0) - groups[1].mean(axis=0)) ** 2).sum()
    inside = (spread[0] + spread[1]) / 2
    chance = spread[0] / len(groups[0]) + spread[1] / len(groups[1])
    return float((apart - chance) / inside) if inside > 0 else float(apart > 0)
