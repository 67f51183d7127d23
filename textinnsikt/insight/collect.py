"""Findings as one JSON-safe dict; every renderer draws this and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import pandas as pd

from textinnsikt.insight import links
from textinnsikt.insight.clustermap import cluster_map
from textinnsikt.insight.discussion import questions, spotlight
from textinnsikt.insight.findings import main_findings
from textinnsikt.insight.method import method_page
from textinnsikt.insight.quotes import choose, highlights
from textinnsikt.insight.records import records
from textinnsikt.insight.shares import mean, share
from textinnsikt.insight.wording import METHODS, MIN_CONTACTS, alphabet, brand, clean
from textinnsikt.study import MENTIONS, TaggedStudy

#: Version of the dict's layout, as in ``schema.json``.
LAYOUT = 1
#: Associations with a larger false discovery rate are not called sure.
_SURE_Q = 0.05


def collect(
    tagged: TaggedStudy,
    clusters: Any,
    factors: Any,
    title: str | None = None,
    theme_names: Mapping[str, str] | None = None,
    theme_definitions: Mapping[str, str] | None = None,
    importance: Any = None,
    winners: Any = None,
    ranking: Any = None,
    expectations: Any = None,
    cluster_factors: Any = None,
) -> dict[str, Any]:
    """Collect everything that is shown, as ``schema.json`` describes it.

    Parameters
    ----------
    tagged : TaggedStudy
    clusters : ClusterResult
        Read: ``summary`` and ``sentences``.
    factors : FactorResult
        Read: ``summary``, ``notes`` and ``header``.
    title : str, optional
        Name of the study; default its file name.
    theme_names, theme_definitions : mapping of str to str, optional
        Theme key to the name and the definition shown; default the key with a capital letter, and none.
    importance : ImportanceResult, optional
    winners : WinnersResult, optional
    ranking : RankingResult, optional
    expectations : ExpectationsResult, optional
    cluster_factors : ClusterFactorsResult, optional
        Of each is read ``summary`` and ``notes``; what is missing is left out of the material.

    Returns
    -------
    dict
        Only str, int, float, bool, None, list and dict; estimates are not rounded. The same for any row order.
    """
    ordered = tagged.comments.sort_values(["henvendelse", "kommentar_nr"], ignore_index=True)
    tagged = replace(tagged, comments=ordered.assign(kanal=ordered["kanal"].map(brand, na_action="ignore")))
    names = {key: clean((theme_names or {}).get(key, key.capitalize())) for key in tagged.themes}
    contacts = tagged.contacts
    facts: dict[str, Any] = {
        "oppsett": LAYOUT,
        "studie": _study(tagged, contacts, title),
        "temaer": [
            {"tema": key, "navn": names[key], "definisjon": clean((theme_definitions or {}).get(key, ""))}
            for key in tagged.themes
        ],
        "faktorer": _factors(factors, names),
        "temaandeler": _shares(tagged, contacts, names),
        "klynger": _clusters(clusters, links.cluster_points(cluster_factors)),
        "viktighet": links.importance(importance, expectations, tagged, names),
        "vinnere": links.winners(winners, names),
        "kundesentre": _centres(contacts, tagged.score_range, links.places(ranking)),
        "rangert": {"vises": ranking is not None, "merknader": links.notes_of(ranking)},
        "kart": cluster_map(clusters.sentences, clusters.summary),
    }
    facts["fremhevet"] = {m: _spotlight(facts, tagged.comments, m) for m in MENTIONS}
    facts["hovedfunn"] = main_findings(facts)
    facts["diskusjon"] = questions(facts)
    facts["metode"] = method_page(facts)
    facts["sitater"] = choose(_with_known_centres(tagged.comments), tagged.themes)
    return facts


def _study(tagged: TaggedStudy, contacts: pd.DataFrame, title: str | None) -> dict[str, Any]:
    comments = tagged.comments
    with_text = int(comments["tekst"].notna().sum())
    dates = contacts["dato"].dropna().astype(str).str[:10]
    scores = contacts["totalscore"].dropna()
    name = title or PurePath(tagged.source).stem.replace("_", " ").capitalize() or "Studien"
    commented = contacts[tagged.mention_columns[0]].notna() if tagged.themes else contacts["henvendelse"].notna()
    models = comments[["modell", "modell_hash"]].dropna().drop_duplicates().astype(str).values.tolist()
    return {
        "navn": clean(name),
        "kilde": clean(tagged.source),
        "sha256": tagged.sha256,
        "henvendelser": len(contacts),
        "kundesentre": int(contacts["kundesenter"].nunique()),
        "shoppere": int(contacts["shopper"].nunique()),
        "kommentarer": with_text,
        "uten_kommentar": int((~commented).sum()),
        "ubesvarte": int((contacts["besvart"] == "nei").sum()),
        "avviste_rader": int(tagged.n_rejected),
        "klasser": _levels(contacts["klasse"]),
        "kanaler": _levels(contacts["kanal"]),
        "periode": {"fra": dates.min() if len(dates) else None, "til": dates.max() if len(dates) else None},
        "skala": [float(bound) for bound in tagged.score_range],
        "snittscore": float(scores.mean()) if len(scores) else None,
        "modeller": [{"navn": clean(model), "hash": digest} for model, digest in sorted(models)],
    }


def _levels(column: pd.Series) -> list[dict[str, Any]]:
    counts = column.dropna().astype(str).value_counts()
    return [{"navn": clean(k), "henvendelser": int(counts[k])} for k in sorted(counts.index, key=alphabet)]


def _factors(factors: Any, names: dict[str, str]) -> dict[str, Any]:
    rows = []
    shown = factors.summary
    if len(shown):
        shown = shown[shown["metode"].isin(METHODS) & shown["omtale"].isin(MENTIONS)]
    for row in records(shown):
        certain = (
            row["metode"] == "justert"
            and None not in (row["estimat"], row["nedre"], row["øvre"])
            and row["nedre"] * row["øvre"] > 0
            and (row["q"] is None or row["q"] < _SURE_Q)
        )
        rows.append({**row, "navn": names.get(row["tema"], str(row["tema"]).capitalize()), "sikker": certain})
    level = float(factors.header.get("level", 0.95))
    return {"rader": rows, "merknader": [clean(note) for note in factors.notes], "nivå": level}


def _shares(tagged: TaggedStudy, contacts: pd.DataFrame, names: dict[str, str]) -> dict[str, Any]:
    """Return the share of contacts with each mention, in all and by class and channel."""
    columns = list(tagged.mention_columns)
    known = contacts.dropna(subset=columns)

    def cells(rows: pd.DataFrame) -> list[dict[str, Any]] | None:
        if len(rows) < MIN_CONTACTS:
            return None
        found = []
        for column in columns:
            theme, mention = column.rsplit(":", 1)
            figures = share(rows[column], rows["shopper"])
            found.append({"tema": theme, "navn": names[theme], "omtale": mention, **figures})
        return found

    def groups(by: str) -> list[dict[str, Any]]:
        parts = [(str(key), rows) for key, rows in known.groupby(by)]
        parts.sort(key=lambda part: alphabet(part[0]))
        return [{"gruppe": clean(key), "n": len(rows), "celler": cells(rows)} for key, rows in parts]

    everyone = cells(known)
    return {
        "alle": None if everyone is None else {"gruppe": "Alle", "n": len(known), "celler": everyone},
        "klasse": groups("klasse"),
        "kanal": groups("kanal"),
    }


def _clusters(clusters: Any, points: dict[str, dict[str, Any]]) -> dict[str, Any]:
    rows = []
    for row in records(clusters.summary):
        quotes = [clean(row.pop(f"sitat_{place}") or "") for place in (1, 2, 3)]
        quotes = [quote for quote in quotes if quote]
        rows.append({**row, "navn": clean(row["navn"]), "sitater": quotes, "poeng": points.get(row["navn"])})
    return {"rader": rows, "setninger": len(clusters.sentences)}


def _centres(
    contacts: pd.DataFrame, score_range: tuple[float, float], places: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the mean score per centre; the figures are missing below `MIN_CONTACTS` contacts."""
    rows = []
    for centre, group in contacts.groupby("kundesenter"):
        scores = group["totalscore"].dropna()
        figures = mean(scores, score_range)
        if len(scores) < MIN_CONTACTS:
            figures = {"estimat": None, "nedre": None, "øvre": None, "n": len(scores)}
        kinds = group["klasse"].dropna()
        kind = clean(kinds.mode().iloc[0]) if len(kinds) else None
        ranks = places.get(str(centre), links.no_places())
        rows.append({"kundesenter": clean(centre), "klasse": kind, **figures, **ranks})
    return sorted(rows, key=lambda row: (alphabet(row["klasse"] or ""), alphabet(row["kundesenter"])))


def _with_known_centres(comments: pd.DataFrame) -> pd.DataFrame:
    """Leave out the name of a centre with so few contacts that its quotes could be traced."""
    contacts = comments.groupby("kundesenter")["henvendelse"].transform("nunique")
    return comments.assign(kundesenter=comments["kundesenter"].where(contacts >= MIN_CONTACTS))


def _spotlight(facts: dict[str, Any], comments: pd.DataFrame, mention: str) -> dict[str, Any] | None:
    topic = spotlight(facts, mention)
    if topic is None:
        return None
    return {**topic, "sitater": highlights(comments, topic["tema"], mention)}
