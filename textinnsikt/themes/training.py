"""Training a theme model on labelled comments, with transformers' Trainer."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from sklearn.linear_model import LogisticRegression
from torch import nn
from torch.utils.data import Dataset
from transformers import (
    DataCollatorWithPadding,
    EarlyStoppingCallback,
    EvalPrediction,
    PreTrainedTokenizerFast,
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainingArguments,
)

from textinnsikt.errors import InputError
from textinnsikt.themes.averaging import AveragedWeights, last_checkpoint
from textinnsikt.themes.batches import fast_dtype, run_batches
from textinnsikt.themes.light import PackedWords
from textinnsikt.themes.model import ThemeModel, encoder_of
from textinnsikt.themes.settings import Progress, TrainingSettings
from textinnsikt.themes.vocabulary import UsedWords, only_used_words

#: Peak learning rate of the new head, which starts from nothing.
HEAD_RATE = 3e-4
#: Inverse strength of the penalty in the regression that the head starts from, on standardised vectors.
HEAD_C = 0.003
#: The weights after training; stays with the checkpoints until the tagger is saved.
TRAINED = "trent.safetensors"


class _Comments(Dataset):
    """Tokenized comments with their targets."""

    def __init__(self, token_ids: list[list[int]], targets: np.ndarray):
        self.token_ids = token_ids
        self.targets = targets

    def __len__(self) -> int:
        return len(self.token_ids)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return {
            "input_ids": self.token_ids[index],
            "attention_mask": [1] * len(self.token_ids[index]),
            "labels": self.targets[index].astype(np.float32),
        }


class _WeightedTrainer(Trainer):
    """Trainer whose loss counts the yes of a rare output more."""

    positive_weight: torch.Tensor | None = None

    def compute_loss(  # type: ignore[override]
        self, model: nn.Module, inputs: dict[str, Any], return_outputs: bool = False, **_: Any
    ) -> Any:
        labels = inputs.pop("labels")
        outputs = model(**inputs)
        loss = nn.functional.binary_cross_entropy_with_logits(
            outputs.logits.float(), labels, pos_weight=self.positive_weight
        )
        return (loss, outputs) if return_outputs else loss


class _Steps(TrainerCallback):
    """Tells how many steps are done."""

    def __init__(self, progress: Progress):
        self.progress = progress

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer."""
        self.progress(state.global_step, state.max_steps)


def _macro_f1(prediction: EvalPrediction) -> dict[str, float]:
    """Mean F1 of the outputs at logit zero."""
    yes = np.asarray(prediction.predictions) > 0
    truth = np.asarray(prediction.label_ids) > 0.5
    hits = (yes & truth).sum(0)
    return {"f1": float(np.mean(2 * hits / np.maximum(yes.sum(0) + truth.sum(0), 1)))}


def yes_weights(targets: np.ndarray) -> np.ndarray:
    """Return how much the loss counts a yes of each output: the square root of no to yes, between 1 and 5."""
    share = np.clip(targets.mean(0), 1e-3, 1.0)
    weights: np.ndarray = np.sqrt(np.clip((1 - share) / share, 1.0, 25.0))
    return weights


def train_model(
    model: nn.Module,
    tokenizer: PreTrainedTokenizerFast,
    texts: Sequence[str],
    targets: np.ndarray,
    settings: TrainingSettings,
    validation: tuple[Sequence[str], np.ndarray] | None = None,
    checkpoints: Path | None = None,
    progress: Progress | None = None,
) -> list[list[float]]:
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
        With it, each run keeps the epoch with the highest mean F1 on these; a mean that does worse than every run is
        not used, but the best run.
    checkpoints : Path, optional
        Folder for the state after each epoch. Where it holds one, training goes on from there.
    progress : callable, optional
        Called with steps done and steps in all.

    Returns
    -------
    list of list of float
        Per run, mean F1 on the validation comments after each epoch; empty without them.
    """

    def dataset(of: Sequence[str], truth: np.ndarray) -> _Comments:
        ids = tokenizer(list(of), truncation=True, max_length=settings.max_tokens)["input_ids"]
        return _Comments(ids, truth)

    train = dataset(texts, targets)
    held_out = dataset(*validation) if validation is not None else None
    used = [*train.token_ids, *(held_out.token_ids if held_out is not None else ())]
    with only_used_words(model, used, int(tokenizer.pad_token_id or 0)):
        _choose_weights(model, settings.word_vectors)
        if isinstance(model, ThemeModel):
            _start_head(model, train, int(tokenizer.pad_token_id or 0))
        history = _average_runs(model, tokenizer, train, held_out, settings, checkpoints, progress)
    model.eval()
    return history


def _average_runs(
    model: nn.Module,
    tokenizer: PreTrainedTokenizerFast,
    train: _Comments,
    held_out: _Comments | None,
    settings: TrainingSettings,
    checkpoints: Path | None,
    progress: Progress | None,
) -> list[list[float]]:
    """Run the training as often as the settings say, always from the weights as they are now; fill in the mean."""
    ends, histories = [], []
    for number in range(settings.runs):
        run = deepcopy(model)  # accelerate's wrapping leaves its mark on a model
        folder = checkpoints / f"kjøring-{number + 1}" if checkpoints is not None else None
        own = replace(settings, seed=settings.seed + number)
        if folder is not None and (folder / TRAINED).exists():
            histories.append(_restore(run, folder / TRAINED))
        else:
            report = partial(_count, progress, number, settings.runs) if progress is not None else None
            histories.append(_run(run, tokenizer, train, held_out, own, folder, report))
        ends.append(_trained(run))
    _fill(model, {name: torch.stack([end[name] for end in ends]).mean(0) for name in ends[0]})
    if held_out is not None and settings.runs > 1:
        best = [max(history) for history in histories]
        if _score(model, held_out, int(tokenizer.pad_token_id or 0)) < min(best):
            _fill(model, ends[int(np.argmax(best))])
    return histories


def _count(progress: Progress, before: int, runs: int, done: int, steps: int) -> None:
    """Tell of the steps of a run as steps of all the runs."""
    progress(before * steps + done, runs * steps)


def _fill(model: nn.Module, weights: dict[str, torch.Tensor]) -> None:
    with torch.no_grad():
        for name, value in _trained(model).items():
            value.copy_(weights[name])


def _score(model: nn.Module, held_out: _Comments, pad_id: int) -> float:
    """Mean F1 on the validation comments, as after an epoch."""

    def forward(input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast_dtype() is torch.bfloat16):
            logits: torch.Tensor = model(input_ids=input_ids, attention_mask=attention_mask).logits
        return logits

    model.eval()
    logits = run_batches(forward, held_out.token_ids, pad_id)
    return _macro_f1(EvalPrediction(logits, held_out.targets))["f1"]


def _run(
    model: nn.Module,
    tokenizer: PreTrainedTokenizerFast,
    train: _Comments,
    held_out: _Comments | None,
    settings: TrainingSettings,
    checkpoints: Path | None,
    progress: Progress | None,
) -> list[float]:
    """Run transformers' trainer; return the mean F1 on the validation comments after each epoch."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = checkpoints or Path(temporary)
        earlier = last_checkpoint(folder)
        trainer = _WeightedTrainer(
            model=model,
            args=_arguments(folder, settings, held_out is not None, checkpoints is not None),
            train_dataset=train,
            eval_dataset=held_out,
            data_collator=DataCollatorWithPadding(tokenizer, pad_to_multiple_of=8),
            compute_metrics=_macro_f1,
            optimizers=(_optimizer(model, settings), None),
            callbacks=[AveragedWeights(model, settings.averaging, earlier)],
        )
        trainer.remove_callback(PrinterCallback)
        if held_out is not None:
            trainer.add_callback(EarlyStoppingCallback(settings.patience))
        if progress is not None:
            trainer.add_callback(_Steps(progress))
        trainer.positive_weight = torch.tensor(yes_weights(train.targets), dtype=torch.float32)
        with _quick_attention(model):
            trainer.train(resume_from_checkpoint=str(earlier) if earlier else None)
        trainer.accelerator.unwrap_model(model, keep_fp32_wrapper=False)  # else it goes on computing in bfloat16
        history = [round(row["eval_f1"], 4) for row in trainer.state.log_history if "eval_f1" in row]
        if checkpoints is not None:
            _keep(model, history, checkpoints / TRAINED)
    model.to("cpu")  # where a graphics processor trained it
    return history


@contextmanager
def _quick_attention(model: nn.Module) -> Iterator[None]:
    """Attend in plain matrix products: on a processor the fused backward pass took a third of a step on short texts."""
    encoder: Any = encoder_of(model)
    usual = getattr(encoder.config, "_attn_implementation", None)
    if usual != "sdpa" or torch.cuda.is_available():
        yield
        return
    encoder.set_attn_implementation("eager")
    try:
        yield
    finally:
        encoder.set_attn_implementation(usual)


def _trained(model: nn.Module) -> dict[str, torch.Tensor]:
    return {name: p.detach() for name, p in model.named_parameters() if p.requires_grad}


def _keep(model: nn.Module, history: list[float], path: Path) -> None:
    """Write the trained weights, whole or not at all."""
    fresh = path.with_suffix(".ny")
    save_file(_trained(model) | {"historie": torch.tensor(history, dtype=torch.float64)}, fresh)
    fresh.replace(path)


def _restore(model: nn.Module, path: Path) -> list[float]:
    weights = load_file(path)
    history = [round(float(f1), 4) for f1 in weights.pop("historie")]
    model.load_state_dict(weights, strict=False)
    model.eval()
    return history


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


def _start_head(model: ThemeModel, train: _Comments, pad_id: int) -> None:
    """Give the head the weights of a logistic regression on the untrained encoder's vectors.

    From a random head, fine-tuning first pulls the encoder astray; from a fitted one it starts where the frozen
    encoder ends (Kumar et al. 2022, "Fine-tuning can distort pretrained features", ICLR).
    """

    def pool(input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast_dtype() is torch.bfloat16):
            return model.pool(input_ids, attention_mask)

    vectors = run_batches(pool, train.token_ids, pad_id).astype(float)
    centre, spread = vectors.mean(0), vectors.std(0) + 1e-6
    with torch.no_grad():
        for output, truth in enumerate(train.targets.T):
            if truth.min() == truth.max():
                continue
            fitted = LogisticRegression(C=HEAD_C, max_iter=1000).fit((vectors - centre) / spread, truth)
            weights = fitted.coef_[0] / spread
            model.classifier.weight[output] = torch.tensor(weights, dtype=torch.float32)
            model.classifier.bias[output] = float(fitted.intercept_[0] - weights @ centre)


def _optimizer(model: nn.Module, settings: TrainingSettings) -> torch.optim.Optimizer:
    encoder: Any = encoder_of(model)
    below = {id(parameter) for parameter in encoder.parameters()}
    words = encoder.get_input_embeddings().weight
    named = [p for p in model.parameters() if p.requires_grad and p is not words]
    groups: list[dict[str, Any]] = [
        {"params": [p for p in named if id(p) in below], "lr": settings.learning_rate},
        {"params": [p for p in named if id(p) not in below], "lr": max(HEAD_RATE, settings.learning_rate)},
    ]
    if words.requires_grad:  # without decay, vectors that no training comment uses stay as they are
        groups.append({"params": [words], "lr": settings.learning_rate, "weight_decay": 0.0})
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _arguments(folder: Path, settings: TrainingSettings, validated: bool, kept: bool) -> TrainingArguments:
    return TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=settings.epochs,
        learning_rate=settings.learning_rate,
        per_device_train_batch_size=settings.batch_size,
        per_device_eval_batch_size=64,
        warmup_steps=0.1,
        lr_scheduler_type="linear",
        train_sampling_strategy="group_by_length",
        bf16=fast_dtype() is torch.bfloat16,
        use_cpu=not torch.cuda.is_available(),
        seed=settings.seed,
        data_seed=settings.seed,
        eval_strategy="epoch" if validated else "no",
        save_strategy="epoch" if validated or kept else "no",
        save_total_limit=2,
        save_only_model=not kept,
        load_best_model_at_end=validated,
        metric_for_best_model="f1",
        label_names=["labels"],
        remove_unused_columns=False,
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
        dataloader_pin_memory=False,
    )


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
