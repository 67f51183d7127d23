"""The network: a BERT encoder with one yes/no output per theme and polarity."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from transformers import BertConfig, BertModel, BertPreTrainedModel
from transformers.modeling_outputs import SequenceClassifierOutput

from textinnsikt.themes.encoder import mean_pool


class ThemeModel(BertPreTrainedModel):
    """BERT, averaged over the tokens, with a linear layer to the outputs.

    Parameters
    ----------
    config : transformers.BertConfig
        ``num_labels`` outputs, named by ``id2label``.
    """

    # The base is passed in ready-made; nothing is tied.
    _tied_weights_keys: dict[str, str] = {}

    def __init__(self, config: BertConfig):
        super().__init__(config)
        self.num_labels: int = len(config.id2label or {})
        self.bert = BertModel(config, add_pooling_layer=False)
        self.dropout = nn.Dropout(getattr(config, "classifier_dropout", None) or 0.1)
        self.classifier = nn.Linear(config.hidden_size, self.num_labels)
        self.post_init()

    @classmethod
    def from_base(cls, base: BertModel, outputs: tuple[str, ...], seed: int = 0) -> ThemeModel:
        """Put a new head on a base encoder; the head's start values follow from ``seed``."""
        config = BertConfig.from_dict(base.config.to_dict())
        config.id2label = dict(enumerate(outputs))
        config.label2id = {name: index for index, name in enumerate(outputs)}
        config.problem_type = "multi_label_classification"
        with torch.device("meta"):
            model = cls(config)
        model.bert = base
        generator = torch.Generator().manual_seed(seed)
        model.classifier = nn.Linear(config.hidden_size, len(outputs), device="cpu")
        with torch.no_grad():
            model.classifier.weight.normal_(0.0, config.initializer_range, generator=generator)
            model.classifier.bias.zero_()
        return model

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        labels: torch.Tensor | None = None,
        **_: Any,
    ) -> SequenceClassifierOutput:
        """Return logits (rows x outputs), and the mean binary cross-entropy when ``labels`` are given."""
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        logits = self.classifier(self.dropout(mean_pool(hidden, attention_mask)))
        loss = None
        if labels is not None:
            loss = nn.functional.binary_cross_entropy_with_logits(logits.float(), labels.float())
        return SequenceClassifierOutput(loss=loss, logits=logits)
