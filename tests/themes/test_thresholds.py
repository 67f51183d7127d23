import numpy as np
import pytest

from textinnsikt.themes.evaluation import calibration_error
from textinnsikt.themes.thresholds import Decisions


def _simulate(n=4000, seed=3):
    """Logits that are twice too sure: the true chance is sigmoid(logit / 2 - 0.5)."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(-1, 3, size=(n, 2))
    truth = (rng.uniform(size=(n, 2)) < 1 / (1 + np.exp(-(logits / 2 - 0.5)))).astype(int)
    return logits, truth


def test_calibration_finds_the_true_chance():
    logits, truth = _simulate()
    fitted = Decisions.fit(logits, truth)
    assert np.allclose(fitted.slopes, 0.5, atol=0.06)
    assert np.allclose(fitted.shifts, -0.5, atol=0.12)
    fresh_logits, fresh_truth = _simulate(seed=4)
    plain = Decisions.neutral(2)
    before = calibration_error(fresh_truth, plain.probabilities(fresh_logits))
    after = calibration_error(fresh_truth, fitted.probabilities(fresh_logits))
    assert after < 0.02 < before


def test_decisions_are_thresholded_probabilities():
    decisions = Decisions((1.0,), (0.0,), (0.3,))
    logits = np.array([[-5.0], [-0.8], [0.0]])
    assert decisions.decide(decisions.probabilities(logits)).ravel().tolist() == [False, True, True]


def test_an_output_that_is_never_true_is_never_said():
    logits = np.random.default_rng(0).normal(2, 0.5, size=(30, 2))
    fitted = Decisions.fit(logits, np.zeros((30, 2), dtype=int))
    assert fitted.slopes == (1.0, 1.0)
    assert np.allclose(fitted.probabilities(logits).mean(0), 10 / 32 / 40, atol=0.001)
    assert not fitted.decide(fitted.probabilities(logits)).any()


def test_calibration_does_not_depend_on_the_size_of_the_logits():
    logits, truth = _simulate()
    small, large = Decisions.fit(logits, truth), Decisions.fit(1e4 * logits, truth)
    assert np.allclose(1e4 * np.array(large.slopes), small.slopes, rtol=0.02) and large.thresholds == small.thresholds


def _three_way(decisions, logits, truth):
    """Mean F1 of positive, negative and neither."""
    yes = decisions.decide(decisions.probabilities(logits)).astype(int)
    said = np.column_stack([yes, yes.sum(1) == 0])
    real = np.column_stack([truth, truth.sum(1) == 0])
    return float(np.mean(2 * (said * real).sum(0) / (said.sum(0) + real.sum(0))))


def test_the_two_thresholds_of_a_theme_are_better_than_a_half():
    logits, truth = _simulate()
    fitted = Decisions.fit(logits, truth)
    half = Decisions(fitted.slopes, fitted.shifts, (0.5, 0.5))
    fresh = _simulate(seed=4)
    assert _three_way(fitted, *fresh) >= _three_way(half, *fresh)


def test_thresholds_from_few_comments_are_nearly_the_best_there_are():
    fresh = _simulate(n=20_000, seed=4)
    sure = Decisions.fit(*_simulate(n=20_000, seed=5))
    grid = np.arange(0.2, 0.7, 0.05)
    pairs = [Decisions(sure.slopes, sure.shifts, (float(one), float(two))) for one in grid for two in grid]
    best = max(_three_way(pair, *fresh) for pair in pairs)
    found = [_three_way(Decisions.fit(*_simulate(n=200, seed=seed)), *fresh) for seed in range(10, 30)]
    assert np.mean(found) > best - 0.01 and min(found) > best - 0.04


def test_expected_precision_and_recall_hold_on_fresh_comments():
    fitted = Decisions.fit(*_simulate())
    logits, truth = _simulate(seed=4)
    yes = fitted.decide(fitted.probabilities(logits))
    hits = (yes & (truth == 1)).sum(0)
    assert np.allclose(fitted.precisions, hits / yes.sum(0), atol=0.05)
    assert np.allclose(fitted.recalls, hits / truth.sum(0), atol=0.05)


def test_without_validation_the_weight_of_the_loss_is_taken_out():
    decisions = Decisions.unchecked(np.array([3.0]), np.ones((200, 1)))
    assert np.isclose(decisions.probabilities(np.array([[np.log(3.0)]]))[0, 0], 0.5)


@pytest.mark.parametrize("n", [10, 20, 40])
def test_what_was_never_true_is_not_said_after_a_handful(n):
    rng = np.random.default_rng(n)
    logits, fresh = rng.normal(-4, 1, size=(n, 2)), rng.normal(-4, 1, size=(1000, 2))
    fitted = Decisions.fit(logits, np.zeros((n, 2), dtype=int))
    assert not fitted.decide(fitted.probabilities(fresh)).any()
    unchecked = Decisions.unchecked(np.array([5.0, 5.0]), np.repeat([[0, 1]], n, axis=0))
    assert unchecked.decide(unchecked.probabilities(np.full((1, 2), 2.0))).tolist() == [[False, True]]


def test_one_yes_among_few_gives_no_certainty():
    logits, truth = np.full((12, 2), -4.0), np.zeros((12, 2), dtype=int)
    truth[0, 0], logits[0, 0] = 1, -3.99
    labelled = np.vstack([truth, np.zeros((40, 2), dtype=int)])
    fitted = Decisions.fit(logits, truth, labelled)
    assert fitted.slopes == (1.0, 1.0)
    common = np.array([2, 1]) / 54
    assert np.allclose(fitted.probabilities(logits).mean(0), (np.array([1, 0]) + 10 * common) / 22, atol=0.001)
