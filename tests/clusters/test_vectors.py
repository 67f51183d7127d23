"""Vectors that sentences are grouped by."""

import numpy as np

from textinnsikt.clusters.vectors import content_words, group_vectors, unit, without_common, word_vectors


def test_forms_of_a_word_are_near_and_other_words_are_not():
    texts = ["Lang ventetid.", "Ventetida var lang.", "Lange ventetider."]
    texts += ["Dyr pris.", "Prisen er dyr.", "Dyre priser."]
    vectors = word_vectors(texts, np.arange(6), seed=0)
    alike = vectors @ vectors.T
    assert alike[0, 1:3].min() > 0.4
    assert np.abs(alike[:3, 3:]).max() < 0.2


def test_stop_words_alone_give_zeros():
    texts = ["Det var det.", "Lang ventetid.", "Lang ventetid igjen."]
    vectors = word_vectors(texts, np.arange(3), seed=0)
    assert not vectors[0].any() and vectors[1].any()


def test_nothing_in_common_gives_zeros():
    assert not word_vectors(["Pris.", "Lyd."], np.arange(2), seed=0).any()


def test_group_vectors_are_centred_with_length_one():
    random = np.random.default_rng(0)
    meaning = unit(random.normal(size=(60, 20)) + 4)
    vectors = group_vectors(meaning, np.zeros((60, 1)), np.arange(60))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1)
    assert abs((vectors @ vectors.T).mean()) < 0.05 < (meaning @ meaning.T).mean()


def test_one_sentence_is_no_trouble():
    assert group_vectors(np.array([[3.0, 4.0]]), np.zeros((1, 1)), np.arange(1)).tolist() == [[0.6, 0.8]]


def test_unit_leaves_zeros():
    assert unit(np.array([[0.0, 0.0], [0.0, 2.0]])).tolist() == [[0, 0], [0, 1]]


def test_channels_are_no_content():
    assert content_words("Hadde en samtale på telefonen, så e-post og chat.") == []


def test_the_strongest_direction_is_taken_out_when_there_are_many_sentences():
    random = np.random.default_rng(0)
    meaning = random.normal(size=(300, 8)) * [9, 1, 1, 1, 1, 1, 1, 1]
    assert without_common(meaning, np.arange(300))[:, 0].std() < 0.5
    assert without_common(meaning, np.arange(200))[:, 0].std() > 5
