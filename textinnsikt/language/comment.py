"""A comment as names are looked for in it: its words, and which of them are titles, places and companies."""

from __future__ import annotations

import re
from functools import lru_cache

from textinnsikt.language import cues
from textinnsikt.language.languages import neighbour_language
from textinnsikt.language.lexicon import dictionary, is_compound, is_dialect_form, is_word, word_list
from textinnsikt.language.register import entities, is_everyday, is_given, is_listed, makes, name_lists
from textinnsikt.language.tokens import Phrases, Token, tokenize
from textinnsikt.language.words import STOP_WORDS

LABEL = "[navn]"
#: Endings of definite forms.
DEFINITE = ("en", "et", "ne", "a")


@lru_cache(maxsize=8)
def _made(name: str) -> frozenset[str]:
    """Return the entries of a list of companies or makes in lower case."""
    return frozenset(entry.lower() for entry in word_list(f"{name}.txt"))


class Comment:
    """The tokens of one comment, and which of them are (parts of) names.

    ``names``, ``titles`` (inside quotes), ``kept`` (places, companies, what the caller keeps) and ``single``
    (those of the lists that are one word, and so may be a surname) hold places in ``tokens``.
    """

    def __init__(self, text: str, keep: Phrases) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.names = {i for i, token in enumerate(self.tokens) if token.text == LABEL}
        self.titles = self._titles()
        # Where somebody tells what he or she met with, an odd word at a sentence's start is seldom a name.
        self.told = any(token.low in cues.ME for token in self.tokens)
        self.kept: set[int] = set()
        self.single: set[int] = set()
        self._protect(keep)
        # Where most everyday words have capitals, a capital says nothing.
        everyday = [t for t in self.tokens if t.text[0].isalpha() and not t.opens and is_everyday(t.low)]
        capitals = sum(token.capital and not is_listed(token) for token in everyday)
        self.sloppy = capitals > 2 and capitals > 0.5 * len(everyday)
        self._foreign: str | None = None

    @property
    def foreign(self) -> str:
        """The other language the comment is written in, ``""`` for Norwegian or unsure."""
        if self._foreign is None:
            self._foreign = neighbour_language(self.text) or ""
        return self._foreign

    def _before(self, place: int) -> str:
        """Return the word before, in lower case, when only a space stands between."""
        if not place or not self.tokens[place].near:
            return ""
        before = self.tokens[place - 1].low
        if before == "." and place > 1 and self.tokens[place - 2].low in ("hr", "fr", "frk", "dr", "prof"):
            return self.tokens[place - 2].low
        return before

    def _after(self, place: int) -> Token | None:
        """Return the next token when only a space stands between."""
        following = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        return following if following is not None and following.near else None

    def _titles(self) -> set[int]:
        """Return the tokens of titles: inside quotes (short, no sentence of its own), and after ``filmen`` and such."""
        inside: set[int] = set()
        opened = -1
        for i, token in enumerate(self.tokens):
            if opened < 0 and token.text in '«“”"„':
                opened = i
            elif opened >= 0 and token.text in '»”“"':
                words = self.tokens[opened + 1 : i]
                letters = [word for word in words if word.text[0].isalpha()]
                sentence = any(word.text in ".!?" for word in words[:-1])
                if 0 < len(letters) <= 9 and letters[0].capital and not sentence:
                    inside.update(range(opened + 1, i))
                opened = -1
            elif token.low in cues.WORKS:
                while i + 1 < len(self.tokens) and self.tokens[i + 1].near and self.tokens[i + 1].capital:
                    i += 1
                    inside.add(i)
        return inside

    def _protect(self, keep: Phrases) -> None:
        """Mark places, companies and what the caller keeps."""
        place = 0
        while place < len(self.tokens):
            token = self.tokens[place]
            length = keep.length_at(self.tokens, place)
            if length:
                self.kept.update(range(place, place + length))
            elif token.capital:
                length = entities().length_at(self.tokens, place)
                length = length or int("-" in token.text and entities().has(token.base.split("-")[-1]))
                length = self._with_model(place, length)
                if length > 1 or (length and not self._is_person_here(place)):
                    self.kept.update(range(place, place + length))
                    self.single.update({place} if length == 1 else ())
            place += max(1, length)

    def _with_model(self, place: int, length: int) -> int:
        """Return the length of an entity with the capitalised words that belong to it: after a make, after ``The``."""
        end = place + length
        if self.tokens[place].text == "The":
            end = max(end, place + 1)
        elif not length or self._before(place) in cues.BRINGS or not makes().length_at(self.tokens, place):
            return length
        while end < len(self.tokens) and self.tokens[end].near and self.tokens[end].capital:
            owned = self._before(place) in cues.NOUN_BEFORE | {"ny", "nye", "brukt", "gammel", "gamle"}
            if (is_given(self.tokens[end]) and not owned) or self.tokens[end].low in STOP_WORDS:
                break
            end += 1
        return end - place

    def _heads_compound(self, place: int) -> bool:
        """Whether a hyphen goes from it to a common noun: ``Tine-kasse``, ``Tine- og Freia-kasser``."""
        if not any(self.tokens[place].low in _made(name) for name in ("merkenavn", "kjeder", "varemerker")):
            return False
        return re.match(r"[-‑–](?:[a-zæøå]{2,}| (?:og|eller) )", self.text[self.tokens[place].end :]) is not None

    def _is_placed_at_work(self, place: int) -> bool:
        """Whether a place is a person by a department after it: ``ifølge Nærøy i skadeavdelingen``."""
        token, following = self.tokens[place], [token.low for token in self.tokens[place + 1 : place + 3]]
        source = self._before(place) in cues.ACCORDING | cues.GETS_FROM | {"med"}
        if not source or len(following) < 2 or following[0] not in cues.AT:
            return False
        reached = following[1] in ("chat", "chatten", "chaten", "telefon", "telefonen", "tlf", "tråden", "butikken")
        company = any(token.low in _made(name) for name in ("merkenavn", "kjeder", "kjopesentre"))
        placed = token.text in word_list("stedsnavn.txt") and not company
        return placed and not reached and cues.is_workplace(following[1])

    def _is_person_here(self, place: int) -> bool:
        """Whether a place or company of one word is a person, and no first part of a compound."""
        return not self._heads_compound(place) and self._is_person_too(place)

    def _is_person_too(self, place: int) -> bool:
        """Whether a place or company of one word is a person here: a listed name, or one who writes and says."""
        token, after = self.tokens[place], self._after(place)
        given, family, _ = name_lists()
        if self._before(place) in cues.BRINGS:
            return is_listed(token)
        if self._is_placed_at_work(place):
            return True
        if makes().length_at(self.tokens, place) and not is_given(token):
            return False
        if self._before(place) in cues.PLACE_BEFORE:
            return token.low != token.base and token.base in family and after is not None and not after.capital
        exact = token.low if entities().has(token.low) else token.base
        if after is not None and after.low in cues.SPEAKS:
            return exact in given or exact in family or token.low in cues.TOWN_SURNAMES
        if not self.told and self._before(place) in cues.SPEAKS and token.low in cues.TOWN_SURNAMES:
            return True
        return exact in given or exact in family

    def _knows(self, token: Token) -> bool:
        """Whether a dictionary has the word: Norwegian, or the language the comment is written in."""
        if is_word(token.low) or is_dialect_form(token.low):
            return True
        if is_compound(token.low) and (token.low == token.base or token.base.endswith(DEFINITE)):
            return True
        return bool(self.foreign) and dictionary(self.foreign).get(token.low) is not None
