import re

import pytest

from textinnsikt.factors import SuccessFactors
from textinnsikt.factors.wording import in_words, on_slide

CAUSAL = re.compile(r"fører til|gjør at|vil øke|effekt|påvirk")


def test_every_method_in_score_points_has_a_sentence_without_cause(tagged):
    result = SuccessFactors().fit(tagged)
    for _, row in result.summary.iterrows():
        said = in_words(row, result.unit)
        assert not CAUSAL.search(said) and said.endswith(".")
        if row["estimat"] == row["estimat"]:
            assert (" poeng " in said) == (row["metode"] not in ("spearman", "punktbiseriell"))


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


@pytest.mark.parametrize("metode, name", [("punktbiseriell", "punktbiseriell"), ("spearman", "Spearman")])
def test_a_correlation_has_no_points(metode, name):
    row = {"tema": "lytting", "omtale": "negativ", "metode": metode, "estimat": -0.31, "nedre": -0.4, "øvre": -0.2}
    said = in_words(row)
    assert "orrelasjonen mellom at lytting omtales negativt, og scoren er −0,31" in said
    assert said.endswith(f"({name}; 95 % konfidensintervall fra −0,40 til −0,20).")


def test_the_vendors_figure_is_said_as_what_it_is(tagged):
    """The mean of all contacts against the mean of those without the mention, not with against without."""
    row = SuccessFactors().fit(tagged).summary.set_index(["metode", "tema", "omtale"])
    row = row.loc[("leverandørtall", "lytting", "positiv")]
    contacts = tagged.contacts
    without = contacts.loc[contacts["lytting:positiv"] == 0, "totalscore"].mean()
    gap = contacts["totalscore"].mean() - without
    said = in_words({**row, "metode": "leverandørtall", "tema": "lytting", "omtale": "positiv"})
    size = f"{abs(gap):.1f}".replace(".", ",") + (" poeng høyere" if gap >= 0 else " poeng lavere")
    assert f"for alle henvendelsene er {size} enn for dem der lytting ikke omtales positivt" in said


@pytest.mark.parametrize(
    "metode, must, never",
    [
        ("mellom_rå", "for nær eller for langt fra null", "hver sin shopper"),
        ("mellom_delt", "hver sin shopper", "for langt fra null"),
        ("mellom", "konfidensintervall", "Tallet er ikke rettet"),
    ],
)
def test_figures_between_centres_that_are_not_corrected_say_so(metode, must, never):
    row = {"tema": "lytting", "omtale": "positiv", "metode": metode, "estimat": 6.24, "nedre": 4.1, "øvre": 8.34}
    assert must in in_words(row) and never not in in_words(row)


def test_a_refused_figure_is_said_to_be_missing():
    nan = float("nan")
    row = {"tema": "mersalg", "omtale": "negativ", "metode": "rå", "estimat": nan, "nedre": nan, "øvre": nan}
    assert in_words(row) == "For «mersalg: negativ» er det ikke noe tall."


def test_slides_say_probably():
    assert on_slide({"nedre": -8.3, "øvre": -4.1}, "poeng (1–6)", 2) == "trolig mellom −8,30 og −4,10 poeng (1–6)"
