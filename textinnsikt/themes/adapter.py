"""What training changed, as low-rank additions to the base: a few megabytes instead of the whole model."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, PeftConfig, get_peft_model, set_peft_model_state_dict
from safetensors.torch import load_file, save_file
from torch import nn

WEIGHTS = "adapter_model.safetensors"
_PREFIX = "base_model.model."


@dataclass(frozen=True)
class Adapter:
    """Settings and weights in PEFT's own form, half precision."""

    config: PeftConfig
    weights: dict[str, torch.Tensor]

    def save(self, folder: Path) -> None:
        """Write ``adapter_config.json`` and ``adapter_model.safetensors``."""
        self.config.save_pretrained(str(folder))
        save_file(self.weights, folder / WEIGHTS)

    @classmethod
    def load(cls, folder: Path) -> Adapter:
        """Read what `save` wrote."""
        return cls(PeftConfig.from_pretrained(str(folder)), load_file(folder / WEIGHTS))


def compress(trained: nn.Module, base: nn.Module, rank: int) -> Adapter:
    """Return the change from base to trained model, each matrix cut to its ``rank`` strongest directions at most.

    The truncated singular value decomposition is the closest matrix of that rank (Eckart and Young 1936,
    Psychometrika 1, 211-218). Biases, norms and word vectors are the base's own: training leaves them alone. What is
    above the encoder is kept whole.
    """
    below = f"{trained.base_model_prefix}."
    before = dict(base.named_modules())
    changed: dict[str, torch.Tensor] = {}
    for name, layer in trained.named_modules():
        if isinstance(layer, nn.Linear) and name.startswith(below):
            origin = before[name]
            assert isinstance(origin, nn.Linear)
            changed[name] = (layer.weight - origin.weight).detach()
    rank = min(rank, *(min(change.shape) for change in changed.values()))
    weights: dict[str, torch.Tensor] = {}
    for name, change in changed.items():
        left, size, right = torch.linalg.svd(change, full_matrices=False)
        root = size[:rank].sqrt()
        weights[f"{_PREFIX}{name}.lora_A.weight"] = root[:, None] * right[:rank]
        weights[f"{_PREFIX}{name}.lora_B.weight"] = left[:, :rank] * root
    head = {name: value.detach() for name, value in trained.named_parameters() if not name.startswith(below)}
    weights |= {f"{_PREFIX}{name}": value for name, value in head.items()}
    config = LoraConfig(
        r=rank,
        lora_alpha=rank,
        lora_dropout=0.0,
        target_modules=sorted({name.rsplit(".", 1)[-1] for name in changed}),
        modules_to_save=sorted({name.split(".")[0] for name in head}),
    )
    return Adapter(config, {name: value.half().contiguous() for name, value in weights.items()})


def attach(model: nn.Module, adapter: Adapter) -> nn.Module:
    """Merge an adapter into a model on the base; tagging then costs nothing extra."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # PEFT reads a name that transformers is renaming
        adapted: Any = get_peft_model(model, adapter.config)  # type: ignore[arg-type]
        set_peft_model_state_dict(adapted, {name: value.float() for name, value in adapter.weights.items()})
    merged: nn.Module = adapted.merge_and_unload()
    return merged.eval()
