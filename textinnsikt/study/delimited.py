"""A delimited file: bytes to text, text to records, with broken lines set aside."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from textinnsikt.errors import InputError
from textinnsikt.study.cells import tidy

Rejected = tuple[int, str, str]  # line number, column, reason

_UNDECODABLE = re.compile("[\udc80-\udcff]")  # what surrogateescape makes of a byte that is not UTF-8
_SEPARATORS = (";", ",", "\t")
_SAMPLE = 50
_HEAD = 10_000  # lines in which the sample is looked for
#: Why a row is set aside whose cell is longer than Python's reader of CSV takes.
TOO_LONG = "en celle har mer enn 131 072 tegn"
#: Rows with content among which the headings are looked for.
HEAD_ROWS = 10


def decode(data: bytes) -> str:
    r"""Decode a text file in the encoding it has as a whole.

    A byte order mark decides. Else UTF-8, when the file is UTF-8, or when at least as many lines hold letters
    outside ASCII that are UTF-8 as hold bytes that are not: such lines then carry the bytes as lone
    surrogates (see `undecodable`). Everything else is cp1252, which Norwegian Excel writes and which holds
    Latin-1.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    str
        The text, without byte order mark.

    Examples
    --------
    >>> decode("Lyttet nøye".encode("cp1252")), decode("\ufeffLøsning".encode("utf-16"))
    ('Lyttet nøye', 'Løsning')
    """
    encoding, errors = encoding_of(data[:4], data.split(b"\n"))
    text = data.decode(encoding, errors)
    return text.lstrip("\ufeff") if encoding == "utf-16" else text


def encoding_of(head: bytes, lines: Iterable[bytes]) -> tuple[str, str]:
    """Tell in which encoding a text file is, by the rules of `decode`.

    Parameters
    ----------
    head : bytes
        The first four bytes.
    lines : iterable of bytes
        The file's lines; read only when the head does not tell.

    Returns
    -------
    tuple of str
        Name of the encoding and what to do with bytes that do not fit, as `bytes.decode` takes them.

    Examples
    --------
    >>> encoding_of(b"17;L", ["17;Lyttet nøye".encode("cp1252")])
    ('cp1252', 'ignore')
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "replace"
    if head[1:4:2] == b"\0\0" or head[:3:2] == b"\0\0":  # UTF-16 without its mark
        return ("utf-16-be" if head[:1] == b"\0" else "utf-16-le"), "replace"
    broken = sound = 0
    for line in lines:
        if not line.isascii():
            fits = not undecodable(line.decode("utf-8", errors="surrogateescape"))
            sound, broken = sound + fits, broken + (not fits)
    if not broken:
        return "utf-8-sig", "strict"
    if head.startswith(b"\xef\xbb\xbf") or sound >= broken:
        return "utf-8-sig", "surrogateescape"
    return "cp1252", "ignore"  # five bytes mean nothing in cp1252, control signs in Latin-1


def undecodable(text: str) -> bool:
    """Tell whether `decode` met bytes in this text that it could not read."""
    return bool(_UNDECODABLE.search(text))


def split_lines(text: str) -> list[str]:
    """Split at line feeds and carriage returns only, and keep them."""
    return io.StringIO(text, newline="").readlines()


def parse_delimited(text: str, source: str) -> tuple[list[str], list[list[str]], list[int], list[Rejected]]:
    r"""Read comma, semicolon or tab separated text.

    Parameters
    ----------
    text : str
        The decoded file. Quoted cells may hold line ends; a first line ``sep=;`` is obeyed.
    source : str
        File name for the error message.

    Returns
    -------
    headings : list of str
    rows : list of list of str
        Each as long as `headings`; rows without content are left out.
    lines : list of int
        The line on which each row starts; the first line of the file is 1.
    rejected : list of tuple
        Line number, column and reason for each row set aside.

    Raises
    ------
    InputError
        When the line of headings cannot be read.

    Examples
    --------
    >>> parse_delimited('id;score\n1;"86,7"\n2\n', "studie.csv")
    (['id', 'score'], [['1', '86,7']], [2], [(3, '', 'for få felt: 1 i stedet for 2')])
    """
    headings, records = iterate_delimited(split_lines(text), source)
    rows: list[list[str]] = []
    numbers: list[int] = []
    rejected: list[Rejected] = []
    for number, cells, fault in records:
        if fault is not None:
            rejected.append((number, *fault))
        else:
            rows.append(cells)
            numbers.append(number)
    return headings, rows, numbers, rejected


Record = tuple[int, list[str], tuple[str, str] | None]  # line number, cells, column and reason of a fault


def iterate_delimited(lines: Iterable[str], source: str) -> tuple[list[str], Iterator[Record]]:
    r"""Read delimited text line by line, holding no more of it than one record.

    Parameters
    ----------
    lines : iterable of str
        With their line ends.
    source : str
        File name for the error message.

    Returns
    -------
    headings : list of str
    records : iterator of tuple
        Line number, cells (as many as there are headings) and None; or line number, nothing, and the column and
        reason for setting the row aside. Rows without content are left out.

    Raises
    ------
    InputError
        When the line of headings cannot be read.

    Examples
    --------
    >>> headings, records = iterate_delimited(["id;score\n", '1;"86,7"\n', "2\n"], "studie.csv")
    >>> headings, list(records)
    (['id', 'score'], [(2, ['1', '86,7'], None), (3, [], ('', 'for få felt: 1 i stedet for 2'))])
    """
    source_lines = iter(lines)
    head = list(islice(source_lines, _HEAD))
    blank = next((number for number, line in enumerate(head) if line.strip()), len(head))
    named = re.fullmatch(r'"?sep=([;,\t|])"?\s*', head[blank], re.IGNORECASE) if blank < len(head) else None
    first = blank + (named is not None)
    separator = named[1] if named else _separator(head[first:])
    records = _records(chain(head[first:], source_lines), first + 1, separator)
    above = list(islice(records, HEAD_ROWS))
    even = [cells if len(cells) == len(above[0][1]) else [] for _, cells, _ in above]  # a broken row tells nothing
    records = chain(above[title_rows(even) :], records)
    _, cells, fault = next(records, (0, [], ""))
    if fault:
        raise InputError(f"{source}, linje {first + 1}: rett anførselstegnene i overskriftene; ett er ikke lukket.")
    headings = [tidy(cell) or "" for cell in cells]
    return headings, _checked(records, headings)


def title_rows(rows: Sequence[Sequence[str | None]]) -> int:
    """Count the rows above the headings: a title, or names of groups of columns.

    The headings are the first row with content in at least half as many cells as the fullest one has.

    Parameters
    ----------
    rows : sequence of sequence of str
        The first rows of a file.

    Returns
    -------
    int

    Examples
    --------
    >>> title_rows([["Vinterstudien", "", ""], ["", "", ""], ["id", "score", "tekst"], ["1", "87", "Bra"]])
    2
    """
    filled = [sum(bool(cell and cell.strip()) for cell in row) for row in rows]
    return next((place for place, count in enumerate(filled) if 2 * count >= max(filled)), 0)


def _checked(records: Iterator[tuple[int, list[str], str]], headings: list[str]) -> Iterator[Record]:
    """Leave out empty rows and find the faults of the others."""
    width = len(headings)
    for number, cells, fault in records:
        if fault:
            yield number, [], ("", fault)
            continue
        if len(cells) > width and not any(cells[width:]):
            del cells[width:]
        if not any(cell and not cell.isspace() for cell in cells):
            continue
        if undecodable("".join(cells)):
            column = next(i for i, cell in enumerate(cells) if undecodable(cell))
            yield number, [], (headings[column] if column < width else "", "linja kan ikke leses som UTF-8")
        elif len(cells) != width:
            many = "mange" if len(cells) > width else "få"
            yield number, [], ("", f"for {many} felt: {len(cells)} i stedet for {width}")
        else:
            yield number, cells, None


def _records(lines: Iterable[str], number: int, separator: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield line number, cells and fault; after a fault the reading starts again on the next line."""
    ahead, again = iter(lines), deque[str]()
    used: list[str] = []

    def feed() -> Iterator[str]:
        while (line := again.popleft() if again else next(ahead, None)) is not None:
            used.append(line)
            yield line

    while True:
        try:
            for cells in csv.reader(feed(), delimiter=separator, strict=True):
                yield number, cells, ""
                number += len(used)
                used.clear()
            return
        except csv.Error as error:
            # Over several lines it is an open quotation mark that makes the cell so long.
            long = len(used) == 1 and "field limit" in str(error)
            yield number, [], TOO_LONG if long else "et anførselstegn er ikke lukket eller står midt i en celle"
            again.extendleft(reversed(used[1:]))
            used.clear()
            number += 1


def _separator(lines: list[str]) -> str:
    """Choose the separator that splits the headings, and most of the first rows into as many cells."""

    def fit(separator: str) -> tuple[float, int]:
        records = list(islice(_records(lines, 1, separator), _SAMPLE))
        widths = [len(cells) for _, cells, _ in records if any(cells)]
        if not widths or widths[0] < 2:
            return (0.0, 0)
        return (round(widths.count(widths[0]) / len(records), 1), widths[0])

    return max(_SEPARATORS, key=fit)
