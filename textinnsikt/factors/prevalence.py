"""How often things are mentioned, corrected for the tagger's mistakes."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from textinnsikt.factors.correction import Draw
from textinnsikt.factors.finding import listed
from textinnsikt.factors.projection import group_codes
from textinnsikt.factors.sample import Sample

#: Fewest contacts, and fewest labelled contacts, that a share is given for.
MIN_CONTACTS = 10
MIN_LABELS = 30
#: Most groups without a share that are named.
_NAMED = 6


def corrected_shares(sample: Sample, draw: Draw, alpha: float = 0.05) -> pd.DataFrame:
    """Estimate the share of contacts with each mention, in all, by class and by channel.

    Parameters
    ----------
    sample : Sample
    draw : Draw
        The labelled contacts of the sample.
    alpha : float
        One minus the level of the intervals.

    Returns
    -------
    pandas.DataFrame
        ``omfang`` (alle, klasse, kanal), ``gruppe``, ``tema``, ``omtale``, ``merket_av_modellen`` (the naive share),
        ``estimat``, ``nedre``, ``øvre`` (0-1; missing with under `MIN_LABELS` labels or `MIN_CONTACTS` contacts), ``n``
        (contacts) and ``merkede`` (labelled contacts).

    Notes
    -----
    The tagged share plus the weighted mean mistake among labelled contacts (the difference estimator of Cassel, Särndal
    and Wretman 1976; prediction-powered inference with lambda 1). Errors: linearised, clustered on centre.
    """
    contacts = sample.contacts
    codes = group_codes(contacts["kundesenter"])
    gap = draw.truth.to_numpy() - draw.tags.to_numpy()
    groups = [("alle", "alle", np.ones(len(contacts), dtype=bool))]
    for column in ("klasse", "kanal"):
        for value in sorted(contacts[column].dropna().unique()):
            groups.append((column, str(value), (contacts[column] == value).to_numpy()))
    rows = []
    for scope, value, inside in groups:
        part = inside[draw.rows]
        enough = inside.sum() >= MIN_CONTACTS and part.sum() >= MIN_LABELS
        for place, mention in enumerate(sample.mentions):
            tags = contacts[mention].to_numpy(dtype=float)
            naive = tags[inside].mean() if inside.sum() >= MIN_CONTACTS else np.nan
            found = (np.nan,) * 3
            if enough:
                found = _share(tags, gap[:, place], inside, draw, codes, alpha)
            theme, kind = mention.rsplit(":", 1)
            rows.append([scope, value, theme, kind, naive, *found, int(inside.sum()), int(part.sum())])
    head = "omfang gruppe tema omtale merket_av_modellen estimat nedre øvre n merkede".split()
    return pd.DataFrame(rows, columns=head)


def blank_shares(shares: pd.DataFrame) -> list[str]:
    """Say in one sentence which classes and channels have too few labels for a corrected share.

    Parameters
    ----------
    shares : pandas.DataFrame
        From `corrected_shares`.

    Returns
    -------
    list of str
        One Norwegian sentence, or none.

    Examples
    --------
    >>> rows = [("klasse", "Bank", None, 200, 12), ("klasse", "Avis", 0.4, 300, 40)]
    >>> blank_shares(pd.DataFrame(rows, columns=["omfang", "gruppe", "estimat", "n", "merkede"]))[0]
    'Andelene er ikke rettet for merkefeil i Bank: under 30 merkede henvendelser eller 10 henvendelser i alt.'
    """
    groups = shares.drop_duplicates(["omfang", "gruppe"])
    blank = groups[groups["estimat"].isna()]
    if blank.empty:
        return []
    where = f"{len(blank)} av {len(groups)} utvalg (alle, klasser og kanaler)"
    if "alle" not in set(blank["omfang"]) and len(blank) <= _NAMED:
        where = listed(list(blank["gruppe"]))
    return [
        f"Andelene er ikke rettet for merkefeil i {where}: under {MIN_LABELS} merkede henvendelser eller "
        f"{MIN_CONTACTS} henvendelser i alt."
    ]


def _share(
    tags: np.ndarray, gap: np.ndarray, inside: np.ndarray, draw: Draw, codes: np.ndarray, alpha: float
) -> tuple[float, float, float]:
    """Return a share and its interval, kept within 0 and 1."""
    weight = inside[draw.rows] / draw.probability
    mistake = (weight * gap).sum() / weight.sum()
    estimate = tags[inside].mean() + mistake
    size = inside.sum()
    moved = np.where(inside, tags - tags[inside].mean(), 0.0) / size
    moved[draw.rows] += weight * (gap - mistake) / weight.sum()
    parts = np.bincount(codes[inside], weights=moved[inside], minlength=codes.max() + 1)
    there = len(np.unique(codes[inside]))
    by_centre = there / max(there - 1, 1) * (parts**2).sum() if there > 1 else 0.0
    error = np.sqrt(max(by_centre, (moved**2).sum()))
    reach = stats.t.ppf(1 - alpha / 2, max(there - 1, 1) if there > 1 else size - 1) * error
    low, middle, high = np.clip([estimate - reach, estimate, estimate + reach], 0, 1)
    return float(middle), float(low), float(high)
