"""The shipped tagger on comments that say it plainly, and on odd ones."""

import pandas as pd
import pytest
from sklearn.base import clone

from textinnsikt import Study, ThemeTagger
from textinnsikt.study import CONTACT_COLUMNS

PLAIN = [
    ("Måtte forklare det samme tre ganger.", "lytting", "negativ"),
    ("Ho høyrde på heile historia mi utan å avbryte.", "lytting", "positiv"),
    ("Spurte hvor mye data vi bruker og hvor mange vi er i familien.", "behovskartlegging", "positiv"),
    ("Gikk rett på prislista uten å spørre om noe som helst.", "behovskartlegging", "negativ"),
    ("Problemet ble ordnet mens jeg var på tråden.", "løsning", "positiv"),
    ("Fekk ikkje noko svar på det eg lurte på.", "løsning", "negativ"),
    ("Maste om forsikring selv om jeg sa nei tre ganger.", "mersalg", "negativ"),
    ("Tipset om at jeg kunne få familierabatt.", "mersalg", "positiv"),
]
NONE = [
    "Ventet i førti minutter i kø.",
    "Veldig blid og hyggelig dame.",
    "Spurte om kundenummer og fødselsdato.",
    "Ok.",
]


def _study(texts):
    frame = pd.DataFrame({c: pd.Series([None] * len(texts), dtype=object) for c in CONTACT_COLUMNS})
    frame["henvendelse"] = [str(i) for i in range(len(texts))]
    frame["totalscore"] = 50.0
    frame["kommentar_1"] = pd.Series(texts, dtype=object)
    return Study(frame)


@pytest.mark.parametrize(("text", "theme", "value"), PLAIN)
def test_plain_mentions_are_found(tagger, text, theme, value):
    assert tagger.predict([text]).at[0, theme] == value


def test_what_is_outside_the_themes_gets_none(tagger):
    assert (tagger.predict(NONE) == "ingen").all(axis=None)


def test_probabilities_have_four_decimals_and_decide_the_value(tagger):
    texts = [text for text, *_ in PLAIN]
    probabilities = tagger.predict_proba(texts)
    assert probabilities.shape == (len(PLAIN), 8)
    assert (probabilities == probabilities.round(4)).all()
    yes = tagger.decisions_.decide(probabilities)
    assert (yes[:, 0] == tagger.predict(texts)["lytting"].isin(["positiv", "blandet"])).all()


def test_the_carrying_sentence_is_the_one_that_says_it(tagger):
    filler = ["Kom gjennom med en gang.", "Han var blid.", "Takk for praten."]
    for text, theme, value in PLAIN:
        comment = " ".join([filler[0], text, *filler[1:]])
        row = tagger.tag(_study([comment])).comments.iloc[0]
        assert row[f"{theme}_setning"] == text
        assert row[theme] in (value, "blandet")  # the friendly words around it may count as praise


def test_empty_comments_have_missing_cells(tagger):
    comments = tagger.tag(_study(["Fikk god hjelp.", None])).comments
    assert comments.loc[1, ["lytting", "lytting_p_positiv", "lytting_setning"]].isna().all()
    assert comments["lytting"].iloc[0] == "ingen"
    assert comments["modell_hash"].nunique() == 1


def test_a_very_long_text_is_read_to_the_end(tagger):
    long = "Ventet i kø, og musikken var fin. " * 300
    assert (tagger.predict([long]) == "ingen").all(axis=None)
    assert tagger.predict([long + PLAIN[6][0]]).at[0, "mersalg"] == "negativ"


def test_odd_characters_do_no_harm(tagger):
    odd = ["😀😀😀", "=cmd|'/c calc'!A1", "<script>alert(1)</script>", "\x00\x01", "日本語のコメント", "a" * 5000]
    assert len(tagger.predict(odd)) == len(odd)


def test_it_is_a_scikit_learn_estimator():
    tagger = ThemeTagger(epochs=3, seed=5)
    assert clone(tagger).get_params() == tagger.get_params()
