import numpy as np
import statsmodels.api as sm

from textinnsikt.factors.projection import Projection
from textinnsikt.factors.twoway import jackknife_shifts, two_way_errors, variance_of


def test_shifts_equal_refitting_with_all_dummies_without_each_group():
    random = np.random.default_rng(2)
    one, two = np.repeat(np.arange(6), 8), np.tile(np.arange(8), 6)
    dummies = np.column_stack([np.eye(6)[one], np.eye(8)[two]])
    raw, score = random.normal(size=(48, 2)), random.normal(size=48)
    space = Projection.of(dummies)
    columns, left = space.residual(raw), space.residual(score)
    slopes = np.linalg.lstsq(columns, left, rcond=None)[0]
    for groups in (one, two, np.arange(48)):
        found = jackknife_shifts(columns, left - columns @ slopes, space.with_columns(columns), groups)
        for group in range(groups.max() + 1):
            rows = groups != group
            full = np.column_stack([raw, dummies])[rows]
            expected = slopes - np.linalg.lstsq(full, score[rows], rcond=None)[0][:2]
            np.testing.assert_allclose(found[group], expected, atol=1e-10)


def test_contacts_alone_are_hc3():
    random = np.random.default_rng(3)
    x = np.column_stack([np.ones(60), random.normal(size=60)])
    y = random.normal(size=60)
    fit = sm.OLS(y, x).fit()
    found = variance_of(jackknife_shifts(x, fit.resid, Projection.of(x), np.arange(60))) * 60 / 59
    np.testing.assert_allclose(np.sqrt(np.diag(found)), fit.get_robustcov_results("HC3").bse, rtol=1e-10)


def test_two_way_is_the_sum_less_the_intersection_but_at_least_half_of_it():
    parts = np.array([[[4.0]], [[9.0]], [[2.0]]])
    assert two_way_errors(parts, np.eye(1))[0] == np.sqrt(11)
    assert two_way_errors((parts[0], parts[1], parts[0] * 3), np.eye(1))[0] == np.sqrt(6)
    assert two_way_errors(parts[:1], np.array([[2.0]]))[0] == 4
