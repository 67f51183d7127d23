import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from textinnsikt.errors import InputError
from textinnsikt.study import Study, TaggedStudy, read_study, read_tagged, write_rejected, write_tagged

from .conftest import Writer

THEMES = ("lytting", "løsning")


@pytest.fixture
def tagged(write: Writer, study_text: str) -> TaggedStudy:
    text = study_text.replace("Kø", '" «NA», ""sa"" han;\nog 😊 =cmd()"').replace("17;", "0017;")
    study = read_study(write(text))
    comments = study.comments
    has_text = comments["tekst"].notna()
    for theme in THEMES:
        comments[theme] = pd.Series(["positiv", "ingen", "negativ", "blandet", "ingen", "ingen"]).where(
            has_text
        )
        comments[f"{theme}_p_positiv"] = pd.Series(np.linspace(0.00001, 0.98765, 6)).where(has_text)
        comments[f"{theme}_p_negativ"] = pd.Series(np.linspace(1, 0, 6)).where(has_text)
        comments[f"{theme}_setning"] = comments["tekst"]
    comments["modell"], comments["modell_hash"] = "innebygd", "0012"
    return TaggedStudy(comments, THEMES, study.questions, study.source, study.sha256)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), None)


@pytest.mark.parametrize("kept", ["kommentarer.csv", "kommentarer.parquet", ""])
def test_round_trip(tagged: TaggedStudy, tmp_path: Path, kept: str) -> None:
    write_tagged(tagged, tmp_path)
    back = read_tagged(tmp_path / kept)
    expected = tagged.comments.copy()
    for column in (f"{theme}_p_{mention}" for theme in THEMES for mention in ("positiv", "negativ")):
        expected[column] = expected[column].round(4)
    pd.testing.assert_frame_equal(_plain(back.comments), _plain(expected))
    assert (back.themes, back.questions) == (THEMES, ("ventetid",))
    assert back.comments["kommentar_nr"].dtype == "int64" and back.comments["totalscore"].dtype == "float64"
    pd.testing.assert_frame_equal(_plain(back.contacts), _plain(tagged.contacts))


def test_a_second_round_writes_the_same_bytes(tagged: TaggedStudy, tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    write_tagged(tagged, first)
    write_tagged(read_tagged(first / "kommentarer.parquet"), second)
    write_tagged(read_tagged(first), first)
    assert (first / "kommentarer.csv").read_bytes() == (second / "kommentarer.csv").read_bytes()


def test_the_csv_is_as_the_contract_says(tagged: TaggedStudy, tmp_path: Path) -> None:
    turned = TaggedStudy(tagged.comments[tagged.comments.columns[::-1]], THEMES, tagged.questions)
    write_tagged(turned, tmp_path)
    data = (tmp_path / "kommentarer.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
    head, first = data.decode().splitlines()[:2]
    assert head == (
        "henvendelse,kommentar_nr,kundesenter,klasse,kanal,shopper,dato,besvart,totalscore,ventetid,tekst,"
        "lytting,lytting_p_positiv,lytting_p_negativ,lytting_setning,"
        "løsning,løsning_p_positiv,løsning_p_negativ,løsning_setning,modell,modell_hash"
    )
    assert (
        first.startswith("0017,1,Bank Ådal,Bank,telefon,s00") and ",2020-12-24,ja,86.7,4.0,Hun hørte" in first
    )
    assert ",positiv,0.0000,1.0000,Hun hørte" in first
    last = data.decode().splitlines()[-1].split(",")
    assert last[10:19] == [""] * 9
    typed = pd.read_parquet(tmp_path / "kommentarer.parquet")
    assert list(typed) == head.split(",") and typed["lytting_p_positiv"].dtype == "float64"


def test_further_columns_are_kept(tagged: TaggedStudy, tmp_path: Path) -> None:
    write_tagged(TaggedStudy(tagged.comments.assign(språk="nb"), THEMES, tagged.questions), tmp_path)
    assert read_tagged(tmp_path).comments["språk"].tolist() == ["nb"] * 6


def test_a_csv_that_norwegian_excel_saved_reads_the_same(tagged: TaggedStudy, tmp_path: Path) -> None:
    write_tagged(tagged, tmp_path)
    before = read_tagged(tmp_path)
    path = tmp_path / "kommentarer.csv"
    frame = pd.read_csv(
        path, dtype={"henvendelse": str, "modell_hash": str}, keep_default_na=False, na_values=[""]
    )
    frame.to_csv(path, sep=";", decimal=",", index=False, encoding="utf-8-sig")
    pd.testing.assert_frame_equal(read_tagged(path).comments, before.comments)


def test_facts_come_from_the_run(tagged: TaggedStudy, tmp_path: Path) -> None:
    write_tagged(tagged, tmp_path)
    assert read_tagged(tmp_path).score_range == (0.0, 100.0)
    facts = {"studie": {"fil": "s.csv", "sha256": "ab", "score_range": [1, 6], "avvist": 3}, "frø": 1}
    (tmp_path / "kjoring.json").write_text(json.dumps(facts), encoding="utf-8")
    back = read_tagged(tmp_path)
    assert (back.source, back.sha256, back.score_range, back.n_rejected) == ("s.csv", "ab", (1.0, 6.0), 3)
    (tmp_path / "kjoring.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="kjoring.json er ødelagt"):
        read_tagged(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",tekst,", ",tekts,", "kommentarer.csv mangler kolonnen «tekst»"),
        ("_p_positiv", "_p_pos", "kommentarer.csv mangler temakolonner"),
        (
            ",positiv,",
            ",bra,",
            "kommentarer.csv, linje 2: cella i kolonnen «lytting» må være ingen, positiv, negativ",
        ),
        ("0017,1,", "0017,en,", "linje 2: cella i kolonnen «kommentar_nr» er ikke et tall"),
        ("0017,1,", "0017,,", "linje 2: cella i kolonnen «kommentar_nr» er ikke et tall"),
        ("0017,1,", ",1,", "linje 2: cella i kolonnen «henvendelse» er tom"),
        ("0017,1,", "0017,1,0,", "linje 2: for mange felt"),
    ],
)
def test_a_damaged_file_is_told(
    tagged: TaggedStudy, tmp_path: Path, old: str, new: str, message: str
) -> None:
    write_tagged(tagged, tmp_path)
    path = tmp_path / "kommentarer.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_tagged(path)


def test_a_folder_without_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="har ingen kommentarer.csv; kjør «textinnsikt tag» først"):
        read_tagged(tmp_path)


def test_write_rejected(write: Writer, tmp_path: Path) -> None:
    study: Study = read_study(write("id;score;tekst\n1;80;Bra\n2;mye;Hemmelig\n3;70;Ok\n4\n"))
    write_rejected(study, tmp_path / "avvist.csv")
    assert (tmp_path / "avvist.csv").read_bytes().decode() == (
        "linje,kolonne,grunn\n3,score,totalscore er ikke et tall\n5,,for få felt: 1 i stedet for 3\n"
    )
