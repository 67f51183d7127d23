import hashlib
import time
from pathlib import Path

import pandas as pd
import pytest

from textinnsikt.errors import InputError
from textinnsikt.study import CONTACT_COLUMNS, Study, read_study

from .conftest import HEADINGS, ROWS, Writer

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"]


def _plain(study: Study) -> pd.DataFrame:
    return study.contacts.astype(object).where(study.contacts.notna(), None)


@pytest.fixture
def expected(write: Writer, study_text: str) -> pd.DataFrame:
    return _plain(read_study(write(study_text, "fasit.csv")))


def test_what_is_read(write: Writer, study_text: str) -> None:
    path = write(study_text)
    study = read_study(path)
    assert list(study.contacts) == [*CONTACT_COLUMNS, "ventetid", "kommentar_1", "kommentar_2"]
    assert study.contacts["henvendelse"].tolist() == ["17", "18", "19"]
    assert study.contacts["dato"].tolist() == ["2020-12-24", "2021-01-05", "2021-01-06"]
    assert study.contacts["totalscore"].tolist() == [86.7, 61.5, 0.0]
    assert study.contacts["besvart"].tolist() == ["ja", "ja", "nei"]
    assert study.contacts["shopper"].nunique() == 2 and set(study.contacts["shopper"]) == {"s001", "s002"}
    assert study.questions == ("ventetid",) and study.contacts["ventetid"].isna().tolist() == [
        False,
        False,
        True,
    ]
    assert study.contacts["kommentar_2"].tolist() == ["Kø", None, None]
    assert (study.source, study.score_range, len(study.rejected)) == ("studie.csv", (0.0, 100.0), 0)
    assert study.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "Kari" not in study.contacts.to_csv()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_csv_reads_the_same(
    write: Writer, study_text: str, expected: pd.DataFrame, encoding: str, separator: str, end: str
) -> None:
    lines = [[f'"{c}"' if separator in c else c for c in line.split(";")] for line in study_text.splitlines()]
    path = write(end.join(map(separator.join, lines)) + end, encoding=encoding)
    assert _plain(read_study(path)).equals(expected)


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "jsonl"])
def test_other_files_read_the_same(
    tmp_path: Path, study_frame: pd.DataFrame, expected: pd.DataFrame, kind: str
) -> None:
    path = tmp_path / f"studie.{kind}"
    if kind == "xlsx":
        study_frame.to_excel(path, index=False)
    elif kind == "parquet":
        study_frame.to_parquet(path)
    else:
        study_frame.to_json(path, orient="records", lines=True, force_ascii=False, date_format="iso")
    assert _plain(read_study(path)).equals(expected)


def test_a_row_of_sums_is_set_aside(write: Writer, study_text: str) -> None:
    study = read_study(write(study_text + "Snitt:;;;;;;;49,4;3;;\n"))
    assert study.contacts["henvendelse"].tolist() == ["17", "18", "19"]
    assert study.rejected.values.tolist() == [[5, "henvendelse", "ser ut som en rad med sum eller snitt"]]


def test_headings_of_people(write: Writer) -> None:
    text = (
        "Henvendelses-ID;Bedrift;Bransje;Kanal;Kontrollør;Dato;Besvart;Totalscore (%);"
        "Hva var bra?;Hva kunne vært bedre?;Oppsummering\n"
        "A1;Bank Å;Bank;Tlf;Kari;24.12.20;x;86,7 %;Lyttet;Mer spørsmål;Fint\n"
    )
    study = read_study(write(text, encoding="cp1252"))
    row = study.contacts.iloc[0].tolist()
    assert row == [
        "A1",
        "Bank Å",
        "Bank",
        "telefon",
        "s001",
        "2020-12-24",
        "ja",
        86.7,
        "Lyttet",
        "Mer spørsmål",
        "Fint",
    ]
    assert not study.notes


def test_mapping_and_mapping_file(write: Writer) -> None:
    study_path = write("nr,avis,kast,anmeldelse\n1,vg,5,God bok\n2,bt,2,Kjedelig\n")
    file = write('henvendelse = "nr"\ntotalscore = "avis"\nkommentar_1 = "anmeldelse"\n', "kolonner.toml")
    study = read_study(study_path, {"totalscore": "kast"}, (1, 6), mapping_file=file)
    assert study.contacts["totalscore"].tolist() == [5.0, 2.0] and study.score_range == (1.0, 6.0)
    assert study.notes == ("Kolonnen «avis» er ikke tall og er ikke brukt.",)


def test_only_an_id_and_a_comment_are_required(write: Writer) -> None:
    study = read_study(write("id,tekst\n1,Bra\n2,\n"))
    assert study.contacts["besvart"].tolist() == ["ja", "nei"]
    assert (
        study.contacts[["kundesenter", "klasse", "kanal", "shopper", "dato", "totalscore"]]
        .isna()
        .all(axis=None)
    )
    assert len(study.comments) == 2


def test_a_half_finished_study_is_read(write: Writer) -> None:
    text = "id;totalscore;ventetid;tekst;\n1;80;;Bra;\n2;;;;\n3;;4;;\n;;;;\n"
    study = read_study(write(text))
    assert len(study.contacts) == 3 and study.contacts["totalscore"].notna().tolist() == [True, False, False]
    assert study.questions == ("ventetid",) and study.rejected.empty


def test_bad_rows_are_set_aside_and_the_rest_goes_on(write: Writer) -> None:
    bad = ["20;for;få", ROWS[0].replace("17", "21").replace("86,7", "abc"), ROWS[0].replace("17;", " ;", 1)]
    data = "\n".join([HEADINGS, ROWS[0], *bad, ROWS[1] + ";for mye", ROWS[2]]).encode()
    data += b"\n22;Str\xf8m;Energi;chat;K;06.01.2021;ja;50;1;Hemmelig;\n"
    study = read_study(write(data))
    assert study.contacts["henvendelse"].tolist() == ["17", "19"]
    assert list(study.rejected) == ["linje", "kolonne", "grunn"]
    assert study.rejected.values.tolist() == [
        [3, "", "for få felt: 3 i stedet for 11"],
        [4, "totalscore", "totalscore er ikke et tall"],
        [5, "henvendelse", "id mangler"],
        [6, "", "for mange felt: 12 i stedet for 11"],
        [8, "kundesenter", "linja kan ikke leses som UTF-8"],
    ]
    assert "Hemmelig" not in study.rejected.to_csv()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "kundesenter;tekst\nA;Bra\n",
            "studie.csv mangler kolonnen «henvendelse».*«kundesenter», «tekst».*--map",
        ),
        ("id;score\n1;80\n", "studie.csv mangler kolonnen «kommentar_1».*«id», «score».*--map"),
        (
            "id;tekst\n1;Bra\n2;Greit\n1 ;Igjen\n",
            "studie.csv: «1» står i kolonnen «id» både i linje 2 og i linje 4; gi hver",
        ),
        (
            "id;Poeng;tekst\n1;80;Bra\n2;130,5;Bra\n3;140;Bra\n",
            "studie.csv, linje 3: 130,5 i kolonnen «Poeng» er utenfor skalaen 0–100; rett.*--score-range 1-6",
        ),
        ("id;score;tekst\n1;-1;Bra\n", "linje 2: −1 i kolonnen «score»"),
        ("id;kommentar_1;kommentar_2\n1; ;\n2;;\n", "ingen kommentarer: «kommentar_1», «kommentar_2» er tom"),
        ("id;tekst\n", "studie.csv har overskrifter, men ingen rader"),
        (
            "id;tekst\n1;Bra;mer\n",
            "ingen rader som kan brukes; rett dem, den første er linje 2: for mange felt",
        ),
        (
            "id;score;tekst\n1;høy;Bra\n2;lav;Bra\n3;3;Bra\n",
            "«score» har mest tekst som ikke er tall.*--map totalscore=",
        ),
        ("", "studie.csv er tom"),
    ],
)
def test_faults_that_stop(write: Writer, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_study(write(text))
    assert "\n" not in str(caught.value) and str(caught.value).endswith(".")


def test_faults_in_excel_name_the_row(tmp_path: Path) -> None:
    path = tmp_path / "studie.xlsx"
    pd.DataFrame({"id": [1, 2, 1], "tekst": ["Bra", "Ok", "Bra"]}).to_excel(path, index=False)
    with pytest.raises(InputError, match="både i rad 2 og i rad 4"):
        read_study(path)


def test_an_unreadable_date_keeps_its_row_and_is_told(write: Writer) -> None:
    study = read_study(write("id;dato;besvart;tekst\n1;24.12.2020;ja;Bra\n2;i går;kanskje;Ok\n"))
    assert study.contacts["dato"].isna().tolist() == [False, True] and study.rejected.empty
    assert study.notes == (
        "1 av cellene i «dato» kan ikke leses som dato og regnes som manglende (første: linje 3).",
        "1 av cellene i «besvart» er verken ja eller nei og regnes som manglende (første: linje 3).",
    )


def test_emoji_and_control_characters(write: Writer) -> None:
    long = "Hun hørte etter. " * 2000
    study = read_study(write(f'id;tekst\n1;"Bra 😊\0\x07\r\n=cmd()"\n2;{long}\n3;<script>\n'))
    assert study.contacts["kommentar_1"].tolist() == ["Bra 😊\n=cmd()", long, "<script>"]


def test_spare_and_unnamed_columns_are_no_questions(write: Writer) -> None:
    study = read_study(write("Unnamed: 0,,ID,henvendelse,tekst,løsning\n0,5,9,A,Bra,4\n"))
    assert study.questions == ("spm_løsning",) and study.contacts["henvendelse"].tolist() == ["A"]
    assert study.notes[-1] == "Kolonnen «ID» er ikke brukt; en annen passer bedre."


def test_row_order_changes_nothing_but_the_order(
    write: Writer, study_text: str, expected: pd.DataFrame
) -> None:
    head, *rows = study_text.splitlines()
    turned = _plain(read_study(write("\n".join([head, *rows[::-1]]))))
    assert turned.iloc[::-1].reset_index(drop=True).equals(expected)


def test_twenty_thousand_rows_within_four_seconds(write: Writer) -> None:
    rows = [
        f"{n};Senter {n % 132};S{n % 98};24.12.2020;{n % 100},5;{n % 5};Hun hørte etter, nr. {n}."
        for n in range(20_000)
    ]
    path = write("\n".join(["id;senter;shopper;dato;score;ventetid;tekst", *rows]), encoding="cp1252")
    start = time.perf_counter()
    assert len(read_study(path).contacts) == 20_000
    assert time.perf_counter() - start < 4
