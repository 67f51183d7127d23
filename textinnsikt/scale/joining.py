"""Joining the parts of a result into one file."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq


def join_parts(parts: Iterable[Path], ending: str, target: Path) -> None:
    """Write the parts one after the other, as one file of the same format.

    Parameters
    ----------
    parts : iterable of Path
        In order.
    ending : str
        ``.csv``, ``.jsonl`` or ``.parquet``.
    target : Path
        The file; overwritten.
    """
    if ending == ".parquet":
        _join_parquet(list(parts), target)
        return
    with target.open("wb") as file:
        copy_parts(parts, ending, file)


def copy_parts(parts: Iterable[Path], ending: str, target: BinaryIO, headings: bool = True) -> None:
    """Write text parts one after the other; of the lines of headings the first, or none."""
    for part in parts:
        with part.open("rb") as file:
            if ending == ".csv" and not headings:
                file.readline()
            headings = False
            shutil.copyfileobj(file, target, 1 << 20)


def _join_parquet(parts: list[Path], target: Path) -> None:
    # A column that is empty all through a part has no type there.
    schema = pa.unify_schemas([pq.read_schema(part) for part in parts], promote_options="permissive")
    with pq.ParquetWriter(target, schema) as writer:
        for part in parts:
            writer.write_table(pq.read_table(part).cast(schema))
