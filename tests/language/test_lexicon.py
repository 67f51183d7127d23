from importlib.resources import files

import pytest

from textinnsikt.language.lexicon import dictionary, is_compound, is_word, resembles_word

LISTS = sorted(path.name for path in files("textinnsikt.language").iterdir() if path.name.endswith(".txt"))


@pytest.mark.parametrize("name", LISTS)
def test_lists_have_one_entry_a_line_once(name):
    lines = (files("textinnsikt.language") / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) and all(line == line.strip() != "" for line in lines)


def test_both_written_norwegians_are_known():
    assert is_word("hvorfor") and is_word("kvifor") and is_word("høstens")
    assert not is_word("lemaitre") and not is_word("s")
    assert dictionary("nb").get("ringte") == "ringe"


@pytest.mark.parametrize("word", ["kundeservicemedarbeider", "oppfølgingsspørsmål", "bredbåndshastighet"])
def test_compounds(word):
    assert is_compound(word)


@pytest.mark.parametrize("name", ["verhoeven", "strøksnes", "solberg", "rowling", "kowalczyk", "hagelund"])
def test_names_are_no_compounds(name):
    assert not is_compound(name) and not resembles_word(name)


@pytest.mark.parametrize("word", ["svaran", "rentan", "regningå", "simkortet", "takboks"])
def test_dialect_and_loose_compounds_resemble_words(word):
    assert resembles_word(word)
