from copy import deepcopy

from textinnsikt.insight.discussion import QUESTIONS, questions, spotlight


def test_questions_build_on_the_studys_findings(facts):
    asked = questions(facts)
    assert 3 <= len(asked) <= 5
    topic = facts["fremhevet"]["positiv"]
    assert asked[0]["spørsmål"] == QUESTIONS[topic["tema"], "positiv"]
    assert topic["grunn"] in asked[0]["bakgrunn"]


def test_own_themes_get_a_general_question(facts):
    changed = deepcopy(facts)
    changed["fremhevet"]["positiv"].update(tema="tempo", navn="Tempo")
    assert "der tempo fungerer godt" in questions(changed)[0]["spørsmål"]


def test_channels_are_contrasted_only_when_the_gap_is_sure(facts):
    changed = deepcopy(facts)
    for place, group in enumerate(changed["temaandeler"]["kanal"]):
        for cell in group["celler"]:
            cell.update(estimat=0.2 + 0.2 * place, nedre=0.15 + 0.2 * place, øvre=0.25 + 0.2 * place)
    backgrounds = [entry["bakgrunn"] for entry in questions(changed)]
    assert any(
        "i 60 % av henvendelsene på telefon (trolig mellom 55 og 65 %), mot 20 % på chat" in text
        for text in backgrounds
    )
    for group in changed["temaandeler"]["kanal"]:
        for cell in group["celler"]:
            cell.update(nedre=0.0, øvre=1.0)
    assert not any("mot 20 %" in entry["bakgrunn"] for entry in questions(changed))


def test_spotlight_falls_back_on_the_share(facts):
    changed = deepcopy(facts)
    changed["faktorer"]["rader"] = []
    cells = [c for c in facts["temaandeler"]["alle"]["celler"] if c["omtale"] == "negativ"]
    topic = spotlight(changed, "negativ")
    assert topic["tema"] == max(cells, key=lambda c: c["estimat"])["tema"] and topic["sikker"] is False
