"""How much of the variation in the score each theme accounts for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats
from threadpoolctl import threadpool_limits

from textinnsikt.errors import InputError
from textinnsikt.factors.correction import Draw, Moments
from textinnsikt.factors.design import Design
from textinnsikt.factors.finding import Finding, header_of, norwegian, records
from textinnsikt.factors.importance import importances
from textinnsikt.factors.labels import Labels
from textinnsikt.factors.projection import group_codes
from textinnsikt.factors.resampling import two_way_covariance
from textinnsikt.factors.sample import Sample
from textinnsikt.factors.subsets import Dominance, dominance_of, explained_by_subsets

if TYPE_CHECKING:
    import altair

    from textinnsikt.study import TaggedStudy

#: Columns of ``viktighet.csv``.
IMPORTANCE_COLUMNS = (
    *("tema", "metode", "estimat", "nedre", "øvre", "n", "andel", "andel_nedre", "andel_øvre"),
    *("rang", "rang_fra", "rang_til", "tilfeldig", "p"),
)
LMG, JOHNSON, CORRECTED = "lmg", "johnson", "lmg_korrigert"
#: Null columns drawn at a time, to bound memory.
_CHUNK = 100


@dataclass(frozen=True)
class ImportanceResult(Finding):
    """Themes by how much of the variation in the score goes with them.

    Parameters
    ----------
    summary : pandas.DataFrame
        One row per method and theme. ``metode``: ``lmg``, ``johnson``, and ``lmg_korrigert`` where there are labels.
        ``estimat, nedre, øvre``: share (0-1) of the variation left in the score when centre, shopper, channel and
        month are held equal; over themes they sum to R². ``andel, andel_nedre, andel_øvre``: share of that sum.
        ``rang`` and ``rang_fra .. rang_til``: place and the places it may have. ``tilfeldig``: what a theme of random
        columns with the same shares and the same shoppers gets in 19 of 20 draws; ``p``: share of such draws that get
        as much (with one added). ``n``: contacts with the theme. Themes that cannot be used have missing numbers; so
        have, with ``lmg_korrigert``, those none of whose mentions could be corrected: they are held in the model as
        tagged, and R², shares and ranks are the other themes'.
    notes, header
        As in `Finding`; ``header["r2"]`` (method -> R²), ``header["r2_controls"]``: share of all variation in the score
        that centre, shopper, channel and month take.
    dominance : Dominance
        The pairwise comparison that LMG sums up.
    """

    dominance: Dominance = field(default_factory=Dominance)

    _shown = {name: "1%" for name in ("estimat", "nedre", "øvre", "andel", "andel_nedre", "andel_øvre", "tilfeldig")}

    def plot(self) -> altair.Chart:
        """Return a chart of each theme's importance with its interval and what a random theme gets."""
        from textinnsikt.factors.charts import importance_chart

        return importance_chart(self)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        table = self.dominance
        pairs = {"complete": table.complete, "conditional": table.conditional, "levels": table.levels}
        return super().to_dict() | {"dominance": {name: records(frame.reset_index()) for name, frame in pairs.items()}}


class ThemeImportance:
    """Shares the explained variation in the score out on the themes.

    A theme's two mentions, positive and negative, count as one player. Centre, shopper, channel and month are held
    equal first.

    Parameters
    ----------
    alpha : float
        One minus the level of the intervals.
    draws : int
        Bootstrap draws for each clustering, and draws of random columns.
    seed : int

    Notes
    -----
    LMG by Lindeman, Merenda and Gold (1980), relative weights by Johnson (2000), dominance by Azen and Budescu (2003).
    Intervals: two-way bootstrap over centres and shoppers (`two_way_covariance`) on the root of the importance and the
    log odds of the share, Student's t. The random columns are the theme's own, shuffled within each shopper.

    Examples
    --------
    >>> from textinnsikt.study import TaggedStudy
    >>> random = np.random.default_rng(1)
    >>> heard, solved = random.random(600) < 0.4, random.random(600) < 0.5
    >>> comments = pd.DataFrame({
    ...     "henvendelse": [f"h{i:03}" for i in range(600)], "kommentar_nr": 1, "kanal": "telefon", "dato": None,
    ...     "kundesenter": [f"senter {i // 25}" for i in range(600)], "klasse": "Bank", "besvart": "ja",
    ...     "shopper": [f"s{i % 25}" for i in range(600)], "tekst": "Fint.",
    ...     "lytting": np.where(heard, "positiv", "ingen"), "løsning": np.where(solved, "positiv", "ingen"),
    ...     "totalscore": 70 + 10 * heard + 5 * solved + random.normal(0, 5, 600)})
    >>> result = ThemeImportance(draws=200).fit(TaggedStudy(comments, ("lytting", "løsning")))
    >>> result.summary.loc[result.summary["metode"] == "lmg", ["tema", "andel", "rang_til"]].round(2).values.tolist()
    [['lytting', 0.86, 1], ['løsning', 0.14, 2]]
    """

    def __init__(self, alpha: float = 0.05, draws: int = 1000, seed: int = 0):
        self.alpha = alpha
        self.draws = draws
        self.seed = seed

    def fit(self, tagged: TaggedStudy, labels: Labels | pd.DataFrame | str | Path | None = None) -> ImportanceResult:
        """Compute the importance of every theme.

        Parameters
        ----------
        tagged : TaggedStudy
        labels : Labels, pandas.DataFrame or path, optional
            Contacts labelled by people, drawn with known probabilities: importance corrected for tagging errors is
            then given too.

        Returns
        -------
        ImportanceResult

        Raises
        ------
        InputError
            When no contact has both a score and a comment, or no theme can be used.
        """
        sample = Sample.of(tagged)
        if isinstance(labels, pd.DataFrame):
            labels = Labels.of(labels, tagged)
        elif labels is not None and not isinstance(labels, Labels):
            labels = Labels.read(labels, tagged)
        with threadpool_limits(1):
            design = Design.of(sample)
            if not design.mentions:
                raise InputError(
                    f"{tagged.source or 'Studien'}: ingen temaer kan sammenlignes, for "
                    + next(iter(design.refused.values()), "ingen omtales")
                    + "."
                )
            return self._fit(tagged, sample, design, labels)

    def _fit(self, tagged: TaggedStudy, sample: Sample, design: Design, labels: Labels | None) -> ImportanceResult:
        themes, players = _players(design.mentions)
        moments = _naive(design)
        frames = {
            LMG: self._rows(moments, design, themes, players, "lmg"),
            JOHNSON: self._rows(moments, design, themes, players, "johnson"),
        }
        null = self._null(sample, design, themes, players)
        observed = frames[LMG]["estimat"].to_numpy()
        frames[LMG]["tilfeldig"] = np.quantile(null, 0.95, axis=0)
        frames[LMG]["p"] = (1 + (null >= observed).sum(0)) / (1 + len(null))
        notes = [*sample.notes]
        if labels is not None:
            corrected, why = self._corrected(sample, design, labels, themes)
            notes += why
            if corrected is not None:
                frames[CORRECTED] = corrected
        full = list(tagged.themes)
        parts = [frame.reindex(full).rename_axis("tema").reset_index().assign(metode=m) for m, frame in frames.items()]
        summary = pd.concat(parts, ignore_index=True)
        mentioned = sample.contacts[list(sample.mentions)]
        counts = {t: int(mentioned[[f"{t}:positiv", f"{t}:negativ"]].max(axis=1).sum()) for t in full}
        summary["n"] = summary["tema"].map(counts)
        ranks = ["rang", "rang_fra", "rang_til"]
        summary[ranks] = summary[ranks].astype("Int64")
        score = sample.contacts["totalscore"].to_numpy(dtype=float)
        whole = ((score - score.mean()) ** 2).sum()
        header = header_of(tagged, sample.contacts, 1 - self.alpha, self.seed) | {
            "r2": {m: float(frame["estimat"].sum()) for m, frame in frames.items()},
            "r2_controls": float(1 - (design.score**2).sum() / whole),
            "method": "LMG på det kundesenter, shopper, kanal og måned ikke forklarer; toveis bootstrap",
        }
        explained = explained_by_subsets(_matrices(moments.sum(0)[None], len(design.mentions)), players)[0]
        texts = (*notes, *_words(frames[LMG], header, design, themes, full))
        return ImportanceResult(summary[list(IMPORTANCE_COLUMNS)], texts, header, dominance_of(explained, themes))

    def _rows(
        self,
        parts: np.ndarray,
        design: Design,
        themes: list[str],
        players: list[list[int]],
        method: str,
        lost: frozenset[str] = frozenset(),
    ) -> pd.DataFrame:
        """Return one method's estimates, intervals and ranks from what each contact adds to the moments.

        The themes ``lost`` are in the model, but have no row.
        """
        count = sum(len(p) for p in players)
        kept = [place for place, theme in enumerate(themes) if theme not in lost]
        themes = [themes[place] for place in kept]
        found = importances(_matrices(parts.sum(0)[None], count), players, method)[0, kept].clip(0, 1)
        spare = len(parts) / (len(parts) - design.projection.rank - count)
        statistic = _statistic(count, players, method, kept)
        covariance = two_way_covariance(parts, design.groups, statistic, self.draws, self.seed) * spare
        error = np.sqrt(np.diag(covariance))
        reach = stats.t.ppf(1 - self.alpha / 2, design.freedom) * error
        k = len(themes)
        root, logit = np.sqrt(found), _logit(found / found.sum())
        frame = pd.DataFrame({"estimat": found}, index=themes)
        frame["nedre"] = np.clip(root - reach[:k], 0, None) ** 2
        frame["øvre"] = np.clip(root + reach[:k], 0, 1) ** 2
        frame["andel"] = found / found.sum()
        frame["andel_nedre"], frame["andel_øvre"] = _expit(logit - reach[k:]), _expit(logit + reach[k:])
        if k == 1:
            frame[["andel_nedre", "andel_øvre"]] = np.nan
        frame["rang"] = 1 + (found[None, :] > found[:, None]).sum(1)
        frame[["rang_fra", "rang_til"]] = self._ranks(root, covariance[:k, :k])
        return frame

    def _ranks(self, root: np.ndarray, covariance: np.ndarray) -> np.ndarray:
        """Return the middle ``1 - alpha`` of each theme's place over draws around the estimates."""
        values, vectors = np.linalg.eigh(covariance)
        noise = np.random.default_rng(self.seed).standard_normal((max(self.draws, 1000), len(root)))
        drawn = root + noise @ (vectors * np.sqrt(np.clip(values, 0, None))).T
        places = 1 + (drawn[:, None, :] > drawn[:, :, None]).sum(2)
        ends = [self.alpha / 2, 1 - self.alpha / 2]
        return np.quantile(places, ends, axis=0, method="nearest").astype(int).T

    def _null(self, sample: Sample, design: Design, themes: list[str], players: list[list[int]]) -> np.ndarray:
        """Return the importance of each theme when its columns are shuffled within shopper, draws x themes."""
        random = np.random.default_rng([self.seed, 1])
        shopper = group_codes(sample.contacts["shopper"])
        if sample.contacts["shopper"].isna().all():
            shopper = np.zeros(len(shopper), dtype=int)
        order = np.argsort(shopper, kind="stable")
        n, k = design.columns.shape
        null = np.empty((self.draws, len(themes)))
        for start in range(0, self.draws, _CHUNK):
            size = min(_CHUNK, self.draws - start)
            moved = np.empty((size, n), dtype=int)
            keys = random.random((size, n)) + shopper
            moved[:, order] = np.argsort(keys, axis=1, kind="stable")
            for place, player in enumerate(players):
                drawn = design.raw[:, player][moved]  # size x n x columns
                flat = drawn.transpose(1, 0, 2).reshape(n, -1)
                left = design.projection.residual(flat).reshape(n, size, len(player))
                stack = _with_columns(design, left, player)
                null[start : start + size, place] = importances(stack, players)[:, place]
        return null

    def _corrected(
        self, sample: Sample, design: Design, labels: Labels, themes: list[str]
    ) -> tuple[pd.DataFrame | None, list[str]]:
        """Return the importance from moments corrected for tagging errors."""
        moments = Moments.of(design, Draw.of(sample, labels))
        lost = [name for name in design.mentions if name in moments.refused]
        notes = [f"Viktigheten av «{m.replace(':', ': ')}» er ikke korrigert: {moments.refused[m]}." for m in lost]
        if len(lost) == len(design.mentions) or not moments.is_stable():
            return None, [*notes, "Viktigheten er ikke korrigert for merkefeil: det er for få merkede henvendelser."]
        flat = moments.per_xx.reshape(len(design.score), -1)
        parts = np.column_stack([flat, moments.per_xy, design.score**2])
        fine = {name.rsplit(":", 1)[0] for name in design.mentions if name not in lost}
        gone = frozenset(themes) - fine
        notes += [
            f"«{theme}» har ingen viktighet rettet for merkefeil, for ingen av omtalene er rettet. De rettede andelene "
            "deles på de andre temaene."
            for theme in themes
            if theme in gone
        ]
        return self._rows(parts, design, themes, _players(design.mentions)[1], "lmg", gone), notes


def _players(mentions: tuple[str, ...]) -> tuple[list[str], list[list[int]]]:
    """Return the themes of some mentions, and the columns of each."""
    names = [mention.rsplit(":", 1)[0] for mention in mentions]
    themes = list(dict.fromkeys(names))
    return themes, [[i for i, name in enumerate(names) if name == theme] for theme in themes]


def _naive(design: Design) -> np.ndarray:
    """Return what each contact adds to the moments of the tags: X'MX, X'My, y'My laid out in a row."""
    x, y = design.columns, design.score
    return np.column_stack([(x[:, :, None] * x[:, None, :]).reshape(len(x), -1), x * y[:, None], y**2])


def _matrices(moments: np.ndarray, count: int) -> np.ndarray:
    """Fold rows of moments into draws x (count + 1) x (count + 1), outcome last."""
    stack = np.empty((len(moments), count + 1, count + 1))
    stack[:, :count, :count] = moments[:, : count**2].reshape(-1, count, count)
    stack[:, :count, count] = stack[:, count, :count] = moments[:, count**2 : -1]
    stack[:, count, count] = moments[:, -1]
    return stack


def _statistic(
    count: int, players: list[list[int]], method: str, kept: list[int]
) -> Callable[[np.ndarray], np.ndarray]:
    """Return the function from moments to roots of importances and log odds of shares, of the players kept."""

    def statistic(moments: np.ndarray) -> np.ndarray:
        found = importances(_matrices(moments, count), players, method)[:, kept].clip(0, 1)
        whole = np.maximum(found.sum(1, keepdims=True), 1e-12)
        return np.column_stack([np.sqrt(found), _logit(found / whole)])

    return statistic


def _with_columns(design: Design, left: np.ndarray, player: list[int]) -> np.ndarray:
    """Return the moments with a player's columns replaced: n x draws x columns, controls taken out."""
    fixed = np.column_stack([design.columns, design.score])
    stack = np.repeat((fixed.T @ fixed)[None], left.shape[1], axis=0)
    cross = np.einsum("ndc,nf->dcf", left, fixed)
    own = np.einsum("ndc,nde->dce", left, left)
    stack[:, player, :] = cross
    stack[:, :, player] = cross.transpose(0, 2, 1)
    for i, a in enumerate(player):
        for j, b in enumerate(player):
            stack[:, a, b] = own[:, i, j]
    return stack


def _logit(share: np.ndarray) -> np.ndarray:
    inside = np.clip(share, 1e-4, 1 - 1e-4)
    return np.log(inside / (1 - inside))


def _expit(value: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-value))


def _words(rows: pd.DataFrame, header: dict[str, Any], design: Design, themes: list[str], full: list[str]) -> list[str]:
    """Say in words what the shares are of, what is left out, and which themes cannot be told apart."""
    percent = norwegian(100 * header["r2"][LMG], 1)
    notes = [
        f"Temaene går sammen med {percent} % av forskjellene i score mellom henvendelser med samme kundesenter, "
        "shopper, kanal og måned. Andelene deler dette på temaene og summerer til 100 %.",
        "Viktighet har ikke fortegn og avhenger av hvor mye temaet varierer i denne studien: et tema alle gjør bra, "
        "får lav viktighet.",
    ]
    weak = [theme for theme in themes if rows.loc[theme, "p"] >= 0.05]
    notes += [f"«{theme}» får ikke mer enn et tema av tilfeldige kolonner ville fått." for theme in weak]
    for theme in full:
        lost = [m for m in design.refused if m.rsplit(":", 1)[0] == theme]
        if theme not in themes:
            notes.append(f"«{theme}» har ingen viktighet: {design.refused[lost[0]]}.")
        else:
            notes += [
                f"Viktigheten til «{theme}» bruker ikke «{m.replace(':', ': ')}»: {design.refused[m]}." for m in lost
            ]
    first = rows.sort_values("rang")
    if len(first) > 1 and first["rang_fra"].iloc[1] == 1:
        notes.append("Rekkefølgen øverst er ikke sikker: flere temaer kan være viktigst.")
    return notes
