"""Names of persons in Norwegian text, found by lists, dictionaries and the shape of the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from textinnsikt.language import cues
from textinnsikt.language.comment import DEFINITE, LABEL, Comment
from textinnsikt.language.lexicon import (
    FARM,
    dictionary,
    ends_in_s_noun,
    is_verb,
    is_word,
    resembles_word,
    word_list,
)
from textinnsikt.language.patterns import Span
from textinnsikt.language.register import (
    entities,
    is_doubtful,
    is_everyday,
    is_given,
    is_listed,
    is_misspelt,
    name_lists,
)
from textinnsikt.language.tokens import Phrases, Token
from textinnsikt.language.uncapitalised import is_cued, is_introduced, is_on_badge, mixed_surnames, uncapitalised
from textinnsikt.language.words import STOP_WORDS

_INNER_CAPITAL = re.compile(r"[a-zæøå][A-ZÆØÅ]|[A-ZÆØÅ]{2}[a-zæøå]{2}")
_NAME_HEAD = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|Lo|Van|Von|Fitz|O['’]|D['’]|L['’]|St)[A-ZÆØÅ]")
_NUMERAL = re.compile(r"[IVX]+|Jr|Sr")
_DRAWN_OUT = re.compile(r"(\w)\1+")
#: What follows a product: a code of letters and digits, or a bare number of three or four digits.
_CODE = re.compile(r" (?:[A-ZÆØÅ]{1,4}[ -]?\d{1,4}\w{0,2}|\d{1,2}\.\d)\b")
#: A masked number (and no masked name) after a word that says what number it is.
_VALUE = re.compile(r"(?: (?:number|nummer|nr|id|kode))?\.?:? ?\[(?!navn|e-post|lenke|adresse)")
_MODEL_NUMBER = re.compile(r" \d{3,4}\b(?! ?(?:kr|ganger|,-))")


class _Names(Comment):
    """The names of one comment."""

    def _is_candidate(self, place: int) -> bool:
        """Whether a word has the shape of a name, and is not protected."""
        token = self.tokens[place]
        if not token.capital or token.initials or place in self.kept or place in self.titles:
            return False
        if _CODE.match(self.text, token.end) and not is_given(token):
            return False
        if token.low.endswith(cues.NUMBER_ENDS) or (_VALUE.match(self.text, token.end) and not is_listed(token)):
            return False
        if self._is_named_thing(place) or (token.low[-2:] in ("en", "et") and self._is_one_of(token)):
            return False
        if any(letter.isdigit() for letter in token.text) or (token.low in STOP_WORDS and not is_listed(token)):
            return False
        return not _INNER_CAPITAL.search(token.text) or bool(_NAME_HEAD.match(token.text))

    def _is_one_of(self, token: Token) -> bool:
        """Whether it is a thing by its make: ``Teslaen``, ``Mastercardet``."""
        return entities().has(token.low[:-2]) and not is_listed(token)

    def _is_named_thing(self, place: int) -> bool:
        """Whether it is what a thing is called: ``lampa som heter Anton``, ``en vare kalt «Beck»``."""
        words = [token.low for token in self.tokens[max(0, place - 4) : place]]
        words = [word for word in words if word not in ("som", "ved", "«", '"')]
        return len(words) > 1 and words[-1] in cues.NAMING and words[-2] in cues.THINGS

    def _continues(self, place: int) -> bool:
        """Whether the next word can be the rest of a name that a doubtful word began."""
        token = self._after(place)
        if token is None or not token.capital or place + 1 in self.kept or token.low in STOP_WORDS:
            return False
        return token.initials or is_listed(token) or not is_everyday(token.low)

    def _is_name(self, place: int) -> bool:
        """Decide on one capitalised word by itself and its neighbours."""
        token, after = self.tokens[place], self._after(place)
        if not is_listed(token):
            return self._unlisted_is_name(place)
        doubtful = is_doubtful(token)
        if token.shouted and (doubtful or len(token.text) < 4):
            return after is not None and after.shouted and is_listed(after)
        return not doubtful or self._doubtful_is_name(place)

    def _doubtful_is_name(self, place: int) -> bool:
        """Decide on Per, Vår, Stein and the like."""
        token, before, after = self.tokens[place], self._before(place), self._after(place)
        if self._continues(place) or before in cues.TITLES or before in cues.NAMING:
            return True
        if self._is_at_work(place) or is_on_badge(self.tokens, place):
            return True
        if is_given(token) and (is_introduced(self.tokens, place) or self._is_owned(place)):
            return True
        if before in ("i", "på") and not is_given(token):
            return False
        if token.low in cues.MONTHS:
            return before.isalpha() and before not in cues.PLACE_BEFORE
        if not token.opens and not self.sloppy:
            return before not in cues.NOUN_BEFORE
        if after is None or after.low not in cues.DOES:
            return False
        if token.low in ("vår", "dag", "liv"):
            return after.low not in cues.IS or self._is_one_of_two(place)
        return after.low not in cues.IS or is_given(token) or (not self.told and after.low in ("har", "hadde", "vil"))

    def _is_owned(self, place: int) -> bool:
        """Whether somebody's person stands before: ``sønnen min Stein``, ``guiden vår Yorgos``."""
        return self._before(place) in cues.POSSESSIVES and place > 1 and cues.is_person(self.tokens[place - 2].low)

    def _is_one_of_two(self, place: int) -> bool:
        """Whether the same word is capitalised inside a sentence too: ``Dag var på lunsj, Dag var i møte``."""
        same = [other for other in self.tokens if other.low == self.tokens[place].low and other.capital]
        return len(same) > 1 and any(not other.opens for other in same) and not self.sloppy

    def _is_at_work(self, place: int) -> bool:
        """Whether it is ``Stein i kundeservice`` or ``Live på chatten``."""
        following = [token.low for token in self.tokens[place + 1 : place + 3]]
        if len(following) < 2 or following[0] not in cues.AT:
            return False
        return cues.is_workplace(following[1]) and is_given(self.tokens[place])

    def _unlisted_is_name(self, place: int) -> bool:
        """Decide on a capitalised word that no list has."""
        token, before, after = self.tokens[place], self._before(place), self._after(place)
        if before in ("von", "van") and not token.opens:
            return True
        if place and self.tokens[place - 1].initials and place + 1 == len(self.tokens):
            return not is_everyday(token.low)
        if token.shouted or self.sloppy or is_everyday(token.low):
            return False
        if self._has_initials(place) or (before in cues.PRAISED and not is_word(token.low)):
            return not (self._knows(token) or is_misspelt(token.low, wide=True))
        if after is not None and after.low in cues.INSTITUTIONS:
            return False
        if before in ("i", "på", "ved") and token.low.endswith(cues.PLACE_ENDS):
            return False
        if _MODEL_NUMBER.match(self.text, token.end):
            return False
        if not token.opens:
            return self._is_cued(place) and not (self.foreign and self._knows(token))
        if self._knows(token):
            return not is_word(token.low) and after is not None and after.low in cues.WRITES
        return self._odd_start_is_name(place)

    def _has_initials(self, place: int) -> bool:
        """Whether initials with a point stand before a word, and are not the letter of a thing (``plan B.``)."""
        if not place or not self.tokens[place].near or not re.match(r"[A-ZÆØÅ]\.", self.tokens[place - 1].text):
            return False
        return place < 2 or self.tokens[place - 2].low not in cues.LETTERED

    def _is_cued(self, place: int) -> bool:
        """Whether something beside a capitalised word inside a sentence says that it is a person."""
        before, after = self._before(place), self._after(place)
        if before in ("fra", "frå", "ifra") and place > 1:
            source = self.tokens[place - 2].low
            participle = source.removesuffix("t")
            done = is_verb(source) or is_word(participle + "e") or (participle != source and is_word(participle))
            if source not in cues.FROM_PERSON and is_word(source) and not done:
                return self._continues(place)
        if before in cues.BRINGS or is_cued(self.tokens, place) or self._continues(place):
            return True
        if before in cues.PLACE_BEFORE - {"til", "fra", "frå"}:
            return False
        follows = after.low if after is not None else ""
        if follows in cues.DOES - cues.IS or (before in cues.NAMES_NEXT and not is_word(self.tokens[place].low)):
            return True
        later = self.tokens[place + 2].low if place + 2 < len(self.tokens) else ""
        if before in cues.ME and place > 1 and self.tokens[place - 2].low in cues.REACHES:
            return not is_word(self.tokens[place].low)
        if before in cues.REACHES and (follows in ("på", "i", "som", "igjen", "og") or later in ("hun", "han", "ho")):
            return True
        if before in cues.DOES - cues.IS and follows in cues.OBJECTS:
            return True
        if before in cues.IS and (follows == "som" or (not self.told and follows.isalpha())):
            return not is_word(self.tokens[place].low)
        if before in cues.SPEAKS:
            return True
        return self._is_named_beside(place)

    def _is_named_beside(self, place: int) -> bool:
        """Whether a word stands after a person and a comma (``dama, Risten,``), or beside a listed name."""
        marks = (",", "og", "&", "eller")
        if place > 1 and self.tokens[place - 1].text in marks:
            other = self.tokens[place - 2]
            listed = other.capital and is_listed(other) and not is_doubtful(other)
            who = self.tokens[place - 3].low if other.low in cues.POSSESSIVES and place > 2 else other.low
            person = cues.is_person(who) or who in cues.THANKS or who in ("navnet", "namnet")
            thanked = self.tokens[place - 1].text == "," and person
            if listed or thanked:
                return True
        if place + 2 < len(self.tokens) and self.tokens[place + 1].text in marks:
            other = self.tokens[place + 2]
            return other.capital and is_given(other) and not is_doubtful(other)
        return False

    def _odd_start_is_name(self, place: int) -> bool:
        """Decide on a word at a sentence's start that neither a list nor a dictionary has."""
        token, after = self.tokens[place], self._after(place)
        verb = after.low if after is not None else ""
        if self._continues(place) or (verb in ("og", "&") and self._continues(place + 1)):
            return True
        acts = verb in cues.DOES - cues.IS or (not self.told and is_verb(verb))
        if acts and not (self.told and resembles_word(token.low)):
            return True
        english = dictionary("en").get(token.low) is not None
        if english and (self.text[token.end : token.end + 1] == "-" or (verb.isalpha() and verb not in cues.DOES)):
            return False
        genitive = token.low != token.base and not token.base.endswith(DEFINITE) and not ends_in_s_noun(token.low)
        if genitive and not self.told and after is not None:
            return True
        if resembles_word(token.low) or (self.told and verb not in cues.IS and token.low == token.base):
            return False
        return not is_misspelt(token.low, wide=verb not in cues.IS and not token.low.endswith(FARM))

    def _grow_right(self, place: int) -> None:
        """Let a name take what follows it: surnames, initials, numerals, von and de la."""
        given = is_given(self.tokens[place])
        waiting: list[int] = []
        while (after := self._after(place)) is not None:
            place += 1
            if after.low in cues.PARTICLES:
                waiting.append(place)
            elif place in self.names or self._follows(place, given):
                self.names.update((*waiting, place))
                waiting = []
            else:
                return

    def _follows(self, place: int, given: bool) -> bool:
        """Whether a word goes with the name before it; more does after a given name."""
        token = self.tokens[place]
        if _NUMERAL.fullmatch(token.text):
            return True
        if not token.capital or (place in self.kept and not (given and place in self.single)):
            return False
        if len(token.text) == 1:
            ends = place + 1 == len(self.tokens) or not self.tokens[place + 1].text.isalpha()
            return self._continues(place) or (given and ends and token.text not in "IÅÆØ")
        if token.low in STOP_WORDS or token.low in cues.DOES or (self.sloppy and is_everyday(token.low)):
            return False
        return given or is_listed(token) or token.low not in word_list("vanlige.txt")

    def _grow_left(self, place: int) -> None:
        """Let a name take what stands before it: initials, von, and capitalised words inside a sentence."""
        while place and self.tokens[place].near and self._precedes(place - 1):
            place -= 1
            self.names.add(place)

    def _precedes(self, place: int) -> bool:
        """Whether a word goes with the name after it."""
        token = self.tokens[place]
        if place in self.names or place in self.kept or place in self.titles:
            return False
        if len(token.text) == 1:
            return token.capital and not token.opens and token.text not in "IÅÆØ"
        if token.initials or token.low in cues.SURE_PARTICLES or (token.text.isupper() and len(token.text) == 2):
            return token.text[0].isalpha()
        if not token.capital or token.shouted or token.low in cues.TITLES:
            return False
        if token.low in cues.PARTICLES and not token.opens and not self.sloppy:
            return True
        if token.low in STOP_WORDS | cues.DOES | cues.MEETING | cues.NAMING | cues.INSTITUTIONS:
            return False
        if token.opens:
            return is_given(token)
        return not is_everyday(token.low) or (len(token.text) < 6 and not self.sloppy)

    def _recall(self) -> None:
        """Mask elsewhere in the comment what was a name once, at the start of a sentence and in titles too."""
        known = {form for i in self.names for form in (self.tokens[i].low, self.tokens[i].base) if len(form) > 2}
        if not known:
            return
        known = {
            name for name in known if name not in STOP_WORDS and name not in word_list("vanlige.txt")
        } - cues.PARTICLES
        squeezed = {_DRAWN_OUT.sub(r"\1", name) for name in known}
        for i, token in enumerate(self.tokens):
            kept = i in self.kept and (i not in self.single or self._before(i) in cues.PLACE_BEFORE)
            told = token.low in known or token.base in known
            if not told and len(token.low) > 4:
                told = _DRAWN_OUT.sub(r"\1", token.low) in squeezed
            if told and not kept and (token.capital or self._is_sure(token) or self._is_strange(token)):
                self.names.add(i)

    def _beside(self) -> None:
        """Mark given names without a capital beside a name: ``elias, noah og jeg``."""
        places = [place for place, token in enumerate(self.tokens) if self._is_sure(token)] if self.names else []
        for way, step in ((places, -2), (places[::-1], 2)):
            for place in way:
                between = self.tokens[place + step // 2].text if place + step in self.names else ""
                if between in (",", "og", "&"):
                    self.names.add(place)

    def _is_sure(self, token: Token) -> bool:
        """Whether a word without a capital is a given name that is no word of Norwegian."""
        known = token.text[0].islower() and token.low in name_lists()[0]
        return known and not (is_doubtful(token) or is_everyday(token.low) or is_word(token.low))

    def _is_strange(self, token: Token) -> bool:
        """Whether a word is none that a comment in Norwegian or English has."""
        known = is_everyday(token.low) or is_word(token.low) or dictionary("en").get(token.low) is not None
        return (
            (is_listed(token) or bool(_DRAWN_OUT.search(token.low)))
            and len(token.low) > 3
            and token.text.isalpha()
            and not (known or resembles_word(token.low))
        )

    def _is_called(self, place: int) -> bool:
        """Whether a quote begins with somebody called by name: ``«Synnøva, de har time»``."""
        following = [token.text for token in self.tokens[place + 1 : place + 3]]
        opened = place and self.tokens[place - 1].text in '«“"„'
        spoken = len(following) == 2 and following[0] == "," and following[1] in cues.SPOKEN_TO
        token = self.tokens[place]
        return bool(opened and spoken and not self._knows(token) and not is_misspelt(token.low, wide=False))

    def _names_in_titles(self) -> None:
        """Inside quotes only listed names count, and what follows a given name."""
        for i in sorted(self.titles - self.kept):
            token, after = self.tokens[i], self._after(i)
            if token.capital and self._is_called(i):
                self.names.add(i)
            if not token.capital or token.shouted or not is_listed(token) or token.low in STOP_WORDS:
                continue
            if self._is_named_thing(i):
                continue
            alone = i - 1 not in self.titles and i + 1 not in self.titles
            full = i + 1 in self.titles and self._continues(i)
            surname = full and after is not None and is_listed(after)
            if not is_doubtful(token) or (alone and is_given(token)) or surname:
                self.names.update((i, i + 1) if full and is_given(token) else (i,))

    def find(self) -> Iterator[Span]:
        """Yield the stretches that are names, neighbours taken together."""
        found = [i for i in range(len(self.tokens)) if self._is_candidate(i) and self._is_name(i)]
        self.names.update(found)
        self.names.update(uncapitalised(self.tokens, self.foreign))
        for place in found:
            self._grow_right(place)
            if is_given(self.tokens[place]) and not self.foreign:
                self.names.update(mixed_surnames(self.tokens, place))
        for place in sorted(self.names):
            self._grow_left(place)
        self._names_in_titles()
        self._beside()
        self._recall()
        for place in sorted(self.names):
            if place - 1 in self.names and self.tokens[place].near:
                continue
            last = place
            while last + 1 in self.names and self.tokens[last + 1].near:
                last += 1
            token = self.tokens[last]
            yield Span(self.tokens[place].start, token.start + len(token.text.rstrip(" ")), LABEL)


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
    return list(_Names(text, keep if isinstance(keep, Phrases) else Phrases(keep)).find())
