import json
import re
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest

from textinnsikt.errors import InputError
from textinnsikt.insight.workshop import slugs
from textinnsikt.study import read_tagged, write_tagged

from .conftest import THEMES, build_insight
from .test_collect import CAUSAL, _strings

SCHEMA = json.loads((files("textinnsikt.insight") / "schema.json").read_text(encoding="utf-8"))
UNITS = [("kundesenter", "Lynnett"), ("kundesenter", "Fraktlinjen"), ("klasse", "Bank")]
SHEET = {"$ref": "#/$defs/arbeidsark", "$defs": SCHEMA["$defs"]}


@pytest.fixture(scope="module")
def apart():
    """A study in which Lynnett is praised for listening and criticised for its sales far more than its class."""
    insight = build_insight(900)
    comments = insight.tagged.comments.copy()
    there = (comments["kundesenter"] == "Lynnett") & comments["tekst"].notna()
    comments.loc[there, ["lytting", "mersalg"]] = ["positiv", "negativ"]
    for theme in ("lytting", "mersalg"):
        comments.loc[there, f"{theme}_setning"] = "Ring meg på [telefon] om det."
        comments.loc[there, [f"{theme}_p_positiv", f"{theme}_p_negativ"]] = 0.9
    return replace(insight, tagged=replace(insight.tagged, comments=comments))


@pytest.mark.parametrize(("kind", "name"), UNITS)
def test_the_sheet_follows_its_schema_and_never_says_what_causes_what(full, kind, name):
    sheet = full.workshop(kind, name)
    jsonschema.validate(sheet, SHEET)
    assert json.loads(json.dumps(sheet, allow_nan=False)) == sheet
    assert not [text for text in _strings(sheet) if CAUSAL.search(text)]
    assert not [text for text in _strings(sheet) if re.search(r"\b1 henvendelser\b|\d\.\d", text)]
    shoppers = set(full.tagged.comments["shopper"])
    assert not shoppers & {word for text in _strings(sheet) for word in re.findall(r"\w+", text)}


def test_sure_differences_become_a_strength_and_something_to_train(apart):
    sheet = apart.workshop("kundesenter", "Lynnett")
    (strength,), (training,) = sheet["styrker"], sheet["trening"]
    assert (strength["tema"], training["tema"]) == ("lytting", "mersalg")
    assert strength["sikker"] and training["sikker"]
    assert "bedre enn i klassen (trolig mellom" in strength["setning"]
    assert "svakere enn i klassen (trolig mellom" in training["setning"]
    assert {quote["setning"] for quote in strength["sitater"]} == {"Ring meg på [telefon] om det."}
    assert sheet["øvelser_tema"] == "Mersalg" and "[telefon]" in sheet["øvelser"][-1]["slik"]
    for entry in (strength, training):
        shown = next(theme for theme in sheet["temaer"] if theme["tema"] == entry["tema"])
        assert entry["tall"] == shown["forskjell"]


def test_estimates_are_drawn_towards_the_class(apart):
    sheet = apart.workshop("kundesenter", "Lynnett")
    contacts = apart.tagged.contacts
    for theme in THEMES:
        balance = contacts[f"{theme}:positiv"] - contacts[f"{theme}:negativ"]
        means = balance.groupby(contacts["kundesenter"]).mean()
        raw = means["Lynnett"] - means[["Lynnett", "Kystfiber", "Dalen Bredbånd"]].mean()
        drawn = next(t for t in sheet["temaer"] if t["tema"] == theme)["forskjell"]["estimat"]
        assert abs(drawn) < abs(raw) * 1.5 + 0.02 and (abs(raw) < 0.1 or drawn * raw > 0)


def test_without_sure_differences_none_is_made_up(full):
    sheet = full.workshop("kundesenter", "Lynnett")
    for entry in [*sheet["styrker"], *sheet["trening"]]:
        sure = entry["tall"]["nedre"] * entry["tall"]["øvre"] > 0
        assert entry["sikker"] == sure
        assert sure or ("kan være tilfeldig" in entry["setning"] and "bedre enn" not in entry["setning"])
    scores = {row["mot"]: row for row in sheet["mot"] if row["tall"]}
    assert all(row["tall"]["sikker"] or row["setning"].startswith("Ingen sikker forskjell") for row in scores.values())


def test_few_contacts_hide_the_own_figures_and_leave_the_rest(full):
    sheet = full.workshop("kundesenter", "Fraktlinjen")
    assert sheet["henvendelser"] < 10 and not sheet["vises"]
    assert all(theme["positiv"] is theme["negativ"] is theme["forskjell"] is None for theme in sheet["temaer"])
    assert sheet["styrker"] == sheet["trening"] == [] and sheet["score"][0]["estimat"] is None
    assert (
        len(sheet["øvelser"]) == 3 and sheet["spørsmål"] and sheet["mot"][0]["setning"].startswith("Egen score: for få")
    )


def test_the_place_in_the_class_is_a_span(full):
    said = [row["setning"] for row in full.workshop("kundesenter", "Lynnett")["mot"] if row["mot"] == "plassen"]
    row = next(row for row in full.collect()["kundesentre"] if row["kundesenter"] == "Lynnett")
    assert said == [f"Plass i klassen: trolig mellom nummer {row['klasserang_fra']} og {row['klasserang_til']} av 3."]


def test_a_class_shows_its_centres(full):
    sheet = full.workshop("klasse", "Bank")
    assert [row["rolle"] for row in sheet["score"]][0] == "eget" and sheet["score"][-1]["rolle"] == "alle"
    assert sum(row["rolle"] == "vinner" for row in sheet["score"]) == 1 and len(sheet["score"]) == 6
    assert sheet["klasse"] is None and len(sheet["mot"]) == 3


def test_unknown_names_are_refused_with_names_that_are_there(full):
    with pytest.raises(InputError, match="Studien har ikke kundesenteret «bryggen»; .* for eksempel Bryggen Bank"):
        full.workshop("kundesenter", "bryggen")


def test_the_same_sheet_from_mixed_rows_and_from_the_file(full, tmp_path):
    comments = full.tagged.comments.sample(frac=1, random_state=3)
    mixed = replace(full, tagged=replace(full.tagged, comments=comments))
    assert mixed.workshop("kundesenter", "Lynnett") == full.workshop("kundesenter", "Lynnett")
    write_tagged(full.tagged, tmp_path)
    again = replace(full, tagged=replace(read_tagged(tmp_path), source=full.tagged.source, sha256=full.tagged.sha256))
    one, two = (i.workshop("klasse", "Bank") for i in (again, full))
    assert one["score"] == two["score"] and one["styrker"] == two["styrker"]


def test_file_names_are_plain_and_never_shared():
    found = slugs(["Bank A", "bank a", "BANK-A", "Ål & Åsen", "../../etc", "💬", "aux" * 60])
    assert len(set(found.values())) == len(found)
    assert all(re.fullmatch(r"[a-z0-9-]{1,84}", slug) for slug in found.values())
