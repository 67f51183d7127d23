from textinnsikt.language.tokens import Phrases, tokenize


def _words(text):
    return [token.text for token in tokenize(text)]


def test_names_and_labels_stay_whole():
    assert _words("O'Brien, Anne-Lise og [navn]") == ["O'Brien", ",", "Anne-Lise", "og", "[navn]"]
    assert _words("TV-serien") == ["TV", "-", "serien"]


def test_places_are_true():
    text = "Hei,  J.K. Rowling!"
    assert all(text[token.start : token.end] == token.text for token in tokenize(text))


def test_where_a_sentence_may_begin():
    opens = {token.text for token in tokenize("En. To: «Tre» fire – fem\nSeks (Sju) hr. Åtte") if token.opens}
    assert opens == {"En", "To", "«", "Tre", "Seks", "Sju"}


def test_genitives():
    assert [token.base for token in tokenize("Karis Jonas' Nesbø’s")] == ["kari", "jonas", "nesbø"]


def test_longest_phrase_whatever_the_order():
    for names in (["LO", "Los", "Los Angeles"], ["Los Angeles", "Los", "LO"]):
        assert Phrases(names).length_at(tokenize("Los Angeles"), 0) == 2


def test_phrases_take_a_genitive_and_any_case():
    phrases = Phrases(["Hennes & Mauritz", "Oslo"])
    assert phrases.length_at(tokenize("hennes & mauritz'"), 0) == 3
    assert phrases.length_at(tokenize("Oslos"), 0) == 1
    assert phrases.length_at(tokenize("Osloer"), 0) == 0
    assert phrases.has("oslo") and not phrases.has("hennes")
