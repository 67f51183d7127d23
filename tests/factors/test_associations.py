"""The numbers, by another route."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf

from textinnsikt.factors.associations import adjusted, jackknife_errors, raw
from textinnsikt.factors.sample import Sample
from textinnsikt.study import TaggedStudy


@pytest.fixture(scope="module")
def sample(simulate):
    return Sample.of(simulate(seed=3))


@pytest.fixture(scope="module")
def frame(sample):
    names = {m: m.replace(":", "_").replace("ø", "o") for m in sample.mentions}
    return sample.contacts.rename(columns=names).assign(maned=sample.contacts["dato"].str[:7])


def formula(sample) -> str:
    mentions = " + ".join(m.replace(":", "_").replace("ø", "o") for m in sample.mentions)
    return f"totalscore ~ {mentions} + C(kanal) + C(klasse) + C(maned)"


def test_raw_is_the_difference_in_means(sample):
    found = raw(sample, 0.05).frame
    for mention in sample.mentions:
        means = sample.contacts.groupby(mention)["totalscore"].mean()
        assert found.loc[mention, "estimat"] == pytest.approx(means[1.0] - means[0.0], rel=1e-10)


def test_adjusted_equals_the_formula_of_statsmodels(sample, frame):
    fit = smf.ols(formula(sample), frame).fit()
    found = adjusted(sample, 0.05).frame["estimat"]
    np.testing.assert_allclose(found, fit.params.iloc[-len(sample.mentions) :], rtol=1e-9)


def test_interval_equals_refitting_without_each_centre(sample, frame):
    """CV3 computed the slow way: statsmodels on all centres but one, and t with G - 1 degrees of freedom."""
    centres = sorted(frame["kundesenter"].unique())
    full = smf.ols(formula(sample), frame).fit().params
    parts = [frame[frame["kundesenter"] != centre] for centre in centres]
    without = pd.DataFrame([smf.ols(formula(sample), part).fit().params - full for part in parts])
    variance = (len(centres) - 1) / len(centres) * (without**2).sum()
    found = adjusted(sample, 0.05).frame
    reach = 2.0930240544 * np.sqrt(variance.iloc[-len(sample.mentions) :])  # t, 19 degrees, .975
    np.testing.assert_allclose((found["øvre"] - found["nedre"]) / 2, reach, rtol=1e-7)


def test_errors_are_close_to_the_common_correction_and_larger_on_average(sample, frame):
    groups = {"groups": pd.factorize(frame["kundesenter"])[0]}
    fit = smf.ols(formula(sample), frame).fit(cov_type="cluster", cov_kwds=groups, use_t=True)
    found = adjusted(sample, 0.05).frame
    ends = fit.conf_int().iloc[-len(sample.mentions) :]
    ratio = (found["øvre"] - found["nedre"]).to_numpy() / (ends[1] - ends[0])
    assert ratio.between(0.95, 1.25).all() and ratio.mean() > 1


def test_one_contact_per_centre_is_hc3_but_for_its_small_factor(sample):
    design = np.column_stack([np.ones(len(sample.contacts)), sample.contacts[list(sample.mentions)]])
    score = sample.contacts["totalscore"].to_numpy()
    alone = jackknife_errors(design, score, np.arange(len(score)))
    robust = sm.OLS(score, design).fit(cov_type="HC3").bse
    np.testing.assert_allclose(alone, robust, rtol=0.005)


def test_jackknife_bears_a_design_without_full_rank():
    random = np.random.default_rng(1)
    mention, groups = random.integers(0, 2, 60).astype(float), np.repeat(np.arange(6), 10)
    score = 3 * mention + random.normal(size=60)
    plain = np.column_stack([mention, np.ones(60)])
    doubled = np.column_stack([plain, np.ones(60)])
    np.testing.assert_allclose(
        jackknife_errors(doubled, score, groups)[0], jackknife_errors(plain, score, groups)[0], rtol=1e-8
    )


def test_a_channel_that_explains_everything_leaves_no_adjusted_difference(simulate):
    tagged = simulate(seed=9)
    chat = tagged.comments["kanal"] == "chat"
    scores = np.where(chat, 60.0, 80.0) + np.arange(len(chat)) % 5
    values = np.where(chat & (np.arange(len(chat)) % 4 > 0), "negativ", "ingen")
    sample = Sample.of(TaggedStudy(tagged.comments.assign(totalscore=scores, lytting=values), ("lytting",)))
    assert raw(sample, 0.05).frame.loc["lytting:negativ", "estimat"] < -15
    assert abs(adjusted(sample, 0.05).frame.loc["lytting:negativ", "estimat"]) < 1
