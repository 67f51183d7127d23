"""How much higher or lower the score is where the comments mention something, raw and adjusted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats

from textinnsikt.factors.sample import Sample

#: Fewest contacts with the mention, and without it, that an association is computed from.
MIN_CONTACTS = 10
#: A column whose variation is explained by the others but for this share is collinear.
_TOLERANCE = 1e-8


@dataclass(frozen=True)
class Associations:
    """Estimates of one method for every mention.

    Parameters
    ----------
    frame : pandas.DataFrame
        Indexed by mention column: ``estimat, nedre, øvre`` (score points) and ``p``; missing where refused.
    refused : dict of str to str
        Mention column -> why it has no estimate, the end of a Norwegian sentence.
    """

    frame: pd.DataFrame
    refused: dict[str, str]


def refusals(sample: Sample) -> dict[str, str]:
    """Return the mentions that no method can say anything about, and why."""
    total = len(sample.contacts)
    reasons = {}
    for mention in sample.mentions:
        there = sample.contacts[mention] == 1
        count = int(there.sum())
        rest = total - count
        if sample.contacts["totalscore"].nunique() == 1:
            reasons[mention] = "alle henvendelsene har samme score"
        elif count == 0:
            reasons[mention] = f"ingen av de {total} henvendelsene omtaler det"
        elif rest == 0:
            reasons[mention] = f"alle de {total} henvendelsene omtaler det"
        elif count < MIN_CONTACTS:
            reasons[mention] = f"bare {count} henvendelser omtaler det, og minst {MIN_CONTACTS} trengs"
        elif rest < MIN_CONTACTS:
            reasons[mention] = f"bare {rest} henvendelser omtaler det ikke, og minst {MIN_CONTACTS} trengs"
        elif sample.clustered and min(sample.centres[there].nunique(), sample.centres[~there].nunique()) < 2:
            reasons[mention] = "forskjellen finnes bare hos ett kundesenter"
    return reasons


def raw(sample: Sample, alpha: float) -> Associations:
    """Compare the mean score of contacts with and without each mention.

    Parameters
    ----------
    sample : Sample
    alpha : float
        One minus the interval's level.

    Returns
    -------
    Associations
        ``estimat`` is the difference in mean score, with minus without.
    """
    refused = refusals(sample)
    rows = {}
    for mention in sample.mentions:
        if mention not in refused:
            design = sm.add_constant(sample.contacts[[mention]])
            rows[mention] = _fit(sample, design, alpha).loc[mention]
    return Associations(_filled(sample, rows), refused)


def adjusted(sample: Sample, alpha: float) -> Associations:
    """Regress the score on all mentions at once, with channel, class and month held equal.

    Parameters
    ----------
    sample : Sample
    alpha : float
        One minus the interval's level.

    Returns
    -------
    Associations
        ``estimat`` is the difference in score between contacts alike in everything else in the model.
    """
    refused = refusals(sample)
    controls = _controls(sample.contacts)
    design = pd.concat([sample.contacts[[m for m in sample.mentions if m not in refused]], controls], axis=1)
    mentions = [m for m in sample.mentions if m not in refused]
    spare = len(design) - np.linalg.matrix_rank(design.to_numpy())
    for mention in mentions:
        if spare < MIN_CONTACTS:
            refused[mention] = f"modellen har {design.shape[1]} ledd og bare {len(design)} henvendelser"
        elif _explained(design[mention], design.drop(columns=mention)):
            refused[mention] = "det kan ikke skilles fra de andre omtalene, kanalen, klassen eller måneden"
    kept = [m for m in mentions if m not in refused]
    rest = [c for c in design.columns if c not in kept]
    fitted = _fit(sample, _independent(design[kept + rest]), alpha) if kept else pd.DataFrame()
    return Associations(_filled(sample, {m: fitted.loc[m] for m in kept}), refused)


def _filled(sample: Sample, rows: dict[str, pd.Series]) -> pd.DataFrame:
    """Return one row per mention, missing where there is no estimate."""
    columns = ["estimat", "nedre", "øvre", "p"]
    return pd.DataFrame(rows, index=columns, dtype=float).T.reindex(list(sample.mentions))


def _controls(contacts: pd.DataFrame) -> pd.DataFrame:
    """Return a constant and dummies for channel, class and month, the first value of each left out."""
    values = contacts[["kanal", "klasse"]].assign(maned=contacts["dato"].astype("str").str[:7])
    values = values.astype("str").fillna("(mangler)")
    dummies = pd.get_dummies(values, drop_first=True, dtype=float)
    return sm.add_constant(dummies, has_constant="add")


def _explained(column: pd.Series, others: pd.DataFrame) -> bool:
    """Whether a column is a linear combination of the others."""
    values, rest = column.to_numpy(), others.to_numpy()
    residual = values - rest @ np.linalg.lstsq(rest, values, rcond=None)[0]
    return bool(residual @ residual < _TOLERANCE * (values @ values))


def _independent(design: pd.DataFrame) -> pd.DataFrame:
    """Leave out the columns that are linear combinations of columns before them."""
    remainder = np.abs(np.diag(np.linalg.qr(design.to_numpy(), mode="r")))
    return design.loc[:, remainder**2 > _TOLERANCE * (design.to_numpy() ** 2).sum(0)]


def _fit(sample: Sample, design: pd.DataFrame, alpha: float) -> pd.DataFrame:
    """Fit by least squares; return ``estimat, nedre, øvre, p`` per column of the design."""
    score = sample.contacts["totalscore"].to_numpy(dtype=float)
    model = sm.OLS(score, design.astype(float))
    if sample.clustered:
        fit = model.fit()
        groups = pd.factorize(sample.centres, sort=True)[0]
        errors = jackknife_errors(model.exog, score, groups)
        freedom = groups.max()
    else:
        fit = model.fit(cov_type="HC3")
        errors, freedom = fit.bse.to_numpy(), fit.df_resid
    estimate = fit.params.to_numpy()
    reach = stats.t.ppf(1 - alpha / 2, freedom) * errors
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stats.t.sf(np.abs(estimate / errors), freedom)
    columns = {"estimat": estimate, "nedre": estimate - reach, "øvre": estimate + reach, "p": p}
    return pd.DataFrame(columns, index=design.columns)


def jackknife_errors(design: np.ndarray, outcome: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return standard errors of least squares from leaving out one group at a time (CV3).

    Parameters
    ----------
    design : numpy.ndarray
        Rows x columns; it may lack full rank.
    outcome : numpy.ndarray
        One value per row.
    groups : numpy.ndarray
        Group number of each row, ``0 .. G-1``.

    Returns
    -------
    numpy.ndarray
        One standard error per column, to be used with Student's t and G - 1 degrees of freedom.

    Notes
    -----
    The cluster jackknife of Bell and McCaffrey (2002) in the fast form of MacKinnon, Nielsen and Webb (2023),
    "Fast and reliable jackknife and bootstrap methods for cluster-robust inference", Journal of Applied
    Econometrics 38(5), 671-694. It keeps its level with few or unequal groups, where the common correction
    (CR1) gives intervals that are too short.

    Examples
    --------
    >>> score, groups = np.array([1.0, 1, 2, 2, 3, 3]), np.array([0, 0, 1, 1, 2, 2])
    >>> float(jackknife_errors(np.ones((6, 1)), score, groups).round(4)[0])
    0.5774
    """
    count = groups.max() + 1
    moments = np.array([design[groups == g].T @ design[groups == g] for g in range(count)])
    products = np.array([design[groups == g].T @ outcome[groups == g] for g in range(count)])
    total, product = moments.sum(0), products.sum(0)
    full = np.linalg.pinv(total, hermitian=True) @ product
    without = np.linalg.pinv(total - moments, rcond=1e-10, hermitian=True) @ (product - products)[..., None]
    return np.sqrt((count - 1) / count * ((without[..., 0] - full) ** 2).sum(0))
