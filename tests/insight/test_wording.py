import pytest

from textinnsikt.insight import wording


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(3300, 0, "3\u00a0300"), (-0.04, 1, "0,0"), (float("nan"), 1, "–"), (1234567.8, 1, "1\u00a0234\u00a0567,8")],
)
def test_numbers_are_norwegian(value, decimals, text):
    assert wording.number(value, decimals) == text


def test_scales():
    assert wording.points((1.0, 6.0)) == "poeng (1–6)" and wording.decimals((1.0, 6.0)) == 2
    assert wording.points((-1.5, 2.0)) == "poeng (−1,5–2)"


def test_periods():
    assert wording.period("2021-01-05", "2021-01-05") == "5. januar 2021"
    assert wording.period("2021-01-05", "2021-03-09") == "5. januar til 9. mars 2021"
    assert wording.period(None, None) == "ikke oppgitt"


def test_missing_bounds_are_said():
    assert wording.interval(None, 1.0) == "uten konfidensintervall"
    assert wording.likely(None, None, "poeng") == "usikkerheten er ikke beregnet"
    row = {"estimat": -2.0, "nedre": None, "øvre": None}
    assert wording.likely_difference(row) == "usikkerheten er ikke beregnet"


def test_alphabet_ends_with_æ_ø_å():
    assert sorted(["Å", "Ø", "Æ", "Z", "a"], key=wording.alphabet) == ["a", "Z", "Æ", "Ø", "Å"]


def test_shortened_text_holds_its_limit():
    for limit in range(10, 60):
        assert len(wording.shorten("Vedkommende oppsummerte saken min på en fin måte til slutt.", limit)) <= limit


def test_unprintable_characters_are_gone():
    assert wording.clean("a\x00\x0b\ud800b\x85c\uffffd") == "a b c d"


def test_singular_and_plural():
    assert wording.count(1, "slik henvendelse", "slike henvendelser") == "1 slik henvendelse"


def test_a_period_may_be_years_alone():
    assert wording.period("2002", "2019") == "2002 til 2019"
    assert wording.period("2016", "2016") == "2016"
    assert wording.period("2020-11", "2020-12") == "november til desember 2020"
