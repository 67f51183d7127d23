import numpy as np
import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.themes import Codebook, read_labelled, to_targets, to_values
from textinnsikt.themes.labelled import contacts_of

HEADER = "id,tekst,lytting,behovskartlegging,løsning,mersalg\n"


def _write(tmp_path, body):
    path = tmp_path / "merket.csv"
    path.write_text(HEADER + body, encoding="utf-8")
    return path


def test_values_and_targets_are_each_other_s_inverse():
    book = Codebook.load()
    rng = np.random.default_rng(1)
    values = pd.DataFrame({theme: rng.choice(["ingen", "positiv", "negativ", "blandet"], 50) for theme in book.keys})
    assert to_values(to_targets(values, book), book).equals(values)


def test_a_wrong_value_names_line_and_column(tmp_path):
    path = _write(tmp_path, "1,Hørte etter.,positiv,ingen,ingen,ingen\n2,Nei.,ja,ingen,ingen,ingen\n")
    with pytest.raises(InputError, match="linje 3: «ja» i kolonnen «lytting»"):
        read_labelled(path)


def test_an_empty_text_names_its_line(tmp_path):
    with pytest.raises(InputError, match="linje 2: kolonnen «tekst» er tom"):
        read_labelled(_write(tmp_path, "1,,ingen,ingen,ingen,ingen\n"))


def test_a_missing_theme_is_named(tmp_path):
    path = tmp_path / "merket.csv"
    path.write_text("tekst,lytting\nHei,ingen\n", encoding="utf-8")
    with pytest.raises(InputError, match="behovskartlegging"):
        read_labelled(path)


def test_capitals_and_spaces_in_values_do_not_matter(tmp_path):
    frame = read_labelled(_write(tmp_path, "1,Hørte etter., Positiv ,ingen,INGEN,ingen\n"))
    assert frame.loc[0, ["lytting", "løsning"]].tolist() == ["positiv", "ingen"]


def test_contacts_of_any_type_are_read():
    frame = pd.DataFrame({"tekst": ["a", "b"], "henvendelse": pd.Series([7, None], dtype="Int64")})
    assert contacts_of(frame).tolist() == contacts_of(frame.astype({"henvendelse": "category"})).tolist()
    assert contacts_of(frame).tolist() == ["henvendelse 7", "b"]


def test_capitals_in_headings_do_not_matter(tmp_path):
    path = tmp_path / "merket.csv"
    path.write_text("Tekst;Lytting;Del;Stemme\nHørte etter.;positiv;test;s1\n", encoding="utf-8")
    frame = read_labelled(path, Codebook.from_dict({"tema": {"lytting": {}}}))
    assert list(frame.columns) == ["tekst", "lytting", "del", "stemme"]


@pytest.mark.parametrize(("content", "told"), [
    ("tekst;Tekst;lytting\nHei;Hei;ingen\n", "flere kolonner som heter «tekst»"),
    ("tekst;lytting;del;Del\nHei;ingen;test;test\n", "flere kolonner som heter «del»"),
    ("tekst;lytting\n", "ingen kommentarer"),
])  # fmt: skip
def test_a_file_that_cannot_be_used_gets_a_sentence(tmp_path, content, told):
    path = tmp_path / "merket.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_labelled(path, Codebook.from_dict({"tema": {"lytting": {}}}))
