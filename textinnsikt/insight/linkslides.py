"""Slides of importance and of what the class winners are told, where those were computed."""

from __future__ import annotations

from typing import Any

from textinnsikt.insight import wording
from textinnsikt.insight.barchart import Plan, add_bar_chart, series_of
from textinnsikt.insight.boxes import Line
from textinnsikt.insight.deck import Deck
from textinnsikt.insight.style import STYLE
from textinnsikt.study import MENTIONS

#: What one slide has room for.
_THEMES = 8


def importance_slide(deck: Deck, facts: dict[str, Any]) -> None:
    """Show each theme's share of the importance beside how often it is praised; nothing where it is missing."""
    rows = (facts["viktighet"] or {"rader": []})["rader"][:_THEMES]
    if not rows:
        return
    notes = (
        "Viktighet sier hvor stor del av det temaene forklarer av forskjellene i score, som hører til hvert tema. Det "
        "er ikke det samme som årsak, og et tema alle gjør bra, får lav viktighet. Spør: Hvilket tema er både viktig "
        "og ofte kritisert hos oss?"
    )
    slide, box = deck.add("Viktighet og omtale", notes)
    left, right = box.split(0.52)
    names = [row["navn"] for row in rows]
    praise = [row["omtale"] if row["omtale"]["estimat"] is not None else None for row in rows]
    series = [
        series_of("Andel av viktigheten", rows, STYLE.accent),
        series_of("Andel av omtalen som er ros", praise, STYLE.positive),
    ]
    add_bar_chart(slide, left, names, series, Plan(legend=True, size=13, labels=None))
    table = [
        [row["navn"], _span(row), wording.TOO_FEW if cell is None else _span(cell)]
        for row, cell in zip(rows, praise, strict=True)
    ]
    upper, lower = right.cut(min(right.height - 1.5, 0.45 * (len(rows) + 1)), 0.25)
    deck.table(slide, upper, ["Tema", "Viktighet", "Ros"], table, [0.36, 0.32, 0.32])
    lines = [Line("I parentes: trolig mellom. Sammenheng, ikke årsak.", colour=STYLE.muted)]
    ranked = sorted((row for row in rows if row["forventning"]), key=lambda row: row["forventning"])
    if ranked:
        order = wording.listing([wording.inside(row["navn"]) for row in ranked])
        lines.insert(0, Line(f"Det folk selv sier de ønsker seg mest: {order}.", colour=STYLE.ink))
    deck.text(slide, lower, lines, 15, 10)


def winners_slide(deck: Deck, facts: dict[str, Any]) -> None:
    """Show what the class winners are told more often; nothing where it is missing."""
    rows = (facts["vinnere"] or {"rader": []})["rader"]
    if not rows:
        return
    sure = [f"{row['omtale']} omtale av {wording.inside(row['navn'])}" for row in rows if row["sikker"]]
    told = f"Sikker forskjell: {wording.listing(sure)}." if sure else "Ingen sikker forskjell."
    notes = (
        "Her sammenlignes vinneren i hver klasse med de andre i klassen. Vinneren er valgt av andre shoppere enn dem "
        f"som har skrevet kommentarene, så godt humør ikke teller to ganger. {told} Spør: Hva gjør vinnerne som vi kan "
        "prøve?"
    )
    slide, box = deck.add("Hva får klassevinnerne oftere høre?", notes)
    names = list(dict.fromkeys(row["navn"] for row in rows))[:_THEMES]
    series = []
    for mention in MENTIONS:
        found = {row["navn"]: row for row in rows if row["omtale"] == mention}
        cells = [_scaled(found[name]) if name in found else None for name in names]
        series.append(series_of(f"{mention} omtale", cells, STYLE.mention(mention)))
    left, right = box.split(0.52)
    plan = Plan(number_format="0", title="Vinnere minus de andre, prosentpoeng", labels=None, legend=True, size=13)
    add_bar_chart(slide, left, names, series, plan)
    table = []
    for row in (row for row in rows if row["navn"] in names):
        cell = _scaled(row)
        span = f"{wording.number(cell['nedre'], 0)} og {wording.number(cell['øvre'], 0)}"
        table.append([row["navn"], row["omtale"], wording.number(cell["estimat"], 0), span])
    upper, lower = right.cut(right.height - 1.3)
    deck.table(slide, upper, ["Tema", "Omtale", "Forskjell", "Trolig mellom"], table, [0.34, 0.19, 0.18, 0.29])
    n = max(row["n"] for row in rows)
    how = (
        f"Forskjell i prosentpoeng, snitt over klassene (n = {wording.count(n)} henvendelser). Sammenheng, ikke årsak."
    )
    deck.text(slide, lower, [Line(told, colour=STYLE.ink), Line(how, colour=STYLE.muted)], 15, 10)


def _scaled(row: dict[str, Any]) -> dict[str, Any]:
    """Return a share's figures in per cent."""
    return {key: None if row[key] is None else 100 * row[key] for key in ("estimat", "nedre", "øvre")}


def _span(cell: dict[str, Any]) -> str:
    if cell["nedre"] is None:
        return wording.percent(cell["estimat"], 0)
    low, high = (wording.number(100 * cell[key], 0) for key in ("nedre", "øvre"))
    return f"{wording.percent(cell['estimat'], 0)} ({low}–{high})"
