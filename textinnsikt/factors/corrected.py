"""The corrected figures as a result: beside the naive ones, with the tagger's mistakes and the use of more labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from textinnsikt.factors.correction import Corrected, Draw, Moments, correct
from textinnsikt.factors.design import Design
from textinnsikt.factors.finding import records
from textinnsikt.factors.grounds import summary_of
from textinnsikt.factors.needs import labels_needed
from textinnsikt.factors.prevalence import blank_shares, corrected_shares
from textinnsikt.factors.result import FactorResult, estimates_html
from textinnsikt.factors.sample import Sample
from textinnsikt.factors.within import Level, contrasts_of
from textinnsikt.factors.wording import number

if TYPE_CHECKING:
    import altair


@dataclass(frozen=True)
class CorrectionResult:
    """What labelled contacts say of the tagger, the shares and the figures.

    Parameters
    ----------
    frames : dict of str to pandas.DataFrame
        ``innen_direkte_korrigert`` and ``innen_total_korrigert``: indexed by mention and contrast, ``estimat``,
        ``nedre``, ``øvre``, ``p``, ``feil``, ``feil_merker``, ``frihet``.
    summary : pandas.DataFrame
        The same as the rows of `FactorResult.summary`; missing numbers where a mention could not be corrected.
    shares : pandas.DataFrame
        Corrected shares of contacts; see `prevalence.corrected_shares`.
    mistakes : pandas.DataFrame
        ``tema, omtale, merkede`` (labelled contacts with the mention), ``sensitivitet``, ``spesifisitet``,
        ``presisjon`` (0-1, weighted by the drawing, at contact level).
    remarks : tuple of str
        Norwegian sentences: which mentions and shares could not be corrected, and why.
    """

    frames: dict[str, pd.DataFrame]
    summary: pd.DataFrame
    shares: pd.DataFrame
    mistakes: pd.DataFrame
    remarks: tuple[str, ...]
    moments: Moments
    _direct: Corrected
    _contacts: int
    _level: float

    def labels_needed(self, half_width: float) -> pd.DataFrame:
        """Answer how many labelled contacts reach ± ``half_width`` score points; see `needs.labels_needed`."""
        return labels_needed(self._direct, half_width, self._contacts, self._level)

    def plot(self) -> altair.Chart:
        """Return a chart of the corrected figures; `FactorResult.plot` sets the naive ones beside them."""
        from textinnsikt.factors.figure import factor_chart

        shown = FactorResult(self.summary, self.remarks, {"level": self._level, "score_range": (0, 100)})
        return factor_chart(shown, methods=tuple(self.frames))

    def to_dict(self) -> dict[str, Any]:
        """Return shares, mistakes and remarks as plain values; the figures are in the result's summary."""
        rows = {"shares": records(self.shares), "mistakes": records(self.mistakes)}
        return {**rows, "remarks": list(self.remarks)}

    def __repr__(self) -> str:
        return f"CorrectionResult({len(self._direct.probability)} av {self._contacts} henvendelser merket)"

    def _repr_html_(self) -> str:
        lead = (
            f"{len(self._direct.probability)} av {self._contacts} henvendelser merket; poeng; "
            f"{number(100 * self._level)} % konfidensintervall"
        )
        shares = ("sensitivitet", "spesifisitet", "presisjon")
        mistakes = self.mistakes.to_html(
            index=False, border=0, na_rep="–", formatters={name: lambda v: number(v, 2) for name in shares}
        )
        remarks = "".join(f"<li>{escape(remark)}</li>" for remark in self.remarks)
        title = "<p><b>Rettet for merkefeil</b>"
        return f"{title} {escape(lead)}</p>{estimates_html(self.summary, 2)}{mistakes}<ul>{remarks}</ul>"


def correction_of(sample: Sample, design: Design, draw: Draw, themes: Sequence[str], level: Level) -> CorrectionResult:
    """Correct the figures within centres and shoppers, and the shares.

    Parameters
    ----------
    sample : Sample
    design : Design
        Of the sample.
    draw : Draw
        The labelled contacts of the sample.
    themes : sequence of str
        In the order in which a contact goes.
    level : Level

    Returns
    -------
    CorrectionResult
    """
    moments = Moments.of(design, draw)
    names = list(design.mentions)
    fine = [name for name in names if name not in moments.refused]
    whole = correct(design, moments, contrasts_of(names, fine), level)
    remarks = [
        f"«{name.replace(':', ': ')}» er ikke rettet for merkefeil: {moments.refused[name]}."
        for name in sample.mentions
        if name in moments.refused
    ]
    if fine and not moments.is_stable():
        remarks.append(
            "Ingen tall er rettet for merkefeil: med så få merkede henvendelser og så mange feil kan omtalene ikke "
            "skilles fra "
            "hverandre. Merk flere."
        )
    parts = []
    for theme in themes:
        before = [m for m in names if m.rsplit(":", 1)[0] in themes[: list(themes).index(theme) + 1]]
        own = [m for m in fine if m.rsplit(":", 1)[0] == theme]
        if own:
            parts.append(correct(design, moments.only(before), contrasts_of(before, own), level).frame)
    frames = {"innen_direkte_korrigert": whole.frame}
    frames["innen_total_korrigert"] = pd.concat(parts) if parts else whole.frame
    shares = corrected_shares(sample, draw, level.alpha)
    return CorrectionResult(
        frames=frames,
        summary=summary_of(sample, frames),
        shares=shares,
        mistakes=_mistakes(draw),
        remarks=(*remarks, *blank_shares(shares)),
        moments=moments,
        _direct=whole,
        _contacts=len(sample.contacts),
        _level=1 - level.alpha,
    )


def _mistakes(draw: Draw) -> pd.DataFrame:
    """Return the tagger's sensitivity, specificity and precision among the labelled contacts."""
    weight = 1 / draw.probability
    rows = []
    for name in draw.truth.columns:
        truth, tag = draw.truth[name].to_numpy() == 1, draw.tags[name].to_numpy() == 1
        theme, mention = str(name).rsplit(":", 1)
        cells = [(tag & truth, truth), (~tag & ~truth, ~truth), (tag & truth, tag)]
        shares = [weight[hit].sum() / weight[of].sum() if of.any() else np.nan for hit, of in cells]
        rows.append([theme, mention, int(truth.sum()), *shares])
    return pd.DataFrame(rows, columns="tema omtale merkede sensitivitet spesifisitet presisjon".split())
