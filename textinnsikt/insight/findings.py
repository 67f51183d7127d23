"""The main findings as Norwegian sentences: what goes together, never what causes what."""

from __future__ import annotations

from typing import Any

from textinnsikt.insight.wording import (
    count,
    decimals,
    inside,
    interval,
    likely,
    listing,
    number,
    opening,
    percent,
    points,
    sides,
)

Finding = dict[str, Any]


def main_findings(facts: dict[str, Any], wanted: int = 5) -> list[Finding]:
    """Write the findings of the front page, the most useful first.

    First the strongest sure association upwards and downwards, then the themes most often criticised and praised,
    then what the shoppers write most about outside the themes; where one is missing, the next strongest takes its
    place.

    Parameters
    ----------
    facts : dict
        The findings so far: ``studie``, ``faktorer``, ``temaandeler``, ``klynger`` (see ``schema.json``).
    wanted : int
        Number of findings.

    Returns
    -------
    list of dict
        ``nr``, ``emne`` (a heading), ``setning`` (for the report, with interval and n), ``kort`` (for a slide),
        ``kilde`` (where the numbers stand) and ``tall`` (``estimat, nedre, øvre, n``).
    """
    sure = [row for row in adjusted(facts) if row["sikker"]]
    upwards = sorted((r for r in sure if r["estimat"] > 0), key=lambda r: -r["estimat"])
    downwards = sorted((r for r in sure if r["estimat"] < 0), key=lambda r: r["estimat"])
    shares = facts["temaandeler"]["alle"]["celler"] if facts["temaandeler"]["alle"] else []
    clusters = outside_themes(facts)
    first = [_factor(row, facts) for row in upwards[:1] + downwards[:1]] or _nothing_sure(facts)
    first += [_share(cells[0]) for cells in (by_share(shares, "negativ"), by_share(shares, "positiv")) if cells]
    first += [_cluster(row, facts) for row in clusters[:1]]
    others = sorted(upwards[1:] + downwards[1:], key=lambda r: -abs(r["estimat"]))
    rest = [_factor(row, facts) for row in others]
    rest += [_share(cell) for cell in by_share(shares, "negativ")[1:2] + by_share(shares, "positiv")[1:2]]
    rest += [_cluster(row, facts) for row in clusters[1:4]]
    chosen = (first + rest)[:wanted]
    return [{"nr": place, **finding} for place, finding in enumerate(chosen, start=1)]


def adjusted(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the adjusted rows that have an estimate."""
    rows = facts["faktorer"]["rader"]
    return [row for row in rows if row["metode"] == "justert" and row["estimat"] is not None]


def by_share(cells: list[dict[str, Any]], mention: str) -> list[dict[str, Any]]:
    """Return the cells of one mention that occur, largest share first."""
    found = [cell for cell in cells if cell["omtale"] == mention and cell["antall"]]
    return sorted(found, key=lambda cell: -cell["estimat"])


def outside_themes(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the named clusters, those outside the themes first, largest first."""
    rows = [row for row in facts["klynger"]["rader"] if row["klynge"] != 0]
    return sorted(rows, key=lambda row: (row["tema"] != "ingen", -row["antall"]))


def difference(row: dict[str, Any], facts: dict[str, Any]) -> str:
    """Write the size of an association for a slide: «8,3 poeng høyere (trolig mellom 4,1 og 12,5 poeng)»."""
    unit, places = points(facts["studie"]["skala"]), decimals(facts["studie"]["skala"])
    direction, low, high = sides(row)
    return f"{number(abs(row['estimat']), places)} {unit} {direction} ({likely(low, high, unit, places)})"


def controls(facts: dict[str, Any]) -> str:
    """Say what the adjusted differences hold equal."""
    study = facts["studie"]
    parts = ["de andre temaene"]
    parts += ["kanal"] if len(study["kanaler"]) > 1 else []
    parts += ["klasse"] if len(study["klasser"]) > 1 else []
    parts += ["måned"] if study["periode"]["fra"] else []
    return listing(parts)


def _factor(row: dict[str, Any], facts: dict[str, Any]) -> Finding:
    unit, places = points(facts["studie"]["skala"]), decimals(facts["studie"]["skala"])
    direction, low, high = sides(row)
    who = f"Henvendelser der {inside(row['navn'])} omtales {row['omtale']}t"
    size = f"{number(abs(row['estimat']), places)} {unit} {direction} score"
    return {
        "emne": f"{opening(row['omtale'])} omtale av {inside(row['navn'])} henger sammen med {direction} score",
        "setning": f"{who}, har i snitt {size} enn henvendelser uten slik omtale, når {controls(facts)} er tatt "
        f"hensyn til ({_factor_interval(row, facts)}; n = {count(row['n'])} slike henvendelser).",
        "kort": f"{who}, har i snitt {size} ({likely(low, high, unit, places)}).",
        "kilde": "faktorer",
        "tall": {key: row[key] for key in ("estimat", "nedre", "øvre", "n")},
    }


def _factor_interval(row: dict[str, Any], facts: dict[str, Any]) -> str:
    _, low, high = sides(row)
    return interval(low, high, decimals(facts["studie"]["skala"]), level=facts["faktorer"]["nivå"])


def _nothing_sure(facts: dict[str, Any]) -> list[Finding]:
    rows = sorted(adjusted(facts), key=lambda r: -abs(r["estimat"]))
    if not rows:
        return []
    row, unit = rows[0], points(facts["studie"]["skala"])
    places = decimals(facts["studie"]["skala"])
    what = f"{row['omtale']} omtale av {inside(row['navn'])}"
    direction, low, high = sides(row)
    size = f"{number(abs(row['estimat']), places)} {unit} {direction} score"
    return [
        {
            "emne": "Ingen sikker sammenheng mellom temaene og scoren",
            "setning": f"Ingen av temaene har en sikker sammenheng med scoren i denne studien. Størst forskjell finner "
            f"vi ved {what}: {size}, men den er ikke sikker ({_factor_interval(row, facts)}; "
            f"n = {count(row['n'])} slike henvendelser).",
            "kort": f"Ingen sikker forskjell. Størst er den ved {what}: {size} "
            f"({likely(low, high, unit, places)}).",
            "kilde": "faktorer",
            "tall": {key: row[key] for key in ("estimat", "nedre", "øvre", "n")},
        }
    ]


def _share(cell: dict[str, Any]) -> Finding:
    judged = "kritiserer" if cell["omtale"] == "negativ" else "roser"
    return {
        "emne": f"{cell['navn']} er temaet shopperne oftest {judged}",
        "setning": f"Shopperne omtaler {inside(cell['navn'])} {cell['omtale']}t i {percent(cell['estimat'])} av "
        f"henvendelsene ({interval(100 * cell['nedre'], 100 * cell['øvre'], 1, '%')}; n = {count(cell['n'])}).",
        "kort": f"Shopperne omtaler {inside(cell['navn'])} {cell['omtale']}t i {percent(cell['estimat'], 0)} av "
        f"henvendelsene ({likely(100 * cell['nedre'], 100 * cell['øvre'], '%', 0)}).",
        "kilde": "temaandeler",
        "tall": {key: cell[key] for key in ("estimat", "nedre", "øvre", "n")},
    }


def _cluster(row: dict[str, Any], facts: dict[str, Any]) -> Finding:
    total = facts["klynger"]["setninger"]
    where = "Utenfor temaene" if row["tema"] == "ingen" else "Blant gruppene av setninger"
    bounds = (row["nedre"], row["øvre"])
    low, high = (None if bound is None else 100 * bound for bound in bounds)
    return {
        "emne": f"{where} skriver shopperne mye om «{row['navn']}»",
        "setning": f"{percent(row['andel'])} av setningene handler om «{row['navn']}» "
        f"({interval(low, high, 1, '%')}; n = {count(total)} setninger).",
        "kort": f"{percent(row['andel'])} av setningene handler om «{row['navn']}» ({likely(low, high, '%')}).",
        "kilde": "klynger",
        "tall": {"estimat": row["andel"], "nedre": row["nedre"], "øvre": row["øvre"], "n": total},
    }
