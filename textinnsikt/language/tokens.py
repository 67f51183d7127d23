"""Tokens: the words of a comment as the search for names sees them, each with its place in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_UPPER = "A-ZÆØÅÄÖÜÉÈÁÀÂÇÍÓÔÚÝÞÐŠŽČĆŁŚŻŽŞİÑĐ"
_LETTER = r"[^\W_]"
_TOKEN = re.compile(
    rf"""
      \[[a-zæøå-]+\]                                                        # a label put there before
    | (?:[{_UPPER}]\.[ ]?-?)+(?=[{_UPPER}])                                 # J.K., H. C.
    | {_LETTER}+(?:['’`´]{_LETTER}+)*(?:-(?=[{_UPPER}]){_LETTER}+(?:['’]{_LETTER}+)*)*(?:(?<=[sxzSXZ])['’](?!\w))?
    | [^\w\s]|_
    """,
    re.VERBOSE,
)
_ENDS = frozenset(".!?…:•*|")
_TITLES = frozenset("dr hr fr frk fru prof mr mrs ms st jr sr fv".split())
_OPENS = frozenset("«“”\"„'‘’([–—-/")
_GENITIVE = re.compile(r"(?:['’´`]s|['’]|s)$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, initials, a label or a mark: its text, its place, and whether a sentence may begin with it.

    ``base`` is the lower-case form without a genitive ending; ``near`` says that only spaces stand between
    it and the token before.
    """

    text: str
    start: int
    end: int
    opens: bool
    near: bool

    @property
    def low(self) -> str:
        """The lower-case form, without an apostrophe at the end."""
        return self.text.lower().rstrip("'’")

    @property
    def base(self) -> str:
        """The lower-case form without a genitive ending."""
        return _GENITIVE.sub("", self.text.lower())

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital."""
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        """Whether it is all capitals (a lower-case genitive s apart): an acronym, or shouting."""
        stem = self.text[:-1] if self.text[-1] == "s" else self.text
        return len(stem) > 1 and stem.isupper()

    @property
    def initials(self) -> bool:
        """Whether it is ``J.K.`` or a single capital letter."""
        return self.capital and (self.text.rstrip(" -").endswith(".") or len(self.text) == 1)


def tokenize(text: str) -> list[Token]:
    """Cut a comment into tokens.

    Examples
    --------
    >>> [(token.text, token.opens) for token in tokenize("Takk. Hilsen J.K. Berg-Hansen")]
    [('Takk', True), ('.', False), ('Hilsen', True), ('J.K. ', False), ('Berg-Hansen', False)]
    """
    tokens: list[Token] = []
    fresh, end = True, 0
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()]
        if "\n" in gap or "\r" in gap:
            fresh = True
        word = match[0]
        tokens.append(Token(word, match.start(), match.end(), fresh, bool(tokens) and not gap.strip(" \u00a0")))
        end = match.end()
        if word in _ENDS:
            before = tokens[-2].low if len(tokens) > 1 else ""
            fresh = not (word == "." and before in _TITLES)
        elif word in _OPENS:
            fresh = fresh or word in '«“"„(['
        elif word not in ")]»":
            fresh = False
    return tokens


class Phrases:
    """A set of phrases (place names, companies, titles …), looked up token by token.

    Parameters
    ----------
    phrases : iterable of str
        The phrases; case does not matter.

    Examples
    --------
    >>> words = tokenize("Jeg bor i New York")
    >>> Phrases(["New York", "Newport"]).length_at(words, 3)
    2
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(token.text.strip().lower() for token in tokenize(phrase))
            if words:
                self._by_first.setdefault(words[0], []).append(words)

    def has(self, word: str) -> bool:
        """Say whether a lower-case word is a phrase by itself."""
        return (word,) in self._by_first.get(word, ())

    def length_at(self, tokens: list[Token], place: int) -> int:
        """Return how many tokens the longest phrase that begins here takes, 0 for none (genitive allowed)."""
        first = tokens[place]
        longest = 0
        for words in (*self._by_first.get(first.text.strip().lower(), ()), *self._by_first.get(first.base, ())):
            here = tokens[place : place + len(words)]
            if len(here) < len(words) or len(words) <= longest:
                continue
            last = here[-1]
            if words[-1] in (last.text.strip().lower(), last.low, last.base) and all(
                token.text.strip().lower() == word for token, word in zip(here[:-1], words[:-1], strict=True)
            ):
                longest = len(words)
        return longest
