import hashlib
import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from textinnsikt.errors import InputError
from textinnsikt.study.table import read_table

from .conftest import Writer


def _save(path: Path, rows: list[list[object]], **formats: str) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, shown in formats.items():
        book.active[cell].number_format = shown
    book.save(path)
    return path


def test_csv(write: Writer) -> None:
    path = write("\nHenvendelse\t Kommentar  1 \n1\t\n2\tBra\n", "studie.tsv")
    table = read_table(path)
    assert table.headings == ("Henvendelse", "Kommentar 1")
    assert table.cells.values.tolist() == [["1", None], ["2", "Bra"]] and table.cells.index.tolist() == [3, 4]
    assert table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() and table.source == "studie.tsv"


def test_excel_values_become_text(tmp_path: Path) -> None:
    rows = [
        ["id", "dato", "score", "svar", "tid", "tekst", "andel"],
        [],
        [17, datetime(2020, 12, 24), 0.867, True, datetime(2020, 12, 24, 13, 45), "Så bra 😊", 86.5],
        [18.0, date(2021, 1, 5), 0.5, False, None, None, 2.25],
    ]
    table = read_table(_save(tmp_path / "studie.xlsx", rows, C3="0.0%", C4="0 %", G3='0.0" %"'))
    assert table.cells.values.tolist() == [
        ["17", "2020-12-24", "86.7", "ja", "2020-12-24 13:45:00", "Så bra 😊", "86.5"],
        ["18", "2021-01-05", "50", "nei", None, None, "2.25"],
    ]
    assert table.cells.index.tolist() == [3, 4] and table.row_word == "rad"


def test_excel_reads_the_sheet_with_comments(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Kundeserviceprisen 2021"])
    book.create_sheet("Data").append(["id", "Kommentar 1"])
    book["Data"].append([1, "Bra"])
    book.save(tmp_path / "studie.xlsx")
    assert read_table(tmp_path / "studie.xlsx").headings == ("id", "Kommentar 1")


def test_rows_above_the_headings_are_passed_over(tmp_path: Path, write: Writer) -> None:
    rows: list[list[object]] = [
        [None, "Vinterstudien 2021"],
        [],
        [None, "Henvendelsen"],
        [None, "id", "dato", "score", "Hva var bra?"],
        [None, 1, None, 87, "Lyttet"],
        [None, 2],
    ]
    table = read_table(_save(tmp_path / "studie.xlsx", rows))
    assert table.headings == ("", "id", "dato", "score", "Hva var bra?")
    assert table.cells.index.tolist() == [5, 6] and table.cells[1].tolist() == ["1", "2"]
    table = read_table(write("Vinterstudien 2021;;\n;;\nid;score;Hva var bra?\n1;87;Lyttet\n"))
    assert table.headings == ("id", "score", "Hva var bra?") and table.cells.index.tolist() == [4]


def test_a_row_with_separators_too_many_makes_no_title_of_the_headings(write: Writer) -> None:
    table = read_table(write("id;tekst\n1;a;b;c;d\n2;Bra\n"))
    assert table.headings == ("id", "tekst") and len(table.rejected) == 1


def test_excel_under_another_name_is_still_excel(tmp_path: Path) -> None:
    path = _save(tmp_path / "studie.xlsx", [["id", "tekst"], [1, "Bra"]])
    assert read_table(path.rename(tmp_path / "studie.csv")).cells.values.tolist() == [["1", "Bra"]]


def test_parquet_values_become_text(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "id": [1, None],
            "dato": pd.to_datetime(["2020-12-24", None]),
            "kanal": pd.Categorical(["chat", "chat"]),
            "score": [86.7, 50.0],
            "tekst": ["Løste saken", None],
        },
        index=[5, 9],
    )
    frame.to_parquet(tmp_path / "studie.parquet")
    table = read_table(tmp_path / "studie.parquet")
    assert table.headings == ("id", "dato", "kanal", "score", "tekst", "")
    expected = [["1", "2020-12-24", "chat", "86.7", "Løste saken"], [None, None, "chat", "50", None]]
    assert table.cells.iloc[:, :5].values.tolist() == expected
    assert table.cells.index.tolist() == [2, 3]


def test_json_lines_set_broken_lines_aside(write: Writer) -> None:
    lines = [
        json.dumps({"id": 1, "tekst": "Så\nbra"}, ensure_ascii=False).encode(),
        b"",
        b'{"id": 2, "tekst": "avbru',
        b"[3]",
        '{"id": 4, "tekst": "på"}'.encode("cp1252"),
        '{"id": 5, "score": 61.5, "tekst": null, "æ": NaN}'.encode(),
    ]
    table = read_table(write(b"\n".join(lines), "studie.jsonl"))
    assert table.headings == ("id", "tekst", "score", "æ")
    assert table.cells.values.tolist() == [["1", "Så\nbra", None, None], ["5", None, "61.5", None]]
    assert table.cells.index.tolist() == [1, 6]
    assert [(line, reason) for line, _, reason in table.rejected] == [
        (3, "linja er ikke ett JSON-objekt"),
        (4, "linja er ikke ett JSON-objekt"),
        (5, "linja kan ikke leses som UTF-8"),
    ]


def test_half_an_emoji_in_json_is_dropped(write: Writer) -> None:
    table = read_table(write(b'{"id": "1\\ud83d", "tekst": "Bra \\ud83d\\ude0a \\ud83d"}\n', "studie.jsonl"))
    assert table.cells.values.tolist() == [["1", "Bra 😊 "]]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "studie.csv", "studie.csv er tom"),
        (b"\xef\xbb\xbf\n\n", "studie.csv", "studie.csv er tom"),
        (b"", "studie.xlsx", "studie.xlsx er tom"),
        (
            b"id;tekst\n1;Bra\n",
            "studie.docx",
            "studie.docx er en filtype som ikke kan leses; bruk CSV, Excel",
        ),
        (b"%PDF-1.7 ...", "studie.csv", "filtype som ikke kan leses"),
        (b"PK\x03\x04 half", "studie.xlsx", "studie.xlsx er ødelagt eller ingen Excel-fil"),
        (b"id;tekst\n1;Bra\n", "studie.xlsx", "studie.xlsx er ødelagt eller ingen Excel-fil"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9,
            "studie.xlsx",
            "har passord eller er i gammelt .xls-format",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "studie.xls", "har passord eller er i gammelt .xls-format"),
        (b"PAR1 half", "studie.parquet", "studie.parquet er ødelagt eller ingen Parquet-fil"),
    ],
)
def test_files_that_cannot_be_read(write: Writer, content: bytes, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_table(write(content, name))


def test_an_excel_file_cut_short(tmp_path: Path) -> None:
    path = _save(tmp_path / "studie.xlsx", [["id", "tekst"], [1, "Bra"]])
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(InputError, match="ødelagt"):
        read_table(path)


def test_a_workbook_without_content(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="studie.xlsx er tom"):
        read_table(_save(tmp_path / "studie.xlsx", []))


def test_no_such_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Finner ikke fila borte.csv"):
        read_table(tmp_path / "borte.csv")
    with pytest.raises(InputError, match="er en mappe"):
        read_table(tmp_path)
