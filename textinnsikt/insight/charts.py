"""Charts of the report: Vega-Lite charts of the findings, drawn as SVG that needs no script."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from textinnsikt.insight.findings import adjusted
from textinnsikt.insight.style import STYLE
from textinnsikt.insight.wording import decimals, level_name, number, percent, points, shorten
from textinnsikt.study import MENTIONS

Drawing = alt.LayerChart | alt.FacetChart
#: Widths of a chart in pixels: on a desk, and on a phone.
WIDTHS = {"wide": 960, "narrow": 340}
#: The page's own style sheet takes over where it is present.
_FONT = "Segoe UI, Helvetica, Arial, sans-serif"
_MOST_GROUPS = 30
_MOST_CLUSTERS = 25
_LOCALE = {
    "decimal": ",",
    "thousands": "\u00a0",
    "grouping": [3],
    "currency": ["", " kr"],
    "minus": "−",
    "percent": " %",
}


def factor_chart(facts: dict[str, Any], width: int) -> Drawing | None:
    """Draw the adjusted associations with their intervals; None when there are none."""
    places, unit = decimals(facts["studie"]["skala"]), points(facts["studie"]["skala"])
    rows = [{**row, "tekst": number(row["estimat"], places)} for row in adjusted(facts)]
    if not rows:
        return None
    names = [theme["navn"] for theme in facts["temaer"]]
    space = 150 if width > 500 else 110
    title = ["Justert forskjell i score, " + unit, f"med {level_name(facts['faktorer']['nivå'])}"]
    signed = "datum.value === 0 ? '0' : format(datum.value, '+.2~f')"
    x = alt.X("nedre:Q", title=title, axis=alt.Axis(labelExpr=signed, tickCount=6))
    base = alt.Chart(_frame(rows, ["navn", "omtale", "estimat", "nedre", "øvre", "tekst"])).encode(
        y=alt.Y("navn:N", sort=names, title=None, axis=alt.Axis(labelLimit=space)),
        yOffset=alt.YOffset("omtale:N", sort=list(MENTIONS), scale=alt.Scale(paddingInner=0.1)),
        color=_mention_colour(),
    )
    zero = alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(color=STYLE.ink).encode(x="x:Q")
    spans = base.mark_rule(strokeWidth=2.5).encode(x=x, x2="øvre:Q")
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(x="estimat:Q", shape=_mention_shape())
    labels = base.mark_text(dy=-13, fontSize=12, fontWeight="bold").encode(x="estimat:Q", text="tekst:N")
    return alt.layer(zero, spans, dots, labels).properties(width=width - space - 20, height={"step": 30})


def theme_chart(cells: list[dict[str, Any]], names: list[str], width: int) -> Drawing | None:
    """Draw the share of all contacts with each mention."""
    if not cells:
        return None
    space = 150 if width > 500 else 110
    rows = [{**cell, "tekst": percent(cell["estimat"], 0)} for cell in cells]
    base = alt.Chart(_frame(rows, ["navn", "omtale", "estimat", "nedre", "øvre", "tekst"])).encode(
        y=alt.Y("navn:N", sort=names, title=None, axis=alt.Axis(labelLimit=space)),
        yOffset=alt.YOffset("omtale:N", sort=list(MENTIONS), scale=alt.Scale(paddingInner=0.15)),
    )
    title = "Andel av henvendelsene, med 95 % konfidensintervall"
    axis = alt.Axis(format=".0%", tickCount=5 if width > 500 else 3, labelOverlap="parity", labelSeparation=6)
    x = alt.X("estimat:Q", title=title if width > 500 else "Andel av henvendelsene", axis=axis)
    bars = base.mark_bar(opacity=0.85).encode(x=x, color=_mention_colour())
    spans = base.mark_rule(color=STYLE.ink, strokeWidth=1.5).encode(x="nedre:Q", x2="øvre:Q")
    texts = base.mark_text(align="left", dx=6, fontSize=12, color=STYLE.ink).encode(x="øvre:Q", text="tekst:N")
    return alt.layer(bars, spans, texts).properties(width=width - space - 50, height={"step": 22})


def share_chart(groups: list[dict[str, Any]], names: list[str], width: int) -> Drawing | None:
    """Draw the share of contacts with each mention, one panel a theme and one line a group."""
    shown = [group for group in groups if group["celler"]]
    shown = sorted(shown, key=lambda group: -group["n"])[:_MOST_GROUPS]
    rows = [{"gruppe": group["gruppe"], **cell} for group in groups if group in shown for cell in group["celler"]]
    if not rows:
        return None
    one_column = width <= 500
    longest = max(len(row["gruppe"]) for row in rows)
    space = min(110 if one_column else 190, 30 + 7 * longest)
    columns = 1 if one_column else min(4, len(names))
    panel = (width - space - 40) // columns - 18
    order = [group["gruppe"] for group in groups]
    base = alt.Chart().encode(
        y=alt.Y("gruppe:N", sort=order, title=None, axis=alt.Axis(labelLimit=space, grid=True)),
        color=_mention_colour(),
    )
    scale = alt.Scale(domainMin=0)
    axis = alt.Axis(format=".0%", tickCount=3, labelOverlap="parity", labelSeparation=6)
    spans = base.mark_rule(strokeWidth=2, opacity=0.4).encode(
        x=alt.X("nedre:Q", title=None, scale=scale, axis=axis), x2="øvre:Q"
    )
    dots = base.mark_point(filled=True, size=55, opacity=1).encode(x="estimat:Q", shape=_mention_shape())
    layered = alt.layer(spans, dots).properties(width=panel, height={"step": 20})
    header = alt.Header(title=None, labelFontSize=14, labelFontWeight="bold", labelColor=STYLE.ink, labelPadding=8)
    facet = alt.Facet("navn:N", sort=names, header=header)
    frame = _frame(rows, ["gruppe", "navn", "omtale", "estimat", "nedre", "øvre"])
    return layered.facet(facet=facet, columns=columns, spacing=18, data=frame)


def cluster_chart(facts: dict[str, Any], width: int) -> Drawing | None:
    """Draw the size of every named cluster with its interval."""
    rows = sorted((r for r in facts["klynger"]["rader"] if r["klynge"]), key=lambda r: -r["antall"])
    space = 250 if width > 500 else 150
    room = 38 if width > 500 else 24
    shown = [
        {**row, "etikett": shorten(row["navn"], room), "tekst": percent(row["andel"])} for row in rows[:_MOST_CLUSTERS]
    ]
    if not shown:
        return None
    for row in shown:
        row["slutt"] = row["andel"] if row["øvre"] is None else row["øvre"]
    base = alt.Chart(_frame(shown, ["klynge", "etikett", "andel", "nedre", "øvre", "slutt", "tekst"])).encode(
        y=alt.Y("klynge:N", sort=None, title=None, axis=alt.Axis(labels=False))
    )
    x = alt.X(
        "andel:Q",
        title="Andel av setningene",
        scale=alt.Scale(domainMin=0),
        axis=alt.Axis(format=".0%", tickCount=5),
    )
    bars = base.mark_bar(color=STYLE.calm, height={"band": 0.62}).encode(x=x)
    spans = base.mark_rule(color=STYLE.ink, strokeWidth=1.5).encode(x="nedre:Q", x2="øvre:Q")
    shares = base.mark_text(align="left", dx=6, fontSize=12, color=STYLE.ink).encode(x="slutt:Q", text="tekst:N")
    names = base.mark_text(align="right", fontSize=12, color=STYLE.ink).encode(x=alt.value(-10), text="etikett:N")
    return alt.layer(bars, spans, shares, names).properties(width=width - space - 60, height={"step": 26})


def matrix_chart(facts: dict[str, Any], width: int) -> Drawing | None:
    """Draw each theme's importance against how often it is praised, with intervals both ways."""
    found = facts["viktighet"] or {"rader": []}
    rows = [
        {**row, **{f"{key}_ros": row["omtale"][key] for key in ("estimat", "nedre", "øvre")}}
        for row in found["rader"]
        if row["omtale"]["estimat"] is not None and None not in (row["nedre"], row["øvre"])
    ]
    if len(rows) < 2:
        return None
    columns = ["navn", *(f"{key}{side}" for key in ("estimat", "nedre", "øvre") for side in ("", "_ros"))]
    frame = _frame(rows, columns)
    middle = {"x": float(frame["estimat_ros"].mean()), "y": 1 / len(rows)}
    axis = alt.Axis(format=".0%", tickCount=5, grid=False)
    praise, weight = "Andel av omtalen som er ros", "Andel av viktigheten"
    x = alt.X("estimat_ros:Q", title=praise, scale=alt.Scale(zero=False, padding=30), axis=axis)
    # Room above the highest interval for what is written in the corners.
    y = alt.Y("estimat:Q", title=weight, scale=alt.Scale(domain=[0, 1.15 * float(frame["øvre"].max())]), axis=axis)
    base = alt.Chart(frame).encode(x=x, y=y)
    line: dict[str, Any] = {"color": STYLE.neutral, "strokeDash": [4, 4]}
    cross = alt.Chart(pd.DataFrame([middle]))
    layers = [cross.mark_rule(**line).encode(x="x:Q"), cross.mark_rule(**line).encode(y="y:Q")]
    thin: dict[str, Any] = {"color": STYLE.positive, "opacity": 0.45, "strokeWidth": 2}
    layers.append(base.mark_rule(**thin).encode(x=alt.X("nedre_ros:Q", title=praise, axis=axis), x2="øvre_ros:Q"))
    layers.append(base.mark_rule(**thin).encode(y=alt.Y("nedre:Q", title=weight, axis=axis), y2="øvre:Q"))
    layers.append(base.mark_point(filled=True, size=120, opacity=1, color=STYLE.positive))
    layers.append(base.mark_text(align="left", dx=9, dy=-9, fontSize=13, fontWeight="bold").encode(text="navn:N"))
    side = width - 90 if width > 500 else width - 80
    layers.append(_corner("Viktig, oftere kritisert: øv her", 8, "left"))
    if width > 500:
        layers.append(_corner("Viktig, oftere rost: ta vare på", side - 8, "right"))
    return alt.layer(*layers).properties(width=side, height=380 if width > 500 else 300)


def _corner(text: str, x: float, align: Any) -> Any:
    """Say at the top of the importance chart what lies there."""
    mark = alt.Chart(pd.DataFrame([{"t": text}])).mark_text(
        align=align, fontSize=12, fontStyle="italic", color=STYLE.muted
    )
    return mark.encode(text="t:N", x=alt.value(x), y=alt.value(14))


def winners_chart(facts: dict[str, Any], width: int) -> Drawing | None:
    """Draw how much more often each thing is told of class winners than of the others."""
    rows = (facts["vinnere"] or {"rader": []})["rader"]
    if not rows:
        return None
    shown = [{**row, "tekst": f"{100 * row['estimat']:+.0f}".replace("-", "−").replace("+0", "0")} for row in rows]
    names = [theme["navn"] for theme in facts["temaer"]]
    space = 150 if width > 500 else 110
    base = alt.Chart(_frame(shown, ["navn", "omtale", "estimat", "nedre", "øvre", "tekst"])).encode(
        y=alt.Y("navn:N", sort=names, title=None, axis=alt.Axis(labelLimit=space)),
        yOffset=alt.YOffset("omtale:N", sort=list(MENTIONS), scale=alt.Scale(paddingInner=0.1)),
        color=_mention_colour(),
    )
    title = ["Klassevinnere minus de andre, prosentpoeng", "med 95 % konfidensintervall"]
    signed = "datum.value === 0 ? '0' : format(100 * datum.value, '+.0f')"
    x = alt.X("nedre:Q", title=title, axis=alt.Axis(labelExpr=signed, tickCount=6))
    zero = alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(color=STYLE.ink).encode(x="x:Q")
    spans = base.mark_rule(strokeWidth=2.5).encode(x=x, x2="øvre:Q")
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(x="estimat:Q", shape=_mention_shape())
    labels = base.mark_text(dy=-13, fontSize=12, fontWeight="bold").encode(x="estimat:Q", text="tekst:N")
    return alt.layer(zero, spans, dots, labels).properties(width=width - space - 20, height={"step": 30})


def svg(chart: Any, key: str, title: str, description: str) -> str:
    """Draw a chart as an SVG element to stand inside a page.

    Parameters
    ----------
    chart : altair chart
    key : str
        Unique in the page; keeps the identifiers of several drawings apart.
    title, description : str
        What a screen reader says in place of the picture.

    Returns
    -------
    str
        One ``svg`` element with a ``title`` and a ``desc``, scaling with its container.
    """
    drawn = vl_convert.vegalite_to_svg(_themed(chart).to_dict(), format_locale=_LOCALE)
    found = re.search(r"<svg[^>]*?width=\"([\d.]+)\" height=\"([\d.]+)\"[^>]*>", drawn)
    if found is None:
        raise RuntimeError("Tegningen mangler mål.")
    # The drawing is one picture: its parts have no roles of their own.
    body = re.sub(r' (?:role|aria-\w+)="[^"]*"', "", drawn[found.end() :])
    numbers: dict[str, str] = {}
    body = re.sub(
        r'(id="|url\(#)((?:clip|gradient)[_\d]+)',
        lambda m: m[1] + numbers.setdefault(m[2], f"{key}-{len(numbers)}"),
        body,
    )
    width, height = found[1], found[2]
    return (
        f'<svg role="img" aria-labelledby="{key}-t {key}-d" viewBox="0 0 {width} {height}" '
        f'style="max-width:{float(width):.0f}px"><title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{escape(description)}</desc>{body}'
    )


def _themed(chart: Any) -> Any:
    axis = {
        "labelColor": STYLE.ink,
        "titleColor": STYLE.muted,
        "gridColor": STYLE.line,
        "tickColor": STYLE.line,
    }
    return (
        chart.configure(
            aria=False,
            background="transparent",
            font=_FONT,
            padding={"left": 24, "right": 24, "top": 5, "bottom": 5},
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=13,
            titleFontSize=12,
            titleFontWeight="normal",
            titlePadding=12,
            domain=False,
            **axis,
        )
        .configure_axisY(ticks=False, labelPadding=8)
    )


def _mention_colour() -> alt.Color:
    scale = alt.Scale(domain=list(MENTIONS), range=[STYLE.positive, STYLE.negative])
    return alt.Color("omtale:N", scale=scale, legend=None)


def _mention_shape() -> alt.Shape:
    scale = alt.Scale(domain=list(MENTIONS), range=["circle", "diamond"])
    return alt.Shape("omtale:N", scale=scale, legend=None)


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame([{column: row[column] for column in columns} for row in rows])
