"""Lexicon: our own word lists, and what the Norwegian dictionaries know."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the entries of one of the text files beside this module, one a line."""
    text = (files("textinnsikt.language") / name).read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip())


_LOADED: dict[str, Mapping[str, str]] = {}
#: Two threads that ask for the same dictionary at the same time read it once.
_READING = Lock()


def dictionary(code: str) -> Mapping[str, str]:
    """Return simplemma's dictionary of word forms of one language (``nb``, ``nn``, …).

    The two Norwegian ones are held ready in memory (140 MB, for speed), the others compressed.
    """
    found = _LOADED.get(code)
    if found is not None:
        return found
    from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY, LOW_MEMORY_DICTIONARY_FACTORY

    factory = DEFAULT_DICTIONARY_FACTORY if code in ("nb", "nn") else LOW_MEMORY_DICTIONARY_FACTORY
    with _READING:
        if code not in _LOADED:
            _LOADED[code] = factory.get_dictionary(code)
    return _LOADED[code]


def load_dictionaries() -> None:
    """Load the dictionaries that every text needs: half a second that may pass beside something else."""
    for code in ("nb", "nn", "en"):
        dictionary(code)


@lru_cache(maxsize=200_000)
def is_word(word: str) -> bool:
    """Say whether a lower-case word is a Norwegian word form (bokmål or nynorsk), a genitive among them.

    Examples
    --------
    >>> is_word("kunden"), is_word("høstens"), is_word("verhoeven")
    (True, True, False)
    """
    forms = (word, word.rstrip("'’").removesuffix("s")) if word.endswith(("s", "s'", "s’")) else (word,)
    return any(len(form) > 1 and dictionary(code).get(form) is not None for form in forms for code in ("nb", "nn"))


@lru_cache(maxsize=50_000)
def is_verb(word: str) -> bool:
    """Say whether a lower-case word has the form of a finite verb (some nouns have it too).

    Examples
    --------
    >>> is_verb("forlater"), is_verb("svarte"), is_verb("kunden")
    (True, True, False)
    """
    lemmas = {dictionary(code).get(word) or "" for code in ("nb", "nn")}
    stems = {lemma[:-1] for lemma in lemmas if lemma.endswith("e")}
    return any(word == stem + ending for stem in stems for ending in ("er", "te", "et", "de", "ede"))


#: Last parts that make a surname or a place of a compound as often as a common noun.
FARM = tuple(
    "gård gaard stad heim berg vik haug dal nes rud lund bakk vold tveit våg strand sund land mann lie gren quist "
    "holm holt bø rød seth moe tun bakken haugen hagen graven dalen moen viken neset sletten myren løkken".split()
)

#: Last parts of three letters that make a common noun.
_SHORT = frozenset("mat bil tid mål lån råd sak hus bok dag bra fri krav svar".split())


@lru_cache(maxsize=200_000)
def is_compound(word: str) -> bool:
    """Say whether a lower-case word, unknown as a whole, is put together of two known Norwegian words.

    The last part has at least four letters, and six after a first part of three; -s- or -e- may stand
    between them, and the first part may be a compound itself. What ends as a farm name does is none here.

    Examples
    --------
    >>> is_compound("kundeservicemedarbeideren"), is_compound("lemaitre"), is_compound("strøksnes")
    (True, False, False)
    """
    if word.endswith(FARM) or word.removesuffix("s").endswith(FARM):
        return False
    for cut in range(3, len(word) - 3):
        first, last = word[:cut], word[cut:]
        if cut < 4 and len(last) < 6:
            continue
        if is_word(last) and _begins(first):
            return True
    return word[-3:] in _SHORT and len(word) > 6 and _begins(word[:-3])


def _begins(first: str) -> bool:
    """Say whether a string can be the first part of a compound: a word, perhaps with -s- or -e-, or a compound."""
    bare = first[:-1] if first[-1] in "se-" and len(first) > 4 else first
    return is_word(first) or is_word(bare) or (len(first) > 7 and (is_compound(first) or is_compound(bare)))


@lru_cache(maxsize=200_000)
def is_dialect_form(word: str) -> bool:
    """Say whether a lower-case word is a dialect or nynorsk form of a known noun.

    Examples
    --------
    >>> [is_dialect_form(word) for word in ("svaran", "regningå", "teknikaren", "verhoeven")]
    [True, True, True, False]
    """
    forms = {"an": ("ene", "er", "ane"), "å": ("a", "en"), "aren": ("eren",), "ane": ("ene", "a"), "ar": ("er",)}
    forms["ra"] = ("er",)
    return any(
        is_word(stem + other) or is_compound(stem + other)
        for ending, others in forms.items()
        for other in others
        if word.endswith(ending) and len(stem := word.removesuffix(ending)) > 2
    )


@lru_cache(maxsize=200_000)
def resembles_word(word: str) -> bool:
    """Say whether an unknown lower-case word may well be Norwegian: a dialect form, or a looser compound.

    Looser: short first parts (``takboks``), any beginning before a long definite noun (``simkortet``).

    Examples
    --------
    >>> [resembles_word(word) for word in ("svaran", "simkortet", "takboks", "verhoeven", "fredriksen")]
    [True, True, True, False, False]
    """
    if is_dialect_form(word):
        return True
    if word.endswith((*FARM, "sen", "son")) or word.removesuffix("s").endswith(FARM):
        return False
    if word.endswith(("en", "et", "ene", "a")) and any(is_word(word[i:]) for i in range(2, len(word) - 5)):
        return True
    return any(is_word(word[cut:]) and is_word(word[:cut]) for cut in range(2, len(word) - 3))


def ends_in_s_noun(word: str) -> bool:
    """Say whether a lower-case compound ends in a noun whose own last letter is s, which is no genitive.

    Examples
    --------
    >>> ends_in_s_noun("køplass"), ends_in_s_noun("årspris"), ends_in_s_noun("hegghammers")
    (True, True, False)
    """
    cuts = (cut for cut in range(2, len(word) - 3) if _begins(word[:cut]))
    lemmas = (dictionary("nb").get(word[cut:]) or "" for cut in cuts)
    return any(len(lemma) > 3 and lemma.endswith("s") for lemma in lemmas)
