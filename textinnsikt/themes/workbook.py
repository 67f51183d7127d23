"""A labelling workbook: one annotator's comments in Excel, with drop-down cells and the codebook on a sheet."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study import VALUES
from textinnsikt.themes.codebook import Codebook

#: The sheet with the comments, and the columns that are filled in beside the themes.
SHEET, DONE, REMARK = "Merking", "ferdig", "merknad"
#: What says which comment a row is.
KEYS = ("henvendelse", "kommentar_nr")
_HELP = (
    "Les hele kommentaren og merk bare det teksten faktisk sier. Definisjonene står på arket «Kodebok».",
    "Velg en verdi for hvert tema som er omtalt: positiv, negativ eller blandet (både positivt og negativt).",
    "Velg «ja» i kolonnen «ferdig» når kommentaren er lest. Tomme temaer blir da «ingen».",
    "Skriv i «merknad» når du er i tvil: de kommentarene er verdt å snakke om.",
    "Ta radene i den rekkefølgen de står. Da kan merkingen brukes selv om du ikke rekker alle.",
    "Ikke slett, flytt eller legg til rader.",
)
_COLOURS = {"positiv": "#D5EFE3", "negativ": "#F9DCD6", "blandet": "#FCEFC9"}
_OPTIONS: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Filled:
    """What was read from one annotator's file.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``henvendelse, kommentar_nr``, one column a theme, ``merknad``: the comments that are done, in the file's order.
    faults : tuple of str
        One Norwegian phrase for each faulty cell or row: where it is, and what is wrong.
    waiting : tuple
        ``(henvendelse, kommentar_nr)`` of the comments that are not done.
    """

    rows: pd.DataFrame
    faults: tuple[str, ...]
    waiting: tuple[tuple[str, int], ...]


def write_workbook(path: str | Path, comments: pd.DataFrame, codebook: Codebook, context: Sequence[str] = ()) -> None:
    """Write a workbook to fill in.

    Parameters
    ----------
    path : str or Path
        An ``.xlsx`` file; overwritten.
    comments : pandas.DataFrame
        ``henvendelse, kommentar_nr, tekst`` and the columns of `context`, in the order in which to label them. Masked.
    codebook : Codebook
    context : sequence of str
        Further columns to show before the text.

    Examples
    --------
    >>> import tempfile
    >>> comments = pd.DataFrame({"henvendelse": ["h1"], "kommentar_nr": [1], "tekst": ["=Hun hørte etter."]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "merking.xlsx")
    ...     write_workbook(path, comments, Codebook.load())
    ...     read_workbook(path, comments, Codebook.load()).waiting
    (('h1', 1),)
    """
    from xlsxwriter import Workbook

    with Workbook(str(path), _OPTIONS) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF2"})
        border = {"border": 1, "border_color": "#C9D3DA"}
        fill = book.add_format({"text_wrap": True, "valign": "top", "locked": False, **border})
        sheet = book.add_worksheet(SHEET)
        headings = [*KEYS, *context, "tekst", *codebook.keys, DONE, REMARK]
        sheet.write_row(0, 0, headings, bold)
        for row, record in enumerate(comments.to_dict("records"), start=1):
            for column, name in enumerate(headings):
                if name == "kommentar_nr":
                    sheet.write_number(row, column, int(record[name]), wrap)
                elif name in record and name not in (*codebook.keys, DONE, REMARK):
                    sheet.write_string(row, column, _plain(record[name]), wrap)
                else:
                    sheet.write_string(row, column, _plain(record.get(name)), fill)
        _choices(book, sheet, headings, codebook, max(1, len(comments)))
        widths = {"tekst": 90, REMARK: 40, "henvendelse": 14, "kommentar_nr": 8}
        for column, name in enumerate(headings):
            sheet.set_column(column, column, widths.get(name, 16))
        sheet.freeze_panes(1, headings.index("tekst"))
        sheet.protect("", {"format_columns": True, "format_rows": True})
        help_sheet, codes = book.add_worksheet("Slik gjør du"), book.add_worksheet("Kodebok")
        help_sheet.set_column(0, 0, 110)
        help_sheet.write_column(0, 0, _HELP, wrap)
        codes.set_column(0, 0, 22)
        codes.set_column(1, 1, 110)
        codes.write_row(0, 0, ["tema", "når"], bold)
        for row, theme in enumerate(codebook.themes, start=1):
            codes.write_row(row, 0, [theme.key, _plain(theme.definition)], wrap)


def _choices(book: Any, sheet: Any, headings: list[str], codebook: Codebook, last: int) -> None:
    """Add drop-downs, and colours for what is chosen."""
    first, end = headings.index(codebook.keys[0]), headings.index(DONE)
    message = {"error_title": "Ukjent verdi", "error_message": f"Velg {', '.join(VALUES[:-1])} eller {VALUES[-1]}."}
    sheet.data_validation(1, first, last, end - 1, {"validate": "list", "source": list(VALUES), **message})
    message = {"error_title": "Ukjent verdi", "error_message": "Velg ja, eller la cella stå tom."}
    sheet.data_validation(1, end, last, end, {"validate": "list", "source": ["ja"], **message})
    for value, colour in _COLOURS.items():
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{value}"',
            "format": book.add_format({"bg_color": colour}),
        }
        sheet.conditional_format(1, first, last, end - 1, rule)


def read_workbook(path: str | Path, comments: pd.DataFrame, codebook: Codebook, whole: bool = True) -> Filled:
    """Read a filled-in workbook and check it cell by cell.

    A row is done when ``ferdig`` is ``ja`` (empty themes are then ``ingen``) or every theme is filled in.

    Parameters
    ----------
    path : str or Path
    comments : pandas.DataFrame
        ``henvendelse, kommentar_nr``: what the workbook was made with.
    codebook : Codebook
    whole : bool
        Whether a comment without a row is a fault.

    Returns
    -------
    Filled

    Raises
    ------
    InputError
        When the file is no such workbook.
    """
    name, (headings, cells) = Path(path).name, _cells(Path(path))
    missing = [heading for heading in (*KEYS, *codebook.keys) if heading not in headings]
    if missing:
        raise InputError(f"{name} mangler kolonnen «{missing[0]}» på arket «{SHEET}»; sett overskriften tilbake.")
    at = {heading: headings.index(heading) for heading in headings if heading}
    wanted = {(str(contact), int(number)) for contact, number in zip(comments[KEYS[0]], comments[KEYS[1]], strict=True)}
    seen: dict[tuple[str, int], int] = {}
    faults: list[str] = []
    rows: list[dict[str, Any]] = []
    waiting: list[tuple[str, int]] = []
    for line, row in cells:
        found = {heading: row[place] if place < len(row) else "" for heading, place in at.items()}
        where = f"{name}, rad {line}"
        key = _key(found)
        if key not in wanted or key in seen:
            why = f"står også i rad {seen[key]}" if key in seen else "hører ikke til i dette utvalget"
            faults.append(f"{where}: kommentar {found[KEYS[1]]} i henvendelse «{found[KEYS[0]]}» {why}")
            continue
        seen[key] = line
        values, wrong = _values(found, codebook)
        faults += [f"{where}, kolonnen «{column}»: {fault}" for column, fault in wrong]
        if wrong:
            continue
        if values is None:
            waiting.append(key)
        else:
            rows.append({KEYS[0]: key[0], KEYS[1]: key[1], **values, REMARK: found.get(REMARK, "")})
    lost = [key for key in _ordered(comments) if whole and key not in seen]
    faults += [f"{name}: raden med kommentar {number} i henvendelse «{contact}» er borte" for contact, number in lost]
    frame = pd.DataFrame(rows, columns=[*KEYS, *codebook.keys, REMARK])
    return Filled(frame, tuple(faults), tuple(waiting))


def _cells(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the headings, and row number and texts of each row with content."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validation rules, which are not read
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
            rows = [[_plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]
            book.close()
    except FileNotFoundError:
        raise InputError(f"Finner ikke {path.name}.") from None
    except PermissionError:
        raise InputError(f"{path.name} kan ikke åpnes; lukk den i Excel og prøv igjen.") from None
    except Exception:  # a damaged file can fail anywhere in the zip, the XML or the library
        raise InputError(
            f"{path.name} er ødelagt eller ingen Excel-fil; åpne den og lagre den som .xlsx på nytt."
        ) from None
    body = [(line, row) for line, row in enumerate(rows[1:], start=2) if any(row)]
    return [heading.lower() for heading in rows[0]] if rows else [], body


def _values(found: dict[str, str], codebook: Codebook) -> tuple[dict[str, str] | None, list[tuple[str, str]]]:
    """Return one row's values (None when it is not done), and column and fault of each faulty cell."""
    done = found.get(DONE, "").lower()
    wrong = [] if done in ("", "ja", "x") else [(DONE, f"«{found[DONE]}» må være ja eller tom")]
    values = {theme: found[theme].lower() for theme in codebook.keys}
    for theme, value in values.items():
        if value and value not in VALUES:
            wrong.append((theme, f"«{found[theme]}» må være {', '.join(VALUES[:-1])} eller {VALUES[-1]}"))
    if not done and not all(values.values()):
        return None, wrong
    return {theme: value or "ingen" for theme, value in values.items()}, wrong


def _key(found: dict[str, str]) -> tuple[str, int]:
    number = re.fullmatch(r"(\d+)(?:[.,]0*)?", found[KEYS[1]])
    return found[KEYS[0]], int(number[1]) if number else -1


def _ordered(comments: pd.DataFrame) -> list[tuple[str, int]]:
    return [(str(contact), int(number)) for contact, number in zip(comments[KEYS[0]], comments[KEYS[1]], strict=True)]


def _plain(value: Any) -> str:
    """Return a cell as tidy text; whole numbers without a decimal point."""
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", str(value))
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text).strip()
