"""Charts of importance, winners, ranking and expectations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from textinnsikt.factors.figure import COLOURS, NUMBERS

if TYPE_CHECKING:
    from textinnsikt.factors.cluster_factors import ClusterFactorsResult
    from textinnsikt.factors.expectations import ExpectationsResult
    from textinnsikt.factors.finding import Finding
    from textinnsikt.factors.ranking import RankingResult
    from textinnsikt.factors.theme_importance import ImportanceResult
    from textinnsikt.factors.winners import WinnersResult

_MAIN, _GREY = COLOURS["justert"], "#8A949E"
_PERCENT = alt.Axis(labelExpr="replace(format(100 * datum.value, '~g'), '.', ',') + ' %'")
#: Most rows in a chart of centres.
_MOST = 40


def importance_chart(result: ImportanceResult, width: int = 420) -> alt.Chart:
    """Draw each theme's share of the variation with its interval, and what random columns get.

    Parameters
    ----------
    result : ImportanceResult
    width : int
        Pixels of the drawing area.

    Returns
    -------
    altair.Chart
    """
    methods = list(result.summary["metode"].unique())
    method = "lmg_korrigert" if "lmg_korrigert" in methods else "lmg"
    rows = result.summary[result.summary["metode"] == method].dropna(subset=["estimat"])
    rows = rows.sort_values("estimat", ascending=False)
    title = f"Del av forskjellene i score, {_level(result)} (grå strek: et tilfeldig tema)"
    chart: Any = _points(rows.assign(navn=rows["tema"]), title, width, axis=_PERCENT, form=".1%")
    if rows["tilfeldig"].notna().any():
        limit = alt.Chart(_named(rows.assign(navn=rows["tema"]))).mark_tick(color=_GREY, thickness=2, size=14)
        where = alt.X("tilfeldig:Q", title=title)
        chart = alt.layer(chart, limit.encode(y=alt.Y("navn:N", sort=list(rows["tema"]), title=None), x=where))
    return _finished(chart, width, 28)


def winners_chart(result: WinnersResult, width: int = 420) -> alt.Chart:
    """Draw how much more often each thing is told of winners, pooled over classes.

    Parameters
    ----------
    result : WinnersResult
    width : int
        Pixels of the drawing area.

    Returns
    -------
    altair.Chart
    """
    rows = result.summary[result.summary["klasse"] == "alle"]
    rows = rows.assign(navn=rows["tema"] + ": " + rows["omtale"])
    axis = alt.Axis(labelExpr="replace(format(100 * datum.value, '~g'), '.', ',')")
    title = f"Vinner minus andre, prosentpoeng av henvendelsene, {_level(result)}"
    zero = alt.Chart().mark_rule(color="#666666", strokeDash=[4, 3]).encode(x=alt.datum(0))
    points = _points(rows, title, width, axis=axis, form=".1%")
    return _finished(alt.layer(zero, points, data=_named(rows)), width, 22)


def ranking_chart(result: RankingResult, klasse: str | None = None, width: int = 420) -> alt.Chart:
    """Draw the centres' official scores with intervals, in order, with the places each can have.

    Parameters
    ----------
    result : RankingResult
    klasse : str, optional
        One class; default all centres, at most the first 40.
    width : int
        Pixels of the drawing area.

    Returns
    -------
    altair.Chart
    """
    rows = result.summary[result.summary["mål"] == result.summary["mål"].iloc[0]]
    place = "klasseplass" if klasse else "plass"
    rows = rows[rows["klasse"] == klasse] if klasse else rows.head(_MOST)
    rows = rows.assign(navn=rows["kundesenter"] + "  (" + rows[place].str.rstrip(".") + ".)")
    title = f"Score ved en gjennomsnittlig shopper, {_level(result)}"
    low, high = result.header["score_range"]
    return _finished(_points(rows, title, width, form=".1f" if high - low >= 20 else ".2f"), width, 18)


def cluster_factors_chart(result: ClusterFactorsResult, width: int = 420) -> alt.Chart:
    """Draw the score points that go with each cluster within centres and shoppers, with intervals.

    Parameters
    ----------
    result : ClusterFactorsResult
    width : int
        Pixels of the drawing area.

    Returns
    -------
    altair.Chart
    """
    rows = result.summary[result.summary["metode"] == "innen_direkte"].dropna(subset=["estimat"])
    rows = rows.assign(navn=rows["klynge"]).sort_values("estimat", ascending=False, kind="stable")
    zero = alt.Chart().mark_rule(color="#666666", strokeDash=[4, 3]).encode(x=alt.datum(0))
    points = _points(rows, f"Poeng hos samme kundesenter og shopper, {_level(result)}", width)
    return _finished(alt.layer(zero, points, data=_named(rows)), width, 22)


def expectations_chart(result: ExpectationsResult, width: int = 420) -> alt.Chart:
    """Draw performance against importance with both intervals; the expected place stands in the label.

    Parameters
    ----------
    result : ExpectationsResult
    width : int
        Pixels of the drawing area, in both directions.

    Returns
    -------
    altair.Chart
    """
    summary = result.summary.rename(columns={"øvre": "ovre"}).set_index("tema")
    good, weight = (summary[summary["mål"] == m] for m in ("ytelse", "viktighet"))
    ends = ["estimat", "nedre", "ovre"]
    rows = good[ends].join(weight[ends].add_suffix("_v")).dropna().reset_index()
    places = result.table["forventning"]
    if places.max() <= 1 and (places.dropna() % 1 > 0).any():
        places = places.rank(ascending=False)
    named = rows["tema"].map(places)
    rows["navn"] = [t if p != p else f"{t} (ønske {p:.0f})" for t, p in zip(rows["tema"], named, strict=True)]
    level = _level(result)
    x_scale = alt.X("estimat:Q", title=f"Ytelse: positive omtaler, {level}", axis=_PERCENT, scale=alt.Scale(zero=False))
    y_scale = alt.Y("estimat_v:Q", title=f"Viktighet, {level}", axis=_PERCENT)
    tips = [alt.Tooltip("tema:N", title="Tema"), alt.Tooltip("estimat:Q", format=".0%", title="Ytelse")]
    tips.append(alt.Tooltip("estimat_v:Q", format=".0%", title="Viktighet"))
    base = alt.Chart(rows).encode(tooltip=tips)
    layers = [
        alt.Chart(rows).mark_rule(color=_GREY, strokeDash=[4, 3]).encode(x="mean(estimat):Q"),
        alt.Chart().mark_rule(color=_GREY, strokeDash=[4, 3]).encode(y=alt.datum(1 / max(len(rows), 1))),
        base.mark_rule(color=_MAIN).encode(x=alt.X("nedre:Q"), x2="ovre:Q", y="estimat_v:Q"),
        base.mark_rule(color=_MAIN).encode(x="estimat:Q", y=alt.Y("nedre_v:Q"), y2="ovre_v:Q"),
        base.mark_point(filled=True, size=80, opacity=1, color=_MAIN).encode(x=x_scale, y=y_scale),
        base.mark_text(align="left", dx=6, dy=-10).encode(x="estimat:Q", y="estimat_v:Q", text="navn:N"),
    ]
    return _finished(alt.layer(*layers, data=rows), width, None)


def _points(rows: pd.DataFrame, title: str, width: int, axis: Any = alt.Undefined, form: str = ".1f") -> Any:
    """Draw one point with its interval for each row, in the order of the rows."""
    order = list(rows["navn"])
    base = alt.Chart(_named(rows)).encode(
        y=alt.Y("navn:N", sort=order, title=None, axis=alt.Axis(labelLimit=260)),
        tooltip=[
            alt.Tooltip("navn:N", title="Navn"),
            alt.Tooltip("estimat:Q", format=form, title="Estimat"),
            alt.Tooltip("nedre:Q", format=form, title="Fra"),
            alt.Tooltip("ovre:Q", format=form, title="Til"),
            alt.Tooltip("n:Q", format=",", title="Henvendelser"),
        ],
    )
    where = alt.X("nedre:Q", title=title, axis=axis, scale=alt.Scale(zero=False))
    spans = base.mark_rule(strokeWidth=2, color=_MAIN).encode(x=where, x2="ovre:Q")
    return alt.layer(spans, base.mark_point(filled=True, size=60, opacity=1, color=_MAIN).encode(x="estimat:Q"))


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep what a chart draws, under names that Vega reads."""
    columns = [c for c in ("navn", "estimat", "nedre", "øvre", "n", "tilfeldig") if c in rows]
    return rows[columns].rename(columns={"øvre": "ovre"})


def _level(result: Finding) -> str:
    return f"med {100 * result.header['level']:.3g} % konfidensintervall".replace(".", ",")


def _finished(chart: Any, width: int, step: int | None) -> alt.Chart:
    """Set the size and Norwegian numbers."""
    height = width if step is None else alt.Step(step)
    return chart.properties(width=width, height=height).configure(locale=alt.Locale(number=NUMBERS))
