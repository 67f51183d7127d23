import json
import re
from dataclasses import replace
from importlib.resources import files
from types import SimpleNamespace

import jsonschema
import numpy as np
import pytest

from textinnsikt.insight import Insight

from .conftest import THEMES, build_factors

SCHEMA = json.loads((files("textinnsikt.insight") / "schema.json").read_text(encoding="utf-8"))
CAUSAL = re.compile(r"\b(fører til|skyldes|forårsak\w*|påvirk\w*|vil (?:øke|heve|gi)|effekt\w*|KI)\b")


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _altered(insight, **columns):
    tagged = insight.tagged
    return replace(insight, tagged=replace(tagged, comments=tagged.comments.assign(**columns)))


def test_the_dict_follows_its_schema(facts):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(facts, SCHEMA)
    assert json.loads(json.dumps(facts, allow_nan=False)) == facts


def test_the_dict_with_every_finding_follows_its_schema(full):
    found = full.collect()
    jsonschema.validate(found, SCHEMA)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert [row["estimat"] for row in found["viktighet"]["rader"]] == full.importance.summary["andel"].tolist()
    assert [row["forventning"] for row in found["viktighet"]["rader"]] == [1, 3, 2, None]
    assert found["viktighet"]["rader"][1]["omtale"]["estimat"] == 0.45
    everyone = full.winners.summary[full.winners.summary["klasse"] == "alle"]
    assert [row["estimat"] for row in found["vinnere"]["rader"]] == everyone["estimat"].tolist()
    places = full.ranking.summary.drop_duplicates("kundesenter").set_index("kundesenter")
    for row in found["kundesentre"]:
        hidden = row["n"] < 10
        assert row["rang"] == (None if hidden else places.loc[row["kundesenter"], "rang"])
        assert row["klasserang_til"] == (None if hidden else places.loc[row["kundesenter"], "klasserang_til"])


def test_a_key_outside_the_schema_is_caught(facts):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**facts, "annet": 1}, SCHEMA)


def test_factor_rows_are_the_frames(insight, facts):
    frame = insight.factors.summary
    assert len(facts["faktorer"]["rader"]) == len(frame)
    for row, (_, wanted) in zip(facts["faktorer"]["rader"], frame.iterrows(), strict=True):
        for key in frame.columns:
            assert row[key] == (None if wanted[key] != wanted[key] else wanted[key])
    assert facts["faktorer"]["merknader"] == list(insight.factors.notes)


def test_cluster_rows_are_the_frames(insight, facts):
    frame = insight.clusters.summary
    for row, (_, wanted) in zip(facts["klynger"]["rader"], frame.iterrows(), strict=True):
        for key in ("klynge", "navn", "tema", "antall", "andel", "nedre", "øvre"):
            assert row[key] == wanted[key]
    assert facts["klynger"]["setninger"] == len(insight.clusters.sentences)


def test_shares_and_centres_are_counted_right(insight, facts):
    contacts = insight.tagged.contacts
    known = contacts.dropna(subset=["lytting:positiv"])
    cell = facts["temaandeler"]["alle"]["celler"][0]
    assert (cell["tema"], cell["omtale"]) == ("lytting", "positiv")
    assert cell["n"] == len(known) and cell["estimat"] == pytest.approx(known["lytting:positiv"].mean())
    for group in facts["temaandeler"]["klasse"]:
        rows = known[known["klasse"] == group["gruppe"]]
        assert group["n"] == len(rows)
        assert (group["celler"] is None) == (len(rows) < 10)
    for row in facts["kundesentre"]:
        scores = contacts.loc[contacts["kundesenter"] == row["kundesenter"], "totalscore"]
        assert row["n"] == len(scores)
        assert row["estimat"] == (pytest.approx(scores.mean()) if len(scores) >= 10 else None)


def test_small_groups_are_there_to_be_hidden(facts):
    assert any(group["celler"] is None for group in facts["temaandeler"]["klasse"])
    assert any(row["estimat"] is None for row in facts["kundesentre"])


def test_row_order_does_not_matter(insight, facts):
    shuffled = insight.tagged.comments.sample(frac=1, random_state=5)
    assert replace(insight, tagged=replace(insight.tagged, comments=shuffled)).collect() == facts


def test_the_shopper_is_never_shown(insight, facts):
    codes = set(insight.tagged.comments["shopper"])
    text = "\n".join(_strings(facts))
    assert not any(re.search(rf"\b{code}\b", text) for code in codes)


def test_five_findings_with_interval_and_n(facts):
    assert [finding["nr"] for finding in facts["hovedfunn"]] == [1, 2, 3, 4, 5]
    for finding in facts["hovedfunn"]:
        assert re.search(r"95 % konfidensintervall fra [\d,−]+ til [\d,−]+", finding["setning"])
        assert "n = " in finding["setning"] and "trolig mellom" in finding["kort"]


def test_nothing_is_said_to_cause_anything(facts):
    quoted = {"sitater", "klynger", "fremhevet"}
    said = "\n".join(_strings({key: value for key, value in facts.items() if key not in quoted}))
    assert CAUSAL.findall(said) == []
    assert "henger sammen med" in said


def test_other_scale_is_named(insight):
    tagged = insight.tagged
    comments = tagged.comments.assign(totalscore=1 + tagged.comments["totalscore"] / 20)
    tagged = replace(tagged, comments=comments, score_range=(1.0, 6.0))
    facts = Insight(tagged, insight.clusters, build_factors(tagged)).collect()
    assert "poeng (1–6) høyere score" in facts["hovedfunn"][0]["setning"]


def test_study_without_class_channel_and_dates(insight):
    facts = _altered(insight, klasse=None, kanal=None, dato=None).collect()
    jsonschema.validate(facts, SCHEMA)
    assert facts["temaandeler"]["klasse"] == facts["temaandeler"]["kanal"] == []
    assert "de andre temaene er tatt hensyn til" in facts["hovedfunn"][0]["setning"]


def test_study_where_no_theme_was_found(insight):
    none = {theme: insight.tagged.comments[theme].mask(lambda c: c.notna(), "ingen") for theme in THEMES}
    summary = insight.factors.summary.assign(estimat=np.nan, nedre=np.nan, øvre=np.nan, p=np.nan, q=np.nan)
    factors = SimpleNamespace(summary=summary, notes=("Ingen tall.",), header={})
    facts = replace(_altered(insight, **none), factors=factors).collect()
    jsonschema.validate(facts, SCHEMA)
    assert facts["sitater"] == [] and facts["fremhevet"] == {"positiv": None, "negativ": None}
    assert {finding["kilde"] for finding in facts["hovedfunn"]} == {"klynger"}


def test_names_and_definitions_given_are_used(insight):
    changed = replace(insight, theme_names={"lytting": "Å høre etter"}, theme_definitions={"lytting": "Kort."})
    facts = changed.collect()
    assert facts["temaer"][0] == {"tema": "lytting", "navn": "Å høre etter", "definisjon": "Kort."}
    assert "å høre etter" in facts["hovedfunn"][0]["setning"]


def test_collect_hands_out_a_copy(insight):
    insight.collect()["studie"]["navn"] = "endret"
    assert insight.collect()["studie"]["navn"] == "Kundeservice vinter"
