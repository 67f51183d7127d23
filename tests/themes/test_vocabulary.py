"""Word vectors narrowed to those in use."""

import torch
from transformers import BertConfig, BertModel

from textinnsikt.themes.model import ThemeModel
from textinnsikt.themes.vocabulary import UsedWords, only_used_words


def _model():
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    return ThemeModel(BertModel(BertConfig(vocab_size=40, **sizes), add_pooling_layer=False), ("a",)).eval()


def test_the_narrow_table_gives_the_same_vectors():
    model, ids = _model(), torch.tensor([[3, 20, 39], [7, 3, 0]])
    mask = (ids != 0).long()
    before = model(ids, mask).logits
    with only_used_words(model, ids.tolist(), 0):
        table = model.bert.get_input_embeddings()
        assert isinstance(table, UsedWords) and table.weight.shape == (5, 16)
        assert torch.equal(model(ids, mask).logits, before)


def test_what_was_trained_is_put_back_and_the_rest_stays():
    model = _model()
    table = model.bert.get_input_embeddings()
    before = table.weight.detach().clone()
    with only_used_words(model, [[3, 20], [7]], 0), torch.no_grad():
        model.bert.get_input_embeddings().weight += 1
    assert model.bert.get_input_embeddings() is table
    changed = (table.weight != before).all(1).nonzero()[:, 0].tolist()
    assert changed == [0, 3, 7, 20]
    assert "place" not in "".join(model.state_dict())
