"""Windows of whole sentences for texts that are longer than the model reads at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from textinnsikt.language import split_sentences

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

    from textinnsikt.themes.light import Pieces

    Tokenizer = PreTrainedTokenizerFast | Pieces

#: Tokens in one window of a text that does not fit as a whole. Among much else, a single sentence with a theme is
#: found up to about this length, and lost in twice as much.
WINDOW = 96


def split_windows(text: str, tokenizer: Tokenizer, max_tokens: int, window: int = WINDOW) -> list[str]:
    """Cut a text of more than ``max_tokens`` tokens into windows, at sentence ends where there are any.

    Parameters
    ----------
    text : str
    tokenizer : transformers.PreTrainedTokenizerFast or Pieces
    max_tokens : int
        Special tokens and prefix included.
    window : int
        Most tokens in a window.

    Returns
    -------
    list of str
        The text itself when it fits; never empty.
    """
    # A token is at least one character: most texts need not be counted.
    if len(text) <= max_tokens - 8 or _count(text, tokenizer) <= max_tokens:
        return [text]
    window = min(window, max_tokens)
    windows: list[str] = []
    current = ""
    for sentence in split_sentences(text):
        for piece in _cut_words(sentence, tokenizer, window):
            joined = f"{current} {piece}" if current else piece
            if current and _count(joined, tokenizer) > window:
                windows.append(current)
                current = piece
            else:
                current = joined
    return [*windows, current] if current else windows or [text]


def highest(split: Sequence[Sequence[str]], compute: Callable[[list[str]], np.ndarray]) -> np.ndarray:
    """Compute on the windows of every text; return the highest of each text's own, texts x outputs.

    Examples
    --------
    >>> highest([["a"], ["bb", "c"]], lambda windows: np.array([[float(len(w))] for w in windows])).tolist()
    [[1.0], [2.0]]
    """
    values = compute([window for parts in split for window in parts])
    starts = np.cumsum([0, *[len(parts) for parts in split[:-1]]])
    return np.maximum.reduceat(values, starts, axis=0) if len(values) > len(split) else values


def _count(text: str, tokenizer: Tokenizer) -> int:
    return len(tokenizer(text, verbose=False)["input_ids"])


def _cut_words(sentence: str, tokenizer: Tokenizer, max_tokens: int) -> list[str]:
    """Cut a sentence that is longer than a window at word ends."""
    if _count(sentence, tokenizer) <= max_tokens:
        return [sentence]
    words = sentence.split()
    if len(words) == 1:
        half = max(1, len(sentence) // 2)
        parts = [sentence[:half], sentence[half:]]
    else:
        parts = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
    return [piece for part in parts for piece in _cut_words(part, tokenizer, max_tokens)]
