"""The contacts that an association is computed on, and what is said of those left out."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study import TaggedStudy

#: From this share of contacts at the highest possible score, the ceiling is mentioned.
_CEILING = 0.05


@dataclass(frozen=True)
class Sample:
    """Answered contacts with a score and at least one comment, sorted by ``henvendelse``.

    Parameters
    ----------
    contacts : pandas.DataFrame
        Rows of `TaggedStudy.contacts` that are used, in an order that does not depend on the file's.
    mentions : tuple of str
        The mention columns, ``T:positiv`` and ``T:negativ`` for each theme T.
    notes : tuple of str
        Norwegian sentences on who is left out and what that means.
    clustered : bool
        Whether the contacts are grouped by centre; otherwise each contact stands alone.
    words : numpy.ndarray
        Number of words in each contact's comments.
    """

    contacts: pd.DataFrame
    mentions: tuple[str, ...]
    notes: tuple[str, ...]
    clustered: bool
    words: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @property
    def centres(self) -> pd.Series:
        """The centre of each contact; a contact without one is its own."""
        return self.contacts["kundesenter"].fillna(self.contacts["henvendelse"])

    @classmethod
    def of(cls, tagged: TaggedStudy) -> Sample:
        """Choose the contacts of a tagged study.

        Raises
        ------
        InputError
            When no contact has a score, or none has both a score and a comment.
        """
        source = tagged.source or "Studien"
        contacts = tagged.contacts.sort_values("henvendelse", ignore_index=True)
        if contacts["totalscore"].notna().sum() == 0:
            raise InputError(
                f"{source} har ingen verdier i «totalscore», og suksessfaktorer trenger en score; "
                'pek på kolonnen med --map totalscore="Overskrift".'
            )
        unanswered = contacts["besvart"] == "nei"
        silent = contacts[tagged.mention_columns[0]].isna() & ~unanswered
        scoreless = contacts["totalscore"].isna() & ~unanswered & ~silent
        used = contacts[~unanswered & ~silent & ~scoreless].reset_index(drop=True)
        if used.empty:
            raise InputError(f"{source} har ingen besvart henvendelse med både kommentar og score.")
        notes = [
            f"{_count(len(used))} av {_count(len(contacts))} henvendelser er med. "
            f"Ikke med: {_count(unanswered.sum())} ubesvart, {_count(silent.sum())} besvart uten kommentar, "
            f"{_count(scoreless.sum())} besvart uten score."
        ]
        clustered = used["kundesenter"].nunique() > 1
        texts = tagged.comments[tagged.comments["henvendelse"].isin(used["henvendelse"])]
        empty = int(texts["tekst"].isna().sum())
        if empty:
            share = f"{_count(empty)} av {_count(len(texts))}"
            notes.append(f"{share} kommentarer i dem er tomme, og teller som at ingenting er nevnt.")
        counts = texts["tekst"].str.split().str.len().fillna(0).groupby(texts["henvendelse"]).sum()
        words = counts.reindex(used["henvendelse"]).to_numpy(dtype=float)
        return cls(used, tagged.mention_columns, (*notes, *_guards(tagged, used)), clustered, words)


def _count(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")


def _guards(tagged: TaggedStudy, used: pd.DataFrame) -> list[str]:
    """Return what a reader must know before trusting the numbers of these contacts."""
    notes = []
    highest = tagged.score_range[1]
    ceiling = (used["totalscore"] >= highest).mean()
    if ceiling >= _CEILING:
        notes.append(
            f"{100 * ceiling:.0f} % av henvendelsene har høyeste mulige score ({_plain(highest)}), "
            "og der kan ikke scoren vise flere forskjeller."
        )
    overlap = [q for q in tagged.questions if any(t.casefold() in q.casefold() for t in tagged.themes)]
    if overlap:
        named = ", ".join(f"«{q}»" for q in overlap)
        notes.append(
            f"Skjemaet spør om det samme som kommentarene beskriver ({named}). Er svarene med i totalscoren, "
            "er noe av sammenhengen innebygd."
        )
    notes.append(
        "Samme shopper har skrevet kommentaren og gitt scoren. Tallene viser sammenheng, "
        "ikke hva som skjer med scoren om noe endres."
    )
    return notes


def _plain(value: float) -> str:
    """Write a number as short as it goes, with a decimal comma."""
    return f"{value:g}".replace(".", ",")
