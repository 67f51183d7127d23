"""Numbers that belong to one person: phone, national id, account, card, customer and plate numbers."""

from __future__ import annotations

import re

from textinnsikt.language.patterns import Rule, rule
from textinnsikt.language.words import STOP_WORDS

_GAP = r"[ \u00a0\u202f\u2009.\-–]"
_FIRST = r"(?<![\d\w])(?<!\d[.,])"
_LAST = r"(?!\d)(?![.,]\d)"
_IS = r"(?:\s(?:er|var|mitt|min|vår|som|nr\.?|nummer))*\s*[:=]?\s*"

_MONEY_BEFORE = re.compile(r"(?:\b(?:kr|nok|kroner|eur|usd|sek|dkk|euro|dollar)|[$€£])[.:]?\s*$", re.I)
_MONEY_AFTER = re.compile(
    r"""\s*(?: ,-|,–|\.-|,00\b|kr\b|kroner|nok\b|øre\b|mill|mrd|euro|eur\b|dollar|usd\b|sek\b|dkk\b|[$€£%]
        | prosent|[km]?wh\b|[gmk]b(?:it|ps)?\b|[gmk]b(?:it)?/s|byte|innbygg|menneske|kunder\b|personer\b
        | eksemplar|lesere\b )""",
    re.I | re.X,
)
#: Two letters before a number that are no number plate.
_UNITS = frozenset("kr nr ca tv hr ns en km kg cm mm ml dl mb gb tb kw md pr st ab as us sa ba".split())
_COMPACT_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
#: Days and months of dated ids: D-numbers add 40 to the day, synthetic ones 40, 65 or 80 to the month.
_MONTH_SHIFTS = (0, 40, 65, 80)

_REFERENCE = (
    r"(?i:\b(?:kunde|klient|medlems?|ordre|order|bestillings?|saks?|referanse|ref|faktura|kid|avtale|abonn?ements?|"
    r"polise|forsikrings?|skade|sporings?|pakke|kolli|sendings?|bookings?|booking-?ref|reservasjons?|billett|serie|"
    r"anleggs?|(?:strøm)?måler|målepunkt|kontrakts?|henvendelses?|tickets?|kvitterings?|kupong|gavekort|journal|"
    r"pasient|bruker|simkort|sim|imei|låne?|org|organisasjons|foretaks|case|id|bonus|passasjer|pnr|pin|puk)"
    r"(?P<kind>[-. ]?(?:nummeret|nummer|nr|no|id|kode|koden)\b\.?)?\.?)"
)
_CODE = (
    r"(?:(?=[\w/.-]*\d[\w/.-]*\d[\w/.-]*\d)[A-ZÆØÅa-zæøå]{0,5}[-/ ]?\d\w*(?:[-/. ]\d\w*)*"
    r"|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,10}\b)"
)


def _is_no_money(match: re.Match[str]) -> bool:
    """Amounts, counts and speeds are nobody's."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    return not _MONEY_BEFORE.search(before[-12:]) and not _MONEY_AFTER.match(after)


def _is_dated(match: re.Match[str]) -> bool:
    """A national id begins with a date: day and month are enough, so that wrong check digits hide nobody."""
    digits = re.sub(r"\D", "", match[0])
    day, month = int(digits[:2]), int(digits[2:4])
    return 1 <= day % 40 <= 31 and day <= 71 and any(1 <= month - shift <= 12 for shift in _MONTH_SHIFTS)


def _is_number(match: re.Match[str]) -> bool:
    """Eight digits that are neither money, nor a date written together, nor two years."""
    dated = _COMPACT_DATE.fullmatch(match[0]) or re.fullmatch(r"(?:19|20)\d\d\D(?:19|20)\d\d", match[0])
    return not dated and _is_no_money(match)


def _is_reference(match: re.Match[str]) -> bool:
    """A reference has a word for number before it, or is long; dates, years, times and amounts are none."""
    value = match["value"].lstrip("#")
    if re.fullmatch(r"\d{1,2}\.\d{1,2}(?:\.\d{2,4})?|(?:19|20)\d\d", value) or not _is_no_money(match):
        return False
    if match["kind"] or ":" in match[0] or re.match(r"(?i)kid|ref|pnr|imei|id\b|pin|puk", match[0]):
        return True
    if re.fullmatch(r"\d{1,3}(?: \d{3})+", value):
        return False
    least = 4 if re.match(r"(?i)ordre|order|bestill|sak|booking|ticket|case|kunde", match[0]) else 5
    return value[0].isupper() or sum(c.isdigit() for c in value) >= least


#: The rules in order of precedence.
NUMBER_RULES: tuple[Rule, ...] = (
    rule(
        "[fødselsnummer]",
        r"(?i:\b(?:fødselsn(?:ummer|r)|personn(?:ummer|r)|fødselsdato|fnr|født(?: den)?|d-nummer)\b\.?", _IS, ")",
        r"(?P<value>\d{1,2}[. ]\d{1,2}[. ](?:\d\d)?\d\d(?:[ -]?\d{3} ?\d\d)?|\d{5,6}(?:[ -]?\d{3} ?\d\d)?",
        r"|\d{1,2}\. ?[a-zæøå]{3,9}\.? (?:19|20)\d\d)", _LAST,
    ),
    rule("[konto]", _FIRST, r"\d{4}[. \u00a0-]\d\d[. \u00a0-]\d{5}", _LAST),
    rule(
        "[fødselsnummer]",
        _FIRST, rf"\d\d{_GAP}?\d\d{_GAP}?\d\d{_GAP}?(?:\d{{5}}|\d{{3}}{_GAP}\d\d)", _LAST,
        check=_is_dated,
    ),
    rule("[kort]", r"(?i:\bkort(?:nummer|nummeret|nr)\b\.?", _IS, r")(?P<value>\d[\d \u00a0-]{6,22}\d)"),
    rule("[kundenummer]", _REFERENCE, _IS, rf"(?P<value>#?{_CODE})(?![\w%]|,\d)", check=_is_reference),
    rule(
        "[kort]",
        _FIRST, rf"(?:(?:\d{{4}}{_GAP}?){{3}}\d{{4}}(?:{_GAP}?\d{{3}})?|3\d{{3}}{_GAP}?\d{{6}}{_GAP}?\d{{5}})", _LAST,
    ),
    rule(
        "[konto]",
        r"(?i:\bkonto(?:en|nummer|nummeret|nr)?\b\.?", _IS, r")(?P<value>\d[\d. -]{5,16}\d)(?!\d)",
        check=_is_no_money,
    ),
    rule("[konto]", _FIRST, r"\d{11}", _LAST, check=_is_no_money),
    rule("[kundenummer]", r"(?<![\w&])#\s?(?:\d{4,}|[A-Z]{1,4}-?\d{3,})\b"),
    rule("[kundenummer]", r"\b[A-Z]{1,4}-?\d{6,}[A-Z]{0,3}\b"),
    rule("[telefon]", r"(?<![\d\w])", rf"(?:\+|00)[1-9]\d{{0,2}}{_GAP}?\(?\d(?:{_GAP}?\(?\d\)?){{5,12}}(?!\d)"),
    rule(
        "[telefon]",
        r"(?<![\d\w])(?<!\d[.,])", rf"(?:\(?(?:\+|00){_GAP}?47\)?{_GAP}*)?",
        rf"(?:[2-9]\d(?P<a>{_GAP})\d\d(?P=a)\d\d(?P=a)\d\d|[2-9]\d\d(?P<b>{_GAP})\d\d(?P=b)\d{{3}}",
        rf"|[2-9]\d{{3}}{_GAP}\d{{4}}|[2-9]\d\d{_GAP}\d{{5}}|[2-9]\d{{7}}|[2-9](?: \d){{7}}(?! \d))", _LAST,
        check=_is_number,
    ),
    rule(
        "[telefon]",
        r"(?i:\b(?:tlf|telefon|telefonnummer|mobil|mobilnummer|mobilnr|tlfnr|nummer)\b\.?", _IS, ")",
        rf"(?P<value>\d(?:{_GAP}?\d){{7}})(?!{_GAP}?\d)",
    ),
    rule(
        "[bilnummer]",
        r"(?<![\w-])(?!KR|NR|CA|TV|NS|EN|HR)[A-HJ-NPR-Z]{2}[ \u00a0-]?\d{5}(?![\w%]|[.,]\d|,-)",
        check=_is_no_money,
    ),
    rule(
        "[bilnummer]",
        r"(?<![\w-])[a-hj-npr-z]{2} ?\d{5}(?![\w%]|[.,]\d|,-)",
        check=lambda match: match[0][:2] not in _UNITS and match[0][:2] not in STOP_WORDS and _is_no_money(match),
    ),
    rule(
        "[bilnummer]",
        r"(?i:\b(?:skilt(?:nummer|nr)?|reg(?:istreringsnummer|nummer|\.?\s?nr)?|bilnummer|bil(?:en)?)\b\.?",
        r"(?:\s(?:er|var|med|nr\.?|skilt|reg\.?nr\.?))*\s*:?\s*)(?P<value>[A-ZÆØÅa-zæøå]{2}\s?\d{4,5})\b",
        check=lambda match: match["value"][:2].lower() not in ("kr", "nr", "ca", "på", "og", "er", "nå", "om"),
    ),
    rule("[kundenummer]", r"(?<!\d)\d{8,}(?!\d)", check=_is_number),
)
