from textinnsikt.study import CONTACT_COLUMNS, read_study

from .conftest import Writer


def test_comments_have_one_row_each_in_input_order(write: Writer, study_text: str) -> None:
    comments = read_study(write(study_text)).comments
    assert list(comments) == ["henvendelse", "kommentar_nr", *CONTACT_COLUMNS[1:], "ventetid", "tekst"]
    assert comments["henvendelse"].tolist() == ["17", "17", "18", "18", "19", "19"]
    assert comments["kommentar_nr"].tolist() == [1, 2] * 3
    assert [text is None for text in comments["tekst"]] == [False, False, False, True, True, True]


def test_with_texts_puts_each_text_in_its_place(write: Writer, study_text: str) -> None:
    study = read_study(write(study_text))
    changed = study.with_texts([text.upper() if text else float("nan") for text in study.comments["tekst"]])
    assert changed.contacts["kommentar_2"].tolist() == ["KØ", None, None]
    assert study.contacts["kommentar_2"].tolist() == ["Kø", None, None]
    assert changed.comments["tekst"].isna().tolist() == study.comments["tekst"].isna().tolist()


def test_comment_columns_are_in_number_order(write: Writer) -> None:
    study = read_study(write("id,kommentar_10,kommentar_2,kommentar_1\n1,j,b,a\n"))
    assert study.comment_columns == ("kommentar_1", "kommentar_2", "kommentar_10")
    assert study.comments["tekst"].tolist() == ["a", "b", "j"]
