"""Vectors that sentences are grouped by."""

import tracemalloc

import numpy as np
import pytest

from textinnsikt.clusters.aspects import AspectMap
from textinnsikt.clusters.vectors import Descriptions, Sentences, Space, content_words, places, unit
from textinnsikt.errors import InputError


def describe(texts, encoder):
    return Descriptions(texts, encoder, np.arange(len(texts)), seed=0).sentences


def random_sentences(size: int, width: int = 20) -> Sentences:
    random = np.random.default_rng(0)
    return Sentences(unit(random.normal(size=(size, width)) + 4), np.zeros((size, 1)), np.zeros((size, 0)))


def test_forms_of_a_word_are_near_and_other_words_are_not(encoder):
    texts = ["Lang ventetid.", "Ventetida var lang.", "Lange ventetider."]
    texts += ["Dyr pris.", "Prisen er dyr.", "Dyre priser."]
    vectors = describe(texts, encoder).words
    alike = vectors @ vectors.T
    assert alike[0, 1:3].min() > 0.4
    assert np.abs(alike[:3, 3:]).max() < 0.2


def test_stop_words_alone_give_zeros(encoder):
    vectors = describe(["Det var det.", "Lang ventetid.", "Lang ventetid igjen."], encoder).words
    assert not vectors[0].any() and vectors[1].any()


def test_nothing_in_common_gives_zeros(encoder):
    assert not describe(["Pris.", "Lyd."], encoder).words.any()


def test_group_vectors_are_centred_with_length_one():
    sentences = random_sentences(60)
    vectors = Space(sentences).vectors(sentences)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1)
    meaning = sentences.meaning
    assert abs((vectors @ vectors.T).mean()) < 0.05 < (meaning @ meaning.T).mean()


def test_aspects_and_own_words_weigh_the_same():
    sentences = random_sentences(60)
    aspects = np.random.default_rng(1).normal(size=(60, 5))
    sentences = Sentences(sentences.meaning, sentences.words, aspects)
    vectors = Space(sentences).vectors(sentences)
    np.testing.assert_allclose((vectors[:, :5] ** 2).sum(axis=1), 0.5)


def test_one_sentence_is_no_trouble():
    one = Sentences(np.array([[3.0, 4.0]]), np.zeros((1, 1)), np.zeros((1, 0)))
    assert Space(one).vectors(one).tolist() == [[0.6, 0.8]]


def test_unit_leaves_zeros():
    assert unit(np.array([[0.0, 0.0], [0.0, 2.0]])).tolist() == [[0, 0], [0, 1]]


def test_channels_are_no_content():
    assert content_words("Hadde en samtale på telefonen, så e-post og chat.") == []


def test_other_sentences_are_described_in_the_same_terms(encoder):
    texts = ["Dyr pris.", "Lang ventetid.", "Lang ventetid igjen.", "Prisen er dyr."]
    descriptions = Descriptions(texts, encoder, np.arange(4), seed=0)
    again = descriptions.describe(texts)
    np.testing.assert_array_equal(again.words, descriptions.sentences.words)
    np.testing.assert_array_equal(again.meaning, descriptions.sentences.meaning)


def test_another_encoder_than_the_map_s_gives_no_aspects(encoder):
    descriptions = Descriptions(["Dyr pris.", "Prisen er dyr."], encoder, np.arange(2), seed=0)
    assert descriptions.sentences.aspects.shape == (2, 0)
    assert descriptions.leaning(descriptions.sentences).tolist() == [0, 0]
    assert descriptions.top_aspects(descriptions.sentences) == ["", ""]


class AsWide:
    """Gives vectors as wide as the map's, each near one direction, as the vectors of an encoder are."""

    def __init__(self, direction):
        self.direction = direction

    def encode(self, texts):
        noise = np.random.default_rng(len(texts)).normal(size=(len(texts), len(self.direction)))
        return unit(self.direction + 0.01 * noise).astype(np.float32)


def test_an_encoder_as_wide_as_the_map_s_is_not_taken_for_it():
    texts = ["Dyr pris.", "Prisen er dyr."]
    shipped = AspectMap.load()
    other = AsWide(np.random.default_rng(7).normal(size=shipped.width))
    assert describe(texts, other).aspects.shape == (2, 0)
    assert Descriptions(texts, other, np.arange(2), 0, shipped).sentences.aspects.shape == (2, 20)  # asked for


def test_a_map_of_another_width_than_the_encoder_s_is_refused(encoder):
    with pytest.raises(InputError, match="384 tall, men koderen gir 256"):
        Descriptions(["Dyr pris."], encoder, np.arange(1), 0, AspectMap.load())


def test_a_long_text_costs_no_room_for_the_others():
    texts = sorted([f"Setning nummer {i}." for i in range(5000)] + ["x" * 20_000])
    tracemalloc.start()
    found = places(texts, reversed(texts))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == list(range(5000, -1, -1))
    assert most < 10_000_000  # an array of so wide texts is 400 MB


class ManySentences:
    """Gives vectors in which one direction is much stronger than the rest."""

    def encode(self, texts):
        return np.random.default_rng(0).normal(size=(len(texts), 8)) * [9, 1, 1, 1, 1, 1, 1, 1]


def test_the_strongest_direction_is_taken_out_when_there_are_many_sentences():
    texts = [f"Setning nummer {i}." for i in range(300)]
    assert describe(texts, ManySentences()).meaning[:, 0].std() < 0.5
    assert describe(texts[:200], ManySentences()).meaning[:, 0].std() > 5
