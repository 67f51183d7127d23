"""Measuring the shipped tagger on a small file."""

import json

import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.cli.evaluate import evaluate_file
from textinnsikt.cli.main import main
from textinnsikt.themes import Codebook

TEXTS = {
    "Jeg måtte forklare det samme tre ganger.": ("lytting", "negativ"),
    "Spurte hvor mange vi er i familien.": ("behovskartlegging", "positiv"),
    "Problemet ble ordnet mens jeg var på tråden.": ("løsning", "positiv"),
    "Ventet i førti minutter i kø.": (None, "ingen"),
}


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    rows = []
    for part in ("trening", "test"):
        for number, (text, (theme, value)) in enumerate(list(TEXTS.items()) * 3):
            row = dict.fromkeys(Codebook.load().keys, "ingen") | ({theme: value} if theme else {})
            rows.append({"id": f"{part}-{number}", "tekst": text, "del": part, "kanal": "telefon", **row})
    path = tmp_path_factory.mktemp("merket") / "merket.csv"
    pd.DataFrame(rows).to_csv(path, index=False, encoding="utf-8")
    return path


def test_the_test_part_is_measured_with_the_word_model_beside(labelled):
    found = evaluate_file(labelled)
    assert found.evaluation.n == 12 and found.facts["del"] == "test"
    assert found.baseline is not None and found.baseline.n == 12
    lines = "\n".join(found.lines())
    assert "tf-idf" in lines and "Kalibreringsfeil: 0," in lines and "Forvekslinger for løsning" in lines
    assert evaluate_file(labelled, part="alle").evaluation.n == 24


def test_json_has_the_two_macro_figures_on_top(labelled, tmp_path, capsys):
    assert main(["evaluate", str(labelled), "--json", str(tmp_path / "ut" / "tall.json")]) == 0
    found = json.loads((tmp_path / "ut" / "tall.json").read_text(encoding="utf-8"))
    rows = {row["utfall"]: row["f1"] for row in found["rader"]}
    assert found["makro_f1"] == rows["makro_f1"] and found["makro_f1_omtale"] == rows["makro_f1_omtale"]
    assert {"forvirring", "verdier", "pålitelighet", "grupper", "feil", "grunnlinje"} <= set(found)
    assert "makro_f1_omtale" in capsys.readouterr().out


def test_a_part_that_is_not_there_is_named(labelled):
    with pytest.raises(InputError, match="validering"):
        evaluate_file(labelled, part="validering")
