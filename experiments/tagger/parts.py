"""The labelled comments part by part, and texts about other things, for training and measuring the shipped tagger."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from textinnsikt.language import mask
from textinnsikt.themes import Codebook, read_labelled

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data" / "merkede_kommentarer.csv"
CONTRASTS = ROOT / "data" / "kontraster.csv"
#: Texts about other things among the training and the validation comments.
OTHER_TEXTS, OTHER_VALIDATION_TEXTS = 1800, 300


def read_parts(book: Codebook) -> dict[str, pd.DataFrame]:
    """Return the labelled comments part by part (trening, validering, test), the training contrasts with the first."""
    labelled = read_labelled(DATA, book)
    parts = {str(name): part.reset_index(drop=True) for name, part in labelled.groupby("del")}
    contrasts = read_labelled(CONTRASTS, book)
    taught = contrasts[contrasts["del"] == "trening"]
    return parts | {"trening": pd.concat([parts["trening"], taught], ignore_index=True)}


def other_texts(path: Path, book: Codebook) -> pd.DataFrame:
    """Return texts about anything else, without themes: what is not about a contact must get none.

    One to four sentences in a row from the same review, written as people write (the corpus has spaces around
    punctuation) and masked as comments are.
    """
    sentences = pd.read_csv(path, encoding="utf-8")
    sentences["anmeldelse"] = sentences["id"].str.split("-").str[0]
    draw = np.random.default_rng(0)
    texts = []
    for _, own in sentences.groupby("anmeldelse", sort=True):
        rest = list(own["tekst"])
        while rest:
            n = int(draw.integers(1, 5))
            texts.append(mask(_close_up(" ".join(rest[:n]))))
            rest = rest[n:]
    chosen = [texts[i] for i in draw.permutation(len(texts))[: OTHER_TEXTS + OTHER_VALIDATION_TEXTS]]
    return pd.DataFrame({"tekst": chosen, **dict.fromkeys(book.keys, "ingen")})


def _close_up(text: str) -> str:
    """Take away the spaces that a tokenizer put around punctuation."""
    text = re.sub(r" ([,.;:!?»)%])", r"\1", text)
    return re.sub(r"([«(]) ", r"\1", text)
