"""Saving and loading, with a BERT small enough to train in a second."""

import json

import numpy as np
import pytest
import torch
from transformers import pipeline

from tests.tiny import BOOK, LABELS, SMALL, TEXTS, save_bert, save_roberta
from textinnsikt import InputError, ThemeTagger
from textinnsikt.themes.facts import FACTS


def _trained(method, **settings):
    tagger = ThemeTagger(BOOK, method=method, epochs=3, learning_rate=1e-2, **settings)
    return tagger.fit(TEXTS, LABELS, (TEXTS, LABELS))


@pytest.mark.parametrize("method", ["adapter", "full"])
def test_a_saved_tagger_gives_the_same_probabilities(tiny, tmp_path, method):
    tagger = _trained(method)
    tagger.save(tmp_path / "modell", {"validering": {"n": 8, "rader": [], "kalibreringsfeil": 0.1}}, "abc")
    again = ThemeTagger.load(tmp_path / "modell")
    assert np.array_equal(again.predict_proba(TEXTS), tagger.predict_proba(TEXTS))
    assert again.predict(TEXTS).equals(tagger.predict(TEXTS))
    assert again.codebook == BOOK and again.decisions_ == tagger.decisions_
    kinds = {p.suffix for p in (tmp_path / "modell").iterdir()}
    assert kinds <= {".safetensors", ".json", ".md"}
    facts = json.loads((tmp_path / "modell" / FACTS).read_text(encoding="utf-8"))
    assert len(facts["avgjørelser"]["precisions"]) == len(facts["avgjørelser"]["recalls"]) == 4
    assert facts["data_sha256"] == "abc" and {"torch", "transformers", "textinnsikt"} <= set(facts["versjoner"])
    card = (tmp_path / "modell" / "README.md").read_text(encoding="utf-8")
    assert "| løsning:positiv |" in card and "textinnsikt tag" in card


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_a_full_model_is_an_ordinary_transformers_classifier(tiny, tmp_path, pooling):
    tagger = _trained("full", pooling=pooling)
    tagger.save(tmp_path / "modell")
    classify = pipeline("text-classification", model=str(tmp_path / "modell"), top_k=None)
    assert type(classify.model).__name__ == "BertForSequenceClassification"
    said = [{row["label"]: row["score"] for row in rows} for rows in classify(TEXTS[:4], batch_size=4)]
    theirs = np.array([[row[name] for name in BOOK.outputs] for row in said])
    assert np.abs(theirs - tagger.predict_proba(TEXTS[:4])).max() < 1e-3


@pytest.mark.parametrize("method", ["adapter", "full"])
@pytest.mark.parametrize("make", [save_bert, save_roberta])
def test_a_base_of_one_s_own_is_trained_saved_and_loaded(tmp_path, make, method):
    base = make(tmp_path / "grunnmodell")
    tagger = _trained(method, base=str(base))
    tagger.save(tmp_path / "modell")
    again = ThemeTagger.load(tmp_path / "modell")
    assert np.array_equal(again.predict_proba(TEXTS), tagger.predict_proba(TEXTS))
    assert again.name_ == str(base)


def test_the_averaged_tokens_are_in_the_saved_model_whatever_the_padding(tiny, tmp_path):
    tagger = _trained("full")
    model = tagger.model_
    ids = torch.tensor([[2, 5, 6, 3, 0, 0, 0]])
    mask = (ids > 0).long()
    with torch.inference_mode():
        padded = model(input_ids=ids, attention_mask=mask).logits
        short = model(input_ids=ids[:, :4], attention_mask=mask[:, :4]).logits
    assert torch.allclose(padded, short, atol=1e-4)


def test_a_broken_or_missing_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="Finner ikke modellmappa"):
        ThemeTagger.load(tmp_path / "finnes_ikke")
    folder = tmp_path / "modell"
    folder.mkdir()
    (folder / FACTS).write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="ødelagt"):
        ThemeTagger.load(folder)


@pytest.mark.parametrize("damage", ["cut weights", "no weights", "list", "no codebook", "other base"])
def test_a_damaged_folder_gets_one_sentence(tiny, tmp_path, damage):
    _trained("adapter").save(tmp_path / "modell")
    weights, facts = tmp_path / "modell" / "adapter_model.safetensors", tmp_path / "modell" / FACTS
    told = json.loads(facts.read_text(encoding="utf-8"))
    if damage == "cut weights":
        weights.write_bytes(weights.read_bytes()[:200])
    elif damage == "no weights":
        weights.unlink()
    elif damage == "list":
        facts.write_text("[]", encoding="utf-8")
    elif damage == "no codebook":
        facts.write_text(json.dumps({k: v for k, v in told.items() if k != "kodebok"}), encoding="utf-8")
    else:
        told["grunnmodell"] = str(save_bert(tmp_path / "bert", **SMALL | {"hidden_size": 16}))
        facts.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(InputError, match=r"modell(mappa modell)? .*(ødelagt|mangler «kodebok»)"):
        ThemeTagger.load(tmp_path / "modell")


def test_an_untrained_tagger_is_not_saved(tmp_path):
    with pytest.raises(InputError, match="trent"):
        ThemeTagger().save(tmp_path)
