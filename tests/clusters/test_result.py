"""How clusters are shown."""

import json

import pandas as pd
import pytest

from textinnsikt.clusters.result import SENTENCE_COLUMNS, SUMMARY_COLUMNS, ClusterResult

ROWS = [
    (1, "lang <ventetid>", "ingen", 30, 0.75, 0.6, 0.86, 0.81, "Lang ventetid.", "Kø.", None),
    (0, "uklart", "ingen", 10, 0.25, 0.14, 0.4, None, None, None, None),
]


@pytest.fixture
def result():
    header = {"source": "s.csv", "hash": "x", "n": 40, "comments": 20, "contacts": 9, "unclear": 0.25}
    sentences = pd.DataFrame(columns=list(SENTENCE_COLUMNS))
    return ClusterResult(pd.DataFrame(ROWS, columns=list(SUMMARY_COLUMNS)), sentences, header)


def test_dictionary_is_json_without_missing_numbers(result):
    again = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert again["summary"][1]["stabilitet"] is None and again["summary"][0]["antall"] == 30


def test_notebook_display_is_escaped_and_norwegian(result):
    html = result._repr_html_()
    assert "lang &lt;ventetid&gt;" in html and "75,0 %" in html and "0,81" in html
    assert "40 setninger i 20 kommentarer fra 9 henvendelser; 25,0 % uklart" in html


def test_repr_counts_the_clusters(result):
    assert repr(result) == "ClusterResult(s.csv: 40 setninger, 1 klynger)"
