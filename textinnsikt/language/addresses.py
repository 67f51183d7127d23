"""Addresses: where a person lives or is reached (e-mail, web, street)."""

from __future__ import annotations

import re
from functools import lru_cache

from textinnsikt.language.lexicon import is_compound, is_word, resembles_word, word_list
from textinnsikt.language.patterns import Rule, rule
from textinnsikt.language.words import STOP_WORDS

_AT = r"(?:\s?(?:@|\(at\)|\[at\]|\(a\)|\(krøllalfa\)|\(alfakrøll\))\s?|\s(?:krøllalfa|alfakrøll)\s)"
_DOT = r"(?:\.|\s?\((?:dot|punktum)\)\s?|\s(?:punktum|dot)\s)"
_TOP = r"(?:no|com|net|org|se|dk|fi|eu|io|co|uk|de|info|biz|app|tv|me|nu|online|shop|store|dev|ai)"
_URL_END = r"[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]]"

_STREET = (
    r"(?:gata|gate|gaten|gatan|gt\.?|vei|veien|vegen|veg|allé|alle|alleen|alléen|plass|plassen|torg|torget|terrasse|"
    r"terrassen|brygge|bryggen|brygga|bakken|bakke|svingen|sving|stien|sti|kroken|krok|haugen|ringen|toppen|jordet|"
    r"smuget|stredet|løkka|tunet|grenda|feltet|kollen|faret|gården|lia|åsen|hagen|kaia|kaien|vn\.?|vågen|neset)"
)
_HOUSE = r"\s?(?:nr\.?\s?)?\d{1,4}(?!\d)(?:\s?[A-Za-zÆØÅæøå](?![\wæøå]))?"
_POST = (
    r"(?:\s*,?\s*(?:(?:leil(?:ighet)?\.?|h0\d)\s?\w*\s*,?\s*)?"
    r"\d{4}\s+[A-ZÆØÅa-zæøå][\wæøå]+(?:\s[A-ZÆØÅ]{1,2}\b)?)?"
)
_NOT_COUNT = (
    r"(?!\s*(?:ganger|timer|time\b|minutt|min\b|dager|uker|måneder|år\b|personer|stk|kr\b|kroner|%|prosent|"
    r"km\b|meter|[.,]\d))"
)


@lru_cache(maxsize=1)
def _companies() -> frozenset[str]:
    """Return the known companies as the middle of a web address has them."""
    names = (name.lower().removesuffix(".no").removesuffix(".com") for name in word_list("merkenavn.txt"))
    return frozenset(re.sub(r"[^\wæøå-]", "", name) for name in names)


def _is_private_link(match: re.Match[str]) -> bool:
    """The bare home page of a known company (``telenor.no``) may stand; ``fint.no er`` only lacks a space."""
    parts = match[0].lower().removeprefix("www.").rstrip("./").split(".")
    if "/" in match[0]:
        return True
    run_on = is_word(parts[-2]) and (parts[-1] in STOP_WORDS or is_word(parts[-1])) and match[0][:4] != "www."
    return not run_on and parts[-2] not in _companies()


def _is_post_town(match: re.Match[str]) -> bool:
    """Four digits before a town are a postcode unless they read as a year."""
    return match["code"][:2] not in ("19", "20") and match["town"].capitalize() in word_list("stedsnavn.txt")


def _is_street(match: re.Match[str]) -> bool:
    """``halvveien`` is no street, and ``køplass 23`` no address."""
    word = re.match(r"\w+", match[0])
    if word and re.search(r"(?:plass|krok|sti|ringen|toppen|hagen|gården|feltet|torg)$", word[0].lower()):
        return not (is_word(word[0].lower()) or is_compound(word[0].lower()) or resembles_word(word[0].lower()))
    return not re.match(r"(?:under|halv|av|ut|inn|om|gjennom|motor|sykkel|hoved|tog)v", match[0].lower())


#: The rules in order of precedence.
ADDRESS_RULES: tuple[Rule, ...] = (
    rule(
        "[e-post]",
        rf"(?i:[\wæøå.+-]+{_AT}[\wæøå-]+(?:{_DOT}[\wæøå-]+)*?{_DOT}(?:{_TOP}|[a-z]{{2,4}})\b)",
    ),
    rule("[lenke]", rf"(?i:\b(?:https?://|www\.(?=\S+/)){_URL_END})"),
    rule(
        "[lenke]",
        rf"(?<![@\w.])(?:[wW]{{3}}\.)?(?:[\wæøåÆØÅ-]+\.)+{_TOP}\b(?![\w-])(?:/[^\s<>«»\".,;!?)]*)?",
        check=_is_private_link,
    ),
    rule("[navn]", r"(?<![\w@.])@[\wæøåÆØÅ][\wæøåÆØÅ.]+[\wæøåÆØÅ]"),
    rule(
        "[adresse]",
        rf"\b(?:(?:[A-ZÆØÅ][\wæøåéö.'-]*\s){{1,4}}(?:[a-zæøå]+\s)?(?i:{_STREET})|",
        rf"(?:[A-ZÆØÅ][\wæøå]+\s){{0,2}}[A-ZÆØÅ][\wæøåéö-]*{_STREET})",
        rf"{_HOUSE}{_NOT_COUNT}{_POST}",
        check=_is_street,
    ),
    rule(
        "[adresse]",
        rf"\b[a-zæøå]{{2,}}(?:gata|gate|gaten|gt|vei|veien|vegen|veg){_HOUSE}{_NOT_COUNT}{_POST}",
        check=_is_street,
    ),
    rule(
        "[adresse]",
        r"\b(?:bor|bur|budd|bodd|flytta|flyttet|flytter) (?:i|på|til|frå|fra) ",
        rf"(?P<value>[\wæøå]+ (?:[\wæøå]+ )?{_STREET}{_HOUSE}{_NOT_COUNT}{_POST})",
    ),
    rule("[adresse]", rf"(?i:\bpost(?:boks|b\.)\s?\d{{1,5}}\b){_POST}"),
    rule(
        "[adresse]",
        r"(?:(?i:\badress[ae]n?)(?: (?:er|min|mi|vår))*:?\s+|\bbor (?:i|på) )",
        rf"(?P<value>[A-ZÆØÅ][\wæøå]+(?: [\wæøå]+)?\s\d{{1,4}}(?!\d)(?:\s?[A-Za-z](?!\w))?{_NOT_COUNT}{_POST})",
    ),
    rule("[adresse]", r"(?<![\d.,])(?P<code>\d{4}) (?P<town>[A-ZÆØÅ][\wæøåÆØÅ]+)\b", check=_is_post_town),
)
