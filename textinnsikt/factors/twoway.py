"""Standard errors when contacts are alike both within centres and within shoppers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textinnsikt.factors.projection import Projection

#: Directions in which a cluster determines itself.
_SINGULAR = 1e-8


def jackknife_shifts(columns: np.ndarray, rest: np.ndarray, space: Projection, groups: np.ndarray) -> np.ndarray:
    """Return how the coefficients move when one group at a time is left out.

    Parameters
    ----------
    columns : numpy.ndarray
        Rows x k, the predictors with the controls taken out.
    rest : numpy.ndarray
        Residual of each row in the whole model.
    space : Projection
        Controls and predictors together.
    groups : numpy.ndarray
        Group number of each row.

    Returns
    -------
    numpy.ndarray
        Groups x k: the coefficients with all rows minus those without the group.

    Notes
    -----
    The exact leave-one-out formula (X'X)^-1 X_g' (I - H_gg)^-1 u_g, with a generalised inverse where the group has a
    control of its own: MacKinnon, Nielsen and Webb (2023), Journal of Applied Econometrics 38(5), 671-694.

    Examples
    --------
    >>> ones, score = np.ones((4, 1)), np.array([1.0, 2, 3, 6])
    >>> jackknife_shifts(ones, score - 3, Projection(ones / 2), np.arange(4)).ravel().round(4).tolist()
    [-0.6667, -0.3333, 0.0, 1.0]
    """
    weights = np.linalg.solve(columns.T @ columns, columns.T).T
    if len(np.unique(groups)) == len(rest):  # every row is a group
        spare = space.leverage
        return weights * np.divide(rest, spare, out=np.zeros_like(rest), where=spare > _SINGULAR)[:, None]
    shifts = np.zeros((groups.max() + 1, columns.shape[1]))
    order = np.argsort(groups, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
        values, vectors = np.linalg.eigh(space.block(rows))
        kept = values > _SINGULAR
        turned = vectors[:, kept].T
        shifts[groups[rows[0]]] = (weights[rows].T @ turned.T / values[kept]) @ (turned @ rest[rows])
    return shifts


def variance_of(shifts: np.ndarray) -> np.ndarray:
    """Return the jackknife covariance (k x k) of shifts (groups x k)."""
    return (len(shifts) - 1) / len(shifts) * shifts.T @ shifts


def two_way_errors(parts: Sequence[np.ndarray], contrasts: np.ndarray) -> np.ndarray:
    """Combine the covariances of two clusterings and of single rows into standard errors.

    Parameters
    ----------
    parts : sequence of numpy.ndarray
        ``(V1,)`` for one clustering; ``(V1, V2, V12)`` for two, V12 that of their intersection.
    contrasts : numpy.ndarray
        c x k, one combination of coefficients a row.

    Returns
    -------
    numpy.ndarray
        c standard errors: the root of V1 + V2 - V12, and of at least half of V12.

    Notes
    -----
    Cameron, Gelbach and Miller (2011), Journal of Business & Economic Statistics 29(2), 238-249. The floor keeps the
    sum from being near zero or negative where there are few groups. The largest of V1, V2 and the sum, as in
    MacKinnon, Nielsen and Webb (2024, "Jackknife inference with two-way clustering"), is too wide where contacts are
    independent.

    Examples
    --------
    >>> one, two, both = np.eye(1) * 4, np.eye(1) * 9, np.eye(1) * 4
    >>> two_way_errors((one, two, both), np.eye(1)).tolist()
    [3.0]
    """
    sizes = [np.einsum("ck,kl,cl->c", contrasts, part, contrasts) for part in parts]
    if len(sizes) == 3:
        sizes = [sizes[0] + sizes[1] - sizes[2], sizes[2] / 2]
    return np.sqrt(np.max(sizes, axis=0))
