"""The summary that a terminal shows when a run is done."""

from __future__ import annotations

from typing import Any

from textinnsikt.insight.wording import count, listing, number, percent, period, points


def summary_lines(facts: dict[str, Any]) -> list[str]:
    """Return ten Norwegian lines: what was read, the main findings, and reservations where there is room.

    Parameters
    ----------
    facts : dict
        What `textinnsikt.insight.collect.collect` returns.
    """
    study = facts["studie"]
    centres = count(study["kundesentre"], "kundesenter", "kundesentre")
    shoppers = count(study["shoppere"], "shopper", "shoppere")
    everyone = facts["temaandeler"]["alle"]
    shares = [
        f"{cell['navn']} {percent(cell['estimat'], 0)}"
        for cell in (everyone["celler"] if everyone else [])
        if cell["omtale"] == "positiv"
    ]
    named = sum(1 for row in facts["klynger"]["rader"] if row["klynge"])
    score = "ingen score" if study["snittscore"] is None else number(study["snittscore"]) + " " + points(study["skala"])
    contacts = count(study["henvendelser"], "henvendelse", "henvendelser")
    lines = [
        f"{study['navn']}: {contacts}, {centres}, {shoppers}",
        f"Kommentarer: {count(study['kommentarer'])}; uten kommentar: {count(study['uten_kommentar'])}; "
        f"avviste rader: {count(study['avviste_rader'])}",
        f"Periode: {period(study['periode']['fra'], study['periode']['til'])}; snittscore: {score}",
        f"Positiv omtale: {listing(shares) or 'for få henvendelser'}",
        f"Setninger: {count(facts['klynger']['setninger'])} i {count(named, 'gruppe', 'grupper')}",
    ]
    lines += [f"{finding['nr']}. {finding['kort']}" for finding in facts["hovedfunn"]]
    return [*lines, *facts["faktorer"]["merknader"]][:10]
