"""Labelled comments: reading the file and turning values into the tagger's outputs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study import VALUES
from textinnsikt.study.table import read_table
from textinnsikt.themes.codebook import Codebook

#: Names of the parts in the column ``del``.
PARTS = ("trening", "validering", "test")
#: Columns that may stand beside the texts and the themes.
_BESIDE = ("id", "henvendelse", "kommentar_nr", "stemme", "del", "kanal", "klasse", "målform")


def read_labelled(path: str | Path, codebook: Codebook | None = None) -> pd.DataFrame:
    """Read a labelled file and check every theme cell.

    Parameters
    ----------
    path : str or Path
        CSV, Excel, Parquet or JSON Lines with ``tekst`` and one column a theme holding ``ingen``, ``positiv``,
        ``negativ`` or ``blandet``; ``id`` (or ``henvendelse`` and ``kommentar_nr``), ``stemme``, ``del``, ``kanal``,
        ``klasse`` and ``målform`` may stand beside.
    codebook : Codebook, optional
        Themes to expect; default is the shipped codebook.

    Returns
    -------
    pandas.DataFrame
        The file's columns, all text.

    Raises
    ------
    InputError
        Names the first faulty column or row.
    """
    codebook = codebook or Codebook.load()
    table = read_table(path)
    name, word = table.source, table.row_word
    if table.rejected:
        line, _, reason = table.rejected[0]
        raise InputError(f"{name}, {word} {line}: {reason}.")
    frame = table.cells.set_axis(list(table.headings), axis=1)
    wanted = ("tekst", *codebook.keys)
    known = {column.lower(): column for column in (*_BESIDE, *wanted)}
    frame = frame.rename(columns=lambda heading: known.get(str(heading).strip().lower(), heading))
    for column in known.values():
        if (frame.columns == column).sum() > 1:
            raise InputError(f"{name} har flere kolonner som heter «{column}»; gi dem ulike navn.")
    for column in wanted:
        if column not in frame.columns:
            raise InputError(f"{name} mangler kolonnen «{column}».")
    if frame.empty:
        raise InputError(f"{name} har ingen kommentarer under overskriftene.")
    frame = frame.fillna("").astype(str)
    for theme in codebook.keys:
        frame[theme] = frame[theme].str.strip().str.lower()
        faulty = frame.index[~frame[theme].isin(VALUES)]
        if len(faulty):
            row = int(faulty[0])
            raise InputError(
                f"{name}, {word} {row}: «{frame.at[row, theme]}» i kolonnen «{theme}» "
                f"må være en av {', '.join(VALUES)}."
            )
    empty = frame.index[frame["tekst"].str.strip() == ""]
    if len(empty):
        raise InputError(f"{name}, {word} {int(empty[0])}: kolonnen «tekst» er tom.")
    return frame.reset_index(drop=True)


def contacts_of(frame: pd.DataFrame) -> pd.Series:
    """Return what each comment belongs to: its contact where the file tells, or else its text.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"tekst": ["Fint.", "Fint.", "Greit."], "henvendelse": ["7", "7", ""]})
    >>> contacts_of(frame).tolist()
    ['henvendelse 7', 'henvendelse 7', 'Greit.']
    """
    if "henvendelse" not in frame.columns:
        return frame["tekst"]
    contact = frame["henvendelse"].astype(object)
    name = contact.where(contact.notna(), "").astype(str).str.strip()
    return frame["tekst"].where(name == "", "henvendelse " + name)


def to_targets(labels: pd.DataFrame, codebook: Codebook) -> np.ndarray:
    """Turn theme values into yes/no targets.

    Returns
    -------
    numpy.ndarray
        0/1, rows x outputs in the order of ``codebook.outputs``; ``blandet`` is 1 for both polarities.

    Examples
    --------
    >>> import pandas as pd
    >>> book = Codebook.from_dict({"tema": {"lytting": {}}})
    >>> to_targets(pd.DataFrame({"lytting": ["ingen", "negativ", "blandet"]}), book).tolist()
    [[0, 0], [0, 1], [1, 1]]
    """
    columns = []
    for output in codebook.outputs:
        theme, mention = output.rsplit(":", 1)
        columns.append(labels[theme].isin([mention, "blandet"]).to_numpy(dtype=int))
    return np.column_stack(columns)


def to_values(decisions: np.ndarray, codebook: Codebook) -> pd.DataFrame:
    """Turn yes/no decisions (rows x outputs) into one value per theme; the inverse of `to_targets`.

    Examples
    --------
    >>> import numpy as np
    >>> book = Codebook.from_dict({"tema": {"lytting": {}}})
    >>> to_values(np.array([[0, 0], [0, 1], [1, 1]]), book)["lytting"].tolist()
    ['ingen', 'negativ', 'blandet']
    """
    decisions = np.asarray(decisions, dtype=bool)
    values = {}
    for place, theme in enumerate(codebook.keys):
        positive, negative = decisions[:, 2 * place], decisions[:, 2 * place + 1]
        values[theme] = np.select([positive & negative, positive, negative], ["blandet", "positiv", "negativ"], "ingen")
    return pd.DataFrame(values)
