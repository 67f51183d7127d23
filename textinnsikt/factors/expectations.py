"""What people say they want, beside how the centres do on it and what goes with the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from threadpoolctl import threadpool_limits

from textinnsikt.errors import InputError
from textinnsikt.factors.between import between
from textinnsikt.factors.finding import Finding, header_of, listed, records
from textinnsikt.factors.projection import group_codes
from textinnsikt.factors.resampling import two_way_covariance
from textinnsikt.factors.sample import Sample
from textinnsikt.factors.theme_importance import CORRECTED, LMG, ImportanceResult, ThemeImportance

if TYPE_CHECKING:
    import altair

    from textinnsikt.factors.labels import Labels
    from textinnsikt.study import TaggedStudy

#: What people ask for in the yearly expectation survey, most wanted first. ``mersalg`` is not ranked in it.
DEFAULT_ORDER = ("lytting", "løsning", "behovskartlegging")
#: Columns of ``forventninger.csv``.
EXPECTATION_COLUMNS = ("tema", "mål", "estimat", "nedre", "øvre", "n")
WANTED, PERFORMANCE, IMPORTANCE = "forventning", "ytelse", "viktighet"
#: Score from some shoppers, mention from others; score points for ten percentage points more contacts.
SPLIT = {"positiv": "delt shopper, positiv", "negativ": "delt shopper, negativ"}
_UNSURE = "usikkert"
_FIELDS = {
    (True, True): "behold",
    (True, False): "forbedre først",
    (False, True): "i orden",
    (False, False): "lavere prioritet",
}


@dataclass(frozen=True)
class ExpectationsResult(Finding):
    """Themes by what people want, how the centres do, and what goes with the score.

    Parameters
    ----------
    summary : pandas.DataFrame
        One row per theme and measure. ``forventning``: place in the survey (1 is most wanted; no interval, for it has
        no n), or the share (0-1) who want it where shares and n were given. ``ytelse``: of the contacts' mentions of
        the theme, the share (0-1) that are positive. ``viktighet``: share (0-1) of what the themes explain. ``delt
        shopper, positiv`` and ``…, negativ``: score points between centres of a class for ten percentage points more
        contacts with the mention, the mention from other shoppers than the score, one mention at a time (other themes
        may lie behind); too near zero, but free of the mood of single contacts.
    notes, header
        As in `Finding`.
    table : pandas.DataFrame
        Indexed by theme: ``forventning, ytelse, viktighet, felt``. ``felt`` says where the theme lies: above or below
        the themes' mean performance and an equal share of importance; ``usikkert`` where either interval spans it.
    """

    table: pd.DataFrame = field(default_factory=pd.DataFrame)

    def plot(self) -> altair.Chart:
        """Return a chart of performance against importance, with both intervals."""
        from textinnsikt.factors.charts import expectations_chart

        return expectations_chart(self)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return super().to_dict() | {"table": records(self.table.reset_index())}


class Expectations:
    """Sets what people say they want beside performance and derived importance.

    Parameters
    ----------
    order : sequence of str
        Themes, most wanted first; themes not named are unranked.
    shares : pandas.DataFrame, optional
        In place of ``order``: ``tema``, ``andel`` (0-1, who want it) and ``n`` (asked).
    alpha : float
        One minus the level of the intervals.
    draws : int
        Bootstrap draws.
    seed : int

    Notes
    -----
    Importance-performance analysis (Martilla and James 1977, Journal of Marketing 41(1), 77-79) with intervals on both
    axes, since a theme can change quadrant from sample to sample (Wu and Shieh 2009, Quality & Quantity 43, 909-919).
    Expectation and performance are kept apart and never subtracted: difference scores are unreliable (Peter, Churchill
    and Brown 1993).

    Examples
    --------
    >>> from textinnsikt.study import TaggedStudy
    >>> random = np.random.default_rng(1)
    >>> heard, solved = random.random(600) < 0.7, random.random(600) < 0.5
    >>> comments = pd.DataFrame({
    ...     "henvendelse": [f"h{i:03}" for i in range(600)], "kommentar_nr": 1, "kanal": "telefon", "dato": None,
    ...     "kundesenter": [f"senter {i // 25}" for i in range(600)], "klasse": "Bank", "besvart": "ja",
    ...     "shopper": [f"s{i % 25}" for i in range(600)], "tekst": "Fint.",
    ...     "lytting": np.where(heard, "positiv", "negativ"), "løsning": np.where(solved, "positiv", "ingen"),
    ...     "totalscore": 70 + 10 * heard + 5 * solved + random.normal(0, 5, 600)})
    >>> result = Expectations(draws=200).fit(TaggedStudy(comments, ("lytting", "løsning")))
    >>> result.table[["forventning", "ytelse"]].round(2).values.tolist()
    [[1.0, 0.71], [2.0, 1.0]]
    """

    def __init__(
        self,
        order: Sequence[str] = DEFAULT_ORDER,
        shares: pd.DataFrame | None = None,
        alpha: float = 0.05,
        draws: int = 1000,
        seed: int = 0,
    ):
        self.order = order
        self.shares = shares
        self.alpha = alpha
        self.draws = draws
        self.seed = seed

    def fit(
        self,
        tagged: TaggedStudy,
        labels: Labels | pd.DataFrame | str | Path | None = None,
        importance: ImportanceResult | None = None,
    ) -> ExpectationsResult:
        """Compute performance and importance, and lay them beside the expectations.

        Parameters
        ----------
        tagged : TaggedStudy
        labels : Labels, pandas.DataFrame or path, optional
            Contacts labelled by people; importance is then the corrected one.
        importance : ImportanceResult, optional
            One already computed on the same study.

        Returns
        -------
        ExpectationsResult

        Raises
        ------
        InputError
            When an expectation names an unknown theme twice or wrongly, or no contact can be used.
        """
        wanted = self._wanted(tagged.themes)
        sample = Sample.of(tagged)
        if importance is None:
            importance = ThemeImportance(self.alpha, self.draws, self.seed).fit(tagged, labels)
        with threadpool_limits(1):
            parts = [wanted, self._performance(sample, tagged.themes), _importance(importance), self._split(sample)]
        summary = pd.concat(parts, ignore_index=True)[list(EXPECTATION_COLUMNS)]
        summary["n"] = summary["n"].astype("Int64")
        table = _table(summary, tagged.themes, importance)
        header = header_of(tagged, sample.contacts, 1 - self.alpha, self.seed)
        return ExpectationsResult(summary, (*sample.notes, *_words(table, self.shares is not None)), header, table)

    def _wanted(self, themes: tuple[str, ...]) -> pd.DataFrame:
        """Return the expectations as rows, unranked themes with missing numbers."""
        frame = pd.DataFrame({"tema": list(themes), "mål": WANTED, "estimat": np.nan, "nedre": np.nan, "øvre": np.nan})
        frame["n"] = None
        if self.shares is not None:
            given = self.shares
            if (
                not {"tema", "andel", "n"} <= set(given)
                or not given["andel"].between(0, 1).all()
                or (given["n"] < 1).any()
            ):
                raise InputError("Forventningene må ha kolonnene tema, andel (mellom 0 og 1) og n (minst 1).")
            self._check(list(given["tema"]), themes)
            low, high = proportion_confint(
                (given["andel"] * given["n"]).round(), given["n"], self.alpha, method="wilson"
            )
            rows = given.assign(estimat=given["andel"], nedre=low, øvre=high).set_index("tema")
            for name in ("estimat", "nedre", "øvre", "n"):
                frame[name] = frame["tema"].map(rows[name])
            return frame
        order = [t for t in self.order if t in themes] if tuple(self.order) == DEFAULT_ORDER else list(self.order)
        self._check(order, themes)
        frame["estimat"] = frame["tema"].map({theme: float(place) for place, theme in enumerate(order, start=1)})
        return frame

    @staticmethod
    def _check(named: list[str], themes: tuple[str, ...]) -> None:
        unknown = [t for t in named if t not in themes]
        if unknown:
            raise InputError(f"Forventningene nevner «{unknown[0]}», men temaene i studien er {listed(list(themes))}.")
        if len(set(named)) < len(named):
            raise InputError("Forventningene nevner samme tema to ganger; la hvert tema stå én gang.")

    def _performance(self, sample: Sample, themes: tuple[str, ...]) -> pd.DataFrame:
        """Return the share of each theme's mentions that are positive."""
        columns = [f"{t}:{m}" for t in themes for m in ("positiv", "negativ")]
        values = sample.contacts[columns].to_numpy(dtype=float)
        groups = [
            group_codes(sample.contacts[c]) for c in ("kundesenter", "shopper") if sample.contacts[c].nunique() > 1
        ]
        groups = groups or [np.arange(len(values))]

        def log_odds(sums: np.ndarray) -> np.ndarray:
            good, bad = sums[:, 0::2], sums[:, 1::2]
            return np.log((good + 0.5) / (bad + 0.5))

        total = values.sum(0)
        with np.errstate(invalid="ignore"):
            share = total[0::2] / (total[0::2] + total[1::2])
        error = np.sqrt(np.diag(two_way_covariance(values, groups, log_odds, self.draws, self.seed)))
        reach = stats.t.ppf(1 - self.alpha / 2, min(g.max() for g in groups)) * error
        middle = log_odds(total[None])[0]
        frame = pd.DataFrame({"tema": list(themes), "mål": PERFORMANCE, "estimat": share})
        # An interval that is all one-sided data has the share itself as its end.
        frame["nedre"] = np.where(np.isnan(share), np.nan, np.minimum(1 / (1 + np.exp(-(middle - reach))), share))
        frame["øvre"] = np.where(np.isnan(share), np.nan, np.maximum(1 / (1 + np.exp(-(middle + reach))), share))
        frame["n"] = [int((values[:, 2 * i] + values[:, 2 * i + 1] > 0).sum()) for i in range(len(themes))]
        return frame

    def _split(self, sample: Sample) -> pd.DataFrame:
        """Return what goes with the score between centres when the mention comes from other shoppers."""
        found = between(sample, self.alpha)[0]["mellom_delt"]
        rows = []
        for mention in sample.mentions:
            theme, kind = mention.rsplit(":", 1)
            low, middle, high = (found.loc[mention, c] / 10 for c in ("nedre", "estimat", "øvre"))
            rows.append((theme, SPLIT[kind], middle, low, high, int(sample.contacts[mention].sum())))
        return pd.DataFrame(rows, columns=list(EXPECTATION_COLUMNS))


def _importance(result: ImportanceResult) -> pd.DataFrame:
    """Return the themes' shares of importance, corrected where they are."""
    methods = set(result.summary["metode"])
    rows = result.summary[result.summary["metode"] == (CORRECTED if CORRECTED in methods else LMG)]
    frame = rows[["tema", "n"]].assign(mål=IMPORTANCE)
    return frame.assign(estimat=rows["andel"], nedre=rows["andel_nedre"], øvre=rows["andel_øvre"])


def _table(summary: pd.DataFrame, themes: tuple[str, ...], importance: ImportanceResult) -> pd.DataFrame:
    """Return one row per theme with the field it lies in."""
    wide = {
        m: summary[summary["mål"] == m].set_index("tema").reindex(themes) for m in (WANTED, PERFORMANCE, IMPORTANCE)
    }
    good, weight = wide[PERFORMANCE], wide[IMPORTANCE]
    lines = {PERFORMANCE: good["estimat"].mean(), IMPORTANCE: 1 / max(int(weight["estimat"].notna().sum()), 1)}
    fields = []
    for theme in themes:
        sides = []
        for measure, rows in ((IMPORTANCE, weight), (PERFORMANCE, good)):
            low, high = rows.loc[theme, "nedre"], rows.loc[theme, "øvre"]
            sides.append(True if low > lines[measure] else False if high < lines[measure] else None)
        fields.append(_UNSURE if None in sides else _FIELDS[bool(sides[0]), bool(sides[1])])
    columns = {WANTED: wide[WANTED]["estimat"], PERFORMANCE: good["estimat"], IMPORTANCE: weight["estimat"]}
    return pd.DataFrame(columns | {"felt": fields}, index=pd.Index(themes, name="tema"))


def _words(table: pd.DataFrame, measured: bool) -> list[str]:
    """Say in words what the axes are and where the themes lie."""
    notes = [
        "Ytelse er hvor stor del av omtalene av temaet som er positive. Viktighet er temaets del av det temaene "
        "forklarer av scoren, og et tema som varierer lite, får lav viktighet selv om det betyr mye for kundene.",
    ]
    ranked = table[WANTED].dropna().sort_values(ascending=not measured)
    if len(ranked):
        notes.append(f"Det folk sier de ønsker, i rekkefølge: {listed(list(ranked.index))}.")
        if not measured:
            notes.append("Rekkefølgen er oppgitt uten antall spurte, så den har ikke noe konfidensintervall.")
    unranked = [t for t in table.index if t not in ranked.index]
    if unranked:
        notes.append(f"{listed([f'«{t}»' for t in unranked])} er ikke rangert i forventningene.")
    for name in ("forbedre først", "behold"):
        here = list(table.index[table["felt"] == name])
        if here:
            notes.append(f"«{name}»: {listed(here)} (sikkert på begge akser).")
    unsure = list(table.index[table["felt"] == _UNSURE])
    if unsure:
        notes.append(f"Usikkert felt: {listed(unsure)}. Minst ett av intervallene krysser midtlinja.")
    return notes
