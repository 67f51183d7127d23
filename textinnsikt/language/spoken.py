"""Spoken numbers: numbers written as they are read aloud (``fire fire sju null to``)."""

from __future__ import annotations

import re

from textinnsikt.language.amounts import MONEY_AFTER
from textinnsikt.language.patterns import Span

_ONES = ("null", "en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni")
_TEENS = ("ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_TENS = ("tjue", "tretti", "førti", "femti", "seksti", "sytti", "åtti", "nitti")
_VALUES = {word: number for number, word in enumerate((*_ONES, *_TEENS))}
_VALUES |= {word: 10 * tens for tens, word in enumerate(_TENS, 2)}
_VALUES |= {
    "ein": 1,
    "ett": 1,
    "eit": 1,
    "éin": 1,
    "én": 1,
    "syv": 7,
    "firo": 4,
    "seksa": 6,
    "åtta": 8,
    "tri": 3,
    "kvar": 4,
}
_VALUES |= {"tyve": 20, "tredve": 30, "tretti": 30, "førr": 40, "nitten": 19, "dobbel": 0, "dobbelt": 0}
_ONE = "|".join(sorted((word for word, number in _VALUES.items() if 0 < number < 10), key=len, reverse=True))
_TEN = "|".join((*_TENS, "tyve", "tredve"))
#: A number below a hundred: one word, or a ten and a one in either order.
NUMBER_WORD = rf"(?:(?:{_TEN})(?:{_ONE})?|(?:{_ONE})og(?:{_TEN})|null|dobb?elt?|{'|'.join(_TEENS)}|{_ONE})"
_ROW = re.compile(rf"(?<![\w-])(?=[a-zåæé])(?:{NUMBER_WORD}(?:\s*[,–-]\s*|\s+(?:og\s+)?)){{2,}}{NUMBER_WORD}(?![\w-])")
#: What says what number it is, by label.
_CUES = (
    ("[telefon]", re.compile(r"telefon|\btlf|mobil|\bring|oppring|\bsms\b", re.I)),
    ("[bilnummer]", re.compile(r"\breg\b|regn(?:umme)?r|skilt|bilnummer|kjennem", re.I)),
    ("[fødselsnummer]", re.compile(r"fødselsn|personn|siste fem|fem siste", re.I)),
    ("[konto]", re.compile(r"konton", re.I)),
    (
        "[kundenummer]",
        re.compile(
            r"numm?e?ret?\b|nummer|\bnr\b|\bkunde|bestilling|tinging|ordre|\bsak|polis|medlem|referanse|\bref\b|faktura|rekning"
            r"|avtale|kode[nr]?\b|\bkoda|\bpin|\bid\b|siffer|sifre|sifra|måler|kolli|sporing|pasient|\bkort|postn",
            re.I,
        ),
    ),
)
_QUEUE = re.compile(r"\bkø|kø(?:en)?\b|plass\b|terning|karakter|\bvalg\b|\btast|\btrykk", re.I)


def _value(word: str) -> int:
    """Return the number that a number word says."""
    word = word.lower()
    if word in _VALUES:
        return _VALUES[word]
    if "og" in word:
        one, _, ten = word.partition("og")
        return _VALUES.get(one, 0) + _VALUES.get(ten, 0)
    ten = next(part for part in (*_TENS, "tyve", "tredve") if word.startswith(part))
    return _VALUES[ten] + _VALUES[word.removeprefix(ten)]


def _counts(row: str) -> bool:
    """Say whether somebody counts up or down, or says the same word again and again."""
    values = [_value(word) for word in re.findall(rf"(?<!\w){NUMBER_WORD}(?!\w)", row, re.I)]
    return len({two - one for one, two in zip(values, values[1:], strict=False)}) == 1


def spoken_numbers(text: str) -> list[Span]:
    """Find numbers written as they are read aloud: three number words or more, where something says what they are.

    Parameters
    ----------
    text : str
        One comment.

    Returns
    -------
    list of Span
        In order of position.

    Examples
    --------
    >>> text = "kundenummeret er fire fire sju null to, ikke en to tre"
    >>> [text[span.start : span.end] for span in spoken_numbers(text)]
    ['fire fire sju null to']
    """
    found: list[Span] = []
    low = text.lower()
    for match in _ROW.finditer(low if len(low) == len(text) else text):
        start, end = match.span()
        words = len(re.findall(r"[^\W\d_]{2,}", match[0]))
        if (
            _counts(match[0])
            or MONEY_AFTER.match(text, end)
            or re.match(r"\s+(?:hundre|tusen|prosent|hundra)", text[end:])
        ):
            continue
        around = text[max(0, start - 70) : start] + " | " + text[end : end + 60]
        label = next((label for label, cue in _CUES if cue.search(around)), "[kundenummer]" if words > 4 else "")
        if not label or (words < 5 and _QUEUE.search(around)):
            continue
        letters = (
            re.search(r"(?<!\w)(?:[a-zA-ZæøåÆØÅ]{2}|[a-zA-Z] [a-zA-Z]) $", text[:start])
            if label == "[bilnummer]"
            else None
        )
        found.append(Span(letters.start() if letters else start, end, label))
    return found
