"""A chart of associations with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    from textinnsikt.factors.result import FactorResult

#: Colours that people with colour blindness tell apart (Okabe and Ito 2008): adjusted dark, raw light.
COLOURS = {
    "rå": "#E69F00",
    "justert": "#0072B2",
    "innen_direkte": "#56B4E9",
    "innen_total": "#009E73",
    "innen_direkte_korrigert": "#D55E00",
    "innen_total_korrigert": "#CC79A7",
}
#: Norwegian numbers in Vega: decimal comma, space between thousands.
NUMBERS = alt.NumberLocale(decimal=",", thousands="\u00a0", grouping=[3], currency=["", "\u00a0kr"], minus="\u2212")


def factor_chart(result: FactorResult, width: int = 420, methods: Sequence[str] = ("rå", "justert")) -> alt.Chart:
    """Draw each mention's estimate as a point with its interval, the methods side by side.

    Parameters
    ----------
    result : FactorResult
    width : int
        Pixels of the drawing area.
    methods : sequence of str
        Values of ``metode``, in this order.

    Returns
    -------
    altair.Chart
    """
    rows = result.summary[result.summary["metode"].isin(list(methods))].dropna(subset=["estimat"]).copy()
    rows["hva"] = rows["tema"] + ": " + rows["omtale"]
    rows["lav"], rows["høy"] = rows["nedre"], rows["øvre"]
    order = list(dict.fromkeys(rows["hva"]))
    scale = alt.Scale(domain=list(methods), range=[COLOURS.get(method, "#000000") for method in methods])
    base = alt.Chart(rows).encode(
        y=alt.Y("hva:N", sort=order, title=None, axis=alt.Axis(labelLimit=240)),
        yOffset=alt.YOffset("metode:N", sort=list(methods)),
        color=alt.Color("metode:N", scale=scale, title=None, legend=alt.Legend(orient="top")),
        tooltip=[
            alt.Tooltip("hva:N", title="Omtale"),
            alt.Tooltip("metode:N", title="Metode"),
            alt.Tooltip("estimat:Q", format=".1f", title="Forskjell"),
            alt.Tooltip("lav:Q", format=".1f", title="Fra"),
            alt.Tooltip("høy:Q", format=".1f", title="Til"),
            alt.Tooltip("n:Q", format=",", title="Henvendelser"),
        ],
    )
    level = f"{100 * result.header['level']:.3g}".replace(".", ",")
    axis_title = f"Forskjell i score, {result.unit}, med {level} % konfidensintervall"
    spans = base.mark_rule(strokeWidth=2).encode(x=alt.X("lav:Q", title=axis_title), x2="høy:Q")
    points = base.mark_point(filled=True, size=60, opacity=1).encode(
        x="estimat:Q", shape=alt.Shape("metode:N", sort=list(methods), title=None, legend=None)
    )
    zero = alt.Chart().mark_rule(color="#666666", strokeDash=[4, 3]).encode(x=alt.datum(0))
    chart = alt.layer(zero, spans, points, data=rows)
    return chart.properties(width=width, height=alt.Step(16)).configure(locale=alt.Locale(number=NUMBERS))
