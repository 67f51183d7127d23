"""One round of training from the weights that ship: themes, and what else teaches the encoder praise and blame.

Run: python experiments/tagger/train_round.py SENTENCES.csv REVIEWS.csv SEED OUT.pt   (half an hour on a core)
     python experiments/tagger/train_round.py SENTENCES.csv REVIEWS.csv SEED OUT.pt --start A.pt B.pt --joined 8000
SENTENCES.csv has ``id, tekst, polaritet`` (positiv, negativ, nøytral), the training part of NoReC_sentence; REVIEWS.csv
has ``terningkast`` (1 to 6) and ``kommentar_1`` to ``kommentar_3``. Their outputs share the encoder and are thrown away
afterwards. With ``--joined``, one epoch instead of two, with so many comments put together of two or three instead of
sentences and reviews: what carries a theme must be found among what does not. Without ``--start`` it goes on from the
shipped weights, else from the mean of those. train_shipped.py takes the mean of the rounds with different seeds.
Writes: OUT.pt (a state dict)
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import torch
from parts import OTHER_VALIDATION_TEXTS, other_texts, read_parts
from torch import nn

from textinnsikt.language import mask
from textinnsikt.themes import Codebook, ThemeTagger, to_targets
from textinnsikt.themes.bases import load_base
from textinnsikt.themes.batches import fast_dtype
from textinnsikt.themes.model import ThemeModel
from textinnsikt.themes.trainer import yes_weights
from textinnsikt.themes.training import take_over

EPOCHS, RATE, HEAD_RATE, BATCH, DROPOUT, AVERAGING = 2, 7e-5, 3e-4, 16, 0.1, 0.99
#: Share of the comments that the start weights know, share of the sentences and number of reviews in an epoch, and how
#: much a review's stars count in the loss.
KNOWN, SENTENCES, REVIEWS, REVIEW_WEIGHT = 0.6, 0.25, 1250, 0.5
#: How often a review with so many stars is drawn: the bad ones are few.
STARS = {1: 3.0, 2: 3.0, 3: 3.0, 4: 0.7, 5: 0.8, 6: 1.5}
#: Comments that count twice: what was written last, after the start weights were trained.
TWICE = r"s1(4[7-9]|[5-7]\d)"


class Example(NamedTuple):
    """Token ids, the truth of each output, and what each output counts (0: not known for this text)."""

    ids: list[int]
    truth: np.ndarray
    counts: np.ndarray


def main() -> None:
    """Train one round."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sentences", type=Path)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("seed", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, nargs="+", default=[])
    parser.add_argument("--joined", type=int, default=0)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    draw = random.Random(options.seed)
    book = Codebook.load()
    model, tokenizer = _start(book, options.start)
    themes = len(book.outputs)
    width = themes + 4

    def example(ids: list[int], truth: np.ndarray, first: int, count: float = 1.0) -> Example:
        whole, counts = np.zeros(width, np.float32), np.zeros(width, np.float32)
        whole[first : first + len(truth)] = truth
        counts[first : first + len(truth)] = count
        return Example(ids, whole, counts)

    def tokens(texts: list[str], most: int) -> list[list[int]]:
        return tokenizer(texts, truncation=True, max_length=most)["input_ids"]  # type: ignore[no-any-return]

    comments = pd.concat([read_parts(book)["trening"], other_texts(options.sentences, book)[OTHER_VALIDATION_TEXTS:]])
    targets = to_targets(comments, book).astype(np.float32)
    again = comments["stemme"].fillna("").str.fullmatch(TWICE)
    texts = list(comments["tekst"])
    labelled = [example(ids, truth, 0) for ids, truth in zip(tokens(texts, 256), targets, strict=True)]
    new = [one for one, twice in zip(labelled, again, strict=True) for _ in range(2 * twice)]
    known = [one for one, twice in zip(labelled, again, strict=True) if not twice]
    weights = torch.ones(width)
    weights[:themes] = torch.tensor(yes_weights(targets))

    def joined(_: int) -> list[Example]:
        together, truths = _join(texts, targets, draw, options.joined)
        return [example(ids, truth, 0) for ids, truth in zip(tokens(together, 128), truths, strict=True)]

    beside: Callable[[int], list[Example]] = joined
    if not options.joined:
        signs = _read_sentences(options.sentences)
        weights[themes : themes + 2] = torch.tensor(np.sqrt(1 / signs[["ros", "ris"]].mean().to_numpy() - 1))
        polarity = [
            example(ids, truth, themes)
            for ids, truth in zip(tokens(list(signs["tekst"]), 128), signs[["ros", "ris"]].to_numpy(), strict=True)
        ]
        stars = _read_reviews(options.reviews)

        def polar(number: int) -> list[Example]:
            drawn = stars.sample(REVIEWS, weights=stars["terningkast"].map(STARS), random_state=options.seed + number)
            reviewed = zip(tokens(list(drawn["tekst"]), 128), drawn[["ros", "ris"]].to_numpy(), strict=True)
            reviews = [example(*one, themes + 2, REVIEW_WEIGHT) for one in reviewed]
            return reviews + draw.sample(polarity, int(SENTENCES * len(polarity)))

        beside = polar

    def epoch(number: int) -> list[list[Example]]:
        other = beside(number)
        return _batches([*draw.sample(known, int(KNOWN * len(known))), *new, *other], draw)

    _train(model, epoch, 1 if options.joined else EPOCHS, weights, int(tokenizer.pad_token_id))
    state = model.state_dict()
    torch.save({k: v[:themes].clone() if k.startswith("classifier.") else v for k, v in state.items()}, options.out)


def _start(book: Codebook, states: list[Path]) -> tuple[ThemeModel, object]:
    """Return the model as it was shipped, or as a round left it, with four outputs more, and its tokenizer."""
    base = load_base(None, book.outputs, "mean", 0, False)
    shipped = ThemeTagger.load().model_
    take_over(base.model, shipped)
    base.model.classifier.load_state_dict(shipped.classifier.state_dict())
    if states:
        loaded = [torch.load(path, weights_only=True) for path in states]
        mean = {name: sum(state[name].float() for state in loaded) / len(loaded) for name in loaded[0]}
        base.model.load_state_dict(mean, strict=False)
    known = base.model.classifier
    wider = nn.Linear(known.in_features, known.out_features + 4)
    with torch.no_grad():
        wider.weight.zero_()
        wider.bias.zero_()
        wider.weight[: known.out_features] = known.weight
        wider.bias[: known.out_features] = known.bias
    base.model.classifier = wider
    return base.model, base.tokenizer


def _join(texts: list[str], targets: np.ndarray, draw: random.Random, n: int) -> tuple[list[str], list[np.ndarray]]:
    """Put comments together, a themed one with one or two others, mostly without themes; what is said of each stays."""
    themed = [row for row, truth in enumerate(targets) if truth.any()]
    quiet = [row for row, truth in enumerate(targets) if not truth.any()]
    joined, truths = [], []
    for _ in range(n):
        rows = [
            draw.choice(themed),
            *(draw.choice(quiet if draw.random() < 0.75 else themed) for _ in range(draw.choice((1, 1, 2)))),
        ]
        draw.shuffle(rows)
        joined.append(" ".join(_end(texts[row]) for row in rows))
        truths.append(targets[rows].max(axis=0))
    return joined, truths


def _end(text: str) -> str:
    return text if text.rstrip()[-1:] in ".!?…»)" else f"{text.rstrip()}."


def _read_sentences(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, encoding="utf-8")
    return pd.DataFrame(
        {"tekst": [mask(text) for text in frame["tekst"]], "ros": (frame["polaritet"] == "positiv").astype(float),
         "ris": (frame["polaritet"] == "negativ").astype(float)}
    )  # fmt: skip


def _read_reviews(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, encoding="utf-8").melt(
        ["terningkast"], ["kommentar_1", "kommentar_2", "kommentar_3"], value_name="tekst"
    )
    frame = frame[frame["tekst"].str.len() > 40].reset_index(drop=True)
    frame["tekst"] = [mask(text) for text in frame["tekst"]]
    return frame.assign(ros=(frame["terningkast"] >= 5) * 1.0, ris=(frame["terningkast"] <= 3) * 1.0)


def _batches(examples: list[Example], draw: random.Random) -> list[list[Example]]:
    """Shuffle into batches of texts of about the same length."""
    draw.shuffle(examples)
    batches = []
    for start in range(0, len(examples), 50 * BATCH):
        near = sorted(examples[start : start + 50 * BATCH], key=lambda one: len(one.ids))
        batches += [near[place : place + BATCH] for place in range(0, len(near), BATCH)]
    draw.shuffle(batches)
    return batches


def _train(model: ThemeModel, epoch, epochs: int, weights: torch.Tensor, pad_id: int) -> None:  # type: ignore[no-untyped-def]
    """Train the matrices and the head; leave the moving average of the weights in the model."""
    encoder = model.bert
    below = {id(p) for p in encoder.parameters()}
    matrices = {id(layer.weight) for layer in encoder.modules() if isinstance(layer, nn.Linear)}
    for p in model.parameters():
        p.requires_grad_(id(p) in matrices or id(p) not in below)
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = DROPOUT
    encoder.set_attn_implementation("eager")
    trained = [p for p in model.parameters() if p.requires_grad]
    mean = [p.detach().clone() for p in trained]
    inner, head = ([p for p in trained if (id(p) in below) is wanted] for wanted in (True, False))
    optimizer = torch.optim.AdamW(
        [{"params": inner, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.01, fused=True
    )
    batches = epoch(0)
    total = epochs * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (0.06 * total)) * max(0.02, 1 - step / total)
    )
    model.train()
    start, step, losses = time.perf_counter(), 0, 0.0
    for number in range(epochs):
        for batch in batches if number == 0 else epoch(number):
            loss = _loss(model, batch, weights, pad_id)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            step, losses = step + 1, losses + loss.item()
            with torch.no_grad():
                torch._foreach_lerp_(mean, trained, 1 - min(AVERAGING, (1 + step) / (10 + step)))
            if step % 200 == 0:
                print(f"{step} av {total}, tap {losses / 200:.4f}, {time.perf_counter() - start:.0f} s", flush=True)
                losses = 0.0
    with torch.no_grad():
        for p, averaged in zip(trained, mean, strict=True):
            p.copy_(averaged)


def _loss(model: ThemeModel, batch: list[Example], weights: torch.Tensor, pad_id: int) -> torch.Tensor:
    longest = -(-max(len(one.ids) for one in batch) // 8) * 8
    ids = torch.full((len(batch), longest), pad_id)
    there = torch.zeros(len(batch), longest, dtype=torch.long)
    for row, one in enumerate(batch):
        ids[row, : len(one.ids)] = torch.tensor(one.ids)
        there[row, : len(one.ids)] = 1
    with torch.autocast("cpu", torch.bfloat16, enabled=fast_dtype() is torch.bfloat16):
        logits = model(input_ids=ids, attention_mask=there).logits
    truth, counts = (torch.tensor(np.array([getattr(one, part) for one in batch])) for part in ("truth", "counts"))
    loss = nn.functional.binary_cross_entropy_with_logits(
        logits.float(), truth, pos_weight=weights, weight=counts, reduction="sum"
    )
    return loss / (BATCH * 8)


if __name__ == "__main__":
    main()
