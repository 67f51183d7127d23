import pytest

from textinnsikt.insight.discussion import QUESTIONS
from textinnsikt.insight.exercises import CARDS, exercise_cards

from .conftest import THEMES


@pytest.mark.parametrize("theme", [*THEMES, "ventetid"])
def test_cards_can_be_used_as_they_are(theme):
    cards = exercise_cards(theme, theme.capitalize())
    assert len(cards) == 3 and len({card["tittel"] for card in cards}) == 3
    for card in cards:
        assert "{" not in card["slik"] and 40 < len(card["slik"]) < 260
        assert card["etterpå"].endswith("?") and 5 <= card["minutter"] <= 20


def test_every_theme_with_questions_has_cards():
    assert {theme for theme, _ in QUESTIONS} == set(CARDS)


def test_the_own_weakness_becomes_a_card():
    card = exercise_cards("mersalg", "Mersalg", "Maste om forsikring. " * 30)[-1]
    assert "Maste om forsikring." in card["slik"] and len(card["slik"]) < 280
