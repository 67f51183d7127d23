"""The network: an encoder with one yes/no output per theme and polarity."""

from __future__ import annotations

from typing import Any, Literal

import torch
from torch import nn

#: How token vectors become one vector a text. ``mean``: their average, brought to mean zero and variance one; ``cls``:
#: the first token's.
Pooling = Literal["mean", "cls"]


class ThemeModel(nn.Module):
    """A BERT encoder, pooled over the tokens, with a linear layer to the outputs.

    Parameters
    ----------
    encoder : transformers.BertModel or LightBert
        Without pooler.
    outputs : tuple of str
        Names of the yes/no outputs.
    pooling : {"mean", "cls"}
    seed : int
        The head's start values follow from it.
    """

    #: Name of the encoder among the attributes, as transformers' own models have it.
    base_model_prefix = "bert"

    def __init__(self, encoder: Any, outputs: tuple[str, ...], pooling: Pooling = "mean", seed: int = 0) -> None:
        super().__init__()
        self.outputs = outputs
        self.pooling = pooling
        self.bert = encoder
        self.config = encoder.config
        self.classifier = nn.Linear(encoder.config.hidden_size, len(outputs))
        generator = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            self.classifier.weight.normal_(0.0, 0.02, generator=generator)
            self.classifier.bias.zero_()

    def pool(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return one vector per text (rows x width)."""
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        if self.pooling == "cls":
            return hidden[:, 0]
        pooled = mean_pool(hidden, attention_mask)
        return nn.functional.layer_norm(pooled, pooled.shape[-1:])

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, **_: Any) -> Any:
        """Return ``logits`` (rows x outputs)."""
        from transformers.modeling_outputs import SequenceClassifierOutput  # a second that tagging can do without

        return SequenceClassifierOutput(logits=self.classifier(self.pool(input_ids, attention_mask)))


def mean_pool(hidden: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
    """Average the token vectors of each text (rows x length x width -> rows x width), padding left out."""
    weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)


def encoder_of(model: nn.Module) -> nn.Module:
    """Return the part of a classifier below its head, or the encoder itself."""
    encoder = getattr(model, str(model.base_model_prefix), model)
    assert isinstance(encoder, nn.Module)
    return encoder


def last_linear(model: nn.Module) -> nn.Linear:
    """Return the linear layer that gives the outputs."""
    below = {id(part) for part in encoder_of(model).modules()}
    layers = [part for part in model.modules() if isinstance(part, nn.Linear) and id(part) not in below]
    return layers[-1]
