"""A table as a file holds it: headings and cells as text, before anything is understood."""

from __future__ import annotations

import hashlib
import io
import json
import math
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study.cells import tidy
from textinnsikt.study.delimited import (
    HEAD_ROWS,
    Rejected,
    decode,
    parse_delimited,
    split_lines,
    title_rows,
    undecodable,
)
from textinnsikt.study.headings import speaks_of_comment

_KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xls": "ole",
    ".parquet": "parquet",
    ".jsonl": "json",
    ".ndjson": "json",
}
_MAGIC = {b"PK\x03\x04": "excel", b"PAR1": "parquet", b"\xd0\xcf\x11\xe0": "ole", b"%PDF": "", b"\x89PNG": ""}


@dataclass(frozen=True)
class Table:
    """A file's cells as text.

    Parameters
    ----------
    headings : tuple of str
        One per column, tidied, ``""`` where the file has none.
    cells : pandas.DataFrame
        object, text or None; columns are positions 0, 1, …; the index holds line numbers (headings = 1; the
        sheet's row in Excel; in Parquet, which has no lines, the row as a sheet would number it) and is
        called what `row_word` says.
    rejected : tuple
        Line number, column and reason of each row set aside.
    source, sha256 : str
        File name and hash of its bytes.
    row_word : str
        What a row is called in messages: ``linje`` or ``rad``.
    """

    headings: tuple[str, ...]
    cells: pd.DataFrame
    rejected: tuple[Rejected, ...]
    source: str
    sha256: str
    row_word: str


def read_table(path: str | Path) -> Table:
    r"""Read a CSV, Excel, Parquet or JSON Lines file as text.

    What the file is, its content tells before its name does: an Excel file called ``.csv`` is read as Excel.
    Rows above the headings, such as a title, are passed over (`textinnsikt.study.delimited.title_rows`).

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Table

    Raises
    ------
    InputError
        When there is no such file, it is a folder, empty, of another type, damaged or password-protected.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "studie.csv")
    ...     _ = path.write_bytes("id;tekst\n17;Lyttet nøye\n".encode("cp1252"))
    ...     table = read_table(path)
    >>> table.headings, table.cells.values.tolist()
    (('id', 'tekst'), [['17', 'Lyttet nøye']])
    """
    path = Path(path)
    source = path.name
    data = _bytes(path)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise InputError(f"{source} er tom.")
    kind = kind_of(data, path)
    if kind == "ole":
        raise InputError(
            f"{source} har passord eller er i gammelt .xls-format; lagre den som .xlsx uten passord."
        )
    if not kind:
        raise InputError(
            f"{source} er en filtype som ikke kan leses; "
            "bruk CSV, Excel (.xlsx), Parquet eller JSON Lines (.jsonl)."
        )
    rows: Sequence[Sequence[str | None]]
    rejected: Sequence[Rejected] = ()
    if kind == "csv":
        headings, rows, lines, rejected = parse_delimited(decode(data), source)
    elif kind == "json":
        headings, rows, lines, rejected = _parse_json_lines(decode(data))
    elif kind == "excel":
        headings, rows, lines = _read_workbook(data, source)
    else:
        headings, rows, lines = _read_parquet(data, source)
    row_word = "linje" if kind in ("csv", "json") else "rad"
    cells = pd.DataFrame(
        [[cell or None for cell in row] for row in rows],
        index=pd.Index(lines, name=row_word, dtype="int64"),
        columns=range(len(headings)),
        dtype=object,
    )
    return Table(tuple(headings), cells, tuple(rejected), source, hashlib.sha256(data).hexdigest(), row_word)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"Finner ikke fila {path.name}; se om navn og mappe er riktig skrevet.") from None
    except OSError:
        if path.is_dir():
            raise InputError(f"{path.name} er en mappe; oppgi fila som skal leses.") from None
        raise InputError(
            f"{path.name} kan ikke åpnes; lukk den i andre programmer og se om du har tilgang."
        ) from None


def kind_of(data: bytes, path: Path) -> str:
    """Tell from bytes and name what a file is: ``csv``, ``json``, ``excel``, ``parquet``, ``ole``, or nothing known."""
    suffix = _KINDS.get(path.suffix.lower(), "")
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic) and suffix), suffix)


def _read_workbook(data: bytes, source: str) -> tuple[list[str], list[list[str | None]], list[int]]:
    """Read the first sheet that has a comment heading, else the first with anything in it."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validation rules, which are not read
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [rows for sheet in book.worksheets if (rows := list(sheet_rows(sheet)))]
            sheets = [rows[title_rows([cells for _, cells in rows[:HEAD_ROWS]]) :] for rows in sheets]
    except Exception:  # a damaged file can fail anywhere in the zip, the XML or the library
        raise InputError(
            f"{source} er ødelagt eller ingen Excel-fil; åpne den i Excel og lagre den som .xlsx på nytt."
        ) from None
    if not sheets:
        raise InputError(f"{source} er tom.")
    heads = [[tidy(cell or "") or "" for cell in rows[0][1]] for rows in sheets]
    best = next((i for i, headings in enumerate(heads) if any(map(speaks_of_comment, headings))), 0)
    width = len(heads[best])
    body = [(cells + [None] * width)[:width] for _, cells in sheets[best][1:]]
    return heads[best], body, [number for number, _ in sheets[best][1:]]


def sheet_rows(sheet: Any) -> Iterator[tuple[int, list[str | None]]]:
    """Yield row number and texts of each row with content."""
    sheet.reset_dimensions()  # some programs write wrong ones
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [as_text(cell.value, _is_percent(cell)) for cell in row]
        if any(cell and cell.strip() for cell in cells):
            yield number, cells


def _is_percent(cell: Any) -> bool:
    """Tell whether Excel shows the cell times 100; a percent sign in quotes is only a letter."""
    shown = cell.number_format if isinstance(cell.value, (int, float)) else ""
    return "%" in re.sub(r'"[^"]*"|\\.', "", shown or "")


def _read_parquet(data: bytes, source: str) -> tuple[list[str], list[list[str | None]], list[int]]:
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(pyarrow.BufferReader(data))
        columns = [[as_text(value) for value in column.to_pylist()] for column in table.columns]
    except (pyarrow.ArrowException, OSError, ValueError):
        raise InputError(f"{source} er ødelagt eller ingen Parquet-fil; lag den på nytt.") from None
    headings = ["" if name.startswith("__index_level_") else tidy(name) or "" for name in table.column_names]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return headings, rows, list(range(2, len(rows) + 2))


def _parse_json_lines(text: str) -> tuple[list[str], list[list[str | None]], list[int], list[Rejected]]:
    """Read one object a line; headings are the keys in the order in which they first occur."""
    places: dict[str, int] = {}
    found: list[tuple[int, dict[str, Any]]] = []
    rejected: list[Rejected] = []
    for number, record, fault in iterate_json_lines(split_lines(text)):
        if fault:
            rejected.append((number, "", fault))
            continue
        found.append((number, record))
        for name in record:
            places.setdefault(name, len(places))
    rows = [[as_text(record.get(name)) for name in places] for _, record in found]
    return [tidy(name) or "" for name in places], rows, [number for number, _ in found], rejected


def iterate_json_lines(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any], str]]:
    """Yield line number, object and fault of each line that is not blank.

    Examples
    --------
    >>> list(iterate_json_lines(['{"id": 1}', "", "[]"]))
    [(1, {'id': 1}, ''), (3, {}, 'linja er ikke ett JSON-objekt')]
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if undecodable(line):
            yield number, {}, "linja kan ikke leses som UTF-8"
            continue
        try:
            record = json.loads(line, strict=False)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            yield number, record, ""
        else:
            yield number, {}, "linja er ikke ett JSON-objekt"


def as_text(value: Any, percent: bool = False) -> str | None:
    """Write a typed value as a CSV would hold it."""
    if value is None:
        return None
    if isinstance(value, str):
        return value.encode("utf-8", errors="ignore").decode()  # JSON can hold half an emoji
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if percent and isinstance(value, (int, float)):
        value = round(value * 100, 10)
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
