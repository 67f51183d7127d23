"""Does a centre whose contacts mention something more often score higher?"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from textinnsikt.factors.associations import refusals
from textinnsikt.factors.projection import Projection, dummies, group_codes
from textinnsikt.factors.sample import Sample

#: Fewest centres with two shoppers or more.
MIN_CENTRES = 10
#: Why a mention has no corrected figure while it has the others.
ALIKE = "kundesentrene skiller seg for lite i hvor ofte det nevnes"
#: Methods, in the order of the summary.
METHODS = ("mellom_rå", "mellom_delt", "mellom")
_COLUMNS = ["estimat", "nedre", "øvre", "p"]


def between(sample: Sample, alpha: float) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Compare centres of the same class: the score against how often each thing is mentioned.

    Parameters
    ----------
    sample : Sample
    alpha : float
        One minus the level of the intervals.

    Returns
    -------
    estimates : dict of str to pandas.DataFrame
        For each method a frame indexed by mention: ``estimat``, ``nedre``, ``øvre`` (score points between a centre
        where every contact mentions it and one where none does), ``p``. ``mellom_rå``: the slope of centre means as
        they are, pulled towards the figure within centres by the few contacts of each centre and by the mood of single
        contacts, so too near zero or too far from it; ``mellom_delt``: the mention from some shoppers and the score
        from others, still attenuated;
        ``mellom``: the same corrected for the reliability of the share.
    refused : dict of str to str
        Mention -> why it has no corrected figure.

    Notes
    -----
    Shopper, channel and month are taken out first, class by comparing centres with those of their class. Covariances of
    centre effects come from pairs of contacts by different shoppers at the same centre (analysis of variance), so
    nothing that one contact, or two by one shopper, hold in common enters. A contact without a shopper is one's own.
    Errors from leaving out one centre at a time; the interval of the corrected slope is
    Fieller's (1954, Journal of the Royal Statistical Society B 16(2), 175-185), and there is none where the centres
    cannot be told apart.
    """
    refused = refusals(sample)
    contacts = sample.contacts
    codes = group_codes(contacts["kundesenter"])
    empty = pd.DataFrame(index=list(sample.mentions), columns=_COLUMNS, dtype=float)
    frames = {method: empty.copy() for method in METHODS}
    visits = _visits(contacts, codes)
    counts = np.bincount(codes[_first(visits)])
    if contacts["kundesenter"].nunique() < MIN_CENTRES or (counts >= 2).sum() < MIN_CENTRES:
        why = f"færre enn {MIN_CENTRES} kundesentre har henvendelser fra minst to shoppere"
        return frames, {**dict.fromkeys(sample.mentions, why), **refused}
    names = [m for m in sample.mentions if m not in refused]
    classes = group_codes(contacts["klasse"].fillna("(mangler)"))[_first(codes)]
    if len(classes) - len(np.unique(classes)) < MIN_CENTRES - 1:
        refused = {**dict.fromkeys(names, "klassene har for få kundesentre å sammenligne"), **refused}
        names = []
    if not names:
        return frames, refused
    values = contacts[[*names, "totalscore"]].to_numpy(dtype=float)
    values, factor = _without_visitors(values, contacts, codes, visits, classes)
    moments = _moments(values, codes, visits, classes, factor)
    for place, name in enumerate(names):
        xx, xx_true, xy, xy_true = (moments[key][place] for key in ("xx", "xx_true", "xy", "xy_true"))
        frames["mellom_rå"].loc[name] = _ratio(xy, xx, alpha)
        frames["mellom_delt"].loc[name] = _ratio(xy_true, xx, alpha)
        found = _ratio(xy_true, xx_true, alpha)
        frames["mellom"].loc[name] = found
        if found[0] != found[0]:
            refused[name] = ALIKE
    return frames, refused


def _first(codes: np.ndarray) -> np.ndarray:
    """Return the first row of each group."""
    return np.unique(codes, return_index=True)[1]


def _visits(contacts: pd.DataFrame, codes: np.ndarray) -> np.ndarray:
    """Number what one shopper did at one centre, in the order of the contacts."""
    shoppers = group_codes(contacts["shopper"])
    return np.asarray(pd.factorize(codes * (shoppers.max() + 1) + shoppers)[0])


def _pairs(codes: np.ndarray, visits: np.ndarray) -> np.ndarray:
    """Return each centre's number of ordered pairs of contacts by different shoppers."""
    own = np.bincount(codes[_first(visits)], weights=np.bincount(visits) ** 2.0)
    return np.bincount(codes) ** 2.0 - own


def _without_visitors(
    values: np.ndarray, contacts: pd.DataFrame, codes: np.ndarray, visits: np.ndarray, classes: np.ndarray
) -> tuple[np.ndarray, float]:
    """Take out what goes with shopper, channel and month, as estimated within centres.

    Also returns by what the variance of a mean of contacts must be multiplied, since what is taken out is an estimate.
    """
    month = contacts["dato"].astype("str").str[:7]
    visitors = np.column_stack([dummies(column) for column in (contacts["shopper"], contacts["kanal"], month)])
    indicators = np.eye(codes.max() + 1)[codes]
    centres = Projection.of(indicators)
    inside = centres.residual(visitors)
    slopes = np.linalg.lstsq(inside, centres.residual(values), rcond=1e-8)[0]
    known = np.linalg.pinv(indicators.T @ Projection.of(visitors).residual(indicators), rcond=1e-9, hermitian=True)
    members = np.eye(classes.max() + 1)[classes]
    several = members.sum(0)
    true = np.trace(known) - ((members.T @ known @ members).diagonal() / several).sum()
    basis = Projection.of(np.column_stack([indicators, inside])).basis
    told = np.zeros((visits.max() + 1, basis.shape[1]))
    np.add.at(told, visits, basis)
    left = np.bincount(codes[_first(visits)], weights=np.bincount(visits) - (told**2).sum(1))
    plain = (left / np.maximum(_pairs(codes, visits), 1) * (1 - 1 / several[classes])).sum()
    centred = visitors - visitors.mean(0)
    return values - centred @ slopes, float(true / plain) if plain > 0 else 1.0


def _moments(
    values: np.ndarray, codes: np.ndarray, visits: np.ndarray, classes: np.ndarray, factor: float
) -> dict[str, np.ndarray]:
    """Return variances of the mentions and covariances with the score between centres, as observed and as true.

    Each is mentions x (1 + centres): with all centres, then without one at a time. ``visits`` are those of `_visits`,
    ``factor`` that of `_without_visitors`.
    """
    count = codes.max() + 1
    sizes = np.bincount(codes).astype(float)
    means = np.array([np.bincount(codes, weights=column) / sizes for column in values.T])
    # Summed over a shopper's contacts at the centre before squaring: what is left is products of different shoppers.
    apart = np.array([np.bincount(visits, weights=a) for a in values.T - means[:, codes]])
    home, pairs = codes[_first(visits)], _pairs(codes, visits)
    noise = np.array([np.bincount(home, weights=a * apart[-1]) for a in apart[:-1]])
    noise_x = np.array([np.bincount(home, weights=a * a) for a in apart[:-1]])
    known = pairs > 0
    scale = np.where(known, pairs, np.nan)  # variance of a mean of n by n shoppers: s2 / n
    chosen = [known.copy()]
    for centre in range(count):
        chosen.append(known & (np.arange(count) != centre))
    found: dict[str, list[np.ndarray]] = {"xx": [], "xx_true": [], "xy": [], "xy_true": []}
    for rows in chosen:
        part = means[:, rows]
        own = classes[rows]
        several = np.bincount(own, minlength=classes.max() + 1)
        deviation = part - np.array([np.bincount(own, weights=m) for m in part])[:, own] / several[own]
        freedom = len(own) - (several > 0).sum()
        share = factor * (1 - 1 / several[own])  # how much of a centre's noise enters
        xx = (deviation[:-1] ** 2).sum(1) / freedom
        xy = (deviation[:-1] * deviation[-1]).sum(1) / freedom
        found["xx"].append(xx)
        found["xy"].append(xy)
        found["xx_true"].append(xx - (noise_x[:, rows] / scale[rows] * share).sum(1) / freedom)
        found["xy_true"].append(xy - (noise[:, rows] / scale[rows] * share).sum(1) / freedom)
    return {key: np.array(parts).T for key, parts in found.items()}


def _ratio(top: np.ndarray, bottom: np.ndarray, alpha: float) -> tuple[float, float, float, float]:
    """Return the ratio of two moments, Fieller's interval and p; missing where the bottom may be zero."""
    count = len(top) - 1
    shifts = np.array([top[1:], bottom[1:]])
    shifts = shifts - shifts.mean(1, keepdims=True)
    (tt, tb), (_, bb) = (count - 1) / count * shifts @ shifts.T
    reach = stats.t.ppf(1 - alpha / 2, count - 1)
    a = bottom[0] ** 2 - reach**2 * bb
    if bottom[0] <= 0 or a <= 0:
        return (np.nan,) * 4
    b = top[0] * bottom[0] - reach**2 * tb
    root = np.sqrt(max(b**2 - a * (top[0] ** 2 - reach**2 * tt), 0))
    p = 2 * stats.t.sf(abs(top[0]) / np.sqrt(tt), count - 1)
    return top[0] / bottom[0], (b - root) / a, (b + root) / a, p
