"""Holding things equal: what is left of a column when centre, shopper, channel and month are taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

#: Directions of the controls with less than this share of the largest are taken as zero.
_RANK = 1e-10


@dataclass(frozen=True)
class Projection:
    """The space that controls span, and what lies outside it.

    Parameters
    ----------
    basis : numpy.ndarray
        Rows x rank, orthonormal columns that span the controls.

    Notes
    -----
    With M = I - basis basis', regressing M y on M X gives the coefficients of X in the regression of y on X and the
    controls (Frisch and Waugh 1933; Lovell 1963).

    Examples
    --------
    >>> inside = Projection.of(np.array([[1.0, 1], [1, 1], [1, 0]]))
    >>> inside.residual(np.array([3.0, 5, 9])).round(6).tolist()
    [-1.0, 1.0, 0.0]
    >>> inside.leverage.round(6).tolist()
    [0.5, 0.5, 0.0]
    """

    basis: np.ndarray

    @classmethod
    def of(cls, controls: np.ndarray) -> Projection:
        """Span the columns of ``controls`` (rows x columns), whatever their rank."""
        values, vectors = np.linalg.eigh(controls.T @ controls)
        kept = values > _RANK * max(values[-1], 0)
        basis = controls @ (vectors[:, kept] / np.sqrt(values[kept]))
        # A second pass: the first loses digits where directions are weak.
        lower = np.linalg.cholesky(basis.T @ basis)
        return cls(np.linalg.solve(lower, basis.T).T)

    @property
    def rank(self) -> int:
        """Number of independent controls."""
        return self.basis.shape[1]

    @property
    def leverage(self) -> np.ndarray:
        """The diagonal of M, one value per row."""
        return 1 - (self.basis**2).sum(1)

    def residual(self, values: np.ndarray) -> np.ndarray:
        """Return M times ``values`` (rows, or rows x columns)."""
        return values - self.basis @ (self.basis.T @ values)

    def block(self, rows: np.ndarray) -> np.ndarray:
        """Return the rows and columns of M named by ``rows``."""
        part = self.basis[rows]
        return np.eye(len(rows)) - part @ part.T

    def with_columns(self, residuals: np.ndarray) -> Projection:
        """Span further columns too; ``residuals`` lie outside the space already."""
        return Projection(np.column_stack([self.basis, Projection.of(residuals).basis]))


def dummies(labels: pd.Series) -> np.ndarray:
    """Return one 0/1 column per value, values in order, missing as a value of its own.

    Examples
    --------
    >>> dummies(pd.Series(["b", "a", None])).astype(int).tolist()
    [[0, 1, 0], [1, 0, 0], [0, 0, 1]]
    """
    codes, found = pd.factorize(labels, sort=True)
    codes = np.where(codes < 0, len(found), codes)
    return np.eye(codes.max() + 1)[codes]


def group_codes(labels: pd.Series) -> np.ndarray:
    """Number the groups 0, 1, … in order of name; a missing label is a group of its own.

    Examples
    --------
    >>> group_codes(pd.Series(["b", None, "a", None])).tolist()
    [1, 2, 0, 3]
    """
    codes, found = pd.factorize(labels, sort=True)
    alone = codes < 0
    return np.where(alone, len(found) + np.cumsum(alone) - 1, codes)


def effective_number(share: np.ndarray, groups: np.ndarray) -> float:
    """Return how many equal groups would carry as much as these do.

    Parameters
    ----------
    share : numpy.ndarray
        What each row carries, not negative.
    groups : numpy.ndarray
        Group number of each row.

    Returns
    -------
    float
        The inverse Herfindahl index, 1 to the number of groups; 0 when nothing is carried.

    Examples
    --------
    >>> float(effective_number(np.array([1.0, 1, 2, 0]), np.array([0, 0, 1, 2])))
    2.0
    """
    parts = np.bincount(groups, weights=share)
    return parts.sum() ** 2 / (parts**2).sum() if parts.any() else 0.0
