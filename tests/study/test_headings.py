from pathlib import Path

import pytest

from textinnsikt.errors import InputError
from textinnsikt.study.headings import lay_out, read_mapping, speaks_of_comment

FILE = "studie.csv"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Henvendelse-ID", "henvendelse"),
        ("Henvendelsesnr", "henvendelse"),
        ("Henvendelsesnr.", "henvendelse"),
        ("ID", "henvendelse"),
        (" HENVENDELSE ", "henvendelse"),
        ("Kundesenter", "kundesenter"),
        ("Bedrift", "kundesenter"),
        ("Senter", "kundesenter"),
        ("Bransje", "klasse"),
        ("Klasse", "klasse"),
        ("Kanal", "kanal"),
        ("Shopper", "shopper"),
        ("Kontrollør", "shopper"),
        ("kontrollor", "shopper"),
        ("Kontrolloer", "shopper"),
        ("Dato", "dato"),
        ("Besvart", "besvart"),
        ("Besvart?", "besvart"),
        ("Ble henvendelsen besvart?", "besvart"),
        ("Total score", "totalscore"),
        ("Totalscore (%)", "totalscore"),
        ("TOTAL_SCORE", "totalscore"),
        ("Score (1-6)", "totalscore"),
        ("Poeng", "totalscore"),
        ("Kommentar 2", "kommentar_2"),
        ("Kommentar2", "kommentar_2"),
        ("kommentar (2)", "kommentar_2"),
        ("Kommentar nr. 2", "kommentar_2"),
        ("2. kommentar", "kommentar_2"),
        ("Kommentar 2: Hva kunne vært bedre?", "kommentar_2"),
    ],
)
def test_heading_is_recognised(heading: str, name: str) -> None:
    others = {"henvendelse": "x1", "kommentar_1": "x2"}
    headings = [heading, *(other for canonical, other in others.items() if canonical != name)]
    mapping = {canonical: other for canonical, other in others.items() if canonical != name}
    assert lay_out(headings, mapping, FILE).columns[name] == 0


def test_prompts_are_comments_in_file_order() -> None:
    headings = ["id", "Hva var bra?", "Hva kunne vært bedre?", "Ventetid", "Oppsummering"]
    columns = lay_out(headings, {}, FILE).columns
    assert [columns[f"kommentar_{n}"] for n in (1, 2, 3)] == [1, 2, 4]


def test_prompts_take_the_numbers_that_are_free() -> None:
    columns = lay_out(["id", "Oppsummering", "Kommentar 1", "Kommentar 2"], {}, FILE).columns
    assert columns == {"henvendelse": 0, "kommentar_3": 1, "kommentar_1": 2, "kommentar_2": 3}


def test_a_prompt_with_numbers_under_it_is_no_comment() -> None:
    layout = lay_out(["id", "Oppsummering", "Hva var bra?"], {}, FILE, is_text=lambda place: place != 1)
    assert layout.columns == {"henvendelse": 0, "kommentar_1": 2} and not layout.spare


@pytest.mark.parametrize("heading", ["tekst", "Tekst", "Kommentar", "Fritekst"])
def test_a_bare_text_column_is_the_first_comment(heading: str) -> None:
    assert lay_out(["id", heading], {}, FILE).columns["kommentar_1"] == 1


def test_a_bare_text_column_gives_way_to_comments() -> None:
    assert lay_out(["id", "tekst", "Kommentar 1"], {}, FILE).columns == {"henvendelse": 0, "kommentar_1": 2}


def test_columns_that_are_all_called_comment_are_numbered() -> None:
    columns = lay_out(["id", "Kommentar", "Kommentar"], {}, FILE).columns
    assert columns == {"henvendelse": 0, "kommentar_1": 1, "kommentar_2": 2}


def test_the_exact_heading_wins_and_the_other_is_spare() -> None:
    layout = lay_out(["ID", "henvendelse", "Poeng", "Total Score", "tekst"], {}, FILE)
    assert layout.columns == {"henvendelse": 1, "totalscore": 3, "kommentar_1": 4}
    assert layout.spare == {0, 2}


def test_two_headings_that_fit_alike_ask_for_a_mapping() -> None:
    with pytest.raises(InputError) as caught:
        lay_out(["id", "Poeng", "Score", "tekst"], {}, FILE)
    assert str(caught.value) == (
        "studie.csv: flere overskrifter kan være «totalscore» («Poeng», «Score»); "
        'velg én med --map totalscore="Poeng".'
    )
    assert (
        lay_out(["id", "Poeng", "Score", "tekst"], {"totalscore": "Score"}, FILE).columns["totalscore"] == 2
    )


def test_a_mapping_goes_before_everything() -> None:
    layout = lay_out(
        ["henvendelse", "totalscore", "Terningkast", "tekst"], {"totalscore": "terningkast"}, FILE
    )
    assert layout.columns["totalscore"] == 2 and layout.spare == {1}


def test_a_mapped_heading_is_not_used_again() -> None:
    columns = lay_out(["id", "Kanal", "tekst"], {"klasse": "Kanal"}, FILE).columns
    assert columns == {"henvendelse": 0, "klasse": 1, "kommentar_1": 2}


@pytest.mark.parametrize(
    ("headings", "mapping", "message"),
    [
        (["id", "tekst"], {"totalscore": "Karakter"}, "ingen overskrift «Karakter».*«id», «tekst»"),
        (
            ["id", "tekst"],
            {"poengsum": "id"},
            "«poengsum» i --map er ingen kolonne.*henvendelse, kundesenter.*kommentar_1",
        ),
        (["id", "A", "A", "tekst"], {"klasse": "A"}, "flere overskrifter «A»"),
        (["nr", "tekst"], {}, "mangler kolonnen «henvendelse».*«nr», «tekst».*--map henvendelse="),
        (["id", "merknad"], {}, "mangler kolonnen «kommentar_1».*«id», «merknad».*--map kommentar_1="),
        ([], {}, "mangler kolonnen «henvendelse»"),
    ],
)
def test_what_cannot_be_followed_is_told(headings: list[str], mapping: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        lay_out(headings, mapping, FILE)


def test_speaks_of_comment() -> None:
    assert speaks_of_comment("3. kommentar") and not speaks_of_comment("kommentar_nr")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"totalscore = ", "ikke gyldig TOML"),
        (b"totalscore = 5", "skriv «totalscore» som totalscore ="),
        (b'totalscore = "P\xe5"', "ikke gyldig TOML i UTF-8"),
    ],
)
def test_a_faulty_mapping_file_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "kolonner.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_mapping(path)


def test_a_mapping_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Finner ikke kolonnefila borte.toml"):
        read_mapping(tmp_path / "borte.toml")
