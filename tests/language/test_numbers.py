import pytest

from textinnsikt.language import mask
from textinnsikt.language.numbers import NUMBER_RULES
from textinnsikt.language.patterns import find_spans


def _labels(text):
    return [span.label for span in find_spans(text, NUMBER_RULES)]


@pytest.mark.parametrize("year", ["54", "90", "00", "15"])
@pytest.mark.parametrize(("day", "month"), [("31", "12"), ("71", "01"), ("01", "41"), ("15", "92"), ("15", "66")])
def test_national_ids_with_any_shift(day, month, year):
    for written in (f"{day}{month}{year}12345", f"{day}{month}{year} 12345", f"{day}.{month}.{year}-12345"):
        assert _labels(written) == ["[fødselsnummer]"]


@pytest.mark.parametrize("written", ["32019012345", "00019012345", "01139012345", "99999912345"])
def test_eleven_digits_without_a_date_are_an_account(written):
    assert _labels(written) == ["[konto]"]


@pytest.mark.parametrize(
    "text", ["2019-2021", "2019 2020", "12 345 678 kr", "kr. 12345678", "100 Mbit/s", "20210304", "22.10.20 12:30"]
)
def test_amounts_years_and_dates_are_nobodys(text):
    assert _labels(text) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("ordrenr 4711", "[kundenummer]"),
        ("ordre: 104711", "[kundenummer]"),
        ("Kontonr.: 1234 56 78901", "[konto]"),
        ("kortnummer 4925 1234 5678 9012", "[kort]"),
        ("Amex 371234 56789 0123 4", "[kort]"),
        ("org.nr 987 654 321", "[kundenummer]"),
        ("målepunkt-id 707057500012345678", "[kundenummer]"),
        ("reg.nr. ab12345", "[bilnummer]"),
        ("KR 12345", None),
    ],
)
def test_the_word_before_tells_what_it_is(text, label):
    assert _labels(text) == ([label] if label else [])


def test_a_phone_number_spelt_digit_by_digit():
    assert _labels("ring 9 2 8 4 5 1 6 7 nå") == ["[telefon]"]
    assert _labels("tast 2 4 1 og vent") == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("de fem siste er 40233, dato 190667, ok", "de fem siste er [fødselsnummer], dato [fødselsnummer], ok"),
        ("fem siste er 40233 og datoen 19 06 67", "fem siste er [fødselsnummer] og datoen [fødselsnummer]"),
        ("la inn 190667 som start på personnummeret", "la inn [fødselsnummer] som start på personnummeret"),
        ("fødselsnummer mangler og jeg ble trukket 190667 kr", "fødselsnummer mangler og jeg ble trukket 190667 kr"),
        ("Ringte 12.03.24 om personnummeret", "Ringte 12.03.24 om personnummeret"),
    ],
)
def test_birthdays_where_national_ids_are_told(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("skulle returen ha RMA66102, men", "skulle returen ha [kundenummer], men"),
        ("Sjekk INC44120 igjen", "Sjekk [kundenummer] igjen"),
        ("RMA 6610 mangler", "RMA [kundenummer] mangler"),
        ("returen ha ORD6610 sa de", "returen ha [kundenummer] sa de"),
        ("NOK40000 for Bosch WAN28281 og ISO27001", "NOK40000 for Bosch WAN28281 og ISO27001"),
    ],
)
def test_capitals_and_five_digits_are_a_reference(text, masked):
    assert mask(text) == masked
