from pathlib import Path

import pytest

from textinnsikt.language import mask


@pytest.mark.parametrize(
    "text",
    [
        "ny ruter sendes {myrvoll terrasse 16 c}. Tommel opp",
        "Oljetanken på {Myrland gård 2} ble sanert i 2019",
        "de leverte til {haugen gard 3}, ikke til oss",
        "sjåføren fant ikke {torshov brygge 2b}",
        "fiber til {solbakken tun 5} kom aldri",
        "levert i {kongens terrasse 4 b} til slutt",
        "Vi bor i {Lilleborg park 14} og venter",
    ],
)
def test_streets_of_two_words(text):
    before, value, after = text.replace("}", "{").split("{")
    assert mask(before + value + after) == f"{before}[adresse]{after}"


@pytest.mark.parametrize(
    "text",
    [
        "{Fjellsida 118}, der måka dokker ikkje",
        "{fjellsida 118}, der måka dokker ikkje",
        "{Bakkemarka 12} er ikke brøytet",
        "{Furulia 8} kjem aldri med på ruta",
        "{Granåsen 22 b}, tredje etasje",
    ],
)
def test_the_land_with_a_number_begins_a_sentence(text):
    before, value, after = text.replace("}", "{").split("{")
    assert mask(before + value + after) == f"{before}[adresse]{after}"


@pytest.mark.parametrize(
    "text",
    [
        "det var {Øvre Bakklandet 19 A} ikke nedre!!!",
        "det var {øvre bakklandet 19 a} ikke nedre",
        "pakka sto i {Ø. Bakklandet 19}, våt",
        "{Gamle Kirkevang 3} fikk ikke strøm",
        "i {Nedre Elvehavn 12} er vi uten nett",
    ],
)
def test_upper_and_lower_streets(text):
    before, value, after = text.replace("}", "{").split("{")
    assert mask(before + value + after) == f"{before}[adresse]{after}"


@pytest.mark.parametrize(
    "text",
    (Path(__file__).parent / "vanlige_kommentarer.txt").read_text(encoding="utf-8").splitlines(),
)
def test_everyday_comments_stay(text):
    assert mask(text) == text
