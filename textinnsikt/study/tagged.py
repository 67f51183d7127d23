"""A tagged study: the comments with their themes, as ``kommentarer.csv`` holds them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

#: The four values a theme can have in one comment.
VALUES = ("ingen", "positiv", "negativ", "blandet")
#: The two kinds of mention, in the order used everywhere.
MENTIONS = ("positiv", "negativ")


@dataclass(frozen=True)
class TaggedStudy:
    """A study whose comments carry themes.

    Parameters
    ----------
    comments : pandas.DataFrame
        The columns of ``kommentarer.csv``: ``henvendelse, kommentar_nr, kundesenter, klasse, kanal, shopper,
        dato, besvart, totalscore``, the question columns, ``tekst`` (masked), per theme T: ``T``,
        ``T_p_positiv``, ``T_p_negativ``, ``T_setning``; then ``modell, modell_hash``. Theme cells of empty
        comments are missing.
    themes : tuple of str
        Theme names in the codebook's order.
    questions : tuple of str
        The question columns.
    source, sha256 : str
        Name and hash of the study file.
    score_range : tuple of float
        Lowest and highest possible score.
    n_rejected : int
        Rows of the study file that were set aside.

    Examples
    --------
    >>> comments = pd.DataFrame({"henvendelse": ["1", "1", "2"], "kommentar_nr": [1, 2, 1], "totalscore": [80, 80, 50],
    ...     "tekst": ["Hun hørte etter.", "Avbrøt meg til slutt.", None], "lytting": ["positiv", "negativ", None]})
    >>> contacts = TaggedStudy(comments, themes=("lytting",)).contacts
    >>> contacts[["henvendelse", "lytting:positiv", "lytting:negativ"]].values.tolist()
    [['1', 1.0, 1.0], ['2', nan, nan]]
    """

    comments: pd.DataFrame
    themes: tuple[str, ...]
    questions: tuple[str, ...] = ()
    source: str = ""
    sha256: str = ""
    score_range: tuple[float, float] = (0.0, 100.0)
    n_rejected: int = 0

    @property
    def contacts(self) -> pd.DataFrame:
        """One row per contact in input order: contact columns, questions and mentions.

        For each theme T the columns ``T:positiv`` and ``T:negativ`` hold 1.0 when any comment of the contact
        is ``positiv`` (``negativ``) or ``blandet``, 0.0 when not, and NaN when the contact has no comment at
        all.
        """
        comments = self.comments
        text_columns = {"kommentar_nr", "tekst", "modell", "modell_hash"}
        theme_columns = {
            f"{t}{suffix}" for t in self.themes for suffix in ("", "_p_positiv", "_p_negativ", "_setning")
        }
        keep = [c for c in comments.columns if c not in text_columns | theme_columns]
        contacts = comments[keep].drop_duplicates("henvendelse").set_index("henvendelse")
        has_text = comments["tekst"].notna()
        groups = comments["henvendelse"]
        answered = has_text.groupby(groups, sort=False).any()
        for theme in self.themes:
            for mention in MENTIONS:
                hit = comments[theme].isin([mention, "blandet"]).groupby(groups, sort=False).any()
                contacts[f"{theme}:{mention}"] = hit.astype(float).where(answered, np.nan)
        return contacts.reset_index()

    @property
    def mention_columns(self) -> tuple[str, ...]:
        """Names of the mention columns of `contacts`, ``T:positiv`` before ``T:negativ``."""
        return tuple(f"{t}:{m}" for t in self.themes for m in MENTIONS)

    def sentence_themes(self) -> pd.DataFrame:
        """Return the carrying sentences: ``henvendelse, kommentar_nr, tema, verdi, tekst``, one row each."""
        parts = []
        for theme in self.themes:
            rows = self.comments[self.comments[theme].isin(["positiv", "negativ", "blandet"])]
            part = rows[["henvendelse", "kommentar_nr"]].copy()
            part["tema"] = theme
            part["verdi"] = rows[theme]
            part["tekst"] = rows[f"{theme}_setning"]
            parts.append(part)
        return pd.concat(parts, ignore_index=True)


def themes_of(columns: list[str]) -> tuple[str, ...]:
    """Return the theme names that the columns of a ``kommentarer.csv`` speak of.

    Examples
    --------
    >>> themes_of(["tekst", "lytting", "lytting_p_positiv", "lytting_p_negativ", "lytting_setning"])
    ('lytting',)
    """
    names = set(columns)
    return tuple(c for c in columns if {f"{c}_p_positiv", f"{c}_p_negativ"} <= names)
