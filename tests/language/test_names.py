import pytest

from textinnsikt.language import mask
from textinnsikt.language.names import find_names


def _found(text, keep=()):
    return [text[start:end] for start, end, _ in find_names(text, keep)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Snakket med Kari Nordmann.", ["Kari Nordmann"]),
        ("Kari, Ola og Per svarte.", ["Kari", "Ola", "Per"]),
        ("Ludwig van Beethoven og Vincent van Gogh.", ["Ludwig van Beethoven", "Vincent van Gogh"]),
        ("Romanen av Karl Ove Knausgård.", ["Karl Ove Knausgård"]),
        ("Joyce Carol Oates' roman", ["Joyce Carol Oates'"]),
        ("Vi møter Sean McCarthy og Mary O'Hara.", ["Sean McCarthy", "Mary O'Hara"]),
        ("Ho Åse-Marit ordna det.", ["Åse-Marit"]),
    ],
)
def test_a_whole_name_is_one_span(text, names):
    assert _found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Jack London-museet ligger i California.",
        "Vi bor i Molde, men jobber på Voss.",
        "Dronningen og presidenten kom.",
        "Den norske Bokklubben og Gyldendal gir den ut.",
        "VGs anmelder og NRKs kritiker er enige.",
        "Rådgiveren foreslo Nordlandsbanen og Brageprisen.",
    ],
)
def test_places_and_institutions_are_no_persons(text):
    assert not [name for name in _found(text) if name != "Jack London"]


def test_a_doubtful_word_needs_a_sign():
    assert _found("Stein og grus i veien.") == []
    assert _found("Stein svarte.") == ["Stein"]
    assert _found("Ble satt over til Stein.") == ["Stein"]


def test_capitals_everywhere_say_nothing():
    assert _found("Jeg Fikk Svar Med En Gang Av Kundeservice") == []
    assert _found("Jeg Fikk Svar Med En Gang Av Kristin") == ["Kristin"]


def test_an_odd_word_in_what_somebody_tells_is_no_name():
    assert _found("Knallbrae folk, jeg er fornøyd.") == []


def test_kept_phrases_are_left():
    assert _found("Jeg ringte Solberg Strøm.", keep=["Solberg Strøm"]) == []


def test_products_and_titles_are_no_persons():
    for text in (
        "Har en Archer AX55 fra før.",
        "Spurte om Mobil Fri og fikk svar.",
        "Filmen Flåklypa Grand Prix lå der.",
    ):
        assert _found(text) == []
    assert _found("Hadde lånt noe, og snakket med Sult om det.") == ["Sult"]
    assert _found("Boka Kari Nordmann anbefalte, kom aldri.") == ["Kari Nordmann"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Tannlege Mirzaei var flink", "Tannlege [navn] var flink"),
        ("tannlege mirzaei var flink", "tannlege [navn] var flink"),
        ("dr. Mirzaei var flink", "dr. [navn] var flink"),
        ("Sjukepleiar Skjeltveit var god", "Sjukepleiar [navn] var god"),
        ("Ifølge Nærøy i skadeavdelingen er det unntatt", "Ifølge [navn] i skadeavdelingen er det unntatt"),
        ("Ifølge Telenor på chatten er alt bra", "Ifølge Telenor på chatten er alt bra"),
        ("Vart møtt av ein Ludvik som ikkje visste", "Vart møtt av ein [navn] som ikkje visste"),
        ("Fikk hjelp av en Stein som var flink", "Fikk hjelp av en [navn] som var flink"),
        ("fikk hjelp av en engel på telefon", "fikk hjelp av en engel på telefon"),
        ("Har hatt Tine-kasse i kjelleren", "Har hatt Tine-kasse i kjelleren"),
        ("har hatt tine-kasse i kjelleren", "har hatt tine-kasse i kjelleren"),
    ],
)
def test_names_after_trades_sources_and_articles(text, masked):
    assert mask(text) == masked
