"""A check: what stops a study, said in one sentence, and what sets one row aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study.cells import labels, numbers
from textinnsikt.study.delimited import Rejected
from textinnsikt.study.headings import Layout
from textinnsikt.study.table import Table


def check_score_range(score_range: tuple[float, float] | None) -> tuple[float, float]:
    """Return the range as numbers, ``(0, 100)`` when none is given.

    Raises
    ------
    InputError
        When it is not a lower and a higher number.

    Examples
    --------
    >>> check_score_range(None), check_score_range((1, 6))
    ((0.0, 100.0), (1.0, 6.0))
    """
    if score_range is None:
        return (0.0, 100.0)
    low, high = (float(value) for value in score_range)
    if not -1e12 < low < high < 1e12:
        raise InputError(
            f"Skalaen {_decimal(low)}–{_decimal(high)} må gå fra et lavere til et høyere tall, "
            "for eksempel --score-range 1-6."
        )
    return (low, high)


def usable_rows(table: Table, layout: Layout) -> tuple[pd.DataFrame, pd.Series, list[Rejected]]:
    """Take out the rows without an id or with a score that is no number.

    Parameters
    ----------
    table : Table
    layout : Layout

    Returns
    -------
    cells : pandas.DataFrame
        The rows kept, as in `Table`.
    scores : pandas.Series
        float64, NaN where there is none.
    rejected : list of tuple
        Line number, column and reason of the rows taken out.

    Raises
    ------
    InputError
        When no row is left, or fewer than half of the scores are numbers.
    """
    cells, scores, rejected = split_rows(table, layout)
    wrong = sum(reason == NO_SCORE for *_, reason in rejected)
    if wrong > scores.notna().sum():
        refuse_scores(table, layout)
    if cells.empty:
        refuse_empty(table, rejected)
    return cells, scores, rejected


#: Why a row is set aside.
NO_ID, NO_SCORE = "id mangler", "totalscore er ikke et tall"
TOTAL = "ser ut som en rad med sum eller snitt"
_TOTALS = frozenset("sum snitt gjennomsnitt total totalt totalsum antall average mean median".split())


def split_rows(table: Table, layout: Layout) -> tuple[pd.DataFrame, pd.Series, list[Rejected]]:
    """Do what `usable_rows` does for a part of a table, whatever the part holds."""
    cells = table.cells
    column = layout.columns["henvendelse"]
    names = labels(cells[column])
    nameless = names.isna()
    rejected = [(int(line), table.headings[column], NO_ID) for line in cells.index[nameless]]
    total = names.map(lambda name: isinstance(name, str) and name.casefold().rstrip(":") in _TOTALS).astype(bool)
    rejected += [(int(line), table.headings[column], TOTAL) for line in cells.index[total]]
    cells = cells[~nameless & ~total]
    scores = pd.Series(float("nan"), index=cells.index)
    if "totalscore" in layout.columns:
        column = layout.columns["totalscore"]
        heading = table.headings[column]
        scores, wrong = numbers(cells[column])
        rejected += [(int(line), heading, NO_SCORE) for line in cells.index[wrong]]
        cells, scores = cells[~wrong], scores[~wrong]
    return cells, scores, rejected


def refuse_scores(table: Table, layout: Layout) -> NoReturn:
    """Say that most scores are no numbers."""
    heading = table.headings[layout.columns["totalscore"]]
    raise InputError(
        f"{table.source}: kolonnen «{heading}» har mest tekst som ikke er tall; velg totalscoren "
        'med --map totalscore="Overskrift".'
    )


def refuse_empty(table: Table, rejected: Sequence[Rejected]) -> NoReturn:
    """Say that no row can be used, and why not the first."""
    aside = sorted([*table.rejected, *rejected])
    if not aside:
        raise InputError(f"{table.source} har overskrifter, men ingen rader.")
    line, heading, reason = aside[0]
    where = f"{table.row_word} {line}" + (f", kolonnen «{heading}»" if heading else "")
    raise InputError(f"{table.source} har ingen rader som kan brukes; rett dem, den første er {where}: {reason}.")


def check_unique_ids(table: Table, layout: Layout, ids: pd.Series) -> None:
    """Demand that no two rows have the same id.

    Raises
    ------
    InputError
        Names the first id that comes again, and both its rows.
    """
    again = ids.duplicated()
    if not again.any():
        return
    second = int(ids.index[again][0])
    name = ids.loc[second]
    first = int(ids.index[ids == name][0])
    word = table.row_word
    raise InputError(
        f"{table.source}: «{name}» står i kolonnen «{table.headings[layout.columns['henvendelse']]}» "
        f"både i {word} {first} og i {word} {second}; gi hver henvendelse sin egen id og sin egen rad, "
        'eller velg id-kolonnen med --map henvendelse="Overskrift".'
    )


def check_scores(table: Table, layout: Layout, scores: pd.Series, score_range: tuple[float, float]) -> None:
    """Demand that every score is inside its range.

    Raises
    ------
    InputError
        Names the first score that is not.
    """
    low, high = score_range
    scale = f"{_decimal(low)}–{_decimal(high)}"
    outside = scores.index[(scores < low) | (scores > high)]
    if len(outside):
        line = int(outside[0])
        raise InputError(
            f"{table.source}, {table.row_word} {line}: {_decimal(scores.loc[line])} i kolonnen "
            f"«{table.headings[layout.columns['totalscore']]}» er utenfor skalaen {scale}; "
            "rett tallet, eller oppgi skalaen med --score-range, for eksempel --score-range 1-6."
        )


def check_comments(table: Table, layout: Layout, comments: pd.DataFrame) -> None:
    """Demand at least one comment.

    Raises
    ------
    InputError
        When every comment is blank.
    """
    if not comments.notna().to_numpy().any():
        names = [table.headings[p] for name, p in layout.columns.items() if name.startswith("kommentar_")]
        raise InputError(
            f"{table.source} har ingen kommentarer: «{'», «'.join(names)}» er tom i alle rader; "
            'velg kommentarkolonnen med --map kommentar_1="Overskrift".'
        )


def score_note(scores: pd.Series, score_range: tuple[float, float]) -> str:
    """Return a sentence when all scores are so low that another range is likely, else ``""``.

    Examples
    --------
    >>> score_note(pd.Series([2.0, 5.0]), (0, 100))
    'Alle totalscorer ligger mellom 2 og 5; er skalaen en annen enn 0–100, oppgi den med --score-range.'
    """
    if scores.notna().any() and tuple(score_range) == (0.0, 100.0) and scores.max() <= 10:
        return (
            f"Alle totalscorer ligger mellom {_decimal(scores.min())} og {_decimal(scores.max())}; "
            "er skalaen en annen enn 0–100, oppgi den med --score-range."
        )
    return ""


def _decimal(value: float) -> str:
    """Write a number with a decimal comma."""
    return f"{value:g}".replace(".", ",").replace("-", "\u2212")
