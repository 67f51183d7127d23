import pandas as pd
import pytest

from textinnsikt.study.questions import RESERVED, read_questions
from textinnsikt.themes.codebook import Codebook


def _questions(**columns: list[str | None]) -> tuple[pd.DataFrame, list[str]]:
    frame = pd.DataFrame(columns, dtype=object)
    return read_questions(frame.set_axis(range(frame.shape[1]), axis=1), list(columns))


def test_numbers_and_answers_become_questions() -> None:
    questions, notes = _questions(
        ventetid=["4,5", None, "vet ikke"], takket=["Ja", "nei", "JA"], farge=["rød", "blå", None]
    )
    assert questions["takket"].tolist() == [1.0, 0.0, 1.0]
    assert questions["ventetid"].isna().tolist() == [False, True, True]
    assert list(questions) == ["ventetid", "takket"] and notes == [
        "Kolonnen «farge» er ikke tall og er ikke brukt."
    ]


def test_a_column_without_answers_is_no_question() -> None:
    questions, notes = _questions(tom=[None, "vet ikke"], ventetid=["1", "2"])
    assert list(questions) == ["ventetid"] and not notes


def test_a_few_words_among_numbers_are_missing_and_told() -> None:
    questions, notes = _questions(mottak=["4"] * 19 + ["fin"])
    assert questions["mottak"].isna().sum() == 1
    assert notes == ["Kolonnen «mottak»: 1 svar er ikke tall og regnes som manglende."]


@pytest.mark.parametrize("value", ["22334455", "4712345678", "12345678901"])
def test_telephone_and_identity_numbers_are_no_questions(value: str) -> None:
    questions, notes = _questions(mobil=[value, "5"])
    assert questions.empty and "åtte sifre" in notes[0]


@pytest.mark.parametrize("name", [*sorted(RESERVED), "Løsning", "lytting_p_positiv", "lytting_setning"])
def test_reserved_names_get_a_prefix(name: str) -> None:
    questions, notes = _questions(**{name: ["1", "2"]})
    assert list(questions) == [f"spm_{name}"]
    assert notes == [f"Spørsmålet «{name}» heter «spm_{name}» i resultatene."]


def test_themes_of_the_codebook_are_reserved() -> None:
    assert set(Codebook.load().keys) <= RESERVED


def test_names_stay_different() -> None:
    cells = pd.DataFrame([["1", "2", "3", "4"]], dtype=object)
    questions, _ = read_questions(cells, ["Svar", "svar", "løsning", "spm_løsning"])
    assert list(questions) == ["Svar", "svar_2", "spm_løsning", "spm_løsning_2"]


def test_a_column_of_long_texts_is_told_how_to_be_a_comment() -> None:
    cells = pd.DataFrame([["De tok telefonen med en gang og var blide.", "rød"]] * 2, dtype=object)
    _, notes = read_questions(cells, ["Ellers", "Farge"], n_comments=2)
    assert notes[0].endswith('--map kommentar_3="Ellers".') and "--map" not in notes[1]
