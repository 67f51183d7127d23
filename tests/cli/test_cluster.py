"""``textinnsikt cluster``: files, refusals and a second wave."""

import numpy as np
import pandas as pd
import pytest

from textinnsikt.cli.cluster import cluster_file
from textinnsikt.cli.main import main
from textinnsikt.study import TaggedStudy, write_tagged
from textinnsikt.themes import encoder

TEXTS = ["Lang kø i {} minutter.", "Ventet i {} minutter i kø.", "Prisen var {} kroner.", "Dyr pris, {} kroner."]


class Letters:
    def encode(self, texts):
        rows = np.array([[text.lower().count(letter) + 0.01 for letter in "aeiknøprstv"] for text in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setattr(encoder.Encoder, "load", classmethod(lambda cls: Letters()))
    comments = pd.DataFrame({"henvendelse": [f"h{i}" for i in range(80)], "kommentar_nr": 1})
    for column in ("kundesenter", "klasse", "kanal", "shopper", "dato", "besvart"):
        comments[column] = None
    comments["totalscore"] = 50.0
    comments["tekst"] = [TEXTS[i % 4].format(i) for i in range(80)]
    comments["lytting"], comments["lytting_p_positiv"], comments["lytting_p_negativ"] = "ingen", 0.1, 0.1
    comments["lytting_setning"], comments["modell"], comments["modell_hash"] = None, "m", "abc"
    folder = tmp_path / "studie"
    folder.mkdir()
    write_tagged(TaggedStudy(comments, ("lytting",)), folder)
    return folder


def test_writes_clusters_and_sentences_and_says_what_they_are(study, tmp_path, capsys):
    assert main(["cluster", str(study), "-o", str(tmp_path / "ut")]) == 0
    summary = pd.read_csv(tmp_path / "ut" / "klynger.csv")
    sentences = pd.read_csv(tmp_path / "ut" / "setninger.csv")
    assert len(sentences) == 80 and summary["antall"].sum() == 80
    assert "klynger;" in capsys.readouterr().out


def test_nothing_is_overwritten_without_force(study, tmp_path, capsys):
    cluster_file(study, tmp_path / "ut", n_clusters=2)
    assert main(["cluster", str(study), "-o", str(tmp_path / "ut")]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["cluster", str(study), "-o", str(tmp_path / "ut"), "--force"]) == 0


def test_a_second_wave_keeps_the_names_of_the_first(study, tmp_path):
    first = cluster_file(study, tmp_path / "en", n_clusters=2)
    second = cluster_file(study, tmp_path / "to", like=tmp_path / "en")
    assert second.summary["navn"].tolist() == first.summary["navn"].tolist()


def test_missing_files_give_a_sentence(tmp_path, capsys):
    assert main(["cluster", str(tmp_path / "borte"), "-o", str(tmp_path / "ut")]) == 2
    assert "borte" in capsys.readouterr().err
