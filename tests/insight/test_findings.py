from copy import deepcopy

from textinnsikt.insight.findings import controls, main_findings


def test_unsure_factors_are_said_to_be_unsure(facts):
    changed = deepcopy(facts)
    for row in changed["faktorer"]["rader"]:
        if row["estimat"] is not None:
            row.update(nedre=row["estimat"] - 30, øvre=row["estimat"] + 30, sikker=False)
    first = main_findings(changed)[0]
    assert first["emne"] == "Ingen sikker sammenheng mellom temaene og scoren"
    assert "poeng lavere og" in first["kort"] and "poeng høyere" in first["kort"]
    assert "fra −" in first["setning"]


def test_strongest_sure_ones_come_first(facts):
    sure = [r for r in facts["faktorer"]["rader"] if r["sikker"]]
    first, second = facts["hovedfunn"][:2]
    assert first["tall"]["estimat"] == max(r["estimat"] for r in sure) > 0
    assert second["tall"]["estimat"] == min(r["estimat"] for r in sure) < 0


def test_largest_cluster_outside_the_themes_is_a_finding(facts):
    rows = [r for r in facts["klynger"]["rader"] if r["klynge"] and r["tema"] == "ingen"]
    largest = max(rows, key=lambda r: r["antall"])
    assert f"«{largest['navn']}»" in facts["hovedfunn"][4]["setning"]


def test_what_is_held_equal_follows_the_study(facts):
    assert controls(facts) == "de andre temaene, kanal, klasse og måned"


def test_other_levels_are_named(facts):
    changed = deepcopy(facts)
    changed["faktorer"]["nivå"] = 0.9
    assert "90 % konfidensintervall" in main_findings(changed)[0]["setning"]
