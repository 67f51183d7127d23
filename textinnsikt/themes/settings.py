"""How a theme model is trained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from textinnsikt.errors import InputError
from textinnsikt.themes.model import Pooling
from textinnsikt.themes.thresholds import HANDFUL

#: Passes over the comments where nothing is said: `EPOCHS`, one less on from an earlier tagger, and up to `EPOCHS_FEW`
#: where they make fewer than `STEPS`.
STEPS, EPOCHS, EPOCHS_FEW = 600, 3, 5
#: A handful of comments is passed over until it has made so many steps, but not more often than so many times.
STEPS_LEAST, EPOCHS_MOST = 100, 40
#: Runs, and after a handful of comments without validation comments.
RUNS, RUNS_FEW = 2, 5

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
        Epochs without a better average precision on the validation comments before training stops.
    averaging : float
        Share of the running average of the weights that a step leaves (0 = no average). The average is what is
        validated and kept (Polyak and Juditsky 1992, SIAM J. Control Optim. 30, 838-855).
    runs : int
        Trainings from the same start, each with the comments in an order of its own (``seed``, ``seed + 1``, …), whose
        weights are averaged in the end (Wortsman et al. 2022, "Model soups", ICML, arXiv 2203.05482).
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
    runs: int = 2
    word_vectors: bool = True
    max_tokens: int = 256
    seed: int = 0

    def __post_init__(self) -> None:
        if self.method not in ("adapter", "full"):
            raise InputError(f"Metoden «{self.method}» finnes ikke; velg adapter eller full.")
        if self.pooling not in ("mean", "cls"):
            raise InputError(f"Pooling «{self.pooling}» finnes ikke; velg mean eller cls.")
        if min(self.epochs, self.batch_size, self.patience, self.runs) < 1 or self.learning_rate <= 0:
            raise InputError("Epoker, kjøringer, tålmodighet, bunkestørrelse og læringsrate må være større enn null.")
        if not 0 <= self.seed < 2**31:
            raise InputError("Frøet må være et helt tall fra 0 til 2147483647.")

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as plain values."""
        return asdict(self)


def usual_runs(n: int, validated: bool) -> int:
    """Return how often the training is run: after a handful of comments so often that each is left out once.

    Examples
    --------
    >>> usual_runs(64, validated=False), usual_runs(64, validated=True), usual_runs(640, validated=False)
    (5, 2, 2)
    """
    return RUNS_FEW if n < HANDFUL and not validated else RUNS


def usual_epochs(n: int, batch_size: int, continued: bool = False) -> int:
    """Return how many passes are made over ``n`` training comments unless something else is asked for.

    One that goes on from an earlier tagger needs fewer where they are many.

    Examples
    --------
    >>> [usual_epochs(n, batch_size=16) for n in (16, 100, 500, 2500, 8000)]
    [40, 15, 5, 4, 3]
    >>> usual_epochs(8000, batch_size=16, continued=True)
    2
    """
    steps = max(1, -(-n // max(1, batch_size)))
    some = min(EPOCHS_FEW, max(EPOCHS - continued, -(-STEPS // steps)))
    return max(some, min(EPOCHS_MOST, -(-STEPS_LEAST // steps)))
