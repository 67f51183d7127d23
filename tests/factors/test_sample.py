"""Who is counted, and what is said of the rest."""

import pandas as pd
import pytest

from textinnsikt.errors import InputError
from textinnsikt.factors.sample import Sample
from textinnsikt.study import TaggedStudy


def tagged(rows, score_range=(0.0, 100.0), questions=()) -> TaggedStudy:
    columns = ["henvendelse", "besvart", "totalscore", "tekst", "lytting", "kundesenter"]
    comments = pd.DataFrame(rows, columns=columns).assign(
        kommentar_nr=1, klasse="Bank", kanal="chat", shopper="s1", dato=None
    )
    return TaggedStudy(comments, ("lytting",), questions=questions, source="s.csv", score_range=score_range)


ROWS = [
    ("5", "ja", 80.0, "Lyttet godt.", "positiv", "A"),
    ("1", "nei", 0.0, None, None, "A"),
    ("2", "ja", 70.0, None, None, "B"),
    ("4", None, 100.0, "Avbrøt meg hele tiden.", "negativ", "B"),
    ("3", "ja", None, "Helt greit.", "ingen", "B"),
]


def test_only_answered_contacts_with_comment_and_score_are_used_in_sorted_order():
    sample = Sample.of(tagged(ROWS))
    assert sample.contacts["henvendelse"].tolist() == ["4", "5"]
    assert sample.clustered


def test_those_left_out_are_counted():
    assert Sample.of(tagged(ROWS)).notes[0] == (
        "2 av 5 henvendelser er med. Ikke med: 1 ubesvart, 1 besvart uten kommentar, 1 besvart uten score."
    )


def test_the_ceiling_is_mentioned_on_the_scale_of_the_score():
    notes = Sample.of(tagged(ROWS)).notes
    assert any("50 % av henvendelsene har høyeste mulige score (100)" in n for n in notes)
    higher = Sample.of(tagged(ROWS, score_range=(0.0, 120.5)))
    assert not any("høyeste" in n for n in higher.notes)


def test_questions_about_a_theme_are_named_as_overlap():
    questions = ("Lytting og forståelse", "ventetid")
    rows = tagged(ROWS, questions=questions)
    rows = TaggedStudy(rows.comments.assign(**dict.fromkeys(questions, 1)), rows.themes, questions=questions)
    notes = " ".join(Sample.of(rows).notes)
    assert "«Lytting og forståelse»" in notes and "ventetid" not in notes


def test_wording_is_association():
    notes = " ".join(Sample.of(tagged(ROWS)).notes)
    assert "sammenheng" in notes and "effekt" not in notes and "fører til" not in notes


def test_a_missing_centre_is_its_own():
    rows = [("1", "ja", 1.0, "Bra.", "ingen", None), ("2", "ja", 2.0, "Bra.", "ingen", "A")]
    assert Sample.of(tagged(rows)).centres.tolist() == ["1", "A"]


def test_no_contact_with_both_comment_and_score():
    with pytest.raises(InputError, match="ingen besvart henvendelse med både kommentar og score"):
        Sample.of(tagged([("1", "ja", 5.0, None, None, "A"), ("2", "ja", None, "Bra.", "ingen", "A")]))
