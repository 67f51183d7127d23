"""Terrain: addresses of the lie of the land, or of two words (``Fjellsida 118``, ``myrvoll terrasse 16``)."""

from __future__ import annotations

import re

from textinnsikt.language.addresses import (
    DOOR,
    FIELD,
    NOT_COUNT,
    POST,
    SIDE,
    STREET,
    ends_clause,
    opens_sentence,
)
from textinnsikt.language.lexicon import FARM, dictionary, is_compound, is_word, resembles_word, word_list
from textinnsikt.language.patterns import Rule, rule
from textinnsikt.language.register import entities, is_everyday, is_misspelt, makes
from textinnsikt.language.words import STOP_WORDS

#: Second words of addresses that are written as two.
_BUILT = (
    r"(?:terr?ass?en?|all[eéè]e?n?|torg(?:et)?|torv(?:et)?|torje|brygg[ae]n?|g[åa]rd(?:en)?|gaard|tun(?:et)?|kvartal"
    r"|(?:bolig|hytte|bygge)felt(?:et)?|hyttegrend|hageby|minde|grend)"
)
#: Those that are as often a common noun, after a word that no dictionary has.
_COMMON = r"(?:plass(?:en)?|park(?:en)?|kai(?:en|a)?|hag[ae]n?|have|ring|sving|bakke|sti|krok|strand|eng|høyde|løkke)"
_LAND = (
    r"(?:fjell|sol|skugge|skygge|skog|myr|bakk|haug|dal|ås|li|berg|strand|sand|stein|furu|gran|bjørk|bjerk|rogn|selje"
    r"|or|ask|eik|hassel|ein[ei]r|lyng|mose|bær|kirke|kyrkje|skole|skule|mølle|møll|kvern|sag|bru|elv|bekk|foss|tjern"
    r"|tjønn|vann|vatn|vass|sjø|fjord|vik|nes|holm|øy|hav|nord|sør|øst|aust|vest|rev|ulv|bjørn|elg|har|gauk|ørn|orr"
    r"|tiur|trane|hest|sau|geit|lam|kalv|rugd|kløver|eng|åker|korn|havr|bygg|teig|moe?|grend|bygd|gruve|låve|støl|set"
    r"|seter|sæter|voll|lund|heie?|hei|vidd)"
)
_TERRAIN = rf"{_LAND}(?:e|s|ar|er)?(?:{FIELD}|{STREET}|sid(?:a|en|e|å)|sia|lid?[ae]|mark[ae]?n?)"
#: What is counted after a place rather than a house: besides `NOT_COUNT`.
_NO_HOUSE = (
    rf"{NOT_COUNT}(?! ?(?:[cmk]?m[23²³]?|kvm|kvadrat\w*|liter|voksne|vaksne|netter|hekto|mål|dekar|da|watt|w|volt)\b)"
)
_HOUSE = rf"(?P<house>\d{{1,3}}){DOOR}{_NO_HOUSE}{POST}"
#: Words before a place that can hardly be part of a common noun's.
_STRICT = r"(?:øvre|nedre|nordre|søndre|søre|vestre|østre|austre|øystre|ytre|indre|midtre)"
_SHORT_SIDE = r"(?:Øv|Ned|Nd|Nr|Ndr|Nordr|Sdr|Sndr|Søndr|Vstr|Vestr|Østr|Austr|Ø|N)\."
_TOLD = re.compile(
    r"\b(?:bo[rs]?|bur|bodd|budd|flytt|lever|send|kjør|køyr|hent|adress|post|heim|hjem)\w*\b[^.!?]*$", re.I
)


def _is_exact(match: re.Match[str]) -> bool:
    """Say whether a letter, a flat or a postcode comes with the number, or a word for living or sending before."""
    door = re.search(r"\d ?[a-hA-H](?!\w)|\d{4} |[hH]0\d", match["value"])
    return bool(door or _TOLD.search(match.string[max(0, match.start() - 50) : match.start()]))


def _is_built(match: re.Match[str]) -> bool:
    """``myrvoll terrasse 16`` is an address; ``ledig plass 16`` and ``Jurassic Park 3`` are none."""
    words = re.sub(r" \d.*", "", match["value"]).split()
    first, last = words[-2].lower(), words[-1].lower()
    genitive = first.endswith("s") and len(first) > 4 and re.fullmatch(_COMMON, last) is None
    if match["house"].endswith("00") or first in STOP_WORDS or (is_everyday(first) and not genitive):
        return False
    if " ".join(words[-2:]).title() in word_list("titler.txt"):
        return False
    opens = opens_sentence(match.string, match.start("value"))
    if words[-2][0].isupper() and not (opens and len(words) < 3):
        return not makes().has(first)
    common = re.fullmatch(_COMMON, last) is not None
    strange = not (is_word(first) or is_misspelt(first, wide=False) or dictionary("en").get(first) is not None)
    if not strange or is_everyday(first):
        return (genitive or (first.endswith(FARM) and last[:1] == "g")) and _is_exact(match)
    return not common or _is_exact(match) or not (is_compound(first) or resembles_word(first))


def _is_land(match: re.Match[str]) -> bool:
    """A compound of the land with a house number, where it cannot be a common noun and a count."""
    place, text = match["place"].lower(), match.string
    if match["house"].endswith("00") or entities().has(place):
        return False
    opens, ends = opens_sentence(text, match.start()), ends_clause(text, match.end())
    if match["place"][0].isupper() and not opens:
        return True
    if is_word(place):
        return (_is_exact(match) or (opens and ends)) and len(match["house"]) > 1
    if match["place"][0].isupper():
        return True
    return _is_exact(match) or ends


def _is_sided(match: re.Match[str]) -> bool:
    """``Øvre Bakklandet 19`` is an address; a municipality (``Øvre Eiker 3``) or a make with a number is none."""
    side, name = match["side"].lower(), match["name"].lower()
    phrase = f"{side} {name}".title()
    places = word_list("stedsnavn.txt")
    if match["house"].endswith("00") or phrase in places or makes().has(name):
        return False
    placed = name.title() in places
    if not placed and (entities().has(name) or is_everyday(name)):
        return False
    strict = re.fullmatch(_STRICT, side) is not None or side.endswith(".")
    exact = re.search(r"\d ?[a-hA-H](?!\w)", match["value"]) is not None
    if match["name"][0].isupper():
        return exact or (strict and (len(match["house"]) > 1 or not placed))
    if is_word(name):
        return False
    return strict and (exact or _is_exact(match) or not (is_compound(name) or resembles_word(name)))


#: The rules, in order of precedence; those of addresses and residences go before them.
TERRAIN_RULES: tuple[Rule, ...] = (
    rule(
        "[adresse]",
        rf"(?<![\w-])(?P<value>(?:(?i:{SIDE}) )?(?:[A-ZÆØÅ][\wæøåéö.'-]+ ){{0,2}}[A-ZÆØÅa-zæøå][a-zæøåéö-]{{2,}}",
        rf" (?i:{_BUILT}|{_COMMON}) {_HOUSE})",
        check=_is_built,
    ),
    rule("[adresse]", rf"(?<![\w-])(?P<value>(?P<place>(?i:{_TERRAIN})) ?{_HOUSE})", check=_is_land),
    rule(
        "[adresse]",
        rf"(?<![\w-])(?P<value>(?P<side>(?i:{SIDE})|{_SHORT_SIDE}) ?(?P<name>[^\W\d_]{{4,}}) {_HOUSE})",
        check=_is_sided,
    ),
)
