"""Intervals against statsmodels and against simulation."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from textinnsikt.clusters import ClusterResult
from textinnsikt.clusters.shares import clustered_wilson, shares_by


def test_one_sentence_a_contact_is_close_to_plain_wilson():
    hits = np.array([1] * 30 + [0] * 170)
    expected = proportion_confint(30, 200, method="wilson")
    assert clustered_wilson(hits, np.ones(200)) == pytest.approx(expected, rel=0.01)


def test_alike_sentences_within_contacts_widen_the_interval():
    sizes = np.full(100, 5.0)
    together = clustered_wilson(np.array([5] * 20 + [0] * 80), sizes)
    apart = clustered_wilson(np.ones(100), sizes)
    assert together[1] - together[0] > 1.8 * (apart[1] - apart[0])


@pytest.mark.parametrize("share", [0, 1])
def test_nothing_and_everything_count_contacts_not_sentences(share):
    low, high = clustered_wilson(np.full(50, 4 * share), np.full(50, 4.0))
    expected = proportion_confint(50 * share, 50, method="wilson")
    assert (low, high) == pytest.approx(expected)


def test_covers_about_95_percent_when_contacts_differ():
    random = np.random.default_rng(2)
    covered = 0
    for _ in range(400):
        sizes = random.integers(1, 9, 120)
        hits = random.binomial(sizes, random.beta(0.5, 4.5, 120))
        low, high = clustered_wilson(hits, sizes.astype(float))
        covered += low <= 0.1 <= high
    assert 0.92 <= covered / 400 <= 0.98


def test_shares_in_groups_add_up_and_small_groups_are_left_out():
    contacts = [f"h{i:02}" for i in range(25)]
    sentences = pd.DataFrame({"henvendelse": contacts, "kommentar_nr": 1, "setning_nr": 1, "tekst": "Lang kø."})
    sentences["klynge"] = [1, 2] * 12 + [0]
    summary = pd.DataFrame({"klynge": [1, 2, 0], "navn": ["kø", "pris", "uklart"], "tema": "ingen"})
    groups = pd.Series(["chat"] * 15 + ["telefon"] * 9 + [None], index=contacts)
    rows = shares_by(ClusterResult(summary, sentences, {}), groups)
    assert set(rows["gruppe"]) == {"chat"} and rows["andel"].sum() == pytest.approx(1)
    assert rows[["antall", "n"]].to_numpy().tolist() == [[8, 15], [7, 15], [0, 15]]
