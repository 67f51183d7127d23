import math

import pandas as pd
import pytest

from textinnsikt.study.cells import answered, channels, codes, dates, iso_date, labels, number, numbers, texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("86,7 %", 86.7),
        ("86.7", 86.7),
        ("86,7", 86.7),
        ("86,7%", 86.7),
        ("1 234,5", 1234.5),
        ("1\u00a0234,5", 1234.5),
        ("1\u202f234", 1234.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0),
        (" 5 ", 5.0),
        ("-2", -2.0),
        ("\u22122,5", -2.5),
        (",5", 0.5),
        ("1e-05", 1e-05),
    ],
)
def test_number_is_read_as_people_write_it(text: str, expected: float) -> None:
    assert number(text) == expected


@pytest.mark.parametrize("text", ["", " ", "-", "Vet ikke", "n/a", "Ubesvart", "NaN", "#N/A"])
def test_no_answer_is_missing(text: str) -> None:
    assert math.isnan(number(text))


@pytest.mark.parametrize(
    "text", ["abc", "4 av 6", "22 33 44 55", "1_000", "inf", "5 - svært bra", "12.3.4", "%"]
)
def test_text_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        number(text)


def test_yes_and_no_count_only_where_asked_for() -> None:
    cells = pd.Series(["Ja", "nei", None, "3"])
    assert numbers(cells)[1].tolist() == [True, True, False, False]
    values, wrong = numbers(cells, yes_no=True)
    assert values.tolist()[:2] == [1.0, 0.0] and values.tolist()[3] == 3.0 and not wrong.any()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24.12.2020", "2020-12-24"),
        ("24.12.20", "2020-12-24"),
        ("4.1.2021", "2021-01-04"),
        ("2020-12-24", "2020-12-24"),
        ("2020-12-24T13:45:00", "2020-12-24"),
        ("24.12.2020 13:45", "2020-12-24"),
        ("24/12/2020", "2020-12-24"),
        ("24-12-2020", "2020-12-24"),
        ("20201224", "2020-12-24"),
        ("24. desember 2020", "2020-12-24"),
        ("tirsdag 5. mai 2020", "2020-05-05"),
        ("44189", "2020-12-24"),
        ("2016", "2016"),
        ("2020-12", "2020-12"),
        ("31.02.2020", None),
        ("i går", None),
        ("24.12", None),
    ],
)
def test_iso_date(text: str, expected: str | None) -> None:
    assert iso_date(text) == expected


def test_dates_tell_missing_from_unreadable() -> None:
    values, odd = dates(pd.Series(["24.12.2020", None, "vet ikke", "i går"]))
    assert values.isna().tolist() == [False, True, True, True]
    assert odd.tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tlf.", "telefon"),
        ("TELEFON", "telefon"),
        ("mail", "e-post"),
        ("E-post", "e-post"),
        ("Epost", "e-post"),
        ("e-mail", "e-post"),
        ("Chat", "chat"),
        ("fb", "facebook"),
        ("Facebook Messenger", "facebook"),
        ("SMS", "sms"),
    ],
)
def test_channels(text: str, expected: str) -> None:
    assert channels(pd.Series([text])).tolist() == [expected]


def test_answered_reads_yes_and_no_and_guesses_the_rest() -> None:
    cells = pd.Series(
        ["Ja", "yes", "1", "TRUE", "x", "Nei", "no", "0", "false", "Ubesvart", None, None, "kanskje"]
    )
    content = pd.Series([True] * 10 + [True, False, True])
    values, odd = answered(cells, content)
    assert values.tolist() == ["ja"] * 5 + ["nei"] * 5 + ["ja", "nei", "ja"]
    assert odd.tolist() == [False] * 12 + [True]


def test_a_ticked_form_means_no_where_it_is_blank() -> None:
    assert answered(pd.Series(["x", None, "X"]), pd.Series([True] * 3))[0].tolist() == ["ja", "nei", "ja"]


def test_codes_do_not_depend_on_row_order_and_hide_names() -> None:
    names = pd.Series([f"Shopper {n}" for n in range(1200)] + [None])
    coded = codes(names)
    assert coded.dropna().nunique() == 1200 and coded.isna().sum() == 1
    assert codes(names[::-1]).sort_index().equals(coded)
    assert set(coded.dropna().str.match(r"s\d{3,4}$")) == {True}
    assert coded.dropna().tolist() != sorted(coded.dropna())


def test_labels_are_tidied() -> None:
    cells = pd.Series(["  Bank\u00a0 Ådal\n", "Bank A\u030adal", " ", None])
    assert labels(cells).tolist()[:2] == ["Bank Ådal", "Bank Ådal"]
    assert labels(cells).isna().tolist() == [False, False, True, True]


def test_texts_lose_control_characters_only() -> None:
    family = "👨\u200d👩\u200d👧"
    cells = pd.Series(
        [f" Bra \0service\x07 {family} 😊\r\nTakk!\tHei", "\x00 \n", "«Hei» …", None, "\ud83d hei"],
        dtype=object,
    )
    expected = [f" Bra service {family} 😊\nTakk!\tHei", None, "«Hei» …", None, " hei"]
    assert texts(cells).tolist() == expected
