"""Insight: one study's findings, and the files that show them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textinnsikt.insight.collect import collect
from textinnsikt.insight.comparison import Comparison, Kind
from textinnsikt.insight.summary import summary_lines
from textinnsikt.insight.wording import alphabet
from textinnsikt.insight.workshop import collect_workshop
from textinnsikt.study import TaggedStudy

if TYPE_CHECKING:
    from pandas import DataFrame

    from textinnsikt.clusters import ClusterResult
    from textinnsikt.factors import (
        ClusterFactorsResult,
        ExpectationsResult,
        FactorResult,
        ImportanceResult,
        RankingResult,
        WinnersResult,
    )


@dataclass(frozen=True)
class Insight:
    """What a study says, ready to be shown.

    Parameters
    ----------
    tagged : TaggedStudy
        The comments with their themes; only their masked text is shown, and never who the shopper is.
    clusters : ClusterResult
    factors : FactorResult
    title : str, optional
        Name of the study as shown; default its file name.
    theme_names, theme_definitions : mapping of str to str, optional
        Theme key to the name and the definition shown; default the key with a capital letter, and none.
    importance, winners, ranking, expectations, cluster_factors : optional
        `ImportanceResult`, `WinnersResult`, `RankingResult`, `ExpectationsResult`, `ClusterFactorsResult`; what is
        missing is left out of the material.

    Examples
    --------
    >>> import pandas as pd
    >>> from types import SimpleNamespace
    >>> comments = pd.DataFrame({"henvendelse": ["1"], "kommentar_nr": 1, "kundesenter": "A",
    ...     "klasse": "Bank", "kanal": "chat", "shopper": "s1", "dato": "2021-01-05", "besvart": "ja",
    ...     "totalscore": 80.0, "tekst": "Hun lot meg forklare ferdig.", "lytting": "positiv",
    ...     "lytting_p_positiv": 0.9, "lytting_p_negativ": 0.1,
    ...     "lytting_setning": "Hun lot meg forklare ferdig.",
    ...     "modell": "m", "modell_hash": "h"})
    >>> clusters = SimpleNamespace(summary=pd.DataFrame(), sentences=pd.DataFrame())
    >>> factors = SimpleNamespace(summary=pd.DataFrame(), notes=(), header={})
    >>> insight = Insight(TaggedStudy(comments, ("lytting",), source="vinter.csv"), clusters, factors)
    >>> insight.collect()["studie"]["navn"]
    'Vinter'
    """

    tagged: TaggedStudy
    clusters: ClusterResult
    factors: FactorResult
    title: str | None = None
    theme_names: Mapping[str, str] | None = None
    theme_definitions: Mapping[str, str] | None = None
    importance: ImportanceResult | None = None
    winners: WinnersResult | None = None
    ranking: RankingResult | None = None
    expectations: ExpectationsResult | None = None
    cluster_factors: ClusterFactorsResult | None = None

    @cached_property
    def _facts(self) -> dict[str, Any]:
        names = ("importance", "winners", "ranking", "expectations", "cluster_factors")
        further = {name: getattr(self, name) for name in names}
        naming = (self.title, self.theme_names, self.theme_definitions)
        return collect(self.tagged, self.clusters, self.factors, *naming, **further)

    def collect(self) -> dict[str, Any]:
        """Return the findings as one JSON-safe dict (``schema.json`` describes it)."""
        return deepcopy(self._facts)

    def summary_lines(self) -> list[str]:
        """Return ten lines for a terminal."""
        return summary_lines(self._facts)

    def write_html(self, path: str | Path) -> None:
        """Write the report: one file that opens offline."""
        from textinnsikt.insight.html import render_html

        Path(path).write_text(render_html(self._facts), encoding="utf-8", newline="\n")

    def write_pptx(self, path: str | Path, template: str | Path | None = None) -> None:
        """Write the workshop slides.

        Parameters
        ----------
        path : str or Path
        template : str or Path, optional
            A ``.pptx`` or ``.potx`` whose look is used; its own slides are left out.

        Raises
        ------
        InputError
            When the template cannot be read as PowerPoint.
        """
        from textinnsikt.insight.slides import render_slides

        Path(path).write_bytes(render_slides(self._facts, template))

    @cached_property
    def _comparison(self) -> Comparison:
        return Comparison(self.tagged)

    def units(self, kind: Kind) -> list[str]:
        """Return the study's centres (``kundesenter``) or classes (``klasse``), in alphabetical order."""
        return sorted((str(name) for name in self.tagged.comments[kind].dropna().unique()), key=alphabet)

    def workshop(self, kind: Kind, name: str) -> dict[str, Any]:
        """Return what the deck of one centre or class shows (``arbeidsark`` in ``schema.json``).

        Raises
        ------
        InputError
            When the study has no such centre or class.
        """
        return collect_workshop(self._facts, self._comparison, kind, name)

    def write_workshop(self, path: str | Path, kind: Kind, name: str, template: str | Path | None = None) -> None:
        """Write the slides of one centre or class.

        Parameters
        ----------
        path : str or Path
        kind : {"kundesenter", "klasse"}
        name : str
            The centre or class, as in the study.
        template : str or Path, optional
            A ``.pptx`` or ``.potx`` whose look is used.

        Raises
        ------
        InputError
            When the study has no such centre or class, or the template cannot be read.
        """
        from textinnsikt.insight.unitdeck import render_unit_deck

        Path(path).write_bytes(render_unit_deck(self.workshop(kind, name), template))

    @property
    def _tables(self) -> dict[str, DataFrame]:
        """The findings' tables by the names of their files."""
        found = {
            "faktorer": self.factors,
            "viktighet": self.importance,
            "vinnere": self.winners,
            "rangering": self.ranking,
            "forventninger": self.expectations,
        }
        return {name: result.summary for name, result in found.items() if result is not None}

    def write_xlsx(self, path: str | Path) -> None:
        """Write the workbook: the findings, and all comments and sentences behind them."""
        from textinnsikt.insight.workbook import render_workbook

        Path(path).write_bytes(
            render_workbook(
                self._facts, self.tagged.comments, self.clusters.sentences, self.tagged.themes, self._tables
            )
        )
