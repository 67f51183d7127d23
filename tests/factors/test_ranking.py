"""A league table that says what it does not know."""

import numpy as np
import pandas as pd
import pytest

from textinnsikt import CentreRanking
from textinnsikt.errors import InputError
from textinnsikt.factors.ranking import RANKING_COLUMNS, _tops
from textinnsikt.study import TaggedStudy


def study(lead: float = 20.0, seed: int = 0, silent: float = 0.0) -> TaggedStudy:
    """Cross 18 centres in 3 classes with 30 shoppers; one centre in «Bank» is ahead."""
    random = np.random.default_rng(seed)
    centre = np.repeat(np.arange(18), 15)
    shopper = np.concatenate([random.choice(30, 15, False) for _ in range(18)])
    ahead = np.where(centre == 4, lead, 0)
    score = 60 + ahead + 4 * random.normal(size=30)[shopper] + 6 * random.normal(size=len(centre))
    answered = random.random(len(centre)) >= silent
    frame = pd.DataFrame(
        {
            "henvendelse": [f"h{i:04}" for i in range(len(centre))],
            "kommentar_nr": 1,
            "kundesenter": [f"Senter {c:02}" for c in centre],
            "klasse": np.array(["Avis", "Bank", "Hotell"])[centre % 3],
            "kanal": "telefon",
            "shopper": [f"s{s}" for s in shopper],
            "dato": None,
            "besvart": np.where(answered, "ja", "nei"),
            "totalscore": np.where(answered, score, 0),
            "tekst": "Fint.",
            "lytting": "ingen",
        }
    )
    return TaggedStudy(frame, ("lytting",), source="studie.csv", sha256="abc")


@pytest.fixture(scope="module")
def result():
    return CentreRanking().fit(study())


def test_summary_has_the_columns_and_the_official_score_first(result):
    assert tuple(result.summary.columns) == RANKING_COLUMNS
    assert result.summary["mål"].unique().tolist() == ["offisiell score", "score når besvart", "svarandel"]
    assert len(result.summary) == 3 * 18
    scores = result.summary[result.summary["mål"] != "svarandel"]
    assert (scores["nedre"] < scores["estimat"]).all() and (scores["estimat"] < scores["øvre"]).all()
    assert ((scores["rang_fra"] <= scores["rang"]) & (scores["rang"] <= scores["rang_til"])).all()


def test_a_clear_winner_is_alone_at_the_top_and_the_rest_are_ties(result):
    assert result.top.loc["Bank", ["sentre", "øverst", "navn"]].tolist() == [6, 1, "Senter 04"]
    assert result.top.loc["Hotell", "øverst"] > 1
    first = result.summary.iloc[0]
    assert first["kundesenter"] == "Senter 04" and first["plass"] == first["klasseplass"] == "1."
    assert first["sannsynlighet_best"] > 0.99
    assert result.summary.iloc[1]["plass"] == "delt 2."
    assert any("1 av 3 klasser har én klar vinner" in note for note in result.notes)


def test_the_top_of_each_class_is_told(result):
    assert "Bank: 1 av 6 kan være best (Senter 04)." in result.notes
    hotel = result.top.loc["Hotell"]
    assert any(note.startswith(f"Hotell: {hotel['øverst']} av 6 kan være best") for note in result.notes)


def test_the_tops_of_many_classes_are_one_note():
    table = {"sentre": [40, *[4] * 10], "øverst": [9, *range(1, 11)], "navn": "A"}
    names = pd.Index(["alle", *(f"K{i}" for i in range(10))], name="klasse")
    (said,) = _tops(pd.DataFrame(table, index=names))
    assert said.startswith("Så mange kan være best i hver klasse: K0 1 av 4, K1 2 av 4")
    assert said.endswith(", K9 10 av 4.")


def test_probabilities_of_best_sum_to_one_in_each_class(result):
    scores = result.summary[result.summary["mål"] != "svarandel"]
    np.testing.assert_allclose(scores.groupby(["mål", "klasse"])["sannsynlighet_best"].sum(), 1)


def test_official_mean_is_the_plain_mean_and_unanswered_count_as_zero():
    tagged = study(silent=0.1)
    result = CentreRanking().fit(tagged)
    frame = result.summary.set_index(["mål", "kundesenter"])
    plain = tagged.contacts.groupby("kundesenter")["totalscore"].mean()
    np.testing.assert_allclose(frame.loc["offisiell score", "snitt"].sort_index(), plain)
    answered = tagged.contacts[tagged.contacts["besvart"] == "ja"].groupby("kundesenter")["totalscore"]
    np.testing.assert_allclose(frame.loc["score når besvart", "snitt"].sort_index(), answered.mean())
    rates = frame.loc["svarandel"].sort_index()
    np.testing.assert_allclose(rates["estimat"], 100 * answered.size() / 15)
    assert rates["rang_fra"].isna().all() and (rates["nedre"] < rates["estimat"]).all()
    zeros = result.components["varians"].xs("rest", level="kilde")
    assert zeros["offisiell score"] > 3 * zeros["score når besvart"]


def test_lenient_shoppers_are_found_and_taken_out():
    tagged = study(lead=0)
    comments = tagged.comments
    kind = comments["shopper"].isin([f"s{i}" for i in range(6)])
    changed = TaggedStudy(comments.assign(totalscore=comments["totalscore"] + 15 * kind), tagged.themes)
    result = CentreRanking().fit(changed)
    assert set(result.shoppers.index[:6]) == {f"s{i}" for i in range(6)}
    official = result.summary[result.summary["mål"] == "offisiell score"].set_index("kundesenter")
    visits = kind.groupby(comments["kundesenter"]).mean()
    assert abs(np.corrcoef(official["estimat"], visits.reindex(official.index))[0, 1]) < 0.3
    assert np.corrcoef(official["snitt"], visits.reindex(official.index))[0, 1] > 0.3


def test_same_answer_for_any_row_order_and_repeated(result):
    tagged = study()
    shuffled = TaggedStudy(tagged.comments.sample(frac=1, random_state=2), tagged.themes)
    pd.testing.assert_frame_equal(CentreRanking().fit(shuffled).summary, result.summary)


def test_without_shoppers_plain_means_are_ranked():
    tagged = study()
    alone = TaggedStudy(tagged.comments.assign(shopper=None), tagged.themes)
    result = CentreRanking().fit(alone)
    official = result.summary[result.summary["mål"] == "offisiell score"]
    np.testing.assert_allclose(official["estimat"], official["snitt"])
    assert any("raushet er ikke tatt ut" in note for note in result.notes)


def test_a_half_finished_study_is_ranked_with_wider_intervals(result):
    tagged = study()
    rows = tagged.comments.groupby("kundesenter").cumcount() < 6
    half = CentreRanking().fit(TaggedStudy(tagged.comments[rows], tagged.themes))
    width = [
        (r.summary["øvre"] - r.summary["nedre"])[r.summary["mål"] == "offisiell score"].mean() for r in (half, result)
    ]
    assert width[0] > 1.2 * width[1]


def test_a_short_scale_is_kept_and_shown_with_two_decimals(result):
    tagged = study()
    small = tagged.comments.assign(totalscore=1 + tagged.comments["totalscore"] / 20)
    other = CentreRanking().fit(TaggedStudy(small, tagged.themes, score_range=(1.0, 6.0)))
    pd.testing.assert_series_equal(other.summary["plass"], result.summary["plass"])
    first = other.summary.iloc[0]
    assert first["estimat"] == pytest.approx(1 + result.summary.iloc[0]["estimat"] / 20)
    assert f"{first['estimat']:.2f}".replace(".", ",") in other._repr_html_()


def test_bad_input_gets_a_sentence():
    tagged = study()
    with pytest.raises(InputError, match="ingen verdier i «totalscore»"):
        CentreRanking().fit(TaggedStudy(tagged.comments.assign(totalscore=np.nan), tagged.themes))
    with pytest.raises(InputError, match="færre enn to kundesentre"):
        CentreRanking().fit(TaggedStudy(tagged.comments.assign(kundesenter="A"), tagged.themes))


def test_result_shows_itself(result):
    saved = result.to_dict()
    assert saved["top"][0]["klasse"] == "alle" and len(saved["shoppers"]) == 30
    shown = result._repr_html_()
    assert "studie.csv" in shown and "delt 2." in shown and "18 kundesentre" in shown
    assert "Senter 04" in str(result.plot("Bank").to_dict())
