"""Codes: references of letters and digits (``LS2209-8841-K``), known by their shape and by the words beside them."""

from __future__ import annotations

import re

from textinnsikt.language.amounts import DATE_OR_YEAR, MONEY_AFTER, UNITS, is_no_money
from textinnsikt.language.lexicon import is_word, word_list
from textinnsikt.language.patterns import Rule, Span, rule
from textinnsikt.language.words import STOP_WORDS

#: Two letters before a hyphen and a number that is a standard's or a thing's, not a person's.
STANDARDS = frozenset(
    "iso ns en iec din usb hdmi dvb ip mp cat ean covid wi fi lte dsl vdsl adsl bs e-ink gtx rtx sd hd uhd "
    "ddr pci am fm rg"
    " co ps tv pc mc ok ca kl rom type vitamin omega formel boeing airbus kapittel versjon nek wan qe tn cr ddr".split()
)
_MARK = r"[-‑–/._:*]"
_CODE = (
    rf"(?:(?<![\w@#/.+-])|(?<=\bnr\.))(?=[^\W\d_]*{_MARK}?\d|\S*\d)[^\W_]{{1,16}}(?:{_MARK}[^\W_]{{1,16}})"
    rf"{{0,5}}(?![\w@]|[./-]\w)"
)
#: What says that a reference is told: anywhere in the clause before it.
_LOOSE = re.compile(
    r"(?P<word>[a-zæøå-]*(?:kode[nr]?|koda|kodane|nr|nummer(?:et|a)?|nummert|numret|\bid(?:-?en)?"
    r"|referans[ea]?n?e?r?|\bref|rekvisisjon\w*|kupong\w*"
    r"|gavekort\w*|voucher\w*|journal\w*|ticket\w*|\bpnr|serie\w*|mandat\w*|kvittering\w*|sporing\w*))"
    r"\b\.?(?P<between>[^!?\n]{0,45})$",
    re.I,
)
_NOT_LOOSE = re.compile(
    r"(?:feil|vare|artikkel|modell|produkt|post|del|typ|versjon|build|zip|farge|lande|qr|strek|rute|tog|fly|linje"
    r"|buss|kanal|tv-?|serien?$"
    r"|år|kort|kilde|grunn|krets|rom|\bkl|telefon|mobil|tlf|konto|kampanje)",
    re.I,
)
#: What a code belongs to: right before it, or with a verb, an owner or a word for number between.
_TIGHT = re.compile(
    r"\b(?:kunde\w*|klient\w*|medlem\w*|ordre\w*|order\w*|bestilling\w*|tinging\w*|[a-zæøå]*sak(?:en|a|i)?"
    r"|faktura\w*|regninga?n?|rekninga?|\w*avtal[ea]n?"
    r"|abb|abonnement\w*|polis\w*|forsikring\w*|skade\w*|pakk[ea]n?|kolli\w*|sending\w*|booking\w*|reservasjon\w*"
    r"|billett\w*|måler\w*|målar\w*|kontrakt\w*"
    r"|henvendelse\w*|førespurnad\w*|pasient\w*|lån\w*|retur\w*|reklamasjon\w*|søknad\w*|søk[ea]r\w*|inkasso\w*"
    r"|krav\w*|klage\w*|oppdrag\w*|leverandør\w*"
    r"|butikk\w*|agent\w*|ansatt\w*|tilsett\w*|operatør\w*|venteliste\w*|innmelding\w*|melding\w*|hendelse\w*"
    r"|tilbud\w*|tilbod\w*|bonus\w*|bonde|produsent\w*"
    r"|pnr|kupong\w*|adgang\w*|chatt?(?:en|logg\w*)?|logg(?:en)?|notere\w*|noter[at]\w*|registrert|oppgav?|oppga|oppgi|stå(?:r|tt)|\bsto"
    r"|sa|seie|si|svarte|skr[ei]+v\w*|tast\w*|dekoder\w*|ruter\w*|boks\w*)"
    r"(?P<between>(?:[\s,(:«\"#=–-]+(?:er|e|var|va|som|ble|blei|vart|heter|heiter|het|lyder|på|under|med|bare"
    r"|berre|bak|den|det|mitt|mi|min|vår|vårt|hos|dere"
    r"|dykk|dokker|nr|id|sa|jeg|eg|æ|at|hadde|har|ha|få|fått|fekk|hete|heite|fikk|fekk|inn|opp))*[\s,(:«\"#=–-]*)$",
    re.I,
)
#: What a code is written on, and what a letter or a talk is about.
_WRITTEN_ON = re.compile(
    r"\b[a-zæøå]*(?:lapp|etikett|pose|sekk|pakke|pakk|eske|kasse|kolli|brev|konvolutt|bag|koffert|kvittering|seddel|bong)"
    r"\w*[^.!?\d]{0,25}\b(?:merk\w+|stempl\w+|påført|påskr[ie]\w+|sto|stod|står|med|påklistra|påklistret)"
    r"(?: (?:det|der|med|som|koden|nr))*[ «\"(:]+$",
    re.I,
)
_SUBJECT = re.compile(
    r"\b(?:skr[ei]+v\w*|svar\w*|sp[øu]r\w*|gjel[dt]\w*|galdt|gjald\w*|handl\w+|klag\w+|snakk\w*|prat\w*|r[ei]ng\w*)"
    r"(?: \w+){0,2}? ?(?:\b(?:om|på|i|angående|vedrørende))?[ «\"(:]+$",
    re.I,
)
#: What comes after it: ``9f3k-22lq som en slags kode``.
_AFTER = re.compile(
    r"[)»\",]*\s(?:er|e|var|va|som|står|heter|heiter|het|lyder)\b[^.,!?]{0,30}\b(?:kod[ea]n?|[a-zæøå]*nummer(?:et)"
    r"?|[a-zæøå]*nr|referanse\w*|id(?:-?en)?)\b",
    re.I,
)


def _groups(value: str) -> list[str]:
    return re.split(_MARK, value)


def _is_thing(match: re.Match[str]) -> bool:
    """Dates, times, amounts, standards, units, words and versions are no codes."""
    value, groups = match[0], _groups(match[0])
    letters = re.findall(r"[^\W\d_]+", value)
    if DATE_OR_YEAR.fullmatch(value) or not is_no_money(match) or re.fullmatch(r"[\d.:/–-]*\d", value) and ":" in value:
        return True
    if letters and (letters[0].lower() in STANDARDS or re.match(r"0x|i[3579]-", value, re.I)):
        return True
    if any(part.isalpha() and part.islower() and len(part) > 3 and is_word(part) for part in groups):
        return True
    if groups[0].islower() and groups[0] in STOP_WORDS | UNITS and "_" not in value:
        return True
    counted = [re.fullmatch(r"\d+([a-zæøå]+|[A-ZÆØÅ]{1,3})", part) for part in groups]
    unit = any(one and (one[1].lower() in UNITS or is_word(one[1]) or MONEY_AFTER.match(one[1])) for one in counted)
    return unit or bool(groups[-1].isalpha() and groups[-1].islower() and is_word(groups[-1]) and len(groups[-1]) > 2)


def _is_strong(value: str, groups: list[str]) -> bool:
    """A shape that no product has: five digits together, two long groups of them, or groups mixed of both."""
    letters, digits = re.findall(r"[^\W\d_]+", value), sum(letter.isdigit() for letter in value)
    if not letters or len(groups) < 2 or re.search(r"[:*]", value):
        return False
    numbers = [part for part in groups if re.fullmatch(r"(?!(?:19|20)\d\d$|\d+00$)\d{3,}", part)]
    runs = [run for part in groups for run in re.findall(r"\d{3,}", part)]
    if max(map(len, letters)) < 6 and "." not in value and (len(numbers) > 1 or re.search(r"\d{5}", value)):
        return True
    mixed = [part for part in groups if re.search(r"\d", part) and re.search(r"[^\W\d_]", part) and len(part) > 3]
    if (
        len(mixed) > 1
        or (len(groups) > 2 and len(runs) > 1)
        or (mixed and len(groups) > 2 and digits > 4 and value.isupper())
    ):
        return True
    if re.search(r"_(?=\w*[A-Za-z])(?=\w*\d\w*\d)\w{6,}", value):
        return True
    return bool(re.search(r"[a-z]", value) and any(len(re.findall(r"\d+|[a-z]+", part)) > 3 for part in mixed))


def _is_told(match: re.Match[str]) -> bool:
    """Say whether something beside says that a reference is told."""
    text, value = match.string, match[0]
    before = text[max(0, match.start() - 75) : match.start()]
    after = text[match.end() : match.end() + 50]
    loose = _LOOSE.search(before)
    if loose and not _NOT_LOOSE.search(loose["word"]) and not re.search(r"\d|[.:;] [A-ZÆØÅ]", loose["between"]):
        return True
    if _TIGHT.search(before):
        make = re.search(r"([\w-]+) $", before)
        return not (make and make[1] in word_list("varemerker.txt"))
    if _WRITTEN_ON.search(before):
        return True
    if _SUBJECT.search(before) and re.fullmatch(r"\d{3,}[-/][A-ZÆØÅ]{1,2}|[A-ZÆØÅ]{1,2}\d{2,}-\d{2,}", value):
        return True
    return bool(_AFTER.match(after)) and len(value) > 3


def _is_code(match: re.Match[str]) -> bool:
    """Letters and digits in groups: by their shape alone, or by a word beside them that says what they are."""
    value, groups = match[0], _groups(match[0])
    digits = sum(letter.isdigit() for letter in value)
    if digits < 2 or _is_thing(match) or re.fullmatch(r"[A-Za-z]{2}\d{5}", value):
        return False
    if _is_strong(value, groups):
        return True
    letters = "".join(re.findall(r"[^\W\d_]", value))
    if not letters:
        return len(groups) > 1 and digits > 4 and not re.search(r"[.:]", value) and _is_told(match)
    mixed = len(re.findall(r"\d+|[a-zæøå]+", value)) > 3 and len(value) > 5 and len(groups) == 1
    if len(letters) + digits < 4 or (
        not mixed and letters.islower() and (len(groups) < 2 or digits < 3) and digits < 5
    ):
        return False
    if re.fullmatch(r"\d+[a-zæøå]+|[A-ZÆØÅ]?[a-zæøå]{3,}\d{1,3}", value) or (
        len(groups) == 1 and digits < 3 and not mixed
    ):
        return False
    return _is_told(match)


#: The rules, in order of precedence.
CODE_RULES: tuple[Rule, ...] = (
    rule("[kundenummer]", r"(?<![\w:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:-])"),
    rule("[kundenummer]", r"(?<![\w-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?!\w)"),
    rule("[kundenummer]", _CODE, check=_is_code),
    rule(
        "[kundenummer]",
        r"(?i:nummer|nr|kode[nr]?|id|ref)(?P<value>[A-ZÆØÅ]{1,4}\d{1,6}(?:-\d{2,})+)",
    ),
    rule(
        "[kundenummer]",
        r"(?i:\b(?:[a-zæøå]*avtale[nr]?|rekvisisjon(?:en)?|sak(?:en|a|snr)?|journal\w*|referanse[nr]?|ref|id)"
        r"\b[.: ]+(?:er |var |nr\.? )?)",
        r"(?P<value>(?:[A-ZÆØÅ]{1,3} \d{2,}(?:[/.-]\d{2,})+|\d{2,3} \d{3} [A-ZÆØÅ]))(?![\w%]|[.,]\d)",
    ),
    rule(
        "[kundenummer]",
        r"(?i:\b(?:(?:post)?butikk(?:en)?|leverandør|agent(?:en)?|avdeling)\b:? )(?P<value>0\d{3,5}|\d{4,6}"
        r"|\d{3} \d{3})(?![\w%]|[.,]\d|,-| \d)",
        check=lambda match: not re.fullmatch(r"19[5-9]\d|20[0-3]\d", match["value"]) and is_no_money(match),
    ),
    rule(
        "[kundenummer]",
        r"(?i:\bkunde\w*\b[^.!?\[]{0,40}?\b(?:nr|nummer)\b\.? ?)(?P<value>\d{3,6})(?![\w%]|[.,]\d|,-| (?:i|på)"
        r" (?:kø|rekk|list|venteliste))",
        check=lambda match: not DATE_OR_YEAR.fullmatch(match["value"]) and is_no_money(match),
    ),
    rule(
        "[kundenummer]",
        r"(?i:\b(?:(?:bare|berre|holdt å) (?:å )?(?:si|seie|sa|oppgi|oppga|taste|tastet)|(?:sa|oppga|tastet)"
        r" (?:bare|berre)))"
        r" (?P<value>[A-Z]{0,2}\d{5,}(?<!00))(?![\w%]|[., ]\d|,-)",
        check=is_no_money,
    ),
)


def _shape(value: str) -> str:
    """Return a pattern of what looks just like a value: digits for digits, letters for letters."""
    runs = re.findall(r"\d+|[A-ZÆØÅ]+|[a-zæøå]+|.", value)
    kinds = {"d": r"\d", "u": "[A-ZÆØÅ]", "l": "[a-zæøå]"}
    made = ""
    for run in runs:
        kind = "d" if run.isdigit() else "u" if run.isupper() else "l" if run.islower() else ""
        made += f"{kinds[kind]}{{{len(run)}}}" if kind else re.escape(run)
    return made


def numbers_again(text: str, spans: list[Span]) -> list[Span]:
    """Return what looks just like a reference found, or is a part of one, elsewhere in the comment.

    Examples
    --------
    >>> text = "skadenr S24-119-07, så S24-120-44"
    >>> [text[span.start : span.end] for span in numbers_again(text, [Span(8, 18, "[kundenummer]")])]
    ['S24-120-44']
    """
    found: list[Span] = []
    for span in [span for span in spans if span.label == "[kundenummer]"]:
        value = text[span.start : span.end].lstrip("# ")
        digits = sum(letter.isdigit() for letter in value)
        if digits < 3 or (value.isdigit() and digits < 5) or re.fullmatch(r"\d[\d ]*", value) and " " in value:
            continue
        parts = [part for part in re.findall(r"\d{5,}|\d{3,}-\d+", value) if part != value]
        same = "|".join([_shape(value), *map(re.escape, parts)])
        for match in re.finditer(rf"(?<!\d)(?<![A-ZÆØÅ])(?:{same})(?!\d|[A-ZÆØÅ](?![A-ZÆØÅ]?\d)|[.,]\d)", text):
            taken = any(match.start() < other.end and other.start < match.end() for other in [*spans, *found])
            if not taken and is_no_money(match) and match[0][-2:] != "00" and not DATE_OR_YEAR.fullmatch(match[0]):
                found.append(Span(match.start(), match.end(), "[kundenummer]"))
    return found


def grown(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans with the rest of a number that goes on after, or began before, what was found.

    Examples
    --------
    >>> text = "kort 6335 0102 7741 9908 22"
    >>> [text[span.start : span.end] for span in grown(text, [Span(5, 24, "[kort]")])]
    ['6335 0102 7741 9908 22']
    """
    result: list[Span] = []
    for span in spans:
        start, end, label = span
        if label in ("[telefon]", "[kort]", "[konto]", "[kundenummer]", "[fødselsnummer]"):
            value = text[start:end]
            gap = " " if re.search(r"\d \d", value) else ""
            more = re.compile(
                rf"[-/_](?=\w*\d)\w{{1,10}}|{gap or '-'}(?!(?:19|20)\d\d\b)\d{{2,5}}(?![\w%]|[.,:/-]\d|,-)"
                rf"|[-/][a-zæøå]{{2,4}}-\d+"
            )
            while (match := more.match(text, end)) and is_no_money(match) and label != "[fødselsnummer]":
                end = match.end()
            before = re.search(r"(?<![\w.,/-])\d{2,5}[-/]$", text[max(0, start - 8) : start])
            start -= len(before[0]) if before else 0
        result.append(Span(start, end, label))
    return [span for i, span in enumerate(result) if not i or span.start >= result[i - 1].end]
