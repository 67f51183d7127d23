"""The chart of sizes."""

import pandas as pd
import pytest

from textinnsikt.clusters import CommentClusters
from textinnsikt.clusters.result import SENTENCE_COLUMNS, SUMMARY_COLUMNS, ClusterResult
from textinnsikt.errors import InputError
from textinnsikt.study import TaggedStudy


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


@pytest.fixture(scope="module")
def dated(tagged):
    comments = tagged.comments.copy()
    contact = comments["henvendelse"].str[1:].astype(int)
    comments["kanal"] = (contact % 2).map({0: "chat", 1: "telefon"})
    comments["dato"] = (contact % 3).map({0: "2021-01-05", 1: "2021-02-06", 2: "2021-03-07"})
    return TaggedStudy(comments, tagged.themes, source="studie.csv")


def test_channels_and_months_are_drawn_for_every_cluster(dated, encoder):
    result = CommentClusters(4, encoder=encoder).fit(dated)
    named = len(result.summary) - 1
    for chart, groups in ((result.plot_by(dated, "kanal"), 2), (result.plot_over_time(dated), 3)):
        data = next(iter(chart.to_dict()["datasets"].values()))
        assert len(data) == named * groups and all("," in row["tekst"] for row in data)


def test_a_study_without_dates_gives_a_sentence(tagged, encoder):
    result = CommentClusters(4, encoder=encoder).fit(tagged)
    with pytest.raises(InputError, match="studie.csv har ikke datoer"):
        result.plot_over_time(tagged)
