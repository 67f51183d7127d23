"""Patterns: what personal data with a shape of its own looks like, and what only resembles it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text to be replaced: where it starts and ends, and the label to put there."""

    start: int
    end: int
    label: str

    def meets(self, other: Span) -> bool:
        """Say whether the two have any letter in common."""
        return self.start < other.end and other.start < self.end


class Rule(NamedTuple):
    """A pattern, the label of what it finds, and a check of each find.

    The group ``value`` of the pattern, where it has one, is the part that the label replaces.
    """

    label: str
    pattern: re.Pattern[str]
    check: Callable[[re.Match[str]], bool] = lambda match: True


def rule(label: str, *parts: str, check: Callable[[re.Match[str]], bool] | None = None) -> Rule:
    """Make a rule of a pattern written in parts (case matters unless a part says otherwise)."""
    pattern = re.compile("".join(parts))
    return Rule(label, pattern, check) if check else Rule(label, pattern)


def find_spans(text: str, rules: Iterable[Rule], protected: Iterable[tuple[int, int]] = ()) -> list[Span]:
    """Find what the rules describe; earlier rules win where finds overlap.

    Parameters
    ----------
    text : str
        One comment.
    rules : iterable of Rule
        In order of precedence.
    protected : iterable of (int, int)
        Stretches that no find may lie inside (a find that reaches outside them stands).

    Returns
    -------
    list of Span
        In order of position, none overlapping another.
    """
    protected = list(protected)
    spans: list[Span] = []
    for label, pattern, check in rules:
        for match in pattern.finditer(text):
            group = "value" if "value" in pattern.groupindex and match["value"] is not None else 0
            start, end = match.span(group)
            span = Span(start, end, label)
            taken = any(span.meets(other) for other in spans)
            safe = any(low <= start and end <= high for low, high in protected)
            if not taken and not safe and check(match):
                spans.append(span)
    return sorted(spans)


def apart(found: Iterable[Span], spans: Iterable[Span]) -> list[Span]:
    """Return the finds that meet none of the spans.

    Examples
    --------
    >>> apart([Span(0, 3, "[navn]"), Span(5, 8, "[navn]")], [Span(2, 4, "[adresse]")])
    [Span(start=5, end=8, label='[navn]')]
    """
    spans = list(spans)
    return [span for span in found if not any(span.meets(other) for other in spans)]


def replace_spans(text: str, spans: Iterable[Span]) -> str:
    """Put the labels of the spans in place of what they cover.

    Examples
    --------
    >>> replace_spans("Hei Kari!", [Span(4, 8, "[navn]")])
    'Hei [navn]!'
    """
    for start, end, label in sorted(spans, reverse=True):
        text = text[:start] + label + text[end:]
    return text
