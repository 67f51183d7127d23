import pytest

from textinnsikt import InputError
from textinnsikt.study import VALUES
from textinnsikt.themes import Codebook


def test_the_shipped_codebook_has_the_four_themes():
    book = Codebook.load()
    assert book.keys == ("lytting", "behovskartlegging", "løsning", "mersalg")
    assert VALUES == ("ingen", "positiv", "negativ", "blandet")
    assert all(theme.definition for theme in book.themes)


def test_own_codebook_is_read(tmp_path):
    path = tmp_path / "bok.toml"
    path.write_text('[tema.polaritet]\nnavn = "Polaritet"\ndefinisjon = "Om noe er bra."\n', encoding="utf-8")
    assert Codebook.load(path).outputs == ("polaritet:positiv", "polaritet:negativ")
    assert Codebook.from_dict(Codebook.load(path).to_dict()) == Codebook.load(path)


@pytest.mark.parametrize("text", ["[tema", "annet = 1", "tema = 3", "[tema]\nlytting = 1"])
def test_a_broken_codebook_gets_a_sentence(tmp_path, text):
    path = tmp_path / "bok.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="bok.toml"):
        Codebook.load(path)


def test_a_byte_order_mark_and_decomposed_letters_do_not_matter(tmp_path):
    path = tmp_path / "bok.toml"
    path.write_bytes('\ufeff[tema."pa\u030aminnelse"]\n'.encode())
    assert Codebook.load(path).keys == ("påminnelse",)


@pytest.mark.parametrize("key", ["kanal", "tekst", "Totalscore", "del", "modell"])
def test_a_theme_is_not_called_what_a_column_is(key):
    with pytest.raises(InputError, match=f"temaet «{key}» heter det samme som en kolonne"):
        Codebook.from_dict({"tema": {key: {}}}, "bok.toml")
