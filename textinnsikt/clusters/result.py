"""Clusters of sentences, as a result that shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import altair

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
        0-1), ``seed``, ``version``.
    """

    summary: pd.DataFrame
    sentences: pd.DataFrame
    header: dict[str, Any]

    def plot(self) -> altair.Chart:
        """Return a chart of the clusters' shares with their intervals."""
        from textinnsikt.clusters.figure import size_chart

        return size_chart(self)

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
