"""Which contacts count."""

import numpy as np

from textinnsikt.factors.scored import scored_contacts
from textinnsikt.study import TaggedStudy


def test_unanswered_without_score_get_the_lowest_and_scoreless_answered_are_left_out(tagged):
    comments = tagged.comments.copy()
    comments.loc[:2, "besvart"] = "nei"
    comments.loc[:4, "totalscore"] = np.nan
    comments.loc[10, "klasse"] = "Annen"
    changed = TaggedStudy(comments, tagged.themes, score_range=(1.0, 6.0))
    contacts, notes = scored_contacts(changed)
    assert len(contacts) == len(comments) - 2
    assert (contacts.loc[contacts["besvart"] == "nei", "totalscore"] == 1).all()
    assert contacts.groupby("kundesenter")["klasse"].nunique().max() == 1
    assert "2 mangler score eller kundesenter. 3 er ubesvarte" in notes[0]
