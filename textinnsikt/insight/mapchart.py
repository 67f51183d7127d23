"""The cluster map as a chart: islands with names, a point a sentence."""

from __future__ import annotations

import re
from typing import Any

import altair as alt
import pandas as pd

from textinnsikt.insight.style import STYLE
from textinnsikt.insight.wording import opening, shorten

#: Class of the points in the drawing; the page's script finds the sentences by it.
POINTS = "punkter"
_POINT = re.compile(
    r'<path transform="translate\(([\d.-]+),([\d.-]+)\)" d="M([\d.]+),0A[^"]*" fill="(#\w+)"[^>]*opacity="0.75"/>'
)
OUTSIDE = "Utenfor temaene"


def theme_colours(facts: dict[str, Any]) -> dict[str, str]:
    """Return a colour for each theme on the map, and for what lies outside them."""
    palette = [STYLE.positive, STYLE.groups[0], STYLE.negative, STYLE.groups[2], STYLE.calm, STYLE.groups[1]]
    names = [theme["navn"] for theme in facts["temaer"]]
    return {**{name: palette[i % len(palette)] for i, name in enumerate(names)}, OUTSIDE: STYLE.neutral}


def map_chart(facts: dict[str, Any], width: int) -> Any | None:
    """Draw the map, a legend of themes above it; None without clusters."""
    found = facts["kart"]
    if found is None:
        return None
    themes = {theme["tema"]: theme["navn"] for theme in facts["temaer"]}
    islands = pd.DataFrame(found["øyer"])
    islands["farge"] = [themes.get(theme, OUTSIDE) for theme in islands["tema"]]
    points = pd.DataFrame([point[:3] for point in found["punkter"]], columns=["x", "y", "klynge"])
    wide = width > 500
    if not wide:  # stands on end
        islands, points = (frame.rename(columns={"x": "y", "y": "x"}) for frame in (islands, points))
    islands["etikett"] = [_two_lines(opening(name), 16) for name in islands["navn"]]
    islands["topp"] = islands["y"] + islands["r"]
    points["farge"] = points["klynge"].map(islands.set_index("klynge")["farge"])
    low = islands[["x", "y"]].sub(islands["r"], axis=0).min() - [0.9, 0.1]
    high = islands[["x", "y"]].add(islands["r"], axis=0).max() + [0.9, 1.0]
    height = (width - 50) * float((high["y"] - low["y"]) / (high["x"] - low["x"]))
    sides = {name: alt.Scale(domain=[float(low[name]), float(high[name])], nice=False) for name in ("x", "y")}
    x = alt.X("x:Q", scale=sides["x"], axis=None)
    y = alt.Y("y:Q", scale=sides["y"], axis=None)
    colours = {name: colour for name, colour in theme_colours(facts).items() if name in set(islands["farge"])}
    colour = alt.Color("farge:N", legend=None, scale=alt.Scale(domain=list(colours), range=list(colours.values())))
    dots = alt.Chart(points, name=POINTS).mark_circle(size=14 if wide else 5, opacity=0.75)
    names = alt.Chart(islands).mark_text(
        dy=-6, baseline="line-bottom", fontSize=11 if wide else 7, color=STYLE.ink, lineBreak="\n"
    )
    layers = [dots.encode(x=x, y=y, color=colour)]
    shown = names if wide else names.transform_filter("datum.r > 0.7")
    layers.append(shown.encode(x=x, y=alt.Y("topp:Q", scale=sides["y"], axis=None), text="etikett:N"))
    return alt.layer(*layers).properties(width=width - 50, height=height)


def _two_lines(name: str, limit: int) -> str:
    """Break a name in two lines of at most so many letters.

    Examples
    --------
    >>> _two_lines("Fikk ikke svar på det jeg spurte om", 16)
    'Fikk ikke svar\\npå det jeg …'
    """
    head = name[: limit + 1]
    first = name if len(name) <= limit else head.rsplit(" ", 1)[0] if " " in head else name.split(" ")[0]
    rest = name[len(first) :].strip()
    return f"{shorten(first, limit)}\n{shorten(rest, limit)}" if rest else shorten(first, limit)


def compact(drawing: str) -> str:
    """Write the points as circles, a third of the length.

    Examples
    --------
    >>> compact('<path transform="translate(33.6464,7.25)" d="M1.871,0A1,1" fill="#0072B2" opacity="0.75"/>')
    '<circle cx="33.6" cy="7.2" r="1.9" fill="#0072B2"/>'
    """
    return _POINT.sub(
        lambda m: f'<circle cx="{float(m[1]):.1f}" cy="{float(m[2]):.1f}" r="{float(m[3]):.1f}" fill="{m[4]}"/>',
        drawing,
    )
