"""Which centre is best, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from threadpoolctl import threadpool_limits

from textinnsikt.factors.crossed import CentreMeans, Components, Crossing, centre_means, variance_components
from textinnsikt.factors.finding import Finding, header_of, listed, norwegian, records
from textinnsikt.factors.ranksets import rank_sets
from textinnsikt.factors.scored import scored_contacts

if TYPE_CHECKING:
    import altair

    from textinnsikt.study import TaggedStudy

#: What centres are ranked on, the official score first.
OFFICIAL, ANSWERED, RATE = "offisiell score", "score når besvart", "svarandel"
#: Columns of ``rangering.csv``.
RANKING_COLUMNS = (
    *(
        "mål",
        "kundesenter",
        "klasse",
        "n",
        "snitt",
        "estimat",
        "nedre",
        "øvre",
        "plass",
        "rang",
        "rang_fra",
        "rang_til",
    ),
    *("klasseplass", "klasserang", "klasserang_fra", "klasserang_til", "sannsynlighet_best"),
)
_ALL = "alle"
#: With more classes than this, all are told of in one note; with more centres at the top than this, none is named.
_CLASSES, _NAMED = 8, 5


@dataclass(frozen=True)
class RankingResult(Finding):
    """Centres ranked, with the places that each can have.

    Parameters
    ----------
    summary : pandas.DataFrame
        One row per measure and centre, best first. ``mål``: ``offisiell score`` (an unanswered contact counts as the
        lowest score), ``score når besvart``, ``svarandel`` (per cent). ``snitt``: the plain mean, as published.
        ``estimat, nedre, øvre``: the mean at the average shopper's leniency. ``rang``: its number in the order;
        ``rang_fra .. rang_til``: the places that hold for all centres at once; ``plass``: one more than the number of
        centres that are surely better, ``delt`` where several share it. ``klasse…``: the same within the class.
        ``sannsynlighet_best``: that the centre is truly best in its class (0-1).
    notes, header
        As in `Finding`; ``header["reliability"]`` holds each score's reliability (0-1).
    components : pandas.DataFrame
        Indexed by measure and source (klasse, kundesenter, shopper, rest): ``varians, andel, nedre, øvre, n``.
    shoppers : pandas.DataFrame
        Indexed by shopper: ``raushet`` (score points above the average shopper), ``nedre``, ``øvre``, ``n``.
    top : pandas.DataFrame
        For each class and for ``alle``: ``sentre`` (how many), ``øverst`` (how many can be best), ``navn``.
    """

    components: pd.DataFrame = field(default_factory=pd.DataFrame)
    shoppers: pd.DataFrame = field(default_factory=pd.DataFrame)
    top: pd.DataFrame = field(default_factory=pd.DataFrame)

    _shown = {"snitt": "p", "estimat": "p", "nedre": "p", "øvre": "p", "sannsynlighet_best": "0%"}

    def plot(self, klasse: str | None = None) -> altair.Chart:
        """Return a chart of the centres' scores with intervals, for one class or for all."""
        from textinnsikt.factors.charts import ranking_chart

        return ranking_chart(self, klasse)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        more = {name: records(getattr(self, name).reset_index()) for name in ("components", "shoppers", "top")}
        return super().to_dict() | more


class CentreRanking:
    """Ranks the centres of a study and says which places cannot be told apart.

    Parameters
    ----------
    alpha : float
        One minus the level of intervals and rank sets.
    stepdown : bool
        Whether rank sets are sharpened stepwise.
    draws : int
        Draws behind rank sets and probabilities.
    seed : int

    Notes
    -----
    Variances by Henderson's method 3, leniency taken out jointly for all centres, rank sets by Mogstad, Romano, Shaikh
    and Wilhelm (2024), probability of being best from the normal model with centres drawn around their class's mean
    (Goldstein and Spiegelhalter 1996, Journal of the Royal Statistical Society A 159(3), 385-443). Answer rates have
    Wilson's (1927) interval and no rank sets: with 25 contacts they do not bear them.

    Examples
    --------
    >>> from textinnsikt.study import TaggedStudy
    >>> random = np.random.default_rng(1)
    >>> rows = [(c, s) for c in range(6) for s in range(20)]
    >>> comments = pd.DataFrame({
    ...     "henvendelse": [f"h{i:03}" for i in range(120)], "kommentar_nr": 1, "kanal": "telefon", "dato": None,
    ...     "kundesenter": [f"Bank {'ABCDEF'[c]}" for c, _ in rows], "klasse": "Bank", "besvart": "ja",
    ...     "shopper": [f"s{s}" for _, s in rows], "tekst": "Fint.", "lytting": "ingen",
    ...     "totalscore": [90 - 15 * (c > 0) + s % 5 + random.normal() for c, s in rows]})
    >>> result = CentreRanking().fit(TaggedStudy(comments, ("lytting",)))
    >>> result.summary[["kundesenter", "plass", "rang_fra", "rang_til"]].head(2).values.tolist()
    [['Bank A', '1.', 1, 1], ['Bank F', 'delt 2.', 2, 6]]
    >>> int(result.top.loc["Bank", "øverst"])
    1
    """

    def __init__(self, alpha: float = 0.05, stepdown: bool = True, draws: int = 2000, seed: int = 0):
        self.alpha = alpha
        self.stepdown = stepdown
        self.draws = draws
        self.seed = seed

    def fit(self, tagged: TaggedStudy) -> RankingResult:
        """Rank the centres.

        Parameters
        ----------
        tagged : TaggedStudy

        Returns
        -------
        RankingResult

        Raises
        ------
        InputError
            When there are no scores, or fewer than two centres.
        """
        contacts, notes = scored_contacts(tagged)
        with threadpool_limits(1):
            return self._fit(tagged, contacts, notes)

    def _fit(self, tagged: TaggedStudy, contacts: pd.DataFrame, notes: list[str]) -> RankingResult:
        answered = (contacts["besvart"] != "nei").to_numpy()
        frames, components, reliability = [], {}, {}
        shoppers = pd.DataFrame()
        centres = sorted(contacts["kundesenter"].unique())
        for measure, rows in ((OFFICIAL, np.ones(len(contacts), dtype=bool)), (ANSWERED, answered)):
            part = contacts[rows]
            if part["kundesenter"].nunique() < 2:
                continue
            fitted = _fitted(part, answered[rows], 1 - self.alpha)
            components[measure] = fitted.components.frame
            reliability[measure] = fitted.reliability
            frames.append(self._rows(measure, part, fitted))
            shoppers = _leniency_table(part[answered[rows]], fitted, self.alpha)
            if measure == OFFICIAL and not fitted.lenient:
                notes.append("Shopper mangler, eller hver shopper har bare én henvendelse: raushet er ikke tatt ut.")
        frames.append(self._rates(contacts, answered))
        summary = pd.concat(frames, ignore_index=True)[list(RANKING_COLUMNS)]
        ranks = [c for c in summary if "rang" in c]
        summary[ranks] = summary[ranks].astype("Int64")
        top = _top(summary[summary["mål"] == OFFICIAL])
        header = header_of(tagged, contacts, 1 - self.alpha, self.seed) | {"reliability": reliability}
        texts = (*notes, *_words(reliability, top, len(centres)))
        return RankingResult(summary, texts, header, pd.concat(components, names=["mål", "kilde"]), shoppers, top)

    def _rows(self, measure: str, contacts: pd.DataFrame, fitted: _Fitted) -> pd.DataFrame:
        """Return one measure's rows, best first."""
        means, frame = fitted.means, fitted.centres.copy()
        reach = stats.t.ppf(1 - self.alpha / 2, means.freedom) * np.sqrt(np.diag(means.covariance))
        frame = frame.assign(
            mål=measure, estimat=means.estimate, nedre=means.estimate - reach, øvre=means.estimate + reach
        )
        everyone = np.arange(len(frame))
        frame[["rang", "rang_fra", "rang_til"]] = self._sets(means, everyone)
        frame["plass"] = _places(frame["rang_fra"])
        best = _chance_of_best(fitted, self.draws, self.seed)
        frame["sannsynlighet_best"] = best
        for _, rows in frame.groupby("klasse", sort=True).groups.items():
            sets = self._sets(means, np.asarray(rows))
            frame.loc[rows, ["klasserang", "klasserang_fra", "klasserang_til"]] = sets
            frame.loc[rows, "klasseplass"] = _places(pd.Series(sets[:, 1], index=rows))
        whole = ["klasserang", "klasserang_fra", "klasserang_til"]
        frame[whole] = frame[whole].astype(int)
        return frame.sort_values(["rang", "kundesenter"], ignore_index=True)

    def _sets(self, means: CentreMeans, rows: np.ndarray) -> np.ndarray:
        """Return ``rang, fra, til`` of some centres among themselves."""
        part = means.covariance[np.ix_(rows, rows)]
        found = rank_sets(
            means.estimate[rows],
            part,
            level=1 - self.alpha,
            stepdown=self.stepdown,
            freedom=means.freedom[rows],
            draws=self.draws,
            seed=self.seed,
        )
        return found.to_numpy()

    def _rates(self, contacts: pd.DataFrame, answered: np.ndarray) -> pd.DataFrame:
        """Return the answer rates, without rank sets."""
        frame = (
            contacts.assign(svar=answered).groupby(["kundesenter", "klasse"])["svar"].agg(["sum", "size"]).reset_index()
        )
        low, high = proportion_confint(frame["sum"], frame["size"], self.alpha, method="wilson")
        rate = 100 * frame["sum"] / frame["size"]
        frame = frame.assign(mål=RATE, n=frame["size"], snitt=rate, estimat=rate, nedre=100 * low, øvre=100 * high)
        frame["rang"] = rate.rank(ascending=False, method="min").astype(int)
        frame["klasserang"] = rate.groupby(frame["klasse"]).rank(ascending=False, method="min").astype(int)
        frame["plass"] = _places(frame["rang"])
        for _, rows in frame.groupby("klasse").groups.items():
            frame.loc[rows, "klasseplass"] = _places(frame.loc[rows, "klasserang"])
        return frame.sort_values(["rang", "kundesenter"], ignore_index=True).reindex(columns=list(RANKING_COLUMNS))


@dataclass(frozen=True)
class _Fitted:
    """One measure's numbers before they are ranked."""

    centres: pd.DataFrame
    means: CentreMeans
    components: Components
    crossing: Crossing
    shoppers: list[str]
    reliability: float
    lenient: bool


def _fitted(contacts: pd.DataFrame, answered: np.ndarray, level: float) -> _Fitted:
    """Estimate variances and centre means of one measure."""
    score = contacts["totalscore"].to_numpy(dtype=float)
    centre, names = pd.factorize(contacts["kundesenter"], sort=True)
    first = np.unique(centre, return_index=True)[1]
    classes = contacts["klasse"].to_numpy()[first]
    group = pd.factorize(classes, sort=True)[0]
    known = contacts["shopper"].fillna("(ukjent)")
    if known.nunique() > 0.8 * len(known):
        known = known.where(False, "(ukjent)")
    shopper, shoppers = pd.factorize(known, sort=True)
    crossing = Crossing(centre, shopper, group[centre])
    components = variance_components(score, crossing, level)
    among = components
    if not answered.all():
        codes = [pd.factorize(part[answered], sort=True)[0] for part in (centre, shopper, group[centre])]
        among = variance_components(score[answered], Crossing(*codes), level)
    means = centre_means(score, answered, crossing, among)
    count = np.bincount(centre)
    frame = pd.DataFrame(
        {"kundesenter": names, "klasse": classes, "n": count, "snitt": np.bincount(centre, score) / count}
    )
    error = _noise_within(means.covariance, group)
    own = max(components.centre, 0.0)
    reliability = own / (own + error) if own + error > 0 else 0.0
    return _Fitted(frame, means, components, crossing, list(shoppers), reliability, len(shoppers) > 1)


def _noise_within(covariance: np.ndarray, group: np.ndarray) -> float:
    """Return the mean sampling variance of a centre against the others of its class."""
    parts = []
    for code in np.unique(group):
        rows = np.flatnonzero(group == code)
        if len(rows) > 1:
            block = covariance[np.ix_(rows, rows)]
            off = (block.sum() - np.trace(block)) / (len(rows) * (len(rows) - 1))
            parts.append((np.trace(block) / len(rows) - off, len(rows)))
    if not parts:
        return float(np.diag(covariance).mean())
    noise, sizes = np.array(parts).T
    return float(np.average(noise, weights=sizes))


def _chance_of_best(fitted: _Fitted, draws: int, seed: int) -> np.ndarray:
    """Return each centre's probability of being best in its class."""
    means = fitted.means
    group = fitted.crossing.group[np.unique(fitted.crossing.centre, return_index=True)[1]]
    spread = max(fitted.components.centre, 1e-6 * max(fitted.components.rest, 1e-12))
    total = means.covariance + spread * np.eye(len(group))
    classes = np.eye(group.max() + 1)[group]
    inverse = np.linalg.inv(total)
    uncertain = np.linalg.inv(classes.T @ inverse @ classes)
    centre_of = uncertain @ classes.T @ inverse @ means.estimate
    pull = spread * inverse
    expected = classes @ centre_of + pull @ (means.estimate - classes @ centre_of)
    loose = (np.eye(len(group)) - pull) @ classes
    variance = spread * np.eye(len(group)) - spread * pull + loose @ uncertain @ loose.T
    values, vectors = np.linalg.eigh(variance)
    noise = np.random.default_rng(seed).standard_normal((max(draws, 1000), len(group)))
    drawn = expected + noise @ (vectors * np.sqrt(np.clip(values, 0, None))).T
    chance = np.zeros(len(group))
    for code in np.unique(group):
        rows = np.flatnonzero(group == code)
        chance[rows] = np.bincount(drawn[:, rows].argmax(1), minlength=len(rows)) / len(drawn)
    return chance


def _leniency_table(contacts: pd.DataFrame, fitted: _Fitted, alpha: float) -> pd.DataFrame:
    """Return each shopper's leniency, drawn towards zero by how unsure it is."""
    means = fitted.means
    if not fitted.lenient:
        return pd.DataFrame(columns=["raushet", "nedre", "øvre", "n"])
    spread = max(fitted.components.shopper, 0.0)
    noise = means.leniency_error**2
    keep = spread / np.where(spread + noise > 0, spread + noise, 1)
    reach = stats.norm.ppf(1 - alpha / 2) * np.sqrt(keep * noise)
    value = keep * means.leniency
    count = np.bincount(fitted.crossing.shopper, minlength=len(value))
    frame = {"raushet": value, "nedre": value - reach, "øvre": value + reach, "n": count}
    table = pd.DataFrame(frame, index=pd.Index(fitted.shoppers, name="shopper"))
    return table.sort_values("raushet", ascending=False, kind="stable")


def _places(best: pd.Series) -> pd.Series:
    """Write the best possible place of each centre, shared ones as shared."""
    shared = best.map(best.value_counts()) > 1
    return best.astype(int).astype(str).radd(pd.Series(np.where(shared, "delt ", ""), index=best.index)) + "."


def _top(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many centres can be best, by class and among all."""
    parts = {name: part[part["klasserang_fra"] == 1] for name, part in rows.groupby("klasse", sort=True)}
    sizes = rows["klasse"].value_counts()
    table = {
        n: {"sentre": sizes[n], "øverst": len(p), "navn": listed(list(p["kundesenter"]))} for n, p in parts.items()
    }
    best = rows[rows["rang_fra"] == 1]
    everyone = {"sentre": len(rows), "øverst": len(best), "navn": listed(list(best["kundesenter"]))}
    return pd.DataFrame({_ALL: everyone} | table).T.rename_axis("klasse").astype({"sentre": int, "øverst": int})


def _tops(top: pd.DataFrame) -> list[str]:
    """Say how many centres can be best in each class that has several."""
    classes = top.drop(_ALL)
    classes = classes[classes["sentre"] > 1]
    if len(classes) > _CLASSES:
        parts = ", ".join(f"{row.Index} {row.øverst} av {row.sentre}" for row in classes.itertuples())
        return [f"Så mange kan være best i hver klasse: {parts}."]
    return [
        f"{row.Index}: {row.øverst} av {row.sentre} kan være best{f' ({row.navn})' if row.øverst <= _NAMED else ''}."
        for row in classes.itertuples()
    ]


def _words(reliability: dict[str, float], top: pd.DataFrame, centres: int) -> list[str]:
    """Say in words how far the ranking can be trusted."""
    clear = int(((top["øverst"] == 1) & (top["sentre"] > 1)).drop(_ALL).sum())
    several = int((top["sentre"] > 1).drop(_ALL).sum())
    notes = [
        f"{top.loc[_ALL, 'øverst']} av {centres} kundesentre kan være best av alle; de deler førsteplassen.",
        f"{clear} av {several} klasser har én klar vinner. I de andre kan flere være best.",
        *_tops(top),
    ]
    for measure, value in reliability.items():
        notes.append(
            f"Påliteligheten til «{measure}» er {norwegian(value, 2)}: så stor del av forskjellene mellom kundesentre "
            "i samme klasse er varige forskjeller og ikke tilfeldigheter i hvem som ringte når."
        )
    return notes
