"""Reading a study from its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from textinnsikt.study import cells as cell
from textinnsikt.study.checks import (
    check_comments,
    check_score_range,
    check_scores,
    check_unique_ids,
    score_note,
    usable_rows,
)
from textinnsikt.study.headings import Layout, lay_out, read_mapping
from textinnsikt.study.questions import read_questions
from textinnsikt.study.study import CONTACT_COLUMNS, Study
from textinnsikt.study.table import read_table


def read_study(
    path: str | Path,
    mapping: Mapping[str, str] | None = None,
    score_range: tuple[float, float] | None = None,
    mapping_file: str | Path | None = None,
) -> Study:
    r"""Read a study file and check it.

    The encoding, the separator, the decimal sign and the headings are recognised. Rows that cannot be read
    are set aside in `Study.rejected`; faults that would make the answer wrong stop with a sentence. Shoppers
    are replaced by codes (`textinnsikt.study.cells.codes`), channels get one spelling, and dates become
    ``YYYY-MM-DD``; a bare year stays a year, and a text that is no date is missing. Where the file does not
    say whether a contact was answered, one with a comment or a score was.

    Parameters
    ----------
    path : str or Path
        CSV, Excel, Parquet or JSON Lines, one row for each contact. Only an id and one comment are required.
    mapping : mapping of str to str, optional
        Canonical column name to the file's heading, for example ``{"totalscore": "Terningkast"}``.
    score_range : tuple of float, optional
        Lowest and highest possible score, default ``(0, 100)``.
    mapping_file : str or Path, optional
        TOML file with such a mapping; `mapping` goes before it.

    Returns
    -------
    Study

    Raises
    ------
    InputError
        One Norwegian sentence that names the file, the column, the row and what to do.

    Examples
    --------
    >>> import tempfile
    >>> text = "Henvendelse-ID;Senter;Tlf/mail;Total score;Hva var bra?\n17;Bank A;Tlf.;86,7 %;Lyttet nøye.\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "studie.csv")
    ...     _ = path.write_bytes(text.encode("cp1252"))
    ...     study = read_study(path, mapping={"kanal": "Tlf/mail"})
    >>> study.contacts[["henvendelse", "kundesenter", "kanal", "totalscore", "kommentar_1"]].values.tolist()
    [['17', 'Bank A', 'telefon', 86.7, 'Lyttet nøye.']]
    """
    score_range = check_score_range(score_range)
    wanted = {**(read_mapping(mapping_file) if mapping_file else {}), **(mapping or {})}
    table = read_table(path)
    layout = lay_out(table.headings, wanted, table.source, lambda place: not _is_numeric(table.cells[place]))
    rows, scores, rejected = usable_rows(table, layout)
    check_scores(table, layout, scores, score_range)
    contacts, notes = build_contacts(rows, layout, scores)
    check_unique_ids(table, layout, contacts["henvendelse"])
    comments = build_comments(rows, layout)
    check_comments(table, layout, comments)
    has_content = comments.notna().any(axis=1) | scores.notna()
    contacts["besvart"], odd = cell.answered(column_of(rows, layout, "besvart"), has_content)
    notes += _noted(odd, "besvart", "er verken ja eller nei")
    used = {*layout.columns.values(), *layout.spare}
    others = [p for p, heading in enumerate(table.headings) if p not in used and not is_unnamed(heading)]
    last = max(int(name[10:]) for name in comments)
    questions, question_notes = read_questions(rows[others], [table.headings[p] for p in others], last)
    spare = [table.headings[p] for p in sorted(layout.spare)]
    spare_notes = [f"Kolonnen «{heading}» er ikke brukt; en annen passer bedre." for heading in spare]
    whole = pd.concat([contacts[list(CONTACT_COLUMNS)], questions, comments], axis=1)
    aside = pd.DataFrame(sorted([*table.rejected, *rejected]), columns=["linje", "kolonne", "grunn"])
    return Study(
        contacts=whole.reset_index(drop=True),
        questions=tuple(questions.columns),
        source=table.source,
        sha256=table.sha256,
        score_range=score_range,
        rejected=aside,
        notes=tuple(filter(None, [score_note(scores, score_range), *notes, *question_notes, *spare_notes])),
    )


def build_contacts(rows: pd.DataFrame, layout: Layout, scores: pd.Series) -> tuple[pd.DataFrame, list[str]]:
    """Build the columns of a contact, but for ``besvart``, and notes on what was read as missing."""
    found = {name: cell.labels(column_of(rows, layout, name)) for name in CONTACT_COLUMNS}
    contacts = pd.DataFrame(found, index=rows.index)
    contacts["kanal"] = cell.channels(contacts["kanal"])
    contacts["shopper"] = cell.codes(contacts["shopper"])
    contacts["dato"], odd = cell.dates(contacts["dato"])
    contacts["totalscore"] = scores
    return contacts, _noted(odd, "dato", "kan ikke leses som dato")


def build_comments(rows: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Build the comment columns in the order of their numbers."""
    names = sorted((n for n in layout.columns if n.startswith("kommentar_")), key=lambda name: int(name[10:]))
    return pd.DataFrame({name: cell.texts(column_of(rows, layout, name)) for name in names}, index=rows.index)


def column_of(rows: pd.DataFrame, layout: Layout, name: str) -> pd.Series:
    """Return a canonical column's cells, all missing where the file has no such column."""
    if name in layout.columns:
        return rows[layout.columns[name]]
    return pd.Series(None, index=rows.index, dtype=object)


def _noted(odd: pd.Series, column: str, fault: str) -> list[str]:
    """Write a note on cells that were read as missing."""
    if not odd.any():
        return []
    count = int(odd.sum())
    return [
        f"{count} av cellene i «{column}» {fault} og regnes som manglende "
        f"(første: {odd.index.name} {odd.idxmax()})."
    ]


def _is_numeric(cells: pd.Series) -> bool:
    """Tell whether a column holds numbers and nothing else."""
    values, wrong = cell.numbers(cells)
    return bool(values.notna().any() and not wrong.any())


def is_unnamed(heading: str) -> bool:
    """Tell whether a column has no name of its own, like an index that pandas wrote."""
    return not heading or bool(re.fullmatch(r"Unnamed: \d+", heading))
