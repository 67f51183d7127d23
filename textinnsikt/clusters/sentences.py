"""The sentences of a tagged study, each with the theme it carries."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from textinnsikt.language import split_sentences
from textinnsikt.study import TaggedStudy

#: The group of sentences that carry no theme.
OUTSIDE = "ingen"
#: A carrying sentence is grouped outside its theme when it scores so much higher on an aspect than on any theme.
MARGIN = 0.3


def sentence_table(tagged: TaggedStudy) -> pd.DataFrame:
    """Split every comment into sentences.

    Parameters
    ----------
    tagged : TaggedStudy

    Returns
    -------
    pandas.DataFrame
        One row per sentence in input order: ``henvendelse, kommentar_nr, setning_nr`` (from 1 in each comment)``,
        tekst, tema, omtale``: the first theme in the codebook's order whose carrying sentence it is, otherwise
        ``ingen``; and the theme's value there (where it is ``blandet``, the likelier), ``ingen`` outside the themes.
    """
    comments = tagged.comments[tagged.comments["tekst"].notna()]
    carriers = [
        comments[f"{theme}_setning"].where(comments[theme].notna() & (comments[theme] != "ingen"))
        for theme in tagged.themes
    ]
    mentions = [_mention(comments, theme) for theme in tagged.themes]
    rows = []
    split: dict[str, list[str]] = {}
    for at, (contact, number, text, *carrying) in enumerate(
        zip(comments["henvendelse"], comments["kommentar_nr"], comments["tekst"], *carriers, strict=True)
    ):
        if text not in split:
            split[text] = split_sentences(text)
        keys = [_key(sentence) if isinstance(sentence, str) else None for sentence in carrying]
        for place, sentence in enumerate(split[text], start=1):
            key = _key(sentence)
            carried = next((i for i, k in enumerate(keys) if k == key), None)
            found = (OUTSIDE, OUTSIDE) if carried is None else (tagged.themes[carried], mentions[carried][at])
            rows.append((contact, number, place, sentence, *found))
    return pd.DataFrame(rows, columns=["henvendelse", "kommentar_nr", "setning_nr", "tekst", "tema", "omtale"])


def set_apart(sentences: pd.DataFrame, leaning: Mapping[str, float]) -> pd.DataFrame:
    """Move carrying sentences that are plainly about something else outside the themes.

    The tagger reads the whole comment; the sentence it points to can be about waiting or a greeting. In the example
    study the share of carrying sentences that truly have their theme rises from 0.61 to 0.72, and 3 % of the true
    ones are lost.

    Parameters
    ----------
    sentences : pandas.DataFrame
        As `sentence_table` returns them.
    leaning : mapping of str to float
        Each sentence's highest score of an aspect less its highest of a theme.
    """
    other = (sentences["tekst"].map(leaning) > MARGIN) & (sentences["tema"] != OUTSIDE)
    return sentences.assign(
        tema=sentences["tema"].mask(other, OUTSIDE), omtale=sentences["omtale"].mask(other, OUTSIDE)
    )


def _mention(comments: pd.DataFrame, theme: str) -> list[str]:
    """Return the theme's value in each comment, the likelier of the two where it is ``blandet``."""
    value, mixed = comments[theme], comments[theme] == "blandet"
    if mixed.any() and f"{theme}_p_negativ" in comments:
        negative = comments[f"{theme}_p_negativ"] > comments[f"{theme}_p_positiv"]
        value = value.mask(mixed & negative, "negativ")
    return value.mask(value == "blandet", "positiv").tolist()


def _key(sentence: str) -> str:
    """Return the sentence with single spaces, as sentences are compared."""
    return " ".join(sentence.split())
