"""Waves: two studies compared, with the uncertainty of every change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from textinnsikt.clusters import CommentClusters
from textinnsikt.errors import InputError
from textinnsikt.insight.change import CHANGE, FEWEST, factor_changes, paired_change, ratio_change, with_rates
from textinnsikt.insight.wording import number
from textinnsikt.study import TaggedStudy
from textinnsikt.themes.drift import TextEncoder, uncertain_comments, vector_distance

if TYPE_CHECKING:
    import altair

#: Limits of the drift check: growth in the share of uncertain comments, and distance between the waves' vectors.
MORE_UNCERTAIN, FAR = 0.03, 0.05


@dataclass(frozen=True)
class WaveComparison:
    """What has changed from one study to another.

    Parameters
    ----------
    overview : pandas.DataFrame
        ``mål`` (score, share answered, words), then `CHANGE`.
    themes : pandas.DataFrame
        ``tema, omtale, metode`` (``alle``: all contacts; ``samme kundesentre``: the mean over centres that are in both,
        each counting the same), then `CHANGE`: shares of contacts, 0-1.
    clusters : pandas.DataFrame
        ``klynge, navn, tema``, then `CHANGE`: shares of sentences, 0-1, of clusters made on both waves together.
    factors : pandas.DataFrame
        ``tema, omtale, metode``, then `CHANGE`: the figures of the two ``faktorer.csv``, score points.
    drift : pandas.DataFrame
        ``mål, første, andre, estimat, nedre, øvre, p, varsel`` (``ja`` when the tagger should be looked at again).
    notes : tuple of str
        Norwegian sentences that belong with the numbers.
    """

    overview: pd.DataFrame
    themes: pd.DataFrame
    clusters: pd.DataFrame
    factors: pd.DataFrame
    drift: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def summary(self) -> pd.DataFrame:
        """The changes in themes, all contacts."""
        return self.themes[self.themes["metode"] == "alle"].reset_index(drop=True)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """File name without ending -> table."""
        return {
            "endring_oversikt": self.overview,
            "endring_temaer": self.themes,
            "endring_klynger": self.clusters,
            "endring_faktorer": self.factors,
            "drift": self.drift,
        }

    def plot(self) -> altair.Chart:
        """Return a chart of the changes in themes, in percentage points, with their intervals."""
        import altair

        shown = self.summary.assign(navn=self.summary["tema"] + ": " + self.summary["omtale"])
        shown[["estimat", "nedre", "øvre"]] *= 100
        base = altair.Chart(shown).encode(y=altair.Y("navn:N", sort=None, title=None))
        points = base.mark_point(filled=True, size=70).encode(x=altair.X("estimat:Q", title="endring, prosentpoeng"))
        zero = altair.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(strokeDash=[4, 4]).encode(x="x:Q")
        return (zero + base.mark_rule().encode(x="nedre:Q", x2="øvre:Q") + points).properties(width=420, height=240)

    def to_dict(self) -> dict[str, Any]:
        """Return every table (a list of rows, missing as ``None``) and the notes as plain values."""
        plain = {name: t.astype(object).where(t.notna(), None).to_dict("records") for name, t in self.tables.items()}
        return {**plain, "notes": list(self.notes)}

    def __repr__(self) -> str:
        warned = (self.drift["varsel"] == "ja").any()
        return f"WaveComparison({len(self.summary)} omtaler, modellen bør{'' if warned else ' ikke'} ses på igjen)"

    def _repr_html_(self) -> str:
        titles = ("Oversikt", "Temaer", "Klynger", "Suksessfaktorer", "Modellen")
        parts = [f"<ul>{''.join(f'<li>{escape(note)}</li>' for note in self.notes)}</ul>"]
        for title, (name, table) in zip(titles, self.tables.items(), strict=True):
            digits = 3 if name in ("endring_temaer", "endring_klynger", "drift") else 1
            written = {
                c: partial(number, decimals=digits)
                for c in ("første", "andre", "estimat", "nedre", "øvre")
                if c in table
            }
            written |= {c: partial(number, decimals=3) for c in ("p", "q") if c in table}
            written |= {c: partial(number, decimals=0) for c in ("n_første", "n_andre") if c in table}
            parts.append(f"<h2>{title}</h2>{table.to_html(index=False, border=0, na_rep='–', formatters=written)}")
        return "".join(parts)


def compare_waves(
    first: TaggedStudy,
    second: TaggedStudy,
    factors: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    encoder: TextEncoder | None = None,
    seed: int = 0,
) -> WaveComparison:
    """Compare two studies.

    Parameters
    ----------
    first, second : TaggedStudy
        The earlier and the later one, with the same themes, score scale and, to be comparable, model.
    factors : tuple of pandas.DataFrame, optional
        The two ``faktorer.csv``.
    encoder : object, optional
        Has ``encode(list of str)``; default is `textinnsikt.themes.encoder.Encoder`.
    seed : int

    Returns
    -------
    WaveComparison

    Raises
    ------
    InputError
        When the studies have different themes or score scales.

    Notes
    -----
    Shares and means: the cluster jackknife over centres, which leaves a centre out of both waves at once, with
    Student's t and one degree of freedom less than there are centres (MacKinnon, Nielsen and Webb 2023, Journal of
    Applied Econometrics 38(5), 671-694). Factors: the two intervals are put together as if the waves were independent
    (the MOVER of Zou and Donner 2008, Statistics in Medicine 27, 1693-1702), which is cautious where the same centres
    are in both. ``q`` is the false discovery rate of Benjamini and Hochberg (1995) within each table and method.

    Examples
    --------
    >>> class Flat:
    ...     def encode(self, texts):
    ...         rows = np.array([[len(text), text.count("e"), 1.0] for text in texts], dtype=float)
    ...         return rows / np.linalg.norm(rows, axis=1, keepdims=True)
    >>> def wave(share):
    ...     rows = range(120)
    ...     said = ("Hun hørte etter.", "Lang ventetid på telefon.", "Fikk svar straks.")
    ...     return TaggedStudy(pd.DataFrame({"henvendelse": [f"h{i}" for i in rows], "kommentar_nr": 1,
    ...         "kundesenter": [f"s{i // 10}" for i in rows], "besvart": "ja", "totalscore": 70.0, "modell_hash": "m",
    ...         "tekst": [said[i % 3] for i in rows],
    ...         "lytting": ["positiv" if i % 10 < 10 * share else "ingen" for i in rows],
    ...         "lytting_p_positiv": 0.1, "lytting_p_negativ": 0.1, "lytting_setning": None}), ("lytting",))
    >>> changed = compare_waves(wave(0.3), wave(0.6), encoder=Flat()).summary
    >>> changed[["tema", "omtale", "første", "andre", "estimat"]].round(2).values.tolist()[0]
    ['lytting', 'positiv', 0.3, 0.6, 0.3]
    """
    _demand_alike(first, second)
    contacts = pd.concat([_contacts(first, 0), _contacts(second, 1)], ignore_index=True)
    themes, lost = _theme_changes(contacts, first.mention_columns)
    clusters = _cluster_changes(first, second, contacts, encoder, seed)
    drift = _drift(first, second, contacts, encoder, seed)
    notes = [*_model_notes(first, second), *lost, _verdict(drift)]
    if factors is None:
        notes.append("Suksessfaktorene er ikke sammenlignet: faktorer.csv mangler i en av mappene.")
        change = pd.DataFrame(columns=["tema", "omtale", "metode", *CHANGE])
    else:
        change = factor_changes(*factors)
    return WaveComparison(_overview(contacts), themes, clusters, change, drift, tuple(notes))


def _demand_alike(first: TaggedStudy, second: TaggedStudy) -> None:
    if first.themes != second.themes:
        raise InputError("De to studiene er merket med ulike temaer; merk begge med samme modell.")
    if first.score_range != second.score_range:
        raise InputError("De to studiene har ulik skala for totalscore; kjør dem med samme --score-range.")


def _contacts(tagged: TaggedStudy, wave: int) -> pd.DataFrame:
    """Return the contacts with their wave, centre, number of words, comments and uncertain comments."""
    contacts = tagged.contacts.sort_values("henvendelse", ignore_index=True).assign(bølge=wave)
    written = tagged.comments[tagged.comments["tekst"].notna()]
    counts = {
        "ord": written["tekst"].str.split().str.len(),
        "kommentarer": pd.Series(1, index=written.index),
        "usikre": uncertain_comments(tagged).astype(int),
    }
    for name, values in counts.items():
        contacts[name] = (
            values.groupby(written["henvendelse"]).sum().reindex(contacts["henvendelse"]).fillna(0).to_numpy()
        )
    if "kundesenter" not in contacts:
        contacts["kundesenter"] = None
    own = "\x00" + str(wave) + contacts["henvendelse"].astype(str)
    contacts["_senter"] = contacts["kundesenter"].astype(object).where(contacts["kundesenter"].notna(), own)
    return contacts


def _overview(contacts: pd.DataFrame) -> pd.DataFrame:
    """Return the changes in score, share answered and words."""
    wave, groups = contacts["bølge"].to_numpy(), contacts["_senter"].to_numpy()
    answered = contacts["besvart"] != "nei"
    scored = (contacts["totalscore"].notna() & answered).to_numpy()
    measures = {
        "totalscore, besvarte henvendelser": (contacts["totalscore"].where(scored, 0.0), scored),
        "andel besvart": (answered, np.ones(len(contacts))),
        "ord per henvendelse med kommentar": (contacts["ord"], contacts["ord"] > 0),
    }
    rows = [{"mål": name, **ratio_change(h, s, wave, groups)} for name, (h, s) in measures.items()]
    return with_rates(pd.DataFrame(rows))


def _theme_changes(contacts: pd.DataFrame, mentions: tuple[str, ...]) -> tuple[pd.DataFrame, list[str]]:
    """Return the change of every mention, among all contacts and among centres in both waves."""
    used = contacts[contacts[mentions[0]].notna()]
    both = set(used.loc[used["bølge"] == 0, "kundesenter"].dropna()) & set(used.loc[used["bølge"] == 1, "kundesenter"])
    paired = used[used["kundesenter"].isin(both)]
    rows = []
    for mention in mentions:
        name = dict(zip(("tema", "omtale"), mention.rsplit(":", 1), strict=True))
        ones = np.ones(len(used))
        change = ratio_change(used[mention], ones, used["bølge"].to_numpy(), used["_senter"].to_numpy())
        rows.append({**name, "metode": "alle", **change})
        if len(both) >= FEWEST:
            means = paired.groupby(["kundesenter", "bølge"])[mention].mean().unstack("bølge")
            rows.append({**name, "metode": "samme kundesentre", **paired_change(means, paired["bølge"])})
    frame = with_rates(pd.DataFrame(rows).sort_values("metode", kind="stable", ignore_index=True))
    notes = [f"{len(both)} kundesentre er med i begge studiene."]
    if len(both) < FEWEST:
        notes = [
            "For få kundesentre er med i begge studiene til å sammenligne de samme. "
            "Endringen kan skyldes hvem som er med."
        ]
    return frame, notes


def _cluster_changes(
    first: TaggedStudy, second: TaggedStudy, contacts: pd.DataFrame, encoder: TextEncoder | None, seed: int
) -> pd.DataFrame:
    """Group the sentences of both waves together, and return how each cluster's share has changed."""
    parts = [
        t.comments.assign(henvendelse=f"{w}/" + t.comments["henvendelse"].astype(str))
        for w, t in enumerate((first, second))
    ]
    pooled = TaggedStudy(pd.concat(parts, ignore_index=True), first.themes, source="begge studiene")
    result = CommentClusters(seed=seed, encoder=encoder).fit(pooled)
    keys = contacts["bølge"].astype(str) + "/" + contacts["henvendelse"].astype(str)
    sizes = result.sentences.groupby("henvendelse").size().reindex(keys).fillna(0).to_numpy()
    wave, groups = contacts["bølge"].to_numpy(), contacts["_senter"].to_numpy()
    rows = []
    for row in result.summary[["klynge", "navn", "tema"]].to_dict("records"):
        mine = result.sentences[result.sentences["klynge"] == row["klynge"]]
        hits = mine.groupby("henvendelse").size().reindex(keys).fillna(0).to_numpy()
        rows.append({**row, **ratio_change(hits, sizes, wave, groups)})
    return with_rates(pd.DataFrame(rows))


def _drift(
    first: TaggedStudy, second: TaggedStudy, contacts: pd.DataFrame, encoder: TextEncoder | None, seed: int
) -> pd.DataFrame:
    """Return the drift check."""
    wave, groups = contacts["bølge"].to_numpy(), contacts["_senter"].to_numpy()
    unsure = ratio_change(contacts["usikre"], contacts["kommentarer"], wave, groups)
    distance, p = vector_distance(first, second, encoder, seed)
    alike = not _model_notes(first, second)  # two models are not equally unsure of the same texts
    rows = [
        {
            "mål": "andel usikre kommentarer",
            **{name: unsure[name] for name in ("første", "andre", "estimat", "nedre", "øvre", "p")},
            "varsel": alike and unsure["estimat"] > MORE_UNCERTAIN and not unsure["nedre"] <= 0,
        },
        {"mål": "avstand mellom tekstene", "estimat": distance, "p": p, "varsel": distance > FAR and p < 0.01},
    ]
    frame = pd.DataFrame(rows, columns=["mål", "første", "andre", "estimat", "nedre", "øvre", "p", "varsel"])
    return frame.assign(varsel=frame["varsel"].map({True: "ja", False: "nei"}))


def _model_notes(first: TaggedStudy, second: TaggedStudy) -> list[str]:
    hashes = [set(tagged.comments["modell_hash"].dropna()) for tagged in (first, second)]
    if hashes[0] == hashes[1]:
        return []
    return ["Studiene er merket med ulike modeller. Endringene kan komme av det; merk begge med samme modell."]


def _verdict(drift: pd.DataFrame) -> str:
    warned = drift.loc[drift["varsel"] == "ja", "mål"].tolist()
    if not warned:
        return "Kommentarene ligner nok på forrige studie til at modellen kan brukes som før."
    return (
        f"Modellen bør ses på igjen ({' og '.join(warned)}): merk noen kommentarer fra den nye studien med "
        "«textinnsikt label sample», og mål med «textinnsikt evaluate»."
    )
