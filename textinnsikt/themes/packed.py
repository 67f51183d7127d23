"""A BERT over texts laid end to end, without padding.

All matrix products take a row of tokens of one fixed length, filled with whatever texts are there; only attention looks
at each text by itself. Nothing is spent on padding, and each product has the same shape, and so the same rounding,
whoever the neighbours are (the idea of packing: Krell et al. 2021, "Efficient Sequence Packing without
Cross-contamination", arXiv 2107.02027).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from textinnsikt.themes.batches import TOKENS, run_batches
from textinnsikt.themes.light import LightBert
from textinnsikt.themes.model import ThemeModel

#: Tokens in one pack: on a processor as many as its caches like, on a graphics processor as many as keep it busy.
PACK, GPU_PACK = 1024, 32_768
#: Vectors that go through the head at a time.
_HEAD_ROWS = 64

Group = tuple[int, int, int]  # first token, texts, tokens per text


class PackedBert:
    """The layers of a transformers BERT, for packs of texts.

    Parameters
    ----------
    encoder : transformers.BertModel or LightBert
        Its weights are read once; queries, keys and values become one product.
    rows : int
        Tokens in one pack.
    dtype : torch.dtype
        What the layers compute in; the word vectors stay as they are, and are not copied.
    """

    def __init__(self, encoder: Any, rows: int, dtype: torch.dtype = torch.float32):
        config = encoder.config
        self.heads = config.num_attention_heads
        embeddings = encoder.embeddings
        self.words = embeddings.word_embeddings
        self.width = config.hidden_size
        kinds = embeddings.token_type_embeddings.weight[0]
        self.places = embeddings.position_embeddings.weight + kinds
        self.norm = _Norm(embeddings.LayerNorm, dtype)
        self.dtype = dtype
        self.layers = [_Layer(layer, rows, dtype) for layer in encoder.encoder.layer]

    def forward(self, tokens: torch.Tensor, places: torch.Tensor, groups: Sequence[Group]) -> torch.Tensor:
        """Return the vectors of a pack's tokens.

        Parameters
        ----------
        tokens, places : torch.Tensor
            Token ids and their places in their texts, both of the pack's fixed length.
        groups : sequence of tuple
            Texts of equal length beside each other: first token, texts, tokens per text.

        Returns
        -------
        torch.Tensor
            Tokens x width; what lies outside the groups means nothing.
        """
        hidden = self.norm((self.words(tokens) + F.embedding(places, self.places)).to(self.dtype))
        for layer in self.layers:
            mixed = torch.zeros_like(hidden)
            _attend(layer.attention(hidden), mixed, groups, self.heads)
            hidden = layer.finish(hidden, mixed)
        return hidden


class _Layer:
    def __init__(self, layer: Any, rows: int, dtype: torch.dtype):
        own, after = layer.attention.self, layer.attention.output
        parts = (own.query, own.key, own.value)
        joint = torch.cat([part.weight for part in parts]), torch.cat([part.bias for part in parts])
        dense = [(part.weight, part.bias) for part in (after.dense, layer.intermediate.dense, layer.output.dense)]
        products = (_Product(weight.to(dtype), bias.to(dtype), rows) for weight, bias in (joint, *dense))
        self.attention, self._after, self._widen, self._narrow = products
        self._first, self._last = _Norm(after.LayerNorm, dtype), _Norm(layer.output.LayerNorm, dtype)

    def finish(self, hidden: torch.Tensor, mixed: torch.Tensor) -> torch.Tensor:
        hidden = self._first(self._after.plus(mixed, hidden))
        return self._last(self._narrow.plus(self._widen.gelu(hidden), hidden))


class _Product:
    """A linear layer. In bfloat16 on a processor its weights are laid out for oneDNN once, not at each call, and GELU
    and sum are done as the product is written (the operators that ``torch.compile`` puts in when it freezes a model).
    """

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor, rows: int):
        self._weight, self._bias = weight.detach(), bias.detach()
        self._fused = weight.dtype is torch.bfloat16 and weight.device.type == "cpu" and _has_fused()
        if self._fused:
            self._weight = torch.ops.mkldnn._reorder_linear_weight(self._weight.contiguous(), rows)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        if self._fused:
            return torch.ops.mkldnn._linear_pointwise(x, self._weight, self._bias, "none", [], "")
        return F.linear(x, self._weight, self._bias)

    def gelu(self, x: torch.Tensor) -> torch.Tensor:
        if self._fused:
            return torch.ops.mkldnn._linear_pointwise(x, self._weight, self._bias, "gelu", [], "none")
        return F.gelu(F.linear(x, self._weight, self._bias))

    def plus(self, x: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
        if self._fused:
            return torch.ops.mkldnn._linear_pointwise.binary(x, other, self._weight, self._bias, "add")
        return F.linear(x, self._weight, self._bias).add_(other)


@lru_cache(maxsize=1)
def _has_fused() -> bool:
    """Tell whether this torch has oneDNN's fused layers for bfloat16; try one."""
    try:
        weight = torch.ops.mkldnn._reorder_linear_weight(torch.zeros(8, 8, dtype=torch.bfloat16), 8)
        row = torch.zeros(8, 8, dtype=torch.bfloat16)
        torch.ops.mkldnn._linear_pointwise(row, weight, row[0], "gelu", [], "none")
        torch.ops.mkldnn._linear_pointwise.binary(row, row, weight, row[0], "add")
    except (AttributeError, RuntimeError):
        return False
    return True


class _Norm:
    def __init__(self, norm: nn.LayerNorm, dtype: torch.dtype):
        self._weight, self._bias = norm.weight.detach().to(dtype), norm.bias.detach().to(dtype)
        self._eps = norm.eps

    def __call__(self, hidden: torch.Tensor) -> torch.Tensor:
        return F.layer_norm(hidden, self._weight.shape, self._weight, self._bias, self._eps)


def _attend(joint: torch.Tensor, mixed: torch.Tensor, groups: Sequence[Group], heads: int) -> None:
    """Let the tokens of each text attend to each other; write the outcome to ``mixed``.

    On a processor, in float32: for texts as short as comments that took a quarter less time than in bfloat16.
    """
    if joint.device.type == "cpu":
        joint = joint.float()
    for first, texts, length in groups:
        span = slice(first, first + texts * length)
        query, key, value = joint[span].view(texts, length, 3, heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
        found = F.scaled_dot_product_attention(query, key, value)
        mixed[span].view(texts, length, heads, -1).copy_(found.transpose(1, 2))


def can_pack(model: Any) -> bool:
    """Tell whether a classifier is a BERT of the plain kind, whose layers are known here."""
    encoder = getattr(model, "bert", None)
    if isinstance(encoder, LightBert):
        return isinstance(model, ThemeModel)
    from transformers import BertForSequenceClassification, BertModel

    if not isinstance(model, (ThemeModel, BertForSequenceClassification)) or type(encoder) is not BertModel:
        return False
    config = encoder.config
    absolute = getattr(config, "position_embedding_type", "absolute") == "absolute"
    return absolute and config.hidden_act == "gelu" and not config.is_decoder


def run_model(
    model: Any,
    token_ids: Sequence[Sequence[int]],
    pad_id: int,
    tokens: int | None = None,
    device: str = "cpu",
    progress: Callable[[int], None] | None = None,
    dtype: torch.dtype = torch.float32,
) -> np.ndarray:
    """Run a classifier over tokenized texts: in packs where `can_pack`, else in batches of fixed shapes.

    Parameters
    ----------
    model : torch.nn.Module
        Takes ``input_ids`` and ``attention_mask``, and returns something with ``logits``.
    token_ids : sequence of sequences of int
        One list of token ids per text.
    pad_id : int
        Fills what is left of a pack.
    tokens : int, optional
        Tokens in one pack or batch; default is `PACK` or `batches.TOKENS`.
    device : str
        Where the model is.
    progress : callable, optional
        Called with the number of texts done after each pack.
    dtype : torch.dtype
        What the layers compute in, whatever the model is stored in; the head computes in float32.

    Returns
    -------
    numpy.ndarray
        float32 logits, texts x outputs, in the order given; a text's do not depend on the texts beside it.
    """
    if not can_pack(model):

        def forward(input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            with torch.autocast(device, dtype, enabled=dtype is not torch.float32):
                logits: torch.Tensor = model(input_ids=input_ids, attention_mask=attention_mask).logits
            return logits

        return run_batches(forward, token_ids, pad_id, tokens or TOKENS, device, progress)
    tokens = tokens or (PACK if device == "cpu" else GPU_PACK)
    known = _PACKED.setdefault(model, {})
    packed = known[tokens, dtype] = known.get((tokens, dtype)) or PackedBert(model.bert, tokens, dtype)
    vectors = torch.empty(len(token_ids), packed.width)
    with torch.inference_mode():
        for size, members in _plan([len(ids) for ids in token_ids], tokens):
            taken, groups = _lay(token_ids, members)
            ids = torch.full((size,), pad_id, dtype=torch.long)
            places = torch.zeros(size, dtype=torch.long)
            ids[: len(taken)] = torch.from_numpy(taken)
            for first, texts, length in groups:
                places[first : first + texts * length] = torch.arange(length).repeat(texts)
            hidden = packed.forward(_send(ids, device), _send(places, device), groups)
            vectors[members] = torch.cat([_pool(model, hidden, group) for group in groups]).cpu()
            if progress is not None:
                progress(len(members))
        return _logits(model, vectors, device)


_PACKED: WeakKeyDictionary[nn.Module, dict[tuple[int, torch.dtype], PackedBert]] = WeakKeyDictionary()


def _plan(lengths: Sequence[int], tokens: int) -> Iterator[tuple[int, list[int]]]:
    """Yield each pack's length and texts, longest first; a text too long for a pack has a longer one for itself."""
    members: list[int] = []
    used = 0
    for index in sorted(range(len(lengths)), key=lambda index: (-lengths[index], index)):
        if lengths[index] > tokens:
            yield -(-lengths[index] // tokens) * tokens, [index]
            continue
        if used + lengths[index] > tokens:
            yield tokens, members
            members, used = [], 0
        members.append(index)
        used += lengths[index]
    if members:
        yield tokens, members


def _lay(token_ids: Sequence[Sequence[int]], members: Sequence[int]) -> tuple[np.ndarray, list[Group]]:
    """Lay texts end to end; return their tokens and where each length begins."""
    groups: list[Group] = []
    first = 0
    for length, same in groupby(len(token_ids[index]) for index in members):
        texts = sum(1 for _ in same)
        groups.append((first, texts, length))
        first += texts * length
    taken = np.fromiter((token for index in members for token in token_ids[index]), dtype=np.int64, count=first)
    return taken, groups


def _send(ids: torch.Tensor, device: str) -> torch.Tensor:
    return ids if device == "cpu" else ids.pin_memory().to(device, non_blocking=True)


def _pool(model: Any, hidden: torch.Tensor, group: Group) -> torch.Tensor:
    """Return one float32 vector per text of a group."""
    first, texts, length = group
    span = hidden[first : first + texts * length].view(texts, length, -1)
    if not isinstance(model, ThemeModel) or model.pooling == "cls":
        return span[:, 0].float()
    mean = torch.stack([text.float().mean(0) for text in span])
    return F.layer_norm(mean, mean.shape[-1:])


def _logits(model: Any, vectors: torch.Tensor, device: str) -> np.ndarray:
    """Send the vectors through the head in float32, a fixed number at a time."""
    found, head = [], model.classifier
    pooler: Any = getattr(model.bert.pooler, "dense", None)
    for part in vectors.split(_HEAD_ROWS):
        rows = torch.zeros(_HEAD_ROWS, vectors.shape[1])
        rows[: len(part)] = part
        rows = rows.to(device)
        if pooler is not None:
            rows = torch.tanh(F.linear(rows, pooler.weight.float(), pooler.bias.float()))
        logits = F.linear(rows, head.weight.float(), head.bias.float())
        found.append(logits[: len(part)].cpu().numpy())
    return np.concatenate(found) if found else np.zeros((0, head.out_features), dtype=np.float32)
