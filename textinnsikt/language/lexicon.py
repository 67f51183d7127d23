"""Lexicon: our own word lists, and what the Norwegian dictionaries know."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=None)
def word_list(name: str) -> frozenset[str]:
    """Return the entries of one of the text files beside this module, one a line."""
    text = (files("textinnsikt.language") / name).read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip())


@lru_cache(maxsize=None)
def dictionary(code: str) -> Mapping[str, str]:
    """Return simplemma's dictionary of word forms of one language (``nb``, ``nn``, …)."""
    from simplemma.strategies import LOW_MEMORY_DICTIONARY_FACTORY

    return LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(code)


@lru_cache(maxsize=200_000)
def is_word(word: str) -> bool:
    """Say whether a lower-case word is a Norwegian word form (bokmål or nynorsk), a genitive among them.

    Examples
    --------
    >>> is_word("kundebehandleren"), is_word("høstens"), is_word("verhoeven")
    (True, True, False)
    """
    forms = (word, word.rstrip("'’").removesuffix("s")) if word.endswith(("s", "s'", "s’")) else (word,)
    return any(len(form) > 1 and form in dictionary(code) for form in forms for code in ("nb", "nn"))


#: Last parts that make a surname or a place of a compound as often as a common noun.
_FARM = "gård gaard stad heim berg vik haug dal nes rud lund bakk vold tveit våg strand sund land mann lie".split()


@lru_cache(maxsize=200_000)
def is_compound(word: str) -> bool:
    """Say whether a lower-case word, unknown as a whole, is put together of two known Norwegian words.

    Both parts have at least four letters; -s- or -e- may stand between them. What ends as a farm name
    does is no compound here.

    Examples
    --------
    >>> is_compound("kundeservicemedarbeideren"), is_compound("lemaitre"), is_compound("strøksnes")
    (True, False, False)
    """
    if word.endswith(tuple(_FARM)):
        return False
    for cut in range(4, len(word) - 3):
        first, last = word[:cut], word[cut:]
        if is_word(last) and (is_word(first) or (first[-1] in "se-" and cut > 4 and is_word(first[:-1]))):
            return True
    return False
