import re

import pytest

from textinnsikt.language.amounts import DATE_OR_YEAR, is_no_money


@pytest.mark.parametrize("text", ["kr 4500", "4500 kr", "4500,-", "4500 kWh", "4500 ganger", "$4500", "4500 %"])
def test_amounts_and_counts(text):
    match = re.search(r"\d+", text)
    assert match and not is_no_money(match)


def test_other_numbers_are_no_amounts():
    match = re.search(r"\d+", "nummer 4500 i systemet")
    assert match and is_no_money(match)


def test_dates_and_years():
    assert all(DATE_OR_YEAR.fullmatch(text) for text in ("12.5", "12/05-23", "2019", "2019-2020"))
    assert not DATE_OR_YEAR.fullmatch("19/4402")
