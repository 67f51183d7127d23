"""Two-way bootstrap against what is known."""

import numpy as np
import pytest

from textinnsikt.factors.resampling import two_way_covariance

CENTRE, SHOPPER = np.repeat(np.arange(40), 30), np.tile(np.arange(30), 40)


def error(values: np.ndarray) -> float:
    found = two_way_covariance(values[:, None], [CENTRE, SHOPPER], lambda sums: sums / len(values), 400, 1)
    return float(np.sqrt(found[0, 0]))


def test_own_noise_is_counted_once():
    values = np.random.default_rng(0).normal(size=1200)
    assert error(values) == pytest.approx(1 / np.sqrt(1200), rel=0.35)


def test_both_clusterings_count():
    random = np.random.default_rng(1)
    values = 2 * random.normal(size=40)[CENTRE] + 2 * random.normal(size=30)[SHOPPER] + random.normal(size=1200)
    assert error(values) == pytest.approx(np.sqrt(4 / 40 + 4 / 30), rel=0.25)


def test_covariance_is_possible_and_repeated():
    values = np.random.default_rng(2).normal(size=(1200, 5))
    first, again = (two_way_covariance(values, [CENTRE, SHOPPER], lambda s: s / 1200, 100, 3) for _ in range(2))
    assert np.linalg.eigvalsh(first)[0] > -1e-12
    np.testing.assert_array_equal(first, again)
