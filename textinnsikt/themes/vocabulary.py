"""The part of a model's word vectors that some texts use, so that they can be trained at little cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from textinnsikt.themes.model import encoder_of


class UsedWords(nn.Module):
    """Stands in for a table of word vectors: holds the rows in use, takes the same token ids.

    Parameters
    ----------
    table : torch.nn.Embedding
    used : torch.Tensor
        Token ids in use, sorted; any other id gives the first one's vector.
    """

    place: torch.Tensor

    def __init__(self, table: nn.Embedding, used: torch.Tensor):
        super().__init__()
        place = torch.zeros(table.num_embeddings, dtype=torch.long)
        place[used] = torch.arange(len(used))
        self.register_buffer("place", place, persistent=False)
        self.weight = nn.Parameter(table.weight.detach()[used].clone())

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        """Return the vectors of token ids."""
        return nn.functional.embedding(self.place[input_ids], self.weight)


@contextmanager
def only_used_words(model: nn.Module, token_ids: Iterable[list[int]], pad_id: int) -> Iterator[None]:
    """Narrow a model's word vectors to those of some texts; afterwards the whole table is back, with what changed.

    Of a quarter of a million vectors a few thousand comments use some ten thousand: optimizer, running average and
    checkpoints hold these alone.
    """
    encoder: Any = encoder_of(model)
    table = encoder.get_input_embeddings()
    if type(table) is not nn.Embedding:
        yield
        return
    used = torch.tensor(sorted({pad_id}.union(*map(set, token_ids))))
    words = UsedWords(table, used)
    encoder.set_input_embeddings(words)
    try:
        yield
    finally:
        encoder.set_input_embeddings(table)
        with torch.no_grad():
            table.weight[used] = words.weight.detach().to(table.weight.device, table.weight.dtype)
