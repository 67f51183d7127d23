"""What the findings share: a table, what must be said with it, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from textinnsikt._version import __version__
from textinnsikt.factors.projection import effective_number, group_codes

if TYPE_CHECKING:
    import altair

    from textinnsikt.study import TaggedStudy


@dataclass(frozen=True)
class Finding:
    """A result that shows itself: importance, winners, ranking or expectations.

    Parameters
    ----------
    summary : pandas.DataFrame
        One row per estimate, among the columns ``estimat, nedre, øvre, n``.
    notes : tuple of str
        Norwegian sentences that belong with the numbers wherever they are shown.
    header : dict
        ``source``, ``hash``, ``contacts``, ``centres``, ``shoppers``, ``carriers`` (theme -> effective number of
        shoppers who mention it), ``score_range``, ``level`` (0-1), ``seed``, ``version``, and what the kind adds.

    Examples
    --------
    >>> table = pd.DataFrame({"tema": ["lytting"], "estimat": [0.25], "n": [12]})
    >>> Finding(table, ("Tallet er et eksempel.",), {"source": "studie.csv", "contacts": 40}).to_dict()["summary"]
    [{'tema': 'lytting', 'estimat': 0.25, 'n': 12}]
    """

    summary: pd.DataFrame
    notes: tuple[str, ...]
    header: dict[str, Any]

    #: Column -> how it is written in the notebook display: decimals, with a per cent sign for shares, ``p`` for points.
    _shown: ClassVar[Mapping[str, str]] = {"estimat": "2", "nedre": "2", "øvre": "2"}

    def plot(self) -> altair.Chart:
        """Return a chart of the estimates with their intervals."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """Return header, notes and summary (a list of rows, missing as ``None``) as plain values."""
        return {"header": dict(self.header), "notes": list(self.notes), "summary": records(self.summary)}

    def __repr__(self) -> str:
        head = self.header
        counts = f"{head.get('contacts')} henvendelser, {head.get('centres')} kundesentre"
        return f"{type(self).__name__}({head.get('source') or 'studie'}: {counts})"

    def _repr_html_(self) -> str:
        head = self.header
        low, high = head.get("score_range", (0, 100))
        points = "1" if high - low >= 20 else "2"
        styles = {c: self._shown.get(c, "3") for c in self.summary.select_dtypes("float").columns}
        writers = {c: _writer(points if style == "p" else style) for c, style in styles.items()}
        table = self.summary.to_html(index=False, border=0, na_rep="–", formatters=writers)
        lead = (
            f"{head.get('contacts')} henvendelser, {head.get('centres')} kundesentre, {head.get('shoppers')} shoppere"
            f"{carried_by(head.get('carriers'))}; "
            f"{_writer('g')(100 * head.get('level', 0.95))} % konfidensintervall; frø {head.get('seed')}; "
            f"textinnsikt {head.get('version')}; data {str(head.get('hash'))[:8]}"
        )
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return f"<p><b>{escape(str(head.get('source')))}</b> {escape(lead)}</p>{table}<ul>{notes}</ul>"


def header_of(tagged: TaggedStudy, contacts: pd.DataFrame, level: float, seed: int) -> dict[str, Any]:
    """Say what a finding was computed on.

    Parameters
    ----------
    tagged : TaggedStudy
    contacts : pandas.DataFrame
        The contacts used.
    level : float
        Level of the intervals, 0-1.
    seed : int

    Returns
    -------
    dict
    """
    shoppers = group_codes(contacts["shopper"])
    carriers = {}
    for theme in tagged.themes:
        mentioned = contacts[[f"{theme}:positiv", f"{theme}:negativ"]].max(axis=1).fillna(0).to_numpy()
        carriers[theme] = round(float(effective_number(mentioned, shoppers)), 1)
    return {
        "source": tagged.source,
        "hash": tagged.sha256,
        "contacts": len(contacts),
        "centres": int(contacts["kundesenter"].nunique()),
        "shoppers": int(contacts["shopper"].nunique()),
        "carriers": carriers,
        "score_range": list(tagged.score_range),
        "level": level,
        "seed": seed,
        "version": __version__,
    }


def carried_by(carriers: Mapping[str, float] | None) -> str:
    """Say how many equal shoppers each theme or mention rests on, as the end of a phrase; empty where unknown.

    Examples
    --------
    >>> carried_by({"lytting": 41.3, "løsning": 8.0})
    ' (effektivt antall: lytting 41,3, løsning 8,0)'
    """
    if not carriers:
        return ""
    parts = ", ".join(f"{name.replace(':', ': ')} {norwegian(value)}" for name, value in carriers.items())
    return f" (effektivt antall: {parts})"


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as plain values, missing as ``None``.

    Examples
    --------
    >>> records(pd.DataFrame({"n": [1, 2], "p": [0.5, None]}))
    [{'n': 1, 'p': 0.5}, {'n': 2, 'p': None}]
    """
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(k): v.item() if isinstance(v, np.generic) else v for k, v in row.items()} for row in rows]


def norwegian(value: float, decimals: int = 1) -> str:
    """Write a number with decimal comma and a real minus sign.

    Examples
    --------
    >>> norwegian(-8.34), norwegian(0.5, 2)
    ('−8,3', '0,50')
    """
    return f"{value:.{decimals}f}".replace(".", ",").replace("-", "−")


def listed(names: list[str]) -> str:
    """Join names with commas and «og».

    Examples
    --------
    >>> listed(["Bank A", "Bank B", "Bank C"])
    'Bank A, Bank B og Bank C'
    """
    return " og ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _writer(style: str) -> Any:
    """Return a function that writes a number: ``2`` decimals, ``1%`` a share in per cent, ``g`` as short as it goes."""

    def write(value: float) -> str:
        if style == "g":
            return f"{value:g}".replace(".", ",")
        if style.endswith("%"):
            return f"{norwegian(100 * value, int(style[:-1]))} %"
        return norwegian(value, int(style))

    return write
