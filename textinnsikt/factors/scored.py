"""The contacts that the official score is made of."""

from __future__ import annotations

import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study import TaggedStudy


def scored_contacts(tagged: TaggedStudy) -> tuple[pd.DataFrame, list[str]]:
    """Return the contacts that count in the official score, and what must be said of them.

    Parameters
    ----------
    tagged : TaggedStudy

    Returns
    -------
    contacts : pandas.DataFrame
        Rows of `TaggedStudy.contacts` with a score and a centre, sorted by ``henvendelse``; an unanswered contact
        without a score has the lowest one, and every centre has one class.
    notes : list of str
        Norwegian sentences.

    Raises
    ------
    InputError
        When there are no scores, or fewer than two centres.
    """
    source = tagged.source or "Studien"
    contacts = tagged.contacts.sort_values("henvendelse", ignore_index=True)
    if contacts["totalscore"].notna().sum() == 0:
        raise InputError(
            f"{source} har ingen verdier i «totalscore», og uten score kan ikke kundesentre sammenlignes; "
            'pek på kolonnen med --map totalscore="Overskrift".'
        )
    lowest = tagged.score_range[0]
    silent = (contacts["besvart"] == "nei") & contacts["totalscore"].isna()
    contacts.loc[silent, "totalscore"] = lowest
    out = contacts["totalscore"].isna() | contacts["kundesenter"].isna()
    used = contacts[~out].reset_index(drop=True)
    if used["kundesenter"].nunique() < 2:
        raise InputError(f"{source} har færre enn to kundesentre med score, så det er ingenting å sammenligne.")
    used["klasse"] = used["klasse"].fillna("(uten klasse)")
    used["klasse"] = used.groupby("kundesenter")["klasse"].transform(lambda found: found.mode().iloc[0])
    unanswered = int((used["besvart"] == "nei").sum())
    notes = [
        f"{len(used)} av {len(contacts)} henvendelser er med; {int(out.sum())} mangler score eller kundesenter. "
        f"{unanswered} er ubesvarte og teller i den offisielle scoren, men ikke i den for besvarte."
    ]
    return used, notes
