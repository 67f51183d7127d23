"""What goes with the score, as a result that shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import altair

#: Columns of ``faktorer.csv``.
COLUMNS = ("tema", "omtale", "metode", "estimat", "nedre", "øvre", "n", "p", "q")


@dataclass(frozen=True)
class FactorResult:
    """Associations between mentions and the score.

    Parameters
    ----------
    summary : pandas.DataFrame
        One row per mention and method: ``tema``, ``omtale`` (positiv/negativ), ``metode`` (rå/justert),
        ``estimat``, ``nedre``, ``øvre`` (score points, mention against no mention), ``n`` (contacts with the
        mention), ``p``, ``q``. The numbers are missing where the mention is refused; ``notes`` says why.
    notes : tuple of str
        Norwegian sentences that belong with the numbers wherever they are shown.
    header : dict
        ``source``, ``hash``, ``contacts`` (those used), ``contacts_total``, ``centres``, ``shoppers``,
        ``score_range``, ``method``, ``level`` (0-1), ``unsure`` (too few centres to trust the intervals),
        ``seed``, ``version``.
    """

    summary: pd.DataFrame
    notes: tuple[str, ...]
    header: dict[str, Any]

    @property
    def unit(self) -> str:
        """The score's unit in words: ``poeng``, or ``poeng (1–6)`` on another scale than 0 to 100."""
        low, high = self.header["score_range"]
        return "poeng" if (low, high) == (0, 100) else f"poeng ({_number(low)}–{_number(high)})"

    def plot(self) -> altair.Chart:
        """Return a chart of the estimates with their intervals."""
        from textinnsikt.factors.figure import factor_chart

        return factor_chart(self)

    def to_dict(self) -> dict[str, Any]:
        """Return header, notes and summary (a list of rows, missing as ``None``) as plain values."""
        rows = self.summary.astype(object).where(self.summary.notna(), None)
        return {"header": dict(self.header), "notes": list(self.notes), "summary": rows.to_dict("records")}

    def __repr__(self) -> str:
        counts = f"{self.header['contacts']} henvendelser, {self.header['centres']} kundesentre"
        return f"FactorResult({self.header['source'] or 'studie'}: {counts})"

    def _repr_html_(self) -> str:
        head = self.header
        points = 1 if head["score_range"][1] - head["score_range"][0] >= 20 else 2
        written = {c: partial(_number, digits=points) for c in ("estimat", "nedre", "øvre")}
        table = self.summary.to_html(
            index=False, border=0, na_rep="–", formatters={**written, "p": _probability, "q": _probability}
        )
        lead = (
            f"{head['contacts']} av {head['contacts_total']} henvendelser, {head['centres']} kundesentre, "
            f"{head['shoppers']} shoppere; {self.unit}; {_number(100 * head['level'])} % konfidensintervall"
        )
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return f"<p><b>{escape(str(head['source']))}</b> {escape(lead)}</p>{table}<ul>{notes}</ul>"


def strongest(result: FactorResult, n: int = 3) -> pd.DataFrame:
    """Return the mentions that go with the largest differences in score, everything else in the model equal.

    Parameters
    ----------
    result : FactorResult
    n : int
        How many.

    Returns
    -------
    pandas.DataFrame
        At most ``n`` rows of ``summary`` with ``metode`` ``justert``, largest absolute ``estimat`` first.

    Examples
    --------
    >>> rows = [("lytting", "positiv", "justert", 4.0), ("lytting", "negativ", "justert", -9.0),
    ...         ("løsning", "positiv", "rå", 20.0), ("mersalg", "positiv", "justert", None)]
    >>> summary = pd.DataFrame(rows, columns=["tema", "omtale", "metode", "estimat"])
    >>> strongest(FactorResult(summary, (), {}))[["tema", "omtale"]].values.tolist()
    [['lytting', 'negativ'], ['lytting', 'positiv']]
    """
    rows = result.summary[(result.summary["metode"] == "justert") & result.summary["estimat"].notna()]
    order = rows["estimat"].abs().sort_values(ascending=False, kind="stable").index
    return rows.loc[order[:n]].reset_index(drop=True)


def _number(value: float, digits: int | None = None) -> str:
    """Write a number in the Norwegian way; ``None`` digits means as few as needed."""
    return (f"{value:g}" if digits is None else f"{value:.{digits}f}").replace(".", ",").replace("-", "−")


def _probability(value: float) -> str:
    return "< 0,001" if value < 0.001 else _number(value, 3)
