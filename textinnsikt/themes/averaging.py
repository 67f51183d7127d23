"""A running average of the weights during training, and the state from which a killed training goes on."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import TrainerCallback

_RAW = "uten_snitt.safetensors"


def last_checkpoint(folder: Path) -> Path | None:
    """Return the newest whole checkpoint of a training folder; half-written ones are taken away.

    `AveragedWeights` writes its file last, so a checkpoint that has it is whole.
    """
    found = {int(p.name.rsplit("-", 1)[1]): p for p in folder.glob("checkpoint-*")}
    for path in found.values():
        if not (path / _RAW).exists():
            shutil.rmtree(path)
    whole = [step for step, path in found.items() if path.exists()]
    return found[max(whole)] if whole else None


class AveragedWeights(TrainerCallback):
    """Keeps a running average of the trained weights, and puts it into the model between epochs.

    Validation and checkpoints then see the average; the weights themselves lie beside it in the checkpoint, and
    come back when the next epoch begins. Early on the average is short: after t steps it spans about t / 10.

    Parameters
    ----------
    model : torch.nn.Module
    share : float
        How much of the average a step leaves; 0 keeps the weights themselves.
    earlier : Path, optional
        The checkpoint from which training goes on.
    """

    def __init__(self, model: nn.Module, share: float, earlier: Path | None = None):
        self.named = {name: p for name, p in model.named_parameters() if p.requires_grad}
        self.share = share
        self.earlier = earlier
        self.average: list[torch.Tensor] = []
        self.raw: list[torch.Tensor] | None = None

    def _copy(self) -> list[torch.Tensor]:
        return [p.detach().clone() for p in self.named.values()]

    def _fill(self, values: list[torch.Tensor]) -> None:
        with torch.no_grad():
            torch._foreach_copy_(list(self.named.values()), values)

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """The model holds its start values, or the average of an earlier checkpoint."""
        self.average = self._copy()
        if self.earlier is not None:
            stored = load_file(self.earlier / _RAW)
            self.raw = [stored[name] for name in self.named]

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Train on from the weights themselves."""
        if self.raw is not None:
            self._fill(self.raw)
            self.raw = None

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Move the average towards the weights."""
        share = min(self.share, (1 + state.global_step) / (10 + state.global_step))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, list(self.named.values()), 1 - share)

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Show the average to validation and checkpoint."""
        self.raw = self._copy()
        self._fill(self.average)

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Put the weights themselves beside the average."""
        assert self.raw is not None
        folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
        fresh = folder / f"{_RAW}.ny"
        save_file(dict(zip(self.named, self.raw, strict=True)), fresh)
        fresh.replace(folder / _RAW)
