"""The main job, from a study file to the folder with everything."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.cli import run as run_module
from textinnsikt.cli.main import main
from textinnsikt.cli.output import PARTS
from textinnsikt.cli.run import run_study
from textinnsikt.study import read_tagged

#: The small study has too few centres in its classes to compare winners.
ALWAYS = set(run_module.FILES) - {"avvist.csv", "flagget.csv", "vinnere.csv"}
FINDINGS = ("kommentarer.csv", "setninger.csv", "klynger.csv", "faktorer.csv")


def _bytes(folder, names=FINDINGS):
    return {name: (folder / name).read_bytes() for name in names}


def test_every_file_is_there_and_nothing_half_made(small_run):
    folder, lines = small_run
    assert ALWAYS <= {p.name for p in folder.iterdir()}
    assert not (folder / PARTS).exists()
    assert 8 <= len(lines) <= 12


def test_columns_are_the_agreed_ones(small_run, small_frame):
    folder, _ = small_run
    themes = ["lytting", "behovskartlegging", "løsning", "mersalg"]
    questions = [c for c in small_frame.columns if c.startswith("spm_")]
    comments = pd.read_csv(folder / "kommentarer.csv")
    expected = "henvendelse kommentar_nr kundesenter klasse kanal shopper dato besvart totalscore".split() + questions
    expected += ["tekst"] + [f"{t}{s}" for t in themes for s in ("", "_p_positiv", "_p_negativ", "_setning")]
    assert list(comments.columns) == [*expected, "modell", "modell_hash"]
    assert len(comments) == 3 * len(small_frame)
    assert comments["henvendelse"].drop_duplicates().tolist() == small_frame["henvendelse"].tolist()
    assert list(pd.read_csv(folder / "klynger.csv").columns) == (
        "klynge navn tema antall andel nedre øvre stabilitet sitat_1 sitat_2 sitat_3".split()
    )
    assert list(pd.read_csv(folder / "faktorer.csv").columns) == ("tema omtale metode estimat nedre øvre n p q".split())
    assert list(pd.read_csv(folder / "setninger.csv").columns) == (
        "henvendelse kommentar_nr setning_nr tekst klynge".split()
    )
    facts = json.loads((folder / "kjoring.json").read_text(encoding="utf-8"))
    assert {"studie", "innstillinger", "frø", "modell", "versjoner", "sekunder"} <= set(facts)


def test_empty_comments_have_no_themes_and_shoppers_are_codes(small_run, small_frame):
    comments = pd.read_csv(small_run[0] / "kommentarer.csv")
    empty = comments["tekst"].isna()
    assert empty.any()
    assert comments.loc[empty, "løsning"].isna().all() and comments.loc[empty, "løsning_p_positiv"].isna().all()
    assert comments.loc[~empty, "løsning"].isin(["ingen", "positiv", "negativ", "blandet"]).all()
    assert not set(comments["shopper"]) & set(small_frame["shopper"])


def test_the_carrying_sentence_is_from_the_comment(small_run):
    tagged = read_tagged(small_run[0])
    rows = tagged.comments[tagged.comments["løsning"].isin(["positiv", "negativ", "blandet"])]
    assert len(rows) > 50
    assert all(sentence in text for sentence, text in zip(rows["løsning_setning"], rows["tekst"], strict=True))


def test_probabilities_and_values_agree(small_run):
    from textinnsikt import ThemeTagger

    tagger = ThemeTagger.load()
    comments = read_tagged(small_run[0]).comments.dropna(subset=["tekst"])
    for place, theme in enumerate(("lytting", "behovskartlegging", "løsning", "mersalg")):
        positive = comments[f"{theme}_p_positiv"] >= tagger.decisions_.thresholds[2 * place]
        negative = comments[f"{theme}_p_negativ"] >= tagger.decisions_.thresholds[2 * place + 1]
        value = np.select([positive & negative, positive, negative], ["blandet", "positiv", "negativ"], "ingen")
        assert (value == comments[theme]).all()


def test_a_shuffled_study_gives_the_same(small_run, small_frame, tmp_path):
    shuffled = tmp_path / "stokket.csv"
    small_frame.sample(frac=1, random_state=7).to_csv(shuffled, index=False, encoding="utf-8")
    run_study(shuffled, tmp_path / "stokket")
    assert _bytes(tmp_path / "stokket", FINDINGS[2:]) == _bytes(small_run[0], FINDINGS[2:])
    for name, keys in (("kommentarer.csv", ["henvendelse", "kommentar_nr"]), ("setninger.csv", None)):
        keys = keys or ["henvendelse", "kommentar_nr", "setning_nr"]
        one, two = (
            pd.read_csv(f / name).sort_values(keys, ignore_index=True) for f in (small_run[0], tmp_path / "stokket")
        )
        pd.testing.assert_frame_equal(one, two)


def test_results_are_not_overwritten_without_force_and_a_second_run_gives_the_same(small_run, small_study, tmp_path):
    folder = tmp_path / "ut"
    shutil.copytree(small_run[0], folder)
    before = _bytes(folder)
    with pytest.raises(InputError, match="--force"):
        run_study(small_study, folder)
    assert _bytes(folder) == before
    run_study(small_study, folder, force=True)
    assert _bytes(folder) == before


def test_a_killed_run_goes_on_and_gives_the_same(small_run, small_study, tmp_path, monkeypatch):
    folder = tmp_path / "ut"
    with monkeypatch.context() as broken:

        def full(*_, **__):
            raise OSError(28, "No space left on device")

        broken.setattr(run_module.CommentClusters, "fit", full)
        with pytest.raises(OSError):
            run_study(small_study, folder)
    assert [p.name for p in folder.iterdir()] == [PARTS]
    with monkeypatch.context() as spy:
        spy.setattr("textinnsikt.cli.steps.load_tagger", lambda *_: pytest.fail("merket på nytt"))
        run_study(small_study, folder)
    assert _bytes(folder) == _bytes(small_run[0])


def test_other_input_does_not_reuse_the_parts(small_frame, tmp_path, monkeypatch):
    folder = tmp_path / "ut"
    half, little = tmp_path / "halv.csv", tmp_path / "liten.csv"
    small_frame.iloc[:150].to_csv(half, index=False, encoding="utf-8")
    small_frame.iloc[150:180].to_csv(little, index=False, encoding="utf-8")
    with monkeypatch.context() as broken:
        broken.setattr(run_module.CommentClusters, "fit", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            run_study(little, folder)
    run_study(half, folder)
    assert pd.read_csv(folder / "kommentarer.csv")["henvendelse"].nunique() == 150


def test_a_full_disk_is_one_sentence_and_exit_code_2(small_study, tmp_path, monkeypatch, capsys):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_module, "write_tagged", full)
    assert main(["run", str(small_study), "-o", str(tmp_path / "ut")]) == 2
    said = capsys.readouterr()
    assert "disken er full" in said.err and said.err.count("\n") == 1 and said.out == ""


def test_the_planted_associations_are_found(example_run, example_frame):
    """The three strongest planted are the three strongest found, with the right sign, and the tags are right."""
    from .conftest import ROOT

    key = json.loads((ROOT / "data" / "eksempelstudie_fasit.json").read_text(encoding="utf-8"))
    factors = pd.read_csv(example_run / "faktorer.csv")
    found = factors[factors["metode"] == "justert"].set_index(["tema", "omtale"])["estimat"]
    planted = pd.Series(key["koeffisienter"])
    planted.index = pd.MultiIndex.from_tuples([tuple(name.split(":")) for name in planted.index])
    strongest = planted.abs().sort_values(ascending=False).index[:3]
    assert set(found.abs().sort_values(ascending=False).index[:3]) == set(strongest)
    assert (np.sign(found[strongest]) == np.sign(planted[strongest])).all()


def test_the_tags_agree_with_the_key(example_run):
    from .conftest import ROOT

    key = json.loads((ROOT / "data" / "eksempelstudie_fasit.json").read_text(encoding="utf-8"))
    comments = pd.read_csv(example_run / "kommentarer.csv", dtype={"henvendelse": str}).dropna(subset=["tekst"])
    code = {"ingen": "0", "positiv": "+", "negativ": "-", "blandet": "b"}
    names = comments["henvendelse"] + "-" + comments["kommentar_nr"].astype(str)
    assert set(names) == set(key["kommentarer"])
    for place, theme in enumerate(key["temaer"]):
        truth = names.map(key["kommentarer"]).str[place]
        said = comments[theme].map(code)
        mentioned, heard = truth != "0", said != "0"
        f1 = 2 * (mentioned & heard).sum() / (mentioned.sum() + heard.sum())
        assert f1 > 0.5, (theme, f1)  # measured 0.75-0.87
