"""What training changed in the base's matrices and word vectors, in seven levels: a few megabytes, not the whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from textinnsikt.themes.light import PackedWords
from textinnsikt.themes.model import encoder_of

WEIGHTS = "adapter_model.safetensors"
#: A change is stored as a step of its row times a whole number from -3 to 3: fourteen numbers in five bytes.
_MOST, _LEVELS, _NUMBERS, _BYTES = 3, 7, 14, 5
#: Steps to choose from for a row, in root mean squares of its changes; near the best one for bell-shaped values.
_STEPS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Adapter:
    """Changes of the encoder's matrices (``NAME.levels``, ``NAME.steps``), of the word vectors that were trained
    (these and ``NAME.rows``), and the whole head, by name.
    """

    weights: dict[str, torch.Tensor]

    def save(self, folder: Path) -> None:
        """Write ``adapter_model.safetensors``."""
        save_file(self.weights, folder / WEIGHTS)

    @classmethod
    def load(cls, folder: Path) -> Adapter:
        """Read what `save` wrote."""
        return cls(load_file(folder / WEIGHTS))


def compress(trained: nn.Module, base: nn.Module) -> Adapter:
    """Return the change from base to trained model, each row of each matrix rounded to seven levels.

    The step of a row is the one among `_STEPS` with the smallest squared error (uniform quantisation: Max 1960,
    IRE Transactions on Information Theory 6, 7-12). Of the word vectors only those that changed are stored. Biases and
    norms are the base's own: training leaves them alone. What is above the encoder is kept whole.
    """
    before = dict(base.named_parameters())
    weights: dict[str, torch.Tensor] = {}
    for name, layer in _matrices(trained).items():
        weights |= _stored(name, (layer.weight - before[f"{name}.weight"]).detach())
    name, words = _words(trained)
    change = (words - before[f"{name}.weight"]).detach()
    rows = change.any(1).nonzero()[:, 0]
    if len(rows):
        weights |= {f"{name}.rows": rows.int(), **_stored(name, change[rows])}
    below = f"{trained.base_model_prefix}."
    head = {name: value.detach() for name, value in trained.named_parameters() if not name.startswith(below)}
    return Adapter(weights | {name: value.clone() for name, value in head.items()})


def round_change(after: torch.Tensor, before: torch.Tensor) -> torch.Tensor:
    """Return a trained matrix as it is once its change has been stored."""
    change = after - before
    steps = _best_steps(change)
    return before + _rounded(change, steps) * steps.float()[:, None]


def _stored(name: str, change: torch.Tensor) -> dict[str, torch.Tensor]:
    """Return a change as it is stored."""
    steps = _best_steps(change)
    return {f"{name}.levels": _pack(_rounded(change, steps)), f"{name}.steps": steps}


def attach(model: nn.Module, adapter: Adapter) -> nn.Module:
    """Add an adapter to a model on its base, in place; tagging then costs nothing extra."""
    weights = dict(adapter.weights)
    with torch.no_grad():
        for name, layer in _matrices(model).items():
            steps, levels = weights.pop(f"{name}.steps"), weights.pop(f"{name}.levels")
            layer.weight += _unpack(levels, layer.weight.shape) * steps.float()[:, None]
        if any(name.endswith(".rows") for name in weights):
            name, words = _words(model)
            rows, steps, levels = (weights.pop(f"{name}.{part}") for part in ("rows", "steps", "levels"))
            words[rows.long()] += _unpack(levels, torch.Size((len(rows), words.shape[1]))) * steps.float()[:, None]
        for name, value in model.named_parameters():
            if name in weights:
                value.copy_(weights[name])
    return model.eval()


def _matrices(model: nn.Module) -> dict[str, nn.Linear]:
    """Return the encoder's linear layers."""
    below = f"{model.base_model_prefix}."
    return {n: part for n, part in model.named_modules() if isinstance(part, nn.Linear) and n.startswith(below)}


def _words(model: nn.Module) -> tuple[str, nn.Parameter]:
    """Return the name and the table of the encoder's word vectors, unpacked."""
    encoder: Any = encoder_of(model)
    if isinstance(encoder.get_input_embeddings(), PackedWords):
        encoder.set_input_embeddings(encoder.get_input_embeddings().unpack())
    table = encoder.get_input_embeddings()
    (name,) = (n for n, part in model.named_modules() if part is table)
    return name, table.weight


def _best_steps(change: torch.Tensor) -> torch.Tensor:
    """Return the step of each row, half precision; 0 where nothing changed."""
    size = change.pow(2).mean(1).sqrt()
    tried = torch.stack([(size * share).half() for share in _STEPS])
    errors = torch.stack([(_rounded(change, s) * s.float()[:, None] - change).pow(2).sum(1) for s in tried])
    return tried.gather(0, errors.argmin(0)[None])[0]


def _rounded(change: torch.Tensor, steps: torch.Tensor) -> torch.Tensor:
    wide = steps.float()[:, None]
    return torch.where(wide > 0, change / wide, 0.0).round().clamp(-_MOST, _MOST)


def _pack(levels: torch.Tensor) -> torch.Tensor:
    """Write numbers from -3 to 3 as bytes: fourteen in base seven are under 2**40."""
    flat = nn.functional.pad(levels.flatten().long() + _MOST, (0, -levels.numel() % _NUMBERS))
    whole = (flat.view(-1, _NUMBERS) * _LEVELS ** torch.arange(_NUMBERS)).sum(1)
    parts = torch.bitwise_right_shift(whole[:, None], 8 * torch.arange(_BYTES)) & 255
    return parts.to(torch.uint8).flatten()


def _unpack(packed: torch.Tensor, shape: torch.Size) -> torch.Tensor:
    """Read what `_pack` wrote."""
    whole = torch.bitwise_left_shift(packed.view(-1, _BYTES).long(), 8 * torch.arange(_BYTES)).sum(1)
    digits = whole[:, None] // _LEVELS ** torch.arange(_NUMBERS) % _LEVELS - _MOST
    return digits.flatten()[: shape.numel()].view(shape).float()
