"""Plates: number plates of vehicles, Norwegian and foreign, and what only resembles them."""

from __future__ import annotations

import re

from textinnsikt.language.amounts import UNITS, is_no_money
from textinnsikt.language.lexicon import is_word, word_list
from textinnsikt.language.patterns import Rule, rule
from textinnsikt.language.words import STOP_WORDS

_VEHICLE = (
    r"skilt(?:et|nummer|nr)?|reg(?:istreringsnummer|nummer|\.?\s?nr)?|bilnummer|[a-zæøå]*bil(?:en)?"
    r"|[a-zæøå]*heng[ae]r(?:en)?"
    r"|[a-zæøå]*scooter(?:en|n)?|moped(?:en)?|mc(?:-en)?|motorsykkel(?:en)?|[a-zæøå]*traktor(?:en)?"
    r"|[a-zæøå]*vogn(?:a|en)?|atv(?:-en)?"
    r"|kjøretøy(?:et)?|køyretøy(?:et)?"
)
#: What is near a number plate: a vehicle, or what is done with one.
_TRAFFIC = re.compile(
    r"(?:skilt|\breg\b|reg\.|regnr|registrer|kjennem|kjennetegn|kjenneteikn|[a-zæøå]*(?:bil|vogn|traktor"
    r"|h[ae]nger|hengar"
    r"|scooter|tilheng\w*)(?:en|ane|ene|er|a|s)?\b|bilen|\bmc\b|\bmc['’-]?[ea]?n|motorsyk|moped|\batv\b|snøscoot"
    r"|kjøret|køyret|dekk(?:skift|bytte|hotell)"
    r"|parker|bompeng|passering|eu-kontroll|p-bot|bøter|\bvrak|piggdekk|lastebil|ferje|ferge|verksted|frontrut|kasko"
    r"|veihjelp|vegsjekk|(?<!for)service på|lader?\b|\bkøyr\w*|\bkjør\w*)",
    re.I,
)
#: Whose plates have another shape, and the words by which a plate of another country is known.
_ABROAD = re.compile(
    r"(?:svensk|dansk|finsk|tysk|polsk|litau|latvi|estisk|nederlandsk|hollandsk|belgisk|fransk|italiensk|spansk|britisk"
    r"|engelsk|østerriksk|sveits|tsjekk|rumensk|bulgarsk|ungarsk|utenlandsk|utanlandsk|ukrain|islandsk|færøysk"
    r"|portugisisk"
    r"|sverige|danmark|finland|tyskland|polen|litauen|latvia|estland|nederland|england|frankrike|italia|spania)"
    r"(?=.{0,60}(?:skilt|\breg|bil\b|bilen|vogn|kjennem|\bmc\b|heng[ae]r|registr|trailer|buss|kjør|køyr|park))"
    r"|(?:skilt|\breg|bil\b|bilen|vogn|kjennem|trailer).{0,60}(?:sverige|danmark|finland|tyskland|polen|litauen"
    r"|latvia|estland)",
    re.I,
)


def _is_plate(match: re.Match[str]) -> bool:
    """Two letters that are neither a word nor a unit, and no amount."""
    letters = match["value"][:2].lower()
    units = ("kr", "nr", "ca", "tv", "km", "kg", "kw", "hk")
    return letters not in units and letters not in STOP_WORDS and is_no_money(match)


def _is_in_traffic(match: re.Match[str]) -> bool:
    """Two letters and four or five digits in any grouping, where something beside says that a vehicle is meant."""
    letters, near = match[0][:2].lower(), match.string[max(0, match.start() - 60) : match.end() + 40]
    if (
        (letters in UNITS and "*" not in match[0])
        or (letters in STOP_WORDS and match[0][0].islower())
        or not is_no_money(match)
    ):
        return False
    return bool(_TRAFFIC.search(near.replace(match[0], " ")))


def _is_foreign(match: re.Match[str]) -> bool:
    """Letters and digits where the comment tells of a vehicle from abroad, and no make or word."""
    value = match["value"]
    letters = re.match(r"[A-Za-zÆØÅæøåÄÖÜäöü]+", value)
    first = letters[0].lower() if letters else ""
    small = value[:1].islower() and (first in UNITS | STOP_WORDS or is_word(first))
    if small or first.upper() in word_list("varemerker.txt"):
        return False
    if (
        len(re.sub(r"\W", "", value)) < 5
        or not is_no_money(match)
        or re.fullmatch(r"[a-zæøå]{2,}\W?(?:19|20)\d\d", value)
    ):
        return False
    return bool(_ABROAD.search(match.string[max(0, match.start() - 90) : match.end() + 60]))


#: The rules, in order of precedence.
PLATE_RULES: tuple[Rule, ...] = (
    rule(
        "[bilnummer]",
        r"(?<![A-ZÆØÅ\d-])(?!KR|NR|CA|TV|NS|EN|HR|PC)[A-HJ-NPR-Z]{2}[ \u00a0-]?\d\d ?\d{3}(?=[a-zæøå]{2}|[^\w%]|$)",
        r"(?![.,]\d|,-)",
        check=is_no_money,
    ),
    rule(
        "[bilnummer]",
        r"(?<![\w-])[a-hj-npr-z]{2} ?\d{5}(?![\w%]|[.,]\d|,-)",
        check=lambda match: match[0][:2] not in UNITS and match[0][:2] not in STOP_WORDS and is_no_money(match),
    ),
    rule(
        "[bilnummer]",
        rf"(?i:\b(?:{_VEHICLE})\b\.?",
        r"(?:\s(?:er|e|var|va|har|med|min|mi|mitt|vår|heter|heiter|nr\.?|skilt(?:et)?|reg\.?nr\.?))*\s*[:,(«]?\s*)",
        r"(?P<value>[A-ZÆØÅa-zæøå]{2}[ -]?\d{2} ?\d{2,3})(?![\w%]|[.,]\d|,-)",
        check=_is_plate,
    ),
    rule(
        "[bilnummer]",
        r"(?<![\w'’.-])[A-Za-z][ .-][A-Za-z][ .,-]{1,2}\d(?:[ .-]\d){4}(?![ .,-]?\d|\w)",
        check=is_no_money,
    ),
    rule(
        "[bilnummer]",
        r"(?<![\w-])(?:[A-HJ-NPR-Z]{2}|[A-HJ-NPR-Za-hj-npr-z][a-hj-npr-z])"
        r"[ \u00a0*.·_/-]{0,3}\d\d[ *.·_/-]?\d\d\d?(?![\w%]|[.,]\d|,-| \d)",
        check=_is_in_traffic,
    ),
    rule(
        "[bilnummer]",
        r"(?i:\b(?:prøve|dag|dags|eksport|turist)skilt\w*(?: (?:er|var|med|nr\.?|nummer|på|mitt|vårt))*[ :,(«]+)",
        r"(?P<value>\d\d ?[A-Za-z]? ?\d{3})(?![\w%]|[.,]\d|,-)",
        check=is_no_money,
    ),
    rule(
        "[bilnummer]",
        r"(?i:\bperson(?:leg|lig)\w* (?:bil|nummer)?skilt\w*(?:[ ,:]+(?:som|er|e|med|teksten|heter|heiter|var"
        r"|der det står))*[ :,(]+)",
        r"(?P<value>[«\"“]?[A-ZÆØÅ\d]{2,7}[»\"”]?)(?!\w)",
    ),
    rule(
        "[bilnummer]",
        r"(?i:\b(?:bil|reg|nummer)?skilt\w*(?: (?:som|er|med|teksten|på))*[ :,(]+)"
        r"[«\"“](?P<value>[A-ZÆØÅ\d ]{2,8})[»\"”]",
    ),
    rule(
        "[bilnummer]",
        r"(?<![\w-])(?P<value>[A-ZÄÖÜ]{1,3}-[A-ZÄÖÜ]{1,2}[ -]?\d{1,4}[EH]?|[A-Z]{3}[ -]?\d\d[A-Z\d]"
        r"|[A-Z]{1,3}[ -](?=[A-Z\d]*\d)[A-Z\d]{4,5}"
        r"|[A-Z]{2}[ -]?\d{3}[ -]?[A-Z]{2}|[A-Z]{2}\d\d ?[A-Z]{3}|\d{1,2}-[A-Z]{2,3}-\d{1,3}|[A-Z]{2} ?\d\d ?\d{3}"
        r"|(?!\w{2,3} ?(?:19|20)\d\d)(?:[a-z]{3} ?\d\d[a-z\d]|[a-z]{2,3} (?=\w*\d)\d[a-z\d]{3,4}"
        r"|[a-z]{1,2}-[a-z]{2} ?\d{2,4}))(?![\w%]|[.,]\d|,-| \d)",
        check=_is_foreign,
    ),
)
