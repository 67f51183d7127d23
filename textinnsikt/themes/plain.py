"""A trained model as transformers' own classifier, which any tool that reads Hugging Face folders can load."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import nn
from transformers import BertConfig, BertForSequenceClassification
from transformers.models.bert.modeling_bert import BertLayer

from textinnsikt.themes.model import ThemeModel, last_linear
from textinnsikt.themes.thresholds import Decisions

#: The pooler's tanh is all but linear for numbers this much smaller.
_SMALL = 1e-4
#: How much the average outweighs the token's own vector in the averaging layer.
_LARGE = 1e4


def to_plain(model: nn.Module) -> nn.Module:
    """Return the same classifier as one of transformers' own classes.

    A `ThemeModel` becomes a ``BertForSequenceClassification``: its pooler, dense layer and tanh on the first token, is
    set to pass its input on. Where the tokens are averaged, one more BERT layer does that: queries and keys of zero
    attend to all tokens alike, and the layer's own normalisation is that of ``pooling="mean"``.

    Parameters
    ----------
    model : torch.nn.Module
        A `ThemeModel` with ``mean`` or ``cls`` pooling; others are given back as they are.
    """
    if not isinstance(model, ThemeModel):
        return model.eval()
    config = BertConfig.from_dict(model.config.to_dict())
    config.id2label = dict(enumerate(model.outputs))
    config.label2id = {name: index for index, name in enumerate(model.outputs)}
    config.problem_type = "multi_label_classification"
    config.architectures = ["BertForSequenceClassification"]
    extra = model.pooling == "mean"
    config.num_hidden_layers += int(extra)
    with torch.device("meta"):
        plain = BertForSequenceClassification(config)
    width = config.hidden_size
    state = {f"bert.{name}": value for name, value in model.bert.state_dict().items()}
    if extra:
        with torch.no_grad():
            layer = _averaging_layer(config)
        prefix = f"bert.encoder.layer.{config.num_hidden_layers - 1}"
        state |= {f"{prefix}.{name}": value for name, value in layer.state_dict().items()}
    state["bert.pooler.dense.weight"] = torch.eye(width) * _SMALL
    state["bert.pooler.dense.bias"] = torch.zeros(width)
    state["classifier.weight"] = model.classifier.weight.detach() / _SMALL
    state["classifier.bias"] = model.classifier.bias.detach()
    plain.load_state_dict({name: value.float().clone() for name, value in state.items()}, strict=True, assign=True)
    embeddings = model.bert.embeddings
    assert isinstance(embeddings, nn.Module)
    for name, buffer in embeddings.named_buffers():
        plain.bert.embeddings.register_buffer(name, buffer.clone(), persistent=False)
    return plain.eval()


def _averaging_layer(config: BertConfig) -> BertLayer:
    layer = BertLayer(config)
    for name, parameter in layer.named_parameters():
        parameter.fill_(1.0 if "LayerNorm.weight" in name else 0.0)
    layer.attention.self.value.weight.copy_(torch.eye(config.hidden_size))
    layer.attention.output.dense.weight.copy_(torch.eye(config.hidden_size) * _LARGE)
    return layer


def fold_calibration(model: nn.Module, decisions: Decisions) -> Decisions:
    """Move slopes and shifts into the last linear layer, in place; return the decisions that are left."""
    layer = last_linear(model)
    slopes = torch.tensor(decisions.slopes, dtype=layer.weight.dtype)
    with torch.no_grad():
        layer.weight.mul_(slopes[:, None])
        layer.bias.mul_(slopes).add_(torch.tensor(decisions.shifts, dtype=layer.bias.dtype))
    n_outputs = len(decisions.slopes)
    return replace(decisions, slopes=(1.0,) * n_outputs, shifts=(0.0,) * n_outputs)
