"""What the study of clusters is done on: labelled sentences, theme values, comments without labels, vectors."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pandas as pd

from textinnsikt.clusters.vectors import SentenceEncoder
from textinnsikt.study import TaggedStudy
from textinnsikt.themes import Codebook
from textinnsikt.themes.adapter import Adapter, attach
from textinnsikt.themes.bases import load_base

ROOT = Path(__file__).resolve().parents[2]
THEMES = list(Codebook.load().keys)


class Remembering:
    """An encoder that computes each sentence once.

    Parameters
    ----------
    encoder : SentenceEncoder
    known : dict of str to numpy.ndarray, optional
        Vectors from an earlier run.
    """

    def __init__(self, encoder: SentenceEncoder, known: dict[str, np.ndarray] | None = None):
        self._encoder = encoder
        self.known = dict(known or {})

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one row per text."""
        missing = sorted(set(texts) - set(self.known))
        if missing:
            self.known.update(zip(missing, self._encoder.encode(missing), strict=True))
        return np.array([self.known[text] for text in texts])


def tagger_encoder() -> SentenceEncoder:
    """Return the encoder inside the shipped tagger: the embedded one, trained on further."""
    from textinnsikt.themes.encoder import Encoder

    plain, model = Encoder.load(), load_base(None, Codebook.load().outputs).model
    with as_file(files("textinnsikt.themes") / "model") as folder:
        attach(model, Adapter.load(folder))
    return Encoder(model.bert.to(plain.model.dtype).eval(), plain.tokenizer)


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / name, keep_default_na=False, encoding="utf-8")


def labelled() -> pd.DataFrame:
    """Return the sentences labelled with twelve aspects: ``setning, merke``."""
    rows = _read("merkede_setninger.csv").rename(columns={"aspekt": "merke"})
    return rows[["setning", "merke"]].sort_values("setning", ignore_index=True)


def with_theme_values() -> pd.DataFrame:
    """Return the labelled sentences and, of comments of one sentence with one theme, as many again, theme and value."""
    comments = _read("merkede_kommentarer.csv")
    themes = comments[THEMES]
    single = (themes.ne("ingen").sum(axis=1) == 1) & ~comments["tekst"].str.contains(r"[.!?]\s", regex=True)
    values = themes.apply(lambda row: next((f"{t}:{v}" for t, v in row.items() if v != "ingen"), ""), axis=1)
    rows = pd.DataFrame({"setning": comments["tekst"], "merke": values})[single & ~values.str.endswith("blandet")]
    aspects = labelled()
    rows = rows.drop_duplicates("setning").sort_values("setning")
    rows = rows.sample(min(len(aspects), len(rows)), random_state=0)
    both = pd.concat([aspects, rows]).drop_duplicates("setning")
    return both.sort_values("setning", ignore_index=True)


def study_of(texts: list[str], name: str) -> TaggedStudy:
    """Return a study without themes, one comment a contact."""
    comments = pd.DataFrame({"henvendelse": [f"h{i:05}" for i in range(len(texts))], "kommentar_nr": 1})
    return TaggedStudy(comments.assign(tekst=texts), themes=(), source=name)


def comments_without_theme() -> TaggedStudy:
    """Return the hand-written comments that have no theme."""
    rows = _read("merkede_kommentarer.csv")
    return study_of(rows.loc[rows[THEMES].eq("ingen").all(axis=1), "tekst"].tolist(), "uten tema")


def every_comment() -> list[str]:
    """Return all hand-written comments, with and without themes, each once."""
    return sorted(set(_read("merkede_kommentarer.csv")["tekst"]))


def book_reviews(path: Path, count: int | None = None) -> TaggedStudy:
    """Return book reviews (``kommentar_1 .. kommentar_3``), all or the first `count`."""
    rows = pd.read_csv(path, keep_default_na=False, encoding="utf-8", nrows=count)
    long = rows.melt(["henvendelse"], [f"kommentar_{i}" for i in (1, 2, 3)], "kommentar_nr", "tekst")
    long["kommentar_nr"] = long["kommentar_nr"].str[-1].astype(int)
    long["henvendelse"] = long["henvendelse"].astype("str")
    long = long[long["tekst"] != ""].sort_values(["henvendelse", "kommentar_nr"], ignore_index=True)
    return TaggedStudy(long, themes=(), source="bokanmeldelser")
