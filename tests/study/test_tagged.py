import math

import pandas as pd

from textinnsikt.study import TaggedStudy, themes_of


def _tagged() -> TaggedStudy:
    rows = [
        ("1", 1, 80.0, "Lyttet godt.", "positiv"),
        ("1", 2, 80.0, "Men avbrøt meg.", "negativ"),
        ("2", 1, 50.0, "Både og.", "blandet"),
        ("2", 2, 50.0, None, None),
        ("3", 1, 20.0, "Lang kø.", "ingen"),
        ("4", 1, 0.0, None, None),
    ]
    frame = pd.DataFrame(rows, columns=["henvendelse", "kommentar_nr", "totalscore", "tekst", "lytting"])
    frame["lytting_p_positiv"] = frame["lytting_p_negativ"] = 0.5
    frame["lytting_setning"] = frame["tekst"]
    return TaggedStudy(frame, ("lytting",))


def test_a_contact_has_a_mention_when_any_comment_has() -> None:
    contacts = _tagged().contacts
    assert list(contacts) == ["henvendelse", "totalscore", "lytting:positiv", "lytting:negativ"]
    assert contacts["lytting:positiv"].tolist()[:3] == [1.0, 1.0, 0.0]
    assert contacts["lytting:negativ"].tolist()[:3] == [1.0, 1.0, 0.0]
    assert math.isnan(contacts["lytting:positiv"].iloc[3])


def test_sentences_that_carry_a_theme() -> None:
    sentences = _tagged().sentence_themes()
    assert sentences["verdi"].tolist() == ["positiv", "negativ", "blandet"]
    assert sentences["tekst"].tolist() == ["Lyttet godt.", "Men avbrøt meg.", "Både og."]


def test_a_theme_needs_its_probabilities() -> None:
    assert themes_of(["tekst", "lytting", "lytting_p_positiv"]) == ()
