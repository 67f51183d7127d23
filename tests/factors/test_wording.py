import re

import pytest

from textinnsikt.factors import SuccessFactors
from textinnsikt.factors.wording import in_words, on_slide

CAUSAL = re.compile(r"fører til|gjør at|vil øke|effekt|påvirk")


def test_every_method_in_score_points_has_a_sentence_without_cause(tagged):
    result = SuccessFactors().fit(tagged)
    rows = result.summary[~result.summary["metode"].isin(["spearman", "punktbiseriell"])]
    for _, row in rows.iterrows():
        said = in_words(row, result.unit)
        assert not CAUSAL.search(said) and said.endswith(".")


@pytest.mark.parametrize(
    "omtale, metode, expected",
    [
        ("positiv", "justert", "Når lytting omtales positivt, er scoren 6,2 poeng høyere enn ellers, med de andre"),
        ("positiv mot negativ", "innen_total", "er scoren 6,2 poeng høyere enn når det omtales negativt, hos samme"),
        (
            "negativ",
            "mellom",
            "Kundesentre der alle henvendelsene nevner lytting negativt, ville etter dette ligge 6,2",
        ),
    ],
)
def test_the_sentence_says_what_is_compared(omtale, metode, expected):
    row = {"tema": "lytting", "omtale": omtale, "metode": metode, "estimat": 6.24, "nedre": 4.1, "øvre": 8.34}
    said = in_words(row)
    assert expected in said and said.endswith("(95 % konfidensintervall fra 4,1 til 8,3).")


def test_a_refused_figure_is_said_to_be_missing():
    nan = float("nan")
    row = {"tema": "mersalg", "omtale": "negativ", "metode": "rå", "estimat": nan, "nedre": nan, "øvre": nan}
    assert in_words(row) == "For «mersalg: negativ» er det ikke noe tall."


def test_slides_say_probably():
    assert on_slide({"nedre": -8.3, "øvre": -4.1}, "poeng (1–6)", 2) == "trolig mellom −8,30 og −4,10 poeng (1–6)"
