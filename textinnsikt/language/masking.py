"""Masking: personal data out of comments, a label in its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

from textinnsikt.language.addresses import ADDRESS_RULES, LINK_RULES, streets_again
from textinnsikt.language.codes import grown, numbers_again
from textinnsikt.language.names import find_names
from textinnsikt.language.numbers import NUMBER_RULES
from textinnsikt.language.patterns import apart, find_spans, replace_spans
from textinnsikt.language.residences import HOME_RULES, RESIDENCE_RULES, houses_again, tells_home
from textinnsikt.language.spoken import spoken_numbers
from textinnsikt.language.terrain import TERRAIN_RULES
from textinnsikt.language.tokens import Phrases, tokenize
from textinnsikt.language.uncapitalised import glued_names, signed_names

_RULES = (*ADDRESS_RULES, *RESIDENCE_RULES, *TERRAIN_RULES, *NUMBER_RULES)
_HOME_RULES = (*LINK_RULES, *HOME_RULES)
#: Without a digit or a code of capitals only links and mail addresses are left to look for.
_HAS_NUMBER = re.compile(r"\d|[A-ZÆØÅ]{5}")
#: What goes on after a masked name without a capital: ``[navn] al-rashidi``.
_AFTER_NAME = re.compile(r"\[navn\] (?:al|el|bin|abu|ibn|ben)[- ][^\W\d_]{3,}(?![\w-])")


@lru_cache(maxsize=8)
def _phrases(keep: frozenset[str]) -> Phrases:
    return Phrases(keep)


def _protected(text: str, keep: Phrases) -> list[tuple[int, int]]:
    """Return the stretches that the caller keeps."""
    tokens = tokenize(text)
    kept = ((i, keep.length_at(tokens, i)) for i in range(len(tokens)))
    return [(tokens[i].start, tokens[i + length - 1].end) for i, length in kept if length]


def _mask_once(text: str, keep: Phrases) -> str:
    rules = _RULES if _HAS_NUMBER.search(text) else _HOME_RULES if tells_home(text) else LINK_RULES
    spans = find_spans(text, rules)
    if spans:
        protected = _protected(text, keep)
        spans = grown(text, find_spans(text, rules, protected) if protected else spans)
        spans += numbers_again(text, spans)
        spans += streets_again(text, spans)
        spans += houses_again(text, spans)
    spans += apart(spoken_numbers(text), spans)
    spans += apart(glued_names(text), spans)
    spans += apart(signed_names(text), spans)
    text = replace_spans(text, spans)
    return _AFTER_NAME.sub("[navn]", replace_spans(text, find_names(text, keep)))


def _mask(text: str, keep: Phrases) -> str:
    """Mask until nothing changes, so that masking a masked text changes nothing."""
    text = unicodedata.normalize("NFC", text)
    masked = _mask_once(text, keep)
    while masked != text:
        text, masked = masked, _mask_once(masked, keep)
    return masked


def mask(text: str, keep: Collection[str] = ()) -> str:
    """Replace personal data in a comment with labels.

    Names of persons, phone numbers, e-mail addresses, national ids, account, card and customer numbers,
    street addresses, number plates and links give way to ``[navn]``, ``[telefon]``, ``[e-post]``,
    ``[fødselsnummer]``, ``[konto]``, ``[kort]``, ``[kundenummer]``, ``[adresse]``, ``[bilnummer]`` and ``[lenke]``.
    Prices, dates, times, counts, products, places and companies stay. Names are found by lists of given names
    and surnames, and by what stands beside: inside a sentence a capital alone makes no name, but a listed name
    does, and so does a word after ``snakket med``, ``rådgiver`` and the like, with or without a capital.

    Parameters
    ----------
    text : str
        One comment.
    keep : collection of str
        Names that must stay whatever they look like: the study's centres and classes.

    Returns
    -------
    str
        The masked comment (Unicode NFC). Masking it again changes nothing.

    Examples
    --------
    >>> mask("Snakket med Kari Nordmann (tlf 412 34 567) om faktura på 1 299 kr. Hun i Telenor var grei.")
    'Snakket med [navn] (tlf [telefon]) om faktura på 1 299 kr. Hun i Telenor var grei.'
    >>> mask("Storm Strøm svarte kl. 14.30", keep=["Storm Strøm"])
    'Storm Strøm svarte kl. 14.30'
    """
    return _mask(text, _phrases(frozenset(keep)))


def mask_all(texts: Sequence[str | None], keep: Collection[str] = ()) -> list[str | None]:
    """Mask many comments, each distinct one once.

    Parameters
    ----------
    texts : sequence of str or None
        Comments; missing ones are ``None`` (or NaN).
    keep : collection of str
        Names that must stay, see `mask`.

    Returns
    -------
    list of str or None
        The masked comments in the same order, ``None`` for missing ones.

    Examples
    --------
    >>> mask_all(["Takk, Ingrid!", None, "Takk, Ingrid!"])
    ['Takk, [navn]!', None, 'Takk, [navn]!']
    """
    phrases = _phrases(frozenset(keep))
    done = {text: _mask(text, phrases) for text in {text for text in texts if isinstance(text, str)}}
    return [done[text] if isinstance(text, str) else None for text in texts]
