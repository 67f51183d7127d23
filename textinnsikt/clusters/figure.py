"""A chart of how large the clusters are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    from textinnsikt.clusters.result import ClusterResult

#: Colours that people with colour blindness tell apart (Okabe and Ito 2008), one a theme, grey outside them.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
OUTSIDE_COLOUR = "#8A949E"


def size_chart(result: ClusterResult, width: int = 420) -> alt.Chart:
    """Draw each cluster's share of the sentences as a bar with its interval.

    Parameters
    ----------
    result : ClusterResult
    width : int
        Pixels of the drawing area.

    Returns
    -------
    altair.Chart
    """
    rows = result.summary[["navn", "tema", "antall", "andel", "nedre", "øvre", "stabilitet"]].copy()
    rows = rows.rename(columns={"øvre": "hoy"})
    themes = [theme for theme in dict.fromkeys(rows["tema"]) if theme != "ingen"]
    colours = [COLOURS[place % len(COLOURS)] for place in range(len(themes))]
    scale = alt.Scale(domain=[*themes, "ingen"], range=[*colours, OUTSIDE_COLOUR])
    legend = alt.Legend(orient="top", labelExpr="datum.value === 'ingen' ? 'utenfor temaene' : datum.value")
    percent = alt.Axis(labelExpr="replace(format(100 * datum.value, '~g'), '.', ',') + ' %'")
    numbers = alt.NumberLocale(decimal=",", thousands="\u00a0", grouping=[3], currency=["", "\u00a0kr"])
    base = alt.Chart(rows).encode(y=alt.Y("navn:N", sort=rows["navn"].tolist(), title=None))
    bars = base.mark_bar(height=11).encode(
        x=alt.X("andel:Q", title="Andel av setningene, med 95 % konfidensintervall", axis=percent),
        color=alt.Color("tema:N", scale=scale, title=None, legend=legend),
        tooltip=[
            alt.Tooltip("navn:N", title="Klynge"),
            alt.Tooltip("tema:N", title="Tema"),
            alt.Tooltip("antall:Q", format=",", title="Setninger"),
            alt.Tooltip("andel:Q", format=".1%", title="Andel"),
            alt.Tooltip("stabilitet:Q", format=".2f", title="Stabilitet"),
        ],
    )
    spans = base.mark_rule(color="#1B2733").encode(x="nedre:Q", x2="hoy:Q")
    chart = alt.layer(bars, spans).properties(width=width, height=alt.Step(18))
    return chart.configure(locale=alt.Locale(number=numbers))
