"""The main findings as Norwegian sentences: what goes together, never what causes what."""

from __future__ import annotations

from typing import Any

from textinnsikt.insight.wording import (
    count,
    decimals,
    inside,
    interval,
    is_unsteady,
    likely,
    likely_difference,
    listing,
    number,
    opening,
    percent,
    points,
    shorten,
    sides,
)

Finding = dict[str, Any]
#: Share of the sentences that a cluster on the front page has at least.
TELLING_SHARE = 0.04
#: What is said about the contact as a whole is no topic to work with.
NO_TOPIC = "samlet inntrykk"


def main_findings(facts: dict[str, Any], wanted: int = 5) -> list[Finding]:
    """Write the findings of the front page, the most useful first.

    First the strongest sure association upwards and downwards, then the themes most often criticised and praised,
    then what the shoppers write most about outside the themes, when such a group is large and steady; where one is
    missing, the next strongest takes its place.

    Parameters
    ----------
    facts : dict
        The findings so far: ``studie``, ``faktorer``, ``temaandeler``, ``klynger`` (see ``schema.json``).
    wanted : int
        Number of findings.

    Returns
    -------
    list of dict
        ``nr``, ``emne`` (a heading), ``setning`` (for the report, with interval and n), ``kort`` (for a
        slide), ``kilde`` (where the numbers stand) and ``tall`` (``estimat, nedre, øvre, n``).
    """
    sure = [row for row in adjusted(facts) if row["sikker"]]
    upwards = sorted((r for r in sure if r["estimat"] > 0), key=lambda r: -r["estimat"])
    downwards = sorted((r for r in sure if r["estimat"] < 0), key=lambda r: r["estimat"])
    shares = facts["temaandeler"]["alle"]["celler"] if facts["temaandeler"]["alle"] else []
    clusters = [row for row in outside_themes(facts) if _is_telling(row)]
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
    """Return the named clusters: outside the themes first, of those the ones that hold, largest first."""
    rows = [row for row in facts["klynger"]["rader"] if row["klynge"] != 0]
    return sorted(rows, key=lambda row: (row["tema"] != "ingen", not _is_telling(row), -row["antall"]))


def _is_telling(row: dict[str, Any]) -> bool:
    """Tell whether a cluster has a topic and is large and steady enough to stand on the front page."""
    return row["navn"] != NO_TOPIC and row["andel"] >= TELLING_SHARE and not is_unsteady(row["stabilitet"])


def difference(row: dict[str, Any], facts: dict[str, Any]) -> str:
    """Write the size of an association for a slide: «8,3 poeng høyere score (trolig mellom 4,1 og 12,5 poeng)»."""
    return f"{_size(row, facts)} score ({likely_difference(row, decimals(facts['studie']['skala']))})"


def controls(facts: dict[str, Any]) -> str:
    """Say what the adjusted differences hold equal."""
    study = facts["studie"]
    parts = ["de andre temaene"]
    parts += ["kanal"] if len(study["kanaler"]) > 1 else []
    parts += ["klasse"] if len(study["klasser"]) > 1 else []
    parts += ["måned"] if study["periode"]["fra"] else []
    return listing(parts)


def _factor(row: dict[str, Any], facts: dict[str, Any]) -> Finding:
    name, direction = inside(row["navn"]), sides(row)[0]
    who = f"Henvendelser der {name} omtales {row['omtale']}t, har i snitt {_size(row, facts)} score"
    likely_size = likely_difference(row, decimals(facts["studie"]["skala"]))
    return {
        "emne": f"{opening(row['omtale'])} omtale av {name} henger sammen med {direction} score",
        "setning": f"{who} enn henvendelser uten slik omtale, når {controls(facts)} er tatt hensyn til "
        f"({_certainty(row, facts)}).",
        "kort": f"{who} ({likely_size}).",
        "kilde": "faktorer",
        "tall": _figures(row),
    }


def _nothing_sure(facts: dict[str, Any]) -> list[Finding]:
    rows = sorted(adjusted(facts), key=lambda r: -abs(r["estimat"]))
    if not rows:
        return []
    row = rows[0]
    what = f"{row['omtale']} omtale av {inside(row['navn'])}: {_size(row, facts)} score"
    likely_size = likely_difference(row, decimals(facts["studie"]["skala"]))
    return [
        {
            "emne": "Ingen sikker sammenheng mellom temaene og scoren",
            "setning": "Ingen av temaene har en sikker sammenheng med scoren i denne studien. Størst "
            f"forskjell finner vi ved {what}, men den er ikke sikker ({_certainty(row, facts)}).",
            "kort": f"Ingen sikker forskjell. Størst er den ved {what} ({likely_size}).",
            "kilde": "faktorer",
            "tall": _figures(row),
        }
    ]


def _share(cell: dict[str, Any]) -> Finding:
    judged = "kritiserer" if cell["omtale"] == "negativ" else "roser"
    low, high = 100 * cell["nedre"], 100 * cell["øvre"]
    who = f"Shopperne omtaler {inside(cell['navn'])} {cell['omtale']}t i"
    return {
        "emne": f"{cell['navn']} er temaet shopperne oftest {judged}",
        "setning": f"{who} {percent(cell['estimat'])} av henvendelsene "
        f"({interval(low, high, 1, '%')}; n = {count(cell['n'])}).",
        "kort": f"{who} {percent(cell['estimat'], 0)} av henvendelsene ({likely(low, high, '%', 0)}).",
        "kilde": "temaandeler",
        "tall": _figures(cell),
    }


def _cluster(row: dict[str, Any], facts: dict[str, Any]) -> Finding:
    total = facts["klynger"]["setninger"]
    name = shorten(row["navn"], 60)
    where = "Utenfor temaene skriver shopperne" if row["tema"] == "ingen" else "Shopperne skriver"
    low, high = (None if row[end] is None else 100 * row[end] for end in ("nedre", "øvre"))
    who = f"{percent(row['andel'])} av setningene handler om «{name}»"
    return {
        "emne": f"{where} mye om «{name}»",
        "setning": f"{who} ({interval(low, high, 1, '%')}; n = {count(total)} setninger).",
        "kort": f"{who} ({likely(low, high, '%')}).",
        "kilde": "klynger",
        "tall": {"estimat": row["andel"], "nedre": row["nedre"], "øvre": row["øvre"], "n": total},
    }


def _size(row: dict[str, Any], facts: dict[str, Any]) -> str:
    scale = facts["studie"]["skala"]
    return f"{number(abs(row['estimat']), decimals(scale))} {points(scale)} {sides(row)[0]}"


def _certainty(row: dict[str, Any], facts: dict[str, Any]) -> str:
    _, low, high = sides(row)
    span = interval(low, high, decimals(facts["studie"]["skala"]), level=facts["faktorer"]["nivå"])
    return f"{span}; n = {count(row['n'], 'slik henvendelse', 'slike henvendelser')}"


def _figures(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("estimat", "nedre", "øvre", "n")}
