import numpy as np
import pytest

from textinnsikt.factors.projection import Projection
from textinnsikt.factors.wild import wild_draws


@pytest.mark.parametrize("carriers", [8.0, 20.0])
def test_draws_equal_refitting_on_each_made_up_outcome(carriers):
    """The same statistics the slow way: multiply the restricted residuals, refit, and sum the scores by cluster."""
    random = np.random.default_rng(4)
    who, where = np.repeat(np.arange(10), 6), np.tile(np.arange(6), 10)
    space = Projection.of(np.eye(10)[who])
    x = space.residual(random.normal(size=60))
    rest = space.residual(random.normal(size=60))
    whole = space.with_columns(x[:, None])
    statistic, null = wild_draws(x, rest, whole, [who, where], carriers, 5, np.random.default_rng(7))
    again = np.random.default_rng(7)
    points = np.array([-np.sqrt(1.5), -1, -np.sqrt(0.5), np.sqrt(0.5), 1, np.sqrt(1.5)])
    weights = again.choice(points if carriers < 12 else [-1.0, 1.0], (10, 5))
    for draw, expected in zip([np.ones(10), *weights.T], [statistic, *null], strict=True):
        outcome = draw[who] * rest
        scores = x * whole.residual(outcome)
        one, two = (np.bincount(codes, weights=scores) @ np.bincount(codes, weights=scores) for codes in (who, where))
        assert x @ outcome / np.sqrt(max(scores @ scores / 2, one + two - scores @ scores)) == pytest.approx(expected)


def test_no_association_is_seldom_rejected_with_five_carriers():
    random, rejected = np.random.default_rng(5), 0
    who = np.repeat(np.arange(30), 12)
    space = Projection.of(np.eye(30)[who])
    for _ in range(150):
        mention = (random.random(360) < 0.4) * np.isin(who, random.choice(30, 5, replace=False)) * 1.0
        x = space.residual(mention)
        rest = space.residual(random.normal(size=360) + random.normal(size=30)[who] * mention)
        statistic, null = wild_draws(x, rest, space.with_columns(x[:, None]), [who], 5, 199, random)
        rejected += (np.abs(null) >= abs(statistic)).mean() < 0.05
    assert rejected / 150 < 0.11
