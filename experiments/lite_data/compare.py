"""How many labels does it take? Four methods on the same few labelled comments, tested on voices they have not seen.

Run: python experiments/lite_data/compare.py                 (hours; goes on where it was stopped)
     python experiments/lite_data/compare.py --merker 8 16   (only these numbers of labels; 0 is all)
     python experiments/lite_data/compare.py --smoke         (minutes: one small row of each method, nothing written)
Each row of results.csv is one method, number of labels and seed; rows that are there are not made again.
Writes: experiments/lite_data/results.csv, experiments/lite_data/tabell.csv
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import TunedThresholdClassifierCV
from torch import nn

from textinnsikt.themes import Codebook, Encoder, ThemeTagger, read_labelled, to_targets
from textinnsikt.themes.batches import fast_dtype
from textinnsikt.themes.embedded import load_embedded
from textinnsikt.themes.evaluation import evaluate_decisions
from textinnsikt.themes.model import mean_pool
from textinnsikt.themes.vocabulary import only_used_words

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "data" / "merkede_kommentarer.csv"
SIZES = (8, 16, 64, 256, None)
SEEDS, SEEDS_ALL = 5, 2
#: SetFit's own defaults: pairs per label are 2 x 20 iterations, one epoch, batch 16, learning rate 2e-5.
ITERATIONS, CONTRAST_RATE, CONTRAST_BATCH = 20, 2e-5, 16
SETFIT_MOST = 256
#: Later sets of comments are left out, so that rows made at different times are comparable.
LAST_SET = 176

Method = Callable[[pd.DataFrame, pd.DataFrame, Codebook, int], np.ndarray]


def main() -> None:
    """Fill the rows that are missing; write the table of means."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--smoke", action="store_true", help="one small row of each method, nothing written")
    parser.add_argument("--merker", type=int, nargs="+", default=[size or 0 for size in SIZES])
    parser.add_argument("--metoder", nargs="+", choices=METHODS, default=list(METHODS))
    options = parser.parse_args()
    smoke, sizes = options.smoke, [size or None for size in options.merker]
    book = Codebook.load()
    labelled = read_labelled(DATA, book)
    labelled = labelled[labelled["stemme"].str.removeprefix("s").astype(int) <= LAST_SET]
    train = labelled[labelled["del"] == "trening"].reset_index(drop=True)
    test = labelled[labelled["del"] == "test"].reset_index(drop=True)
    if smoke:
        test = test.head(60)
    target = HERE / "results.csv"
    done = pd.read_csv(target).to_dict("records") if target.exists() and not smoke else []
    for size in SIZES[:1] if smoke else sizes:
        for seed in range(1 if smoke else SEEDS if size else SEEDS_ALL):
            chosen = draw(train, size, seed, book)
            for name in options.metoder:
                if name == "setfit" and (size is None or size > SETFIT_MOST):
                    continue
                key = {"metode": name, "merker": size or "alle", "frø": seed}
                if any(all(str(row[k]) == str(v) for k, v in key.items()) for row in done):
                    continue
                start = time.perf_counter()
                chance = METHODS[name](chosen, test, book, seed)
                seconds = round(time.perf_counter() - start, 1)
                found = evaluate_decisions(test, chance >= 0.5, chance, book, draws=1)
                scores = {part: round(found.score(part), 4) for part in ("makro_f1_omtale", "makro_f1")}
                done.append({**key, "n": len(chosen), **scores, "sekunder": seconds})
                print(*done[-1].values(), sep="\t", file=sys.stderr, flush=True)
                if not smoke:
                    _write(pd.DataFrame(done), target)
    if not smoke:
        _write(summarise(pd.DataFrame(done)), HERE / "tabell.csv")


def _write(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path.with_suffix(".ny"), index=False, encoding="utf-8", lineterminator="\n")
    path.with_suffix(".ny").replace(path)


def summarise(rows: pd.DataFrame) -> pd.DataFrame:
    """Return mean and spread over seeds, one row per method and number of labels."""
    groups = rows.assign(merker=rows["merker"].astype(str)).groupby(["merker", "metode"], sort=False)
    table = groups.agg(
        frø=("frø", "size"),
        makro_f1_omtale=("makro_f1_omtale", "mean"),
        sd_omtale=("makro_f1_omtale", "std"),
        makro_f1=("makro_f1", "mean"),
        sd=("makro_f1", "std"),
        sekunder=("sekunder", "mean"),
    )
    return table.round(4).reset_index()


def draw(train: pd.DataFrame, size: int | None, seed: int, book: Codebook) -> pd.DataFrame:
    """Draw comments at random, but so that each output is there at least once as far as the number allows."""
    if size is None:
        return train
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(train))
    targets = to_targets(train, book)[order]
    first = [int(np.flatnonzero(targets[:, output])[0]) for output in range(targets.shape[1])]
    chosen = list(dict.fromkeys([*first, *range(len(order))]))[:size]
    return train.iloc[order[chosen]].reset_index(drop=True)


def _tagger(chosen: pd.DataFrame, test: pd.DataFrame, book: Codebook, seed: int) -> np.ndarray:
    """Our own, on the untrained base, without validation comments: all labels are for training."""
    tagger = ThemeTagger(codebook=book, seed=seed)
    tagger.fit(list(chosen["tekst"]), chosen)
    chance = tagger.predict_proba(list(test["tekst"]))
    return _moved(chance, np.array(tagger.decisions_.thresholds))


def _moved(chance: np.ndarray, thresholds: np.ndarray | float) -> np.ndarray:
    """Move what is decided at a method's own thresholds so that it is decided at a half."""
    return np.clip(chance + 0.5 - thresholds, 0, 1)


def _words(chosen: pd.DataFrame, test: pd.DataFrame, book: Codebook, seed: int) -> np.ndarray:
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1 if len(chosen) < 100 else 2)
    return _heads(words.fit_transform(chosen["tekst"]), words.transform(test["tekst"]), to_targets(chosen, book))


def _frozen(chosen: pd.DataFrame, test: pd.DataFrame, book: Codebook, seed: int) -> np.ndarray:
    encoder = Encoder.load()
    return _heads(encoder.encode(list(chosen["tekst"])), encoder.encode(list(test["tekst"])), to_targets(chosen, book))


def _heads(train_x: Any, test_x: Any, targets: np.ndarray) -> np.ndarray:
    """Fit a regression an output, with the threshold that has the best F1 in cross-validation on the same labels."""
    columns = []
    for truth in targets.T:
        folds = int(min(5, truth.sum(), (1 - truth).sum()))
        model = LogisticRegression(C=10, class_weight="balanced", max_iter=5000)
        if folds == 0:
            columns.append(np.full(test_x.shape[0], float(truth.min())))
        elif folds == 1:
            columns.append(model.fit(train_x, truth).predict_proba(test_x)[:, 1])
        else:
            tuned = TunedThresholdClassifierCV(model, scoring="f1", cv=folds, random_state=0).fit(train_x, truth)
            columns.append(_moved(tuned.predict_proba(test_x)[:, 1], tuned.best_threshold_))
    return np.column_stack(columns)


def _setfit(chosen: pd.DataFrame, test: pd.DataFrame, book: Codebook, seed: int) -> np.ndarray:
    """SetFit (Tunstall et al. 2022, arXiv 2209.11055) on the same encoder: contrastive pairs, then a head an output.

    Two comments are alike when they have the same themes and polarities; the loss is the squared distance of their
    cosine from 1 or 0, as in the library.
    """
    model, tokenizer = load_embedded()
    targets = to_targets(chosen, book)
    rng = np.random.default_rng(seed)
    pairs = contrast_pairs(targets, rng)
    ids = tokenizer(list(chosen["tekst"]), truncation=True, max_length=256)["input_ids"]
    model.train()
    with only_used_words(model, ids, int(tokenizer.pad_token_id or 0)):
        _learn_pairs(model, tokenizer, ids, pairs, seed)
    nn.Module.to(model.eval(), fast_dtype())
    encoder = Encoder(model, tokenizer)
    return _heads(encoder.encode(list(chosen["tekst"])), encoder.encode(list(test["tekst"])), targets)


def _learn_pairs(model, tokenizer, ids, pairs, seed: int) -> None:  # type: ignore[no-untyped-def]
    optimizer = torch.optim.AdamW(model.parameters(), lr=CONTRAST_RATE, fused=True)
    steps = -(-len(pairs) // CONTRAST_BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / (0.1 * steps + 1), 1 - s / steps))
    torch.manual_seed(seed)
    for step in range(steps):
        batch = pairs[step * CONTRAST_BATCH : (step + 1) * CONTRAST_BATCH]
        left, right = (_vectors(model, tokenizer, [ids[pair[side]] for pair in batch]) for side in (0, 1))
        alike = torch.tensor([pair[2] for pair in batch], dtype=torch.float32)
        loss = nn.functional.mse_loss(nn.functional.cosine_similarity(left, right), alike)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()


def _vectors(model: nn.Module, tokenizer: object, token_ids: list[list[int]]) -> torch.Tensor:
    batch = tokenizer.pad({"input_ids": token_ids}, return_tensors="pt", pad_to_multiple_of=8)  # type: ignore[attr-defined]
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast_dtype() is torch.bfloat16):
        hidden = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).last_hidden_state
    return mean_pool(hidden.float(), batch["attention_mask"])


def contrast_pairs(targets: np.ndarray, rng: np.random.Generator) -> list[tuple[int, int, int]]:
    """Return ``(one, other, alike)``: for each comment `ITERATIONS` like ones and as many unlike ones."""
    pairs = []
    for _ in range(ITERATIONS):
        for one in range(len(targets)):
            same = (targets == targets[one]).all(1)
            for alike, pool in ((1, np.flatnonzero(same)), (0, np.flatnonzero(~same))):
                if len(pool):
                    pairs.append((one, int(rng.choice(pool)), alike))
    return [pairs[place] for place in rng.permutation(len(pairs))]


METHODS: dict[str, Method] = {
    "tf-idf + logistisk regresjon": _words,
    "frossen koder + logistisk regresjon": _frozen,
    "setfit": _setfit,
    "textinnsikt": _tagger,
}


if __name__ == "__main__":
    main()
