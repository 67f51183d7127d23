import openpyxl
import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.themes import Codebook
from textinnsikt.themes.workbook import read_workbook, write_workbook

BOOK = Codebook.load()
COMMENTS = pd.DataFrame(
    {
        "henvendelse": ["h1", "h1", "h2", "007"],
        "kommentar_nr": [1, 3, 1, 1],
        "kanal": ["chat", "chat", "telefon", None],
        "tekst": ["Fikk svar.", "=cmd()", "Hun avbrøt meg.\nTo ganger.", "Takk 😀"],
    }
)


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "merking_1_kari.xlsx"
    write_workbook(file, COMMENTS, BOOK, ("kanal",))
    return file


def _fill(path, cells):
    """Write ``(row, heading) -> value`` into the workbook."""
    book = openpyxl.load_workbook(path)
    sheet = book["Merking"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for (row, heading), value in cells.items():
        sheet.cell(row, at[heading]).value = value
    book.save(path)


def test_texts_are_shown_as_text_beside_drop_downs_and_the_codebook(path):
    book = openpyxl.load_workbook(path)
    sheet = book["Merking"]
    headings = [cell.value for cell in sheet[1]]
    assert headings == ["henvendelse", "kommentar_nr", "kanal", "tekst", *BOOK.keys, "ferdig", "merknad"]
    text = sheet.cell(3, headings.index("tekst") + 1)
    assert text.value == "=cmd()" and text.data_type == "s"
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules == {"E2:H5": '"ingen,positiv,negativ,blandet"', "I2:I5": '"ja"'}
    assert sheet.protection.sheet and not sheet.cell(2, 5).protection.locked and sheet.cell(2, 4).protection.locked
    shown = [row[0].value for row in book["Kodebok"].iter_rows(min_row=2)]
    assert shown == list(BOOK.keys)


def test_done_rows_are_read_with_empty_themes_as_ingen(path):
    _fill(path, {(2, "løsning"): "Positiv ", (2, "ferdig"): "JA", (3, "merknad"): "tvil"})
    filled = read_workbook(path, COMMENTS, BOOK)
    assert filled.faults == ()
    assert filled.rows.drop(columns="merknad").values.tolist() == [["h1", 1, "ingen", "ingen", "positiv", "ingen"]]
    assert filled.waiting == (("h1", 3), ("h2", 1), ("007", 1))


def test_a_row_with_every_theme_needs_no_mark(path):
    _fill(path, {(5, theme): "ingen" for theme in BOOK.keys})
    assert read_workbook(path, COMMENTS, BOOK).rows["henvendelse"].tolist() == ["007"]


def test_every_faulty_cell_is_named(path):
    _fill(path, {(2, "lytting"): "pos", (2, "mersalg"): "nei", (3, "ferdig"): "kanskje", (4, "løsning"): "blandet"})
    faults = read_workbook(path, COMMENTS, BOOK).faults
    assert faults == (
        "merking_1_kari.xlsx, rad 2, kolonnen «lytting»: «pos» må være ingen, positiv, negativ eller blandet",
        "merking_1_kari.xlsx, rad 2, kolonnen «mersalg»: «nei» må være ingen, positiv, negativ eller blandet",
        "merking_1_kari.xlsx, rad 3, kolonnen «ferdig»: «kanskje» må være ja eller tom",
    )


def test_lost_repeated_and_foreign_rows_are_named(path):
    _fill(path, {(3, "kommentar_nr"): 1, (4, "henvendelse"): "h9"})
    faults = read_workbook(path, COMMENTS, BOOK).faults
    assert any("rad 3" in fault and "står også i rad 2" in fault for fault in faults)
    assert any("rad 4" in fault and "hører ikke til" in fault for fault in faults)
    assert sum("er borte" in fault for fault in faults) == 2
    assert not any("er borte" in fault for fault in read_workbook(path, COMMENTS, BOOK, whole=False).faults)


def test_an_id_that_excel_has_made_a_number_is_the_same_id(tmp_path):
    comments = pd.DataFrame({"henvendelse": ["17"], "kommentar_nr": [1], "tekst": ["Hei."]})
    path = tmp_path / "merking_1_a.xlsx"
    write_workbook(path, comments, BOOK)
    _fill(path, {(2, "henvendelse"): 17, (2, "ferdig"): "ja"})
    assert read_workbook(path, comments, BOOK).rows["henvendelse"].tolist() == ["17"]


def test_other_files_are_refused(tmp_path, path):
    odd = tmp_path / "merking_1_ola.xlsx"
    odd.write_bytes(b"PK\x03\x04nei")
    with pytest.raises(InputError, match="ødelagt"):
        read_workbook(odd, COMMENTS, BOOK)
    with pytest.raises(InputError, match="Finner ikke"):
        read_workbook(tmp_path / "borte.xlsx", COMMENTS, BOOK)
    _fill(path, {(1, "lytting"): "lyttet"})
    with pytest.raises(InputError, match="mangler kolonnen «lytting»"):
        read_workbook(path, COMMENTS, BOOK)


def test_the_same_comments_give_the_same_bytes(tmp_path, path):
    again = tmp_path / "igjen.xlsx"
    write_workbook(again, COMMENTS, BOOK, ("kanal",))
    assert again.read_bytes() == path.read_bytes()
