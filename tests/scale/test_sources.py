import io

import pytest

from textinnsikt import InputError
from textinnsikt.scale.sources import find_files, fingerprint, spool


def test_names_folders_and_patterns(tmp_path):
    for name in ("b.csv", "a.jsonl", "notat.md", ".skjult.csv", "~$b.xlsx"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "under").mkdir()
    (tmp_path / "under" / "c.parquet").write_text("x", encoding="utf-8")
    assert [p.name for p in find_files([tmp_path])] == ["a.jsonl", "b.csv"]
    assert [p.name for p in find_files([tmp_path], [tmp_path / "b.csv", tmp_path / "borte"])] == ["a.jsonl"]
    assert [p.name for p in find_files([f"{tmp_path}/*b*"])] == ["b.csv"]
    assert [p.name for p in find_files([f"{tmp_path}/**/*.parquet", tmp_path / "b.csv", tmp_path])] == [
        "c.parquet",
        "b.csv",
        "a.jsonl",
    ]


def test_nothing_found_is_told(tmp_path):
    with pytest.raises(InputError, match="ingen filer som kan leses"):
        find_files([tmp_path])
    with pytest.raises(InputError, match=r"Ingen filer passer til \*\.csv"):
        find_files([f"{tmp_path}/*.csv"])
    with pytest.raises(InputError, match=r"Finner ikke fila borte\.csv"):
        fingerprint(find_files([tmp_path / "borte.csv"])[0])


def test_a_moved_file_is_the_same_file(tmp_path):
    (tmp_path / "a.csv").write_text("x", encoding="utf-8")
    before = fingerprint(tmp_path / "a.csv").to_dict()
    (tmp_path / "ny").mkdir()
    (tmp_path / "a.csv").rename(tmp_path / "ny" / "a.csv")
    assert fingerprint(tmp_path / "ny" / "a.csv").to_dict() == before
    (tmp_path / "ny" / "a.csv").write_text("y", encoding="utf-8")
    assert fingerprint(tmp_path / "ny" / "a.csv").to_dict() != before


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (b"id;tekst\n", ".csv"),
        (b'\xef\xbb\xbf {"id": 1}', ".jsonl"),
        (b"PAR1x", ".parquet"),
        (b"PK\x03\x04x", ".xlsx"),
        (b"", ".csv"),
    ],
)
def test_standard_input_is_told_apart_by_what_it_holds(tmp_path, data, ending):
    path = spool(io.BytesIO(data), tmp_path / ".ut.csv.inn")
    assert path.suffix == ending and path.read_bytes() == data
