"""Foreign comments: those in another language than Norwegian, which the themes are not made for."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

_NORWEGIAN = ("nb", "nn")


def foreign_rows(comments: pd.DataFrame, languages: Sequence[str | None]) -> pd.DataFrame:
    """Return which comments are in another language, and which one: the rows of ``flagget.csv``.

    Parameters
    ----------
    comments : DataFrame
        Has ``henvendelse`` and ``kommentar_nr``.
    languages : sequence of str or None
        The language of each comment, as `textinnsikt.language.detect_all` tells it; ``None`` is not flagged.

    Returns
    -------
    DataFrame
        ``henvendelse, kommentar_nr, grunn``; the text is not repeated.

    Examples
    --------
    >>> comments = pd.DataFrame({"henvendelse": ["a", "b", "c"], "kommentar_nr": 1})
    >>> foreign_rows(comments, ["nn", "en", None]).values.tolist()
    [['b', 1, 'annet språk: en']]
    """
    foreign = [language is not None and language not in _NORWEGIAN for language in languages]
    rows = comments.loc[foreign, ["henvendelse", "kommentar_nr"]].reset_index(drop=True)
    rows["grunn"] = [f"annet språk: {language}" for language, flag in zip(languages, foreign, strict=True) if flag]
    return rows
