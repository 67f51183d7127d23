"""Ways to train the tagger, side by side: what is trained, how it is pooled, weighted and prepared.

Run: python experiments/veier/compare.py [SENTENCES.csv]     (an hour on a core; goes on where it was stopped)
Needs peft (pip install peft) for the LoRA rows. SENTENCES.csv is the training part of NoReC_sentence (``tekst,
polaritet``), for the row that learns polarity first. Every row starts from the untrained base, sees the same training
comments for the same number of epochs in one run, chooses its thresholds on other comments of the training voices and
is measured on the validation voices.
Writes: experiments/veier/results.csv
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd
import torch
from sklearn.metrics import average_precision_score
from torch import nn
from transformers.modeling_outputs import SequenceClassifierOutput

from textinnsikt.themes import Codebook, read_labelled, to_targets, to_values
from textinnsikt.themes.bases import load_base
from textinnsikt.themes.evaluation import evaluate_decisions
from textinnsikt.themes.model import ThemeModel
from textinnsikt.themes.settings import TrainingSettings
from textinnsikt.themes.thresholds import Decisions
from textinnsikt.themes.trainer import HEAD_RATE, Comments, _WeightedTrainer
from textinnsikt.themes.training import _logits, take_over, train_model

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "data"
TRAINING, JUDGED, EPOCHS, SEEDS = 1500, 400, 3, 2
LORA_RATE = 1e-3

#: Row name -> what differs from training all matrices on the mean of the token vectors.
WAYS: dict[str, dict[str, Any]] = {
    "alle matriser, snitt": {},
    "alle matriser, CLS": {"pooling": "cls"},
    "de seks øverste lagene": {"layers": 6},
    "de tre øverste lagene": {"layers": 3},
    "LoRA, rang 8": {"rank": 8},
    "LoRA, rang 32": {"rank": 32},
    "LoRA, rang 128": {"rank": 128},
    "uten vekt på sjeldne utganger": {"unweighted": True},
    "motstand 0,1": {"resistance": 0.1},
    "lavere rate nedover, 0,85 per lag": {"decay": 0.85},
    "hver utgang med egen oppmerksomhet": {"attention": True},
    "polaritet i NoReC-setninger først": {"polarity": True},
    "enkeltsetninger": {"sentences": 1},
    "de samme setningene, satt sammen to og tre": {"sentences": 3},
}


def main() -> None:
    """Fill the rows that are missing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sentences", type=Path, nargs="?")
    options = parser.parse_args()
    book, target = Codebook.load(), HERE / "results.csv"
    labelled = read_labelled(DATA / "merkede_kommentarer.csv", book)
    checked = labelled[labelled["del"] == "validering"]
    done = pd.read_csv(target).to_dict("records") if target.exists() else []
    for seed in range(SEEDS):
        drawn = labelled[labelled["del"] == "trening"].sample(TRAINING + JUDGED, random_state=seed)
        train, judged = drawn[:TRAINING], drawn[TRAINING:]
        for name, way in WAYS.items():
            if any(row["vei"] == name and row["frø"] == seed for row in done):
                continue
            if way.get("polarity") and options.sentences is None:
                continue
            start = time.perf_counter()
            own = read_sentences(book, way["sentences"], seed) if "sentences" in way else train
            score = fit_way(own, book, seed, way, options.sentences)
            seconds = round(time.perf_counter() - start, 1)
            logits, truth = score(list(checked["tekst"])), to_targets(checked, book)
            decisions = Decisions.fit(score(list(judged["tekst"])), to_targets(judged, book))
            chance = decisions.probabilities(logits)
            found = evaluate_decisions(checked, decisions.decide(chance), chance, book, draws=1)
            precision = np.mean([average_precision_score(t, x) for t, x in zip(truth.T, logits.T, strict=True)])
            row = {"vei": name, "frø": seed, "n": len(own), "presisjon_snitt": round(float(precision), 4)}
            row |= {part: round(found.score(part), 4) for part in ("makro_f1_omtale", "makro_f1")}
            done.append({**row, "sekunder": seconds})
            print(*done[-1].values(), sep="\t", file=sys.stderr, flush=True)
            pd.DataFrame(done).to_csv(target, index=False, encoding="utf-8", lineterminator="\n")


def read_sentences(book: Codebook, most: int, seed: int) -> pd.DataFrame:
    """Return the sentences of the example study one by one, or put together so that each is used once."""
    frame = read_labelled_sentences(book).sample(frac=1, random_state=seed)
    if most == 1:
        return frame
    rng, rows, texts, place = np.random.default_rng(seed), [], [], 0
    targets = to_targets(frame, book)
    while place < len(frame):
        n = int(rng.integers(2, most + 1))
        texts.append(" ".join(frame["tekst"].iloc[place : place + n]))
        rows.append(targets[place : place + n].max(0))
        place += n
    return to_values(np.array(rows), book).assign(tekst=texts)


def read_labelled_sentences(book: Codebook) -> pd.DataFrame:
    """Return the sentences of the example study with their theme values."""
    frame = pd.read_csv(DATA / "eksempelsetninger.csv", dtype=str, encoding="utf-8", keep_default_na=False)
    return frame.rename(columns={"setning": "tekst"})[["tekst", *book.keys]]


def fit_way(
    train: pd.DataFrame, book: Codebook, seed: int, way: dict[str, Any], sentences: Path | None
) -> Callable[[list[str]], np.ndarray]:
    """Train one way; return what gives the logits of texts."""
    base = load_base(None, book.outputs, way.get("pooling", "mean"), seed)
    rate = LORA_RATE if "rank" in way else 1e-4
    settings = TrainingSettings(
        epochs=EPOCHS, learning_rate=rate, pooling=way.get("pooling", "mean"), runs=1, word_vectors=False, seed=seed
    )
    if way.get("polarity") and sentences is not None:
        take_over(base.model, _learn_polarity(sentences, settings))
    if way.get("attention"):
        base.model.attention = nn.Linear(base.model.config.hidden_size, len(book.outputs), bias=False)
        nn.init.zeros_(base.model.attention.weight)
        base.model.__class__ = _Attending
    with ExitStack() as changed:
        if "rank" in way:
            add_lora(base.model, way["rank"])
            changed.enter_context(patch("textinnsikt.themes.training._choose_weights", lambda model, words: None))
        if "layers" in way:
            changed.enter_context(
                patch("textinnsikt.themes.training._choose_weights", lambda model, words: _top(model, way["layers"]))
            )
        if way.get("unweighted"):
            changed.enter_context(
                patch("textinnsikt.themes.trainer.yes_weights", lambda targets: np.ones(targets.shape[1]))
            )
        if "resistance" in way:
            changed.enter_context(resistance(base.model, way["resistance"]))
        if "decay" in way:
            changed.enter_context(
                patch("textinnsikt.themes.trainer._optimizer", lambda model, own: _by_layer(model, own, way["decay"]))
            )
        train_model(base.model, base.tokenizer, list(train["tekst"]), to_targets(train, book), settings)

    def score(texts: list[str]) -> np.ndarray:
        ids = base.tokenizer(texts, truncation=True, max_length=256)["input_ids"]
        return _logits(base.model, Comments(ids, np.zeros((len(ids), len(book.outputs)))), base.tokenizer.pad_token_id)

    return score


@contextmanager
def resistance(model: nn.Module, share: float) -> Iterator[None]:
    """Learn each batch once more with the word vectors pushed where the loss grows fastest.

    Miyato, Dai and Goodfellow 2017, "Adversarial training methods for semi-supervised text classification", ICLR
    (arXiv 1605.07725). The push is a share of the size of all the word vectors of a comment.
    """
    pushed: dict[str, Any] = {"vectors": None, "push": None}

    def push(module: nn.Module, inputs: Any, output: torch.Tensor) -> torch.Tensor:
        if pushed["push"] is not None:
            return output + pushed["push"]
        if not torch.is_grad_enabled():
            return output
        pushed["vectors"] = output.detach().requires_grad_()
        return pushed["vectors"]

    usual = _WeightedTrainer.training_step

    def twice(self: Any, own: nn.Module, batch: Any, *rest: Any) -> torch.Tensor:
        loss = usual(self, own, {**batch}, *rest)
        vectors, grade = pushed["vectors"], pushed["vectors"].grad
        sizes = (vectors.detach().flatten(1).norm(dim=1), grade.flatten(1).norm(dim=1) + 1e-12)
        pushed["push"] = grade * (share * sizes[0] / sizes[1])[:, None, None]
        usual(self, own, {**batch}, *rest)
        pushed["push"] = None
        return loss

    hook = model.get_submodule("bert.embeddings").register_forward_hook(push)
    try:
        with patch.object(_WeightedTrainer, "training_step", twice):
            yield
    finally:
        hook.remove()


class _Attending(ThemeModel):
    """Each output weighs the token vectors on its own; it starts from their mean."""

    attention: nn.Linear

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, **_: Any) -> SequenceClassifierOutput:
        """Return ``logits`` (rows x outputs)."""
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        scores = self.attention(hidden).float().masked_fill(~attention_mask.bool()[..., None], -torch.inf)
        pooled = torch.einsum("nlo,nlw->now", scores.softmax(1), hidden.float())
        pooled = nn.functional.layer_norm(pooled, pooled.shape[-1:])
        return SequenceClassifierOutput(logits=(pooled * self.classifier.weight).sum(-1) + self.classifier.bias)


def _by_layer(model: nn.Module, settings: TrainingSettings, decay: float) -> torch.optim.Optimizer:
    """Give each layer a lower rate than the one above (Howard and Ruder 2018, ULMFiT, arXiv 1801.06146)."""
    layers = [*model.bert.encoder.layer]  # type: ignore[union-attr,arg-type]
    groups = []
    for place, layer in enumerate(layers):
        own = [parameter for parameter in layer.parameters() if parameter.requires_grad]
        groups.append({"params": own, "lr": settings.learning_rate * decay ** (len(layers) - 1 - place)})
    groups.append({"params": list(model.classifier.parameters()), "lr": HEAD_RATE})  # type: ignore[union-attr]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def add_lora(model: nn.Module, rank: int) -> None:
    """Put low-rank matrices beside those of the encoder (Hu et al. 2022, "LoRA", ICLR); they and the head learn."""
    from peft import LoraConfig, inject_adapter_in_model

    names = ["query", "key", "value", "dense"]
    inject_adapter_in_model(LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=names), model.bert)
    _let_learn(model, {name for name, _ in model.named_parameters() if "lora_" in name})


def _top(model: nn.Module, layers: int) -> None:
    """Let the matrices of the uppermost layers and the head learn."""
    upper = {*model.bert.encoder.layer[-layers:].modules()}  # type: ignore[index,union-attr]
    linear = [name for name, module in model.named_modules() if module in upper and isinstance(module, nn.Linear)]
    _let_learn(model, {f"{name}.weight" for name in linear})


def _let_learn(model: nn.Module, names: set[str]) -> None:
    """Train these weights and the head; turn dropout off, as the package does."""
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name in names or name.startswith("classifier"))
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0


def _learn_polarity(path: Path, settings: TrainingSettings) -> nn.Module:
    """Train praise and blame on sentences for one epoch."""
    frame = pd.read_csv(path, encoding="utf-8")
    base = load_base(None, ("polaritet:positiv", "polaritet:negativ"), settings.pooling, settings.seed)
    targets = np.column_stack([frame["polaritet"] == "positiv", frame["polaritet"] == "negativ"]).astype(int)
    once = TrainingSettings(epochs=1, runs=1, word_vectors=False, seed=settings.seed)
    train_model(base.model, base.tokenizer, list(frame["tekst"]), targets, once)
    return base.model


if __name__ == "__main__":
    main()
