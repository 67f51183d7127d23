"""Sampling: which contacts to label, each drawn with a known probability."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from threadpoolctl import threadpool_limits

from textinnsikt.errors import InputError
from textinnsikt.study import MENTIONS, TaggedStudy

#: What the first round can be spread over.
STRATA = ("tema", "klasse", "kundesenter")
#: Share of a stratified round, and of a later round, that is drawn with equal probability: no weight explodes.
FLOOR = 0.3
#: Contacts per cell of like comments, and most cells, when later rounds are spread over what the comments say.
_PER_CELL, _MOST_CELLS = 25, 20
#: Directions of the letter groups that likeness is measured in.
_WIDTH = 50
#: Tries at a round of the wanted size, and how many are made at once.
_TRIES, _AT_ONCE = 20_000, 50


def sample_contacts(
    tagged: TaggedStudy, n: int, by: Sequence[str] = STRATA, floor: float = FLOOR, seed: int = 0
) -> pd.DataFrame:
    """Draw the first round of contacts to label.

    The expected number is spread evenly over the predicted mentions (and contacts without any), the classes and the
    centres, as far as each has contacts enough.

    Parameters
    ----------
    tagged : TaggedStudy
        Contacts with at least one comment are drawn from.
    n : int
        Contacts to draw.
    by : sequence of str
        Some of ``tema``, ``klasse``, ``kundesenter``; none is simple random sampling.
    floor : float
        Share of the round that is drawn with equal probability, 0-1; no weight is above 1 / `floor` times the mean.
    seed : int

    Returns
    -------
    pandas.DataFrame
        ``henvendelse, rundesannsynlighet``, in random order.

    Raises
    ------
    InputError
        When there are fewer contacts than asked for.

    Notes
    -----
    Conditional Poisson sampling (Hájek 1964, Annals of Mathematical Statistics 35, 1491-1523): Poisson draws are made
    until one has the size wanted. The working probabilities are corrected so that the stated ones hold to the first
    order.

    Examples
    --------
    >>> comments = pd.DataFrame({"henvendelse": [f"h{i}" for i in range(40)], "kommentar_nr": 1, "tekst": "Fikk svar.",
    ...     "klasse": "Bank", "kundesenter": ["A"] * 30 + ["B"] * 10, "lytting": ["positiv"] * 4 + ["ingen"] * 36})
    >>> drawn = sample_contacts(TaggedStudy(comments, ("lytting",)), 10)
    >>> len(drawn), bool((drawn["rundesannsynlighet"] <= 1).all())
    (10, True)
    """
    unknown = [name for name in by if name not in STRATA]
    if unknown:
        raise InputError(f"Utvalget kan spres over {', '.join(STRATA)}, ikke «{unknown[0]}».")
    contacts = _frame(tagged)
    _demand_enough(n, len(contacts))
    share = np.zeros(len(contacts))
    for name in by:
        share += _mention_share(contacts, tagged) if name == "tema" else _even_share(contacts[name])
    even = np.full(len(contacts), 1 / len(contacts))
    size = even if not by else floor * even + (1 - floor) * share / len(by)
    return _draw(contacts["henvendelse"].to_numpy(), _scaled(size, n, 1.0), n, seed)


def next_contacts(
    tagged: TaggedStudy,
    rounds: pd.DataFrame,
    n: int,
    floor: float = FLOOR,
    seed: int = 0,
) -> pd.DataFrame:
    """Draw another round among the contacts that no earlier round has: uncertain ones of many kinds.

    Parameters
    ----------
    tagged : TaggedStudy
        With the probabilities of the newest model.
    rounds : pandas.DataFrame
        Earlier rounds: ``henvendelse, runde, rundesannsynlighet``.
    n : int
        Contacts to draw.
    floor : float
        Share of the round that is drawn with equal probability, 0-1.
    seed : int

    Returns
    -------
    pandas.DataFrame
        ``henvendelse, rundesannsynlighet``, in random order.

    Raises
    ------
    InputError
        When too few contacts are left.

    Notes
    -----
    Within a cell of like comments the probability is proportional to the root of the sum of p (1 - p) over the
    outputs, mixed with a floor: what lowers the variance of a corrected estimate most (Zrnic and Candès 2024, "Active
    statistical inference", ICML). Between cells it goes with the root of the cell's sum, so that no kind of comment
    takes the whole round.

    Examples
    --------
    >>> comments = pd.DataFrame({"henvendelse": [f"h{i:02}" for i in range(60)], "kommentar_nr": 1,
    ...     "tekst": "Fikk svar.", "lytting": "ingen", "lytting_p_positiv": [0.5] * 30 + [0.01] * 30,
    ...     "lytting_p_negativ": 0.01})
    >>> earlier = pd.DataFrame({"henvendelse": ["h00", "h59"], "runde": 1, "rundesannsynlighet": 2 / 60})
    >>> drawn = next_contacts(TaggedStudy(comments, ("lytting",)), earlier, 10)
    >>> len(drawn), bool(drawn["henvendelse"].isin(["h00", "h59"]).any()), int((drawn["henvendelse"] < "h30").sum()) > 5
    (10, False, True)
    """
    contacts = _frame(tagged)
    contacts = contacts[~contacts["henvendelse"].isin(rounds["henvendelse"])].reset_index(drop=True)
    _demand_enough(n, len(contacts))
    ceiling = n / (n + len(rounds))
    if ceiling * len(contacts) < n:
        raise InputError(
            f"{len(rounds)} henvendelser er trukket før, og {len(contacts)} er igjen; trekk høyst "
            f"{max(0, len(contacts) - len(rounds))} til, eller merk alle som er igjen."
        )
    uncertainty = _uncertainty(tagged, contacts["henvendelse"])
    cells = _cells(tagged, contacts["henvendelse"], seed)
    total = np.bincount(cells, uncertainty)
    size = np.sqrt(total)[cells] * uncertainty / total[cells]
    size = floor / len(contacts) + (1 - floor) * size / size.sum()
    return _draw(contacts["henvendelse"].to_numpy(), _scaled(size, n, ceiling), n, seed + len(rounds))


def combined_probability(rounds: pd.DataFrame) -> pd.Series:
    """Return one probability per contact that makes all rounds together count right.

    Parameters
    ----------
    rounds : pandas.DataFrame
        ``henvendelse, runde, rundesannsynlighet``: the round in which each contact was drawn, and its probability
        then, given what had been drawn before.

    Returns
    -------
    pandas.Series
        Indexed by ``henvendelse``; one divided by it is the contact's weight.

    Notes
    -----
    Each round gives an unbiased total of all contacts: those of earlier rounds count once, its own 1/p times. The
    rounds are averaged in proportion to their size n, so a contact of round s weighs (n_s / p + sum of n_r over later
    rounds) / n. That stays unbiased, for single contacts and for pairs, even when a round is chosen by a model that
    the earlier rounds have trained (after the levelled weights of Farquhar, Gal and Rainforth 2021, "On statistical
    bias in active learning", ICLR, with rounds instead of single draws). A ceiling on the probabilities of each round
    keeps the weight at one or more.

    Examples
    --------
    >>> rounds = pd.DataFrame({"henvendelse": ["a", "b"], "runde": [1, 2], "rundesannsynlighet": [0.1, 0.25]})
    >>> combined_probability(rounds).round(4).to_dict()
    {'a': 0.1818, 'b': 0.5}
    """
    sizes = rounds["runde"].value_counts().sort_index()
    later = (sizes.sum() - sizes.cumsum()) / sizes.sum()
    own = rounds["runde"].map(sizes / sizes.sum()) / rounds["rundesannsynlighet"]
    weight = own + rounds["runde"].map(later)
    return pd.Series((1 / weight).to_numpy(), index=rounds["henvendelse"].to_numpy()).clip(upper=1.0)


def _frame(tagged: TaggedStudy) -> pd.DataFrame:
    """Return the contacts with a comment, in an order that does not depend on the file's."""
    written = tagged.comments.loc[tagged.comments["tekst"].notna(), "henvendelse"]
    contacts = tagged.contacts
    return contacts[contacts["henvendelse"].isin(written)].sort_values("henvendelse", ignore_index=True)


def _demand_enough(n: int, there: int) -> None:
    if n < 1:
        raise InputError(f"Antall henvendelser må være minst 1, ikke {n}.")
    if n > there:
        raise InputError(f"Bare {there} umerkede henvendelser har kommentar, så det går ikke å trekke {n}.")


def _even_share(labels: pd.Series) -> np.ndarray:
    """Return each contact's share when every value gets as much."""
    codes, values = pd.factorize(labels.astype("str").fillna("(mangler)"), sort=True)
    return 1 / (np.bincount(codes)[codes] * len(values))


def _mention_share(contacts: pd.DataFrame, tagged: TaggedStudy) -> np.ndarray:
    """Return each contact's share when every predicted mention, and no mention, gets as much."""
    hit = contacts[list(tagged.mention_columns)].to_numpy() == 1
    hit = np.column_stack([hit, ~hit.any(axis=1)])
    hit = hit[:, hit.any(axis=0)]
    return (hit / hit.sum(axis=0)).sum(axis=1) / hit.shape[1]


def _scaled(size: np.ndarray, n: int, ceiling: float) -> np.ndarray:
    """Scale sizes to probabilities with sum n, none above the ceiling."""
    probability = np.zeros(len(size))
    free = np.ones(len(size), dtype=bool)
    while True:
        rest = n - ceiling * (~free).sum()
        probability[free] = rest * size[free] / size[free].sum()
        over = free & (probability > ceiling * (1 + 1e-12))
        if not over.any():
            return np.minimum(probability, ceiling)
        probability[over], free = ceiling, free & ~over
        if not free.any():
            return probability


def _draw(names: np.ndarray, probability: np.ndarray, n: int, seed: int) -> pd.DataFrame:
    """Draw n contacts with the given probabilities and lay them in random order."""
    random = np.random.default_rng(seed)
    chosen = _rejective(probability, n, random)
    order = random.permutation(chosen)
    return pd.DataFrame({"henvendelse": names[order], "rundesannsynlighet": np.round(probability[order], 10)})


def _rejective(probability: np.ndarray, n: int, random: np.random.Generator) -> np.ndarray:
    """Return the places of a Poisson draw of n, conditioned on that number."""
    spread = (probability * (1 - probability)).sum()
    if spread < 1e-9:
        return np.flatnonzero(probability > 0.5)
    middle = (probability**2 * (1 - probability)).sum() / spread
    working = np.clip(probability * (1 + (1 - probability) * (middle - probability) / spread), 0, 1)
    for _ in range(_TRIES // _AT_ONCE):
        hits = random.random((_AT_ONCE, len(working))) < working
        right = np.flatnonzero(hits.sum(axis=1) == n)
        if len(right):
            return np.flatnonzero(hits[right[0]])
    raise InputError(f"Fikk ikke trukket nøyaktig {n} henvendelser; prøv et annet antall.")


def _uncertainty(tagged: TaggedStudy, names: pd.Series) -> np.ndarray:
    """Return the root of the sum of p (1 - p) over the outputs and comments of each contact."""
    columns = [f"{theme}_p_{mention}" for theme in tagged.themes for mention in MENTIONS]
    stated = tagged.comments[columns].astype(float)
    spread = (stated * (1 - stated)).fillna(0).sum(axis=1)
    per_contact = spread.groupby(tagged.comments["henvendelse"]).sum()
    return np.sqrt(per_contact.reindex(names).to_numpy()) + 1e-6


def _cells(tagged: TaggedStudy, names: pd.Series, seed: int) -> np.ndarray:
    """Return which group of contacts with like wording each contact belongs to."""
    count = max(1, min(_MOST_CELLS, len(names) // _PER_CELL))
    comments = tagged.comments[tagged.comments["tekst"].notna() & tagged.comments["henvendelse"].isin(names)]
    texts = comments.sort_values(["henvendelse", "kommentar_nr"]).groupby("henvendelse")["tekst"].agg("\n".join)
    count = min(count, texts.nunique())
    if count == 1:
        return np.zeros(len(names), dtype=int)
    counter = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    with threadpool_limits(1):
        seen = counter.fit_transform(texts.reindex(names))
        width = min(_WIDTH, min(seen.shape) - 1)
        vectors = TruncatedSVD(width, random_state=seed).fit_transform(seen) if width else seen.toarray()
        return KMeans(count, n_init=1, random_state=seed).fit_predict(vectors)
