"""Grouping on points whose groups are known."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from textinnsikt.clusters import grouping
from textinnsikt.clusters.grouping import candidates, group, partition, place, spread
from textinnsikt.clusters.vectors import unit


def clouds(count, each, noise=0.25, width=12, seed=0):
    """Points on a sphere round `count` directions at right angles."""
    random = np.random.default_rng(seed)
    truth = np.repeat(np.arange(count), each)
    return unit(np.eye(width)[truth] + noise * random.normal(size=(count * each, width))), truth


def test_clouds_are_found_and_their_number_is_chosen():
    vectors, truth = clouds(5, 60)
    found = group(vectors, range(3, 8), np.arange(300), seed=0)
    assert adjusted_rand_score(truth, found.labels) > 0.95
    assert found.stability.shape == (5,) and found.stability.min() > 0.9
    assert found.fit.min() > 0.3


def test_stability_is_low_where_there_are_no_groups():
    random = np.random.default_rng(1)
    found = group(unit(random.normal(size=(200, 30))), [6], np.arange(200), seed=0)
    assert found.stability.mean() < 0.5


def test_one_cluster_has_no_stability():
    vectors, _ = clouds(2, 5)
    found = group(vectors, [1], np.arange(10), seed=0)
    assert not found.labels.any() and np.isnan(found.stability).all()


def test_sentences_that_are_all_alike_are_one_cluster():
    found = group(np.tile(np.eye(4)[:1], (8, 1)), [2, 3], np.arange(8), seed=0)
    assert not found.labels.any() and np.isnan(found.stability).all()


def test_sentences_beyond_the_learnt_ones_are_placed_with_their_kind(monkeypatch):
    monkeypatch.setattr(grouping, "FEW", 60)  # so that Ward's method, too, sees only some of them
    vectors, truth = clouds(4, 100)
    learn = spread(400, np.random.default_rng(0), 90)
    assert len(learn) == 90
    found = group(vectors, [4], learn, seed=0)
    assert adjusted_rand_score(truth, found.labels) > 0.95


@pytest.mark.parametrize("size", [100, 101, 130])
def test_draws_are_averaged_with_neighbours_when_the_whole_is(monkeypatch, size):
    monkeypatch.setattr(grouping, "FEW", 100)
    averaged = []
    average = grouping._average
    monkeypatch.setattr(grouping, "_average", lambda *given: averaged.append(len(given[0])) or average(*given))
    vectors, _ = clouds(2, 65)
    group(vectors[:size], [2, 3], np.arange(size), seed=0)
    assert bool(averaged) == (size <= 100)
    partition(vectors[:60], np.arange(60), [2])
    assert averaged[-1] == 60  # alone, it goes by its own size


@pytest.mark.parametrize("size", [4, 5])
def test_four_sentences_can_be_drawn_as_one(size):
    vectors, _ = clouds(2, 4)
    for seed in range(200):
        found = group(vectors[:size], [2], np.arange(size), seed)
        assert len(found.labels) == size


def test_one_sentence_is_one_cluster_whatever_the_number():
    found = partition(np.eye(3)[:1], np.arange(1), [1, 2])
    assert {count: labels.tolist() for count, labels in found.items()} == {1: [0], 2: [0]}


def test_partition_gives_every_number_asked_for():
    vectors, _ = clouds(6, 40)
    found = partition(vectors, np.arange(240), [2, 4, 6])
    assert {count: len(np.unique(labels)) for count, labels in found.items()} == {2: 2, 4: 4, 6: 6}


def test_two_samples_without_plain_groups_agree_more_when_scores_give_the_start(monkeypatch):
    monkeypatch.setattr(grouping, "FEW", 100)

    def sample(seed):
        points = np.random.default_rng(seed).normal(size=(500, 12))
        points[:, :6] *= 2
        return unit(points), points[:, :6]

    def agreement(with_scores):
        models = []
        for known, scores in (sample(0), sample(1)):
            labels = partition(known, np.arange(500), [6], scores if with_scores else None)[6]
            models.append(place(sample(2)[0], known, labels)[0])
        return adjusted_rand_score(*models)

    assert agreement(with_scores=True) > 0.1 + agreement(with_scores=False)


def test_more_clusters_than_scores_tell_apart_start_from_the_points():
    vectors, truth = clouds(6, 40)
    scores = np.eye(3)[truth // 2]
    found = partition(vectors, np.arange(240), [2, 3, 6], scores)
    assert {count: len(np.unique(labels)) for count, labels in found.items()} == {2: 2, 3: 3, 6: 6}
    assert adjusted_rand_score(truth // 2, found[3]) > 0.9
    assert adjusted_rand_score(truth, found[6]) > 0.95


@pytest.mark.parametrize("distinct", [1, 29, 60, 200, 5000])
def test_candidates_are_within_bounds(distinct):
    found = candidates(distinct, 15)
    assert 1 <= found[0] <= found[-1] <= 15
    assert 1 not in found or list(found) == [1]


def test_new_points_are_placed_with_their_kind():
    known, labels = clouds(4, 60)
    new, truth = clouds(4, 20, seed=5)
    placed, fit = place(new, known, labels)
    assert (placed == truth).mean() > 0.95 and fit.min() > 0.2
