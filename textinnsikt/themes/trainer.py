"""One run of training: transformers' Trainer with this project's loss, optimizer and averaging."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from sklearn.metrics import average_precision_score
from torch import nn
from torch.utils.data import Dataset, SequentialSampler
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

from textinnsikt.themes.averaging import AveragedWeights, last_checkpoint
from textinnsikt.themes.batches import fast_dtype
from textinnsikt.themes.model import encoder_of
from textinnsikt.themes.settings import Progress, TrainingSettings

#: Peak learning rate of the new head, which starts from nothing.
HEAD_RATE = 3e-4
#: How much log loss counts beside average precision in the choice of epoch: only between equals.
TIE = 1e-4
#: The weights after training; stays with the checkpoints until the tagger is saved.
TRAINED = "trent.safetensors"


class Comments(Dataset):
    """Tokenized comments with their targets."""

    def __init__(self, token_ids: list[list[int]], targets: np.ndarray):
        self.token_ids = token_ids
        self.targets = targets

    def pick(self, rows: Sequence[int]) -> Comments:
        """Return some of them."""
        return Comments([self.token_ids[row] for row in rows], self.targets[list(rows)])

    def by_length(self) -> Comments:
        """Return them with the shortest first: batches of like lengths have little padding."""
        return self.pick(sorted(range(len(self)), key=lambda row: len(self.token_ids[row])))

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
        assert self.positive_weight is not None
        loss = nn.functional.binary_cross_entropy_with_logits(
            outputs.logits.float(), labels, pos_weight=self.positive_weight.to(labels.device)
        )
        return (loss, outputs) if return_outputs else loss

    def _get_eval_sampler(self, eval_dataset: Any) -> SequentialSampler:
        """Keep the order of the validation comments, which is by length: the usual sampler shuffles them."""
        return SequentialSampler(eval_dataset)


class _Steps(TrainerCallback):
    """Tells how many steps are done."""

    def __init__(self, progress: Progress):
        self.progress = progress

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer."""
        self.progress(state.global_step, state.max_steps)


def judge(prediction: EvalPrediction) -> dict[str, float]:
    """Mean average precision of the outputs that are true somewhere, and what the best epoch is chosen by.

    Average precision tells how well an output ranks the comments; the thresholds are chosen after training. Where few
    comments are ranked equally well, the one with the lower log loss is chosen.
    """
    logits, truth = np.asarray(prediction.predictions, dtype=float), np.asarray(prediction.label_ids) > 0.5
    each = [average_precision_score(yes, logit) for yes, logit in zip(truth.T, logits.T, strict=True) if yes.any()]
    mean = float(np.mean(each)) if each else 0.0
    loss = float(np.logaddexp(0.0, np.where(truth, -logits, logits)).mean())
    return {"average_precision": mean, "choice": mean - TIE * loss}


def yes_weights(targets: np.ndarray) -> np.ndarray:
    """Return how much the loss counts a yes of each output: the square root of no to yes, between 1 and 5."""
    share = np.clip(targets.mean(0), 1e-3, 1.0)
    weights: np.ndarray = np.sqrt(np.clip((1 - share) / share, 1.0, 25.0))
    return weights


def run_trainer(
    model: nn.Module,
    tokenizer: PreTrainedTokenizerFast,
    train: Comments,
    held_out: Comments | None,
    settings: TrainingSettings,
    checkpoints: Path | None,
    progress: Progress | None,
) -> list[float]:
    """Run transformers' trainer; return the average precision on the validation comments after each epoch."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = checkpoints or Path(temporary)
        earlier = last_checkpoint(folder)
        trainer = _WeightedTrainer(
            model=model,
            args=_arguments(folder, settings, held_out is not None, checkpoints is not None),
            train_dataset=train,
            eval_dataset=held_out.by_length() if held_out is not None else None,
            data_collator=DataCollatorWithPadding(tokenizer, pad_to_multiple_of=8),
            compute_metrics=judge,
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
        log = trainer.state.log_history
        history = [round(row["eval_average_precision"], 4) for row in log if "eval_average_precision" in row]
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


def trained_weights(model: nn.Module) -> dict[str, torch.Tensor]:
    """Return the weights that training changes, by name."""
    return {name: p.detach() for name, p in model.named_parameters() if p.requires_grad}


def _keep(model: nn.Module, history: list[float], path: Path) -> None:
    """Write the trained weights, whole or not at all."""
    fresh = path.with_suffix(".ny")
    save_file(trained_weights(model) | {"historie": torch.tensor(history, dtype=torch.float64)}, fresh)
    fresh.replace(path)


def restore_weights(model: nn.Module, path: Path) -> list[float]:
    """Fill in what an earlier run ended with; return its history."""
    weights = load_file(path)
    history = [round(float(value), 4) for value in weights.pop("historie")]
    model.load_state_dict(weights, strict=False)
    model.eval()
    return history


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
        metric_for_best_model="choice",
        label_names=["labels"],
        remove_unused_columns=False,
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
        dataloader_pin_memory=False,
    )
