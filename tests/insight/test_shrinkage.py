import numpy as np
import pandas as pd
import pytest

from textinnsikt.insight.shrinkage import shrunken


def _study(spread, seed, centres=6, classes=20):
    rng = np.random.default_rng(seed)
    parents = np.repeat(np.arange(classes), centres)
    apart = rng.normal(0, spread, len(parents))
    variances = 0.5 / rng.integers(10, 26, len(parents))
    values = rng.normal(0, 0.2, classes)[parents] + apart + rng.normal(0, np.sqrt(variances))
    return values, variances, parents, apart


def test_intervals_hold_the_truth_and_the_estimates_are_nearer_than_the_plain_ones():
    hits, plain, drawn = [], [], []
    for seed in range(40):
        values, variances, parents, apart = _study(0.2, seed)
        found = shrunken(values, variances, parents)
        hits.append(((found["nedre"] < apart) & (apart < found["øvre"])).mean())
        raw = values - pd.Series(values).groupby(parents).transform("mean").to_numpy()
        plain.append(((raw - apart) ** 2).mean())
        drawn.append(((found["estimat"] - apart) ** 2).mean())
    assert np.mean(hits) == pytest.approx(0.95, abs=0.02)
    assert np.mean(drawn) < 0.85 * np.mean(plain)


def test_without_differences_hardly_anything_is_called_sure():
    sure = 0
    for seed in range(40):
        values, variances, parents, _ = _study(0.0, seed)
        found = shrunken(values, variances, parents)
        sure += int((found["nedre"] * found["øvre"] > 0).sum())
    assert sure <= 5  # of 4,800


def test_large_differences_come_through():
    found = shrunken(np.array([0.9, 0.1, 0.1, 0.1] * 5), np.full(20, 0.001), np.repeat(np.arange(5), 4))
    assert found["estimat"][0] == pytest.approx(0.6, abs=0.02) and found["nedre"][0] > 0.1


def test_the_order_of_the_units_does_not_matter():
    values, variances, parents, _ = _study(0.2, 3)
    order = np.random.default_rng(0).permutation(len(values))
    one = shrunken(values, variances, parents).iloc[order].reset_index(drop=True)
    two = shrunken(values[order], variances[order], parents[order])
    pd.testing.assert_frame_equal(one, two)


def test_a_unit_alone_and_a_missing_one_have_no_figures():
    found = shrunken(np.array([0.5, 0.2, 0.3, np.nan]), np.full(4, 0.01), np.array(["a", "b", "b", "b"], dtype=object))
    assert found["estimat"].isna().tolist() == [True, False, False, True]
    assert shrunken(np.array([0.5]), np.array([0.01]), np.array([None], dtype=object))["estimat"].isna().all()
