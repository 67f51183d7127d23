"""The chart of associations."""

import pandas as pd
import pytest

from textinnsikt.factors.result import COLUMNS, FactorResult

ROWS = [
    ("lytting", "positiv", "rå", 6.25, 4.1, 8.3, 120, 0.0001, 0.0002),
    ("lytting", "positiv", "justert", -1.5, -2.0, -1.0, 120, 0.02, 0.04),
    ("mersalg", "negativ", "justert", None, None, None, 4, None, None),
]


@pytest.fixture
def chart():
    summary = pd.DataFrame(ROWS, columns=list(COLUMNS))
    return FactorResult(summary, (), {"score_range": [1, 6], "level": 0.9}).plot().to_dict()


def test_chart_draws_every_estimate_and_no_refused_one(chart):
    rows = next(iter(chart["datasets"].values()))
    assert [(r["hva"], r["metode"], r["estimat"]) for r in rows] == [
        ("lytting: positiv", "rå", 6.25),
        ("lytting: positiv", "justert", -1.5),
    ]
    assert chart["config"]["locale"]["number"]["decimal"] == ","
    assert len(chart["layer"]) == 3


def test_axis_names_unit_and_level(chart):
    titles = [layer["encoding"].get("x", {}).get("title") for layer in chart["layer"]]
    assert "Forskjell i score, poeng (1–6), med 90 % konfidensintervall" in titles
