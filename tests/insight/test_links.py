from types import SimpleNamespace

import pandas as pd

from textinnsikt.insight import links

NAMES = {"lytting": "Lytting", "løsning": "Løsning", "behovskartlegging": "Behovskartlegging", "mersalg": "Mersalg"}


def test_the_corrected_importance_comes_first(full):
    summary = full.importance.summary
    corrected = summary.assign(metode="lmg_korrigert", andel=[0.4, 0.3, 0.2, 0.1])
    both = SimpleNamespace(summary=pd.concat([summary, corrected]), notes=())
    found = links.importance(both, None, full.tagged, NAMES)
    assert found["metode"] == "lmg_korrigert" and [r["estimat"] for r in found["rader"]] == [0.4, 0.3, 0.2, 0.1]


def test_praise_is_counted_where_expectations_are_missing(full):
    found = links.importance(full.importance, None, full.tagged, NAMES)
    contacts = full.tagged.contacts
    praised, criticised = contacts["lytting:positiv"], contacts["lytting:negativ"]
    told = contacts[(praised + criticised) > 0]
    share = (told["lytting:positiv"] / (told["lytting:positiv"] + told["lytting:negativ"])).mean()
    row = next(row for row in found["rader"] if row["tema"] == "lytting")
    assert row["omtale"]["n"] == len(told) and abs(row["omtale"]["estimat"] - share) < 1e-12
    assert row["forventning"] is None


def test_themes_without_a_figure_are_left_out(full):
    bare = full.importance.summary.assign(andel=None)
    assert links.importance(SimpleNamespace(summary=bare, notes=()), None, full.tagged, NAMES) is None
    assert links.winners(None, NAMES) is None and links.places(None) == {}


def test_winners_are_sure_only_with_q_and_interval(full):
    rows = links.winners(full.winners, NAMES)["rader"]
    assert len(rows) == 8 and any(row["sikker"] for row in rows) and not all(row["sikker"] for row in rows)
    doubtful = SimpleNamespace(summary=full.winners.summary.assign(q=0.2), notes=())
    assert not any(row["sikker"] for row in links.winners(doubtful, NAMES)["rader"])


def test_groups_carry_the_score_points_that_go_with_them(insight, full):
    assert {row["poeng"] for row in insight.collect()["klynger"]["rader"]} == {None}
    rows = {row["navn"]: row["poeng"] for row in full.collect()["klynger"]["rader"] if row["poeng"]}
    table = full.cluster_factors.summary.set_index("klynge")
    assert set(rows) == set(table.index)
    for name, points in rows.items():
        assert points["estimat"] == table.loc[name, "estimat"]
        assert points["sikker"] == (abs(points["estimat"]) > 2)
