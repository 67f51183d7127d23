"""The chart of sizes."""

import pandas as pd

from textinnsikt.clusters.result import SENTENCE_COLUMNS, SUMMARY_COLUMNS, ClusterResult


def test_chart_has_a_bar_and_an_interval_for_every_cluster():
    rows = [
        (1, "lytting", "lytting", 10, 0.25, 0.14, 0.4, None, "Hørte etter.", None, None),
        (2, "ventetid", "ingen", 30, 0.75, 0.6, 0.86, 0.81, "Lang ventetid.", None, None),
    ]
    summary = pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS))
    chart = ClusterResult(summary, pd.DataFrame(columns=list(SENTENCE_COLUMNS)), {}).plot().to_dict()
    data = next(iter(chart["datasets"].values()))
    assert [(r["navn"], r["andel"], r["nedre"], r["hoy"]) for r in data] == [
        ("lytting", 0.25, 0.14, 0.4),
        ("ventetid", 0.75, 0.6, 0.86),
    ]
    bars, spans = chart["layer"]
    assert bars["mark"]["type"] == "bar" and spans["encoding"]["x2"]["field"] == "hoy"
    assert bars["encoding"]["color"]["scale"]["domain"] == ["lytting", "ingen"]
