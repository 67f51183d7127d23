"""The report as one HTML file that opens offline, drawn from the findings."""

from __future__ import annotations

import json
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from textinnsikt.insight import charts, mapchart, wording
from textinnsikt.insight.findings import adjusted, controls
from textinnsikt.insight.style import STYLE
from textinnsikt.study import MENTIONS


def render_html(facts: dict[str, Any]) -> str:
    """Draw the report.

    Parameters
    ----------
    facts : dict
        What `textinnsikt.insight.collect.collect` returns.

    Returns
    -------
    str
        A whole HTML document with its style, script and drawings inside.
    """
    environment = Environment(
        loader=PackageLoader("textinnsikt.insight", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    places, unit = wording.decimals(facts["studie"]["skala"]), wording.points(facts["studie"]["skala"])
    environment.filters.update(
        count=wording.count,
        percent=wording.percent,
        opening=wording.opening,
        stability=wording.stability,
        points=lambda value: wording.number(value, places),
        number=wording.number,
        against_score=lambda row: wording.against_score(row, unit, places, facts["faktorer"]["nivå"]),
    )
    document = environment.get_template("report.html.j2").render(
        facts=facts,
        style=STYLE,
        unit=unit,
        period=wording.period(facts["studie"]["periode"]["fra"], facts["studie"]["periode"]["til"]),
        level=wording.level_name(facts["faktorer"]["nivå"]),
        controls=controls(facts),
        too_few=wording.TOO_FEW,
        methods=wording.METHODS,
        factor_rows=_pairs(facts),
        centre_bar=lambda row: _bar(row, facts["studie"]["skala"]),
        centre_places=places,
        drawings=_drawings(facts),
        map_colours=_map_colours(facts),
        map_points=_map_points(facts),
        choices=_choices(facts["sitater"]),
        theme_names={theme["tema"]: theme["navn"] for theme in facts["temaer"]},
    )
    return document + "\n"


def _pairs(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Put the raw and the adjusted row of a mention side by side."""
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    for row in facts["faktorer"]["rader"]:
        pairs.setdefault((row["tema"], row["omtale"]), {})[row["metode"]] = row
    shown = {key: pair for key, pair in pairs.items() if key[1] in MENTIONS and {"rå", "justert"} & set(pair)}
    return [{"navn": next(iter(pair.values()))["navn"], "omtale": key[1], **pair} for key, pair in shown.items()]


def _bar(row: dict[str, Any], scale: list[float]) -> dict[str, float]:
    """Place a mean and its interval on a line from the lowest to the highest possible score, in per cent."""
    low, high = scale
    at = {key: 100 * (row[key] - low) / (high - low) for key in ("nedre", "estimat", "øvre")}
    return {"left": at["nedre"], "width": at["øvre"] - at["nedre"], "dot": at["estimat"]}


def _choices(quotes: list[dict[str, Any]]) -> dict[str, list[str]]:
    """List what the quotes can be filtered by."""
    found = {key: {quote[key] for quote in quotes if quote[key]} for key in ("klasse", "kanal", "kundesenter")}
    return {key: sorted(names, key=wording.alphabet) for key, names in found.items()}


def _drawings(facts: dict[str, Any]) -> dict[str, dict[str, Markup]]:
    """Draw every chart, once wide and once narrow; those without data are left out."""
    names = [theme["navn"] for theme in facts["temaer"]]
    shares = facts["temaandeler"]
    everyone = [shares["alle"]] if shares["alle"] else []
    plans = {
        "faktorer": ("Suksessfaktorer", _factor_text(facts), lambda w: charts.factor_chart(facts, w)),
        "alle": (
            "Andel henvendelser som omtaler hvert tema",
            _share_text(everyone),
            lambda w: charts.theme_chart(everyone[0]["celler"] if everyone else [], names, w),
        ),
        "klasse": (
            "Andel henvendelser som omtaler hvert tema, etter klasse",
            "Tallene står i tabellen under.",
            lambda w: charts.share_chart(shares["klasse"], names, w),
        ),
        "kanal": (
            "Andel henvendelser som omtaler hvert tema, etter kanal",
            _share_text(shares["kanal"]),
            lambda w: charts.share_chart(shares["kanal"], names, w),
        ),
        "viktighet": ("Viktighet og omtale", _matrix_text(facts), lambda w: charts.matrix_chart(facts, w)),
        "vinnere": (
            "Hva klassevinnerne får mer av",
            "Tallene står i tabellen under.",
            lambda w: charts.winners_chart(facts, w),
        ),
        "kart": ("Kart over setningene", "Gruppene står i lista under.", lambda w: mapchart.map_chart(facts, w)),
        "klynger": (
            "Hva setningene handler om",
            _cluster_text(facts),
            lambda w: charts.cluster_chart(facts, w),
        ),
    }
    drawings: dict[str, dict[str, Markup]] = {}
    for key, (title, text, draw) in plans.items():
        for size, width in charts.WIDTHS.items():
            chart = draw(width)
            if chart is not None:
                drawing = mapchart.compact(charts.svg(chart, f"figur-{key}-{size}", title, text))
                drawings.setdefault(key, {})[size] = Markup(drawing)
    return drawings


def _factor_text(facts: dict[str, Any]) -> str:
    places, level = wording.decimals(facts["studie"]["skala"]), facts["faktorer"]["nivå"]
    parts = [
        f"{row['navn']}, {row['omtale']} omtale: {wording.number(row['estimat'], places)} "
        f"({wording.interval(row['nedre'], row['øvre'], places, level=level)})"
        for row in adjusted(facts)
    ]
    return f"Justert forskjell i score, {wording.points(facts['studie']['skala'])}. " + "; ".join(parts) + "."


def _matrix_text(facts: dict[str, Any]) -> str:
    rows = (facts["viktighet"] or {"rader": []})["rader"]
    parts = [
        f"{row['navn']}: {wording.percent(row['estimat'], 0)} av viktigheten, "
        f"{wording.percent(row['omtale']['estimat'], 0)} av omtalen er ros"
        for row in rows
    ]
    return "; ".join(parts) + "."


def _map_colours(facts: dict[str, Any]) -> dict[str, str]:
    """Return the colours of the themes that are on the map."""
    names = {theme["tema"]: theme["navn"] for theme in facts["temaer"]}
    found = {names.get(island["tema"], mapchart.OUTSIDE) for island in (facts["kart"] or {"øyer": []})["øyer"]}
    return {name: colour for name, colour in mapchart.theme_colours(facts).items() if name in found}


def _map_points(facts: dict[str, Any]) -> Markup:
    """Return group number and sentence of each point for the page's script, safe inside a page."""
    points = [point[2:] for point in (facts["kart"] or {"punkter": []})["punkter"]]
    text = json.dumps(points, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _share_text(groups: list[dict[str, Any]]) -> str:
    parts = [
        f"{group['gruppe']}: "
        + ", ".join(f"{c['navn']} {c['omtale']} {wording.percent(c['estimat'], 0)}" for c in group["celler"])
        for group in groups
        if group["celler"]
    ]
    return "; ".join(parts) + "."


def _cluster_text(facts: dict[str, Any]) -> str:
    rows = [row for row in facts["klynger"]["rader"] if row["klynge"]]
    return "; ".join(f"{row['navn']}: {wording.percent(row['andel'])}" for row in rows) + "."
