from dataclasses import replace

import pytest

from textinnsikt.insight.comparison import Comparison

from .conftest import CENTRES, THEMES, build_tagged


@pytest.fixture(scope="module")
def tagged():
    return build_tagged(400)


@pytest.fixture(scope="module")
def comparison(tagged):
    return Comparison(tagged)


def test_scores_are_the_means_of_the_study(tagged, comparison):
    contacts = tagged.contacts
    means = contacts.groupby("kundesenter")["totalscore"].mean()
    for kind, centres in CENTRES.items():
        for centre in centres:
            n = int((contacts["kundesenter"] == centre).sum())
            found = comparison.score("kundesenter", centre)
            assert found["n"] == n and comparison.klass(centre) == kind
            assert found["estimat"] == (pytest.approx(means[centre]) if n >= 10 else None)
    shown = [c for c in CENTRES["Bank"] if (contacts["kundesenter"] == c).sum() >= 10]
    bank = comparison.score("klasse", "Bank")
    assert bank["estimat"] == pytest.approx(means[shown].mean()) and bank["nedre"] < bank["estimat"] < bank["øvre"]
    assert comparison.winner("Bank") == means[shown].idxmax()


def test_a_mean_does_not_tell_of_a_centre_that_is_not_shown(tagged):
    """In a class of two, one of them hidden, the class's mean is the other's."""
    comparison = Comparison(tagged)
    assert comparison.score("kundesenter", "Fraktlinjen")["estimat"] is None
    kind = comparison.klass("Fraktlinjen")
    assert comparison.score("klasse", kind)["estimat"] == comparison.score("kundesenter", "Pakkebudet")["estimat"]
    assert comparison.against_class("Fraktlinjen") is None and comparison.against_class("Pakkebudet") is None


def test_differences_add_up_and_the_winner_has_none_to_itself(comparison):
    best = comparison.winner("Bank")
    assert comparison.against_winner(best) is None
    others = [centre for centre in CENTRES["Bank"] if centre != best]
    for centre in others:
        gap = comparison.against_winner(centre)
        own, top = (comparison.score("kundesenter", c)["estimat"] for c in (centre, best))
        assert gap["estimat"] == pytest.approx(own - top) and gap["estimat"] < 0
        assert gap["sikker"] == (gap["nedre"] * gap["øvre"] > 0)
    total = sum(comparison.against_class(centre)["estimat"] for centre in CENTRES["Bank"])
    assert total == pytest.approx(0, abs=1e-9)


def test_shares_and_differences_are_hidden_below_ten_contacts(comparison):
    assert comparison.shares("kundesenter", "Fraktlinjen", "lytting") == {"positiv": None, "negativ": None}
    assert comparison.difference("kundesenter", "Fraktlinjen", "lytting") is None
    for theme in THEMES:
        cell = comparison.shares("kundesenter", "Lynnett", theme)["positiv"]
        rows = comparison.rows("kundesenter", "Lynnett").dropna(subset=[f"{theme}:positiv"])
        assert cell["estimat"] == pytest.approx(rows[f"{theme}:positiv"].mean()) and cell["n"] == len(rows)
        found = comparison.difference("kundesenter", "Lynnett", theme)
        assert found["nedre"] < found["estimat"] < found["øvre"]


def test_row_order_does_not_matter(tagged, comparison):
    mixed = Comparison(replace(tagged, comments=tagged.comments.sample(frac=1, random_state=5)))
    for kind, name in (("kundesenter", "Lynnett"), ("klasse", "Bank")):
        assert mixed.score(kind, name) == pytest.approx(comparison.score(kind, name))
        one, two = (c.difference(kind, name, "lytting") for c in (mixed, comparison))
        assert one == pytest.approx(two)
