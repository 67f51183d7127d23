"""Shares of sentences with intervals that know that a contact writes several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import stats

if TYPE_CHECKING:
    from textinnsikt.clusters.result import ClusterResult

#: Contacts behind a figure at least; fewer are not shown.
FEWEST_CONTACTS = 10


def shares_by(result: ClusterResult, groups: pd.Series) -> pd.DataFrame:
    """Return each cluster's share of the sentences in each group of contacts.

    Parameters
    ----------
    result : ClusterResult
    groups : pandas.Series
        Group of each contact, by ``henvendelse``; missing ones are left out.

    Returns
    -------
    pandas.DataFrame
        ``gruppe, klynge, navn, tema, antall`` (the cluster's sentences), ``andel, nedre, øvre`` (of the group's
        sentences, 95 % interval clustered by contact), ``n`` (contacts); groups of fewer than 10 contacts are left
        out.
    """
    sentences = result.sentences.assign(gruppe=result.sentences["henvendelse"].map(groups)).dropna(subset="gruppe")
    rows = []
    for group, members in sentences.groupby("gruppe", sort=True):
        contact = pd.factorize(members["henvendelse"], sort=True)[0]
        sizes = np.bincount(contact).astype(float)
        if len(sizes) < FEWEST_CONTACTS:
            continue
        for number, name, theme in result.summary[["klynge", "navn", "tema"]].itertuples(index=False):
            hits = np.bincount(contact[(members["klynge"] == number).to_numpy()], minlength=len(sizes))
            share = (int(hits.sum()), hits.sum() / sizes.sum(), *clustered_wilson(hits, sizes))
            rows.append((group, number, name, theme, *share, len(sizes)))
    columns = ["gruppe", "klynge", "navn", "tema", "antall", "andel", "nedre", "øvre", "n"]
    return pd.DataFrame(rows, columns=columns)


def clustered_wilson(hits: np.ndarray, sizes: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Return an interval for a share when the units come in clusters of one contact each.

    Parameters
    ----------
    hits : numpy.ndarray
        Sentences of the kind in question, per contact.
    sizes : numpy.ndarray
        All sentences, per contact.
    level : float

    Returns
    -------
    tuple of float
        Lower and upper end, shares between 0 and 1.

    Notes
    -----
    Wilson's interval (1927) with the effective number of sentences: share (1 - share) / variance, the variance
    of the share as a ratio of sums over contacts; never more than the sentences there are (Korn and Graubard
    1998, Survey Methodology 24, 193-201; Franco et al. 2019, Journal of Survey Statistics and Methodology 7,
    334-364). Where the share is 0 or 1, the effective number is the number of contacts.

    Examples
    --------
    >>> alike = clustered_wilson(np.array([4] * 10 + [0] * 30), np.full(40, 4.0))
    >>> apart = clustered_wilson(np.ones(40), np.full(40, 4.0))
    >>> [round(end, 3) for end in (*alike, *apart)]
    [0.141, 0.404, 0.189, 0.322]
    """
    total, contacts = sizes.sum(), len(sizes)
    share = hits.sum() / total
    effective = float(contacts)
    if 0 < share < 1 and contacts > 1:
        deviations = hits - share * sizes
        variance = contacts / (contacts - 1) * (deviations**2).sum() / total**2
        effective = min(share * (1 - share) / variance, total) if variance > 0 else total
    z = stats.norm.ppf(0.5 + level / 2)
    middle = (share + z**2 / (2 * effective)) / (1 + z**2 / effective)
    reach = z / (1 + z**2 / effective) * np.sqrt(share * (1 - share) / effective + z**2 / (4 * effective**2))
    low, high = (0.0 if share == 0 else middle - reach), (1.0 if share == 1 else middle + reach)
    return float(low), float(high)
