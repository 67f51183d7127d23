"""Which theme a sentence belongs to."""

import pandas as pd

from textinnsikt.clusters.sentences import sentence_table, set_apart
from textinnsikt.study import TaggedStudy


def table(rows):
    columns = ["henvendelse", "kommentar_nr", "tekst", "lytting", "lytting_setning", "løsning", "løsning_setning"]
    return sentence_table(TaggedStudy(pd.DataFrame(rows, columns=columns), ("lytting", "løsning")))


def test_the_carrying_sentence_has_its_theme_and_the_rest_none():
    text = "Hyggelig dame. Hun hørte godt etter. Fikk svar med en gang."
    rows = table([("1", 2, text, "positiv", "Hun hørte godt etter.", "positiv", "Fikk svar med en gang.")])
    assert rows[["kommentar_nr", "setning_nr", "tema"]].to_numpy().tolist() == [
        [2, 1, "ingen"],
        [2, 2, "lytting"],
        [2, 3, "løsning"],
    ]


def test_the_first_theme_in_the_codebook_wins():
    same = "Hørte ikke etter, og foreslo derfor feil abonnement."
    assert table([("1", 1, same, "negativ", same, "negativ", same)])["tema"].tolist() == ["lytting"]


def test_a_theme_without_mention_carries_nothing():
    assert table([("1", 1, "Bra svar.", "ingen", "Bra svar.", None, None)])["tema"].tolist() == ["ingen"]


def test_white_space_does_not_hide_the_carrying_sentence():
    rows = table([("1", 1, "Hun  hørte\tetter.", "positiv", "Hun hørte etter.", "ingen", None)])
    assert rows["tema"].tolist() == ["lytting"]


def test_empty_comments_have_no_sentences():
    assert table([("1", 1, None, None, None, None, None)]).empty


def test_the_value_is_the_theme_s_and_the_likelier_where_it_is_mixed():
    rows = [("1", 1, "Hørte etter.", "negativ", "Hørte etter.", None, None), *MIXED]
    comments = pd.DataFrame(rows, columns=COLUMNS)
    comments["lytting_p_positiv"], comments["lytting_p_negativ"] = [0.1, 0.7, 0.6], [0.9, 0.6, 0.7]
    found = sentence_table(TaggedStudy(comments, ("lytting", "løsning")))
    assert found["omtale"].tolist() == ["negativ", "positiv", "negativ"]


COLUMNS = ["henvendelse", "kommentar_nr", "tekst", "lytting", "lytting_setning", "løsning", "løsning_setning"]
MIXED = [(n, 1, "Både og.", "blandet", "Både og.", None, None) for n in ("2", "3")]


def test_a_carrying_sentence_about_something_else_is_grouped_outside():
    rows = table(
        [("1", 1, "Lang kø.", "positiv", "Lang kø.", None, None), ("2", 1, "Hørte.", "positiv", "Hørte.", None, None)]
    )
    found = set_apart(rows, {"Lang kø.": 0.8, "Hørte.": -0.5})
    assert found["tema"].tolist() == ["ingen", "lytting"] and found["omtale"].tolist() == ["ingen", "positiv"]
