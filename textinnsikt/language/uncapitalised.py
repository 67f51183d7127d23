"""Uncapitalised names: names of persons written in lower case, found by what stands before them."""

from __future__ import annotations

import re

from textinnsikt.language import cues
from textinnsikt.language.lexicon import dictionary, is_compound, is_dialect_form, is_word, resembles_word, word_list
from textinnsikt.language.patterns import Span
from textinnsikt.language.register import entities, is_everyday, is_misspelt, name_lists
from textinnsikt.language.tokens import Token
from textinnsikt.language.words import STOP_WORDS

#: What may follow a name of two meanings, or one no list has, for it to be a name.
_GOES_ON = frozenset("som og i på hos fra frå ved om da igjen hvis var hun han ho der å".split())
#: Marks after which nothing goes on, ``""`` for the end of the comment.
_ENDS = frozenset(("", ".", ",", "!", "?", ":"))


def _word(tokens: list[Token], place: int) -> str:
    return tokens[place].low if 0 <= place < len(tokens) else ""


def _is_name_only(word: str) -> bool:
    """Say whether a given name is a safe one, or no word of Norwegian or English at all."""
    if word in word_list("sikre.txt"):
        return True
    known = is_word(word) or is_everyday(word) or resembles_word(word) or dictionary("en").get(word) is not None
    return word in name_lists()[0] and not known


def is_introduced(tokens: list[Token], place: int) -> bool:
    """Say whether a word stands as a name somebody is not sure of does: ``møtt av ein Ludvik som``.

    Examples
    --------
    >>> from textinnsikt.language.tokens import tokenize
    >>> is_introduced(tokenize("møtt av ein Ludvik som"), 3), is_introduced(tokenize("laget av en Stein som"), 3)
    (True, False)
    """
    back = place - 1
    while back > 1 and _word(tokens, back) in cues.ARTICLES:
        back -= 1
    after = _word(tokens, place + 1)
    if back == place - 1 or not (after in _GOES_ON | cues.DOES or after in _ENDS):
        return False
    earlier = {_word(tokens, back - step) for step in (1, 2, 3)}
    talked = _word(tokens, back) in cues.TALKS_WITH and earlier & cues.TALKS
    return bool(talked or (_word(tokens, back) in cues.GETS_FROM | {"med"} and earlier & cues.GETS))


def is_on_badge(tokens: list[Token], place: int) -> bool:
    """Say whether a word is what a badge says: ``på navneskiltet sto det Vår``, ``Vår sto det på navnelappen``.

    Examples
    --------
    >>> from textinnsikt.language.tokens import tokenize
    >>> is_on_badge(tokenize("på navneskiltet sto det Vår"), 4), is_on_badge(tokenize("på døra sto det Stengt"), 4)
    (True, False)
    """
    earlier = [_word(tokens, place - back) for back in range(1, 7)]
    if earlier[0] in cues.READS and any(word.startswith(cues.BADGES) for word in earlier):
        return True
    if _word(tokens, place + 1) in ("sto", "stod", "står"):
        return any(_word(tokens, place + step).startswith(cues.BADGES) for step in (2, 3, 4))
    told = tokens[place].low in name_lists()[0] and bool({"sto", "stod", "står"} & set(earlier))
    return told and earlier[0] in cues.READS and bool(cues.OTHER_BADGES & set(earlier))


def is_cued(tokens: list[Token], place: int) -> bool:
    """Say whether a word stands where a name does: ``snakket med``, ``hjelp av``, ``kundebehandler``, ``v/``.

    Examples
    --------
    >>> from textinnsikt.language.tokens import tokenize
    >>> is_cued(tokenize("fikk god hjelp av stian"), 4), is_cued(tokenize("laget av stian"), 2)
    (True, False)
    """
    before = _word(tokens, place - 1)
    earlier = {_word(tokens, place - back) for back in (2, 3, 4)}
    if cues.is_person(before) or (before == "/" and earlier & {"v", "m"}) or is_introduced(tokens, place):
        return True
    if is_on_badge(tokens, place):
        return True
    if before in cues.POSSESSIVES and cues.is_person(_word(tokens, place - 2)):
        return True
    if before in cues.TALKS_WITH and earlier & cues.TALKS:
        return True
    if before in cues.GETS_FROM and earlier & cues.GETS:
        return True
    if before in ("og", "&", ",") and place > 2:
        return _word(tokens, place - 2) in name_lists()[0] and is_cued(tokens, place - 2)
    if before in ("er", "var") and {_word(tokens, place - 2), _word(tokens, place - 3)} & cues.PERSONS:
        return not is_word(tokens[place].low)
    return before in ("er", "var", ":", "en", "ei", "ein") and bool({_word(tokens, place - 2)} & cues.NAMING)


def _is_told(tokens: list[Token], place: int) -> bool:
    """Say whether a word stands in ``det var X som`` or ``det er X igjen``."""
    if _word(tokens, place - 1) not in ("er", "e", "var", "va", "æ"):
        return False
    opened = _word(tokens, place - 2) in ("det", "d", "de", "dette")
    after = _word(tokens, place + 1)
    return opened and (after in ("som", "igjen", "her", "att") or (after in _ENDS and _is_name_only(tokens[place].low)))


def _is_at_work(tokens: list[Token], place: int) -> bool:
    """Say whether a word stands in ``X fra teknisk``, with no other noun's word before."""
    before, where = _word(tokens, place - 1), _word(tokens, place + 1)
    return where in cues.AT and (
        cues.is_workplace(_word(tokens, place + 2))
        and before not in cues.NOUN_BEFORE
        and tokens[place].low not in cues.NO_NAMES
    )


def _is_here(tokens: list[Token], place: int) -> bool:
    """Say whether where somebody works comes after a word, or ``, hun``."""
    following = [_word(tokens, place + step) for step in (1, 2)]
    if following[0] == ",":
        return following[1] in ("hun", "han", "ho", "hu", "som")
    return following[0] in cues.AT and cues.is_workplace(following[1])


def _is_acting(tokens: list[Token], place: int) -> bool:
    """Say whether a word of two meanings does or owns what only a person can: ``det var live som hjalp``."""
    after, later = _word(tokens, place + 1), _word(tokens, place + 2)
    if after in ("sin", "sitt", "si", "sine"):
        return later in cues.BLAME
    return after == "som" and later in cues.HELPS and _is_told(tokens, place)


def _is_given(tokens: list[Token], place: int, form: str) -> bool:
    """Decide on a given name of the lists without a capital (``form`` is it without a genitive ending)."""
    word, before, after = tokens[place].low, _word(tokens, place - 1), _word(tokens, place + 1)
    if before in cues.NAMING or (before in ("er", "var", ":") and _word(tokens, place - 2) in cues.NAMING):
        return True
    if _is_acting(tokens, place) and form not in cues.PERSON_NOUNS:
        return True
    sure, cued = form in word_list("sikre.txt"), is_cued(tokens, place)
    if form in name_lists()[2] or is_everyday(word):
        if cued and form in cues.CALLED_SO and _is_here(tokens, place):
            return True
        if before in cues.GETS_FROM | cues.TALKS_WITH and _is_at_work(tokens, place) and form not in cues.PERSON_NOUNS:
            return len(form) > 3
        ends = not after.isalpha() or after in _GOES_ON or after in name_lists()[0] - name_lists()[2]
        return sure or (cued and before not in cues.ARTICLES and ends and form not in cues.NO_NAMES and len(form) > 2)
    if cued or _is_told(tokens, place) or _is_at_work(tokens, place):
        return True
    if sure and (before in cues.MEETING or after in cues.DOES):
        return True
    if before in ("der", "derre", "derra"):
        before = _word(tokens, place - 2)
    if before in ("han", "hun", "ho", "hu") and len(form) > 3 and not is_word(word):
        return True
    strange = not is_word(word) and not resembles_word(word)
    return strange and (before in cues.MEETING or after in cues.DOES)


def _is_unlisted(tokens: list[Token], place: int) -> bool:
    """Decide on a word without a capital that neither a list nor a dictionary has."""
    word, before, after = tokens[place].low, _word(tokens, place - 1), _word(tokens, place + 1)
    named = before in cues.NAMING - {"navn", "namn", "navnet", "namnet", "kalt", "kalles"}
    talked = before in cues.TALKS_WITH and _word(tokens, place - 2) in cues.TALKS
    told = _is_told(tokens, place) and after != "som"
    told = told or (before in cues.PROFESSIONS and (after in _GOES_ON | cues.DOES or after in _ENDS))
    told = told or (before in cues.ACCORDING and _is_at_work(tokens, place))
    if len(word) < 5 or not (named or told or (talked and (not after.isalpha() or after in _GOES_ON))):
        return False
    if not word.isalpha() or entities().has(word) or is_everyday(word) or is_word(word) or resembles_word(word):
        return False
    if before in cues.PROFESSIONS and is_compound(word):
        return False
    known = dictionary("en").get(word) is not None
    return not known and not is_misspelt(word, wide=True)


def _is_graded(tokens: list[Token]) -> bool:
    """Say whether a comment begins with a word no dictionary has and a grade: ``fatemeh 10/10``."""
    word, grade, slash = _word(tokens, 0), _word(tokens, 1), _word(tokens, 2)
    if len(word) < 5 or not grade.isdigit() or slash != "/" or not word.isalpha() or entities().has(word):
        return False
    known = is_everyday(word) or is_word(word) or resembles_word(word) or dictionary("en").get(word) is not None
    return not known and not is_misspelt(word, wide=True)


def mixed_surnames(tokens: list[Token], place: int) -> set[int]:
    """Return the places of surnames without a capital after a given name with one: ``Hamza ali``.

    Examples
    --------
    >>> from textinnsikt.language.tokens import tokenize
    >>> mixed_surnames(tokenize("Hamza ali svarte"), 0), mixed_surnames(tokenize("Anne glad"), 0)
    ({1}, set())
    """
    given, family, doubtful = name_lists()
    found: set[int] = set()
    while place + 1 < len(tokens) and tokens[place + 1].near:
        place += 1
        word, form = tokens[place].low, tokens[place].base
        known = word in STOP_WORDS or is_everyday(word) or is_word(word) or bool({word, form} & doubtful)
        known = known and (word not in word_list("sikre.txt") or word not in family)
        if tokens[place].text[0].isupper() or known or not {word, form} & (given | family):
            break
        if word not in word_list("sikre.txt") and (entities().has(word) or dictionary("en").get(word) is not None):
            break
        found.add(place)
    return found


def _surnames(tokens: list[Token], place: int) -> set[int]:
    """Return the places of the names that go on after a given name: more given names, then a surname."""
    given, family, doubtful = name_lists()
    found: set[int] = set()
    greets = _word(tokens, place - 1) in cues.NAMING or _word(tokens, place - 2) in cues.NAMING
    while place + 1 < len(tokens) and tokens[place + 1].near:
        place += 1
        token, after = tokens[place], _word(tokens, place + 1)
        forms = {token.low, token.base}
        if (
            greets
            and place + 1 == len(tokens)
            and len(token.low) > 3
            and token.low.isalpha()
            and not is_word(token.low)
        ):
            found.add(place)
        if token.low in STOP_WORDS or not forms & (given | family):
            break
        ends = not after.isalpha() or after in _GOES_ON or after in cues.DOES
        if (is_everyday(token.low) or forms & doubtful) and not (forms & family and ends):
            break
        found.add(place)
    return found


def uncapitalised(tokens: list[Token], foreign: str) -> set[int]:
    """Return the places of names written without a capital.

    Parameters
    ----------
    tokens : list of Token
        The tokens of one comment.
    foreign : str
        The other language it is written in, ``""`` for Norwegian.

    Examples
    --------
    >>> from textinnsikt.language.tokens import tokenize
    >>> sorted(uncapitalised(tokenize("fikk snakke med mathias haaland om saken"), ""))
    [3, 4]
    """
    given = name_lists()[0]
    found: set[int] = set()
    for place, token in enumerate(tokens):
        stop = token.low in STOP_WORDS and not (token.low in cues.CALLED_SO and _is_here(tokens, place))
        if not token.text[0].islower() or stop or place in found:
            continue
        form = token.low if token.low in given else token.base
        if form in given:
            named = _is_given(tokens, place, form) or _is_rare(token.low, form, foreign)
        else:
            named = not foreign and (_is_unlisted(tokens, place) or (not place and _is_graded(tokens)))
        if named and not _is_in_company(tokens, place):
            found |= {place} | _surnames(tokens, place)
    return found


def _is_in_company(tokens: list[Token], place: int) -> bool:
    """Say whether a word is part of a company's or a place's name of several words (``kjell & company``)."""
    if _word(tokens, place + 1) == "-" and entities().has(tokens[place].low):
        return True
    starts = range(max(0, place - 2), place + 1)
    lengths = ((start, entities().length_at(tokens, start)) for start in starts)
    return any(length > 1 and start + length > place for start, length in lengths)


def _is_rare(word: str, form: str, foreign: str) -> bool:
    """Say whether a given name can hardly be anything else, wherever it stands."""
    if foreign or form in name_lists()[2] or is_everyday(word) or is_word(word):
        return False
    if resembles_word(word) and (len(form) < 7 or is_compound(word) or is_dialect_form(word)):
        return False
    return dictionary("en").get(form) is None and (form in word_list("sikre.txt") or len(form) > 4)


#: Words that are glued to a name where a space is left out: ``abdirahmansom fiksa det``.
_GLUED = re.compile(r"(?<!\w)([^\W\d_]{5,}?)(?=(?:som|tror|ett|men|og|fra|hjalp|har|sa)(?!\w))")


def glued_names(text: str) -> list[Span]:
    """Find given names written together with the word after them, in a comment that leaves out spaces.

    Examples
    --------
    >>> text = "prata med en abdirahmansom fiksa det,respekt"
    >>> [text[span.start : span.end] for span in glued_names(text)]
    ['abdirahman']
    """
    if not re.search(r"\w[,.][^\W\d_]", text):
        return []
    found = []
    for match in _GLUED.finditer(text):
        whole = re.match(r"[^\W\d_]+", text[match.start() :])
        word, name = whole[0].lower() if whole else "", match[1].lower()
        known = is_word(word) or is_everyday(word) or word in name_lists()[0] | name_lists()[1] or is_compound(word)
        if name in name_lists()[0] and not known and not is_word(name):
            found.append(Span(match.start(), match.end(), "[navn]"))
    return found


#: Initials and a surname, in any case, where somebody signs or is named in brackets.
_INITIALS = r"(?!f\.eks|bl\.|o\.l|m\.m|p\.g|d\.v|a\.s\b|s\.u)(?:[^\W\d_]\.[ -]?){1,3}[^\W\d_]{3,}(?:-[^\W\d_]+)?"
_BARE = r"(?![iåæøeIÅÆØE] )[^\W\d_] [^\W\d_]{3,}(?:-[^\W\d_]+)?"
_STOPS = r"(?=\s*(?:$|[\n.,;:!()\[\d/]|tlf|mob|tel))"
_GREETS = (
    r"(?i:\b(?:mvh|m\.?v\.?h\.?|vh|(?:hilsen|hilsning|hilsing|helsing|helsinga|klem)(?: (?:fra|frå|ifrå|ifra))?"
    r"|(?:navn|namn)(?:et)?(?: (?:på|til) \w+)?(?: (?:er|e|mitt))*))"
)
_SIGNED = re.compile(rf"{_GREETS}[\s,:.–-]+(?:(?P<dotted>{_INITIALS})|(?P<bare>{_BARE})){_STOPS}")
_IN_BRACKETS = re.compile(rf"\b(?P<who>[^\W\d_]{{3,}}) ?[(,] ?(?P<dotted>{_INITIALS})(?=[),])")
_LAST_WORDS = re.compile(r"(?:[.!?,]|\n)\s*-? ?(?P<bare>[a-zæøå]\. ?[a-zæøå]{4,}(?:-[a-zæøå]+)?)\s*$")


def signed_names(text: str) -> list[Span]:
    """Find initials with a surname after a greeting, at the end or after a person, capitals or not.

    Examples
    --------
    >>> text = "takk for svar, mvh k. lødemel"
    >>> [text[span.start : span.end] for span in signed_names(text)]
    ['k. lødemel']
    """
    found: list[Span] = []
    for pattern in (_SIGNED, _IN_BRACKETS, _LAST_WORDS):
        for match in pattern.finditer(text):
            kind = "dotted" if match.groupdict().get("dotted") else "bare"
            surname = re.split(r"[. ]+", match[kind])[-1].lower()
            known = surname in STOP_WORDS or (kind == "bare" and (is_word(surname) or is_everyday(surname)))
            person = pattern is not _IN_BRACKETS or cues.is_person(match["who"].lower())
            if person and not known and not any(span.start == match.start(kind) for span in found):
                found.append(Span(*match.span(kind), "[navn]"))
    return found
