"""Records: the rows of one input file, read one after the other in constant memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from textinnsikt.errors import InputError
from textinnsikt.study.cells import tidy
from textinnsikt.study.delimited import encoding_of, iterate_delimited
from textinnsikt.study.table import as_text, iterate_json_lines, kind_of, read_table

#: Rows of a Parquet file held at a time.
_ROWS = 4096


@dataclass(frozen=True)
class Row:
    """One row of a file: its line (or row) number and its cells by heading; or why it is set aside."""

    number: int
    cells: dict[str, str]
    column: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Records:
    """The rows of a file.

    Parameters
    ----------
    headings : tuple of str
        Keys of the cells, known before the first row; JSON Lines files show theirs row by row. A heading that
        comes again has its number behind a line feed.
    rows : iterator of Row
    row_word : str
        What a row is called in messages: ``linje`` or ``rad``.
    """

    headings: tuple[str, ...]
    rows: Iterator[Row]
    row_word: str


def heading_of(key: str) -> str:
    """Return the heading that a key of `Row.cells` stands for."""
    return key.partition("\n")[0]


def read_records(path: Path) -> Records:
    r"""Open a file for reading row by row, by the rules of `textinnsikt.study.read_study`.

    CSV, JSON Lines and Parquet take constant memory. Excel keeps its texts in one table that must be held whole;
    a sheet has at most 1,048,576 rows.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Records

    Raises
    ------
    InputError
        When the file is empty, of another type, damaged or password-protected.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.csv")
    ...     _ = path.write_bytes("id;tekst\n17;Lyttet nøye\n18\n".encode("cp1252"))
    ...     for row in read_records(path).rows:
    ...         print(row.number, row.cells, row.fault)
    2 {'id': '17', 'tekst': 'Lyttet nøye'}
    3 {} for få felt: 1 i stedet for 2
    """
    with path.open("rb") as file:
        if not any(block.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n") for block in iter(lambda: file.read(1 << 16), b"")):
            raise InputError(f"{path.name} er tom.")
        file.seek(0)
        kind = kind_of(file.read(8), path)
    if kind == "csv":
        headings, records = iterate_delimited(_lines(path), path.name)
        return Records(_keys(headings), _delimited(_keys(headings), records), "linje")
    if kind == "json":
        return Records((), _json(path), "linje")
    if kind == "parquet":
        return _parquet(path)
    table = read_table(path)  # Excel, and the sentences about files that cannot be read
    cells = zip(table.cells.index, table.cells.itertuples(index=False, name=None), strict=True)
    keys = _keys(table.headings)
    return Records(keys, (Row(int(number), _named(keys, row)) for number, row in cells), "rad")


def _keys(headings: Sequence[str]) -> tuple[str, ...]:
    """Give headings that come again a number."""
    seen: dict[str, int] = {}
    keys = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        keys.append(heading if seen[heading] == 1 else f"{heading}\n{seen[heading]}")
    return tuple(keys)


def _named(keys: Sequence[str], cells: Sequence[str | None]) -> dict[str, str]:
    return {key: cell for key, cell in zip(keys, cells, strict=True) if cell}


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text file, in the encoding that the file as a whole has."""
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        encoding, errors = encoding_of(head, file)
    with path.open(encoding=encoding, errors=errors, newline="") as text:
        first = text.readline()
        yield from chain([first.lstrip("\ufeff") if encoding == "utf-16" else first] if first else [], text)


def _delimited(keys: Sequence[str], records: Iterator[tuple[int, list[str], tuple[str, str] | None]]) -> Iterator[Row]:
    for number, cells, fault in records:
        yield Row(number, _named(keys, cells)) if fault is None else Row(number, {}, *fault)


def _json(path: Path) -> Iterator[Row]:
    keys: dict[str, str] = {}
    taken: list[str] = []
    for number, record, fault in iterate_json_lines(_lines(path)):
        for name in record:
            if name not in keys:
                taken.append(tidy(name) or "")
                keys[name] = _keys(taken)[-1]
        cells = ((keys[name], as_text(value)) for name, value in record.items())
        yield Row(number, {key: cell for key, cell in cells if cell}, "", fault)


def _parquet(path: Path) -> Records:
    import pyarrow
    import pyarrow.parquet

    damaged = InputError(f"{path.name} er ødelagt eller ingen Parquet-fil; lag den på nytt.")
    try:
        file = pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowException, OSError, ValueError):
        raise damaged from None
    names = file.schema_arrow.names
    keys = _keys(["" if name.startswith("__index_level_") else tidy(name) or "" for name in names])

    def rows() -> Iterator[Row]:
        number = 2
        try:
            for batch in file.iter_batches(_ROWS):
                columns = [[as_text(value) for value in column.to_pylist()] for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    yield Row(number, _named(keys, cells))
                    number += 1
        except (pyarrow.ArrowException, OSError, ValueError):
            raise damaged from None

    return Records(keys, rows(), "rad")
