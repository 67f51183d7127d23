"""What further results say, made ready to be shown: importance, winners, ranking and expectations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textinnsikt.insight.records import records
from textinnsikt.insight.shares import share
from textinnsikt.insight.wording import MIN_CONTACTS, clean
from textinnsikt.study import MENTIONS, TaggedStudy

#: The figures of ``viktighet.csv`` that are shown: those corrected for tagging errors where they are there.
_IMPORTANCE = ("lmg_korrigert", "lmg")
#: The measure of ``rangering.csv`` whose places stand in the report.
OFFICIAL = "offisiell score"
_EVERYONE = "alle"
_SURE_Q = 0.05
_RANKS = ("rang", "rang_fra", "rang_til", "klasserang", "klasserang_fra", "klasserang_til", "sannsynlighet_best")


def importance(result: Any, expectations: Any, tagged: TaggedStudy, names: Mapping[str, str]) -> dict[str, Any] | None:
    """Set each theme's importance beside how it is spoken of, and its place among what people want.

    Returns
    -------
    dict or None
        ``metode`` and ``rader``: ``tema, navn``, ``estimat, nedre, øvre`` (share of the variation that the themes
        account for, 0-1), ``n``, and ``omtale``: the share of mentions that are praise, with its interval;
        ``forventning``: place in the expectation survey (1 is most wanted), None without. None without a result.
    """
    if result is None or result.summary.empty:
        return None
    summary = result.summary
    method = next((m for m in _IMPORTANCE if m in set(summary["metode"])), str(summary["metode"].iloc[0]))
    rows = []
    for row in records(summary[summary["metode"] == method]):
        if row["tema"] not in names or row["andel"] is None:
            continue
        figures = {"estimat": row["andel"], "nedre": row["andel_nedre"], "øvre": row["andel_øvre"], "n": row["n"]}
        wanted = _measure(expectations, row["tema"], "forventning")
        place = wanted["estimat"] if wanted and wanted["nedre"] is None else None
        praise = _measure(expectations, row["tema"], "ytelse") or _praise(tagged, row["tema"])
        more = {"omtale": praise, "forventning": None if place is None else int(place)}
        rows.append({"tema": row["tema"], "navn": names[row["tema"]], **figures, **more})
    notes = list(dict.fromkeys([*notes_of(result), *notes_of(expectations)]))
    return {"metode": method, "rader": rows, "merknader": notes} if rows else None


def cluster_points(result: Any) -> dict[str, dict[str, Any]]:
    """Return the score points that go with each cluster: ``estimat, nedre, øvre, n`` and whether it is ``sikker``.

    Clusters without a figure are left out.
    """
    if result is None or result.summary.empty:
        return {}
    rows = result.summary[result.summary["metode"] == "innen_direkte"].dropna(subset=["estimat"])
    return {
        row["klynge"]: {key: row[key] for key in ("estimat", "nedre", "øvre", "n")}
        | {"sikker": row["nedre"] * row["øvre"] > 0 and row["q"] < _SURE_Q}
        for row in records(rows)
    }


def _measure(expectations: Any, theme: str, measure: str) -> dict[str, Any] | None:
    """Return one figure of ``forventninger.csv``; None where it is missing or rests on too few contacts."""
    if expectations is None:
        return None
    rows = expectations.summary
    for row in records(rows[(rows["tema"] == theme) & (rows["mål"] == measure)]):
        if row["estimat"] is not None and (measure != "ytelse" or (row["n"] or 0) >= MIN_CONTACTS):
            return {key: row[key] for key in ("estimat", "nedre", "øvre", "n")}
    return None


def _praise(tagged: TaggedStudy, theme: str) -> dict[str, Any]:
    """Return the share of mentions that are praise, among the contacts that mention the theme."""
    contacts = tagged.contacts
    known = contacts[contacts[[f"{theme}:{m}" for m in MENTIONS]].max(axis=1) == 1]
    if len(known) < MIN_CONTACTS:
        return {"estimat": None, "nedre": None, "øvre": None, "n": len(known)}
    praised, criticised = (known[f"{theme}:{mention}"] for mention in MENTIONS)
    figures = share(praised / (praised + criticised), known["shopper"])
    return {key: figures[key] for key in ("estimat", "nedre", "øvre", "n")}


def winners(result: Any, names: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what the class winners are told to do more of, over all classes.

    Returns
    -------
    dict or None
        ``rader``: ``tema, navn, omtale``, ``estimat, nedre, øvre`` (share of contacts, winners minus others), ``n``,
        ``vinner, andre`` (shares), ``q``, ``sikker``. None without a result.
    """
    if result is None or result.summary.empty:
        return None
    rows = []
    for row in records(result.summary[result.summary["klasse"] == _EVERYONE]):
        if row["tema"] not in names or row["estimat"] is None:
            continue
        keep = {key: row[key] for key in ("tema", "omtale", "estimat", "nedre", "øvre", "n", "vinner", "andre", "q")}
        sure = row["q"] is not None and row["q"] < _SURE_Q and None not in (row["nedre"], row["øvre"])
        certain = bool(sure and row["nedre"] * row["øvre"] > 0)
        rows.append({**keep, "navn": names[row["tema"]], "sikker": certain})
    return {"rader": rows, "merknader": [clean(note) for note in result.notes]} if rows else None


def places(result: Any) -> dict[str, dict[str, Any]]:
    """Return the places of each centre by the official score: in all and within its class; empty without a result."""
    if result is None or result.summary.empty:
        return {}
    rows = result.summary[(result.summary["mål"] == OFFICIAL) & (result.summary["n"] >= MIN_CONTACTS)]
    found = {}
    for row in records(rows):
        whole = {key: None if row[key] is None else int(row[key]) for key in _RANKS[:-1]}
        found[str(row["kundesenter"])] = {**whole, _RANKS[-1]: row[_RANKS[-1]]}
    return found


def no_places() -> dict[str, None]:
    """Return the cells of a centre that is not ranked."""
    return dict.fromkeys(_RANKS)


def notes_of(result: Any) -> list[str]:
    """Return a result's notes, none where it is missing."""
    return [] if result is None else [clean(note) for note in result.notes]
