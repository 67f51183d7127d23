"""One round of training from the weights that ship: themes, and what else teaches the encoder praise and blame.

Run: python experiments/tagger/train_round.py SENTENCES.csv REVIEWS.csv SEED OUT.pt   (an hour on a core)
SENTENCES.csv has ``id, tekst, polaritet`` (positiv, negativ, nøytral), the training part of NoReC_sentence; REVIEWS.csv
has ``henvendelse``, ``terningkast`` (1 to 6) and ``kommentar_1`` to ``kommentar_3``; polaritet.csv, beside this file,
says which of their sentences praise or blame. These outputs share the encoder and are thrown away afterwards. Among the
comments stand some put together of two or three: what carries a theme must be found among what does not. It goes on
from the shipped weights; train_shipped.py takes the mean of the rounds with different seeds.
Writes: OUT.pt (a state dict)
"""

from __future__ import annotations

import argparse
import random
import re
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import torch
from parts import OTHER_VALIDATION_TEXTS, other_texts, read_parts
from torch import nn

from textinnsikt.language import mask, split_sentences
from textinnsikt.themes import Codebook, ThemeTagger, to_targets
from textinnsikt.themes.bases import load_base
from textinnsikt.themes.batches import fast_dtype
from textinnsikt.themes.model import ThemeModel
from textinnsikt.themes.trainer import yes_weights
from textinnsikt.themes.training import take_over

HERE = Path(__file__).resolve().parent
EPOCHS, RATE, HEAD_RATE, BATCH, DROPOUT, AVERAGING = 2, 7e-5, 3e-4, 16, 0.1, 0.99
#: Share of the comments, number of them put together, share of the sentences and number of reviews in an epoch, and how
#: much a review's stars count in the loss.
KNOWN, JOINED, SENTENCES, REVIEWS, REVIEW_WEIGHT = 0.4, 4000, 0.5, 1250, 0.5
#: Praise and blame in a sentence of a review, sure and with a question mark.
SIGNS = {"positiv": (1, 0), "negativ": (0, 1), "blandet": (1, 1), "ingen": (0, 0)}
UNSURE = {"positiv": (0.7, 0), "negativ": (0, 0.7), "blandet": (0.7, 0.7), "ingen": (0.15, 0.15)}
#: How often a review with so many stars is drawn: the bad ones are few.
STARS = {1: 3.0, 2: 3.0, 3: 3.0, 4: 0.7, 5: 0.8, 6: 1.5}


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
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    draw = random.Random(options.seed)
    book = Codebook.load()
    model, tokenizer = _start(book)
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
    texts = list(comments["tekst"])
    labelled = [example(ids, truth, 0) for ids, truth in zip(tokens(texts, 256), targets, strict=True)]
    weights = torch.ones(width)
    weights[:themes] = torch.tensor(yes_weights(targets))
    signs = _read_sentences(options.sentences)
    weights[themes : themes + 2] = torch.tensor(np.sqrt(1 / signs[["ros", "ris"]].mean().to_numpy() - 1))
    stars = _read_reviews(options.reviews)

    def praise(frame: pd.DataFrame, first: int, count: float = 1.0) -> list[Example]:
        pairs = zip(tokens(list(frame["tekst"]), 128), frame[["ros", "ris"]].to_numpy(), strict=True)
        return [example(ids, truth, first, count) for ids, truth in pairs]

    polarity, from_reviews = (praise(each, themes) for each in (signs, _read_labelled(options.reviews)))

    def epoch(number: int) -> list[list[Example]]:
        together, truths = _join(texts, targets, draw, JOINED)
        joined = [example(ids, truth, 0) for ids, truth in zip(tokens(together, 128), truths, strict=True)]
        drawn = stars.sample(REVIEWS, weights=stars["terningkast"].map(STARS), random_state=options.seed + number)
        known = draw.sample(labelled, int(KNOWN * len(labelled)))
        sentences = draw.sample(polarity, int(SENTENCES * len(polarity)))
        return _batches([*known, *joined, *sentences, *from_reviews, *praise(drawn, themes + 2, REVIEW_WEIGHT)], draw)

    _train(model, epoch, EPOCHS, weights, int(tokenizer.pad_token_id))
    state = model.state_dict()
    torch.save({k: v[:themes].clone() if k.startswith("classifier.") else v for k, v in state.items()}, options.out)


def _start(book: Codebook) -> tuple[ThemeModel, object]:
    """Return the model as it was shipped, with four outputs more, and its tokenizer."""
    base = load_base(None, book.outputs, "mean", 0, False)
    shipped = ThemeTagger.load().model_
    take_over(base.model, shipped)
    base.model.classifier.load_state_dict(shipped.classifier.state_dict())
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


def _read_labelled(path: Path) -> pd.DataFrame:
    """Return the sentences of the reviews that are labelled, every other one with the spaces that the corpus has."""
    reviews = pd.read_csv(path, encoding="utf-8").set_index("henvendelse")
    rows = pd.read_csv(HERE / "polaritet.csv", encoding="utf-8")
    texts = [
        mask(split_sentences(str(reviews.at[row.henvendelse, row.felt]))[row.setning].strip())
        for row in rows.itertuples()
    ]
    texts = [re.sub(r"(?<=\w)([,.;:!?»)])", r" \1", t) if place % 2 else t for place, t in enumerate(texts)]
    signs = [(UNSURE if row.usikker else SIGNS)[row.polaritet] for row in rows.itertuples()]
    return pd.DataFrame(signs, columns=["ros", "ris"], dtype=float).assign(tekst=texts)


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
