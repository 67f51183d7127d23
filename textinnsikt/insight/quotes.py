"""Quotes: which comments to show, and the sentence in each that carries the theme."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import pandas as pd

from textinnsikt.insight.wording import brand, clean, shorten

#: Quotes in one report; keeps the file small enough to send.
LIMIT = 960
#: The sentences on slides are among the comments whose theme is most probable: from this quantile up.
SUREST = 0.9
SHOWN_VALUES = ("positiv", "negativ", "blandet")
_PLACE = ("kundesenter", "klasse", "kanal")
_CONTEXT = 240
_LONGEST = 600


def choose(comments: pd.DataFrame, themes: tuple[str, ...], limit: int = LIMIT) -> list[dict[str, Any]]:
    """Choose quotes for every theme and value, spread over classes and channels.

    The choice depends on the comments alone, not on their order. No sentence and no comment is used twice,
    and readable lengths come first.

    Parameters
    ----------
    comments : pandas.DataFrame
        The comments of a tagged study (masked).
    themes : tuple of str
        Theme keys.
    limit : int
        Largest number of quotes in all, shared equally between themes and values.

    Returns
    -------
    list of dict
        ``tema, verdi, kundesenter, klasse, kanal, før, setning, etter``: the comment cut in three around the carrying
        sentence.

    Examples
    --------
    >>> comments = pd.DataFrame({"henvendelse": ["1"], "kommentar_nr": [1], "klasse": ["Bank"],
    ...     "kundesenter": ["Bank A"], "kanal": ["chat"],
    ...     "tekst": ["Kjapt svar. Hun lot meg forklare ferdig."], "lytting": ["positiv"],
    ...     "lytting_setning": ["Hun lot meg forklare ferdig."]})
    >>> quote = choose(comments, ("lytting",))[0]
    >>> quote["før"], quote["setning"], quote["etter"]
    ('Kjapt svar.', 'Hun lot meg forklare ferdig.', '')
    """
    cells = [(theme, value) for theme in themes for value in SHOWN_VALUES]
    quota = limit // max(1, len(cells))
    found = {(theme, value): _ordered(comments[comments[theme] == value], theme) for theme, value in cells}
    used: set[str] = set()
    quotes: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for cell in sorted(cells, key=lambda cell: len(found[cell])):
        quotes[cell] = _take(found[cell], quota, used)
    return [{"tema": cell[0], "verdi": cell[1], **quote} for cell in cells for quote in quotes[cell]]


def _take(rows: pd.DataFrame, quota: int, used: set[str]) -> list[dict[str, Any]]:
    """Take the first comments that are not in use yet, and mark them as used."""
    quotes: list[dict[str, Any]] = []
    for row in rows.to_dict("records"):
        if len(quotes) == quota:
            break
        keys = {row["_sentence"].casefold(), f"{row['henvendelse']}\n{row['kommentar_nr']}"}
        if keys & used:
            continue
        used |= keys
        before, sentence, after = split(row["_text"], row["_sentence"])
        place = {key: None if pd.isna(row[key]) else clean(row[key]) for key in _PLACE}
        quotes.append({**place, "før": before, "setning": sentence, "etter": after})
    return quotes


def highlights(comments: pd.DataFrame, theme: str, mention: str, limit: int = 4) -> list[dict[str, Any]]:
    """Choose the few sentences that show one mention best: clear ones, short enough for a slide.

    Returns
    -------
    list of dict
        ``setning, klasse, kanal``; from different centres as long as there are enough of them. Sentences that
        carry this theme alone come before the others, and one that carries another theme more surely is left out.

    Examples
    --------
    >>> comments = pd.DataFrame({"henvendelse": ["1"], "kommentar_nr": [1], "kundesenter": ["A"],
    ...     "klasse": ["Bank"], "kanal": ["chat"], "tekst": ["Hun lot meg forklare ferdig."],
    ...     "lytting": ["positiv"], "lytting_p_positiv": [0.9],
    ...     "lytting_setning": ["Hun lot meg forklare ferdig."]})
    >>> highlights(comments, "lytting", "positiv")[0]["setning"]
    'Hun lot meg forklare ferdig.'
    """
    rows = comments[comments[theme] == mention]
    shared, lesser = _other_themes(rows, theme)
    rows = rows[~shared] if not shared.all() else rows[~lesser]
    sure = rows[f"{theme}_p_{mention}"]
    rows = _ordered(rows[sure >= sure.quantile(SUREST)], theme)
    rows = rows.drop_duplicates("_sentence")
    rows["_round"] = rows.groupby("kundesenter", dropna=False).cumcount()
    rows = rows.sort_values(["_round", "_fit"], kind="stable").head(limit)
    return [
        {
            "setning": shorten(row["_sentence"], 220),
            "klasse": None if pd.isna(row["klasse"]) else clean(row["klasse"]),
            "kanal": None if pd.isna(row["kanal"]) else clean(brand(row["kanal"])),
        }
        for row in rows.to_dict("records")
    ]


def _other_themes(rows: pd.DataFrame, theme: str) -> tuple[pd.Series, pd.Series]:
    """Tell where the sentence that carries the theme carries another theme too, and where it does so more surely."""

    def surest(name: str) -> pd.Series:
        return rows[[c for c in (f"{name}_p_positiv", f"{name}_p_negativ") if c in rows]].max(axis=1)

    shared = lesser = pd.Series(False, index=rows.index)
    for column in (column for column in rows if str(column).endswith("_setning") and column != f"{theme}_setning"):
        other = str(column).removesuffix("_setning")
        same = rows[column].notna() & (rows[column] == rows[f"{theme}_setning"]) & rows[other].isin(SHOWN_VALUES)
        shared, lesser = shared | same, lesser | (same & (surest(other) > surest(theme)))
    return shared, lesser


def split(text: str, sentence: str) -> tuple[str, str, str]:
    """Cut a comment around its carrying sentence; a long comment is shortened on both sides.

    Examples
    --------
    >>> split("Kjapt svar. Hun hørte etter. Takk!", "Hun hørte etter.")
    ('Kjapt svar.', 'Hun hørte etter.', 'Takk!')
    """
    start = text.find(sentence)
    if start < 0:
        return "", shorten(text, _LONGEST), ""
    before, after = text[:start].strip(), text[start + len(sentence) :].strip()
    if len(before) > _CONTEXT:
        before = "… " + before[-_CONTEXT:].split(" ", 1)[-1]
    return before, shorten(sentence, _LONGEST), shorten(after, _CONTEXT)


def _ordered(rows: pd.DataFrame, theme: str) -> pd.DataFrame:
    """Order the comments with a theme: readable first, then in turn from every class and channel."""
    rows = rows[rows["tekst"].notna()].copy()
    text = rows["tekst"].map(clean).astype(object)
    sentence = rows[f"{theme}_setning"]
    rows["_text"] = text
    rows["_sentence"] = sentence.astype(object).where(sentence.notna(), text).map(clean).astype(object)
    length = rows["_sentence"].str.len().astype(float)
    rows["_fit"] = (~length.between(25, 170)).astype(int) + (length > _CONTEXT).astype(int)
    rows["_key"] = [
        blake2b(f"{contact}\n{number}".encode(), digest_size=8).hexdigest()
        for contact, number in zip(rows["henvendelse"], rows["kommentar_nr"], strict=True)
    ]
    rows = rows.sort_values(["_fit", "_key"])
    rows["_turn"] = rows.groupby(["_fit", "klasse", "kanal"], dropna=False).cumcount()
    keep = ["henvendelse", "kommentar_nr", *_PLACE, "_text", "_sentence", "_fit"]
    return rows.sort_values(["_fit", "_turn", "_key"])[keep]
