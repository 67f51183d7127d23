"""The change that training made, in seven levels."""

import torch
from torch import nn

from textinnsikt.themes.adapter import Adapter, attach, compress, round_change


class _Encoder(nn.Sequential):
    def get_input_embeddings(self):
        return self[3]


class _Net(nn.Module):
    base_model_prefix = "bert"

    def __init__(self, seed):
        super().__init__()
        torch.manual_seed(seed)
        self.bert = _Encoder(nn.Linear(33, 20), nn.LayerNorm(20), nn.Linear(20, 17), nn.Embedding(50, 33))
        self.classifier = nn.Linear(17, 3)


def _trained(spread):
    base, trained = _Net(0), _Net(0)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for layer in (trained.bert[0], trained.bert[2]):
            layer.weight += spread * torch.randn(layer.weight.shape, generator=generator)
        trained.classifier.weight += 1
    return base, trained


def test_seven_levels_lose_a_twentieth_of_the_change(tmp_path):
    base, trained = _trained(0.01)
    compress(trained, base).save(tmp_path)
    merged = attach(_Net(0), Adapter.load(tmp_path))
    for place in (0, 2):
        change = (trained.bert[place].weight - base.bert[place].weight).detach()
        lost = (merged.bert[place].weight - trained.bert[place].weight).detach()
        # Bell-shaped values in seven equal steps lose 4.7 % of their variance at best (Max 1960, table II).
        assert 0.02 < float(lost.pow(2).sum() / change.pow(2).sum()) < 0.06
    assert torch.equal(merged.classifier.weight, trained.classifier.weight)
    assert torch.equal(merged.bert[0].bias, base.bert[0].bias)


def test_a_rounded_matrix_is_the_one_that_comes_back(tmp_path):
    base, trained = _trained(0.01)
    merged = attach(_Net(0), compress(trained, base))
    for place in (0, 2):
        rounded = round_change(trained.bert[place].weight, base.bert[place].weight).detach()
        torch.testing.assert_close(rounded, merged.bert[place].weight.detach(), rtol=0, atol=1e-7)


def test_seven_values_come_back_as_they_were(tmp_path):
    base, trained = _Net(0), _Net(0)
    with torch.no_grad():
        for place in (0, 2):
            weight = trained.bert[place].weight
            weight.copy_(base.bert[place].weight + 0.0)
    adapter = compress(trained, base)
    merged = attach(_Net(0), adapter)
    assert torch.equal(merged.bert[0].weight, base.bert[0].weight)
    numbers = 33 * 20
    assert adapter.weights["bert.0.levels"].numel() == -(-numbers // 14) * 5


def test_only_word_vectors_that_changed_are_stored(tmp_path):
    base, trained = _Net(0), _Net(0)
    with torch.no_grad():
        trained.bert[3].weight[[4, 40]] += 0.01 * torch.randn(2, 33, generator=torch.Generator().manual_seed(2))
    adapter = compress(trained, base)
    assert adapter.weights["bert.3.rows"].tolist() == [4, 40]
    adapter.save(tmp_path)
    merged = attach(_Net(0), Adapter.load(tmp_path))
    lost = (merged.bert[3].weight - trained.bert[3].weight).detach()
    change = (trained.bert[3].weight - base.bert[3].weight).detach()
    assert 0 < float(lost.pow(2).sum()) < 0.1 * float(change.pow(2).sum())
    assert not lost[[row for row in range(50) if row not in (4, 40)]].any()
