"""Sentence vectors from the embedded base."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from transformers import BertModel, PreTrainedTokenizerFast

from textinnsikt.themes.batches import fast_dtype, run_batches
from textinnsikt.themes.embedded import load_embedded
from textinnsikt.themes.model import mean_pool


class Encoder:
    """Turns texts into vectors of length one; equal meaning gives a high inner product.

    Parameters
    ----------
    model : transformers.BertModel
    tokenizer : transformers.PreTrainedTokenizerFast
    max_tokens : int
        Longer texts are cut there.

    Examples
    --------
    >>> encoder = Encoder.load()
    >>> vectors = encoder.encode(["Hun hørte godt etter.", "Ho høyrde godt etter.", "Dyr faktura."])
    >>> vectors.shape
    (3, 384)
    >>> bool(vectors[0] @ vectors[1] > vectors[0] @ vectors[2])
    True
    """

    def __init__(self, model: BertModel, tokenizer: PreTrainedTokenizerFast, max_tokens: int = 256):
        self.model = model
        self.tokenizer = tokenizer
        self.max_tokens = max_tokens

    @classmethod
    def load(cls) -> Encoder:
        """Load the embedded base in the processor's fastest number format."""
        model, tokenizer = load_embedded()
        torch.nn.Module.to(model, fast_dtype())
        return cls(model, tokenizer)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one vector per text: float32, texts x width, each of Euclidean length one.

        Each distinct text is computed once, and its vector does not depend on the other texts.
        """
        if len(texts) == 0:
            return np.zeros((0, self.model.config.hidden_size), dtype=np.float32)
        distinct = sorted(set(texts))
        ids = self.tokenizer(distinct, truncation=True, max_length=self.max_tokens)["input_ids"]
        vectors = run_batches(self._forward, ids, int(self.tokenizer.pad_token_id or 0))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        place = {text: row for row, text in enumerate(distinct)}
        return vectors[[place[text] for text in texts]]

    def _forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return mean_pool(hidden.float(), attention_mask)
