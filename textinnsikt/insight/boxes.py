"""Boxes on a slide, and the type size that lets a text fit inside one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from textinnsikt.insight.wording import shorten

#: Mean width of a letter as a share of the type size; wide enough for the fonts that replace the wanted one.
_LETTER = 0.56
_BOLD = 1.15
_LINE = 1.2


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in inches.

    Examples
    --------
    >>> Box(1, 0, 10, 4).columns(2, gap=1)[1]
    Box(left=6.5, top=0, width=4.5, height=4)
    """

    left: float
    top: float
    width: float
    height: float

    def columns(self, n: int, gap: float = 0.3) -> list[Box]:
        """Divide into columns of equal width."""
        width = (self.width - gap * (n - 1)) / n
        return [replace(self, left=self.left + i * (width + gap), width=width) for i in range(n)]

    def rows(self, n: int, gap: float = 0.15) -> list[Box]:
        """Divide into rows of equal height."""
        height = (self.height - gap * (n - 1)) / n
        return [replace(self, top=self.top + i * (height + gap), height=height) for i in range(n)]

    def split(self, share: float, gap: float = 0.4) -> tuple[Box, Box]:
        """Divide into a left part with `share` of the width and a right part."""
        width = (self.width - gap) * share
        right = replace(self, left=self.left + width + gap, width=self.width - gap - width)
        return replace(self, width=width), right

    def cut(self, height: float, gap: float = 0.15) -> tuple[Box, Box]:
        """Divide into an upper part of the given height and the rest."""
        rest = replace(self, top=self.top + height + gap, height=self.height - height - gap)
        return replace(self, height=height), rest

    def inset(self, x: float, y: float) -> Box:
        """Return the box with less room on every side."""
        return Box(self.left + x, self.top + y, self.width - 2 * x, self.height - 2 * y)


@dataclass(frozen=True)
class Line:
    """One paragraph: its text and how it looks; `scale` is its size relative to the box's."""

    text: str
    bold: bool = False
    colour: str | None = None
    scale: float = 1.0
    bullet: bool = False
    space: float = 0.35


def needed(lines: list[Line], width: float, size: float) -> float:
    """Return the height in inches that lines of text take at a type size in points."""
    total = 0.0
    for line in lines:
        points = size * line.scale
        total += _rows(line.text, _letters(line, width, size)) * points * _LINE + points * line.space
    return total / 72


def _letters(line: Line, width: float, size: float) -> int:
    """Return how many letters fit on one row."""
    points = size * line.scale * _LETTER * (_BOLD if line.bold else 1)
    return max(1, int((width - (0.25 if line.bullet else 0)) * 72 / points))


def _rows(text: str, letters: int) -> int:
    """Count the rows that words fill when broken at spaces."""
    rows, used = 1, 0
    for word in text.split(" "):
        length = len(word)
        if used and used + 1 + length > letters:
            rows, used = rows + 1, 0
        rows += max(0, ceil(length / letters) - 1)
        used += length + (1 if used else 0)
    return rows


def _fits(lines: list[Line], box: Box, size: float) -> bool:
    """Tell whether the text stays inside the box without breaking a word."""
    words = ((line, max(map(len, line.text.split(" ")))) for line in lines)
    whole = all(length <= _letters(line, box.width, size) for line, length in words)
    return whole and needed(lines, box.width, size) <= box.height


def fit(lines: list[Line], box: Box, largest: float, smallest: float) -> tuple[list[Line], float]:
    """Choose the type size, and where even the smallest is too large, shorten the longest texts.

    Returns
    -------
    tuple
        The lines and the size in points.

    Examples
    --------
    >>> fit([Line("Kort")], Box(0, 0, 5, 1), 20, 10)[1]
    20
    >>> lines, size = fit([Line("et langt ord " * 50)], Box(0, 0, 3, 1), 20, 10)
    >>> size, lines[0].text.endswith("…"), needed(lines, 3, size) <= 1
    (10, True, True)
    """
    size = largest
    while size > smallest and not _fits(lines, box, size):
        size -= 1
    lines = list(lines)
    while needed(lines, box.width, size) > box.height:
        place = max(range(len(lines)), key=lambda i: len(lines[i].text))
        length = len(lines[place].text)
        if length < 15:
            lines.pop()
            continue
        lines[place] = replace(lines[place], text=shorten(lines[place].text.rstrip(" …"), int(length * 0.9)))
    return lines, size
