"""Batches of fixed shapes, so that a text's result does not depend on the texts beside it.

A text is padded to the next multiple of 16 tokens, and every batch of that length has the same number of rows,
empty ones added where texts are lacking: each matrix product then has the same shape, and so the same rounding,
whoever the neighbours are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch

from textinnsikt.themes.machine import bfloat16_pays

#: Lengths are padded up to a multiple of this many tokens.
STEP = 16
#: Tokens in one batch, padding included.
TOKENS = 4096

Forward = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def fast_dtype(device: str = "cpu") -> torch.dtype:
    """Return bfloat16 where the processor computes it natively and faster, float32 otherwise."""
    if device != "cpu":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    return torch.bfloat16 if bfloat16_pays() else torch.float32


def _plan(lengths: Sequence[int], tokens: int) -> Iterator[tuple[int, int, list[int]]]:
    """Yield ``(padded length, rows, indices)`` of each batch, longest first."""
    groups: dict[int, list[int]] = {}
    for index, length in enumerate(lengths):
        groups.setdefault(-(-length // STEP) * STEP, []).append(index)
    for padded in sorted(groups, reverse=True):
        rows = max(1, tokens // padded)
        members = groups[padded]
        for start in range(0, len(members), rows):
            yield padded, rows, members[start : start + rows]


def run_batches(
    forward: Forward,
    token_ids: Sequence[Sequence[int]],
    pad_id: int,
    tokens: int = TOKENS,
    device: str = "cpu",
    progress: Callable[[int], None] | None = None,
) -> np.ndarray:
    """Run a model over tokenized texts in batches of fixed shapes.

    Parameters
    ----------
    forward : callable
        Takes ``input_ids`` and ``attention_mask`` (both rows x length) and returns rows x width.
    token_ids : sequence of sequences of int
        One list of token ids per text.
    pad_id : int
        Id of the padding token.
    tokens : int
        Tokens in one batch.
    device : str
        Where the model is.
    progress : callable, optional
        Called with the number of texts done after each batch.

    Returns
    -------
    numpy.ndarray
        float32, texts x width, in the order given.
    """
    result: np.ndarray | None = None
    for padded, rows, members in _plan([len(ids) for ids in token_ids], tokens):
        input_ids = torch.full((rows, padded), pad_id, dtype=torch.long)
        attention = torch.zeros((rows, padded), dtype=torch.long)
        attention[:, 0] = 1  # a row without any token to attend to would give NaN
        for row, member in enumerate(members):
            ids = token_ids[member]
            input_ids[row, : len(ids)] = torch.tensor(ids, dtype=torch.long)
            attention[row, : len(ids)] = 1
        with torch.inference_mode():
            out = forward(input_ids.to(device), attention.to(device))
        values = out[: len(members)].float().cpu().numpy()
        if result is None:
            result = np.zeros((len(token_ids), values.shape[1]), dtype=np.float32)
        result[members] = values
        if progress is not None:
            progress(len(members))
    return result if result is not None else np.zeros((0, 0), dtype=np.float32)
