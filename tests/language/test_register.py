import pytest

from textinnsikt.language.lexicon import word_list
from textinnsikt.language.register import is_doubtful, is_everyday, is_given, is_listed, is_misspelt
from textinnsikt.language.tokens import tokenize


def _token(word):
    return tokenize(word)[0]


@pytest.mark.parametrize("name", "Kari Ola Anne-Lise Mohammed Agnieszka Abdirahman Thi Ngozi Karis Jonas'".split())
def test_given_names(name):
    assert is_given(_token(name))


@pytest.mark.parametrize("name", "Hansen Nordmann Knausgård Kowalczyk Hussain Nguyen Berg-Hansen Hansens".split())
def test_surnames(name):
    assert is_listed(_token(name))


@pytest.mark.parametrize("name", "Per Vår Dag Liv Bo Stein Even Odd Berg Strand Hans".split())
def test_names_that_are_words(name):
    assert is_listed(_token(name)) and is_doubtful(_token(name))


@pytest.mark.parametrize("name", "Kari Ola Nesbø Mohammed Fosse".split())
def test_names_that_are_no_words(name):
    assert not is_doubtful(_token(name))


@pytest.mark.parametrize("word", "hyggelig kundeservicen fakturaen ventetiden snakket stortinget kjempebra".split())
def test_everyday_words(word):
    assert is_everyday(word)


@pytest.mark.parametrize("word", "hyggeli fantastik laaaangt fornøøyd sevrice".split())
def test_misspelt_words(word):
    assert is_misspelt(word, wide=False)


def test_the_lists_are_long_and_clean():
    assert len(word_list("fornavn.txt")) >= 1500
    assert len(word_list("etternavn.txt")) >= 800
    doubtful = word_list("tvetydige.txt")
    names = {name.lower() for kind in ("fornavn", "etternavn") for name in word_list(f"{kind}.txt")}
    assert doubtful <= names
    assert word_list("sikre.txt") <= {name.lower() for name in word_list("fornavn.txt")} - doubtful
    assert not (names - doubtful) & word_list("vanlige.txt")
