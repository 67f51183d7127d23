"""Texts laid end to end give what transformers gives, whoever their neighbours are."""

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification, BertModel, DistilBertConfig
from transformers import DistilBertForSequenceClassification as Other

from textinnsikt.themes.model import ThemeModel
from textinnsikt.themes.packed import can_pack, run_model

SHAPE = {"vocab_size": 90, "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 96}
OUTPUTS = tuple("abc")
LENGTHS = [5, 40, 3, 17, 16, 40, 5, 5, 31, 64, 63, 8, 5, 130, 3, 3, 22]


def _classifier(kind):
    torch.manual_seed(1)
    config = BertConfig(**SHAPE, max_position_embeddings=160, num_labels=3, initializer_range=0.2)
    if kind == "plain":
        return BertForSequenceClassification(config).eval()
    return ThemeModel(BertModel(config, add_pooling_layer=False), OUTPUTS, kind).eval()


def _texts():
    random = np.random.default_rng(0)
    return [random.integers(2, 90, n).tolist() for n in LENGTHS]


@pytest.mark.parametrize("kind", ["mean", "cls", "plain"])
def test_it_gives_what_the_model_gives(kind):
    model, texts = _classifier(kind), _texts()
    assert can_pack(model)
    found = run_model(model, texts, pad_id=0, tokens=64)
    with torch.inference_mode():
        for ids, row in zip(texts, found, strict=True):
            one = torch.tensor([ids])
            expected = model(input_ids=one, attention_mask=torch.ones_like(one)).logits[0].numpy()
            assert np.allclose(row, expected, atol=1e-4)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_text_does_not_feel_its_neighbours_nor_the_threads(dtype):
    model, texts = _classifier("mean"), _texts()
    together = run_model(model, texts, pad_id=0, tokens=64, dtype=dtype)
    random, threads = np.random.default_rng(2), torch.get_num_threads()
    try:
        for turn in range(20):
            torch.set_num_threads(1 + turn % 2)
            some = random.permutation(len(texts))[: random.integers(1, len(texts))]
            assert np.array_equal(run_model(model, [texts[i] for i in some], 0, 64, dtype=dtype), together[some])
    finally:
        torch.set_num_threads(threads)


def test_bfloat16_is_near_float32():
    model, texts = _classifier("mean"), _texts()
    exact, fast = run_model(model, texts, 0, 64), run_model(model, texts, 0, 64, dtype=torch.bfloat16)
    assert 0 < np.abs(exact - fast).max() < 0.1 * np.abs(exact).max()


def test_every_product_has_the_same_shape(monkeypatch):
    from textinnsikt.themes import packed

    model, shapes = _classifier("mean"), set()
    real = packed.PackedBert.forward

    def forward(self, tokens, places, groups):
        shapes.add(tuple(tokens.shape))
        assert sum(texts * length for _, texts, length in groups) <= len(tokens)
        return real(self, tokens, places, groups)

    monkeypatch.setattr(packed.PackedBert, "forward", forward)
    done = []
    run_model(model, _texts(), 0, 64, progress=done.append)
    assert shapes == {(64,), (192,)}  # one text is longer than a pack
    assert sum(done) == len(LENGTHS)


def test_other_families_go_in_batches():
    torch.manual_seed(1)
    config = DistilBertConfig(vocab_size=90, dim=32, n_layers=2, n_heads=4, hidden_dim=64, num_labels=3)
    model, texts = Other(config).eval(), _texts()
    assert not can_pack(model)
    found = run_model(model, texts, pad_id=0, tokens=256)
    one = torch.tensor([texts[1]])
    with torch.inference_mode():
        expected = model(input_ids=one, attention_mask=torch.ones_like(one)).logits[0].numpy()
    assert np.allclose(found[1], expected, atol=1e-4)


def test_no_texts_give_no_rows():
    assert run_model(_classifier("mean"), [], 0).shape == (0, 3)
