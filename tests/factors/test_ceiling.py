import numpy as np
import pytest

from textinnsikt.factors.ceiling import fractional_logit
from textinnsikt.factors.design import Design
from textinnsikt.factors.sample import Sample
from textinnsikt.factors.within import Level, direct
from textinnsikt.study import TaggedStudy


def both(tagged):
    sample = Sample.of(tagged)
    design = Design.of(sample)
    found = direct(design, Level())["estimat"]
    return fractional_logit(sample, design, (0.0, 100.0)), found


def test_far_from_the_ceiling_it_agrees_with_the_line(tagged):
    middle = TaggedStudy(tagged.comments.assign(totalscore=tagged.comments["totalscore"] / 2 + 10), tagged.themes)
    logit, line = both(middle)
    np.testing.assert_allclose(logit, line[logit.index], atol=0.3)


def test_it_is_the_binomial_regression_with_all_dummies(simulate):
    import pandas as pd
    import statsmodels.api as sm

    tagged = simulate(seed=5, centres=10, shoppers=26)
    tagged = TaggedStudy(tagged.comments.assign(totalscore=tagged.comments["totalscore"].clip(1, 99)), tagged.themes)
    logit, _ = both(tagged)
    contacts = Sample.of(tagged).contacts
    rest = pd.get_dummies(contacts[["kundesenter", "shopper", "kanal", "dato"]], drop_first=True, dtype=float)
    design = sm.add_constant(pd.concat([contacts[list(logit.index)], rest], axis=1))
    fit = sm.GLM(contacts["totalscore"] / 100, design, family=sm.families.Binomial()).fit()
    name = "lytting:negativ"
    step = fit.predict(design.assign(**{name: 1.0})) - fit.predict(design.assign(**{name: 0.0}))
    assert logit[name] == pytest.approx(100 * step.mean(), rel=1e-5)


def test_scores_outside_the_range_have_no_answer(tagged):
    high = TaggedStudy(tagged.comments.assign(totalscore=tagged.comments["totalscore"] + 60), tagged.themes)
    assert both(high)[0].isna().all()
