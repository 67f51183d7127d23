"""Rows of a frame as plain values."""

from __future__ import annotations

from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as plain Python values, missing ones as None.

    Examples
    --------
    >>> records(pd.DataFrame({"tema": ["lytting"], "estimat": [float("nan")], "n": [3]}))
    [{'tema': 'lytting', 'estimat': None, 'n': 3}]
    """
    plain = frame.astype(object).where(frame.notna(), None)
    rows = plain.to_dict("records")
    return [{str(k): v.item() if hasattr(v, "item") else v for k, v in row.items()} for row in rows]
