"""Base models from folders, and what is said when there is none."""

import json

import pytest

from tests.tiny import BOOK, LABELS, TEXTS, save_bert
from textinnsikt import InputError, ThemeTagger
from textinnsikt.themes import bases
from textinnsikt.themes.bases import load_base
from textinnsikt.themes.settings import RATE

#: The config of NbAiLab/nb-bert-base, but for the vocabulary.
NB_BERT = {
    "hidden_size": 768,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 3072,
    "max_position_embeddings": 512,
    "type_vocab_size": 2,
}


def test_a_bert_of_nb_bert_s_size_is_trained_saved_loaded_and_tags(tmp_path):
    base = save_bert(tmp_path / "nb-bert", **NB_BERT)
    tagger = ThemeTagger(BOOK, method="full", epochs=1, runs=1, base=str(base)).fit(TEXTS[:4], LABELS[:4])
    assert tagger.training_settings_.learning_rate == RATE  # the higher one for few comments is the embedded base's
    tagger.save(tmp_path / "modell")
    again = ThemeTagger.load(tmp_path / "modell")
    assert again.predict(["hun hørte etter"]).shape == (1, 2)
    assert (again.predict_proba(TEXTS[:2]) == tagger.predict_proba(TEXTS[:2])).all()


def test_without_a_hub_there_is_one_sentence(monkeypatch, tmp_path):
    class Unreachable:
        def head(self, *_, **__):
            raise OSError("no route")

    monkeypatch.setattr(bases, "get_session", Unreachable)
    with pytest.raises(InputError, match="NbAiLab/nb-bert-base.*modellsentralen.*--base"):
        load_base("NbAiLab/nb-bert-base", BOOK.outputs)


def test_a_base_with_its_own_code_is_refused_unless_trusted(tmp_path):
    base = save_bert(tmp_path / "egen")
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    config["auto_map"] = {"AutoModel": "modeling_x.X"}
    (base / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(InputError, match="--trust-remote-code"):
        load_base(str(base), BOOK.outputs)


def test_a_folder_that_is_no_base_gets_a_sentence(tmp_path):
    with pytest.raises(InputError, match="config.json mangler"):
        load_base(str(tmp_path), BOOK.outputs)
    (tmp_path / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    with pytest.raises(InputError, match="kan ikke brukes"):
        load_base(str(tmp_path), BOOK.outputs)


_OWN_CODE = """
from transformers import BertConfig, BertForSequenceClassification


class OwnConfig(BertConfig):
    model_type = "egen"


class OwnForSequenceClassification(BertForSequenceClassification):
    config_class = OwnConfig
"""


def test_a_trusted_base_with_its_own_code_is_trained_saved_and_loaded(tmp_path, monkeypatch):
    monkeypatch.setattr("transformers.dynamic_module_utils.HF_MODULES_CACHE", str(tmp_path / "moduler"))
    base = save_bert(tmp_path / "egen")
    (base / "modeling_egen.py").write_text(_OWN_CODE, encoding="utf-8")
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    config["model_type"] = "egen"
    config["auto_map"] = {
        "AutoConfig": "modeling_egen.OwnConfig",
        "AutoModelForSequenceClassification": "modeling_egen.OwnForSequenceClassification",
    }
    (base / "config.json").write_text(json.dumps(config), encoding="utf-8")
    tagger = ThemeTagger(BOOK, epochs=1, base=str(base), trust_remote_code=True).fit(TEXTS, LABELS)
    tagger.save(tmp_path / "modell")
    with pytest.raises(InputError, match="--trust-remote-code"):
        ThemeTagger.load(tmp_path / "modell")
    again = ThemeTagger.load(tmp_path / "modell", trust_remote_code=True)
    assert (again.predict_proba(TEXTS) == tagger.predict_proba(TEXTS)).all()
