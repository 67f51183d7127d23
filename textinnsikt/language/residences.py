"""Residences: where a person lives, told without a street and a number of the usual form."""

from __future__ import annotations

import re

from textinnsikt.language.addresses import DOOR, FIELD, FLAT, NOT_COUNT, POST, SIDE, STREET
from textinnsikt.language.lexicon import dictionary, is_compound, is_word, resembles_word, word_list
from textinnsikt.language.patterns import Rule, Span, apart, rule
from textinnsikt.language.register import entities, is_everyday, makes, name_lists
from textinnsikt.language.spoken import NUMBER_WORD

_CAPITAL = r"[A-ZÆØÅÁČĐŠŽ][\wæøåáčđŋšžéöü]*"
_LIVES = (
    r"\b(?i:bor|bur|budd|bodd|bodde|budde|bosatt|busett|heimehøyrande|hjemmehørende|(?:hold|held)(?:er|t)"
    r"? til|held til|heldt til|holdt til)"
)
#: What may stand between: ``bor alene i``, ``bor øverst i``.
_WHERE = r"(?:,? (?!i |på )[a-zæøå]+){0,3}? (?:i|på|ved) "
#: Parts of words, one of which a comment has that tells a home without a digit.
_HOMELY = (
    *(
        "bor ",
        "bur ",
        "Bor ",
        "Bur ",
        "bod",
        "bud",
        "bos",
        "Bos",
        "bus",
        "heim",
        "hjemm",
        "older ",
        "oldt ",
        "eldt ",
        "eld ",
    ),
    *(
        "sit",
        "lig",
        "uset ",
        "boen ",
        "verst",
        "edst",
        "ppg",
        "ata ",
        "gate ",
        "gt. ",
        "veien ",
        "vegen ",
        "gata, ",
        "vei ",
        "veg ",
    ),
)
#: Short forms of gate, vei and plass after a name's genitive.
_SHORT = r"(?:v\.|g\.|gt\.?|vn\.?|pl\.|pls\.|vg\.|al\.|gate|gata|vei|veien|veg|vegen|plass|allé|alle|minde|terrasse)"
_DWELLING = (
    r"(?i:leil(?:ighet(?:en)?|egheit(?:a)?)?|hytte|hytta|omsorgsbolig|bolig|rekkehus|hybel|tomt|parsell"
    r"|andel|seksjon|teig|bruk|plass|hus)"
)
_GENITIVE = r"(?<=s )"
_FIELD_END = re.compile(rf"(?:{FIELD}|{STREET})$", re.I)


def _is_unknown_place(match: re.Match[str]) -> bool:
    """A word with a capital that neither a list nor a dictionary has, with a number after it, is a farm or a street."""
    words = match["place"].lower().split()
    last, whole = words[-1], " ".join(words)
    if (
        match["house"].endswith("00")
        or entities().has(whole)
        or any(entities().has(word) or makes().has(word) for word in words)
    ):
        return False
    if any(is_word(part) and is_everyday(part) for part in words) or last in name_lists()[0]:
        return False
    if _FIELD_END.search(last) and len(last) > 5:
        return not is_word(last)
    if len(match["house"]) < 2 or is_word(last) or dictionary("en").get(last) is not None or is_everyday(last):
        return False
    return not (is_compound(last) or resembles_word(last)) and len(last) > 3


def _is_home(match: re.Match[str]) -> bool:
    """A street or farm where somebody lives, no town, district or common noun."""
    words = match["value"].lower().split()
    if entities().has(" ".join(words)) or (entities().has(words[-1]) and len(words) < 2):
        return False
    return len(words) > 1 or not is_word(words[0])


def _is_persons_street(match: re.Match[str]) -> bool:
    """``ole haugens v. 31``: a genitive that is no common noun's, or a point or a capital that tells."""
    words = match["value"].split()
    owner = next(
        word for word in reversed(words) if word.lower().endswith("s") and word.isalpha() and len(word) > 3
    ).lower()
    if re.search(r"\b(?:v|g|gt|vn|pl|pls|vg|al)\.", match["value"].lower()):
        return True
    if re.match(r"(?:[A-ZÆØÅ]\w+ ){2}", match["value"]):
        return True
    given = words[0].lower() in name_lists()[0] or words[0].lower() in (
        "dronning",
        "kong",
        "prins",
        "biskop",
        "general",
        "onkel",
        "pastor",
    )
    return given or not (is_word(owner) or is_compound(owner) or resembles_word(owner))


def _is_small_town(match: re.Match[str]) -> bool:
    """``9357 tennevoll`` after a word for address or a mark; years and amounts are none."""
    known = match["town"].capitalize() in word_list("stedsnavn.txt")
    told = re.search(r"(?i)(?:post|adress|\bbo[rs]|\bbur|flytt|lever|send)[^.!?]{0,45}$", match.string[: match.start()])
    if match["code"][:2] in ("19", "20") and not known:
        return False
    return bool((known and (told or match["mark"] or not match["gap"])) or (told and not is_word(match["town"])))


#: The rules that need no digit.
HOME_RULES: tuple[Rule, ...] = (
    rule(
        "[adresse]",
        rf"(?:(?:{_CAPITAL}\s){{0,2}}{_CAPITAL}{STREET}|(?:{_CAPITAL}\s){{1,3}}(?<=s )(?:vei|veg|gate|plass)"
        rf"|\b[a-zæøå]{{3,}}(?:gata|gate|veien|vegen)),?",
        rf" (?:(?i:(?:hus)?nummer|nr\.?) {NUMBER_WORD}|(?!(?:en|ein|ett|eit|to)\b){NUMBER_WORD})(?![\w-]){NOT_COUNT}",
    ),
    rule(
        "[adresse]",
        r"\b(?i:oppgang|oppg\.) (?:[A-H]|[a-h](?=,|\.|$)),? ?(?:\d{1,2}\.? ?(?:etg|etasje)\b\.?|(?:første|andre"
        r"|tredje|fjerde|femte) (?:etg|etasje)\b)",
    ),
    rule(
        "[adresse]",
        _LIVES,
        _WHERE,
        rf"(?P<value>(?:{_CAPITAL}\s){{0,3}}(?:(?=[A-ZÆØÅ])(?i:[\wæøå-]{{3,}}(?:{STREET}|haugane|øya|sætra|stølen"
        rf"|garden|gard|holmen|fjellet|kleiva))(?![\w-])"
        rf"|(?<=s )(?:vei|veg|gate|plass|sti|allé)\b|(?<=\w )(?:gård|gard)\b)|{SIDE} {_CAPITAL}|(?i:oppgang)"
        rf" [A-H]\b){FLAT}",
        check=_is_home,
    ),
    rule(
        "[adresse]",
        rf"\b(?i:sitter|sit|ligger|ligg|huset|boligen|naboen|nederst|øverst|nedst|øvst)(?: [a-zæøå]+)"
        rf"{{0,3}}? i (?P<value>{_CAPITAL}(?:stien|veien|vegen|gata|gaten|bakken|svingen|kroken|tunet))(?![\w-])",
        check=_is_home,
    ),
)

#: All the rules, in order of precedence; those of `ADDRESS_RULES` go before them.
RESIDENCE_RULES: tuple[Rule, ...] = (
    *HOME_RULES,
    rule(
        "[adresse]",
        rf"(?<![\w.])(?P<value>(?:[A-ZÆØÅ]\w*\.? ){{0,3}}(?:[a-zæøå]{{3,}} )?[A-ZÆØÅa-zæøå]{{3,}}s (?:{_SHORT}|g"
        rf"|v) ?\d{{1,3}}{DOOR}{NOT_COUNT}{POST})",
        check=_is_persons_street,
    ),
    rule("[adresse]", rf"\b[A-ZÆØÅ][a-zæøå]{{2,}}(?:v|gt)\. ?\d{{1,3}}{DOOR}(?!\w|[.,]\d){NOT_COUNT}{POST}"),
    rule(
        "[adresse]",
        rf"\b(?i:i|på|til|te|ti|frå|fra|hos|ved|verken|eller|heiter|heter|bor|bur)"
        rf" (?P<value>(?P<place>{_CAPITAL}(?:-{_CAPITAL})?(?: {_CAPITAL})?) (?P<house>\d{{1,3}}){DOOR}",
        rf"{NOT_COUNT}(?!\s?[/:-]\s?\d|-?\w| (?!eller)[a-zæøå]{{3,}}(?:er|ar|år)\b){POST})",
        check=_is_unknown_place,
    ),
    rule(
        "[adresse]",
        rf"(?<![\w-])(?:øvre|nedre|nordre|søndre|søre|vestre|østre|austre|ytre|indre)"
        rf" [a-zæøå]*{FIELD} \d{{1,3}}{DOOR}(?!\w|[.,]\d){NOT_COUNT}{POST}",
    ),
    rule(
        "[adresse]",
        rf"\b(?i:(?:leil|leilighet|oppgang|oppg)\.? \w{{1,4}},? )?(?i:torvet|torget|brygga|kaia)"
        rf" \d{{1,3}}{DOOR}(?!\w|[.,]\d){NOT_COUNT}{POST}",
    ),
    rule(
        "[adresse]",
        rf"(?<![\w-])(?i:leil(?:ighet|egheit)?|oppg(?:ang)?|inngang|hytte|omsorgsbolig|rekkehus)"
        rf"\b\.?\s?(?:nr\.? ?|nummer )?(?:[A-Z]|[hH]?\d{{1,4}}[A-Za-z]?)(?![\w%]|[.,]\d|,-){NOT_COUNT}",
        rf"(?!\s*(?:roms?|kvm|m2|soverom|senger|sengs)\b)(?:, (?:{SIDE} )?{_CAPITAL})?",
        check=lambda match: bool(re.search(r"\d", match[0])),
    ),
    rule(
        "[adresse]",
        r"\b\d{1,2}\. ?(?:etg|etasje)\b\.?(?:,? til)? ?(?:venstre|høyre|høgre)?,? ?(?:oppg|oppgang|inngang)"
        r"\.? [A-Ha-h\d]\b",
    ),
    rule("[adresse]", r"(?<![\w/.,-])\d{1,4}/\d{1,4}/\d{1,3}/\d{1,3}(?![\w/])"),
    rule("[adresse]", rf"\b{_DWELLING}(?:en|a)? (?P<value>\d{{1,4}}/\d{{1,4}}(?:/\d+)*)(?![\w/])"),
    rule(
        "[adresse]",
        r"(?i:\b(?:[bgfs]nr|bruksn(?:umme)?r|seksjonsn(?:umme)?r|festen(?:umme)?r|andelsn(?:umme)?r)\b\.?:? ?)"
        r"(?P<value>\d{1,4}(?:/\d{1,4})*)(?!\w|[.,]\d)",
    ),
    rule(
        "[adresse]",
        r"(?<![\d.,])(?P<mark>(?<=, ))?(?P<value>(?P<code>\d{4})(?P<gap> ?)(?P<town>[a-zæøå]{3,}))\b",
        check=_is_small_town,
    ),
    rule(
        "[adresse]",
        r"(?i:\bpostn(?:umme)?r(?:et)?\b\.?[^.!?\d]{0,30}\b(?:mitt|mi|vårt|våres|bruker|brukar|har|skrev|skreiv"
        r"|står|registrert|lagra|lagret|er|e)\b,?[\s:(]{1,2})(?P<value>\d{4}(?: [A-ZÆØÅ][a-zæøå]+)?)"
        r"(?!\d|[.,]\d| ?kr)",
    ),
    rule(
        "[adresse]",
        rf"(?:{_LIVES}{_WHERE}|\b(?i:adressen?|flytta|flyttet|flytter)\b(?: \w+){{0,3}} )(?P<value>\d{{4}} {_CAPITAL})",
    ),
)


def tells_home(text: str) -> bool:
    """Say whether a comment without a digit has a word that one of `HOME_RULES` begins with.

    Examples
    --------
    >>> tells_home("eg bur på Nedre Haugane"), tells_home("Fin service")
    (True, False)
    """
    return any(part in text for part in _HOMELY)


#: A house number by itself: after a word for number, with a letter, or in place of another.
_NUMBERED = re.compile(
    r"(?i:\b(?:nr|nummer|husnr)\.? (?P<value>\d{1,3} ?[a-h]?)(?!\w|[.,:]\d)(?! (?:i|på) (?:kø|lista|tlf"
    r"|telefon)|,-| ?(?:kr|min|%)|\. ?\w+))"
)
_LETTERED = re.compile(
    r"\b(?i:i|på|til|te|fra|frå|ved|utenfor|utanfor|enn|ikke|ikkje|men|og|eller|hos)"
    r" (?P<value>(?![2-6][gGdD](?!\w))\d{1,3}[A-Ha-h])(?![\w%-]|[.,:]\d)"
)
_INSTEAD = re.compile(
    r"\b(?i:i ?st(?:edet|eden|aden|ede)? ?for|nabo(?:en|ane) i"
    r"|sk(?:ulle|al) (?:vært |vore |leveres |leverast )?(?:til|i|på)) "
    r"(?P<value>\d{1,3})(?=[.,;!?)]*(?:\s*$|\s(?:som|der|hvor|og|men|i)\b|[;!?,.)] ))"
)


def houses_again(text: str, spans: list[Span]) -> list[Span]:
    """Return the bare house numbers of a comment in which an address is found: ``ikke i nr 81``.

    Examples
    --------
    >>> text = "levert i Storgata 18, jeg bor i nr 81"
    >>> [text[span.start : span.end] for span in houses_again(text, [Span(10, 20, "[adresse]")])]
    ['81']
    """
    if not any(span.label == "[adresse]" for span in spans):
        return []
    found = (
        Span(*match.span("value"), "[adresse]")
        for pattern in (_NUMBERED, _LETTERED, _INSTEAD)
        for match in pattern.finditer(text)
    )
    return apart(dict.fromkeys(found), spans)
