"""A question: a column of numbers beside the contact's own."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from textinnsikt.study.cells import numbers
from textinnsikt.study.study import CONTACT_COLUMNS

_THEMES = ("lytting", "behovskartlegging", "løsning", "mersalg")  # those of the shipped codebook
#: Names that other columns of ``kommentarer.csv`` have, whatever the codebook, and with the shipped one.
OWN_COLUMNS = frozenset((*CONTACT_COLUMNS, "kommentar_nr", "tekst", "modell", "modell_hash"))
RESERVED = OWN_COLUMNS | frozenset(_THEMES)
_RESERVED_SHAPE = re.compile(r".+_(p_positiv|p_negativ|setning)|kommentar_\d+|.*:(positiv|negativ)")
_LONG = 30  # letters in half of the answers: comments rather than words to choose from
_MOST = 0.9  # share of the answers that must be numbers
#: Telephone, account and identity numbers have eight digits or more.
PERSONAL = 10_000_000


def read_questions(
    cells: pd.DataFrame, headings: Iterable[str], n_comments: int = 0
) -> tuple[pd.DataFrame, list[str]]:
    """Find the question columns and read their numbers.

    A column is a question when nine of ten of its answers are numbers (``ja`` and ``nei`` are 1 and 0,
    ``vet ikke`` is missing) and none of them is as long as a telephone number. Names that the output needs
    get ``spm_`` before them.

    Parameters
    ----------
    cells : pandas.DataFrame
        Text or None, one column for each heading.
    headings : iterable of str
    n_comments : int
        Highest number of a comment that the study has: a note on a column of long texts tells how to have it read as
        the next.

    Returns
    -------
    questions : pandas.DataFrame
        float64, one column for each question.
    notes : list of str
        Norwegian sentences about columns left out or renamed and answers that are no numbers.

    Examples
    --------
    >>> cells = pd.DataFrame([["4", "Ja", "pen"], ["vet ikke", "Nei", "rød"]])
    >>> questions, notes = read_questions(cells, ["løsning", "Takket", "Farge"])
    >>> questions.to_dict("list")
    {'spm_løsning': [4.0, nan], 'Takket': [1.0, 0.0]}
    >>> notes[-1]
    'Kolonnen «Farge» er ikke tall og er ikke brukt.'
    """
    found: dict[str, pd.Series] = {}
    notes = []
    for heading, position in zip(headings, cells.columns, strict=True):
        values, wrong = numbers(cells[position], yes_no=True)
        said = int(values.notna().sum())
        if not said and not wrong.any():
            continue
        if not mostly_numbers(said, int(wrong.sum())):
            if cells[position].dropna().str.len().median() >= _LONG:
                n_comments += 1
                notes.append(
                    f"Kolonnen «{heading}» har tekst og er ikke brukt; er det kommentarer, ta den med: "
                    f'--map kommentar_{n_comments}="{heading}".'
                )
            else:
                notes.append(f"Kolonnen «{heading}» er ikke tall og er ikke brukt.")
            continue
        if (values.abs() >= PERSONAL).any():
            notes.append(
                f"Kolonnen «{heading}» har tall på minst åtte sifre, som et telefonnummer, og er ikke brukt."
            )
            continue
        if wrong.any():
            notes.append(
                f"Kolonnen «{heading}»: {int(wrong.sum())} svar er ikke tall og regnes som manglende."
            )
        name = _free_name(heading, found)
        if name != heading:
            notes.append(f"Spørsmålet «{heading}» heter «{name}» i resultatene.")
        found[name] = values
    return pd.DataFrame(found, index=cells.index), notes


def mostly_numbers(numbers: int, others: int) -> bool:
    """Tell whether a column with so many numbers and other answers is a question.

    Examples
    --------
    >>> mostly_numbers(9, 1), mostly_numbers(8, 1), mostly_numbers(0, 0)
    (True, False, False)
    """
    return numbers > 0 and numbers >= _MOST * (numbers + others)


def _free_name(heading: str, taken: Iterable[str]) -> str:
    """Return the heading, changed where the output already has such a name."""
    folded = heading.casefold()
    name = f"spm_{heading}" if folded in RESERVED or _RESERVED_SHAPE.fullmatch(folded) else heading
    others = {other.casefold() for other in taken}
    if name.casefold() not in others:
        return name
    return next(new for n in range(2, 10_000) if (new := f"{name}_{n}").casefold() not in others)
