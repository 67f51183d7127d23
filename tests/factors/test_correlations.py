import numpy as np
import pytest
from scipy import stats

from textinnsikt.factors.correlations import correlations
from textinnsikt.factors.sample import Sample


@pytest.fixture(scope="module")
def sample(tagged):
    return Sample.of(tagged)


def test_the_vendors_formulas_agree(sample):
    """Published forms: n(m - M)/(N - n), mean of all minus mean without, share times raw difference."""
    found = correlations(sample, 0.05)["leverandørtall"].frame
    score = sample.contacts["totalscore"]
    for mention in sample.mentions:
        there = sample.contacts[mention] == 1
        n, total = there.sum(), len(score)
        form = n * (score[there].mean() - score.mean()) / (total - n)
        assert found.loc[mention, "estimat"] == pytest.approx(form)
        share = n / total * (score[there].mean() - score[~there].mean())
        assert found.loc[mention, "estimat"] == pytest.approx(share)


def test_the_published_example():
    """Scores 90 to 40, theme on the last three: -15 by each vendor, where the raw difference is -30."""
    from textinnsikt.factors.correlations import _impact

    x, y = np.array([0, 0, 0, 1, 1, 1.0]), np.array([90, 80, 70, 60, 50, 40.0])
    sums = np.array([6, x.sum(), y.sum(), (x * y).sum(), (x * x).sum(), (y * y).sum()])
    assert float(_impact(sums)) == pytest.approx(-15)


def test_correlations_are_scipy_s_and_their_intervals_hold_them(sample):
    found = correlations(sample, 0.05)
    score = sample.contacts["totalscore"]
    for mention in sample.mentions:
        point = stats.pointbiserialr(sample.contacts[mention], score).statistic
        rank = stats.spearmanr(sample.contacts[mention], score).statistic
        assert found["punktbiseriell"].frame.loc[mention, "estimat"] == pytest.approx(point)
        assert found["spearman"].frame.loc[mention, "estimat"] == pytest.approx(rank)
    rows = found["spearman"].frame
    assert (rows["nedre"] < rows["estimat"]).all() and (rows["øvre"] < 1).all()
