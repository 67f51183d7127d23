"""How much of the explained variation belongs to each predictor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.factors.projection import Projection
from textinnsikt.factors.subsets import Dominance, dominance_of, explained_by_subsets, increments

Method = Literal["lmg", "johnson", "first", "last"]
METHODS: tuple[str, ...] = get_args(Method)
Groups = Mapping[str, Sequence[str]]


def relative_importance(
    X: pd.DataFrame | np.ndarray,
    y: pd.Series | np.ndarray,
    method: Method = "lmg",
    groups: Groups | None = None,
    weights: pd.Series | np.ndarray | None = None,
    controls: pd.DataFrame | np.ndarray | None = None,
) -> pd.DataFrame:
    """Share the explained variation of an outcome out on its predictors.

    Parameters
    ----------
    X : pandas.DataFrame or numpy.ndarray
        n x p predictors.
    y : pandas.Series or numpy.ndarray
        n outcomes.
    method : {"lmg", "johnson", "first", "last"}
        ``lmg``: mean increase in R² over all orders of entry (also called Shapley value or general dominance), exact.
        ``johnson``: relative weights. ``first``: R² alone. ``last``: increase in R² when entered last.
    groups : mapping of str to sequence of str, optional
        Name -> columns that count as one player; other columns stand for themselves. Johnson's weights are added up.
    weights : pandas.Series or numpy.ndarray, optional
        n weights, not negative.
    controls : pandas.DataFrame or numpy.ndarray, optional
        n x c columns always in the model and taken out first. What is shared out is then the increase in R² over them,
        still as a share of all variation in ``y``.

    Returns
    -------
    pandas.DataFrame
        Indexed by predictor or group: ``importance`` (share of the variation in ``y``, 0-1; with ``lmg`` and
        ``johnson`` they sum to R²), ``share`` (of their sum). ``attrs["r2"]`` is what the predictors explain together.

    Raises
    ------
    InputError
        When lengths differ, cells are missing, a column is in two groups, or the outcome does not vary.

    Notes
    -----
    LMG: Lindeman, Merenda and Gold (1980); Grömping (2006), Journal of Statistical Software 17(1). Johnson (2000),
    Multivariate Behavioral Research 35(1), 1-19; its derivation is disputed (Thomas et al. 2014), hence LMG by default.

    Examples
    --------
    >>> X = pd.DataFrame({"lytting": [1, 1, 0, 0, 1, 0], "løsning": [1, 0, 1, 0, 1, 1]})
    >>> found = relative_importance(X, pd.Series([95, 80, 70, 50, 92, 72]))
    >>> found["share"].round(3).to_dict()
    {'lytting': 0.703, 'løsning': 0.297}
    """
    predictors = X if isinstance(X, pd.DataFrame) else pd.DataFrame(X, columns=[f"x{i + 1}" for i in range(X.shape[1])])
    values = np.column_stack([predictors.to_numpy(dtype=float), np.asarray(y, dtype=float)])
    others = np.ones((len(values), 1))
    if controls is not None:
        others = np.column_stack([others, np.asarray(controls, dtype=float)])
    weight = np.ones(len(values)) if weights is None else np.asarray(weights, dtype=float)
    if not (np.isfinite(values).all() and np.isfinite(others).all() and np.isfinite(weight).all()):
        raise InputError("Viktighet kan ikke regnes ut med tomme celler; ta bort radene som mangler verdier først.")
    if (weight < 0).any() or not weight.any():
        raise InputError("Vektene kan ikke være negative, og ikke alle kan være null.")
    root = np.sqrt(weight)[:, None]
    alone = Projection.of(root).residual(root * values[:, [-1]])
    left = Projection.of(root * others).residual(root * values)
    left = _without_rounding(left, root * values)
    whole = float((alone**2).sum())
    if whole <= 1e-12 * float((root**2 * values[:, [-1]] ** 2).sum()):
        raise InputError("Alle verdiene av utfallet er like, så det er ingen variasjon å dele ut.")
    outcome = "\0y"
    labels = [*predictors.columns, outcome]
    moments = pd.DataFrame(left.T @ left / whole, labels, labels)
    return importance_from_moments(moments, outcome, method, groups, total=1.0)


def importance_from_moments(
    moments: pd.DataFrame,
    outcome: str,
    method: Method = "lmg",
    groups: Groups | None = None,
    total: float | None = None,
) -> pd.DataFrame:
    """Share the explained variation out from a covariance or correlation matrix alone.

    With moments corrected for tagging errors the importance is corrected too.

    Parameters
    ----------
    moments : pandas.DataFrame
        Square, symmetric, indexed by name both ways: covariances or correlations of predictors and outcome.
    outcome : str
        Name of the outcome's row.
    method, groups
        As in `relative_importance`.
    total : float, optional
        Variance that the importance is a share of; default the outcome's own in ``moments``.

    Returns
    -------
    pandas.DataFrame
        As from `relative_importance`.

    Raises
    ------
    InputError
        When the matrix is not symmetric, not positive semidefinite, or lacks the outcome.

    Examples
    --------
    >>> names = ["x1", "x2", "y"]
    >>> corr = pd.DataFrame([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]], names, names)
    >>> importance_from_moments(corr, "y")["importance"].round(6).to_dict()
    {'x1': 0.286667, 'x2': 0.086667}
    """
    if method not in METHODS:
        raise InputError(f"Metoden «{method}» finnes ikke; velg mellom {', '.join(METHODS)}.")
    matrix, predictors = _checked(moments, outcome)
    names, players = players_of(predictors, groups)
    variance = matrix[-1, -1]
    scale = 1.0 if total is None else variance / total
    importance = np.zeros(len(names)) if variance <= 0 else importances(matrix[None], players, method)[0] * scale
    r2 = 0.0 if variance <= 0 else float(_full(matrix, players)) * scale
    whole = importance.sum()
    share = importance / whole if whole > 0 else np.full(len(names), np.nan)
    frame = pd.DataFrame({"importance": importance, "share": share}, index=names)
    frame.attrs["r2"] = r2
    return frame


def importances(stack: np.ndarray, players: Sequence[Sequence[int]], method: str = "lmg") -> np.ndarray:
    """Return the importance of each player for many moment matrices at once.

    Parameters
    ----------
    stack : numpy.ndarray
        Draws x (p + 1) x (p + 1), outcome last.
    players : sequence of sequences of int
        Column numbers of each player.
    method : {"lmg", "johnson", "first", "last"}

    Returns
    -------
    numpy.ndarray
        Draws x players, shares of the outcome's variance.

    Examples
    --------
    >>> corr = np.array([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]])
    >>> importances(corr[None], [[0], [1]], "last").round(6).tolist()
    [[0.213333, 0.013333]]
    """
    if method == "johnson":
        parts = _johnson(stack)
        return np.stack([parts[:, list(player)].sum(1) for player in players], axis=1)
    if method == "lmg":
        return increments(explained_by_subsets(stack, players)).mean(1)
    if method == "first":
        alone = [explained_by_subsets(stack[:, [*p, -1]][..., [*p, -1]], [range(len(p))])[:, 1] for p in players]
        return np.stack(alone, axis=1)
    everything = [column for player in players for column in player]
    whole = _full(stack, players)
    left_out = []
    for player in players:
        kept = [c for c in everything if c not in player]
        part = stack[:, [*kept, -1]][..., [*kept, -1]]
        left_out.append(whole - (explained_by_subsets(part, [range(len(kept))])[:, 1] if kept else 0))
    return np.stack(left_out, axis=1)


def dominance(X: pd.DataFrame, y: pd.Series | np.ndarray, groups: Groups | None = None) -> Dominance:
    """Compare predictors pair by pair over all models that the other predictors can make.

    Parameters
    ----------
    X : pandas.DataFrame
        n x p predictors.
    y : pandas.Series or numpy.ndarray
        n outcomes.
    groups : mapping of str to sequence of str, optional
        Name -> columns that count as one player.

    Returns
    -------
    Dominance
        Complete, conditional and general dominance.

    Examples
    --------
    >>> X = pd.DataFrame({"lytting": [1, 1, 0, 0, 1, 0], "løsning": [1, 0, 1, 0, 1, 1]})
    >>> float(dominance(X, pd.Series([95, 80, 70, 50, 92, 72])).complete.loc["lytting", "løsning"])
    1.0
    """
    values = np.column_stack([X.to_numpy(dtype=float), np.asarray(y, dtype=float)])
    matrix = np.cov(values, rowvar=False)
    names, players = players_of(list(X.columns), groups)
    return dominance_of(explained_by_subsets(matrix, players)[0], names)


def players_of(columns: Sequence[str], groups: Groups | None) -> tuple[list[str], list[list[int]]]:
    """Return the players' names and column numbers: groups where given, single columns otherwise.

    Examples
    --------
    >>> players_of(["a", "b", "c"], {"ab": ["a", "b"]})
    (['ab', 'c'], [[0, 1], [2]])
    """
    member: dict[str, str] = {}
    for name, members in (groups or {}).items():
        for column in members:
            if column not in columns:
                raise InputError(f"Gruppen «{name}» nevner kolonnen «{column}», som ikke finnes.")
            if column in member:
                raise InputError(f"Kolonnen «{column}» står i to grupper; la den stå i én.")
            member[column] = name
    places: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        places.setdefault(member.get(column, column), []).append(place)
    return list(places), list(places.values())


def _full(stack: np.ndarray, players: Sequence[Sequence[int]]) -> np.ndarray:
    """Return R² of all players together, one value a draw."""
    everyone = [column for player in players for column in player]
    found = explained_by_subsets(stack, [everyone])[:, 1]
    return found if np.ndim(stack) == 3 else found[0]


def _johnson(stack: np.ndarray) -> np.ndarray:
    """Return Johnson's relative weights: Rxx^(1/2) squared times the squared weights of the closest orthogonal set."""
    deviation = np.sqrt(np.diagonal(stack, axis1=1, axis2=2))
    deviation = np.where(deviation > 0, deviation, 1)
    corr = stack / deviation[:, :, None] / deviation[:, None, :]
    values, vectors = np.linalg.eigh(corr[:, :-1, :-1])
    alive = values > 1e-10
    root = np.sqrt(np.where(alive, values, 0))
    half = np.einsum("dij,dj,dkj->dik", vectors, root, vectors)
    back = np.where(alive, 1 / np.where(alive, root, 1), 0)
    beta = np.einsum("dij,dj,dkj,dk->di", vectors, back, vectors, corr[:, :-1, -1])
    return np.einsum("dij,dj->di", half**2, beta**2)


def _without_rounding(left: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Set columns that the controls explain wholly to exact zero."""
    gone = (left**2).sum(0) <= 1e-10 * np.maximum((before**2).sum(0), 1e-300)
    return np.where(gone, 0.0, left)


def _checked(moments: pd.DataFrame, outcome: str) -> tuple[np.ndarray, list[str]]:
    """Return the matrix with the outcome last, and the predictors' names."""
    if outcome not in moments.index or list(moments.index) != list(moments.columns):
        raise InputError("Momentmatrisen må ha de samme navnene på rader og kolonner, og utfallet må være blant dem.")
    predictors = [name for name in moments.index if name != outcome]
    labels = [*predictors, outcome]
    matrix = moments.loc[labels, labels].to_numpy(dtype=float)
    size = np.sqrt(np.abs(np.diag(matrix)))
    size = np.where(size > 0, size, 1)
    scaled = matrix / size[:, None] / size
    if not np.isfinite(matrix).all() or not np.allclose(scaled, scaled.T, atol=1e-8):
        raise InputError("Momentmatrisen må være symmetrisk og uten tomme celler.")
    if np.linalg.eigvalsh(scaled)[0] < -1e-8:
        raise InputError("Momentmatrisen er ikke mulig: noen av sammenhengene i den motsier hverandre.")
    return matrix, predictors
