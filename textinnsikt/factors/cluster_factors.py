"""Clusters as predictors: what the comments speak of beside the themes, and the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests
from threadpoolctl import threadpool_limits

from textinnsikt.errors import InputError
from textinnsikt.factors.associations import raw
from textinnsikt.factors.design import Design
from textinnsikt.factors.finding import Finding, header_of
from textinnsikt.factors.sample import Sample
from textinnsikt.factors.within import ESTIMATE, Level, fit
from textinnsikt.study import TaggedStudy

if TYPE_CHECKING:
    import altair

#: Columns of ``klyngefaktorer.csv``.
COLUMNS = ("klynge", "metode", *ESTIMATE, "q", "n", "shoppere")
_PREFIX = "klynge:"


@dataclass(frozen=True, repr=False)
class ClusterFactorsResult(Finding):
    """Score points that go with each cluster.

    Parameters
    ----------
    summary : pandas.DataFrame
        One row per cluster and method: ``klynge`` (its name), ``metode`` (``rå``: difference in mean score between
        contacts that mention it and others; ``innen_direkte``: within the same centre and shopper, with channel, month,
        all themes and all other clusters held equal), ``estimat``, ``nedre``, ``øvre`` (score points), ``p``, ``q``
        (false discovery rate over the clusters of one method), ``n`` (contacts that mention it) and ``shoppere``
        (effective number that carries the figure). The numbers are missing where ``notes`` say why.
    notes, header
        As in `Finding`.
    """

    _shown: ClassVar[Mapping[str, str]] = {**dict.fromkeys(ESTIMATE[:3], "p"), "shoppere": "1"}

    def plot(self) -> altair.Chart:
        """Return a chart of the estimates within centres and shoppers, with their intervals."""
        from textinnsikt.factors.charts import cluster_factors_chart

        return cluster_factors_chart(self)


class ClusterFactors:
    """Links clusters of sentences to the score, with the themes held equal.

    Parameters
    ----------
    alpha : float
        One minus the level of the intervals.
    seed : int
        Of the bootstrap draws.
    draws : int
        Bootstrap draws, used where few shoppers carry a cluster.

    Notes
    -----
    Associations, not effects. Errors allow for contacts of the same centre and of the same shopper being alike:
    `within.fit`. ``q``: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57(1), 289-300; the
    clusters are one family a method, and not mixed with the themes'. Sentences are clustered without the score being
    seen, so the same comments can serve both.

    Examples
    --------
    >>> contacts = range(120)
    >>> queue = [i % 4 == 0 for i in contacts]
    >>> comments = pd.DataFrame({
    ...     "henvendelse": [f"{i:03}" for i in contacts], "kommentar_nr": 1,
    ...     "kundesenter": [f"senter {i % 11}" for i in contacts], "klasse": "Bank", "kanal": "telefon",
    ...     "shopper": [f"s{i % 13}" for i in contacts], "dato": None, "besvart": "ja",
    ...     "totalscore": [70 - 6 * queue[i] + i % 5 for i in contacts], "tekst": "Lang kø.",
    ...     "lytting": ["positiv" if i % 3 == 0 else "ingen" for i in contacts]})
    >>> mentions = pd.DataFrame({"henvendelse": comments["henvendelse"], "klynge:ventetid": [float(q) for q in queue]})
    >>> result = ClusterFactors().fit(TaggedStudy(comments, themes=("lytting",)), mentions)
    >>> result.summary[["klynge", "metode", "estimat", "n"]].round(1).values.tolist()
    [['ventetid', 'rå', -6.0, 30], ['ventetid', 'innen_direkte', -6.0, 30]]
    """

    def __init__(self, alpha: float = 0.05, seed: int = 0, draws: int = 999):
        self.alpha = alpha
        self.seed = seed
        self.draws = draws

    def fit(self, tagged: TaggedStudy, mentions: pd.DataFrame) -> ClusterFactorsResult:
        """Estimate what goes with each cluster.

        Parameters
        ----------
        tagged : TaggedStudy
        mentions : pandas.DataFrame
            ``henvendelse`` and one column ``klynge:NAVN`` of 0 and 1 for each cluster, as
            ``textinnsikt.clusters.cluster_mentions`` gives it.

        Returns
        -------
        ClusterFactorsResult

        Raises
        ------
        InputError
            When there are no clusters, the study has no themes or scores, or contacts are missing in ``mentions``.
        """
        columns = tuple(name for name in mentions.columns if name.startswith(_PREFIX))
        if not columns:
            raise InputError("Det er ingen klynger utenfor temaene å koble til scoren.")
        if not tagged.themes:
            raise InputError(f"{tagged.source or 'Studien'} er ikke merket med temaer; kjør «textinnsikt tag» først.")
        sample = _with_clusters(Sample.of(tagged), mentions, columns)
        level = Level(self.alpha, self.seed, self.draws)
        with threadpool_limits(1):
            plain = raw(replace(sample, mentions=columns), self.alpha)
            design = Design.of(sample)
            kept = [name for name in design.mentions if name in columns]
            units = dict(zip(design.mentions, np.eye(len(design.mentions)), strict=True))
            inside = fit(design, design.mentions, {name: units[name] for name in kept}, level)
        counts = sample.contacts[list(columns)].sum().astype(int)
        frames = {"rå": plain.frame, "innen_direkte": inside}
        parts = [_rows(method, frame, columns, counts) for method, frame in frames.items()]
        refused = [f"«{_name(c)}» har ikke tall: {design.refused[c]}." for c in columns if c in design.refused]
        header = header_of(tagged, sample.contacts, 1 - self.alpha, self.seed)
        summary = pd.concat(parts, ignore_index=True)
        order = pd.DataFrame({"klynge": [_name(c) for c in columns]})
        summary = order.merge(summary, on="klynge")
        return ClusterFactorsResult(summary, (*sample.notes, *refused), header)


def _with_clusters(sample: Sample, mentions: pd.DataFrame, columns: tuple[str, ...]) -> Sample:
    """Put the clusters beside the mentions of themes."""
    rows = mentions.set_index("henvendelse")[list(columns)].reindex(sample.contacts["henvendelse"])
    missing = rows.index[rows.isna().any(axis=1)]
    if len(missing):
        raise InputError(
            f"Klyngene mangler henvendelse «{missing[0]}»: de er ikke laget av denne studien. "
            "Kjør «textinnsikt cluster» på nytt."
        )
    contacts = pd.concat([sample.contacts, rows.reset_index(drop=True)], axis=1)
    return replace(sample, contacts=contacts, mentions=(*sample.mentions, *columns))


def _rows(method: str, frame: pd.DataFrame, columns: tuple[str, ...], counts: pd.Series) -> pd.DataFrame:
    """Return one method's rows, every cluster in order; missing where it has no figure."""
    found = frame.reindex(list(columns)).reindex(columns=[*ESTIMATE, "shoppere"]).astype(float)
    tested = found["p"].notna()
    found["q"] = np.nan
    if tested.any():
        found.loc[tested, "q"] = multipletests(found.loc[tested, "p"], method="fdr_bh")[1]
    names = [_name(column) for column in columns]
    return found.assign(klynge=names, metode=method, n=counts[list(columns)])[list(COLUMNS)].reset_index(drop=True)


def _name(column: str) -> str:
    return column.removeprefix(_PREFIX)
