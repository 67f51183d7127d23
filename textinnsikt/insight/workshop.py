"""Everything that the deck of one centre or one class shows, as one JSON-safe dict."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from textinnsikt.errors import InputError
from textinnsikt.insight.comparison import Comparison, Figures, Kind
from textinnsikt.insight.discussion import question
from textinnsikt.insight.exercises import exercise_cards
from textinnsikt.insight.quotes import highlights
from textinnsikt.insight.wording import (
    TOO_FEW,
    clean,
    decimals,
    likely_difference,
    listing,
    number,
    percent,
    points,
    sides,
)
from textinnsikt.study import MENTIONS

#: Strengths, and things to train, on one deck.
MOST = 3
_QUOTES = 2
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "é": "e", "ü": "u"})


def collect_workshop(facts: dict[str, Any], comparison: Comparison, kind: Kind, name: str) -> dict[str, Any]:
    """Collect what one deck shows, as ``arbeidsark`` in ``schema.json`` describes it.

    Parameters
    ----------
    facts : dict
        What `textinnsikt.insight.collect.collect` returns for the study.
    comparison : Comparison
        The figures of the same study.
    kind : {"kundesenter", "klasse"}
    name : str
        The centre or class, as in the study.

    Returns
    -------
    dict

    Raises
    ------
    InputError
        When the study has no such centre or class.
    """
    rows = comparison.rows(kind, name)
    if rows.empty:
        raise InputError(_unknown(comparison, kind, name))
    parent = comparison.klass(name) if kind == "kundesenter" else None
    themes = [_theme(facts, comparison, kind, name, parent, theme) for theme in facts["temaer"]]
    comments = comparison.tagged.comments
    own = comments[comments[kind] == name]
    shown = any(theme["positiv"] is not None for theme in themes)
    strengths, training = (_chosen(themes, kind, side) for side in (1, -1)) if shown else ([], [])
    for entry, mention in [(s, "positiv") for s in strengths] + [(t, "negativ") for t in training]:
        entry["sitater"] = highlights(own, entry["tema"], mention, _QUOTES)
    weakest = training[0] if training else _most_criticised(facts)
    quote = weakest["sitater"][0]["setning"] if weakest and weakest.get("sitater") else None
    asked = [("positiv", entry) for entry in strengths[:2]] + [("negativ", entry) for entry in training[:2]]
    if not shown and weakest:
        asked = [("positiv", weakest), ("negativ", weakest)]
    return {
        "oppsett": facts["oppsett"],
        "slag": kind,
        "navn": clean(name),
        "klasse": None if parent is None else clean(parent),
        "studie": facts["studie"],
        "henvendelser": len(rows),
        "kommentert": int(rows[comparison.tagged.mention_columns[0]].notna().sum()),
        "vises": shown,
        "score": _scores(facts, comparison, kind, name, parent),
        "mot": _against(facts, comparison, kind, name),
        "temaer": themes,
        "styrker": strengths,
        "trening": training,
        "øvelser": exercise_cards(weakest["tema"], weakest["navn"], quote) if weakest else [],
        "øvelser_tema": weakest["navn"] if weakest else None,
        "spørsmål": [
            *(question(entry["tema"], mention, entry["navn"]) for mention, entry in asked),
            "Hva ville en kunde merket i morgen hvis vi lyktes med det vi øver på i dag?",
        ],
    }


def slugs(names: Iterable[str], prefix: str = "") -> dict[str, str]:
    """Give each name a file name of its own: lower case, letters and digits, no Norwegian letters.

    Examples
    --------
    >>> slugs(["Bank A", "Trygg & Tett", "Åpen klasse", "bank-a"])
    {'Bank A': 'bank-a', 'Trygg & Tett': 'trygg-tett', 'bank-a': 'bank-a-2', 'Åpen klasse': 'apen-klasse'}
    """
    found: dict[str, str] = {}
    for name in sorted(names):
        plain = prefix + (re.sub(r"[^a-z0-9]+", "-", name.casefold().translate(_PLAIN)).strip("-")[:80] or "uten-navn")
        slug, place = plain, 1
        while slug in found.values():
            place += 1
            slug = f"{plain}-{place}"
        found[name] = slug
    return found


def _unknown(comparison: Comparison, kind: Kind, name: str) -> str:
    names = sorted(str(n) for n in comparison.contacts[kind].dropna().unique())
    near = [n for n in names if name.casefold() in n.casefold() or n.casefold() in name.casefold()]
    listed = ", ".join((near or names)[:8])
    word = "kundesenteret" if kind == "kundesenter" else "klassen"
    return f"Studien har ikke {word} «{name}»; skriv navnet slik det står i studien, for eksempel {listed}."


def _theme(
    facts: dict[str, Any], comparison: Comparison, kind: Kind, name: str, parent: str | None, theme: dict[str, str]
) -> dict[str, Any]:
    """Return one theme's shares: own, those it is compared with, the class winner's; and the drawn-in difference."""
    key = theme["tema"]
    best = comparison.winner(parent) if parent is not None else comparison.winner(name) if kind == "klasse" else None
    beside = comparison.shares("klasse", parent, key) if parent is not None else comparison.shares(None, None, key)
    nobody: dict[str, Figures | None] = dict.fromkeys(MENTIONS)
    winner = comparison.shares("kundesenter", best, key) if best is not None and best != name else nobody
    return {
        "tema": key,
        "navn": theme["navn"],
        **comparison.shares(kind, name, key),
        "mot": {mention: beside[mention] for mention in MENTIONS},
        "vinner": {mention: winner[mention] for mention in MENTIONS},
        "forskjell": comparison.difference(kind, name, key),
    }


def _scores(
    facts: dict[str, Any], comparison: Comparison, kind: Kind, name: str, parent: str | None
) -> list[dict[str, Any]]:
    """Return the bars of the score chart; a class's own centres stand in its deck."""
    rows: list[dict[str, Any]] = [{"navn": clean(name), "rolle": "eget", **comparison.score(kind, name)}]
    if kind == "klasse":
        best = comparison.winner(name)
        for centre in comparison.centres(name):
            role = "vinner" if centre == best else "senter"
            rows.append({"navn": clean(centre), "rolle": role, **comparison.score("kundesenter", centre)})
    elif parent is not None:
        rows.append({"navn": f"Klassen {clean(parent)}", "rolle": "klasse", **comparison.score("klasse", parent)})
        best = comparison.winner(parent)
        if best is not None and best != name:
            figures = comparison.score("kundesenter", best)
            rows.append({"navn": f"Klassevinneren {clean(best)}", "rolle": "vinner", **figures})
    return [*rows, {"navn": "Alle kundesentre", "rolle": "alle", **comparison.everyone()}]


def _against(facts: dict[str, Any], comparison: Comparison, kind: Kind, name: str) -> list[dict[str, Any]]:
    """Say how the score stands against the class and its winner."""
    if facts["studie"]["snittscore"] is None:
        return []
    if kind == "klasse":
        return [{"mot": "klassen", "tall": None, "setning": text} for text in _class_words(facts, comparison, name)]
    own = comparison.score(kind, name)
    if own["estimat"] is None:
        return [{"mot": "klassen", "tall": None, "setning": f"Egen score: {TOO_FEW} ({own['n']})."}]
    scale = facts["studie"]["skala"]
    found: list[dict[str, Any]] = []
    for label, figures in (
        ("klassen", comparison.against_class(name)),
        ("klassevinneren", comparison.against_winner(name)),
    ):
        if figures is None:
            continue
        size = f"{number(abs(figures['estimat']), decimals(scale))} {points(scale)} {sides(figures)[0]}"
        span = likely_difference(figures, decimals(scale))
        sentence = (
            f"Scoren er {size} enn {label}s ({span})."
            if figures["sikker"]
            else f"Ingen sikker forskjell fra {label}: scoren er {size} ({span})."
        )
        found.append({"mot": label, "tall": figures, "setning": sentence})
    found += [{"mot": "plassen", "tall": None, "setning": text} for text in _place(facts, name)]
    best = comparison.winner(comparison.klass(name) or "")
    if best == name:
        found.append({"mot": "klassevinneren", "tall": None, "setning": "Senteret har den høyeste scoren i klassen."})
    return found


def _class_words(facts: dict[str, Any], comparison: Comparison, name: str) -> list[str]:
    """Say where the class stands, and how sure its winner is."""
    places, unit = decimals(facts["studie"]["skala"]), points(facts["studie"]["skala"])
    own, everyone, best = comparison.score("klasse", name), comparison.everyone(), comparison.winner(name)
    words = []
    if own["estimat"] is not None and everyone["estimat"] is not None:
        figures = (number(own["estimat"], places), number(everyone["estimat"], places))
        words.append(f"Klassen har {figures[0]} {unit} i snitt, alle kundesentre {figures[1]}.")
    if best is None:
        return words
    score = number(comparison.score("kundesenter", best)["estimat"], places)
    words.append(f"{clean(best)} har det høyeste snittet, {score} {unit}.")
    others = [centre for centre in comparison.centres(name) if centre != best]
    gaps = {centre: comparison.against_winner(centre) for centre in others}
    near = [clean(centre) for centre, gap in gaps.items() if gap is not None and not gap["sikker"]]
    if near:
        words.append(f"Ingen sikker forskjell mellom {clean(best)} og {listing(near)}.")
    elif others:
        words.append("Forspranget til alle de andre er sikkert.")
    return words


def _place(facts: dict[str, Any], name: str) -> list[str]:
    """Say which places in the class the centre can have."""
    row = next((row for row in facts["kundesentre"] if row["kundesenter"] == clean(name)), None)
    if row is None or row["klasserang_fra"] is None:
        return []
    first, last = row["klasserang_fra"], row["klasserang_til"]
    size = sum(other["klasse"] == row["klasse"] for other in facts["kundesentre"])
    if first == last:
        return [f"Plass i klassen: nummer {first} av {size}."]
    return [f"Plass i klassen: trolig mellom nummer {first} og {last} av {size}."]


def _chosen(themes: list[dict[str, Any]], kind: Kind, side: int) -> list[dict[str, Any]]:
    """Choose the sure strengths (`side` 1) or things to train (-1); without any, the nearest, said to be unsure."""
    known = [theme for theme in themes if theme["forskjell"] is not None]
    known.sort(key=lambda theme: -side * theme["forskjell"]["estimat"])
    sure = [t for t in known if t["forskjell"]["sikker"] and side * t["forskjell"]["estimat"] > 0][:MOST]
    if sure:
        return [_entry(theme, kind, side) for theme in sure]
    unsure = [theme for theme in known if not theme["forskjell"]["sikker"]]
    if known:
        return [_entry(theme, kind, side) for theme in unsure[:1]]
    mention = "positiv" if side > 0 else "negativ"
    spoken = [theme for theme in themes if theme[mention] is not None]
    return [_entry(max(spoken, key=lambda theme: theme[mention]["estimat"]), kind, side)] if spoken else []


def _entry(theme: dict[str, Any], kind: Kind, side: int) -> dict[str, Any]:
    figures = theme["forskjell"]
    beside = "klassen" if kind == "kundesenter" else "studien ellers"
    if figures is None:
        sentence = "Det er ingen å sammenligne med."
    else:
        scaled = {key: 100 * figures[key] for key in ("estimat", "nedre", "øvre")}
        span = _points_between(scaled)
        if figures["sikker"]:
            word = "bedre" if side > 0 else "svakere"
            size = number(abs(scaled["estimat"]), 0)
            sentence = f"Ros minus kritikk ligger {size} prosentpoeng {word} enn i {beside} ({span})."
        else:
            place, over = ("høyest", "over") if side > 0 else ("lavest", "under")
            here = "hos oss" if kind == "kundesenter" else "i klassen"
            sentence = (
                f"Av temaene ligger dette {place} {here} sammenlignet med {beside}, men forskjellen kan være "
                f"tilfeldig ({span})."
                if side * figures["estimat"] > 0
                else f"Ingen av temaene ligger {over} {beside}. Nærmest er dette, og også den forskjellen kan være "
                f"tilfeldig ({span})."
            )
    shares = "; ".join(
        f"{word} i {percent(theme[mention]['estimat'], 0)} av henvendelsene"
        + (f" ({beside}: {percent(theme['mot'][mention]['estimat'], 0)})" if theme["mot"][mention] else "")
        for mention, word in (("positiv", "rost"), ("negativ", "kritisert"))
    )
    return {
        "tema": theme["tema"],
        "navn": theme["navn"],
        "sikker": bool(figures and figures["sikker"]),
        "setning": sentence,
        "andeler": shares[:1].upper() + shares[1:] + ".",
        "tall": figures,
        "sitater": [],
    }


def _points_between(row: dict[str, float]) -> str:
    low, high = row["nedre"], row["øvre"]
    if low * high > 0:
        low, high = sorted((abs(low), abs(high)))
        return f"trolig mellom {number(low, 0)} og {number(high, 0)}"
    return f"trolig mellom {number(-low, 0)} prosentpoeng svakere og {number(high, 0)} bedre"


def _most_criticised(facts: dict[str, Any]) -> dict[str, Any] | None:
    """Return the theme that the whole study criticises most; for a unit with too few contacts of its own."""
    everyone = facts["temaandeler"]["alle"]
    cells = [cell for cell in (everyone or {"celler": []})["celler"] if cell["omtale"] == "negativ"]
    return max(cells, key=lambda cell: cell["estimat"]) if cells else None
