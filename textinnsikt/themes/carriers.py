"""Which sentence of a comment carries each theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np


def find_carriers(
    text: str, sentences: Sequence[str], yes: np.ndarray, scores: Mapping[str, np.ndarray], themes: Sequence[str]
) -> dict[str, str]:
    """Return theme -> the sentence in which the theme's outputs are most probable.

    Parameters
    ----------
    text : str
        The whole comment; carries its themes itself when it is one sentence.
    sentences : sequence of str
    yes : numpy.ndarray
        The comment's decisions, two outputs a theme.
    scores : mapping of str to numpy.ndarray
        Probabilities of each sentence alone.
    themes : sequence of str

    Examples
    --------
    >>> scores = {"Blid.": np.array([0.1, 0.0]), "Hørte etter.": np.array([0.9, 0.0])}
    >>> find_carriers("Blid. Hørte etter.", list(scores), np.array([True, False]), scores, ["lytting"])
    {'lytting': 'Hørte etter.'}
    """
    carriers = {}
    for number, theme in enumerate(themes):
        outputs = [output for output in (2 * number, 2 * number + 1) if yes[output]]
        if outputs and len(sentences) > 1:
            carriers[theme] = max(sentences, key=lambda piece: float(scores[piece][outputs].max()))
        elif outputs:
            carriers[theme] = text
    return carriers
