"""What training changed, as low-rank additions to the base: a few megabytes instead of the whole model."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import LoraConfig, PeftConfig, get_peft_model, set_peft_model_state_dict
from safetensors.torch import load_file, save_file
from transformers import BertModel

from textinnsikt.themes.model import ThemeModel

WEIGHTS = "adapter_model.safetensors"
#: Names of the linear layers that are trained and added to.
LINEAR = ("query", "key", "value", "dense")
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


def compress(trained: ThemeModel, base: BertModel, rank: int) -> Adapter:
    """Return the change from base to trained model, each matrix cut to its ``rank`` strongest directions.

    The truncated singular value decomposition is the closest matrix of that rank (Eckart and Young 1936,
    Psychometrika 1, 211-218). Biases, norms and word vectors are the base's own: training leaves them alone.
    """
    config = LoraConfig(
        r=rank, lora_alpha=rank, lora_dropout=0.0, target_modules=list(LINEAR), modules_to_save=["classifier"]
    )
    before = dict(base.named_modules())
    weights = {
        f"{_PREFIX}classifier.weight": trained.classifier.weight.detach(),
        f"{_PREFIX}classifier.bias": trained.classifier.bias.detach(),
    }
    for name, layer in trained.bert.named_modules():
        if isinstance(layer, torch.nn.Linear):
            origin = before[name]
            assert isinstance(origin, torch.nn.Linear)
            left, size, right = torch.linalg.svd((layer.weight - origin.weight).detach(), full_matrices=False)
            root = size[:rank].sqrt()
            weights[f"{_PREFIX}bert.{name}.lora_A.weight"] = root[:, None] * right[:rank]
            weights[f"{_PREFIX}bert.{name}.lora_B.weight"] = left[:, :rank] * root
    return Adapter(config, {name: value.half().contiguous() for name, value in weights.items()})


def attach(model: ThemeModel, adapter: Adapter) -> ThemeModel:
    """Merge an adapter into a model on the base; tagging then costs nothing extra."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # PEFT reads a name that transformers is renaming
        adapted = get_peft_model(model, adapter.config)
        set_peft_model_state_dict(adapted, {name: value.float() for name, value in adapter.weights.items()})
    merged = adapted.merge_and_unload()
    assert isinstance(merged, ThemeModel)
    return merged.eval()
