"""Winners chosen by some shoppers and described by others."""

import numpy as np

from textinnsikt.factors.splits import contests

CENTRE, SHOPPER, GROUP = np.repeat(np.arange(12), 10), np.tile(np.arange(10), 12), np.arange(12) % 3


def test_mood_of_a_contact_never_speaks_twice():
    """Score and comment are the same noise: chosen and described by the same contacts the winner would stand out."""
    gaps = []
    for seed in range(150):
        mood = np.random.default_rng(seed).normal(size=120)
        told = (mood > 0).astype(float)[:, None]
        found = contests(mood, told, CENTRE, SHOPPER, GROUP, repeats=3, seed=seed)
        gaps.append(np.mean([c.differences(np.arange(4)[None])[0, 0] for c in found]))
    assert abs(np.mean(gaps)) < 3 * np.std(gaps) / np.sqrt(150)


def test_a_permutation_moves_comments_not_scores():
    score = 60.0 + 30 * (CENTRE == 0)
    told = (CENTRE == 3).astype(float)[:, None]
    contest = contests(score, told, CENTRE, SHOPPER, GROUP)[0]
    assert contest.centres.tolist() == [0, 3, 6, 9]
    found = contest.differences(np.array([[0, 1, 2, 3], [1, 0, 2, 3]]))[:, 0]
    np.testing.assert_allclose(found, [-1 / 3, 1])


def test_contacts_without_comment_choose_but_do_not_describe():
    told = np.ones((120, 1))
    told[CENTRE == 1] = np.nan
    found = contests(60.0 + 5 * (CENTRE == 1), told, CENTRE, SHOPPER, GROUP)
    assert found[1].splits.sum() > 0 and np.trace(found[1].splits) == 0
    assert np.isfinite(found[1].gain).all()


def test_a_class_of_one_is_left_out():
    assert len(contests(np.ones(120), np.ones((120, 1)), CENTRE, SHOPPER, np.array([0] * 11 + [1]))) == 1
