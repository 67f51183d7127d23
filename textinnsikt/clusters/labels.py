"""Names that clusters about customer service can have, and how well they fit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from scipy.optimize import linear_sum_assignment

from textinnsikt.clusters.sentences import OUTSIDE

#: A name is used when its cues are in this share of the cluster's sentences and its F1 is as high; less is asked of a
#: theme's own names inside it. What a fit counts in another theme than the name's own.
_LEAST, _LEAST_INSIDE, _FOREIGN = 0.25, 0.15, 0.7


@dataclass(frozen=True)
class Label:
    """A name, the theme it belongs to, the pattern that its sentences match, and its aspect in the `AspectMap`."""

    name: str
    theme: str
    pattern: re.Pattern[str]
    aspect: str | None


@cache
def load_labels() -> tuple[Label, ...]:
    """Read the shipped names.

    Examples
    --------
    >>> [label.name for label in load_labels() if label.pattern.search("åtte minutter med panfløyte")]
    ['ventetid', 'ventemusikk']
    """
    rows = tomllib.loads((files("textinnsikt.clusters") / "labels.toml").read_text(encoding="utf-8"))["navn"]
    return tuple(Label(row["navn"], row.get("tema", OUTSIDE), _pattern(row["ord"]), row.get("aspekt")) for row in rows)


def _pattern(cues: Sequence[str]) -> re.Pattern[str]:
    """Match the beginning of a word; a cue of three letters or fewer is the whole word."""
    parts = [re.escape(cue) + (r"\b" if len(cue) <= 3 else "") for cue in cues]
    return re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE)


def fitting_labels(
    texts: Sequence[str],
    labels: np.ndarray,
    against: Sequence[np.ndarray],
    themes: Sequence[str],
    aspects: Sequence[str] | None = None,
) -> list[str | None]:
    """Give each cluster the shipped name that fits it best, each name once.

    A name fits by F1: how many of the cluster's sentences have its cues, and how many of the sentences with its
    cues are in the cluster; or the same with its aspect, where that fits better. Names are given out so that the
    sum of squares over the clusters is largest.

    Parameters
    ----------
    texts : sequence of str
        Distinct sentences.
    labels : numpy.ndarray
        Cluster of each sentence, ``0 .. k-1``; ``-1`` is in none.
    against : sequence of numpy.ndarray
        For each cluster, a mask of the sentences it is compared with.
    themes : sequence of str
        Theme of each cluster.
    aspects : sequence of str, optional
        Highest scoring aspect of each sentence.

    Returns
    -------
    list of str or None
        ``None`` where no name fits.

    Examples
    --------
    >>> texts = ["Lang kø.", "Tjue minutter i kø.", "Dyr faktura.", "Prisen er dyr.", "Rart.", "Rart nok."]
    >>> clusters = np.array([0, 0, 1, 1, 2, 2])
    >>> fitting_labels(texts, clusters, [np.ones(6, bool)] * 3, ["ingen"] * 3)
    ['ventetid', 'pris', None]
    """
    known = load_labels()
    cued = np.array([[label.pattern.search(text) is not None for text in texts] for label in known])
    own = np.array(aspects if aspects is not None else [""] * len(texts))
    value = np.zeros((len(themes), len(known)))
    for cluster, (mask, theme) in enumerate(zip(against, themes, strict=True)):
        mine = labels == cluster
        for place, label in enumerate(known):
            least = _LEAST_INSIDE if label.theme == theme != OUTSIDE else _LEAST
            fit = max(_fit(cued[place], mine, mask, least), _fit(own == label.aspect, mine, mask, least))
            value[cluster, place] = fit if label.theme == theme else _FOREIGN * fit
    rows, columns = linear_sum_assignment(-(value**2))
    given = {int(row): known[column].name for row, column in zip(rows, columns, strict=True) if value[row, column] > 0}
    return [given.get(cluster) for cluster in range(len(themes))]


def _fit(hits: np.ndarray, mine: np.ndarray, mask: np.ndarray, least: float) -> float:
    """Return the F1 of what is hit against the cluster, 0 where it covers too little or fits badly."""
    both = float((hits & mine).sum())
    f1 = 2 * both / max(float((hits & mask).sum() + mine.sum()), 1.0)
    return f1 if both >= least * mine.sum() and f1 >= least else 0.0
