"""Tagging comments that have neither score nor centre."""

import sys
from importlib.resources import files

import pandas as pd
import pytest

from tests.scale.stand_in import install
from textinnsikt import InputError
from textinnsikt.cli.main import main
from textinnsikt.cli.tag import _TagProgress, tag_file
from textinnsikt.themes import Codebook
from textinnsikt.themes.facts import TRUST

TEXTS = ["Måtte forklare det samme tre ganger.", "", "Kari på telefon 91 23 45 67 ordna alt."]


@pytest.mark.parametrize("name", ["inn.csv", "inn.xlsx", "inn.parquet", "inn.jsonl"])
def test_comments_alone_are_tagged(tmp_path, name):
    frame = pd.DataFrame({"henvendelse": ["a", "b", "c"], "tekst": TEXTS})
    path = tmp_path / name
    if name.endswith("csv"):
        frame.to_csv(path, index=False, encoding="utf-8")
    elif name.endswith("xlsx"):
        frame.to_excel(path, index=False)
    elif name.endswith("parquet"):
        frame.to_parquet(path)
    else:
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    tag_file(path, tmp_path / "ut.csv")
    out = pd.read_csv(tmp_path / "ut.csv")
    assert out["henvendelse"].tolist() == ["a", "b", "c"]
    assert out.loc[0, "lytting"] == "negativ"
    assert out.loc[1, ["tekst", "lytting"]].isna().all()
    assert "Kari" not in out.loc[2, "tekst"] and "91 23" not in out.loc[2, "tekst"]


def test_csv_and_parquet_hold_the_same(tmp_path):
    path = tmp_path / "inn.csv"
    pd.DataFrame({"id": range(3), "kommentar_1": TEXTS, "kommentar_2": TEXTS[::-1]}).to_csv(path, index=False)
    tag_file(path, tmp_path / "ut.csv")
    tag_file(path, tmp_path / "ut.parquet")
    one, two = pd.read_csv(tmp_path / "ut.csv"), pd.read_parquet(tmp_path / "ut.parquet")
    assert len(one) == 6
    assert one["lytting"].fillna("").tolist() == two["lytting"].fillna("").tolist()
    assert one["løsning_p_positiv"].fillna(-1).tolist() == two["løsning_p_positiv"].fillna(-1).tolist()


def test_comments_in_other_languages_are_told_of(tmp_path, capsys):
    path = tmp_path / "inn.csv"
    texts = ["The agent was very friendly and helpful", "Hun var veldig hyggelig"]
    pd.DataFrame({"id": [1, 2], "tekst": texts}).to_csv(path, index=False)
    assert main(["tag", str(path), "-o", str(tmp_path / "ut.csv")]) == 0
    assert "1 kommentar er på et annet språk enn norsk; se ut.csv.flagget.csv." in capsys.readouterr().out
    assert pd.read_csv(tmp_path / "ut.csv.flagget.csv").values.tolist() == [[1, 1, "annet språk: en"]]
    assert main(["tag", str(path), "-o", "-"]) == 0
    assert "1 kommentar er på et annet språk enn norsk." in capsys.readouterr().err


def test_the_result_is_not_overwritten(tmp_path):
    path = tmp_path / "inn.csv"
    pd.DataFrame({"id": [1], "tekst": ["Hei."]}).to_csv(path, index=False)
    (tmp_path / "ut.csv").write_text("mitt", encoding="utf-8")
    with pytest.raises(InputError, match="--force"):
        tag_file(path, tmp_path / "ut.csv")
    assert (tmp_path / "ut.csv").read_text(encoding="utf-8") == "mitt"
    with pytest.raises(InputError, match=r"\.csv eller \.parquet"):
        tag_file(path, tmp_path / "ut.docx")


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_standard_output_in_every_format(tmp_path, monkeypatch, capfdbinary, ending):
    install(monkeypatch.setattr)
    path = tmp_path / "inn.csv"
    pd.DataFrame({"id": range(3), "tekst": TEXTS}).to_csv(path, index=False, encoding="utf-8")
    assert main(["tag", str(path), "-o", str(tmp_path / f"ut{ending}")]) == 0
    sys.stdout.flush()
    capfdbinary.readouterr()
    assert main(["tag", str(path), "-o", f"-{ending}"]) == 0
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == (tmp_path / f"ut{ending}").read_bytes()


@pytest.mark.parametrize("command", ["tag", "run", "evaluate"])
def test_the_flag_that_trusts_a_model_s_code_reaches_the_loading(tmp_path, monkeypatch, capsys, command):
    seen = []

    def load(folder, trust_remote_code):
        seen.append(trust_remote_code)
        raise InputError("nok")

    monkeypatch.setattr("textinnsikt.themes.storage._load_full", load)
    monkeypatch.setenv(TRUST, "0")
    model = tmp_path / "modell"
    model.mkdir()
    facts = (files("textinnsikt.themes") / "model" / "tagger.json").read_text(encoding="utf-8")
    (model / "tagger.json").write_text(facts.replace('"metode": "adapter"', '"metode": "full"'), encoding="utf-8")
    rows = {"id": range(3), "kundesenter": "A", "score": 50, "tekst": ["Hei.", "Hå.", "Nei."]}
    rows |= dict.fromkeys(Codebook.load().keys, "ingen")
    path = tmp_path / "inn.csv"
    pd.DataFrame(rows).to_csv(path, index=False, encoding="utf-8")
    output = {"tag": ["-o", str(tmp_path / "ut.csv")], "run": ["-o", str(tmp_path / "ut")], "evaluate": []}[command]
    for flags in ([], ["--trust-remote-code"]):
        assert main([command, str(path), *output, "--model", str(model), *flags]) == 2
        assert "nok" in capsys.readouterr().err
    assert seen == [False, True]


def test_the_rows_read_so_far_are_shown(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    progress = _TagProgress()
    with progress.stage("les", "Leser"):
        progress.read(16_384)
    assert "Leser: 16 384 rader" in capsys.readouterr().err
