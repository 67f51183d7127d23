"""The embedded base without transformers gives what it gives with it."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from textinnsikt.themes.light import LightBert, LightConfig

TEXTS = [
    "Hun hørte på meg til jeg var ferdig.",
    "Fekk ikkje svar!",
    "æ" * 300,
    "",
    "  Prisen  kom\tfør 1. januar 😀 ",
    "<s>hei",
    "a </s> b <unk><pad>",
]
SIZES = {
    "vocab_size": 50,
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 32,
    "max_position_embeddings": 20,
    "type_vocab_size": 2,
    "layer_norm_eps": 1e-12,
    "pad_token_id": 1,
}


def test_the_light_bert_is_transformers_own():
    torch.manual_seed(0)
    usual = BertModel(BertConfig(**SIZES), add_pooling_layer=False).eval()
    light = LightBert(LightConfig(**SIZES)).eval()
    light.load_state_dict(usual.state_dict())
    ids, mask = torch.randint(0, 50, (3, 12)), torch.ones(3, 12, dtype=torch.long)
    mask[1, 7:] = 0
    with torch.no_grad():
        one, two = (model(input_ids=ids, attention_mask=mask).last_hidden_state for model in (usual, light))
    seen = mask.bool()
    assert torch.allclose(one[seen], two[seen], atol=1e-5)


def test_the_shipped_tagger_holds_the_base_in_light_form(tagger):
    assert isinstance(tagger.model_.bert, LightBert)
    ids = tagger.tokenizer_(TEXTS[:1])["input_ids"]
    logits = tagger.model_(torch.tensor(ids), torch.ones(1, len(ids[0]))).logits.detach().numpy()
    known = tagger.decisions_.probabilities(logits)
    assert np.abs(known - tagger.predict_proba(TEXTS[:1])).max() < 0.02


@pytest.mark.parametrize("longest", [None, 12])
def test_pieces_are_those_of_transformers(tagger, embedded, longest):
    asked = {} if longest is None else {"truncation": True, "max_length": longest}
    found = tagger.tokenizer_(TEXTS, **asked)["input_ids"]
    assert found == embedded[1](TEXTS, **asked)["input_ids"]
    assert tagger.tokenizer_(TEXTS[0], **asked)["input_ids"] == found[0]
    assert tagger.tokenizer_.pad_token_id == embedded[1].pad_token_id


def test_packed_words_are_the_unpacked_ones(tagger, embedded):
    table = embedded[0].get_input_embeddings().weight.detach()
    words = tagger.model_.bert.get_input_embeddings()
    some = torch.tensor([[0, 1, 2], [77, 4711, len(table) - 1]])
    assert torch.equal(words(some), table[some])
    assert torch.equal(words.unpack().weight, table)


def test_tagging_starts_without_transformers():
    code = (
        "import sys, textinnsikt.scale.worker; from textinnsikt.scale.streamtagger import StreamTagger; "
        "StreamTagger.open().predict(['Fikk ikke svar.']); sys.exit('transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
