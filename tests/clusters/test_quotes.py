"""Typical and different quotes."""

import numpy as np

from textinnsikt.clusters.quotes import typical
from textinnsikt.clusters.vectors import unit


def test_the_second_quote_is_not_a_copy_of_the_first():
    vectors = unit(np.array([[1, 1, 0.1, 0], [1, 1, 0, 0], [1, 0, 1, 0.1], [1, 0, 0.1, 1]]))
    texts = [f"Setning nummer {i} om ventetid." for i in range(4)]
    assert typical(texts, vectors, 3) == [texts[0], texts[3], texts[2]]


def test_very_short_and_very_long_sentences_wait_until_they_are_needed():
    vectors = unit(np.ones((5, 2)))
    texts = ["Kø.", "Lang kø på telefonen.", "Kø " * 100, "Sto lenge i kø i dag.", "Køen var svært lang."]
    assert set(typical(texts, vectors)) == {texts[1], texts[3], texts[4]}
    assert len(typical(texts[:3], vectors[:3])) == 3


def test_fewer_sentences_than_quotes():
    assert typical(["Kø."], np.array([[1.0, 0.0]])) == ["Kø."]
