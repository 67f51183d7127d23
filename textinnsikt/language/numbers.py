"""Numbers that belong to one person: phone, national id, account, card, customer and plate numbers."""

from __future__ import annotations

import re

from textinnsikt.language.amounts import COMPACT_DATE, DATE_OR_TIME, DATE_OR_YEAR, is_no_money
from textinnsikt.language.codes import CODE_RULES, STANDARDS
from textinnsikt.language.lexicon import is_word
from textinnsikt.language.patterns import Rule, rule
from textinnsikt.language.plates import PLATE_RULES
from textinnsikt.language.register import is_everyday, makes

_GAP = r"[ \u00a0\u202f\u2009.\-–]"
_FIRST = r"(?<![\d\w])(?<!\d[.,])"
_LAST = r"(?!\d)(?![.,]\d)"
_IS = r"(?:\s(?:er|var|mitt|min|vår|som|nr\.?|nummer))*\s*[:=]?\s*"
#: The same, with marks and more words, where the word before leaves no doubt.
_SAYS = (
    r"(?:[\s,(«:=]+(?:er|e|var|va|vart|blir|ble|blei|mitt|min|mi|mine|sitt|sin|si|vår|vårt|hans|hennes"
    r"|hennar|til|som|nr\.?|nummer|i|på|fødselsnummeret|personnummeret|fødselsnummer|personnummer|siffer|siffera"
    r"|sifra|sifrene"
    r"|tall|tallene|tala|da|no|nå|det|altså|bare|berre)\b)*[\s,(«»:=]*"
)
#: A number of six digits or more, however it is grouped.
_ANY_NUMBER = (
    r"(?<![\w#@])(?<!\d[.,:/–-])(?!(?:19|20)\d\d )\d(?:(?: [.–/-] |[ \u00a0\u202f\u2009.–/-]?)\d){5,}"
    r"(?![\w%]|[.,:]\d|,-| ?\d)"
)
#: The countries of account numbers that begin with letters.
_COUNTRY = (
    r"(?:AD|AE|AL|AT|BA|BE|BG|BR|CH|CY|CZ|DE|DK|EE|ES|FI|FO|FR|GB|GE|GI|GL|GR|HR|HU|IE|IL|IS|IT|LI|LT|LU|LV|MC|MD"
    r"|ME|MK|MT"
    r"|NL|NO|PK|PL|PT|QA|RO|RS|SA|SE|SI|SK|SM|TN|TR|UA|XK)"
)

#: Talk of a national id, and of its last five digits: a date beside is the rest of it.
_ABOUT_ID = re.compile(
    r"f[øo]d?[ds]+e?ls?[- ]?(?:n(?:umm?er|r)|dato|dag)|person[- ]?n(?:umm?er|umr|r)|pers\.?nr|\b(?:p|f|d)\.?-?nr|\bfnr"
    r"|d-nummer|\b(?:siste|sist|sjiste) (?:de |dei )?(?:fem|fæm|5)\b|\b(?:fem|fæm|5) (?:siste|sist|sjiste)\b"
    r"|\b(?:11|elleve)[- ]?si[fv]+[re]+t?\w*",
    re.I,
)
_LAST_FIVE = re.compile(r"\b(?:siste|sist) (?:de |dei )?(?:fem|fæm|5)\b|\b(?:fem|fæm|5) (?:siste|sist)\b", re.I)

_THINGS_BEFORE = re.compile(
    r"(?:vers?jon(?:en)?|\bv|build|ios|android|windows|firmware|modell(?:en)?|feilkode[nr]?|feilmelding"
    r"|(?:vare|artikkel|modell|produkt|post)n(?:umme)?r|\bkl|klokka|klokken|sms til|\bip)\.?:?\s*$",
    re.I,
)
_MONEY_NEAR = re.compile(
    r"(?:pris|kost|betal|beløp|\bsum|total|\blån|gjeld|lønn|saldo|depositum|inntekt|verdi|takst|\btap|solgt|selg"
    r"|budsjett"
    r"|erstatning|innbo|kroner|\bkr\b|\bkrav)[^.!?]*$|\bfor\s*$",
    re.I,
)
#: Days and months of dated ids: D-numbers add 40 to the day, synthetic ones 40, 65 or 80 to the month.
_MONTH_SHIFTS = (0, 40, 65, 80)

#: What a reference is of, with its endings: a number after it is one if it is long enough.
_STEMS = (
    r"kunde(?:forhold|konto|klubb|kort)?|klient|medlems?(?:skaps?|kort)?|ordre|order|bestillings?|tingings?|saks?"
    r"|faktura"
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
    rf"(?i:\b(?:(?:{_STEMS}|[a-zæøå]{{3,}}(?:ordre|polise|kontrakts?|reservasjons?|saks?))"
    rf"(?P<ending>ene|ane|en|an|n|a|et|er|ar|i|s)?|(?:{_SHORT}))"
    rf"(?P<kind>[-. ]?{_NUMBER_WORD}(?![^\W\d_])\.?)?(?![^\W\d_])\.?)"
)
#: Between the word and the number: whose it is, a verb, and perhaps only here that it is a number.
_LINK = (
    r"(?P<link>(?i:(?:,?\s(?:er|var|e|va|mitt|mit|min|mi|vår|vårt|våre|vårs|våres|mine|sin|si|sitt|hans|hennes"
    r"|hennar|deres|dykkar"
    r"|som|der|hos|dere|dykk|lyder|heter|heiter|hette|het|kalles|har|hadde|med|på|under))"
    r"*(?P<numbered>,?\s?\(?(?:ordre|saks|kunde)?(?:nr|nummer|nummeret|no)\b\.?"
    r"(?:\s(?:er|var|e|mitt|min))*)?)\s*[:=,(–-]?\s*)"
)
_CODE = (
    r"(?:(?=(?:[\w/.-]* ?\d){3})(?:[A-ZÆØÅ]{1,5}[-/ ]?|[a-zæøå]{1,5}[-/]?)?\d\w*(?:[-/. ]\d\w*|[-/][A-Z]{1,4}\d*\b)*"
    r"|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,10}\b|[A-Z]{6}\b)"
)

#: Words that stand before amounts and counts as often as before a reference.
_NEEDS_NUMBER_WORD = r"bruk[ea]r|melding|klage|krav|jobb|betaling|pass|pakke|tilbud|regning|rekning|lån|gave|kontroll"
#: What is known by a code of letters and digits.
_BOOKED = r"booking|reservasjon|billett|referans|pnr|ref\b|sporing|sending|tinging|kvittering|gavekort|voucher|kupong"
#: What numbers belong to things and places rather than to a person (``varenummer``, ``postnr``).
_NOBODYS = tuple(
    "vare artikkel modell produkt del type post hus rom kø kanal side spor rute linje buss tog fly versjon feil "
    "kapittel sete bord start etasje gate års kort service kilde bane bind telefon tele mobil".split()
)
#: The word for a number of something, what somebody does with it, and the number.
_OF = r"\b(?P<of>[a-zæøå]{2,})(?:nummer|nummeret|nr|id)"
_SAID = r"(?:sa|svarte|svara|oppga|oppgav|ga|gav|skrev|skreiv|tasta|tastet)"
_NUMBER = r"(?P<value>[A-Z]{0,4}-?\d(?:[ /.-]?\d){3,}|(?=(?:[A-Z]*\d){3})(?=\d*[A-Z])[A-Z\d]{7,20})(?!\w|,\d)"
#: ``slutter på``, ``begynner med``: a part of the number is told.
_PARTLY = (
    r"(?: \w+){0,3} (?:slutter|sluttar|slutta|sluttet|ender|endar|endte|enda|begynner|begynte|byrjar|starter|startar)"
    r" (?:på|med)"
)
_PART = r"(?P<value>\d{3,6})(?![\d%]|[.,]\d)"


def _is_of_somebody(match: re.Match[str]) -> bool:
    """``kundenummer`` is somebody's, ``varenummer`` nobody's; years and amounts are no numbers of anything."""
    of, dated = match["of"].lower(), DATE_OR_YEAR.fullmatch(match["value"])
    return not of.endswith(_NOBODYS) and not dated and is_no_money(match)


def _is_dated(match: re.Match[str]) -> bool:
    """A national id begins with a date: day and month are enough, so that wrong check digits hide nobody."""
    digits = re.sub(r"\D", "", match[0])
    day, month = int(digits[:2]), int(digits[2:4])
    return 1 <= day % 40 <= 31 and day <= 71 and any(1 <= month - shift <= 12 for shift in _MONTH_SHIFTS)


def _is_birthday(match: re.Match[str]) -> bool:
    """Six digits that may be a birthday, in a comment that talks of national ids."""
    about = _ABOUT_ID if match[0].isdigit() else _LAST_FIVE
    if not _is_dated(match) or not is_no_money(match) or _THINGS_BEFORE.search(match.string[: match.start()]):
        return False
    return bool(about.search(match.string))


def _is_standing_code(match: re.Match[str]) -> bool:
    """Two to four capitals and five digits are a reference; currencies, standards and models are none."""
    letters = re.match(r"[A-ZÆØÅ]+", match[0])
    first = letters[0].lower() if letters else ""
    before = re.search(r"([\w-]+) $", match.string[: match.start()])
    model = before is not None and makes().has(before[1].lower())
    money = first in ("kr", "nok", "eur", "usd", "sek", "dkk", "gbp")
    return not (money or model or first in STANDARDS or makes().has(first)) and is_no_money(match)


def _is_number(match: re.Match[str]) -> bool:
    """Eight digits that are neither money, nor a date written together, nor two years."""
    dated = COMPACT_DATE.fullmatch(match[0]) or re.fullmatch(r"(?:19|20)\d\d\D(?:19|20)\d\d", match[0])
    return not dated and is_no_money(match)


def _is_reference(match: re.Match[str]) -> bool:
    """A reference has a word for number before it, or is long; dates, years, times and amounts are none."""
    value = match["value"].lstrip("#")
    if DATE_OR_YEAR.fullmatch(value) or not is_no_money(match):
        return False
    word, digits = match[0].lower(), sum(letter.isdigit() for letter in value)
    if re.fullmatch(r"(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{6,8}", value) and re.match(_BOOKED, word):
        return True
    if not digits:
        named = re.match(_BOOKED, word) and re.search(r"\b(?:heter|heiter|er|var|e|lyder)\b|:", match["link"])
        if named and not is_everyday(value.lower()):
            return not is_word(value.lower())
        return bool(match["kind"] or re.match("pnr|ref", word)) and not is_word(value.lower())
    if match["kind"] or match["numbered"] or "#" in match["value"] or re.match(rf"referans|(?:{_SHORT})\b", word):
        return True
    if ":" in match["link"]:
        return True
    least = 5 if match["link"].strip() else 4
    if re.match(rf"(?!kr|nok|sek|eur|usd)(?:[A-Z]{{1,4}}[-/]?\d{{5}}|[A-Z]{{1,3}}-\d{{{least}}})", value, re.I):
        return True
    if match["link"].strip() and (digits < 7 or re.fullmatch(r"[\d .]+000", value)):
        return False
    thousands = re.fullmatch(r"\d{1,3}(?: \d{3})+", value) and (digits < 8 or value.endswith("00"))
    if re.match(rf"(?:{_NEEDS_NUMBER_WORD})(?!sak)", word) or thousands:
        return False
    least = 4 if re.match(r"ordre|order|bestill|sak|booking|ticket|kunde", word) and value.isalnum() else 5
    return value[0].isupper() or digits >= least


def _is_somebodys(match: re.Match[str]) -> bool:
    """Six digits or more that are neither amount, count, date, time, version, range nor list."""
    text, before = match[0], match.string[max(0, match.start() - 50) : match.start()]
    groups = re.findall(r"\d+", text)
    digits = "".join(groups)
    if not is_no_money(match) or _THINGS_BEFORE.search(before) or COMPACT_DATE.fullmatch(text):
        return False
    if sum(letter.isdigit() for letter in DATE_OR_TIME.sub("", text)) < 6:
        return False
    if len(groups) == 1 or re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f\u2009.]\d{3})+", text):
        amount = (len(groups) == 2 and len(digits) == 6) or digits.endswith("000" if len(digits) > 7 else "00")
        dated = len(groups) == 1 and len(digits) == 6 and _is_dated(match)
        return not (amount or dated or (len(digits) < 9 and _MONEY_NEAR.search(before)))
    if "/" in text and max(map(len, groups)) < 5:
        return len(groups) > 3 and {len(group) for group in groups} == {2}
    if len(groups) == 2 and max(map(len, groups)) < 5:
        return len(digits) > 6 and not digits.endswith("0") and len(groups[0]) != len(groups[1])
    if max(map(len, groups)) == 1:
        return len(digits) > 7
    return not all(group[-1] in "05" for group in groups)


#: The rules in order of precedence.
NUMBER_RULES: tuple[Rule, ...] = (
    rule(
        "[fødselsnummer]",
        r"(?<![\w.,/-])(?P<value>[0-3]?\d[./ -][01]?\d[./ -](?:19)?\d\d[ ,/–-]{1,3}\d{3} ?\d\d)(?![\w%]|[.,]\d|,-)",
        check=lambda match: (
            is_no_money(match)
            and (bool(_ABOUT_ID.search(match.string)) or bool(re.search(r"\D19\d\d\D", match["value"])))
        ),
    ),
    rule(
        "[fødselsnummer]",
        r"(?i:\b(?:(?:fødsels|person)n(?:ummer(?:et)?|r)|fødselsdato(?:en)?|p\.?nr|persnr",
        r"|[fd]\.?-?nr|født(?: den)?|fødd(?: den)?|bursdag(?:en)?|d-nummer(?:et)?|siste (?:fem|5)",
        r"|(?:fem|5) siste)\b\.?",
        _SAYS,
        ")",
        r"(?P<value>\d{1,2}[. ]\d{1,2}[. ](?:\d\d)?\d\d(?:[ -]?\d{3} ?\d\d)?|\d{5,6}(?:[ -]?\d{3} ?\d\d)?"
        r"|\d\d \d{3}|\d{3} \d\d",
        r"|\d{1,2}\. ?[a-zæøå]{3,9}\.? (?:19|20)\d\d)",
        _LAST,
    ),
    rule(
        "[fødselsnummer]",
        _FIRST,
        r"(?P<value>\d{5})[\s,(»]+(?i:(?:(?:er|var|som|e|va|altså|da|de|dei|dem|mine) )*",
        r"(?:siste (?:fem|5)|(?:fem|5) siste))\b",
    ),
    rule(
        "[fødselsnummer]",
        r"(?i:\b(?:fødsels|person)n(?:umm?er(?:et)?|r)\b\.?",
        rf"{_PARTLY} )(?P<value>\d{{5,6}}|\d\d \d{{3}}|\d{{3}} \d\d|(?:\d \d\d|\d\d) \d\d|\d{{3,4}}|(?:\d ){{4}}\d)",
        _LAST,
    ),
    rule("[konto]", r"(?<!\w)", _COUNTRY, r" ?\d\d(?:[ .-]?[A-Z]{4,5})?(?:[ .-]?\d[A-Z]{0,2}){8,28}(?![^\W_])"),
    rule("[konto]", r"(?<!\w)(?i:", _COUNTRY, r")\d\d(?:[ .-]?\d){8,28}(?![^\W_])"),
    rule(
        "[konto]",
        r"(?i:\biban(?:-?n(?:umme)?r|-?nummeret|en)?\b\.?",
        _SAYS,
        r"(?P<value>[A-Z]{2} ?\d(?:[ .-]?(?:[A-Z]{4} ?)?\d)+))",
    ),
    rule("[kort]", _FIRST, rf"3\d{{3}}{_GAP}\d{{6}}{_GAP}\d{{4,5}}", _LAST),
    rule("[konto]", _FIRST, r"\d{4}[. \u00a0-]\d\d[. \u00a0-]\d{5}", _LAST),
    rule(
        "[fødselsnummer]",
        _FIRST,
        rf"(?<!\+)\d\d{_GAP}?\d\d{_GAP}?\d\d{_GAP}?\d(?:{_GAP}?\d){{4}}",
        _LAST,
        check=_is_dated,
    ),
    rule(
        "[fødselsnummer]",
        r"(?<![\w#@+*/.,:-])(?:\d{6}|\d\d[. ]\d\d[. ]\d\d|[0-3]\d[01]\d(?:19|20)\d\d)(?![\w%]|[.,:/-]\d|,-| \d{3})",
        check=_is_birthday,
    ),
    rule("[kort]", r"(?i:(?<![\w-])kort(?:nummer|nummeret|nr)\b\.?", _IS, r")(?P<value>\d[\d \u00a0-]{6,22}\d)"),
    rule(
        "[kort]",
        r"(?i:\b(?:visa|master ?card|amex|american express|diners(?: club)?|(?:kreditt|bank|betalings|debet)?kort)",
        r"-?(?:kort)?(?:et)?\b",
        _IS,
        rf")\(?(?P<value>\d(?:{_GAP}?\d){{11,18}})(?!\d)",
    ),
    rule("[kundenummer]", _REFERENCE, _LINK, rf"(?P<value>(?:# ?)?{_CODE})(?![\w%]|,\d)", check=_is_reference),
    rule(
        "[kort]",
        _FIRST,
        rf"(?:(?:\d{{4}}{_GAP}?){{3}}\d{{4}}(?:{_GAP}?\d{{3}})?|3\d{{14}})",
        _LAST,
    ),
    rule(
        "[konto]",
        r"(?i:\bkonto(?:en|nummer|nummeret|nr)?\b\.?",
        _IS,
        r")(?P<value>\d(?:[ .-]{0,3}\d){6,15})(?![ .-]?\d)",
        check=is_no_money,
    ),
    rule("[konto]", _FIRST, r"\d{11}", _LAST, check=is_no_money),
    rule(
        "[kort]",
        r"(?i:\b(?:cv[cv]2?(?:-?kode[nr]?)?|(?:sikkerhets|tryggleiks|pin-?)kode[nr]?|kontrollsiffer)\b",
        _SAYS,
        r")(?P<value>\d{3,4})(?![\d%]|[.,]\d)",
        check=is_no_money,
    ),
    rule(
        "[kort]",
        r"(?i:\b(?:utløp\w*|gyldig\w*|exp\w*|gå[rt]t? ut|utgå[rt]\w*|valid)\b[^\d.!?]{0,3}(?:t\.?o\.?m\.?|til|te"
        r"|i|dato|er|var|thru)?[ :.]{0,2})",
        r"(?P<value>(?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?\d\d)(?![\d/])",
        check=lambda match: bool(re.search(r"(?i)kort|visa|master|\d{4}[ .-]?\d{4}", match.string[: match.start()])),
    ),
    rule("[kort]", r"(?<!\w)[*•xX]{2,}[ -]?(?P<value>\d{4})(?!\d)"),
    rule("[kort]", r"(?i:\bkode[nr]?", _SAYS, r"(?P<value>\d{3,4})\)? (?:bakpå|bak på|på bak|står bak|på kortet))"),
    rule(
        "[kort]",
        r"(?i:\b(?:(?:siste|fire siste|første) (?:fire|4|seks|del(?:en)?|siffer|siffera|sifra|sifrene|tall|tala)",
        r"|(?:ende|slutt)(?:tall|siffer|sifre)",
        r"|(?:kort|konto|nummer|siffer|mobil|visa|mastercard|amex)[a-zæøå]*,?(?: \w+){0,4}",
        r" (?:slutt(?:er|ar|a|e|et)|end(?:er|ar|te|a)) (?:på|med|i)",
        r"|(?:faktura|rekning|regning)[a-zæøå]*,?(?: \w+){0,3} slutt(?:er|ar|a|e|et) (?:på|med))\b",
        _SAYS,
        r")(?P<value>\d{4,5})(?![\d%]|[.,]\d)",
        check=lambda match: not re.match(r"19|20|\d\d00", match["value"]) and is_no_money(match),
    ),
    rule(
        "[kundenummer]",
        r"(?<![\w&])[A-Z]?#\s?(?:\d{4,}|\d{2,}-\d{2,}|[A-Za-z]{1,4}-?\d{3,})[A-Za-z]{0,2}",
        r"(?:[-/.]?[A-Z]?\d\w*|[-/][A-Z]+\b)*(?!\w)",
    ),
    *CODE_RULES,
    rule("[kundenummer]", r"\b[A-Z]{1,4}-?\d{6,}[A-Z]{0,3}\b"),
    rule("[telefon]", r"(?<![\d\w])", rf"(?:\+|00)[1-9]\d{{0,2}}{_GAP}?\(?\d(?:{_GAP}?\(?\d\)?){{5,12}}(?!\d)"),
    rule(
        "[telefon]",
        r"(?<![\d\w])(?<!\d[.,])",
        rf"(?:\(?(?:\+|00){_GAP}?47\)?{_GAP}*)?",
        rf"(?:[2-9]\d(?P<a>{_GAP})\d\d(?P=a)\d\d(?P=a)\d\d|[2-9]\d\d(?P<b>{_GAP})\d\d(?P=b)\d{{3}}",
        rf"|[2-9]\d{{3}}{_GAP}\d{{4}}|[2-9]\d\d{_GAP}\d{{5}}|[2-9]\d{{7}}|[2-9](?: \d){{7}}(?! \d))",
        _LAST,
        check=_is_number,
    ),
    rule(
        "[telefon]",
        r"(?<=[a-zæøå])(?<!0x)(?:\+47 ?)?[2-9]\d(?P<gap>[ .-]?)\d\d(?P=gap)\d\d(?P=gap)\d\d",
        _LAST,
        check=is_no_money,
    ),
    rule(
        "[telefon]",
        r"(?i:\b(?:tlf|telefon|telefonnummer|mobil|mobilnummer|mobilnr|tlfnr|nummer)\b\.?",
        _IS,
        ")",
        rf"(?P<value>\d(?:{_GAP}?\d){{7}})(?!{_GAP}?\d)",
    ),
    *PLATE_RULES,
    rule("[kundenummer]", r"(?<![\w-])[A-ZÆØÅ]{2,4}-?\d{5}[A-Z]{0,2}(?!\w|[.,]\d)", check=_is_standing_code),
    rule(
        "[kundenummer]",
        r"(?i:\b(?:rma(?=\d)|(?:rma|rnr|case|ticket|sak|ordre?|retur|inc|sr)\b[ :#.-]{1,3}))",
        r"(?P<value>[A-Z]{0,4}[ -]?\d{4,}(?<!00))(?![\w%]|[.,:]\d|,-)",
        check=lambda match: not DATE_OR_YEAR.fullmatch(match["value"].strip()) and is_no_money(match),
    ),
    rule("[kundenummer]", rf"(?i:{_OF}\b\.?", _IS, r")", _NUMBER, check=_is_of_somebody),
    rule("[kundenummer]", rf"(?i:{_OF}\b[^.!?\d\[]{{1,45}}\b{_SAID} )", _NUMBER, check=_is_of_somebody),
    rule("[kundenummer]", rf"(?i:{_OF}\b[^.,!?\d\[]{{1,40}}\s(?:er|e|var|va) )", _NUMBER, check=_is_of_somebody),
    rule(
        "[kundenummer]",
        rf"(?i:{_OF}\b\.?{_PARTLY}\b",
        _SAYS,
        rf"){_PART}",
        check=_is_of_somebody,
    ),
    rule("[kundenummer]", rf"(?i:\b(?:målepunkt(?:et)?|polis(?:en|a|e)|kid|imei)\b{_PARTLY} )", _PART),
    rule("[kundenummer]", rf"(?i:{_OF}\b[^.!?:\d\[]{{1,60}}: ?)", _NUMBER, check=_is_of_somebody),
    rule("[kundenummer]", rf"(?i:\b{_SAID}) ", _NUMBER, rf"(?i:[^.!?\d\[]{{1,40}}{_OF}\b)", check=_is_of_somebody),
    rule(
        "[kundenummer]",
        r"(?<![\w.,-])",
        _NUMBER,
        r"[)»]? (?i:(?:er|e|var|va|som|står som|heter|heiter|som er)(?: \w+){0,2} ?",
        rf"{_OF}\b)",
        check=_is_of_somebody,
    ),
    rule("[kundenummer]", r"\b(?:NO ?)?\d{3} ?\d{3} ?\d{3} ?MVA\b"),
    rule(
        "[kundenummer]",
        r"(?i:\b(?:nr|nummer|nummeret|numret)\b\.?",
        _IS,
        r")",
        r"(?P<value>(?:[A-ZÆØÅ]{1,4}-?)?\d(?:[ -]?\d){4,})(?![\w%]|,\d)",
        check=lambda match: match["value"][-3:] != "000" and _is_number(match),
    ),
    rule("[kundenummer]", r"(?<!\d)(?<!\b0x)\d{8,}(?!\d)", check=_is_number),
    rule(
        "[telefon]",
        _ANY_NUMBER,
        check=lambda match: bool(re.fullmatch(r"[2-9](?:\D?\d){7}", match[0])) and _is_somebodys(match),
    ),
    rule("[kundenummer]", _ANY_NUMBER, check=_is_somebodys),
)
