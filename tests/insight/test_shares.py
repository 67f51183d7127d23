import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from textinnsikt.insight.shares import mean, share


def _spread(hits, shoppers):
    found = share(pd.Series(hits, dtype=float), pd.Series(shoppers, dtype=object))
    return found["øvre"] - found["nedre"]


def test_one_contact_a_shopper_is_wilsons_interval():
    hits = [1.0] * 37 + [0.0] * 163
    found = share(pd.Series(hits), pd.Series([f"s{i}" for i in range(200)]))
    low, high = proportion_confint(37, 200, method="wilson")
    assert (found["antall"], found["n"], found["estimat"]) == (37, 200, 0.185)
    assert found["nedre"] == pytest.approx(low, abs=0.001)
    assert found["øvre"] == pytest.approx(high, abs=0.001)


def test_shoppers_who_write_alike_widen_the_interval():
    alike = [1.0] * 40 + [0.0] * 160
    by_shopper = [f"s{i // 10}" for i in range(200)]
    apart = [f"s{i}" for i in range(200)]
    assert _spread(alike, by_shopper) > 2 * _spread(alike, apart)


def test_contacts_without_a_shopper_stand_alone():
    hits = pd.Series([1.0, 0.0] * 50)
    assert share(hits, pd.Series([None] * 100)) == share(hits, pd.Series([f"s{i}" for i in range(100)]))


def test_all_none_and_empty():
    every = share(pd.Series([1.0] * 50), pd.Series([f"s{i}" for i in range(50)]))
    assert every["estimat"] == 1.0 and every["øvre"] == pytest.approx(1.0) and 0.9 < every["nedre"] < 1.0
    assert share(pd.Series([], dtype=float), pd.Series([], dtype=object))["estimat"] is None


def test_interval_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(4)
    held = 0
    for _ in range(300):
        leaning = np.repeat(rng.beta(2, 4, 30), 8)
        found = share(pd.Series((rng.random(240) < leaning).astype(float)), pd.Series(np.repeat(np.arange(30), 8)))
        held += found["nedre"] <= 1 / 3 <= found["øvre"]
    assert 0.92 <= held / 300 <= 0.985


def test_mean_is_students_interval_inside_the_scale():
    scores = pd.Series([99.0, 100.0, 100.0, 80.0] * 5)
    found = mean(scores, (0, 100))
    half = 2.0930240544 * scores.std(ddof=1) / 20**0.5
    assert found["nedre"] == pytest.approx(scores.mean() - half)
    assert mean(pd.Series([100.0, 100.0, 60.0]), (0, 100))["øvre"] == 100
    assert mean(pd.Series([50.0]), (0, 100)) == {"estimat": 50.0, "nedre": None, "øvre": None, "n": 1}
