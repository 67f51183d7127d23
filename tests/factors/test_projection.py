import numpy as np
import pandas as pd

from textinnsikt.factors.projection import Projection, dummies, effective_number, group_codes


def test_residuals_are_those_of_least_squares_whatever_the_rank():
    random = np.random.default_rng(0)
    controls = np.column_stack([np.ones(50), np.eye(5)[np.arange(50) % 5], random.normal(size=50)])
    values = random.normal(size=(50, 2))
    space = Projection.of(controls)
    expected = values - controls @ np.linalg.lstsq(controls, values, rcond=None)[0]
    assert space.rank == 6
    np.testing.assert_allclose(space.residual(values), expected, atol=1e-12)
    matrix = np.eye(50) - space.basis @ space.basis.T
    np.testing.assert_allclose(space.leverage, np.diag(matrix))
    np.testing.assert_allclose(space.block(np.array([3, 7])), matrix[np.ix_([3, 7], [3, 7])])


def test_further_columns_are_spanned_too():
    random = np.random.default_rng(1)
    space = Projection.of(np.ones((20, 1)))
    column = space.residual(random.normal(size=(20, 1)))
    assert np.abs(space.with_columns(column).residual(column)).max() < 1e-12


def test_a_missing_label_is_a_level_of_its_own_but_a_cluster_alone():
    labels = pd.Series(["b", None, "a", None])
    assert dummies(labels).sum(0).tolist() == [1, 1, 2]
    assert len(set(group_codes(labels))) == 4


def test_effective_number_of_equal_groups_is_their_number():
    assert effective_number(np.ones(12), np.arange(12) % 4) == 4
    assert effective_number(np.zeros(3), np.arange(3)) == 0
