import pytest

from textinnsikt.errors import InputError
from textinnsikt.study.delimited import decode, parse_delimited, undecodable

TEXT = "id;tekst\n1;Hørte på meg – «kjempebra»\n2;Så fint\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encoding_is_recognised(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_latin_1_and_utf_16_without_a_mark_are_recognised() -> None:
    text = TEXT.replace("–", "-")
    assert decode(text.encode("latin-1")) == text
    assert decode(TEXT.encode("utf-16-le")) == TEXT
    assert decode(TEXT.encode("utf-16-be")) == TEXT


def test_one_line_of_another_encoding_is_undecodable_in_a_utf_8_file() -> None:
    data = "id;tekst\n1;Så fint\n".encode() + "2;Hørte på meg\n".encode("cp1252") + "3;Løste saken\n".encode()
    _, rows, lines, rejected = parse_delimited(decode(data), "studie.csv")
    assert rows == [["1", "Så fint"], ["3", "Løste saken"]] and lines == [2, 4]
    assert rejected == [(3, "tekst", "linja kan ikke leses som UTF-8")]


def test_a_file_in_cp1252_has_no_undecodable_line() -> None:
    data = "id;tekst\n1;Så fint\n2;Hørte på meg\n3;ok\n".encode("cp1252") + b"4;\x81\n"
    assert not undecodable(decode(data)) and "Hørte" in decode(data)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separator_is_recognised(separator: str) -> None:
    text = f'id{separator}score{separator}tekst\n1{separator}"86,7"{separator}"Greit; ja, og\tbra"\n'
    headings, rows, _, rejected = parse_delimited(text, "studie.csv")
    assert (
        headings == ["id", "score", "tekst"]
        and rows == [["1", "86,7", "Greit; ja, og\tbra"]]
        and not rejected
    )


def test_separator_of_the_file_beats_one_in_the_headings() -> None:
    text = "id;Hva var bra, egentlig, i samtalen, sett under ett?;score\n1;Alt;86,7\n2;Lite;50,0\n"
    assert len(parse_delimited(text, "studie.csv")[0]) == 3


def test_sep_line_of_excel_is_obeyed_and_counted() -> None:
    headings, rows, lines, _ = parse_delimited("sep=,\r\nid,tekst\r\n1,Bra\r\n", "studie.csv")
    assert (headings, rows, lines) == (["id", "tekst"], [["1", "Bra"]], [3])


def test_quoted_line_ends_keep_the_line_numbers() -> None:
    text = 'id;tekst\r\n1;"Første\r\nandre\r\ntredje"\r\n\r\n2;Bra\r\n3\r\n'
    _, rows, lines, rejected = parse_delimited(text, "studie.csv")
    assert rows == [["1", "Første\r\nandre\r\ntredje"], ["2", "Bra"]] and lines == [2, 6]
    assert rejected == [(7, "", "for få felt: 1 i stedet for 2")]


def test_too_many_fields_are_set_aside_but_empty_ones_are_not() -> None:
    _, rows, lines, rejected = parse_delimited("id;tekst\n1;Bra;;\n2;Bra;men\n;;\n", "studie.csv")
    assert rows == [["1", "Bra"]] and lines == [2]
    assert rejected == [(3, "", "for mange felt: 3 i stedet for 2")]


@pytest.mark.parametrize("broken", ['2;"Bra', '2;"Han sa "hei" til meg"'])
def test_a_stray_quote_costs_its_own_line_only(broken: str) -> None:
    text = f'id;tekst\n1;"Fint"\n{broken}\n3;"Greit"\n4;Ok\n'
    _, rows, lines, rejected = parse_delimited(text, "studie.csv")
    assert rows == [["1", "Fint"], ["3", "Greit"], ["4", "Ok"]] and lines == [2, 4, 5]
    assert rejected == [(3, "", "et anførselstegn er ikke lukket eller står midt i en celle")]


def test_quotes_inside_a_bare_cell_are_text() -> None:
    assert parse_delimited('id;tekst\n1;Han sa "hei"\n', "studie.csv")[1] == [["1", 'Han sa "hei"']]


def test_line_separators_of_unicode_do_not_split_lines() -> None:
    assert parse_delimited("id;tekst\n1;Bra\u2028og\x85greit\n", "studie.csv")[1] == [
        ["1", "Bra\u2028og\x85greit"]
    ]


def test_open_quote_in_the_headings_stops() -> None:
    with pytest.raises(InputError, match="studie.csv, linje 1: rett anførselstegnene"):
        parse_delimited('id;"tekst\n1;Bra\n', "studie.csv")


def test_a_cell_that_is_too_long_is_called_that() -> None:
    text = "id;tekst\n1;" + "x" * 140_000 + '\n2;"' + "y" * 140_000 + '"\n3;kort\n'
    _, rows, _, rejected = parse_delimited(text, "studie.csv")
    assert rows == [["3", "kort"]]
    assert rejected == [(line, "", "en celle har mer enn 131 072 tegn") for line in (2, 3)]
