"""Variances and centre means where they are known."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from textinnsikt.factors.crossed import Crossing, centre_means, variance_components


def drawn(seed: int, centres: int = 60, each: int = 20, shoppers: int = 40) -> tuple[Crossing, np.random.Generator]:
    random = np.random.default_rng(seed)
    centre = np.repeat(np.arange(centres), each)
    shopper = np.concatenate([random.choice(shoppers, each, replace=False) for _ in range(centres)])
    return Crossing(centre, shopper, centre % 6), random


def scores(
    crossing: Crossing, random: np.random.Generator, spread: tuple[float, float, float]
) -> tuple[np.ndarray, ...]:
    own = random.normal(0, spread[0], crossing.centre.max() + 1)
    lenient = random.normal(0, spread[1], crossing.shopper.max() + 1)
    return (
        70 + own[crossing.centre] + lenient[crossing.shopper] + random.normal(0, spread[2], len(crossing.centre)),
        own,
        lenient,
    )


def test_variances_are_recovered_without_bias():
    found = []
    for seed in range(60):
        crossing, random = drawn(seed)
        frame = variance_components(scores(crossing, random, (3, 2, 8))[0], crossing).frame
        found.append([*frame["varians"], frame.loc["kundesenter", "nedre"] <= 9 <= frame.loc["kundesenter", "øvre"]])
    mean = np.mean(found, axis=0)
    np.testing.assert_allclose(mean[1:4], [9, 4, 64], rtol=0.1)
    assert mean[0] < 0.5 and 0.88 <= mean[4] <= 1


def test_lenient_shoppers_at_the_same_centres_do_not_pass_for_centre_differences():
    found, visitors, naive = [], [], []
    for seed in range(40):
        random = np.random.default_rng(seed)
        lenient = np.sort(random.normal(0, 4, 40))
        centre = np.repeat(np.arange(60), 20)
        shopper = np.concatenate([random.choice(np.arange(c // 3, c // 3 + 20), 20, False) for c in range(60)])
        crossing = Crossing(centre, shopper, np.zeros(len(centre), dtype=int))
        score = 70 + random.normal(0, 2, 60)[centre] + lenient[shopper] + random.normal(0, 6, len(centre))
        components = variance_components(score, crossing)
        found.append(components.centre)
        visitors.append(components.shopper)
        means = np.bincount(centre, score) / 20
        naive.append(means.var(ddof=1))
    assert np.mean(found) == pytest.approx(4, abs=0.8)
    assert np.mean(visitors) == pytest.approx(16, abs=3)
    assert np.mean(naive) > 9


def test_centre_means_are_the_two_way_regression():
    crossing, random = drawn(0, centres=12, each=15, shoppers=20)
    score = scores(crossing, random, (4, 3, 5))[0]
    means = centre_means(score, np.ones(len(score), dtype=bool), crossing, variance_components(score, crossing))
    frame = pd.DataFrame({"y": score, "c": crossing.centre, "s": crossing.shopper})
    fit = smf.ols("y ~ C(c) + C(s)", frame).fit()
    ours = means.estimate - means.estimate[0]
    np.testing.assert_allclose(ours[1:], fit.params.iloc[1:12], atol=1e-8)
    lenient = means.leniency - means.leniency[0]
    np.testing.assert_allclose(lenient[1:], fit.params.iloc[12:], atol=1e-8)
    # Here the centres' variances are alike and count as one: the covariance is that of least squares too.
    assert (means.freedom == 12 * 14).all()
    own = means.covariance
    pair = own + own[0, 0] - own[0] - own[:, [0]]
    np.testing.assert_allclose(pair[1:, 1:], fit.cov_params().iloc[1:12, 1:12], rtol=1e-6)


def test_errors_of_centre_means_are_right_when_variances_differ():
    shots = []
    for seed in range(60):
        crossing, random = drawn(seed, centres=30)
        score, own, _ = scores(crossing, random, (3, 2, 0))
        score = score + random.normal(size=len(score)) * np.linspace(3, 15, 30)[crossing.centre]
        means = centre_means(score, np.ones(len(score), dtype=bool), crossing, variance_components(score, crossing))
        gap = means.estimate - 70 - own
        gap -= gap.mean()
        shots.append(gap / np.sqrt(np.diag(means.covariance)))
    spread = np.array(shots).std(0)
    assert spread.mean() == pytest.approx(1, abs=0.08) and spread.max() < 1.4


def test_an_unanswered_contact_says_nothing_of_the_shopper():
    crossing, random = drawn(5)
    score, _, lenient = scores(crossing, random, (0, 3, 2))
    answered = random.random(len(score)) > 0.05
    score = np.where(answered, score, 0)
    part = Crossing(crossing.centre[answered], crossing.shopper[answered], crossing.group[answered])
    means = centre_means(score, answered, crossing, variance_components(score[answered], part))
    assert np.corrcoef(means.leniency, lenient)[0, 1] > 0.98


def test_few_visits_per_shopper_shrink_the_leniency():
    random = np.random.default_rng(0)
    centre, shopper = np.repeat(np.arange(20), 6), np.concatenate([random.choice(60, 6, False) for _ in range(20)])
    crossing = Crossing(centre, np.unique(shopper, return_inverse=True)[1], np.zeros(120, dtype=int))
    score, _, lenient = scores(crossing, random, (3, 4, 6))
    components = variance_components(score, crossing)
    means = centre_means(score, np.ones(120, dtype=bool), crossing, components)
    assert np.linalg.eigvalsh(means.covariance)[0] > 0
    assert 0 < means.leniency.std() < lenient.std() * 1.1
