"""What winners do more of."""

import numpy as np
import pandas as pd
import pytest

from textinnsikt.errors import InputError
from textinnsikt.factors import ClassWinners
from textinnsikt.factors.winners import WINNER_COLUMNS
from textinnsikt.study import TaggedStudy


def study(seed: int = 0, tie: float = 1.0, mood: float = 0.0, classes: int = 10) -> TaggedStudy:
    """Cross four centres a class with 30 shoppers; good centres score high and, by ``tie``, listen more."""
    random = np.random.default_rng(seed)
    centres = 4 * classes
    centre = np.repeat(np.arange(centres), 16)
    shopper = np.concatenate([random.choice(30, 16, False) for _ in range(centres)])
    good, today = random.normal(size=centres) * tie, mood * random.normal(size=len(centre))
    score = (
        60 + 5 * good[centre] + 6 * today + 3 * random.normal(size=30)[shopper] + 6 * random.normal(size=len(centre))
    )
    heard = random.random(len(centre)) < 1 / (1 + np.exp(-(good[centre] + 1.5 * today)))
    frame = pd.DataFrame(
        {
            "henvendelse": [f"h{i:04}" for i in range(len(centre))],
            "kommentar_nr": 1,
            "kundesenter": [f"Senter {c:02}" for c in centre],
            "klasse": [f"Klasse {c % classes}" for c in centre],
            "kanal": "telefon",
            "shopper": [f"s{s}" for s in shopper],
            "dato": None,
            "besvart": "ja",
            "totalscore": score,
            "tekst": "Fint.",
            "lytting": np.where(heard, "positiv", "ingen"),
            "mersalg": np.where(random.random(len(centre)) < 0.3, "negativ", "ingen"),
        }
    )
    return TaggedStudy(frame, ("lytting", "mersalg"), source="studie.csv", sha256="abc")


@pytest.fixture(scope="module")
def result():
    return ClassWinners(permutations=500).fit(study())


def row(result, omtale: str, klasse: str = "alle", tema: str = "lytting") -> pd.Series:
    return result.summary.set_index(["klasse", "tema", "omtale"]).loc[(klasse, tema, omtale)]


def test_what_winners_do_is_found_and_what_they_do_not_is_not(result):
    assert tuple(result.summary.columns) == WINNER_COLUMNS
    found = row(result, "positiv")
    assert found["nedre"] > 0 and found["q"] < 0.05
    assert found["vinner"] - found["andre"] == pytest.approx(found["estimat"])
    assert row(result, "negativ", tema="mersalg")["p"] > 0.05
    assert np.isnan(row(result, "negativ")["p"])  # nobody is told not to listen
    assert any("«lytting: positiv» nevnes oftere hos vinnere" in note for note in result.notes)


def test_classes_are_drawn_towards_the_whole(result):
    parts = result.summary[(result.summary["klasse"] != "alle") & (result.summary["omtale"] == "positiv")]
    parts = parts[parts["tema"] == "lytting"]
    assert len(parts) == 10
    assert parts["estimat"].std() < parts["rå"].std()
    assert (parts["nedre"] < parts["estimat"]).all() and (parts["estimat"] < parts["øvre"]).all()
    assert parts["p"].isna().all()


def test_mood_alone_gives_false_alarms_at_the_level_only():
    found = [ClassWinners(permutations=99, repeats=5, seed=s).fit(study(s, 0, 1)).summary.loc[0] for s in range(60)]
    assert np.mean([f["p"] <= 0.05 for f in found]) <= 0.11
    estimates = np.array([f["estimat"] for f in found])
    assert abs(estimates.mean()) < 3 * estimates.std() / np.sqrt(60)


def test_official_winner_is_named(result):
    contacts = study().contacts
    best = contacts.groupby(["klasse", "kundesenter"])["totalscore"].mean().groupby("klasse").idxmax()
    assert result.winners["vinner"].tolist() == [name for _, name in best]
    assert result.winners["andel_delinger"].between(0, 1).all()


def test_unanswered_contacts_choose_the_winner_but_are_not_described():
    tagged = study()
    silent = tagged.comments.index % 9 == 0
    changed = tagged.comments.assign(besvart=np.where(silent, "nei", "ja"))
    changed.loc[silent, "totalscore"] = 0
    result = ClassWinners(permutations=99).fit(TaggedStudy(changed, tagged.themes))
    assert row(result, "positiv")["n"] == (~silent).sum()


def test_same_answer_for_any_row_order(result):
    tagged = study()
    shuffled = TaggedStudy(tagged.comments.sample(frac=1, random_state=4), tagged.themes)
    pd.testing.assert_frame_equal(ClassWinners(permutations=500).fit(shuffled).summary, result.summary)


def test_bad_input_gets_a_sentence():
    tagged = study(classes=3)
    with pytest.raises(InputError, match="færre enn fire shoppere"):
        ClassWinners().fit(TaggedStudy(tagged.comments.assign(shopper=None), tagged.themes))
    alone = tagged.comments.assign(klasse=tagged.comments["kundesenter"])
    with pytest.raises(InputError, match="ingen klasse med to kundesentre"):
        ClassWinners().fit(TaggedStudy(alone, tagged.themes))


def test_result_shows_itself(result):
    assert result.to_dict()["winners"][0]["klasse"] == "Klasse 0"
    assert "studie.csv" in result._repr_html_() and "lytting: positiv" in str(result.plot().to_dict())
