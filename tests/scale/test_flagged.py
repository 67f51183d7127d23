"""Comments in other languages: told of beside the result, whole and once, whatever stopped the job."""

from dataclasses import replace

import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.scale import job, tag_files
from textinnsikt.scale.folder import PARTS

from .conftest import SMALL


def _abroad(tmp_path):
    path = tmp_path / "inn.csv"
    texts = ["Hun var veldig hyggelig", "The agent was very friendly", "", "Hon svarade inte på min fråga"] * 3
    pd.DataFrame({"id": range(12), "kommentar_1": "Fikk god hjelp", "kommentar_2": texts}).to_csv(path, index=False)
    return path


def test_comments_in_other_languages_are_told_of(stand_in, tmp_path):
    path, small = _abroad(tmp_path), replace(SMALL, part_rows=5)
    summary = tag_files([path], tmp_path / "ut.csv", small)
    flagged = pd.read_csv(tmp_path / "ut.csv.flagget.csv")
    expected = [[row, 2, f"annet språk: {'en' if row % 2 and row // 2 % 2 == 0 else 'sv'}"] for row in range(1, 12, 2)]
    assert flagged.columns.tolist() == ["henvendelse", "kommentar_nr", "grunn"]
    assert flagged.values.tolist() == expected and summary.foreign == 6
    assert pd.read_csv(tmp_path / "ut.csv").loc[3, "lytting"] in {"ingen", "positiv", "negativ", "blandet"}
    tag_files([path], tmp_path / "ut.parquet", replace(SMALL, part_rows=100))
    assert (tmp_path / "ut.parquet.flagget.csv").read_bytes() == (tmp_path / "ut.csv.flagget.csv").read_bytes()
    assert not (tmp_path / PARTS).exists()


def test_a_lost_list_of_flagged_comments_is_made_again(stand_in, tmp_path, monkeypatch):
    path, small = _abroad(tmp_path), replace(SMALL, part_rows=5)
    tag_files([path], tmp_path / "hel.csv", small)
    with monkeypatch.context() as patch:
        patch.setattr(job, "join_parts", _stop)
        with pytest.raises(KeyboardInterrupt):
            tag_files([path], tmp_path / "ut.csv", small)
    (tmp_path / PARTS / "ut.csv" / "flagget-000001.csv").unlink()
    summary = tag_files([path], tmp_path / "ut.csv", small)
    assert (summary.resumed, summary.foreign) == (2, 6)
    assert (tmp_path / "ut.csv.flagget.csv").read_bytes() == (tmp_path / "hel.csv.flagget.csv").read_bytes()


def _stop(*_):
    raise KeyboardInterrupt


def test_a_list_of_flagged_comments_belongs_to_its_result(stand_in, tmp_path):
    path, flagged = _abroad(tmp_path), tmp_path / "ut.csv.flagget.csv"
    flagged.write_text("en annens", encoding="utf-8")
    with pytest.raises(InputError, match=r"ut\.csv\.flagget\.csv finnes fra før.*--force"):
        tag_files([path], tmp_path / "ut.csv", SMALL)
    assert flagged.read_text(encoding="utf-8") == "en annens" and not (tmp_path / "ut.csv").exists()
    tag_files([path], tmp_path / "ut.csv", replace(SMALL, force=True))
    assert len(pd.read_csv(flagged)) == 6
    path.write_text("id;tekst\n1;Hun var veldig hyggelig\n", encoding="utf-8")
    tag_files([path], tmp_path / "ut.csv", replace(SMALL, force=True))
    assert not flagged.exists() and len(pd.read_csv(tmp_path / "ut.csv")) == 1
