"""What the winners of their class do more of than the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests
from threadpoolctl import threadpool_limits

from textinnsikt.errors import InputError
from textinnsikt.factors.finding import Finding, header_of, norwegian, records
from textinnsikt.factors.projection import group_codes
from textinnsikt.factors.scored import scored_contacts
from textinnsikt.factors.splits import Contest, contests

if TYPE_CHECKING:
    import altair

    from textinnsikt.study import TaggedStudy

#: Columns of ``vinnere.csv``.
WINNER_COLUMNS = (*("klasse", "tema", "omtale", "estimat", "nedre", "øvre", "n", "vinner", "andre", "rå", "p", "q"),)
ALL = "alle"
#: Fewest classes whose spread the test is scaled by.
_MIN_CLASSES = 5


@dataclass(frozen=True)
class WinnersResult(Finding):
    """How much more often each thing is told of winners than of the others in their class.

    Parameters
    ----------
    summary : pandas.DataFrame
        One row per class and mention, ``alle`` first. ``vinner``, ``andre``: share (0-1) of answered contacts with the
        mention, by shoppers who had no say in who won. ``rå``: their difference in the class itself. ``estimat, nedre,
        øvre``: for ``alle`` the mean difference over classes; for a class the difference drawn towards it as far as
        the classes do not differ. ``n``: answered contacts with a comment. ``p``: permutation test within classes;
        ``q``: Benjamini and Hochberg over mentions; both for ``alle`` only.
    notes, header
        As in `Finding`.
    winners : pandas.DataFrame
        Indexed by class: ``vinner`` (by the official score), ``score``, ``neste`` (score points ahead of the second),
        ``andel_delinger`` (share of splits, 0-1, in which the same centre wins on half of the shoppers).
    """

    winners: pd.DataFrame = field(default_factory=pd.DataFrame)

    _shown = {name: "0%" for name in ("estimat", "nedre", "øvre", "vinner", "andre", "rå")}

    def plot(self) -> altair.Chart:
        """Return a chart of the pooled differences with their intervals."""
        from textinnsikt.factors.charts import winners_chart

        return winners_chart(self)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return super().to_dict() | {"winners": records(self.winners.reset_index())}


class ClassWinners:
    """Compares the winner of each class with the others, without letting a good mood speak twice.

    The shopper who gives the score also writes the comment: a winner chosen by the same contacts that are then compared
    looks better on everything. Here the shoppers are split in two at random, many times: one half chooses the winner,
    the other half is asked what it wrote.

    Parameters
    ----------
    alpha : float
        One minus the level of the intervals.
    repeats : int
        Random splits.
    permutations : int
        Draws of the permutation test, which lets the centres of a class change places.
    seed : int

    Notes
    -----
    The test statistic is the mean over classes divided by its standard error (Janssen 1997, Statistics & Probability
    Letters 36(1), 9-21); unscaled it rejects too often, because splits of the same contacts are not independent.
    Classes are drawn towards the mean by DerSimonian and Laird (1986, Controlled Clinical Trials 7(3), 177-188), with
    the variance that chance among the centres of a class gives.

    Examples
    --------
    >>> from textinnsikt.study import TaggedStudy
    >>> rows = [(k, c, s) for k in range(8) for c in range(4) for s in range(12)]
    >>> heard = [c == 0 or (s + k) % 3 == 0 for k, c, s in rows]
    >>> comments = pd.DataFrame({
    ...     "henvendelse": [f"h{i:03}" for i in range(len(rows))], "kommentar_nr": 1, "kanal": "telefon", "dato": None,
    ...     "kundesenter": [f"senter {k}{c}" for k, c, _ in rows], "klasse": [f"klasse {k}" for k, _, _ in rows],
    ...     "besvart": "ja", "shopper": [f"s{s}" for _, _, s in rows], "tekst": "Fint.",
    ...     "lytting": ["positiv" if h else "ingen" for h in heard],
    ...     "totalscore": [60.0 + 20 * (c == 0) + s % 3 for _, c, s in rows]})
    >>> result = ClassWinners(permutations=500).fit(TaggedStudy(comments, ("lytting",)))
    >>> result.summary.loc[[0], ["klasse", "omtale", "vinner", "estimat"]].round(2).values.tolist()
    [['alle', 'positiv', 1.0, 0.67]]
    """

    def __init__(self, alpha: float = 0.05, repeats: int = 20, permutations: int = 2000, seed: int = 0):
        self.alpha = alpha
        self.repeats = repeats
        self.permutations = permutations
        self.seed = seed

    def fit(self, tagged: TaggedStudy) -> WinnersResult:
        """Compare winners with the others.

        Parameters
        ----------
        tagged : TaggedStudy

        Returns
        -------
        WinnersResult

        Raises
        ------
        InputError
            When no class has two centres, or there are no shoppers to split.
        """
        contacts, notes = scored_contacts(tagged)
        source = tagged.source or "Studien"
        if contacts["shopper"].nunique() < 4:
            raise InputError(
                f"{source} har færre enn fire shoppere, og vinnerne kan da ikke velges av andre enn dem som beskriver."
            )
        sizes = contacts.groupby("klasse")["kundesenter"].nunique()
        if sizes.max() < 2:
            raise InputError(
                f"{source} har ingen klasse med to kundesentre, så det er ingen vinner å sammenligne med andre."
            )
        with threadpool_limits(1):
            return self._fit(tagged, contacts, notes)

    def _fit(self, tagged: TaggedStudy, contacts: pd.DataFrame, notes: list[str]) -> WinnersResult:
        columns = list(tagged.mention_columns)
        centre, names = pd.factorize(contacts["kundesenter"], sort=True)
        classes = contacts["klasse"].to_numpy()[np.unique(centre, return_index=True)[1]]
        group, labels = pd.factorize(classes, sort=True)
        score = contacts["totalscore"].to_numpy(dtype=float)
        answered = contacts["besvart"] != "nei"
        mentions = contacts[columns].where(answered).to_numpy(dtype=float)
        shopper = group_codes(contacts["shopper"])
        found = contests(score, mentions, centre, shopper, group, 2, self.repeats, self.seed)
        found = [contest for contest in found if np.trace(contest.splits) > 0]
        if not found:
            raise InputError(f"{tagged.source or 'Studien'} har for få henvendelser til å dele shopperne i to.")
        inside = [str(labels[group[contest.centres[0]]]) for contest in found]
        told = contacts[columns[0]].notna() & answered
        counts = contacts[told].groupby("klasse").size().reindex(inside, fill_value=0).to_numpy()
        summary = self._summary(found, inside, counts, columns)
        winners = _official(score, centre, names, found, inside)
        header = header_of(tagged, contacts, 1 - self.alpha, self.seed) | {
            "classes": len(found),
            "repeats": self.repeats,
        }
        return WinnersResult(summary, (*notes, *_words(summary, winners)), header, winners)

    def _summary(self, found: list[Contest], inside: list[str], counts: np.ndarray, columns: list[str]) -> pd.DataFrame:
        """Return the pooled rows and the classes' rows."""
        as_is = np.array([c.differences(np.arange(len(c.centres))[None])[0] for c in found])
        levels = np.array([c.level() for c in found])
        drawn = self._permuted(found)
        p = permutation_p(as_is, drawn)
        pooled = _pooled(as_is, self.alpha)
        each = _shrunk(as_is, drawn, np.array([len(c.centres) for c in found]), self.alpha)
        parts = []
        for place, name in enumerate([ALL, *inside]):
            whole = place == 0
            own = slice(None) if whole else slice(place - 1, place)
            level, difference = levels[own].mean(0), as_is[own].mean(0)
            low, middle, high = pooled if whole else each[:, place - 1]
            parts.append(
                pd.DataFrame(
                    {
                        "klasse": name,
                        "tema": [c.rsplit(":", 1)[0] for c in columns],
                        "omtale": [c.rsplit(":", 1)[1] for c in columns],
                        "estimat": middle,
                        "nedre": low,
                        "øvre": high,
                        "n": int(counts.sum() if whole else counts[place - 1]),
                        "vinner": level,
                        "andre": level - difference,
                        "rå": difference,
                        "p": p if whole else np.nan,
                        "q": _q_values(p) if whole else np.nan,
                    }
                )
            )
        return pd.concat(parts, ignore_index=True)[list(WINNER_COLUMNS)]

    def _permuted(self, found: list[Contest]) -> np.ndarray:
        """Return draws x classes x mentions: differences when the centres of a class change places at random."""
        random = np.random.default_rng([self.seed, 1])
        parts = []
        for contest in found:
            order = np.tile(np.arange(len(contest.centres)), (self.permutations, 1))
            parts.append(contest.differences(random.permuted(order, axis=1)))
        return np.stack(parts, axis=1)


def permutation_p(as_is: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Return the two-sided permutation p of the mean over classes; missing where nothing varies.

    Parameters
    ----------
    as_is : numpy.ndarray
        Classes x mentions, differences between winner and others.
    drawn : numpy.ndarray
        Draws x classes x mentions, the same with the centres of a class in random places.

    Returns
    -------
    numpy.ndarray
        One p per mention.
    """
    observed, null = np.abs(as_is.mean(0)), np.abs(drawn.mean(1))
    if len(as_is) >= _MIN_CLASSES:
        observed = observed / _floor(as_is.std(0, ddof=1))
        null = null / _floor(drawn.std(1, ddof=1))
    p = (1 + (null >= observed * (1 - 1e-9)).sum(0)) / (1 + len(null))
    return np.where(np.abs(drawn).max((0, 1)) > 0, p, np.nan)


def _floor(spread: np.ndarray) -> np.ndarray:
    return np.maximum(spread, 1e-9)


def _q_values(p: np.ndarray) -> np.ndarray:
    q = np.full(len(p), np.nan)
    tested = ~np.isnan(p)
    if tested.any():
        q[tested] = multipletests(p[tested], method="fdr_bh")[1]
    return q


def _pooled(as_is: np.ndarray, alpha: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the mean over classes with Student's interval."""
    middle, count = as_is.mean(0), len(as_is)
    if count < 2:
        return np.full(len(middle), np.nan), middle, np.full(len(middle), np.nan)
    reach = stats.t.ppf(1 - alpha / 2, count - 1) * as_is.std(0, ddof=1) / np.sqrt(count)
    return middle - reach, middle, middle + reach


def _shrunk(as_is: np.ndarray, drawn: np.ndarray, centres: np.ndarray, alpha: float) -> np.ndarray:
    """Return 3 x classes x mentions: each class drawn towards the mean, with its interval (low, middle, high)."""
    # By chance alone a winner among k differs from the other k - 1 by the variance of one centre times k / (k - 1).
    scale = (centres / (centres - 1))[:, None]
    chance = (drawn.var(0) / scale).mean(0) * scale
    chance = np.maximum(chance, 1e-12)
    weight = 1 / chance
    total = weight.sum(0)
    mean = (weight * as_is).sum(0) / total
    excess = (weight * (as_is - mean) ** 2).sum(0) - (len(as_is) - 1)
    room = total - (weight**2).sum(0) / total
    between = np.where(room > 0, np.clip(excess / np.where(room > 0, room, 1), 0, None), 0)
    weight = 1 / (chance + between)
    mean = (weight * as_is).sum(0) / weight.sum(0)
    keep = between / (between + chance)
    middle = mean + keep * (as_is - mean)
    spread = np.sqrt(keep * chance + (1 - keep) ** 2 / weight.sum(0))
    reach = stats.norm.ppf(1 - alpha / 2) * spread
    return np.stack([middle - reach, middle, middle + reach])


def _official(
    score: np.ndarray, centre: np.ndarray, names: pd.Index, found: list[Contest], inside: list[str]
) -> pd.DataFrame:
    """Return the official winner of each class, and how often half of the shoppers choose the same."""
    means = np.bincount(centre, score) / np.bincount(centre)
    rows = []
    for contest in found:
        own = means[contest.centres]
        first = int(np.argmax(own))
        ahead = own[first] - np.delete(own, first).max()
        splits = contest.splits.max(1)
        rows.append((names[contest.centres[first]], own[first], ahead, splits[first] / splits.sum()))
    columns = ["vinner", "score", "neste", "andel_delinger"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index(inside, name="klasse"))


def _words(summary: pd.DataFrame, winners: pd.DataFrame) -> list[str]:
    """Say in words what was compared and what stands out."""
    whole = summary[summary["klasse"] == ALL]
    notes = [
        f"Vinneren er valgt av halvparten av shopperne og beskrevet av den andre, i mange delinger av {len(winners)} "
        "klasser. "
        f"I gjennomsnitt velger halvparten den offisielle vinneren i {100 * winners['andel_delinger'].mean():.0f} % av "
        "delingene, så forskjellene er heller for små enn for store.",
    ]
    sure = whole[whole["q"] < 0.05]
    for row in sure.itertuples():
        more = "oftere" if row.estimat > 0 else "sjeldnere"
        low, high = sorted([row.nedre, row.øvre], key=abs) if row.nedre * row.øvre > 0 else (row.nedre, row.øvre)
        sign = 1 if row.estimat > 0 or row.nedre * row.øvre <= 0 else -1
        notes.append(
            f"«{row.tema}: {row.omtale}» nevnes {more} hos vinnere: forskjellen er trolig mellom "
            f"{norwegian(100 * sign * low, 0)} og {norwegian(100 * sign * high, 0)} prosentpoeng."
        )
    if sure.empty:
        notes.append("Ingen omtale skiller vinnerne sikkert fra de andre.")
    return notes
