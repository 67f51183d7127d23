"""How a theme model is trained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from textinnsikt.errors import InputError
from textinnsikt.themes.model import Pooling

Method = Literal["adapter", "full"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class TrainingSettings:
    """How a theme model is trained.

    Parameters
    ----------
    method : {"adapter", "full"}
        ``full`` keeps every changed weight; ``adapter`` keeps the change of each matrix and each trained word
        vector, rounded to seven levels, which takes a few megabytes.
    epochs : int
        Passes over the training comments, at most.
    learning_rate : float
        Peak rate of the encoder; rises over the first tenth of the steps, then falls to zero. The new head learns
        at `HEAD_RATE`.
    batch_size : int
        Comments per step.
    pooling : {"mean", "cls"}
        See `textinnsikt.themes.model.Pooling`.
    patience : int
        Epochs without a better F1 on the validation comments before training stops.
    averaging : float
        Share of the running average of the weights that a step leaves (0 = no average). The average is what is
        validated and kept (Polyak and Juditsky 1992, SIAM J. Control Optim. 30, 838-855).
    word_vectors : bool
        Train the vectors of the words in the training comments too.
    max_tokens : int
        Longer comments are cut there in training.
    seed : int
        Order of the comments, start values and dropout.

    Raises
    ------
    InputError
        When a value is out of range.
    """

    method: Method = "adapter"
    epochs: int = 5
    learning_rate: float = 1e-4
    batch_size: int = 16
    pooling: Pooling = "mean"
    patience: int = 3
    averaging: float = 0.99
    word_vectors: bool = True
    max_tokens: int = 256
    seed: int = 0

    def __post_init__(self) -> None:
        if self.method not in ("adapter", "full"):
            raise InputError(f"Metoden «{self.method}» finnes ikke; velg adapter eller full.")
        if self.pooling not in ("mean", "cls"):
            raise InputError(f"Pooling «{self.pooling}» finnes ikke; velg mean eller cls.")
        if min(self.epochs, self.batch_size, self.patience) < 1 or self.learning_rate <= 0:
            raise InputError("Epoker, tålmodighet, bunkestørrelse og læringsrate må være større enn null.")

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as plain values."""
        return asdict(self)
