import numpy as np
import pandas as pd
from scipy import stats

from textinnsikt.insight.change import factor_changes, paired_change, ratio_change, with_rates


def test_without_groups_it_is_a_comparison_of_means():
    rng = np.random.default_rng(1)
    wave = np.repeat([0, 1], [80, 120])
    y = rng.normal(50, 10, 200) + 3 * wave
    change = ratio_change(y, np.ones(200), wave, np.arange(200))
    error = np.sqrt(y[:80].var(ddof=1) / 80 + y[80:].var(ddof=1) / 120)
    assert np.isclose(change["estimat"], y[80:].mean() - y[:80].mean())
    assert np.isclose(change["øvre"] - change["nedre"], 2 * stats.t.ppf(0.975, 199) * error, rtol=0.01)
    assert change["n_første"] == 80 and change["n_andre"] == 120


def test_intervals_cover_a_true_change_when_centres_differ():
    hits, runs = 0, 300
    rng = np.random.default_rng(2)
    for _ in range(runs):
        level = rng.normal(0.4, 0.12, 30).clip(0.05, 0.9)
        centre = np.tile(np.repeat(np.arange(30), 12), 2)
        wave = np.repeat([0, 1], 360)
        y = rng.uniform(size=720) < level[centre] + 0.05 * wave
        change = ratio_change(y, np.ones(720), wave, centre)
        hits += change["nedre"] <= 0.05 <= change["øvre"]
    assert 0.92 <= hits / runs <= 0.985


def test_few_groups_give_no_interval():
    change = ratio_change(np.ones(8), np.ones(8), np.repeat([0, 1], 4), np.tile([0, 1, 2, 3], 2))
    assert change["estimat"] == 0 and np.isnan(change["nedre"]) and np.isnan(change["p"])


def test_paired_change_is_the_paired_t_test():
    rng = np.random.default_rng(3)
    means = pd.DataFrame({0: rng.uniform(size=25)})
    means[1] = means[0] + rng.normal(0.1, 0.1, 25)
    change = paired_change(means, pd.Series([0] * 30 + [1] * 40))
    known = stats.ttest_rel(means[1], means[0])
    assert np.isclose(change["p"], known.pvalue)
    low, high = known.confidence_interval()
    assert np.isclose(change["nedre"], low) and np.isclose(change["øvre"], high)


def test_factor_changes_take_what_is_in_both():
    old = pd.DataFrame(
        [
            ("lytting", "positiv", "rå", 5.0, 3.0, 7.0, 90),
            ("lytting", "positiv", "justert", np.nan, np.nan, np.nan, 90),
        ],
        columns=["tema", "omtale", "metode", "estimat", "nedre", "øvre", "n"],
    )
    new = old.assign(estimat=[9.0, 4.0], nedre=[7.0, 1.0], øvre=[11.0, 7.0])
    found = factor_changes(old, pd.concat([new, new.assign(tema="mersalg")])).set_index("metode")
    assert len(found) == 2 and np.isnan(found.at["justert", "p"])
    row = found.loc["rå"]
    assert row["estimat"] == 4 and np.isclose(row["nedre"], 4 - np.hypot(2, 2))
    assert np.isclose(row["p"], 2 * stats.norm.sf(4 / (np.hypot(2, 2) / stats.norm.ppf(0.975))))


def test_rates_are_within_each_method():
    frame = with_rates(pd.DataFrame({"metode": ["a", "b", "a"], "p": [0.02, 0.02, np.nan]}))
    assert frame["q"].tolist()[:2] == [0.02, 0.02] and np.isnan(frame["q"].iloc[2])
