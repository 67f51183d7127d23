"""Tables on the terminal."""

from __future__ import annotations

import pandas as pd


def write_table(frame: pd.DataFrame, decimals: int = 2) -> list[str]:
    """Return a frame as lines of text with decimal commas; missing cells are empty.

    Examples
    --------
    >>> write_table(pd.DataFrame({"utfall": ["lytting"], "f1": [0.8123], "n": [12]}))
    ['utfall     f1   n', 'lytting  0,81  12']
    """
    columns = []
    for name in frame.columns:
        cells = [_cell(value, decimals) for value in frame[name]]
        width = max(len(str(name)), *map(len, cells)) if cells else len(str(name))
        text = pd.api.types.is_numeric_dtype(frame[name])
        columns.append([cell.rjust(width) if text else cell.ljust(width) for cell in [str(name), *cells]])
    return ["  ".join(row).rstrip() for row in zip(*columns, strict=True)]


def _cell(value: object, decimals: int) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:.{decimals}f}".replace(".", ",")
    return str(value)
