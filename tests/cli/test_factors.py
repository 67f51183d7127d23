"""``textinnsikt factors`` on a study tagged by hand."""

import json

import numpy as np
import pandas as pd
import pytest

from textinnsikt.cli.main import main
from textinnsikt.study import TaggedStudy, write_tagged

THEMES = ("lytting", "løsning")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A study of 24 centres x 15 contacts with questions that add up to the score."""
    random = np.random.default_rng(0)
    n = 24 * 15
    heard, solved = random.random(n) < 0.5, random.random(n) < 0.6
    a = np.where(heard, 40, 25) + random.integers(0, 10, n)
    b = np.where(solved, 35, 20) + random.integers(0, 10, n)
    comments = pd.DataFrame(
        {
            "henvendelse": [f"h{i:03}" for i in range(n)],
            "kommentar_nr": 1,
            "kundesenter": [f"Senter {i // 15:02}" for i in range(n)],
            "klasse": [f"Klasse {i // 15 % 4}" for i in range(n)],
            "kanal": random.choice(["telefon", "chat"], n),
            "shopper": [f"s{(i * 7 + i // 15) % 40:02}" for i in range(n)],
            "dato": "2021-01-11",
            "besvart": "ja",
            "totalscore": (a + b).astype(float),
            "spm_a": a.astype(float),
            "spm_b": b.astype(float),
            "tekst": "Hun hørte etter.",
            "lytting": np.where(heard, "positiv", "ingen"),
            "løsning": np.where(solved, "positiv", "ingen"),
        }
    )
    for theme in THEMES:
        comments[[f"{theme}_p_positiv", f"{theme}_p_negativ", f"{theme}_setning"]] = [0.5, 0.5, None]
    place = tmp_path_factory.mktemp("merket")
    write_tagged(TaggedStudy(comments.assign(modell="m", modell_hash="x"), THEMES, ("spm_a", "spm_b")), place)
    (place / "poeng.toml").write_text('[spm_a]\npoeng = 50\ntema = "lytting"\n[spm_b]\npoeng = 50\n', encoding="utf-8")
    labels = comments.iloc[::2].assign(trekksannsynlighet=0.5)
    labels.to_csv(place / "merker.csv", index=False, encoding="utf-8")
    return place


def test_every_table_is_written(folder, tmp_path, capsys):
    out = tmp_path / "ut"
    arguments = ["--labels", str(folder / "merker.csv"), "--by", "klasse", "--half-width", "1"]
    assert main(["factors", str(folder), "-o", str(out), *arguments]) == 0
    names = "faktorer faktorgrunnlag forskjeller temaandeler merkefeil viktighet vinnere rangering forventninger"
    tables = {name: pd.read_csv(out / f"{name}.csv") for name in names.split()}
    assert list(tables["faktorer"]) == "tema omtale metode estimat nedre øvre n p q".split()
    for name in ("viktighet", "vinnere", "rangering", "forventninger"):
        assert {"estimat", "nedre", "øvre", "n"} <= set(tables[name]), name
    kept = json.loads((out / "faktorer.json").read_text(encoding="utf-8"))
    assert kept["faktorer"]["header"]["contacts"] == 360 and set(kept) > {"viktighet", "rangering"}
    printed = capsys.readouterr().out
    assert "konfidensintervall" in printed and "± 1 poeng" in printed
    assert not list(out.glob(".*"))


def test_same_bytes_again_and_nothing_overwritten(folder, tmp_path, capsys):
    out = tmp_path / "ut"
    assert main(["factors", str(folder), "-o", str(out)]) == 0
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert main(["factors", str(folder), "-o", str(out)]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["factors", str(folder), "-o", str(out), "--force"]) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first


def test_questions_are_left_out_of_the_score(folder, tmp_path, capsys):
    whole, rest = tmp_path / "hele", tmp_path / "uten"
    assert main(["factors", str(folder), "-o", str(whole)]) == 0
    arguments = ["--leave-out", "lytting", "--questions", str(folder / "poeng.toml")]
    assert main(["factors", str(folder), "-o", str(rest), *arguments]) == 0
    assert "Scoren er regnet uten «spm_a» (50 % av poengene)." in capsys.readouterr().out
    key = "tema == 'lytting' and omtale == 'positiv' and metode == 'innen_direkte'"
    full, left = (pd.read_csv(place / "faktorer.csv").query(key)["estimat"].item() for place in (whole, rest))
    assert full > 10 and abs(left) < 3


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["--leave-out", "spm_a"], "--leave-out trenger poengene"),
        (["--questions", "poeng.toml"], "--questions brukes bare sammen med --leave-out"),
        (["--half-width", "2"], "--half-width trenger merkede henvendelser"),
        (["--score-range", "1-6"], "scorene går fra"),
        (["--labels", "borte.csv"], "borte.csv"),
    ],
)
def test_faults_are_one_sentence(folder, tmp_path, capsys, arguments, sentence):
    assert main(["factors", str(folder), "-o", str(tmp_path / "ut"), *arguments]) == 2
    error = capsys.readouterr().err
    assert sentence in error and error.count("\n") == 1
    assert not (tmp_path / "ut" / "faktorer.csv").exists()


def test_what_holds_for_several_mentions_is_said_once():
    from textinnsikt.cli.factors import _gathered

    said = _gathered(["«a» bæres av få (3).", "Helt alene.", "«b» bæres av få (4).", "«c» er sjelden (n = 2)."])
    assert said == ["«a» og «b» bæres av få.", "Helt alene.", "«c» er sjelden (n = 2)."]
