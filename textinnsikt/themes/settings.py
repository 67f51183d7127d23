"""How a theme model is trained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from textinnsikt.errors import InputError
from textinnsikt.themes.model import Pooling
from textinnsikt.themes.thresholds import HANDFUL

#: Passes over the comments where nothing is said: `EPOCHS`, one less on from an earlier tagger. Where they make fewer
#: than `STEPS`: up to `EPOCHS_SOME`, or `EPOCHS_FEW` on the embedded encoder.
STEPS, EPOCHS, EPOCHS_SOME, EPOCHS_FEW = 600, 3, 5, 15
#: A handful of comments is passed over until it has made so many steps, but not more often than so many times.
STEPS_LEAST, EPOCHS_MOST = 100, 40
#: Peak rates of the encoder where nothing is said; the higher one where the embedded encoder gets few comments.
RATE, RATE_FEW = 1e-4, 2e-4
#: Runs, and after a handful of comments without validation comments.
RUNS, RUNS_FEW = 2, 5

Method = Literal["adapter", "full"]
#: What training starts from: the embedded encoder, untrained, another base, or an earlier tagger.
Start = Literal["embedded", "base", "tagger"]
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
    learning_rate: float = RATE
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


def choose_settings(n: int, start: Start, validated: bool, given: dict[str, Any]) -> TrainingSettings:
    """Return the settings for ``n`` training comments: those given, and the usual ones for those given as None.

    Examples
    --------
    >>> found = choose_settings(256, "tagger", True, {"epochs": None, "learning_rate": None, "runs": 3})
    >>> found.epochs, found.learning_rate, found.runs
    (7, 0.0001, 3)
    """
    known = {field.name: given[field.name] for field in fields(TrainingSettings) if field.name in given}
    batch_size = known.get("batch_size", TrainingSettings.batch_size)
    usual = {
        "epochs": usual_epochs(n, batch_size, start),
        "learning_rate": usual_rate(n, batch_size, start),
        "runs": usual_runs(n, validated),
    }
    return TrainingSettings(**known | {name: value for name, value in usual.items() if known.get(name) is None})


def usual_runs(n: int, validated: bool) -> int:
    """Return how often the training is run: after a handful of comments so often that each is left out once.

    Examples
    --------
    >>> usual_runs(64, validated=False), usual_runs(64, validated=True), usual_runs(640, validated=False)
    (5, 2, 2)
    """
    return RUNS_FEW if n < HANDFUL and not validated else RUNS


def usual_rate(n: int, batch_size: int, start: Start) -> float:
    """Return the peak rate of the encoder for ``n`` training comments unless something else is asked for.

    Few comments move the embedded encoder too little at the usual rate. A tagger would forget what it knows at a
    higher, and other bases may be larger, which calls for a lower.

    Examples
    --------
    >>> usual_rate(256, 16, "embedded"), usual_rate(8000, 16, "embedded"), usual_rate(256, 16, "tagger")
    (0.0002, 0.0001, 0.0001)
    """
    return RATE_FEW if start == "embedded" and EPOCHS * _steps(n, batch_size) <= STEPS else RATE


def usual_epochs(n: int, batch_size: int, start: Start) -> int:
    """Return how many passes are made over ``n`` training comments unless something else is asked for.

    Examples
    --------
    >>> [usual_epochs(n, 16, "embedded") for n in (16, 100, 500, 2500, 8000)]
    [40, 15, 15, 4, 3]
    >>> [usual_epochs(n, 16, "tagger") for n in (16, 100, 500, 2500, 8000)]
    [40, 15, 5, 4, 2]
    """
    steps, most = _steps(n, batch_size), EPOCHS_FEW if start == "embedded" else EPOCHS_SOME
    some = min(most, max(EPOCHS - (start == "tagger"), -(-STEPS // steps)))
    return max(some, min(EPOCHS_MOST, -(-STEPS_LEAST // steps)))


def _steps(n: int, batch_size: int) -> int:
    """Return the steps of one pass."""
    return max(1, -(-n // max(1, batch_size)))
