"""R² of every set of predictors, and dominance, against a worked example."""

import itertools

import numpy as np
import pytest

from textinnsikt.errors import InputError
from textinnsikt.factors.subsets import dominance_of, explained_by_subsets, increments

# The worked example of Azen and Budescu (2003): y with x1..x4, and x1..x4 among themselves.
CORRELATIONS = np.array(
    [
        [1, 0.8, 0.1, 0.3, 0.6],
        [0.8, 1, 0.1, 0.1, 0.3],
        [0.1, 0.1, 1, 0.5, 0.4],
        [0.3, 0.1, 0.5, 1, 0.5],
        [0.6, 0.3, 0.4, 0.5, 1],
    ]
)
NAMES = ["x1", "x2", "x3", "x4"]
LEVELS = [[0.360, 0.090, 0.160, 0.250], [0.300, 0.074, 0.095, 0.152], [0.263, 0.069, 0.063, 0.073]]
LEVELS += [[0.246, 0.071, 0.061, 0.010]]


def test_every_set_has_the_r2_of_its_own_regression():
    found = explained_by_subsets(CORRELATIONS, [[0], [1], [2], [3]])[0]
    for chosen in itertools.product([0, 1], repeat=4):
        rows = np.flatnonzero(chosen)
        inside, outcome = CORRELATIONS[np.ix_(rows, rows)], CORRELATIONS[rows, -1]
        assert found[chosen] == pytest.approx(outcome @ np.linalg.solve(inside, outcome) if len(rows) else 0, abs=1e-12)


def test_published_dominance():
    table = dominance_of(explained_by_subsets(CORRELATIONS, [[0], [1], [2], [3]])[0], NAMES)
    np.testing.assert_allclose(table.levels, LEVELS, atol=0.002)
    np.testing.assert_allclose(table.general, [0.2921762, 0.0758614, 0.0949109, 0.1214041], atol=5e-8)
    assert table.general.sum() == pytest.approx(0.5843525, abs=5e-8)
    assert (table.complete.loc["x1", ["x2", "x3", "x4"]] == 1).all()
    for frame in (table.complete, table.conditional):
        assert (frame.loc[["x2", "x3", "x4"], ["x2", "x3", "x4"]] == 0.5).all(axis=None)
    assert table.general.sort_values(ascending=False).index.tolist() == ["x1", "x4", "x3", "x2"]


def test_groups_are_one_player_and_order_does_not_matter():
    grouped = explained_by_subsets(CORRELATIONS, [[0, 1], [2, 3]])[0]
    single = explained_by_subsets(CORRELATIONS, [[0], [1], [2], [3]])[0]
    assert grouped[1, 0] == pytest.approx(single[1, 1, 0, 0]) and grouped[1, 1] == pytest.approx(single[1, 1, 1, 1])
    crossed = explained_by_subsets(CORRELATIONS, [[3], [0, 2], [1]])[0]
    assert crossed[1, 0, 1] == pytest.approx(single[0, 1, 0, 1], abs=1e-12)


def test_a_copy_of_a_predictor_shares_its_importance():
    doubled = np.array([[1, 1, 0.6], [1, 1, 0.6], [0.6, 0.6, 1]])
    found = increments(explained_by_subsets(doubled, [[0], [1]]))[0].mean(0)
    np.testing.assert_allclose(found, [0.18, 0.18], atol=1e-12)


def test_too_many_players_are_refused_with_advice():
    with pytest.raises(InputError, match="høyst 20 prediktorer .* groups"):
        explained_by_subsets(np.eye(23), [[i] for i in range(22)])
