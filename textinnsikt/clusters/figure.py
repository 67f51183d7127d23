"""Charts of how large the clusters are: in all, by channel or class, and over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from textinnsikt.clusters.result import UNCLEAR
from textinnsikt.clusters.shares import shares_by
from textinnsikt.errors import InputError

if TYPE_CHECKING:
    from textinnsikt.clusters.result import ClusterResult
    from textinnsikt.study import TaggedStudy

#: Colours that people with colour blindness tell apart (Okabe and Ito 2008), one a theme, grey outside them.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
OUTSIDE_COLOUR = "#8A949E"
#: Vega's way to write a share as per cent with a decimal comma.
_PERCENT = "replace(format(100 * datum.value, '~g'), '.', ',') + ' %'"


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
    percent = _percent_axis()
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


def _percent_axis() -> alt.Axis:
    return alt.Axis(labelExpr=_PERCENT)


def _by_group(result: ClusterResult, tagged: TaggedStudy, column: str, what: str) -> pd.DataFrame:
    """Return the shares with Norwegian text for the tooltip."""
    contacts = tagged.contacts
    if column not in contacts or contacts[column].isna().all():
        raise InputError(f"{tagged.source or 'Studien'} har ikke {what}, så klyngene kan ikke vises slik.")
    groups = contacts.set_index("henvendelse")[column].astype("str")
    rows = shares_by(result, groups.str[:7] if column == "dato" else groups)
    rows = rows[rows["klynge"] != UNCLEAR]
    if not len(rows):
        raise InputError(f"{tagged.source or 'Studien'} har for få henvendelser til å vise klyngene per {column}.")
    cells = zip(rows["andel"], rows["nedre"], rows["øvre"], strict=True)
    texts = [f"{100 * a:.1f} % ({100 * low:.1f}–{100 * high:.1f})".replace(".", ",") for a, low, high in cells]
    return rows.rename(columns={"øvre": "hoy"}).assign(tekst=texts)


_TOOLTIP = [
    alt.Tooltip("navn:N", title="Klynge"),
    alt.Tooltip("gruppe:N", title="Gruppe"),
    alt.Tooltip("tekst:N", title="Andel (95 % konfidensintervall)"),
    alt.Tooltip("n:Q", title="Henvendelser"),
]


def group_chart(result: ClusterResult, tagged: TaggedStudy, column: str = "kanal") -> alt.Chart:
    """Draw each cluster's share of the sentences in each channel, class or other contact column as a heat map.

    Parameters
    ----------
    result : ClusterResult
    tagged : TaggedStudy
        The study the clusters are of.
    column : str
        ``kanal``, ``klasse``, ``kundesenter`` ...

    Returns
    -------
    altair.Chart
        Groups of fewer than 10 contacts are left out.

    Raises
    ------
    InputError
        When the study lacks the column.
    """
    rows = _by_group(result, tagged, column, f"kolonnen {column}")
    order = result.summary["navn"].tolist()
    legend = alt.Legend(labelExpr=_PERCENT)
    colour = alt.Color("andel:Q", title="Andel", scale=alt.Scale(scheme="blues"), legend=legend)
    return (
        alt.Chart(rows)
        .mark_rect()
        .encode(
            x=alt.X("gruppe:N", title=None, axis=alt.Axis(labelAngle=-40)),
            y=alt.Y("navn:N", sort=order, title=None, axis=alt.Axis(labelLimit=320)),
            color=colour,
            tooltip=_TOOLTIP,
        )
        .properties(title=f"Andel av setningene i hver {column}")
    )


def time_chart(result: ClusterResult, tagged: TaggedStudy) -> alt.FacetChart:
    """Draw each cluster's share of the sentences month by month, a small chart each, with its interval.

    Parameters
    ----------
    result : ClusterResult
    tagged : TaggedStudy
        The study the clusters are of.

    Returns
    -------
    altair.FacetChart
        Months of fewer than 10 contacts are left out.

    Raises
    ------
    InputError
        When the study has no dates.
    """
    rows = _by_group(result, tagged, "dato", "datoer")
    order = result.summary["navn"].tolist()
    base = alt.Chart(rows).encode(x=alt.X("gruppe:O", title=None, axis=alt.Axis(labelAngle=-40)))
    axis = _percent_axis()
    band = base.mark_area(opacity=0.2).encode(y=alt.Y("nedre:Q", title=None, axis=axis), y2="hoy:Q")
    line = base.mark_line(point=True).encode(y="andel:Q", tooltip=_TOOLTIP)
    facet = alt.Facet("navn:N", sort=order, title=None)
    return alt.layer(band, line).properties(width=150, height=80).facet(facet=facet, columns=4)
