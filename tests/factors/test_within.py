import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from textinnsikt.factors.design import Design
from textinnsikt.factors.sample import Sample
from textinnsikt.factors.within import AGAINST, Level, contrasts_of, direct, total
from textinnsikt.study import TaggedStudy


@pytest.fixture(scope="module")
def sample(simulate):
    return Sample.of(simulate(seed=6))


def with_dummies(sample, names):
    contacts = sample.contacts
    columns = [contacts["kundesenter"], contacts["shopper"], contacts["kanal"], contacts["dato"]]
    rest = pd.get_dummies(pd.concat(columns, axis=1), drop_first=True, dtype=float)
    return sm.OLS(contacts["totalscore"], sm.add_constant(pd.concat([contacts[names], rest], axis=1))).fit()


def test_direct_equals_a_regression_with_all_dummies(sample):
    names = list(sample.mentions)
    found, fit = direct(Design.of(sample), Level()), with_dummies(sample, names)
    np.testing.assert_allclose(found.loc[names, "estimat"], fit.params[names], rtol=1e-9)
    against = fit.params["lytting:positiv"] - fit.params["lytting:negativ"]
    assert found.loc[f"lytting:{AGAINST}", "estimat"] == pytest.approx(against)


def test_robustness_value_is_the_published_formula(sample):
    """Cinelli and Hazlett (2020), equation 18 with q = 1, from the regression's own t and degrees of freedom."""
    names = list(sample.mentions)
    found, fit = direct(Design.of(sample), Level()), with_dummies(sample, names)
    f = np.abs(fit.tvalues[names]) / np.sqrt(fit.df_resid)
    np.testing.assert_allclose(found.loc[names, "robusthet"], 0.5 * (np.sqrt(f**4 + 4 * f**2) - f**2), rtol=1e-7)


def test_total_holds_only_earlier_themes_equal(sample, tagged):
    found = total(Design.of(sample), tagged.themes, Level())
    first = with_dummies(sample, ["lytting:positiv", "lytting:negativ"])
    assert found.loc["lytting:positiv", "estimat"] == pytest.approx(first.params["lytting:positiv"])
    last = direct(Design.of(sample), Level()).loc["mersalg:negativ", "estimat"]
    assert found.loc["mersalg:negativ", "estimat"] == pytest.approx(last)


def test_total_of_the_first_theme_holds_what_it_leads_to(simulate):
    tagged = simulate(seed=8, centres=60)
    random = np.random.default_rng(8)
    heard = tagged.comments["lytting"].isin(["positiv", "blandet"])
    solved = np.where(random.random(len(heard)) < 0.2 + 0.6 * heard, "positiv", "ingen")
    score = 60 + 2 * heard + 10 * (solved == "positiv") + random.normal(0, 5, len(heard))
    sample = Sample.of(TaggedStudy(tagged.comments.assign(løsning=solved, totalscore=score), tagged.themes))
    design = Design.of(sample)
    assert direct(design, Level()).loc["lytting:positiv", "estimat"] == pytest.approx(2, abs=1)
    assert total(design, tagged.themes, Level()).loc["lytting:positiv", "estimat"] == pytest.approx(8, abs=1)


def test_planted_coefficients_are_covered(simulate, effects):
    hits = []
    for seed in range(25):
        found = direct(Design.of(Sample.of(simulate(seed, centres=24, each=15))), Level())
        rows = found[~found.index.str.endswith(AGAINST)]
        truth = rows.index.map(lambda name: effects.get(name, 0.0))
        hits.extend((rows["nedre"] <= truth) & (truth <= rows["øvre"]))
    assert 0.9 <= np.mean(hits) <= 0.99


def test_few_carriers_are_tested_by_bootstrap_and_the_same_each_time(sample, tagged):
    few = tagged.comments["shopper"] < "s008"
    values = np.where(few, tagged.comments["mersalg"], "ingen")
    part = Sample.of(TaggedStudy(tagged.comments.assign(mersalg=values), tagged.themes))
    one, two = (direct(Design.of(part), Level(seed=3)) for _ in range(2))
    assert one.loc["mersalg:positiv", "test"] == "bootstrap" and one.loc["lytting:positiv", "test"] == "t"
    assert one.loc["mersalg:positiv", "shoppere"] < 9
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_who_carries_is_told_for_centres_and_shoppers_apart(sample, tagged):
    few = tagged.comments["kundesenter"].isin([f"Senter {i}" for i in range(5)])
    values = np.where(few, tagged.comments["mersalg"], "ingen")
    part = Sample.of(TaggedStudy(tagged.comments.assign(mersalg=values), tagged.themes))
    row = direct(Design.of(part), Level()).loc["mersalg:positiv"]
    assert row["sentre"] < 6 < row["shoppere"] and row["test"] == "bootstrap"


def test_many_carriers_are_tested_by_t(simulate):
    found = direct(Design.of(Sample.of(simulate(seed=1, centres=60, shoppers=60))), Level())
    assert set(found["test"]) == {"t"}


def test_without_centres_and_shoppers_each_contact_stands_alone(tagged):
    comments = tagged.comments.assign(kundesenter=None, shopper=None, dato=None)
    design = Design.of(Sample.of(TaggedStudy(comments, tagged.themes)))
    assert design.freedom == len(comments) - 1
    assert direct(design, Level()).loc["lytting:negativ", "p"] < 1e-6


def test_a_contrast_needs_both_mentions():
    assert list(contrasts_of(["a:positiv", "b:negativ"])) == ["a:positiv", "b:negativ"]
