"""How everything looks: the colours and sizes that the report, the slides and the workbook share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """Colours as ``#RRGGBB``; positive and negative keep theirs everywhere.

    The colours of data are from the palette of Okabe and Ito (2008, "Color Universal Design"), which people
    with the common kinds of colour blindness can tell apart.

    Examples
    --------
    >>> STYLE.mention("negativ")
    '#D55E00'
    """

    ink: str = "#1B2733"
    muted: str = "#55626F"
    line: str = "#D5DCE3"
    tint: str = "#F3F6F8"
    paper: str = "#FFFFFF"
    accent: str = "#14395B"
    positive: str = "#0072B2"
    negative: str = "#D55E00"
    mixed: str = "#CC79A7"
    neutral: str = "#6B7A88"
    #: Bars that are neither positive nor negative.
    calm: str = "#56B4E9"
    #: Colours of groups (channels), none of them the positive or the negative one.
    groups: tuple[str, ...] = ("#009E73", "#E69F00", "#CC79A7", "#F0E442", "#999999", "#56B4E9")

    def mention(self, mention: str) -> str:
        """Return the colour of a value: ``positiv``, ``negativ`` or ``blandet``."""
        return {"positiv": self.positive, "negativ": self.negative}.get(mention, self.mixed)


STYLE = Style()
