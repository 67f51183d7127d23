"""Register: which words are names by our lists, which are places or companies, and which are everyday words."""

from __future__ import annotations

import re
from functools import lru_cache

from textinnsikt.language.cues import BRANCHES, NORSE_FIRST, NORSE_LAST, NOUN_ENDS, THING_ENDS
from textinnsikt.language.lexicon import dictionary, is_compound, is_word, word_list
from textinnsikt.language.tokens import Phrases, Token
from textinnsikt.language.words import STOP_WORDS

_DRAWN_OUT = re.compile(r"(\w)\1+")


@lru_cache(maxsize=1)
def entities() -> Phrases:
    """Return the places, companies, institutions and other names that are no persons'.

    What goes by a name and its trade (``Sector Alarm``) goes by the name alone too, where that is no person's.
    """
    lists = ("stedsnavn", "kjopesentre", "merkenavn", "kjeder", "varemerker", "bilmodeller", "titler")
    names = frozenset().union(*(word_list(f"{name}.txt") for name in lists))
    given, family, _ = name_lists()
    pairs = (name.split() for name in word_list("merkenavn.txt") | word_list("kjeder.txt"))
    short = {pair[0] for pair in pairs if len(pair) == 2 and pair[1].lower() in BRANCHES}
    return Phrases(names | {name for name in short if len(name) > 3 and name.lower() not in given | family})


@lru_cache(maxsize=1)
def makes() -> Phrases:
    """Return the makes and models of things (cars, electronics, tools): what is called after them is a model too."""
    return Phrases(word_list("varemerker.txt") | word_list("bilmodeller.txt"))


@lru_cache(maxsize=1)
def name_lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return given names, surnames and those of them that are ordinary words too, in lower case."""
    given, family = (frozenset(name.lower() for name in word_list(f"{kind}.txt")) for kind in ("fornavn", "etternavn"))
    norse = {first + last for first in NORSE_FIRST for last in NORSE_LAST} - family
    stones = {name for name in norse if name.endswith(("stein", "borg", "brand", "bjørn")) and is_compound(name)}
    return given | {name for name in norse - stones if not is_word(name)}, family, word_list("tvetydige.txt")


def is_given(token: Token) -> bool:
    """Say whether a word is a listed given name (the first part of ``Anne-Lise`` counts)."""
    given = name_lists()[0]
    return token.low in given or token.base in given or any(part in given for part in token.low.split("-")[:-1])


def is_listed(token: Token) -> bool:
    """Say whether a word, or a part of it between hyphens, is a listed given name or surname."""
    given, family, _ = name_lists()
    forms = {token.low, token.base, *token.base.split("-")} if "-" in token.text else {token.low, token.base}
    return any(form in given or form in family for form in forms)


def is_doubtful(token: Token) -> bool:
    """Say whether a listed name is an ordinary word too (Per, Vår, Stein, Berg)."""
    given, family, doubtful = name_lists()
    if token.low in given or token.low in family:
        return token.low in doubtful
    return token.base in doubtful or any(dictionary(code).get(token.low) is not None for code in ("nb", "nn"))


@lru_cache(maxsize=100_000)
def is_misspelt(word: str, wide: bool) -> bool:
    """Say whether a word is an everyday one with a letter too many, too few, wrong, swapped or drawn out.

    ``wide`` also tries the dictionaries, for letters too many, swapped or not doubled.

    Examples
    --------
    >>> is_misspelt("hyggeli", wide=False), is_misspelt("laaaangt", wide=False), is_misspelt("lemaitre", wide=True)
    (True, True, False)
    """
    common = word_list("vanlige.txt")
    squeezed = _DRAWN_OUT.sub(r"\1", word)
    if squeezed != word and (squeezed in common or is_word(squeezed)):
        return True
    if len(word) < 5:
        return False
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    near |= {a + b[0] + b for a, b in cuts if b}
    if wide and len(word) > 6 and any(is_word(other) for other in near):
        return True
    near |= {a + c + rest for a, b in cuts for c in "abcdefghijklmnopqrstuvwxyzæøå" for rest in (b, b[1:])}
    return not near.isdisjoint(common)


@lru_cache(maxsize=100_000)
def is_everyday(word: str) -> bool:
    """Say whether a lower-case word is an everyday one, a form of one, or a long Norwegian noun.

    Examples
    --------
    >>> is_everyday("kundebehandleren"), is_everyday("brageprisen"), is_everyday("fosse")
    (True, True, False)
    """
    common = word_list("vanlige.txt")
    if word in STOP_WORDS or word in common or word.removesuffix("s") in common:
        return True
    base = word.removesuffix("s")
    if is_word(word):
        lemmas = {dictionary(code).get(word, "") for code in ("nb", "nn")}
        return bool(lemmas & common) or len(base) > 9 or (len(word) > 6 and base.endswith(NOUN_ENDS))
    if base.endswith(THING_ENDS):
        return True
    return is_compound(word) and word.endswith(("en", "et", "ene", "ing", "te", "ende", "lig", "bra"))
