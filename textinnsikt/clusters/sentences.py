"""The sentences of a tagged study, each with the theme it carries."""

from __future__ import annotations

import pandas as pd

from textinnsikt.language import split_sentences
from textinnsikt.study import TaggedStudy

#: The group of sentences that carry no theme.
OUTSIDE = "ingen"


def sentence_table(tagged: TaggedStudy) -> pd.DataFrame:
    """Split every comment into sentences.

    Parameters
    ----------
    tagged : TaggedStudy

    Returns
    -------
    pandas.DataFrame
        One row per sentence in input order: ``henvendelse, kommentar_nr, setning_nr`` (from 1 in each comment)``,
        tekst, tema``: the first theme in the codebook's order whose carrying sentence it is, otherwise ``ingen``.
    """
    comments = tagged.comments[tagged.comments["tekst"].notna()]
    carriers = [
        comments[f"{theme}_setning"].where(comments[theme].notna() & (comments[theme] != "ingen"))
        for theme in tagged.themes
    ]
    rows = []
    split: dict[str, list[str]] = {}
    for contact, number, text, *carrying in zip(
        comments["henvendelse"], comments["kommentar_nr"], comments["tekst"], *carriers, strict=True
    ):
        if text not in split:
            split[text] = split_sentences(text)
        keys = [_key(sentence) if isinstance(sentence, str) else None for sentence in carrying]
        for place, sentence in enumerate(split[text], start=1):
            key = _key(sentence)
            theme = next((t for t, k in zip(tagged.themes, keys, strict=True) if k == key), OUTSIDE)
            rows.append((contact, number, place, sentence, theme))
    return pd.DataFrame(rows, columns=["henvendelse", "kommentar_nr", "setning_nr", "tekst", "tema"])


def _key(sentence: str) -> str:
    """Return the sentence with single spaces, as sentences are compared."""
    return " ".join(sentence.split())
