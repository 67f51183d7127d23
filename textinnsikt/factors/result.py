"""What goes with the score, as a result that shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from textinnsikt.factors.finding import carried_by, records
from textinnsikt.factors.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair

    from textinnsikt.factors.corrected import CorrectionResult

#: Columns of ``faktorer.csv``.
COLUMNS = ("tema", "omtale", "metode", "estimat", "nedre", "øvre", "n", "p", "q")


@dataclass(frozen=True)
class FactorResult:
    """Associations between mentions and the score.

    Parameters
    ----------
    summary : pandas.DataFrame
        One row per mention and method: ``tema``, ``omtale`` (positiv, negativ, within centres also ``positiv mot
        negativ``), ``metode`` (see `SuccessFactors`), ``estimat``, ``nedre``, ``øvre`` (score points, mention against
        no mention; correlations for two of the raw methods), ``n`` (contacts with the mention), ``p``, ``q``. The
        numbers are missing where the mention is refused; ``notes`` and ``remarks`` say why.
    notes : tuple of str
        Norwegian sentences that belong with the numbers wherever they are shown.
    header : dict
        ``source``, ``hash``, ``contacts`` (those used), ``contacts_total``, ``centres``, ``shoppers``,
        ``effective_shoppers`` (mention -> effective number that carries its figure), ``score_range``, ``method``,
        ``level`` (0-1), ``unsure`` (too few centres to trust the intervals), ``seed``, ``version``.
    grounds : pandas.DataFrame, optional
        What the figures within centres and shoppers rest on; see `grounds.grounds_of`.
    remarks : tuple of str
        Norwegian sentences on the methods other than ``rå`` and ``justert``.
    correction : CorrectionResult, optional
        With labels: shares, the tagger's mistakes, and `CorrectionResult.labels_needed`.
    differences : pandas.DataFrame, optional
        On request: the figures by class and channel, shrunk; see `differences.differences`.
    """

    summary: pd.DataFrame
    notes: tuple[str, ...]
    header: dict[str, Any]
    grounds: pd.DataFrame | None = None
    remarks: tuple[str, ...] = ()
    correction: CorrectionResult | None = None
    differences: pd.DataFrame | None = None

    @property
    def unit(self) -> str:
        """The score's unit in words: ``poeng``, or ``poeng (1–6)`` on another scale than 0 to 100."""
        low, high = self.header["score_range"]
        return "poeng" if (low, high) == (0, 100) else f"poeng ({number(low)}–{number(high)})"

    def plot(self, methods: Sequence[str] | None = None) -> altair.Chart:
        """Return a chart of the estimates with their intervals.

        Parameters
        ----------
        methods : sequence of str, optional
            Values of ``metode`` in score points, at most six; default ``rå`` and ``justert``, and with labels the
            naive and the corrected figure side by side.
        """
        from textinnsikt.factors.figure import factor_chart

        if methods is None:
            corrected = ("innen_direkte", "innen_direkte_korrigert")
            methods = ("rå", "justert") if self.correction is None else corrected
        return factor_chart(self, methods=methods)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values: frames as lists of rows, missing as ``None``."""
        found: dict[str, Any] = {
            "header": dict(self.header),
            "notes": list(self.notes),
            "remarks": list(self.remarks),
            "summary": records(self.summary),
        }
        for name, frame in (("grounds", self.grounds), ("differences", self.differences)):
            if frame is not None:
                found[name] = records(frame)
        if self.correction is not None:
            found["correction"] = self.correction.to_dict()
        return found

    def __repr__(self) -> str:
        counts = f"{self.header['contacts']} henvendelser, {self.header['centres']} kundesentre"
        return f"FactorResult({self.header['source'] or 'studie'}: {counts})"

    def _repr_html_(self) -> str:
        head = self.header
        table = estimates_html(self.summary, 1 if head["score_range"][1] - head["score_range"][0] >= 20 else 2)
        lead = (
            f"{head['contacts']} av {head['contacts_total']} henvendelser, {head['centres']} kundesentre, "
            f"{head['shoppers']} shoppere{carried_by(head.get('effective_shoppers'))}; {self.unit}; "
            f"{number(100 * head['level'])} % konfidensintervall; frø {head.get('seed')}; "
            f"textinnsikt {head.get('version')}; data {str(head.get('hash'))[:8]}"
        )
        notes = "".join(f"<li>{escape(note)}</li>" for note in (*self.notes, *self.remarks))
        return f"<p><b>{escape(str(head['source']))}</b> {escape(lead)}</p>{table}<ul>{notes}</ul>"


def estimates_html(summary: pd.DataFrame, digits: int) -> str:
    """Return rows of estimates as an HTML table with Norwegian numbers.

    Parameters
    ----------
    summary : pandas.DataFrame
        Columns as in `COLUMNS`.
    digits : int
        Decimals of estimates and intervals.
    """
    written: dict[str, Any] = {c: partial(number, digits=digits) for c in ("estimat", "nedre", "øvre")}
    written |= {"p": _probability, "q": _probability}
    return summary.to_html(index=False, border=0, na_rep="–", formatters=written)


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


def _probability(value: float) -> str:
    return "< 0,001" if value < 0.001 else number(value, 3)
