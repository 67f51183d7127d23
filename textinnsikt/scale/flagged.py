"""Flagged comments: those in another language than Norwegian, listed beside the result they belong to."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from textinnsikt.scale.folder import JobFolder, refuse_other, write_whole
from textinnsikt.scale.joining import join_parts
from textinnsikt.study import foreign_rows


def flagged_path(output: Path) -> Path:
    """Return the place of a result's list; it bears the result's whole name, for many results can lie in one folder.

    Examples
    --------
    >>> flagged_path(Path("temaer.parquet")).name
    'temaer.parquet.flagget.csv'
    """
    return output.with_name(f"{output.name}.flagget.csv")


def flagged_part(job: JobFolder, number: int) -> Path:
    """Return the place of one part's list; there only when the part has such comments."""
    return job.part("flagget", number, ".csv")


def write_flagged(job: JobFolder, number: int, comments: pd.DataFrame, languages: Sequence[str | None]) -> int:
    """Write one part's list, if it has any comments in other languages; return how many."""
    rows = foreign_rows(comments, languages)
    if len(rows):
        write = partial(rows.to_csv, index=False, encoding="utf-8", lineterminator="\n")
        write_whole(flagged_part(job, number), write)
    return len(rows)


def join_flagged(job: JobFolder, numbers: Iterable[int]) -> None:
    """Join the lists of these parts, in the job's folder."""
    if parts := [flagged_part(job, number) for number in numbers]:
        write_whole(_joined(job), partial(join_parts, parts, ".csv"))


def check_flagged(job: JobFolder) -> None:
    """Refuse to write over, or leave beside the result, a list that is not this job's."""
    refuse_other(flagged_path(job.output), _joined(job))


def publish_flagged(job: JobFolder, force: bool) -> None:
    """Put the list in place, or take away an earlier result's where there is none."""
    if not force:
        check_flagged(job)
    if _joined(job).exists():
        write_whole(flagged_path(job.output), partial(shutil.copyfile, _joined(job)))
    else:
        flagged_path(job.output).unlink(missing_ok=True)


def _joined(job: JobFolder) -> Path:
    return job.folder / "ferdig_flagget.csv"
