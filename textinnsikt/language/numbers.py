"""Numbers that belong to one person: phone, national id, account, card, customer and plate numbers."""

from __future__ import annotations

import re

from textinnsikt.language.lexicon import is_word
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

#: What a reference is of, with its endings: a number after it is one if it is long enough.
_STEMS = (
    r"kunde(?:forhold|konto|klubb|kort)?|klient|medlems?(?:skaps?|kort)?|ordre|order|bestillings?|tingings?|saks?|faktura"
    r"|regnings?|rekning|avtale|abonn?ements?|polise|forsikrings?|skade(?:saks?|meldings?)?|sporings?|pakke|kolli"
    r"|sendings?|forsendelses?|frakt(?:brev)?|hente|bookings?|booking-?ref|reservasjons?|billett|serie|anleggs?"
    r"|(?:strøm)?måler|(?:straum)?målar|målepunkts?|kontrakts?|henvendelses?|førespurnads?|tickets?|kvitterings?|kupong"
    r"|gavekort|voucher|journal|pasient|sim-?kort|lån[es]?|organisasjons|foretaks|bonus(?:kort)?|passasjer"
    r"|referanse|oppdrags?|arbeidsordre|retur|reklamasjons?|søknads?|inkasso(?:saks?)?|purre|deltak[ea]r|student|elev"
    r"|ansatt|tilsett|kandidat|pass|førerkort|førarkort|lånekort|bibliotekkort|fordelskort|eurobonus|utstyrs?|vedtaks?"
    r"|chassis|ramme|understells|leietaker|leigetakar|seksjons|kontroll|transaksjons?|betalings?|innmeldings?|meldings?"
    r"|hendelses?|hendings?|bruker|brukar|klage|krav|jobb|tilbuds?|gave|adgangs?|legitimasjons?|enhets|husstands?"
    r"|gårds|eigedoms|eiendoms|bonde|produsent|patient|customer|member|account|policy|tracking|claim|reference"
)
_SHORT = r"kid|ref|pnr|imei|id|pin|puk|sim|org|case|vin|iccid|eid|emta|mac|bn|ku?ndr|medl"
_NUMBER_WORD = r"(?:nummeret|nummera|nummer|numret|number|nr|no|id|kode|koden|ref|referanse|referansen)"
_REFERENCE = (
    rf"(?i:\b(?:(?:{_STEMS})(?P<ending>ene|ane|en|an|n|a|et|er|ar|i|s)?|(?:{_SHORT}))"
    rf"(?P<kind>[-. ]?{_NUMBER_WORD}(?![^\W\d_])\.?)?(?![^\W\d_])\.?)"
)
#: Between the word and the number: whose it is, a verb, and perhaps only here that it is a number.
_LINK = (
    r"(?P<link>(?i:(?:,?\s(?:er|var|e|va|mitt|mit|min|mi|vår|vårt|våre|vårs|våres|mine|sin|si|sitt|hans|hennes|hennar|deres|dykkar"
    r"|som|der|hos|dere|dykk|lyder|har|hadde|med|på|under))*(?P<numbered>,?\s?\(?(?:ordre|saks|kunde)?(?:nr|nummer|nummeret|no)\b\.?"
    r"(?:\s(?:er|var|e|mitt|min))*)?)\s*[:=,(–-]?\s*)"
)
_CODE = (
    r"(?:(?=(?:[\w/.-]* ?\d){3})(?:[A-ZÆØÅ]{1,5}[-/ ]?|[a-zæøå]{1,5}[-/]?)?\d\w*(?:[-/. ]\d\w*|[-/][A-Z]{1,4}\d*\b)*"
    r"|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,10}\b|[A-Z]{6}\b)"
)

#: Words that stand before amounts and counts as often as before a reference.
_NEEDS_NUMBER_WORD = r"bruk[ea]r|melding|klage|krav|jobb|betaling|pass|pakke|tilbud|regning|rekning|lån|gave|kontroll"
#: What numbers belong to things and places rather than to a person (``varenummer``, ``postnr``).
_NOBODYS = tuple(
    "vare artikkel modell produkt del type post hus rom kø kanal side spor rute linje buss tog fly versjon feil "
    "kapittel sete bord start etasje gate års kort service kilde bane bind telefon tele mobil".split()
)
_DATE_OR_YEAR = re.compile(
    r"\d{1,2}[./]\d{1,2}(?:[./-]\d{2,4})?|(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?|(?:19|20)\d\d-\d\d-\d\d"
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
    if _DATE_OR_YEAR.fullmatch(value) or not _is_no_money(match):
        return False
    word, digits = match[0].lower(), sum(letter.isdigit() for letter in value)
    if not digits:
        return bool(match["kind"] or re.match("pnr|ref", word)) and not is_word(value.lower())
    if match["kind"] or match["numbered"] or "#" in match["value"] or re.match(rf"referans|(?:{_SHORT})\b", word):
        return True
    if ":" in match["link"]:
        return True
    if match["link"].strip() and (digits < 7 or re.fullmatch(r"[\d .]+000", value)):
        return False
    if re.match(_NEEDS_NUMBER_WORD, word) or re.fullmatch(r"\d{1,3}(?: \d{3})+", value):
        return False
    least = 4 if re.match(r"ordre|order|bestill|sak|booking|ticket|kunde", word) and value.isalnum() else 5
    return value[0].isupper() or digits >= least


#: The rules in order of precedence.
NUMBER_RULES: tuple[Rule, ...] = (
    rule(
        "[fødselsnummer]",
        r"(?i:\b(?:fødselsn(?:ummer|r)|personn(?:ummer|r)|fødselsdato|fnr|født(?: den)?|d-nummer)\b\.?", _IS, ")",
        r"(?P<value>\d{1,2}[. ]\d{1,2}[. ](?:\d\d)?\d\d(?:[ -]?\d{3} ?\d\d)?|\d{5,6}(?:[ -]?\d{3} ?\d\d)?",
        r"|\d{1,2}\. ?[a-zæøå]{3,9}\.? (?:19|20)\d\d)", _LAST,
    ),
    rule("[kort]", _FIRST, rf"3\d{{3}}{_GAP}\d{{6}}{_GAP}\d{{4,5}}", _LAST),
    rule("[konto]", _FIRST, r"\d{4}[. \u00a0-]\d\d[. \u00a0-]\d{5}", _LAST),
    rule(
        "[fødselsnummer]",
        _FIRST, rf"\d\d{_GAP}?\d\d{_GAP}?\d\d{_GAP}?(?:\d{{5}}|\d{{3}}{_GAP}\d\d)", _LAST,
        check=_is_dated,
    ),
    rule("[kort]", r"(?i:(?<![\w-])kort(?:nummer|nummeret|nr)\b\.?", _IS, r")(?P<value>\d[\d \u00a0-]{6,22}\d)"),
    rule(
        "[kort]",
        r"(?i:\b(?:visa|master ?card|amex|american express|diners(?: club)?|(?:kreditt|bank|betalings|debet)?kort)",
        r"-?(?:kort)?(?:et)?\b", _IS, rf")\(?(?P<value>\d(?:{_GAP}?\d){{11,18}})(?!\d)",
    ),
    rule("[kundenummer]", _REFERENCE, _LINK, rf"(?P<value>(?:# ?)?{_CODE})(?![\w%]|,\d)", check=_is_reference),
    rule(
        "[kort]",
        _FIRST, rf"(?:(?:\d{{4}}{_GAP}?){{3}}\d{{4}}(?:{_GAP}?\d{{3}})?|3\d{{14}})", _LAST,
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
    rule(
        "[kundenummer]",
        r"(?i:\b(?P<of>[a-zæøå]{3,})(?:nummer|nummeret|nr)\b\.?", _IS, r")",
        r"(?P<value>[A-Z]{0,4}-?\d(?:[ /.-]?\d){3,})(?!\w|,\d)",
        check=lambda match: not match["of"].lower().endswith(_NOBODYS) and _is_no_money(match),
    ),
    rule("[kundenummer]", r"\b(?:NO ?)?\d{3} ?\d{3} ?\d{3} ?MVA\b"),
    rule(
        "[kundenummer]",
        r"(?i:\b(?:nr|nummer|nummeret|numret)\b\.?", _IS, r")",
        r"(?P<value>(?:[A-ZÆØÅ]{1,4}-?)?\d(?:[ -]?\d){4,})(?![\w%]|,\d)",
        check=lambda match: match["value"][-3:] != "000" and _is_number(match),
    ),
    rule("[kundenummer]", r"(?<!\d)\d{8,}(?!\d)", check=_is_number),
)
