"""A delimited file: bytes to text, text to records, with broken lines set aside."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from textinnsikt.errors import InputError
from textinnsikt.study.cells import tidy

Rejected = tuple[int, str, str]  # line number, column, reason

_UNDECODABLE = re.compile("[\udc80-\udcff]")  # what surrogateescape makes of a byte that is not UTF-8
_SEPARATORS = (";", ",", "\t")
_SAMPLE = 50


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
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").lstrip("\ufeff")
    if data[1:4:2] == b"\0\0" or data[:3:2] == b"\0\0":  # UTF-16 without its mark
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", errors="replace")
    has_mark = data.startswith(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        lines = [line.decode("utf-8", errors="surrogateescape") for line in data.split(b"\n")]
    broken = sum(undecodable(line) for line in lines)
    sound = sum(not line.isascii() and not undecodable(line) for line in lines)
    if has_mark or sound >= broken:
        return data.decode("utf-8-sig", errors="surrogateescape")
    return data.decode(
        "cp1252", errors="ignore"
    )  # five bytes mean nothing in cp1252, control signs in Latin-1


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
    lines = split_lines(text)
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    named = re.fullmatch(r'"?sep=([;,\t|])"?\s*', lines[first], re.IGNORECASE) if lines else None
    first += named is not None
    separator = named[1] if named else _separator(lines[first:])
    records = _records(lines, first, separator)
    _, cells, fault = next(records, (0, [], ""))
    if fault:
        raise InputError(
            f"{source}, linje {first + 1}: rett anførselstegnene i overskriftene; ett er ikke lukket."
        )
    headings = [tidy(cell) or "" for cell in cells]
    rows: list[list[str]] = []
    numbers: list[int] = []
    rejected: list[Rejected] = []
    width = len(headings)
    check = undecodable(text)
    for number, cells, fault in records:
        if not fault and len(cells) > width and not any(cells[width:]):
            del cells[width:]
        if fault:
            rejected.append((number, "", fault))
        elif not any(cell and not cell.isspace() for cell in cells):
            continue
        elif check and any(undecodable(cell) for cell in cells):
            column = next(i for i, cell in enumerate(cells) if undecodable(cell))
            name = headings[column] if column < width else ""
            rejected.append((number, name, "linja kan ikke leses som UTF-8"))
        elif len(cells) != width:
            many = "mange" if len(cells) > width else "få"
            rejected.append((number, "", f"for {many} felt: {len(cells)} i stedet for {width}"))
        else:
            rows.append(cells)
            numbers.append(number)
    return headings, rows, numbers, rejected


def _records(lines: list[str], first: int, separator: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield line number, cells and fault; after a fault the reading starts again on the next line."""
    start = first
    while start < len(lines):
        reader = csv.reader(
            map(lines.__getitem__, range(start, len(lines))), delimiter=separator, strict=True
        )
        base = start
        try:
            for cells in reader:
                yield start + 1, cells, ""
                start = base + reader.line_num
        except csv.Error:
            yield start + 1, [], "et anførselstegn er ikke lukket eller står midt i en celle"
            start += 1


def _separator(lines: list[str]) -> str:
    """Choose the separator that splits the headings, and most of the first rows into as many cells."""

    def fit(separator: str) -> tuple[float, int]:
        records = list(islice(_records(lines, 0, separator), _SAMPLE))
        widths = [len(cells) for _, cells, _ in records if any(cells)]
        if not widths or widths[0] < 2:
            return (0.0, 0)
        return (round(widths.count(widths[0]) / len(records), 1), widths[0])

    return max(_SEPARATORS, key=fit)
