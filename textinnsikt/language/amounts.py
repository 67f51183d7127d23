"""Amounts: what a number is that belongs to nobody (money, counts, dates, times)."""

from __future__ import annotations

import re

_MONEY_BEFORE = re.compile(r"(?:\b(?:kr|nok|kroner|eur|usd|sek|dkk|euro|dollar)|[$€£])[.:]?\s*$", re.I)
MONEY_AFTER = re.compile(
    r"""\s*(?: ,-|,–|\.-|,00\b|kr\b|kroner|nok\b|øre\b|mill|mrd|euro|eur\b|dollar|usd\b|sek\b|dkk\b|[$€£%]
        | prosent|[km]?wh\b|[gmk]b(?:it|ps)?\b|[gmk]b(?:it)?/s|byte|innbygg|menneske|kunder\b|personer\b
        | eksemplar|lesere\b|ansatte|abonnent|husstand|boliger|passasjer|følger|visning|km\b|mil\b|meter|m2\b|kvm
        | kvadrat|kubikk|liter|stk\b|poeng|ganger|gonger|timer|timar|minutt|sek|dager|dagar|år\b|skritt|steg\b
        | mah\b )""",
    re.I | re.X,
)
#: Two letters before a number that are no number plate.
UNITS = frozenset("kr nr ca tv hr ns en km kg cm mm ml dl mb gb tb kw md pr st ab as us sa ba".split())
DATE_OR_TIME = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d-[01]?\d-[0-3]?\d|[0-3]?\d[./-][01]?\d[./-](?:19|20)?\d\d|(?:[01]?\d|2[0-3])[.][0-5]\d"
    r"|[0-3]?\d[./][01]?\d|(?:19|20)\d\d)(?!\d)"
)
COMPACT_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
DATE_OR_YEAR = re.compile(
    r"\d{1,2}[./]\d{1,2}(?:[./-]\d{2,4})?|(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?|(?:19|20)\d\d-\d\d-\d\d"
)


def is_no_money(match: re.Match[str]) -> bool:
    """Amounts, counts and speeds are nobody's."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    return not _MONEY_BEFORE.search(before[-12:]) and not MONEY_AFTER.match(after)
