"""Plates: number plates of vehicles, Norwegian and foreign, and what only resembles them."""

from __future__ import annotations

import re

from textinnsikt.language.amounts import UNITS, is_no_money
from textinnsikt.language.lexicon import is_word, word_list
from textinnsikt.language.patterns import Rule, rule
from textinnsikt.language.register import entities
from textinnsikt.language.words import STOP_WORDS

#: Endings of a vehicle's name: bokmål, nynorsk and spoken (``hengarn``, ``bil'n``, ``vogni``).
_FORM = r"(?:-?['’]?(?:en|an|et|ene|ane|er|ar|in|n|a|i|s))?(?:['’]?s)?"
#: What has a number plate, in any compound and spelling.
_WHEELS = (
    r"[a-zæøå-]*(?:bil|hen[gj]+[ae]r|vogn|vågn|scooter|skuter|skooter|sk[uo]t[ae]r|moped|traktor|trakt[ae]r"
    r"|motorsyk(?:kel|el|l)|buss|trailer|camper|kjerr|karavan|caravan|drosj[ae]|taxi|pickup"
    r"|pick-up|truck|vespa|crosser|firh?juling|kabriolet|cabriolet|gravemaskin"
    r"|hjullast[ae]r|dump[ae]r)"
    rf"{_FORM}|(?:mc|atv|utv|suv|quad|van){_FORM}|(?:kjø|køy)retøy{_FORM}"
)
_VEHICLE = rf"skilt(?:et|nummer|nr)?|reg(?:istreringsnummer|nummer|\.?\s?nr)?|bilnummer|{_WHEELS}"
#: What is near a number plate: a vehicle, or what is done with one.
_TRAFFIC = re.compile(
    r"(?:skilt|\breg\b|reg\.|regnr|registrer|kjennem|kjennetegn|kjenneteikn"
    rf"|\b(?:{_WHEELS})(?!\w)"
    r"|tilh[ae]ng|motorsyk|moped|snøscoot|kjøret|køyret|dekk(?:skift|bytte|hotell)"
    r"|parker|bompeng|passering|eu-kontroll|p-bot|bøter|\bvrak|piggdekk|lastebil|ferje|ferge|verksted|frontrut|kasko"
    r"|veihjelp|vegsjekk|(?<!for)service på|lader?\b|\bkøyr\w*|\bkjør\w*)",
    re.I,
)
#: A vehicle right before, perhaps with whose it is.
_OWNED = re.compile(
    rf"\b(?:{_WHEELS}|(?:nummer|bil)?skilt(?:et)?|regnr|reg\.? ?nr)(?!\w)\.?"
    r"(?:[ ,:(]+(?:er|e|var|va|har|med|min|mi|mitt|minn|vår|våres|vårs|hans|hennes|til|kona|skilt|reg|nr|som|heter"
    r"|heiter)\b\.?)*[ ,:(«]*$",
    re.I,
)
#: Letters of plates that mean something else without a vehicle right before.
_ALSO_PLATES = frozenset("kl st hr pr md".split())
_TIME = re.compile(r"(?:[01]\d|2[0-4])\W?[0-5]\d|(?:19|20)\d\d")
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


def _is_also_plate(match: re.Match[str], value: str) -> bool:
    """``hengeren min kl 4471``: no time of day or year, and a vehicle right before."""
    if value[:2].lower() not in _ALSO_PLATES or _TIME.fullmatch(value[2:].strip()) or not is_no_money(match):
        return False
    start = match.end() - len(value)
    return bool(_OWNED.search(match.string[max(0, start - 60) : start]))


def _is_plate(match: re.Match[str]) -> bool:
    """Two letters that are neither a word nor a unit, and no amount."""
    letters = match["value"][:2].lower()
    if _is_also_plate(match, match["value"]):
        return True
    units = ("kr", "nr", "ca", "tv", "km", "kg", "kw", "hk")
    if letters in UNITS and re.fullmatch(r"\D*(?:19|20)\d\d", match["value"]):
        return False
    return letters not in units and letters not in STOP_WORDS and is_no_money(match)


def _is_in_traffic(match: re.Match[str]) -> bool:
    """Two letters and four or five digits in any grouping, where something beside says that a vehicle is meant."""
    letters, near = match[0][:2].lower(), match.string[max(0, match.start() - 60) : match.end() + 40]
    if _is_also_plate(match, match[0]):
        return True
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


#: A plate of one's own choice, what may stand between it and the word for a plate, and its shape.
_SIGN = r"(?:skilt(?:et|a|ene|nummer(?:et)?)?|kjenn(?:emerke|etegn|eteikn)(?:t|et)?)"
_SIGN_SAYS = (
    r"(?:[ ,:(]+(?:som|er|e|var|va|med|teksten|tekst|heter|heiter|lyder|mitt|mi|min|vårt|våres|hans|hennes|på"
    r"|bilen|elbilen|mcen|hengeren|der|det|står|bokstavene|bokstavane|nytt|nye|altså|kalt|til|kona|mannen|nr|nummer)\b)*"
)
_OWN_PLATE = r"(?:[«\"“][A-ZÆØÅ\d ]{2,8}[»\"”]|[A-ZÆØÅ\d]{2,7}(?!\w)|(?=[a-zæøå]+\d)[a-zæøå\d]{3,7}(?!\w))"


def _is_own_plate(match: re.Match[str]) -> bool:
    """Letters and perhaps a digit, no amount and nobody's name for an office (``personlig skilt NAF``)."""
    bare = match["value"].strip('«»"“”').lower()
    quoted = bare != match["value"].lower()
    known = entities().has(bare) or bare in STOP_WORDS or bare in ("svv", "naf", "nav", "faq", "sms", "app")
    return is_no_money(match) and not bare.isdigit() and (quoted or not known)


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
        rf"(?i:\b(?:person(?:leg|lig)\w*|eg[en]*t|navne?|namne?)[ -]?(?:bil|nummer)?{_SIGN}{_SIGN_SAYS}[ :,(–-]+)",
        rf"(?P<value>{_OWN_PLATE})",
        check=_is_own_plate,
    ),
    rule(
        "[bilnummer]",
        rf"(?i:\b(?:bil|nummer)?{_SIGN}{_SIGN_SAYS}[ :,(–-]+)(?P<value>(?=[A-ZÆØÅ]*\d)[A-ZÆØÅ]{{3,6}}\d{{1,4}})(?!\w)",
        check=_is_own_plate,
    ),
    rule(
        "[bilnummer]",
        rf"(?<![\w-])(?P<value>{_OWN_PLATE})[»\"”]?,? (?i:(?:som|er|e|var|va|på|står på|heter|heiter)"
        rf"(?: (?:det|de|et|eit|mitt|nye))* person(?:leg|lig)\w* (?:bil|nummer)?{_SIGN})",
        check=_is_own_plate,
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
