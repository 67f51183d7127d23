"""Rows read one by one are the rows read at once, for whatever a file holds."""

import io
import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from textinnsikt import InputError
from textinnsikt.scale.records import heading_of, read_records
from textinnsikt.study.table import read_table

FILES = {
    "komma.csv": 'id,tekst\n1,Hei\n2,"to\nlinjer"\n',
    "semikolon.csv": "sep=;\nid;tekst\n1;Ærlig\n",
    "tomme.csv": "\n\nid;tekst;\n\n1;Hei;\n;;\n2;Hå;\n",
    "ødelagt.csv": 'id;tekst\n1;"Hei\n2;Hå\n3;Nei;for mye\n4;"x"y\n5;God dag\n',
    "returtegn.csv": "id;tekst\r1;Hei\r2;Hå\r",
    "like.csv": "id;tekst;tekst\n1;a;b\n",
    "linjer.jsonl": '{"id": 1, "tekst": "Hei"}\n\n[]\n{"id": 2, "ny": 3.5, "liste": [1]}\nikke json\n',
}


def _cells(path):
    """What `read_records` gives, laid out as `read_table` lays it out."""
    records = read_records(path)
    keys, rows, rejected = list(records.headings), [], []
    for row in records.rows:
        if row.fault:
            rejected.append((row.number, row.column, row.fault))
        else:
            keys += [key for key in row.cells if key not in keys]
            rows.append(row)
    cells = [[row.cells.get(key) for key in keys] for row in rows]
    return tuple(map(heading_of, keys)), [row.number for row in rows], cells, tuple(rejected), records.row_word


def _same(path):
    table = read_table(path)
    cells = table.cells.astype(object).where(table.cells.notna(), None).values.tolist()
    assert _cells(path) == (table.headings, list(table.cells.index), cells, table.rejected, table.row_word)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("name", FILES)
def test_rows_are_those_of_the_whole_file(tmp_path, name, encoding):
    (tmp_path / name).write_bytes(FILES[name].encode(encoding))
    _same(tmp_path / name)


@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
def test_typed_files(tmp_path, ending):
    frame = pd.DataFrame(
        {"id": [1, 2], "tekst": ["Hei", None], "andel": [0.5, None], "dag": pd.to_datetime(["2021-01-05"] * 2)}
    )
    path = tmp_path / f"inn.{ending}"
    frame.to_excel(path, index=False) if ending == "xlsx" else frame.to_parquet(path)
    _same(path)


def test_mixed_encodings_set_lines_aside(tmp_path):
    path = tmp_path / "blandet.csv"
    lines = [f"{i};Ærlig talt nr. {i}".encode() for i in range(5)]
    path.write_bytes(b"\n".join([b"id;tekst", *lines, "9;Ærlig".encode("cp1252")]) + b"\n")
    _same(path)
    assert [row.fault for row in read_records(path).rows][-1] == "linja kan ikke leses som UTF-8"


@pytest.mark.parametrize("name", ["tom.csv", "tom.jsonl", "tom.parquet", "tom.xlsx"])
def test_an_empty_file_is_told(tmp_path, name):
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf \r\n")
    with pytest.raises(InputError, match="er tom"):
        read_records(tmp_path / name)


@pytest.mark.parametrize("name", ["feil.parquet", "feil.xlsx", "feil.pdf", "feil.xls"])
def test_a_damaged_or_unknown_file_is_told(tmp_path, name):
    (tmp_path / name).write_bytes(b"PAR1 nesten" if name.endswith("parquet") else b"\xd0\xcf\x11\xe0 nesten")
    with pytest.raises(InputError, match=name):
        list(read_records(tmp_path / name).rows)


def test_only_what_is_asked_for_is_read(tmp_path):
    path = tmp_path / "lang.csv"
    path.write_text("id;tekst\n" + "1;Hei\n" * 200_000, encoding="utf-8")
    rows = read_records(path).rows
    assert [next(rows).number for _ in range(3)] == [2, 3, 4]


_PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from([b"id;tekst\n", b"id,tekst\r\n", b'"', b'""', b";", b",", b"\n", b"\r", b"\0", b"\xef\xbb\xbf"]),
    st.sampled_from(["æøå", "😀", '{"id": 1, "tekst": "Hei"}\n', "1;Hei\n", "x" * 140_000]).map(str.encode),
    st.just("2;ærlig\n".encode("cp1252")),
)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.lists(_PIECES, max_size=14).map(b"".join), ending=st.sampled_from(["csv", "jsonl", "txt"]))
def test_any_bytes_are_read_as_the_whole_is(data, ending, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"hva_som_helst.{ending}"
    path.write_bytes(data)
    try:
        table = read_table(path)
    except InputError as error:
        with pytest.raises(InputError) as other:
            list(read_records(path).rows)
        assert str(other.value) == str(error)
        return
    headings, numbers, cells, rejected, _ = _cells(path)
    assert headings == table.headings and rejected == table.rejected
    assert numbers == list(table.cells.index)
    assert cells == table.cells.astype(object).where(table.cells.notna(), None).values.tolist()


def test_the_reader_of_lines_takes_any_iterable():
    from textinnsikt.study.delimited import iterate_delimited

    headings, rows = iterate_delimited(io.StringIO("id;tekst\n1;Hei\n", newline=""), "a.csv")
    assert headings == ["id", "tekst"] and list(rows) == [(2, ["1", "Hei"], None)]
    assert json.dumps(headings) == '["id", "tekst"]'
