"""The embedded base without transformers around it: a tagger starts in half the time.

The weights have the same names and the same meaning as in transformers' ``BertModel``; training and everything else
that is not tagging uses that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import nn


@dataclass(frozen=True)
class LightConfig:
    """Sizes of a BERT, by the names that transformers has for them."""

    vocab_size: int
    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    max_position_embeddings: int
    type_vocab_size: int
    layer_norm_eps: float
    pad_token_id: int
    hidden_act: str = "gelu"
    is_decoder: bool = False


class LightBert(nn.Module):
    """A BERT encoder without pooler, for inference.

    Parameters
    ----------
    config : LightConfig

    Examples
    --------
    >>> sizes = {"vocab_size": 9, "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    >>> more = {"intermediate_size": 16, "max_position_embeddings": 5, "type_vocab_size": 1, "layer_norm_eps": 1e-5}
    >>> bert = LightBert(LightConfig(**sizes, **more, pad_token_id=0))
    >>> bert(torch.ones(2, 3, dtype=torch.long), torch.ones(2, 3)).last_hidden_state.shape
    torch.Size([2, 3, 8])
    """

    pooler = None

    def __init__(self, config: LightConfig):
        super().__init__()
        self.config = config
        width = config.hidden_size
        self.embeddings = nn.ModuleDict(
            {
                "word_embeddings": nn.Embedding(config.vocab_size, width),
                "position_embeddings": nn.Embedding(config.max_position_embeddings, width),
                "token_type_embeddings": nn.Embedding(config.type_vocab_size, width),
                "LayerNorm": nn.LayerNorm(width, config.layer_norm_eps),
            }
        )
        layers = nn.ModuleList(_layer(config) for _ in range(config.num_hidden_layers))
        self.encoder = nn.ModuleDict({"layer": layers})

    def get_input_embeddings(self) -> nn.Module:
        """Return the table of word vectors."""
        return self.embeddings["word_embeddings"]

    def set_input_embeddings(self, table: nn.Module) -> None:
        """Use another table of word vectors."""
        self.embeddings["word_embeddings"] = table

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> SimpleNamespace:
        """Return ``last_hidden_state`` (rows x length x width)."""
        parts: Any = self.embeddings
        layers: Any = self.encoder["layer"]
        places = parts["position_embeddings"].weight[: input_ids.shape[1]] + parts["token_type_embeddings"].weight[0]
        hidden = parts["LayerNorm"](parts["word_embeddings"](input_ids) + places)
        seen = attention_mask.bool()[:, None, None, :]
        for layer in layers:
            hidden = self._finish(layer, hidden, self._attend(layer.attention.self, hidden, seen))
        return SimpleNamespace(last_hidden_state=hidden)

    def _attend(self, own: Any, hidden: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        rows, length, width = hidden.shape
        query, key, value = (
            part(hidden).view(rows, length, self.config.num_attention_heads, -1).transpose(1, 2)
            for part in (own.query, own.key, own.value)
        )
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        return mixed.transpose(1, 2).reshape(rows, length, width)

    def _finish(self, layer: Any, hidden: torch.Tensor, mixed: torch.Tensor) -> torch.Tensor:
        after, last = layer.attention.output, layer.output
        hidden = after.LayerNorm(after.dense(mixed) + hidden)
        return last.LayerNorm(last.dense(F.gelu(layer.intermediate.dense(hidden))) + hidden)


def _layer(config: LightConfig) -> nn.ModuleDict:
    width, wide = config.hidden_size, config.intermediate_size

    def closing(size: int) -> nn.ModuleDict:
        return nn.ModuleDict({"dense": nn.Linear(size, width), "LayerNorm": nn.LayerNorm(width, config.layer_norm_eps)})

    own = nn.ModuleDict({name: nn.Linear(width, width) for name in ("query", "key", "value")})
    attention = nn.ModuleDict({"self": own, "output": closing(width)})
    widen = nn.ModuleDict({"dense": nn.Linear(width, wide)})
    return nn.ModuleDict({"attention": attention, "intermediate": widen, "output": closing(wide)})


class PackedWords(nn.Module):
    """A table of word vectors at four bits a number, unpacked row by row as they are asked for.

    Unpacked as a whole, a quarter of a million words take a second and 380 MB, and most texts use a few thousand.

    Parameters
    ----------
    scales : torch.Tensor
        float16, words x blocks.
    levels : torch.Tensor
        uint8, words x blocks x half a block: the first half of a block in the low four bits, the second in the high.

    Examples
    --------
    >>> words = PackedWords(torch.tensor([[0.5]]), torch.tensor([[[0x19, 0x08]]], dtype=torch.uint8))
    >>> words(torch.tensor([0])).tolist()
    [[0.5, 0.0, -3.5, -4.0]]
    """

    scales: torch.Tensor
    levels: torch.Tensor

    def __init__(self, scales: torch.Tensor, levels: torch.Tensor):
        super().__init__()
        self.register_buffer("scales", scales)
        self.register_buffer("levels", levels)

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        """Return the vectors of token ids, float32."""
        levels = self.levels[input_ids]
        values = torch.cat([levels & 15, levels >> 4], dim=-1).float() - 8.0
        return (values * self.scales[input_ids].float().unsqueeze(-1)).flatten(-2)

    def unpack(self) -> nn.Embedding:
        """Return the whole table as an ordinary one."""
        ids = torch.arange(len(self.scales), device=self.scales.device)
        whole = torch.empty(len(ids), 2 * self.levels[0].numel(), device=ids.device)
        with torch.no_grad():
            for part in ids.split(8192):  # bounds what is needed beside the table
                whole[part] = self(part)
        return nn.Embedding.from_pretrained(whole)


class Pieces:
    """The embedded base's tokenizer, called as transformers' are called.

    Parameters
    ----------
    core : tokenizers.Tokenizer
    pad_token_id : int
    """

    def __init__(self, core: Tokenizer, pad_token_id: int):
        self.core = core
        self.pad_token_id = pad_token_id

    def __call__(
        self, texts: str | Sequence[str], truncation: bool = False, max_length: int | None = None, **_: Any
    ) -> dict[str, list[Any]]:
        """Return ``input_ids``: token ids with first and last token, cut at ``max_length`` on request."""
        one = isinstance(texts, str)
        found = [encoded.ids for encoded in self.core.encode_batch_fast([texts] if one else list(texts))]
        if truncation and max_length is not None:
            found = [ids if len(ids) <= max_length else [*ids[: max_length - 1], ids[-1]] for ids in found]
        return {"input_ids": found[0] if one else found}
