"""Names of persons in Norwegian text, found by lists, dictionaries and the shape of the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from textinnsikt.language.languages import neighbour_language
from textinnsikt.language.lexicon import FARM, dictionary, is_compound, is_word, resembles_word, word_list
from textinnsikt.language.patterns import Span
from textinnsikt.language.tokens import Phrases, Token, tokenize
from textinnsikt.language.words import STOP_WORDS

LABEL = "[navn]"


_NAME_HEADS = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|Lo|Van|Von|Fitz|O['’]|D['’]|L['’]|St)[A-ZÆØÅ]")


class _Comment:
    """The tokens of one comment, and which of them are (parts of) names."""

    def __init__(self, text: str, keep: Phrases) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.names = {i for i, token in enumerate(self.tokens) if token.text == LABEL}
        self.titles = self._titles()
        self.kept: set[int] = set()
        self.single: set[int] = set()
        self._protect(keep)
        #: Whether somebody tells what he or she met with: there an odd word at a sentence's start is seldom a name.
        self.told = any(token.low in ME for token in self.tokens)
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
                if length > 1 or (length and not self._is_person_too(place)):
                    self.kept.update(range(place, place + length))
                    if length == 1:
                        self.single.add(place)
            place += max(1, length)

    def _is_person_too(self, place: int) -> bool:
        """Whether a place or company of one word is a person here: a listed name, or one who writes and says."""
        token, after = self.tokens[place], self._after(place)
        genitive = token.low != token.base and token.base in name_lists()[1]
        if self._before(place) in PLACE_BEFORE:
            return genitive and after is not None and not after.capital
        given, family, _ = name_lists()
        exact = token.low if entities().has(token.low) else token.base
        speaks = (after is not None and after.low in SPEAKS) or (
            self._before(place) in SPEAKS and token.low in TOWN_SURNAMES
        )
        return exact in given or exact in family or speaks

    def _titles(self) -> set[int]:
        """Return the tokens inside quotes that hold a title: short, and no sentence of its own."""
        inside: set[int] = set()
        opened = -1
        for i, token in enumerate(self.tokens):
            if opened < 0 and token.text in "«“”\"„":
                opened = i
            elif opened >= 0 and token.text in "»”“\"":
                words = self.tokens[opened + 1 : i]
                letters = [word for word in words if word.text[0].isalpha()]
                if 0 < len(letters) <= 9 and letters[0].capital and not any(word.text in ".!?" for word in words[:-1]):
                    inside.update(range(opened + 1, i))
                opened = -1
        return inside

    def _before(self, place: int) -> str:
        return self.tokens[place - 1].low if place and self.tokens[place].near else ""

    def _after(self, place: int) -> Token | None:
        """Return the next token when only a space stands between."""
        following = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        return following if following is not None and following.near and following.start > self.tokens[place].end - 1 else None

    def _knows(self, token: Token) -> bool:
        """Whether a dictionary has the word: Norwegian, or the language the comment is written in."""
        genitive = token.low != token.base and not is_word(token.low)
        if is_word(token.low) or (is_compound(token.low) and (not genitive or token.base.endswith(("n", "t", "e", "a")))):
            return True
        return bool(self.foreign) and dictionary(self.foreign).get(token.low) is not None

    def _is_candidate(self, place: int) -> bool:
        token = self.tokens[place]
        if not token.capital or token.initials or place in self.kept or place in self.titles:
            return False
        if any(letter.isdigit() for letter in token.text) or token.low in STOP_WORDS and not is_listed(token):
            return False
        camel = re.search(r"[a-zæøå][A-ZÆØÅ]|[A-ZÆØÅ]{2}[a-zæøå]{2}", token.text) and not _NAME_HEADS.match(token.text)
        return not camel

    def _is_name_like(self, token: Token | None, place: int) -> bool:
        """Whether the next word can be the rest of a name that a doubtful word began."""
        if token is None or not token.capital or place in self.kept or token.low in STOP_WORDS:
            return False
        return token.initials or is_listed(token) or not is_everyday(token.low)

    def _doubtful_is_name(self, place: int) -> bool:
        """Decide on Per, Vår, Stein and the like."""
        token, before, after = self.tokens[place], self._before(place), self._after(place)
        if self._is_name_like(after, place + 1) or before in TITLES or before in NAMING:
            return True
        if token.low in MONTHS and (before in PLACE_BEFORE or before[:1].isdigit() or before in (".", "")):
            return False
        if token.opens or self.sloppy:
            verb = after.low if after else ""
            return verb in DOES and (verb not in IS or is_given(token) and token.low not in MONTHS | {"vår", "dag", "liv"})
        return before not in NOUN_BEFORE

    def _is_name(self, place: int) -> bool:
        """Decide on one capitalised word by itself and its neighbours."""
        token = self.tokens[place]
        if is_listed(token):
            if token.shouted and (len(token.text) < 4 or is_doubtful(token)):
                after = self._after(place)
                return after is not None and after.shouted and is_listed(after)
            return self._doubtful_is_name(place) if is_doubtful(token) else True
        if self._before(place) in ("von", "van") and not token.opens:
            return True
        if token.shouted or self.sloppy or is_everyday(token.low):
            return False
        if (after := self._after(place)) is not None and after.low in INSTITUTIONS:
            return False
        if self._before(place) in ("i", "på", "ved") and token.low.endswith(PLACE_ENDS):
            return False
        if not token.opens:
            return not (self.foreign and self._knows(token))
        if self._knows(token):
            return False
        after = self._after(place)
        if self._is_name_like(after, place + 1):
            return True
        if after and after.low in DOES - IS and not (self.told and resembles_word(token.low)):
            return True
        if self.text[token.end : token.end + 1] == "-" and dictionary("en").get(token.low) is not None:
            return False
        is_subject = after is not None and after.low in IS
        if (self.told and not is_subject and token.low == token.base) or resembles_word(token.low):
            return False
        return not is_misspelt(token.low, not is_subject and not token.low.endswith(FARM))

    def _grow_right(self, place: int) -> None:
        """Let a name take what follows it: surnames, initials, numerals, von and de la."""
        given = is_given(self.tokens[place]) or self.tokens[place].initials
        while (after := self._after(place)) is not None:
            place += 1
            if place in self.names:
                continue
            if after.low in PARTICLES and (further := self._after(place)) and (further.capital or further.low in PARTICLES):
                self.names.add(place)
                continue
            taken = after.capital and (place not in self.kept or (given and place in self.single))
            everyday = after.low in STOP_WORDS or after.low in DOES
            everyday = everyday or (not given and after.low in word_list("vanlige.txt") and not is_listed(after))
            if not taken or everyday or self.sloppy and is_everyday(after.low):
                if not re.fullmatch(r"[IVX]+|Jr|Sr", after.text):
                    self.names.discard(place - 1) if self.tokens[place - 1].low in PARTICLES - SURE_PARTICLES else None
                    return
            if len(after.text) == 1 and after.text not in "IVX" and not self._is_name_like(self._after(place), place + 1):
                return
            self.names.add(place)

    def _grow_left(self, place: int) -> None:
        """Let a name take what stands before it: initials, von, and capitalised words inside a sentence."""
        while place and self.tokens[place].near:
            place -= 1
            token = self.tokens[place]
            if place in self.names or place in self.kept or place in self.titles:
                return
            lone = len(token.text) == 1 and (token.opens or token.text in "IÅÆØ")
            if lone:
                return
            if token.initials or token.low in SURE_PARTICLES or (token.text.isupper() and len(token.text) == 2):
                self.names.add(place)
            elif token.capital and token.low in PARTICLES and not token.opens:
                self.names.add(place)
            elif token.capital and not token.shouted and token.low not in TITLES and self._may_precede(token):
                self.names.add(place)
            else:
                return

    def _may_precede(self, token: Token) -> bool:
        """Whether a capitalised word can be the first part of the name after it."""
        if token.low in STOP_WORDS | DOES | MEETING | NAMING | INSTITUTIONS:
            return False
        if token.opens:
            return is_given(token)
        return not is_everyday(token.low) or (len(token.text) < 6 and not self.sloppy)

    def _recall(self) -> None:
        """Mask elsewhere in the comment what was a name once, at the start of a sentence and in titles too."""
        known = {form for i in self.names for form in (self.tokens[i].low, self.tokens[i].base)}
        known = {w for w in known if len(w) > 2 and not (w in STOP_WORDS or w in PARTICLES or w in word_list("vanlige.txt"))}
        for i, token in enumerate(self.tokens):
            kept = i in self.kept and (i not in self.single or self._before(i) in PLACE_BEFORE)
            if token.capital and not kept and (token.low in known or token.base in known):
                self.names.add(i)

    def _names_in_titles(self) -> None:
        """Inside quotes only listed names count, and what follows a given name."""
        for i in sorted(self.titles - self.kept):
            token, after = self.tokens[i], self._after(i)
            if not token.capital or token.shouted or not is_listed(token) or token.low in STOP_WORDS:
                continue
            alone = i - 1 not in self.titles and i + 1 not in self.titles
            full = after is not None and i + 1 in self.titles - self.kept and self._is_name_like(after, i + 1)
            if not is_doubtful(token) or (alone and is_given(token)) or (full and after and is_listed(after)):
                self.names.add(i)
                if full and is_given(token):
                    self.names.add(i + 1)

    def _lower_case_names(self) -> None:
        """Find names written without a capital: after ``heter``, ``snakket med`` and the like."""
        given, family, doubtful = name_lists()
        for i, token in enumerate(self.tokens):
            if not token.text[0].islower() or i in self.kept:
                continue
            form = token.low if token.low in given else token.base
            if form not in given or token.low in STOP_WORDS:
                continue
            before = self._before(i)
            sure = form in word_list("sikre.txt")
            naming = before in NAMING or (before in ("er", "var", "med", ":") and i > 1 and self.tokens[i - 2].low in NAMING)
            common = not sure and (form in doubtful or is_everyday(token.low))
            after = self._after(i)
            does = after is not None and after.low in DOES
            strange = not is_word(token.low) and not resembles_word(token.low) and not self.foreign and dictionary("en").get(form) is None
            odd = strange and (sure or len(form) > 4)
            met = (before in MEETING or does) and (sure or not (is_word(token.low) or resembles_word(token.low)))
            if naming or (not common and (odd or met)):
                self.names.add(i)
                if after is not None and (after.low in family or after.base in family) and not is_everyday(after.low):
                    self.names.add(i + 1)

    def find(self) -> Iterator[Span]:
        """Yield the stretches that are names, neighbours taken together."""
        found = [i for i in range(len(self.tokens)) if self._is_candidate(i) and self._is_name(i)]
        self.names.update(found)
        self._lower_case_names()
        for place in found:
            self._grow_right(place)
        for place in sorted(self.names):
            self._grow_left(place)
        self._names_in_titles()
        self._recall()
        start = -1
        for i in sorted(self.names):
            if start < 0 or not (i - 1 in self.names and self.tokens[i].near):
                if start >= 0:
                    yield Span(self.tokens[start].start, self._end(last), LABEL)
                start = i
            last = i
        if start >= 0:
            yield Span(self.tokens[start].start, self._end(last), LABEL)

    def _end(self, place: int) -> int:
        token = self.tokens[place]
        return token.start + len(token.text.rstrip(" "))


def find_names(text: str, keep: Phrases | Iterable[str] = ()) -> list[Span]:
    """Find the names of persons in a comment.

    Parameters
    ----------
    text : str
        One comment.
    keep : Phrases or iterable of str
        Names that are no persons' (centres, classes).

    Returns
    -------
    list of Span
        In order of position; a name of several words is one span.

    Examples
    --------
    >>> text = "Snakket med Kari Nordmann i Oslo. Liv svarte, og Telenor ordnet det."
    >>> [text[start:end] for start, end, label in find_names(text)]
    ['Kari Nordmann', 'Liv']
    """
    return list(_Comment(text, keep if isinstance(keep, Phrases) else Phrases(keep)).find())
