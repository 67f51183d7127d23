"""Training a theme model on labelled comments: several runs, averaged."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from torch import nn
from transformers import EvalPrediction, PreTrainedTokenizerFast

from textinnsikt.errors import InputError
from textinnsikt.themes.adapter import round_change
from textinnsikt.themes.batches import fast_dtype, run_batches
from textinnsikt.themes.light import PackedWords
from textinnsikt.themes.model import ThemeModel, encoder_of
from textinnsikt.themes.settings import Progress, TrainingSettings
from textinnsikt.themes.trainer import TIE, TRAINED, Comments, judge, restore_weights, run_trainer, trained_weights
from textinnsikt.themes.vocabulary import UsedWords, only_used_words

#: Inverse strength of the penalty in the regression that the head starts from, on standardised vectors, and the most
#: comments in it: they cost a pass through the encoder.
HEAD_C, HEAD_MOST = 0.003, 8000
#: Shares of what training changed that are tried on the validation comments; the rest is left as it was at the start.
SHARES = (1.0, 0.7, 0.5, 0.35)
#: Without validation comments each run leaves out one comment in so many, never more than so many of them.
LEFT_OUT, LEFT_OUT_MOST = 5, 300


@dataclass
class Training:
    """What a training tells about itself.

    Parameters
    ----------
    history : list of list of float
        Per run, mean average precision on the validation comments after each epoch; empty without them.
    rows : list of int
        The training comments that some run left out; empty where there were validation comments, or one run.
    logits : numpy.ndarray
        What the run that left it out says of each of them, comments x outputs.
    """

    history: list[list[float]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    logits: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), np.float32))


def train_model(
    model: nn.Module,
    tokenizer: PreTrainedTokenizerFast,
    texts: Sequence[str],
    targets: np.ndarray,
    settings: TrainingSettings,
    validation: tuple[Sequence[str], np.ndarray] | None = None,
    groups: Sequence[str] | None = None,
    checkpoints: Path | None = None,
    progress: Progress | None = None,
    origin: nn.Module | None = None,
) -> Training:
    """Fit a model to labelled comments: the mean of several runs from the same start.

    Parameters
    ----------
    model : torch.nn.Module
        With a new head; changed in place, float32.
    tokenizer : transformers.PreTrainedTokenizerFast
    texts : sequence of str
    targets : numpy.ndarray
        0/1, texts x outputs.
    settings : TrainingSettings
    validation : tuple of (texts, targets), optional
        With it, each run keeps the epoch with the highest mean average precision on these; a mean that does worse than
        every run is not used, but the best run; and of the change, the one of `SHARES` that does best is kept. Without
        it, each run leaves out comments of its own, to be judged on.
    groups : sequence of str, optional
        Comments of the same group, such as a contact, are left out together; the texts themselves by default.
    checkpoints : Path, optional
        Folder for the state after each epoch. Where it holds one of the same comments and settings, training goes on
        from there.
    progress : callable, optional
        Called with steps done and steps in all.
    origin : torch.nn.Module, optional
        Where the change from it is what will be stored, rounded: `SHARES` are judged as they will be then.

    Returns
    -------
    Training
    """

    def dataset(of: Sequence[str], truth: np.ndarray) -> Comments:
        ids = tokenizer(list(of), truncation=True, max_length=settings.max_tokens)["input_ids"]
        return Comments(ids, truth)

    train = dataset(texts, targets)
    held_out = dataset(*validation) if validation is not None else None
    used = [*train.token_ids, *(held_out.token_ids if held_out is not None else ())]
    pad_id = int(tokenizer.pad_token_id or 0)
    same_words = only_used_words(origin, used, pad_id) if origin is not None else nullcontext()
    with only_used_words(model, used, pad_id), same_words:
        _choose_weights(model, settings.word_vectors)
        left_out = [[]] * settings.runs if held_out is not None else _leave_out(groups or texts, settings)
        if checkpoints is not None:
            judged = (held_out.token_ids, held_out.targets.tolist()) if held_out is not None else left_out
            _claim(checkpoints, [train.token_ids, train.targets.tolist(), judged, settings, _sum(model)])
        before = _encoder_weights(origin, settings.word_vectors) if origin is not None else {}
        return _average_runs(model, tokenizer, train, held_out, left_out, settings, checkpoints, progress, before)


def _average_runs(
    model: nn.Module,
    tokenizer: PreTrainedTokenizerFast,
    train: Comments,
    held_out: Comments | None,
    left_out: list[list[int]],
    settings: TrainingSettings,
    checkpoints: Path | None,
    progress: Progress | None,
    before: dict[str, torch.Tensor],
) -> Training:
    """Run the training as often as the settings say, always from the weights as they are now; fill in the mean."""
    pad_id = int(tokenizer.pad_token_id or 0)
    few = np.sort(np.random.default_rng(settings.seed).permutation(len(train))[:HEAD_MOST])
    vectors = None
    if isinstance(model, ThemeModel):
        vectors = _compute(model.pool, train.pick(few.tolist()), pad_id).astype(float)
    ends, found, said = [], Training(), []
    for number, out in enumerate(left_out):
        rows = sorted({*range(len(train))} - {*out})
        own = train.pick(rows)
        run = deepcopy(model)  # accelerate's wrapping leaves its mark on a model
        folder = checkpoints / f"kjøring-{number + 1}" if checkpoints is not None else None
        if folder is not None and (folder / TRAINED).exists():
            found.history.append(restore_weights(run, folder / TRAINED))
        else:
            if vectors is not None:
                own_few = np.isin(few, rows)
                _start_head(run, vectors[own_few], train.targets[few[own_few]])
            report = partial(_count, progress, number, settings.runs) if progress is not None else None
            how = replace(settings, seed=(settings.seed + number) % 2**31)
            found.history.append(run_trainer(run, tokenizer, own, held_out, how, folder, report))
        ends.append(trained_weights(run))
        run.eval()
        if out := _not_among(out, train, own):
            found.rows += out
            said.append(_logits(run, train.pick(out), pad_id))
    mean = {name: torch.stack([end[name] for end in ends]).mean(0) for name in ends[0]}
    if held_out is None:
        _fill(model, mean)
    else:
        if vectors is not None:
            _start_head(model, vectors, train.targets[few])
        start = {name: weight.clone() for name, weight in trained_weights(model).items()}
        best = [max(history) for history in found.history]
        _fill(model, mean)
        model.eval()
        # The history has average precision alone, the score log loss too: that much lower is not worse.
        if settings.runs > 1 and _score(model, held_out, pad_id) + TIE < min(best):
            _fill(model, ends[int(np.argmax(best))])
        _step_back(model, start, before, held_out, pad_id)
    model.eval()
    if said:
        found.logits = np.concatenate(said)
    return found


def _step_back(
    model: nn.Module, start: dict[str, torch.Tensor], before: dict[str, torch.Tensor], held_out: Comments, pad_id: int
) -> None:
    """Go back towards the start as far as the validation comments gain from it.

    Between the start and the end of fine-tuning lie weights that forget less of what the start knew (Wortsman et al.
    2022, "Robust fine-tuning of zero-shot models", CVPR, arXiv 2109.01903). Rounding takes away small changes, which
    is a step back too: what is judged has been rounded.
    """
    end = {name: weight.clone() for name, weight in trained_weights(model).items()}
    scores = []
    for share in SHARES:
        shared = _between(start, end, share)
        rounded = {name: round_change(shared[name], weight) for name, weight in before.items()}
        _fill(model, shared | rounded)
        scores.append(_score(model, held_out, pad_id))
    _fill(model, _between(start, end, SHARES[int(np.argmax(scores))]))


def _encoder_weights(origin: nn.Module, word_vectors: bool) -> dict[str, torch.Tensor]:
    """Return what the weights that training changes, but for the head, were in the untrained base."""
    _choose_weights(origin, word_vectors)
    return {n: w for n, w in trained_weights(origin).items() if n.startswith(f"{origin.base_model_prefix}.")}


def _between(start: dict[str, torch.Tensor], end: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    return {name: torch.lerp(start[name], end[name], share) for name in start}


def _claim(checkpoints: Path, depends: list[Any]) -> None:
    """Take away the state of earlier runs unless it is from a training on the same."""
    digest, note = sha256(repr(depends).encode()).hexdigest(), checkpoints / "trening.sha256"
    if not note.exists() or note.read_text(encoding="ascii") != digest:
        for run in checkpoints.glob("kjøring-*"):
            shutil.rmtree(run)
        checkpoints.mkdir(parents=True, exist_ok=True)
        note.write_text(digest, encoding="ascii")


def _sum(model: nn.Module) -> str:
    """Tell the start weights from others, whatever the number of threads that add them up."""
    return f"{float(sum(weight.double().abs().sum() for weight in trained_weights(model).values())):.6g}"


def _leave_out(groups: Sequence[str], settings: TrainingSettings) -> list[list[int]]:
    """Return the comments that each run leaves out, in whole groups, others in each; none where there is one run."""
    size = min(len(groups) // LEFT_OUT, LEFT_OUT_MOST) if 1 < settings.runs <= LEFT_OUT else 0
    members: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    order = list(members.values())
    chosen: list[list[int]] = [[] for _ in range(settings.runs)]
    for place in np.random.default_rng(settings.seed).permutation(len(order)):
        out = min(chosen, key=len)
        if len(out) + len(order[place]) <= size:
            out += order[place]
    return [sorted(out) for out in chosen]


def _not_among(rows: list[int], comments: Comments, trained: Comments) -> list[int]:
    """Return the comments whose text the run has not seen."""
    seen = {tuple(ids) for ids in trained.token_ids}
    return [row for row in rows if tuple(comments.token_ids[row]) not in seen]


def _count(progress: Progress, before: int, runs: int, done: int, steps: int) -> None:
    """Tell of the steps of a run as steps of all the runs."""
    progress(before * steps + done, runs * steps)


def _fill(model: nn.Module, weights: dict[str, torch.Tensor]) -> None:
    with torch.no_grad():
        for name, value in trained_weights(model).items():
            value.copy_(weights[name])


def _score(model: nn.Module, held_out: Comments, pad_id: int) -> float:
    """What an epoch is chosen by, on the validation comments."""
    return judge(EvalPrediction(_logits(model, held_out, pad_id), held_out.targets))["choice"]


def _logits(model: nn.Module, comments: Comments, pad_id: int) -> np.ndarray:
    return _compute(lambda ids, mask: model(input_ids=ids, attention_mask=mask).logits, comments, pad_id)


def _compute(forward: Callable[..., torch.Tensor], comments: Comments, pad_id: int) -> np.ndarray:
    """Run comments through a part of a model."""

    def fast(input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast_dtype() is torch.bfloat16):
            return forward(input_ids, attention_mask)

    return run_batches(fast, comments.token_ids, pad_id)


def _choose_weights(model: nn.Module, word_vectors: bool) -> None:
    """Train the head, the encoder's matrices and the word vectors in use; leave norms and biases; turn dropout off.

    Dropout cost a fifth of the time on short comments and gained nothing.
    """
    encoder: Any = encoder_of(model)
    below = {id(parameter) for parameter in encoder.parameters()}
    matrices = {id(layer.weight) for layer in encoder.modules() if isinstance(layer, nn.Linear)}
    words = encoder.get_input_embeddings()
    if word_vectors and isinstance(words, UsedWords):
        matrices.add(id(words.weight))
    for parameter in model.parameters():
        parameter.requires_grad_(id(parameter) in matrices or id(parameter) not in below)
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0


def _start_head(model: nn.Module, vectors: np.ndarray, targets: np.ndarray) -> None:
    """Give the head the weights of a logistic regression on the untrained encoder's vectors.

    From a random head, fine-tuning first pulls the encoder astray; from a fitted one it starts where the frozen
    encoder ends (Kumar et al. 2022, "Fine-tuning can distort pretrained features", ICLR).
    """
    head: Any = model.classifier
    centre, spread = vectors.mean(0), vectors.std(0) + 1e-6
    with torch.no_grad():
        for output, truth in enumerate(targets.T):
            if truth.min() == truth.max():
                continue
            fitted = LogisticRegression(C=HEAD_C, max_iter=1000).fit((vectors - centre) / spread, truth)
            weights = fitted.coef_[0] / spread
            head.weight[output] = torch.tensor(weights, dtype=torch.float32)
            head.bias[output] = float(fitted.intercept_[0] - weights @ centre)


def take_over(model: nn.Module, start: nn.Module) -> None:
    """Give a model the encoder weights of another on the same base; its further layers, if any, stay behind."""
    encoder, other = encoder_of(model), encoder_of(start).state_dict()
    words = encoder_of(start).get_input_embeddings()  # type: ignore[operator]
    if isinstance(words, PackedWords):
        other["embeddings.word_embeddings.weight"] = words.unpack().weight
    own = encoder.state_dict()
    if any(name not in other or other[name].shape != value.shape for name, value in own.items()):
        raise InputError("Modellen det skal trenes videre på, har en annen grunnmodell.")
    encoder.load_state_dict({name: other[name] for name in own})
