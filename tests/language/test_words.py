import pytest

from textinnsikt.language import STOP_WORDS, tokenize_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ærlig, Øyvind & ÅSE!", ["ærlig", "øyvind", "åse"]),
        ("e-post og TV-boksen", ["e-post", "og", "tv-boksen"]),
        ("han'n sa d’ va bra", ["han'n", "sa", "d", "va", "bra"]),
        ("5G, 4K og 100 kr 3-4 ganger", ["5g", "4k", "og", "kr", "ganger"]),
        ("[navn] sendte [e-post] til meg", ["sendte", "til", "meg"]),
        ("😊 !!! ...", []),
        ("", []),
        ("og/eller -nei-", ["og", "eller", "nei"]),
        ("va\u030aren", ["våren"]),
    ],
)
def test_tokenize_words(text, words):
    assert tokenize_words(text) == words


@pytest.mark.parametrize("word", "ikke ikkje aldri ingen uten utan itj".split())
def test_negations_are_no_stop_words(word):
    assert word not in STOP_WORDS


@pytest.mark.parametrize("word", "og jeg eg æ mæ dæm det dei ho hun hu hainn va var noe noko kva hva som på te".split())
def test_stop_words_of_all_norwegians(word):
    assert word in STOP_WORDS


@pytest.mark.parametrize("word", "lyttet svar hjelp kundeservice pris ventetid bra dårlig løsning spurte".split())
def test_content_words_are_no_stop_words(word):
    assert word not in STOP_WORDS
