"""The example study and the labelled comments keep what the data card promises."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from textinnsikt.study import VALUES
from textinnsikt.themes import Codebook

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
THEMES = list(Codebook.load().keys)


def _read(name):
    return pd.read_csv(DATA / name, dtype=str, keep_default_na=False, encoding="utf-8")


@pytest.fixture(scope="module")
def study():
    return _read("eksempelstudie.csv")


@pytest.fixture(scope="module")
def sentences():
    return _read("eksempelsetninger.csv")


@pytest.fixture(scope="module")
def labelled():
    return _read("merkede_kommentarer.csv")


@pytest.fixture(scope="module")
def contrasts():
    return _read("kontraster.csv")


@pytest.fixture(scope="module")
def comments(study):
    texts = pd.concat([study[f"kommentar_{i}"] for i in (1, 2, 3)])
    return texts[texts != ""]


def test_the_script_makes_the_same_study(tmp_path):
    script = ROOT / "experiments" / "eksempelstudie" / "make.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    for name in ("eksempelstudie.csv", "eksempelstudie_fasit.json"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()


def test_the_study_has_the_size_of_the_real_one(study):
    assert len(study) == 3300 and study["kundesenter"].nunique() == 132
    assert study["klasse"].nunique() == 20 and study["shopper"].nunique() == 98
    assert study.groupby("klasse")["kundesenter"].nunique().min() >= 3
    assert (study.groupby("kundesenter")["shopper"].nunique() == 25).all()
    assert study["dato"].between("2020-12-01", "2021-04-30").all()
    assert 0.01 < (study["besvart"] == "nei").mean() < 0.10
    assert (study.loc[study["besvart"] == "nei", "totalscore"] == "0").all()


def test_the_questions_add_up_to_the_score(study):
    points = study.filter(like="spm_").astype(int)
    assert (points.sum(axis=1) == study["totalscore"].astype(int)).all()


def test_sentences_are_many_and_none_is_worn_out(sentences, comments):
    assert len(sentences) >= 1500 and sentences["setning"].is_unique
    uses = Counter()
    known = sorted(sentences["setning"], key=len, reverse=True)
    starts = {}
    for sentence in known:
        starts.setdefault(sentence.split()[0], []).append(sentence)
    for comment in comments:
        rest = comment
        while rest:
            found = next(s for s in starts[rest.split()[0]] if rest == s or rest.startswith(s + " "))
            uses[found] += 1
            rest = rest[len(found) + 1 :]
    assert max(uses.values()) <= 15


def test_comments_are_distinct(comments):
    assert comments.nunique() / len(comments) >= 0.95


def test_the_key_has_every_comment(study, comments):
    key = json.loads((DATA / "eksempelstudie_fasit.json").read_text(encoding="utf-8"))
    assert len(key["kommentarer"]) == len(comments)
    assert key["temaer"] == THEMES
    assert set(key["koeffisienter"]) == {f"{t}:{m}" for t in THEMES for m in ("positiv", "negativ")}
    assert {c for code in key["kommentarer"].values() for c in code} == set("0+-b")


def test_values_are_the_codebook_s(sentences, labelled):
    for frame in (sentences, labelled):
        for theme in THEMES:
            assert set(frame[theme]) == set(VALUES)


def test_no_voice_is_in_two_parts(labelled):
    assert len(labelled) >= 2500 and labelled["stemme"].nunique() >= 16
    assert (labelled.groupby("stemme")["del"].nunique() == 1).all()
    assert set(labelled["del"]) == {"trening", "validering", "test"}
    assert labelled["id"].is_unique and labelled["klasse"].nunique() == 20 and labelled["kanal"].nunique() == 4


def test_a_quarter_has_no_theme_and_every_value_is_well_filled(labelled):
    assert 0.25 < (labelled[THEMES] == "ingen").all(axis=1).mean() < 0.4
    for theme in THEMES:
        assert (labelled[theme].value_counts() >= 80).all()


def _nearest(rows, others=None):
    """Return each text's highest cosine of character n-grams to another text."""
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, dtype=np.float32)
    both = list(rows) + list(others if others is not None else [])
    vectors = vectorizer.fit_transform(both)
    left = vectors[: len(rows)]
    right = left if others is None else vectors[len(rows) :]
    best = []
    for start in range(0, left.shape[0], 500):
        close = (left[start : start + 500] @ right.T).toarray()
        if others is None:
            close[np.arange(len(close)), start + np.arange(len(close))] = 0
        best.append(close.max(1))
    return np.concatenate(best)


def test_no_labelled_comment_is_nearly_another(labelled):
    close = _nearest(labelled["tekst"])
    longer = labelled["tekst"].str.split().str.len() >= 6
    assert close[longer].max() < 0.9, labelled["tekst"][longer][close[longer] >= 0.9].tolist()


def test_no_contrast_is_nearly_a_labelled_comment_or_another(contrasts, labelled):
    longer = contrasts["tekst"].str.split().str.len() >= 6
    assert _nearest(contrasts["tekst"])[longer].max() < 0.9
    assert _nearest(contrasts["tekst"], labelled["tekst"])[longer].max() < 0.9


def test_contrasts_share_words_and_differ_in_meaning(contrasts):
    assert contrasts["id"].is_unique and set(contrasts[THEMES].to_numpy().ravel()) == set(VALUES)
    groups = contrasts.groupby("gruppe")
    assert groups.size().between(2, 4).all()
    different = groups.apply(lambda own: len(own[THEMES].drop_duplicates()))
    assert (different >= 2).all() and different.mean() > 2.9, different[different < 2].index.tolist()


def test_contrasts_keep_voices_apart_and_a_part_for_measuring(contrasts):
    assert (contrasts.groupby("stemme")["del"].nunique() == 1).all()
    assert set(contrasts["del"]) == {"trening", "test"} and (contrasts["del"] == "test").sum() >= 250


def test_the_study_shares_no_sentence_with_the_training_data(sentences, labelled, contrasts):
    close = _nearest(sentences["setning"], pd.concat([labelled["tekst"], contrasts["tekst"]]))
    longer = sentences["setning"].str.split().str.len() >= 6
    assert close[longer].max() < 0.9, sentences["setning"][longer][close[longer] >= 0.9].tolist()


def test_sentences_with_aspects_are_the_labelled_comments_own(labelled):
    rows = _read("merkede_setninger.csv")
    assert len(rows) >= 600 and rows["setning"].is_unique and rows["stemme"].nunique() >= 40
    assert rows["aspekt"].nunique() == 12 and rows["aspekt"].value_counts().min() >= 40
    texts = labelled.groupby("stemme")["tekst"].agg("\n".join)
    assert all(sentence in texts[voice] for sentence, voice in zip(rows["setning"], rows["stemme"], strict=True))
