"""Rank sets against published ones, and their coverage."""

import numpy as np
import pytest

from textinnsikt.factors import rank_sets

# Mean and standard error in mathematics, 37 OECD countries, PISA 2018.
PISA = [
    ("Australia", 491.360, 1.940), ("Austria", 498.942, 2.971), ("Belgium", 508.070, 2.263),
    ("Canada", 512.017, 2.357), ("Chile", 417.407, 2.416), ("Colombia", 390.932, 2.990),
    ("Czech Republic", 499.468, 2.461), ("Denmark", 509.398, 1.735), ("Estonia", 523.415, 1.744),
    ("Finland", 507.301, 1.968), ("France", 495.408, 2.320), ("Germany", 500.044, 2.647),
    ("Greece", 451.370, 3.091), ("Hungary", 481.083, 2.320), ("Iceland", 495.187, 1.953),
    ("Ireland", 499.633, 2.199), ("Israel", 463.035, 3.499), ("Italy", 486.590, 2.780),
    ("Japan", 526.973, 2.471), ("Korea", 525.933, 3.121), ("Latvia", 496.126, 1.963),
    ("Lithuania", 481.191, 1.953), ("Luxembourg", 483.421, 1.098), ("Mexico", 408.801, 2.493),
    ("Netherlands", 519.231, 2.632), ("New Zealand", 494.490, 1.706), ("Norway", 500.964, 2.219),
    ("Poland", 515.648, 2.602), ("Portugal", 492.487, 2.685), ("Slovak Republic", 486.165, 2.556),
    ("Slovenia", 508.898, 1.364), ("Spain", 481.393, 1.462), ("Sweden", 502.388, 2.654),
    ("Switzerland", 515.315, 2.908), ("Turkey", 453.508, 2.260), ("United Kingdom", 501.770, 2.564),
    ("United States", 478.245, 3.235),
]  # fmt: skip
#: Country -> marginal set, simultaneous set, without steps (csranks, 10,000 draws).
PUBLISHED = {
    "Japan": ((1, 4), (1, 6)),
    "Korea": ((1, 6), (1, 7)),
    "Estonia": ((1, 6), (1, 6)),
    "Netherlands": ((1, 7), (1, 11)),
    "Norway": ((8, 23), (7, 24)),
}


@pytest.mark.parametrize("together", [False, True])
def test_published_places_of_countries(together):
    names, means, errors = zip(*PISA, strict=True)
    found = rank_sets(np.array(means), np.array(errors), simultaneous=together, stepdown=False, draws=10_000)
    found.index = names
    assert found.loc[list(PUBLISHED), "rang"].tolist() == [1, 2, 3, 4, 14]
    for country, sets in PUBLISHED.items():
        assert np.abs(found.loc[country, ["fra", "til"]].to_numpy() - sets[together]).max() <= 1


@pytest.mark.parametrize("together", [True, False])
def test_far_apart_are_told_apart_and_equal_are_not(together):
    means = np.array([90.0, 60, 60.1, 59.9, 30])
    found = rank_sets(means, np.full(5, 1.0), simultaneous=together)
    assert found["rang"].tolist() == [1, 3, 2, 4, 5]
    assert found[["fra", "til"]].values.tolist() == [[1, 1], [2, 4], [2, 4], [2, 4], [5, 5]]


def test_equal_estimates_share_the_better_place():
    found = rank_sets(np.array([5.0, 5, 1]), np.full(3, 0.1))
    assert found["rang"].tolist() == [1, 1, 3]
    assert found["til"].tolist() == [2, 2, 3]


def test_all_equal_are_covered_at_the_level():
    """Normal estimates with a known covariance: 95 % of studies tell no two apart."""
    random = np.random.default_rng(0)
    root = np.eye(20) + 0.3 * random.normal(size=(20, 20))
    hits = []
    for seed in range(300):
        found = rank_sets(root @ random.normal(size=20), root @ root.T, draws=500, seed=seed)
        hits.append(bool((found["fra"] == 1).all() and (found["til"] == 20).all()))
    assert 0.91 <= np.mean(hits) <= 0.985


def test_few_degrees_of_freedom_widen_the_sets():
    means, errors = np.linspace(0, 12, 12), np.full(12, 1.5)
    known = rank_sets(means, errors)
    unsure = rank_sets(means, errors, freedom=np.full(12, 4.0))
    assert ((unsure["til"] - unsure["fra"]) >= (known["til"] - known["fra"])).all()
    assert (unsure["til"] - unsure["fra"]).sum() > (known["til"] - known["fra"]).sum()


def test_steps_never_widen_and_marginal_sets_lie_inside_the_joint_ones():
    means = np.random.default_rng(2).normal(0, 3, 30)
    plain = rank_sets(means, np.ones(30), stepdown=False)
    steps = rank_sets(means, np.ones(30), stepdown=True)
    alone = rank_sets(means, np.ones(30), simultaneous=False, stepdown=False)
    for tighter in (steps, alone):
        assert (tighter["fra"] >= plain["fra"]).all() and (tighter["til"] <= plain["til"]).all()


def test_shared_noise_cancels():
    """Estimates that move together can be told apart although each is unsure."""
    covariance = np.full((3, 3), 100.0) + np.eye(3) * 0.01
    assert rank_sets(np.array([3.0, 2, 1]), covariance)["til"].tolist() == [1, 2, 3]


def test_one_unit():
    assert rank_sets(np.array([3.0]), np.array([1.0])).values.tolist() == [[1, 1, 1]]
