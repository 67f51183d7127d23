"""Clusters of sentences, as a result that shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair

    from textinnsikt.clusters.vectors import SentenceEncoder
    from textinnsikt.study import TaggedStudy

#: Columns of ``klynger.csv`` and ``setninger.csv``.
SUMMARY_COLUMNS = (
    *("klynge", "navn", "tema", "antall", "andel", "nedre", "øvre", "stabilitet"),
    *("sitat_1", "sitat_2", "sitat_3"),
)
SENTENCE_COLUMNS = ("henvendelse", "kommentar_nr", "setning_nr", "tekst", "klynge")
#: The cluster of sentences that fit nowhere.
UNCLEAR, UNCLEAR_NAME = 0, "uklart"


@dataclass(frozen=True)
class ClusterResult:
    """What the comments speak of.

    Parameters
    ----------
    summary : pandas.DataFrame
        One row per cluster: ``klynge`` (from 1; by theme, then the largest first; 0 is ``uklart`` and last),
        ``navn``, ``tema`` (``ingen`` outside the themes), ``antall`` (sentences), ``andel`` (of all sentences, 0-1),
        ``nedre``, ``øvre`` (95 % interval of the share, clustered by contact), ``stabilitet`` (mean bootstrap
        Jaccard, 0-1; missing for ``uklart`` and for a theme that is one cluster), ``sitat_1 .. sitat_3``.
    sentences : pandas.DataFrame
        Every sentence in input order: ``henvendelse, kommentar_nr, setning_nr, tekst, klynge``.
    header : dict
        ``source``, ``hash``, ``n`` (sentences), ``comments``, ``contacts``, ``unclear`` (share of sentences,
        0-1), ``seed``, ``version``; ``edits`` (sentences) when clusters were merged, split or renamed.

    Examples
    --------
    >>> summary = pd.DataFrame({"klynge": [1, 2, 0], "navn": ["kø", "pris", "uklart"], "tema": "ingen",
    ...     "stabilitet": 0.8, "sitat_1": None, "sitat_2": None, "sitat_3": None})
    >>> sentences = pd.DataFrame({"henvendelse": ["a", "b"], "kommentar_nr": 1, "setning_nr": 1,
    ...     "tekst": ["Lang kø.", "Dyrt."], "klynge": [1, 2]})
    >>> result = ClusterResult(summary, sentences, {"source": "vinter.csv"}).rename({1: "ventetid"})
    >>> result.summary["navn"].tolist(), result.header["edits"]
    (['ventetid', 'pris', 'uklart'], ['«kø» heter nå «ventetid»'])
    """

    summary: pd.DataFrame
    sentences: pd.DataFrame
    header: dict[str, Any]

    def rename(self, names: dict[int, str]) -> ClusterResult:
        """Give clusters other names: number -> name. See `textinnsikt.clusters.editing.rename`."""
        from textinnsikt.clusters.editing import rename

        return rename(self, names)

    def merge(self, numbers: Sequence[int], name: str | None = None) -> ClusterResult:
        """Make one cluster of several in the same theme. See `textinnsikt.clusters.editing.merge`."""
        from textinnsikt.clusters.editing import merge

        return merge(self, numbers, name)

    def split(self, number: int, parts: int = 2, encoder: SentenceEncoder | None = None) -> ClusterResult:
        """Divide a cluster. See `textinnsikt.clusters.editing.split`."""
        from textinnsikt.clusters.editing import split

        return split(self, number, parts, encoder)

    def assign(self, tagged: TaggedStudy, encoder: SentenceEncoder | None = None) -> ClusterResult:
        """Place another study's sentences in these clusters. See `textinnsikt.clusters.placing.assign`."""
        from textinnsikt.clusters.placing import assign

        return assign(self, tagged, encoder)

    def plot(self) -> altair.Chart:
        """Return a chart of the clusters' shares with their intervals."""
        from textinnsikt.clusters.figure import size_chart

        return size_chart(self)

    def plot_by(self, tagged: TaggedStudy, column: str = "kanal") -> altair.Chart:
        """Return a heat map of how large each cluster is in each ``kanal``, ``klasse`` or other contact column."""
        from textinnsikt.clusters.figure import group_chart

        return group_chart(self, tagged, column)

    def plot_over_time(self, tagged: TaggedStudy) -> altair.FacetChart:
        """Return lines of each cluster's share of the sentences month by month."""
        from textinnsikt.clusters.figure import time_chart

        return time_chart(self, tagged)

    def to_dict(self) -> dict[str, Any]:
        """Return header and summary (a list of rows, missing as ``None``) as plain values."""
        rows = self.summary.astype(object).where(self.summary.notna(), None)
        return {"header": dict(self.header), "summary": rows.to_dict("records")}

    def __repr__(self) -> str:
        count = int((self.summary["klynge"] != UNCLEAR).sum())
        return f"ClusterResult({self.header['source'] or 'studie'}: {self.header['n']} setninger, {count} klynger)"

    def _repr_html_(self) -> str:
        head = self.header
        shown = self.summary.drop(columns=["sitat_2", "sitat_3"])
        percent = {name: _percent for name in ("andel", "nedre", "øvre")}
        table = shown.to_html(index=False, border=0, na_rep="–", formatters={**percent, "stabilitet": _decimal})
        lead = (
            f"{head['n']} setninger i {head['comments']} kommentarer fra {head['contacts']} henvendelser; "
            f"{_percent(head['unclear'])} uklart"
        )
        return pd.Series([f"<p>{lead}</p>", table]).str.cat()


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".", ",")


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
