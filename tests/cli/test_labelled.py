import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.cli.labelled import cut_parts, read_masked
from textinnsikt.themes import Codebook

BOOK = Codebook.from_dict({"tema": {"lytting": {}}})


def _frame(n=200, **columns):
    return pd.DataFrame({"tekst": [f"kommentar {i}" for i in range(n)], "lytting": "ingen", **columns})


def test_named_parts_are_kept_apart():
    frame = _frame(6, **{"del": ["trening", "trening", "validering", "test", "test", "test"]})
    parts = cut_parts(frame, None, 0)
    assert (len(parts.training), len(parts.validation), len(parts.test)) == (2, 1, 3)


def test_a_contact_is_never_split_and_the_order_of_rows_does_not_matter():
    frame = _frame(henvendelse=[str(i // 3) for i in range(200)])
    parts = cut_parts(frame, None, 1)
    assert not set(parts.training["henvendelse"]) & set(parts.validation["henvendelse"])
    assert 28 <= len(parts.validation) <= 33
    turned = cut_parts(frame[::-1], None, 1)
    assert set(turned.validation["tekst"]) == set(parts.validation["tekst"])


def test_few_comments_are_all_for_training():
    parts = cut_parts(_frame(40), None, 0)
    assert len(parts.training) == 40 and parts.validation.empty


def test_texts_are_masked_as_before_tagging(tmp_path):
    path = tmp_path / "merket.csv"
    path.write_text("tekst,lytting\nRing meg på 91 23 45 67.,ingen\n", encoding="utf-8")
    assert "[telefon]" in read_masked(path, BOOK).at[0, "tekst"]


def test_an_unknown_part_is_named(tmp_path):
    path = tmp_path / "merket.csv"
    path.write_text("tekst,lytting,del\nHei.,ingen,trenning\n", encoding="utf-8")
    with pytest.raises(InputError, match="kommentar 1: «trenning»"):
        read_masked(path, BOOK)


def test_what_is_judged_on_is_not_trained_on():
    frame = _frame(6, **{"del": ["trening", "trening", "trening", "validering", "test", "test"]})
    frame.loc[[0, 1], "tekst"] = frame.loc[[3, 4], "tekst"].to_list()
    parts = cut_parts(frame, None, 0)
    assert parts.n_repeated == 2 and parts.training["tekst"].tolist() == ["kommentar 2"]
    with pytest.raises(InputError, match="Alle kommentarene"):
        cut_parts(_frame(3), _frame(3), 0)


@pytest.mark.parametrize("column", ["henvendelse", "stemme"])
def test_blank_cells_are_no_group(column):
    named = [f"navn {i}" for i in range(10)]
    parts = cut_parts(_frame(**{column: named + [""] * 190}), None, 0)
    assert 25 <= len(parts.validation) <= 35


def test_one_text_in_most_rows_is_not_held_out_with_all_its_rows():
    frame = _frame()
    frame.loc[:150, "tekst"] = "Nei."
    for seed in range(5):
        assert len(cut_parts(frame, None, seed).training) >= 140


def test_short_answers_that_many_give_stay_in_training():
    frame = _frame(henvendelse=[str(i) for i in range(200)])
    frame.loc[:60, "tekst"] = "Nei."
    parts = cut_parts(frame, None, 0)
    assert (parts.training["tekst"] == "Nei.").sum() > 40 and "Nei." not in set(parts.validation["tekst"])
    assert len(parts.validation) > 10 and parts.n_repeated == 0
