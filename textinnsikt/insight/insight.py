"""Insight: one study's findings, and the files that show them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textinnsikt.insight.collect import collect
from textinnsikt.insight.summary import summary_lines
from textinnsikt.study import TaggedStudy

if TYPE_CHECKING:
    from textinnsikt.clusters import ClusterResult
    from textinnsikt.factors import FactorResult


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

    @cached_property
    def _facts(self) -> dict[str, Any]:
        return collect(self.tagged, self.clusters, self.factors, self.title, self.theme_names, self.theme_definitions)

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

    def write_xlsx(self, path: str | Path) -> None:
        """Write the workbook: the findings, and all comments and sentences behind them."""
        from textinnsikt.insight.workbook import render_workbook

        Path(path).write_bytes(
            render_workbook(self._facts, self.tagged.comments, self.clusters.sentences, self.tagged.themes)
        )
