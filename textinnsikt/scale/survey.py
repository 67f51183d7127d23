"""The survey: what only the input as a whole tells, gathered part by part before anything is tagged."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.scale.folder import JobFolder
from textinnsikt.scale.rows import RowParts
from textinnsikt.study import cells as cell
from textinnsikt.study.checks import NO_SCORE, check_comments, refuse_empty, refuse_scores, split_rows
from textinnsikt.study.delimited import Rejected
from textinnsikt.study.headings import Layout, lay_out
from textinnsikt.study.questions import PERSONAL, mostly_numbers, read_questions
from textinnsikt.study.reading import build_comments, column_of, is_unnamed
from textinnsikt.study.table import Table

#: A score goes along as it is, for nothing here depends on its scale; but one further from 0 than this is no score.
LARGEST = 1e11
TOO_LARGE = "totalscore er for stor til å være en score"
_SHARE = 2_000_000  # ids compared at a time, so that they need not all be held at once


@dataclass(frozen=True)
class Facts:
    """What a part must know of the whole to be read as the whole would be.

    Parameters
    ----------
    columns : dict of str to int
        Position of each canonical column.
    questions : dict of str to int
        Position of each question column, by its name in the results.
    codes : dict of str to str
        Shopper to code.
    kept : list of str
        Names of centres and classes, which are not masked.
    ticked : bool
        ``besvart`` is a tick or nothing.
    comments, rejected : int
        Comments that are not empty; rows set aside.
    """

    columns: dict[str, int]
    questions: dict[str, int]
    codes: dict[str, str]
    kept: list[str]
    ticked: bool
    comments: int
    rejected: int

    @property
    def layout(self) -> Layout:
        """The columns as the study's functions take them."""
        return Layout(self.columns, frozenset())

    def to_dict(self) -> dict[str, Any]:
        """Return what the manifest holds."""
        return asdict(self)


class _Tally:
    """Numbers and other answers of one column."""

    def __init__(self) -> None:
        self.numbers = self.others = 0
        self.largest = 0.0

    def add(self, cells: pd.Series, yes_no: bool) -> None:
        values, wrong = cell.numbers(cells, yes_no=yes_no)
        self.numbers += int(values.notna().sum())
        self.others += int(wrong.sum())
        if values.notna().any():
            self.largest = max(self.largest, float(values.abs().max()))


def take_survey(rows: RowParts, job: JobFolder, mapping: Mapping[str, str], source: str) -> Facts:
    """Go through all rows once, check them as `textinnsikt.study.read_study` does, and set faulty ones aside.

    Parameters
    ----------
    rows : RowParts
    job : JobFolder
        Gets ``avvist.csv`` (``linje, kolonne, grunn``; ``fil`` first when there are several files) when rows are set
        aside.
    mapping : mapping of str to str
        Canonical name to heading.
    source : str
        Name of the input in messages.

    Returns
    -------
    Facts

    Raises
    ------
    InputError
        When columns are missing, an id comes twice, no comment or no row is left, or most scores are no numbers.
    """
    first = lay_out(rows.headings, mapping, source)  # every column taken for text: the most that can be comments
    doubtful = [place for name, place in first.columns.items() if name.startswith("kommentar_")]
    as_text = {place: _Tally() for place in doubtful}
    answers = {place: _Tally() for place in range(len(rows.keys)) if place not in first.columns.values()}
    answers |= {place: _Tally() for place in doubtful}
    for table in _tables(rows, job):
        for place, tally in as_text.items():
            tally.add(table.cells[place], yes_no=False)
        usable = sound_rows(table, first)[0]
        for place, tally in answers.items():
            tally.add(usable[place], yes_no=True)
    is_text = {place: not (tally.numbers and not tally.others) for place, tally in as_text.items()}
    layout = lay_out(rows.headings, mapping, source, lambda place: is_text.get(place, True))
    return _gather(rows, job, layout, answers, source)


def sound_rows(table: Table, layout: Layout) -> tuple[pd.DataFrame, pd.Series, list[Rejected]]:
    """Do what `split_rows` does, and set aside rows whose score no scale can hold."""
    cells, scores, rejected = split_rows(table, layout)
    beyond = scores.abs() > LARGEST
    if not beyond.any():
        return cells, scores, rejected
    heading = table.headings[layout.columns["totalscore"]]
    rejected = rejected + [(int(line), heading, TOO_LARGE) for line in scores.index[beyond]]
    return cells[~beyond], scores[~beyond], rejected


def _tables(rows: RowParts, job: JobFolder) -> Iterator[Table]:
    for number in range(rows.parts):
        yield from rows.load(job, number)


def _gather(rows: RowParts, job: JobFolder, layout: Layout, answers: dict[int, _Tally], source: str) -> Facts:
    found = _Found(layout)
    several = len(rows.names) > 1
    with (
        (job.folder / "avvist.csv").open("w", encoding="utf-8", newline="") as file,
        (job.folder / "ider").open("wb") as ids,
    ):
        aside = csv.writer(file, lineterminator="\n")
        aside.writerow([*(["fil"] if several else []), "linje", "kolonne", "grunn"])
        for table in _tables(rows, job):
            usable, faults = found.add(table)
            aside.writerows([*([table.source] if several else []), *fault] for fault in faults)
            ids.write(_hash(_ids(usable, layout)).tobytes())
    empty = Table(rows.headings, pd.DataFrame(columns=range(len(rows.keys)), dtype=object), (), source, "", "rad")
    if found.wrong > found.scores:
        refuse_scores(empty, layout)
    if found.beyond > found.scores:
        _refuse_large(empty, layout)
    if not found.rows:
        refuse_empty(*(found.first or (empty, [])))
    _check_ids(rows, job, layout)
    if not found.comments:
        check_comments(empty, layout, build_comments(empty.cells, layout))
    return Facts(
        columns=layout.columns,
        questions=_questions(rows, layout, answers),
        codes=found.codes(),
        kept=sorted(found.kept),
        ticked=found.answers == {"x"},
        comments=found.comments,
        rejected=found.rejected,
    )


class _Found:
    """What the rows hold, counted."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.rows = self.comments = self.scores = self.wrong = self.beyond = self.rejected = 0
        self.first: tuple[Table, list[Rejected]] | None = None
        self.shoppers: set[str] = set()
        self.kept: set[str] = set()
        self.answers: set[str] = set()

    def add(self, table: Table) -> tuple[pd.DataFrame, list[Rejected]]:
        """Count a table; return its usable rows and the faults of the others, by line."""
        usable, scores, rejected = sound_rows(table, self.layout)
        faults = sorted([*table.rejected, *rejected])
        if faults and self.first is None:
            self.first = (replace(table, rejected=()), faults[:1])
        self.rows += len(usable)
        self.rejected += len(faults)
        self.wrong += sum(reason == NO_SCORE for *_, reason in rejected)
        self.beyond += sum(reason == TOO_LARGE for *_, reason in rejected)
        self.scores += int(scores.notna().sum())
        self.comments += int(build_comments(usable, self.layout).notna().to_numpy().sum())
        self.shoppers |= set(cell.labels(column_of(usable, self.layout, "shopper")).dropna())
        for name in ("kundesenter", "klasse"):
            self.kept |= set(cell.labels(column_of(usable, self.layout, name)).dropna())
        if len(self.answers) < 2:
            said = column_of(usable, self.layout, "besvart").dropna().unique()
            self.answers |= {text.strip().casefold() for text in said}
        return usable, faults

    def codes(self) -> dict[str, str]:
        names = pd.Series(sorted(self.shoppers), dtype=object)
        return dict(zip(names, cell.codes(names), strict=True))


def _questions(rows: RowParts, layout: Layout, answers: dict[int, _Tally]) -> dict[str, int]:
    """Return the question columns by their names in the results."""
    used = {*layout.columns.values(), *layout.spare}
    places = [
        place
        for place, heading in enumerate(rows.headings)
        if place not in used
        and not is_unnamed(heading)
        and mostly_numbers(answers[place].numbers, answers[place].others)
        and answers[place].largest < PERSONAL
    ]
    named, _ = read_questions(pd.DataFrame([["1"] * len(places)]), [rows.headings[place] for place in places])
    return dict(zip(named.columns, places, strict=True))


def _ids(rows: pd.DataFrame, layout: Layout) -> pd.Series:
    return cell.labels(rows[layout.columns["henvendelse"]])


def _hash(names: pd.Series) -> np.ndarray:
    return pd.util.hash_array(names.to_numpy(dtype=object), categorize=False)


def _check_ids(rows: RowParts, job: JobFolder, layout: Layout) -> None:
    """Demand that no two rows have the same id; holds a share of the ids' hashes at a time."""
    path = job.folder / "ider"
    n_ids = path.stat().st_size // 8
    hashes = np.memmap(path, dtype=np.uint64, mode="r", shape=(n_ids,))
    shares = 1 + n_ids // _SHARE
    twice: list[np.ndarray] = []
    for share in range(shares):
        blocks = (hashes[start : start + _SHARE] for start in range(0, n_ids, _SHARE))
        mine = np.sort(np.concatenate([block[block % np.uint64(shares) == share] for block in blocks]))
        twice.append(np.unique(mine[1:][mine[1:] == mine[:-1]]))
    del hashes
    path.unlink()
    again = np.concatenate(twice)
    if not len(again):
        return
    seen: dict[str, tuple[Table, int]] = {}
    for table in _tables(rows, job):
        names = _ids(sound_rows(table, layout)[0], layout)
        for line, name in names[np.isin(_hash(names), again)].items():
            if name in seen:
                _refuse_id(layout, name, *seen[name], table, int(str(line)))
            seen[name] = (table, int(str(line)))


def _refuse_large(table: Table, layout: Layout) -> NoReturn:
    heading = table.headings[layout.columns["totalscore"]]
    raise InputError(
        f"{table.source}: kolonnen «{heading}» har mest tall som er for store til å være en score; velg totalscoren "
        'med --map totalscore="Overskrift".'
    )


def _refuse_id(layout: Layout, name: str, first: Table, line: int, second: Table, again: int) -> None:
    other = f" i {second.source}" if second.source != first.source else ""
    raise InputError(
        f"{first.source}: «{name}» står i kolonnen «{first.headings[layout.columns['henvendelse']]}» "
        f"både i {first.row_word} {line} og i {second.row_word} {again}{other}; gi hver henvendelse sin egen id og "
        'sin egen rad, eller velg id-kolonnen med --map henvendelse="Overskrift".'
    )
