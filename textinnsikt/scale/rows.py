"""Row parts: the input as it was read, in Parquet files of equal length that any worker can open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from textinnsikt.scale.folder import JobFolder, write_whole
from textinnsikt.scale.records import Row, heading_of, read_records
from textinnsikt.scale.sources import Source
from textinnsikt.study.table import Table

#: Rows of the input in one part. A kill loses at most one part's work.
PART_ROWS = 8192
_OWN = ("fil", "linje", "kolonne", "grunn")


@dataclass
class RowParts:
    """The rows of a job's input, spread over parts.

    Parameters
    ----------
    names : list of str
        The input files.
    words : list of str
        What a row of each file is called: ``linje`` or ``rad``.
    keys : list of str
        Headings of all files in the order in which they first occur (see `records.Records`).
    parts : int
        Number of parts.
    """

    names: list[str]
    words: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    parts: int = 0

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings as the files have them."""
        return tuple(heading_of(key) for key in self.keys)

    def to_dict(self) -> dict[str, Any]:
        """Return what the manifest holds."""
        return asdict(self)

    def load(self, job: JobFolder, number: int) -> list[Table]:
        """Return one part's rows in input order: one table for each file, whose columns are all the headings."""
        stored = pq.read_table(job.part("inn", number, ".parquet"))
        files, lines, columns, reasons = (stored[name].to_pylist() for name in _OWN)
        cells = {
            place: stored[str(place)].to_pylist() if str(place) in stored.column_names else None
            for place in range(len(self.keys))
        }
        frame = pd.DataFrame(cells, index=range(len(files)), dtype=object)
        frame = frame.where(frame.notna(), None)
        tables = []
        for file in sorted(set(files)):
            sound = [i for i, name in enumerate(files) if name == file and not reasons[i]]
            faulty = [i for i, name in enumerate(files) if name == file and reasons[i]]
            rows = frame.iloc[sound].set_axis(pd.Index([lines[i] for i in sound], name=self.words[file], dtype="int64"))
            rejected = tuple((lines[i], columns[i], reasons[i]) for i in faulty)
            tables.append(Table(self.headings, rows, rejected, self.names[file], "", self.words[file]))
        return tables


def write_rows(
    sources: Sequence[Source],
    job: JobFolder,
    part_rows: int = PART_ROWS,
    progress: Callable[[int], None] | None = None,
) -> RowParts:
    """Read the input files one after the other and write their rows in parts.

    Parameters
    ----------
    sources : sequence of Source
        Together one study.
    job : JobFolder
    part_rows : int
        Rows in each part but the last.
    progress : callable, optional
        Called with the number of rows read so far.

    Returns
    -------
    RowParts

    Raises
    ------
    InputError
        When a file cannot be read.
    """
    rows = RowParts([source.name for source in sources])
    places: dict[str, int] = {}
    read = _read_all(sources, rows, places)
    while part := list(islice(read, part_rows)):
        write_whole(job.part("inn", rows.parts, ".parquet"), partial(pq.write_table, _table(part, places)))
        rows.parts += 1
        if progress is not None:
            progress((rows.parts - 1) * part_rows + len(part))
    rows.keys = list(places)
    return rows


def _read_all(sources: Sequence[Source], rows: RowParts, places: dict[str, int]) -> Iterator[tuple[int, Row]]:
    for file, source in enumerate(sources):
        records = read_records(source.path)
        rows.words.append(records.row_word)
        for key in records.headings:
            places.setdefault(key, len(places))
        for row in records.rows:
            for key in row.cells:
                places.setdefault(key, len(places))
            yield file, row


def _table(part: Sequence[tuple[int, Row]], places: dict[str, int]) -> pa.Table:
    columns: dict[str, Any] = {
        "fil": pa.array([file for file, _ in part], pa.int32()),
        "linje": pa.array([row.number for _, row in part], pa.int64()),
        "kolonne": pa.array([row.column for _, row in part], pa.string()),
        "grunn": pa.array([row.fault for _, row in part], pa.string()),
    }
    for key, place in places.items():
        columns[str(place)] = pa.array([row.cells.get(key) for _, row in part], pa.large_string())
    return pa.table(columns)
