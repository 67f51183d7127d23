"""Masking: personal data out of comments, a label in its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from textinnsikt.language.addresses import ADDRESS_RULES
from textinnsikt.language.names import find_names
from textinnsikt.language.numbers import NUMBER_RULES
from textinnsikt.language.patterns import find_spans, replace_spans
from textinnsikt.language.tokens import Phrases, tokenize

_RULES = (*ADDRESS_RULES, *NUMBER_RULES)


@lru_cache(maxsize=8)
def _phrases(keep: frozenset[str]) -> Phrases:
    return Phrases(keep)


def _mask_once(text: str, keep: Phrases) -> str:
    tokens = tokenize(text)
    kept = [(i, keep.length_at(tokens, i)) for i in range(len(tokens))]
    protected = [(tokens[i].start, tokens[i + length - 1].end) for i, length in kept if length]
    text = replace_spans(text, find_spans(text, _RULES, protected))
    return replace_spans(text, find_names(text, keep))


def mask(text: str, keep: Collection[str] = ()) -> str:
    return _mask(text, _phrases(frozenset(keep)))


def _mask(text: str, keep: Phrases) -> str:
    """Mask until nothing changes, so that masking a masked text changes nothing."""
    for _ in range(10):
        masked = _mask_once(text, keep)
        if masked == text:
            break
        text = masked
    return text


def mask_all(texts: Sequence[str | None], keep: Collection[str] = ()) -> list[str | None]:
    phrases = _phrases(frozenset(keep))
    done = {text: _mask(text, phrases) for text in dict.fromkeys(texts) if isinstance(text, str)}
    return [done[text] if isinstance(text, str) else None for text in texts]
