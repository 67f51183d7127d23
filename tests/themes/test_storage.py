"""Saving and loading, with a BERT small enough to train in a second."""

import numpy as np
import pandas as pd
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from textinnsikt import InputError, ThemeTagger
from textinnsikt.themes import Codebook, storage
from textinnsikt.themes import embedded as embedded_module
from textinnsikt.themes import tagger as tagger_module

TEXTS = ["hun hørte etter", "han avbrøt meg", "fikk god hjelp", "ventet lenge i kø"] * 4
LABELS = pd.DataFrame(
    {
        "løsning": ["ingen", "ingen", "positiv", "ingen"] * 4,
        "lytting": ["positiv", "negativ", "ingen", "ingen"] * 4,
    }
)
# Not in alphabetical order: the order of the themes is that of the outputs, and must survive.
BOOK = Codebook.from_dict({"tema": {"løsning": {"navn": "Løsning"}, "lytting": {"navn": "Lytting"}}})


def _tiny_base():
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *sorted({w for t in TEXTS for w in t.split()})]
    core = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    core.pre_tokenizer = pre_tokenizers.Whitespace()
    core.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=core, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=64,
    )  # fmt: skip
    return BertModel(config, add_pooling_layer=False).eval(), tokenizer


@pytest.fixture
def tiny(monkeypatch):
    monkeypatch.setattr(embedded_module, "load_embedded", _tiny_base)
    monkeypatch.setattr(storage, "load_embedded", _tiny_base)
    monkeypatch.setattr(tagger_module, "MAX_TOKENS", 64)


@pytest.mark.parametrize("method", ["adapter", "full"])
def test_a_saved_tagger_gives_the_same_probabilities(tiny, tmp_path, method):
    tagger = ThemeTagger(BOOK, method=method, epochs=3, rank=4, learning_rate=1e-2)
    tagger.fit(TEXTS, LABELS, (TEXTS[:8], LABELS[:8]))
    tagger.save(tmp_path / "modell", {"makro_f1": 0.5}, "abc")
    again = ThemeTagger.load(tmp_path / "modell")
    assert np.array_equal(again.predict_proba(TEXTS), tagger.predict_proba(TEXTS))
    assert again.predict(TEXTS).equals(tagger.predict(TEXTS))
    assert again.codebook.keys == BOOK.keys
    assert again.codebook == BOOK and again.decisions_ == tagger.decisions_
    kinds = {p.suffix for p in (tmp_path / "modell").iterdir()}
    assert kinds <= {".safetensors", ".json"}


def test_training_learns_and_the_same_seed_gives_the_same_model(tiny):
    one, two = (
        ThemeTagger(BOOK, method="full", epochs=40, learning_rate=2e-3, batch_size=4, seed=1).fit(
            TEXTS, LABELS, (TEXTS, LABELS)
        )
        for _ in range(2)
    )
    assert one.predict(TEXTS).equals(LABELS)
    assert np.array_equal(one.predict_proba(TEXTS), two.predict_proba(TEXTS))


def test_a_broken_or_missing_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="Finner ikke modellmappa"):
        ThemeTagger.load(tmp_path / "finnes_ikke")
    folder = tmp_path / "modell"
    folder.mkdir()
    (folder / "tagger.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="ødelagt"):
        ThemeTagger.load(folder)


def test_an_untrained_tagger_is_not_saved(tmp_path):
    with pytest.raises(InputError, match="trent"):
        ThemeTagger().save(tmp_path)
