"""Training, tagging and measuring with themes of one's own, by the commands alone."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.tiny import LABELS, TEXTS, save_bert, tiny_base
from textinnsikt import ThemeTagger
from textinnsikt.cli.main import main
from textinnsikt.cli.output import PARTS
from textinnsikt.cli.train import _load_start, _usual_start

CODEBOOK = '[tema."løsning"]\nnavn = "Løsning"\ndefinisjon = "Svaret."\n[tema.lytting]\nnavn = "Lytting"\n'


@pytest.fixture
def tiny(monkeypatch):
    from textinnsikt.themes import embedded
    from textinnsikt.themes import tagger as tagger_module

    monkeypatch.setattr(embedded, "load_embedded", tiny_base)
    monkeypatch.setattr(embedded, "load_light", tiny_base)
    monkeypatch.setattr(tagger_module, "MAX_TOKENS", 64)
    monkeypatch.setattr("textinnsikt.cli.train._usual_start", lambda settings: "ingen")


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    labelled = LABELS.assign(id=[f"k{i}" for i in range(len(TEXTS))], tekst=TEXTS)
    labelled.to_csv("merket.csv", index=False, encoding="utf-8")
    held = labelled[:8].assign(tekst=[text + " i" for text in TEXTS[:8]])
    held.to_csv("validering.csv", index=False, encoding="utf-8", sep=";")
    (tmp_path / "kodebok.toml").write_text(CODEBOOK, encoding="utf-8")
    return tmp_path


def _train(*more):
    return main(["train", "merket.csv", "-o", "modell", "--codebook", "kodebok.toml", "--val", "validering.csv", *more])


@pytest.mark.parametrize("method", ["adapter", "full"])
def test_own_themes_go_all_the_way(tiny, files, capsys, method):
    assert _train("--epochs", "2", "--method", method) == 0
    assert "--model modell" in capsys.readouterr().out
    assert not (files / "modell" / PARTS).exists()
    facts = json.loads((files / "modell" / "tagger.json").read_text(encoding="utf-8"))
    assert facts["kodebok"]["tema"]["løsning"]["definisjon"] == "Svaret."
    assert facts["data"]["kommentarer til trening"] == 16 and facts["maal"]["validering"]["n"] == 8
    assert (files / "modell" / "kalibrering.svg").read_text(encoding="utf-8").startswith("<svg")
    comments = pd.DataFrame({"henvendelse": range(4), "kommentar_1": TEXTS[:4]})
    comments.to_csv("nye.csv", index=False, encoding="utf-8")
    assert main(["tag", "nye.csv", "-o", "ut.csv", "--model", "modell"]) == 0
    tagged = pd.read_csv("ut.csv")
    assert {"løsning", "løsning_p_positiv", "lytting", "lytting_setning"} <= set(tagged.columns)
    assert "mersalg" not in tagged.columns
    assert main(["evaluate", "merket.csv", "--model", "modell", "--json", "tall.json", "--figure", "k.svg"]) == 0
    found = json.loads((files / "tall.json").read_text(encoding="utf-8"))
    assert 0 <= found["makro_f1"] <= 1 and 0 <= found["makro_f1_omtale"] <= 1
    assert {row["utfall"] for row in found["rader"]} >= {"løsning:positiv", "lytting:omtale", "makro_f1"}
    assert "Forvekslinger for lytting" in capsys.readouterr().out
    assert (files / "k.svg").exists()


def test_a_killed_command_goes_on(tiny, files, capsys, monkeypatch):
    assert _train("--epochs", "3") == 0
    whole = (files / "modell" / "adapter_model.safetensors").read_bytes()

    def stop(self, done, total):
        if done == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr("textinnsikt.cli.progress.Progress.count", stop)
        assert _train("--epochs", "3", "--force") == 130
    assert (files / "modell" / "adapter_model.safetensors").read_bytes() == whole
    assert list((files / "modell" / PARTS / "trening").glob("kjøring-1/checkpoint-*"))
    steps = []
    with monkeypatch.context() as watched:
        watched.setattr("textinnsikt.cli.progress.Progress.count", lambda self, done, total: steps.append(done))
        assert _train("--epochs", "3", "--force") == 0
    assert 1 not in steps  # it went on; started over, the model would be the same
    assert (files / "modell" / "adapter_model.safetensors").read_bytes() == whole
    assert not (files / "modell" / PARTS).exists()


def test_a_model_goes_on_from_another(tiny, files, capsys):
    assert _train("--epochs", "1") == 0
    (files / "ett.toml").write_text('[tema.lytting]\nnavn = "Lytting"\n', encoding="utf-8")  # not all that it had
    more = ["train", "merket.csv", "-o", "videre", "--codebook", "ett.toml", "--epochs", "1", "--start", "modell"]
    assert main(more) == 0
    said = json.loads((files / "videre" / "tagger.json").read_text(encoding="utf-8"))
    assert main(["evaluate", "merket.csv", "--model", "videre"]) == 0
    assert "intfloat/multilingual-e5-small, " in said["data"]["trent videre på"]
    assert main([*more, "--base", "modell", "--force"]) == 2
    assert "utelat --base" in capsys.readouterr().err


def test_the_shipped_model_is_what_one_goes_on_from():
    assert [_usual_start(settings) for settings in ({}, {"pooling": "mean"}, {"base": "m"}, {"pooling": "cls"})] == [
        "innebygd", "innebygd", "ingen", "ingen"
    ]  # fmt: skip
    assert _load_start("ingen", {}) is None
    settings = {}
    assert _load_start(None, settings).hash_ == ThemeTagger.load().hash_
    assert settings == {"base": "intfloat/multilingual-e5-small", "pooling": "mean"}


def test_training_goes_on_from_the_shipped_model(files):
    assert _train("--epochs", "1") == 0
    facts = json.loads((files / "modell" / "tagger.json").read_text(encoding="utf-8"))
    assert ThemeTagger.load().hash_ in facts["data"]["trent videre på"]
    own, shipped = ThemeTagger.load("modell"), ThemeTagger.load()
    assert list(own.predict(TEXTS[:4])) == ["løsning", "lytting"]
    one, two = (tagger.model_.bert.encoder.state_dict() for tagger in (own, shipped))
    near = [float((one[name] - two[name]).norm() / two[name].norm()) for name in two]
    assert 0 < max(near) < 0.1  # a step or two away from it, not from the base


def test_a_base_is_found_from_anywhere_and_never_written_over(files, capsys, monkeypatch):
    save_bert(files / "bert")
    more = ["merket.csv", "--codebook", "kodebok.toml", "--epochs", "1", "--base", "bert"]
    assert main(["train", *more, "-o", "bert", "--force"]) == 2
    assert "bert er grunnmodellen" in capsys.readouterr().err
    assert main(["train", *more, "-o", "egen"]) == 0
    (files / "annet").mkdir()
    monkeypatch.chdir(files / "annet")
    assert ThemeTagger.load(Path("..", "egen")).predict(TEXTS[:1]).shape == (1, 2)


def test_a_question_that_is_called_what_a_theme_is(tiny, files, capsys):
    assert _train("--epochs", "1") == 0
    (files / "ventetid.toml").write_text("[tema.ventetid]", encoding="utf-8")
    pd.DataFrame({"tekst": TEXTS, "ventetid": "ingen"}).to_csv("ventetid.csv", index=False, encoding="utf-8")
    assert main(["train", "ventetid.csv", "-o", "vent", "--codebook", "ventetid.toml", "--epochs", "1"]) == 0
    study = {"henvendelse": range(4), "kommentar_1": TEXTS[:4], "Ventetid": [1, 2, 3, 4], "totalscore": [5, 6, 7, 8]}
    pd.DataFrame(study).to_csv("studie.csv", index=False, encoding="utf-8")
    for command in ("tag", "run"):
        capsys.readouterr()
        assert main([command, "studie.csv", "-o", f"{command}.csv", "--model", "vent"]) == 2
        assert "Spørsmålet «Ventetid» i studien heter det samme som et tema" in capsys.readouterr().err


def test_a_model_is_not_overwritten(tiny, files, capsys):
    assert _train("--epochs", "1") == 0
    assert _train("--epochs", "1") == 2
    assert "--force" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["finnes_ikke.csv", "-o", "m"], "finnes_ikke.csv"),
        (["merket.csv", "-o", "m"], "mangler kolonnen «behovskartlegging»"),
        (["merket.csv", "-o", "m", "--codebook", "mangler.toml"], "mangler.toml"),
        (["merket.csv", "-o", "m", "--codebook", "kodebok.toml", "--base", "mappe_uten_modell"], "mappe_uten_modell"),
        (["merket.csv", "-o", "m", "--codebook", "kodebok.toml", "--epochs", "0"], "større enn null"),
        (["merket.csv", "-o", "m", "--method", "lora"], "kan ikke være 'lora'"),
    ],
)
def test_wrong_calls_get_one_sentence(files, capsys, arguments, words):
    (files / "mappe_uten_modell").mkdir()
    try:
        code = main(["train", *arguments])
    except SystemExit as stop:
        code = stop.code
    said = capsys.readouterr()
    assert code == 2 and words in said.err and said.err.count("\n") == 1 and said.out == ""
    assert not (files / "m").exists()
