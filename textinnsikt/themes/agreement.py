"""Agreement between annotators: alpha with intervals, what is confused with what, and the comments to talk about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study import VALUES

if TYPE_CHECKING:
    import altair

_KEYS = ["henvendelse", "kommentar_nr"]
#: Krippendorff's own limits: reliable, and enough for tentative conclusions.
RELIABLE, TENTATIVE = 0.8, 0.667


@dataclass(frozen=True)
class Agreement:
    """How far annotators agree.

    Parameters
    ----------
    summary : pandas.DataFrame
        One row per theme: ``tema, estimat`` (Krippendorff's alpha), ``nedre, øvre`` (95 % interval, contacts drawn with
        replacement), ``enighet`` (share of pairs that agree, 0-1), ``n`` (comments labelled by two or more).
    confusions : pandas.DataFrame
        ``tema, verdi_1, verdi_2, antall``: pairs of annotators that chose different values, commonest first.
    disagreements : pandas.DataFrame
        The comments to talk about, those with most disagreement first: ``henvendelse, kommentar_nr, uenige`` (how
        many themes), ``uenighet`` (who says what), ``merknad``.
    annotators : tuple of str
    """

    summary: pd.DataFrame
    confusions: pd.DataFrame
    disagreements: pd.DataFrame
    annotators: tuple[str, ...]

    def plot(self) -> altair.Chart:
        """Return a chart of alpha per theme with its interval."""
        import altair

        base = altair.Chart(self.summary).encode(y=altair.Y("tema:N", sort=None, title=None))
        scale = altair.Scale(domain=[min(0.0, float(self.summary["nedre"].min())), 1])
        comma = altair.Axis(labelExpr="replace(format(datum.value, '.1f'), '.', ',')")
        x = altair.X("estimat:Q", scale=scale, title="alfa", axis=comma)
        points = base.mark_point(filled=True, size=70).encode(x=x)
        limits = altair.Chart(pd.DataFrame({"x": [TENTATIVE, RELIABLE]})).mark_rule(strokeDash=[4, 4]).encode(x="x:Q")
        return (limits + base.mark_rule().encode(x="nedre:Q", x2="øvre:Q") + points).properties(width=420, height=140)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, missing as ``None``."""
        frames = {"summary": self.summary, "confusions": self.confusions, "disagreements": self.disagreements}
        plain = {name: frame.astype(object).where(frame.notna(), None) for name, frame in frames.items()}
        return {"annotators": list(self.annotators), **{name: f.to_dict("records") for name, f in plain.items()}}

    def __repr__(self) -> str:
        return f"Agreement({len(self.annotators)} annotatører, {len(self.disagreements)} kommentarer med uenighet)"

    def _repr_html_(self) -> str:
        written = dict.fromkeys(("estimat", "nedre", "øvre", "enighet"), _decimal)
        table = self.summary.to_html(index=False, border=0, na_rep="–", formatters=written)
        return f"<p>{len(self.annotators)} annotatører; {len(self.disagreements)} kommentarer med uenighet</p>{table}"


def measure_agreement(
    rows: pd.DataFrame, themes: Sequence[str], draws: int = 2000, level: float = 0.95, seed: int = 0
) -> Agreement:
    """Measure the agreement on the comments that several have labelled.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row per comment and annotator: ``henvendelse, kommentar_nr, annotatør``, one column a theme; ``merknad``
        may stand beside.
    themes : sequence of str
    draws : int
        Bootstrap draws of contacts.
    level : float
    seed : int

    Returns
    -------
    Agreement

    Raises
    ------
    InputError
        When no comment has two labels.

    Notes
    -----
    Alpha for nominal data (Krippendorff 2004, "Content analysis", chapter 11; 2011, "Computing Krippendorff's
    alpha-reliability"): any number of annotators, missing labels allowed. Where everybody always says the same one
    value, alpha has no meaning and is missing.

    Examples
    --------
    >>> rows = pd.DataFrame({"henvendelse": ["a", "a", "b", "b", "c", "c"], "kommentar_nr": 1,
    ...     "annotatør": ["kari", "ola"] * 3,
    ...     "lytting": ["positiv", "positiv", "ingen", "ingen", "negativ", "ingen"]})
    >>> result = measure_agreement(rows, ["lytting"])
    >>> round(float(result.summary["estimat"].iloc[0]), 3), result.disagreements["uenighet"].tolist()
    (0.545, ['lytting: kari negativ, ola ingen'])
    """
    shared = rows[rows.groupby(_KEYS)["annotatør"].transform("nunique") > 1]
    shared = shared.sort_values([*_KEYS, "annotatør"], ignore_index=True)
    if shared.empty:
        raise InputError("Ingen kommentar er merket av to eller flere, så enigheten kan ikke måles; bruk --overlap.")
    contact, _ = pd.factorize(shared.drop_duplicates(_KEYS)["henvendelse"], sort=True)
    unit = shared.groupby(_KEYS, sort=True).ngroup().to_numpy()
    random = np.random.default_rng(seed)
    count = contact.max() + 1
    weights = random.multinomial(count, np.full(count, 1 / count), size=draws)[:, contact].astype(float)
    lines, confused = [], []
    for theme in themes:
        table = np.zeros((unit.max() + 1, len(VALUES)))
        np.add.at(table, (unit, pd.Categorical(shared[theme], categories=VALUES).codes), 1)
        spread = alphas(table, weights)
        spread = spread[~np.isnan(spread)]
        ends = np.quantile(spread, [(1 - level) / 2, (1 + level) / 2]) if len(spread) else (np.nan, np.nan)
        alpha = alphas(table, np.ones((1, len(table))))[0]
        lines.append((theme, float(alpha), float(ends[0]), float(ends[1]), _pairs_agreeing(table), len(table)))
        confused += [(theme, *pair) for pair in _confusions(table)]
    summary = pd.DataFrame(lines, columns=["tema", "estimat", "nedre", "øvre", "enighet", "n"])
    pairs = pd.DataFrame(confused, columns=["tema", "verdi_1", "verdi_2", "antall"])
    pairs = pairs.sort_values("antall", ascending=False, kind="stable", ignore_index=True)
    return Agreement(summary, pairs, _disagreements(shared, themes), tuple(sorted(shared["annotatør"].unique())))


def alphas(table: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return Krippendorff's alpha for nominal values, once for each row of weights.

    Parameters
    ----------
    table : numpy.ndarray
        Units x values: how many annotators chose each; units with one label are left out.
    weights : numpy.ndarray
        Draws x units.

    Returns
    -------
    numpy.ndarray
        One alpha per draw; NaN where only one value occurs.

    Examples
    --------
    >>> alphas(np.array([[2, 0], [0, 2], [1, 1], [0, 2]]), np.ones((1, 4))).round(3)
    array([0.533])
    """
    labels = table.sum(axis=1)
    several = labels > 1
    table, labels, weights = table[several], labels[several], weights[:, several]
    apart = (labels**2 - (table**2).sum(axis=1)) / (labels - 1)
    totals = weights @ table
    number = weights @ labels
    observed = weights @ apart / number
    expected = (number**2 - (totals**2).sum(axis=1)) / (number * (number - 1))
    return 1 - np.divide(observed, expected, out=np.full(len(weights), np.nan), where=expected > 0)


def _pairs_agreeing(table: np.ndarray) -> float:
    labels = table.sum(axis=1)
    return float((table * (table - 1)).sum() / (labels * (labels - 1)).sum())


def _confusions(table: np.ndarray) -> list[tuple[str, str, int]]:
    """Return how often two values were chosen for the same comment."""
    both = table.T @ table
    return [
        (first, second, int(both[i, j]))
        for i, first in enumerate(VALUES)
        for j, second in enumerate(VALUES)
        if i < j and both[i, j]
    ]


def _disagreements(shared: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Return the comments on which somebody disagrees."""
    found = []
    for (contact, number), mine in shared.groupby(_KEYS, sort=True):
        apart = [theme for theme in themes if mine[theme].nunique() > 1]
        if apart:
            said = [
                f"{theme}: "
                + ", ".join(f"{who} {value}" for who, value in zip(mine["annotatør"], mine[theme], strict=True))
                for theme in apart
            ]
            remarks = (
                [] if "merknad" not in mine else [text for text in mine["merknad"] if isinstance(text, str) and text]
            )
            found.append((contact, number, len(apart), "; ".join(said), " / ".join(remarks)))
    frame = pd.DataFrame(found, columns=[*_KEYS, "uenige", "uenighet", "merknad"])
    return frame.sort_values(["uenige", *_KEYS], ascending=[False, True, True], ignore_index=True)


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")
