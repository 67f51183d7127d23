"""A chunk: one part's rows as the small study that the tagger takes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import pandas as pd

from textinnsikt.language import detect_all, mask_all
from textinnsikt.scale.survey import Facts, sound_rows
from textinnsikt.study import CONTACT_COLUMNS, Study
from textinnsikt.study import cells as cell
from textinnsikt.study.reading import build_comments, build_contacts, column_of
from textinnsikt.study.table import Table


class TextReader:
    """Reads the texts of parts for personal data and language: here, or in processes beside.

    Beside is for where a graphics processor outruns one processor core.

    Parameters
    ----------
    kept : list of str
        Names that stay.
    processes : int
        How many to start; none by default.

    Examples
    --------
    >>> reader = TextReader([])
    >>> reader.mask(["Kari ringte.", None]), reader.detect(["The agent was very friendly", None])
    (['[navn] ringte.', None], ['en', None])
    """

    def __init__(self, kept: list[str], processes: int = 0):
        self._mask = partial(mask_all, keep=kept)
        self._processes = processes
        self._pool = ProcessPoolExecutor(processes, get_context("spawn")) if processes else None

    def mask(self, texts: list[str | None]) -> list[str | None]:
        """Return the texts without personal data, in the same order."""
        return self._spread(self._mask, texts)

    def detect(self, texts: list[str | None]) -> list[str | None]:
        """Return the language of each text, in the same order."""
        return self._spread(detect_all, texts)

    def _spread(
        self, read: Callable[[list[str | None]], list[str | None]], texts: list[str | None]
    ) -> list[str | None]:
        if self._pool is None:
            return read(texts)
        size = 1 + len(texts) // (4 * self._processes)
        pieces = (texts[start : start + size] for start in range(0, len(texts), size))
        return [found for piece in self._pool.map(read, pieces) for found in piece]


def build_chunk(tables: list[Table], facts: Facts, reader: TextReader) -> Study:
    """Return the contacts of a part as `textinnsikt.study.read_study` would have them, personal data masked.

    Parameters
    ----------
    tables : list of Table
        The part's rows, in input order.
    facts : Facts
        What the whole input tells: columns, codes of shoppers, names that stay.
    reader : TextReader

    Returns
    -------
    Study
    """
    contacts = pd.concat([_contacts(table, facts) for table in tables], ignore_index=True)
    study = Study(contacts, questions=tuple(facts.questions))
    return study.with_texts(reader.mask(list(study.comments["tekst"])))


def _contacts(table: Table, facts: Facts) -> pd.DataFrame:
    layout = facts.layout
    rows, scores, _ = sound_rows(table, layout)
    contacts, _ = build_contacts(rows, layout, scores)
    comments = build_comments(rows, layout)
    shoppers = cell.labels(column_of(rows, layout, "shopper"))
    contacts["shopper"] = shoppers.map(facts.codes).astype("str")
    has_content = comments.notna().any(axis=1) | scores.notna()
    contacts["besvart"], _ = cell.answered(column_of(rows, layout, "besvart"), has_content, facts.ticked)
    questions = {name: cell.numbers(rows[place], yes_no=True)[0] for name, place in facts.questions.items()}
    parts = [contacts[list(CONTACT_COLUMNS)], pd.DataFrame(questions, index=rows.index), comments]
    return pd.concat(parts, axis=1)
