"""Against Hugging Face's pipeline on the same weights and comments, and what duplicates save."""

import tempfile
from pathlib import Path

import numpy as np
import torch
from common import PART, clock, distinct_comments, in_turns, save_full, shipped_model, tell, tell_clock
from transformers import pipeline

from textinnsikt import ThemeTagger, example_study
from textinnsikt.scale.cache import TextCache
from textinnsikt.scale.streamtagger import StreamTagger
from textinnsikt.themes import batches, packed
from textinnsikt.themes.tagger import NEAR

BATCHES = (1, 2, 4, 8, 16, 32, 64)


def measure_pipeline() -> None:
    """Choose the pipeline's batch size on every twentieth comment; then compare on all the distinct ones."""
    tell_clock()
    sample, texts = distinct_comments(step=20), distinct_comments()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        tagger = ThemeTagger.load()
        save_full(folder, tagger, shipped_model())
        classify = pipeline("text-classification", model=str(folder), top_k=None)
        fast, exact = StreamTagger.open(folder, dtype="bfloat16"), StreamTagger.open(folder, dtype="float32")
    fast.cache_, exact.cache_ = TextCache(0), TextCache(0)
    sizes = {size: lambda size=size: classify(sample, batch_size=size) for size in BATCHES}
    seconds = in_turns(sizes, rounds=1)
    for size, spent in seconds.items():
        tell(f"pipeline, bunker på {size}, {len(sample)} kommentarer", len(sample) / spent, "kommentarer/s")
    best = min(seconds, key=seconds.__getitem__)
    rates: dict[str, float] = {}
    found = {}
    candidates = {
        "pipeline med standardvalg": lambda: classify(texts),
        f"pipeline, bunker på {best}": lambda: classify(texts, batch_size=best),
        "textinnsikt, float32": lambda: exact.predict_proba(texts),
        "textinnsikt": lambda: fast.predict_proba(texts),
        "textinnsikt uten kontroll i float32": lambda: fast._logits(texts, torch.bfloat16),
    }
    for name, run in candidates.items():
        start = clock()
        found[name] = run()
        rates[name] = len(texts) / (clock() - start)
        tell(f"{name}, {len(texts)} kommentarer", rates[name], "kommentarer/s")
    tell("mot pipeline med standardvalg", rates["textinnsikt"] / rates["pipeline med standardvalg"], "ganger")
    tell("mot pipeline med beste bunkestørrelse", rates["textinnsikt"] / rates[f"pipeline, bunker på {best}"], "ganger")
    names = fast._book.outputs
    said = [{one["label"]: one["score"] for one in row} for row in found["pipeline med standardvalg"]]
    theirs = np.array([[row[name] for name in names] for row in said])
    agree = fast.decisions_.decide(theirs.round(4)) == fast.decisions_.decide(fast.predict_proba(texts))
    tell("enighet, kommentar × tema × fortegn", 100 * float(agree.mean()), "%")
    near = fast.decisions_.is_near(fast.decisions_.probabilities(fast._logits(texts, torch.bfloat16)), NEAR)
    tell("regnet på nytt i float32", 100 * float(np.mean(near)), "%")


def measure_padding() -> None:
    tagger = ThemeTagger.load()
    for step in (1, 4, 16):
        lengths = [len(ids) for ids in tagger.tokenizer_(distinct_comments(step))["input_ids"]]
        for name, plan in {
            "faste bunker": sum(rows * padded for padded, rows, _ in batches._plan(lengths, batches.TOKENS)),
            "pakker": sum(size for size, _ in packed._plan(lengths, packed.PACK)),
        }.items():
            tell(f"{name}, {len(lengths)} kommentarer, andel fyll", 100 * (1 - sum(lengths) / plan), "%")


def measure_duplicates() -> None:
    texts = list(example_study().comments["tekst"].dropna())
    tell("kommentarer i eksempelstudien", len(texts))
    tell("av dem ulike", len(set(texts)))
    tell("spart ved dubletter", 100 * (1 - len(set(texts)) / len(texts)), "%")


if __name__ == "__main__":
    {"pipeline": measure_pipeline, "fyll": measure_padding, "dubletter": measure_duplicates}[PART]()
