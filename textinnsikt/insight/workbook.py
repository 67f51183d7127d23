"""The workbook: findings with number formats and charts, and every comment and sentence behind them."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pandas as pd
from xlsxwriter import Workbook

from textinnsikt.insight import wording
from textinnsikt.insight.readme import explanations
from textinnsikt.insight.style import STYLE
from textinnsikt.study import MENTIONS

#: Text stays text, whatever it begins with.
OPTIONS: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: A fixed date of making, so that the same findings give the same bytes.
STAMP = datetime(2000, 1, 1)
_MOST_ROWS = 1_048_575
_SHARE, _POINTS, _SMALL = "0.0 %", "0.0", "0.000"
#: Number format and width of the columns that need one.
_FORMATS = {
    "andel": _SHARE,
    "nedre": _POINTS,
    "øvre": _POINTS,
    "estimat": _POINTS,
    "snittscore": _POINTS,
    "totalscore": _POINTS,
    "stabilitet": "0.00",
    "p": _SMALL,
    "q": _SMALL,
    "antall": "#,##0",
    "n": "#,##0",
    "henvendelser": "#,##0",
}
_WIDE = {"tekst": 80, "navn": 32, "kundesenter": 28, "klasse": 24}


def render_workbook(
    facts: dict[str, Any], comments: pd.DataFrame, sentences: pd.DataFrame, themes: tuple[str, ...]
) -> bytes:
    """Draw the workbook.

    Parameters
    ----------
    facts : dict
        What `textinnsikt.insight.collect.collect` returns.
    comments, sentences : pandas.DataFrame
        The rows behind the findings, as in ``kommentarer.csv`` (the shopper is left out) and ``setninger.csv``.
    themes : tuple of str
        Theme keys.

    Returns
    -------
    bytes
        An ``.xlsx`` file.
    """
    stream = BytesIO()
    book = _Book(stream)
    cut = len(comments) > _MOST_ROWS or len(sentences) > _MOST_ROWS
    book.readme(facts, explanations(facts, cut))
    book.rows("Kommentarer", comments.drop(columns="shopper").head(_MOST_ROWS), colours=themes)
    book.rows("Setninger", sentences.head(_MOST_ROWS))
    _clusters(book, facts)
    _factors(book, facts)
    _shares(book, facts)
    _centres(book, facts)
    book.close()
    return stream.getvalue()
