import pytest

from textinnsikt.language import mask


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kundenummeret er to fire sju null ni", "kundenummeret er [kundenummer]"),
        ("Mobilen min er nittifem tjueto atten førtisju.", "Mobilen min er [telefon]."),
        ("tlf ni null sju, tolv, åtteogtredve seks takk", "tlf [telefon] takk"),
        ("Bestillinga har nummer tjueto tretti seksten.", "Bestillinga har nummer [kundenummer]."),
        ("regnr. su nitten fire åttito sa jeg", "regnr. [bilnummer] sa jeg"),
        ("tre åtte null fire seks, er det meg?", "[kundenummer], er det meg?"),
    ],
)
def test_numbers_read_aloud(text, wanted):
    assert mask(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Nummeret var opptatt to eller tre ganger.",
        "Ring på en to tre, så åpner jeg.",
        "Telefonen ringte fire fem seks ganger.",
        "Fem av ti på telefon.",
        "Mobilen kostet to tusen fem hundre.",
        "Nummer to, tre og fire i køen.",
    ],
)
def test_counting_is_no_number(text):
    assert mask(text) == text
