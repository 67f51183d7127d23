"""Shipped names of clusters."""

import numpy as np

from textinnsikt.clusters.aspects import AspectMap
from textinnsikt.clusters.labels import fitting_labels, load_labels
from textinnsikt.language import STOP_WORDS, tokenize_words
from textinnsikt.themes import Codebook

TEXTS = ["Lang kø.", "Kø i ti minutter.", "Panfløyte hele tida.", "Musikken var fæl.", "Dyrt.", "For høy pris."]
WHOLE = [np.ones(6, dtype=bool)] * 3


def test_names_are_distinct_and_three_words_of_content_at_most():
    names = [label.name for label in load_labels()]
    assert len(set(names)) == len(names)
    for name in names:
        words = tokenize_words(name)
        assert 1 <= len(words) <= 3 and not STOP_WORDS.intersection(words), name


def test_themes_and_aspects_exist():
    assert {label.theme for label in load_labels()} <= {"ingen", *Codebook.load().keys}
    assert {label.aspect for label in load_labels() if label.aspect} <= set(AspectMap.load().names)


def test_a_short_cue_is_a_whole_word():
    price = next(label for label in load_labels() if label.name == "pris")
    assert price.pattern.search("Det var dyrt.") and not price.pattern.search("Et dyrebart minne.")


def test_names_are_given_where_the_sum_fits_best():
    found = fitting_labels(TEXTS, np.array([0, 0, 1, 1, 2, 2]), WHOLE, ["ingen"] * 3)
    assert found == ["ventetid", "ventemusikk", "pris"]


def test_a_cluster_that_no_name_fits_gets_none():
    texts = ["Rart.", "Rart nok.", "Helt blått."]
    assert fitting_labels(texts, np.zeros(3, dtype=int), [np.ones(3, bool)], ["ingen"]) == [None]


def test_aspects_name_a_cluster_whose_words_do_not():
    texts = ["Sto der til kaffen var kald.", "Rakk en hel avis.", "Rart."]
    found = fitting_labels(
        texts, np.array([0, 0, 1]), [np.ones(3, bool)] * 2, ["ingen"] * 2, ["ventetid"] * 2 + ["pris"]
    )
    assert found[0] == "ventetid"
