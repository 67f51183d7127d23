"""Importance of themes where their worth is known."""

import numpy as np
import pandas as pd
import pytest

from textinnsikt.errors import InputError
from textinnsikt.factors import ThemeImportance, relative_importance
from textinnsikt.factors.theme_importance import IMPORTANCE_COLUMNS
from textinnsikt.study import TaggedStudy


@pytest.fixture(scope="module")
def result(tagged):
    return ThemeImportance(draws=300).fit(tagged)


def rows(result, method: str = "lmg") -> pd.DataFrame:
    return result.summary[result.summary["metode"] == method].set_index("tema")


def test_summary_has_the_columns_and_the_sizes_add_up(result, tagged):
    assert tuple(result.summary.columns) == IMPORTANCE_COLUMNS
    for method in ("lmg", "johnson"):
        found = rows(result, method)
        assert found["estimat"].sum() == pytest.approx(result.header["r2"][method], abs=1e-12)
        assert found["andel"].sum() == pytest.approx(1)
        assert (found["nedre"] <= found["estimat"]).all() and (found["estimat"] <= found["øvre"]).all()
    assert rows(result)["n"].tolist() == [int((tagged.comments[t] != "ingen").sum()) for t in tagged.themes]
    np.testing.assert_allclose(result.dominance.general, rows(result)["estimat"], atol=1e-12)


def test_lmg_is_that_of_the_regression_with_controls(result, tagged):
    contacts = tagged.contacts
    mentions = contacts[list(tagged.mention_columns)]
    controls = pd.get_dummies(contacts[["kundesenter", "shopper", "kanal"]].assign(maned=contacts["dato"].str[:7]))
    groups = {t: [f"{t}:positiv", f"{t}:negativ"] for t in tagged.themes}
    found = relative_importance(mentions, contacts["totalscore"], groups=groups, controls=controls.astype(float))
    within = found["importance"] / (1 - result.header["r2_controls"])
    np.testing.assert_allclose(rows(result)["estimat"], within, rtol=1e-8)


def test_worthless_theme_gets_no_more_than_random_columns(simulate):
    p, real = [], []
    for seed in range(25):
        tagged = simulate(seed, centres=12, each=15)
        shuffled = np.random.default_rng(seed).permutation(tagged.comments["mersalg"].to_numpy())
        study = TaggedStudy(tagged.comments.assign(mersalg=shuffled), tagged.themes)
        found = rows(ThemeImportance(draws=60, seed=seed).fit(study))
        p.append(found.loc["mersalg", "p"])
        real.append(found.loc["lytting", "p"])
    assert np.mean(np.array(p) <= 0.1) <= 0.28 and 0.3 < np.mean(p) < 0.7
    assert np.max(real) < 0.05


def test_ranks_hold_the_truth_and_equal_themes_are_tied(simulate):
    tagged = simulate(4, centres=60)
    score = 70 + 6 * tagged.comments["lytting"].isin(["positiv", "blandet"])
    score += 6 * tagged.comments["løsning"].isin(["positiv", "blandet"])
    score += np.random.default_rng(0).normal(0, 8, len(score))
    found = rows(ThemeImportance(draws=300).fit(TaggedStudy(tagged.comments.assign(totalscore=score), tagged.themes)))
    assert found.loc[["lytting", "løsning"], "rang_fra"].tolist() == [1, 1]
    assert found.loc[["lytting", "løsning"], "rang_til"].tolist() == [2, 2]
    assert found.loc["mersalg", ["rang", "rang_fra", "rang_til"]].tolist() == [3, 3, 3]


def test_labels_correct_the_shares(simulate):
    """Two equal themes, one tagged poorly; every third contact is labelled."""
    tagged = simulate(1, centres=120)
    random = np.random.default_rng(1)
    n = len(tagged.comments)
    truth = {t: random.random(n) < 0.4 for t in ("godt", "dårlig")}
    tags = {"godt": truth["godt"], "dårlig": np.where(random.random(n) < 0.25, ~truth["dårlig"], truth["dårlig"])}
    score = 60 + 6 * truth["godt"] + 6 * truth["dårlig"] + random.normal(0, 6, n)
    words = {t: np.where(tags[t], "positiv", "ingen") for t in tags}
    study = TaggedStudy(tagged.comments.assign(totalscore=score, **words), tuple(tags))
    drawn = np.sort(random.choice(n, n // 3, replace=False))
    read = study.comments.iloc[drawn].assign(
        trekksannsynlighet=len(drawn) / n, **{t: np.where(truth[t][drawn], "positiv", "ingen") for t in tags}
    )
    result = ThemeImportance(draws=100).fit(study, read)
    assert rows(result).loc["godt", "andel"] > 0.7
    assert rows(result, "lmg_korrigert").loc["godt", "andel"] == pytest.approx(0.5, abs=0.08)


def test_a_theme_without_a_corrected_mention_has_no_corrected_importance(tagged):
    rare = np.where(np.arange(500) % 25 == 0, "negativ", "ingen")
    study = TaggedStudy(tagged.comments.assign(mersalg=rare), tagged.themes)
    read = study.comments.iloc[::2].assign(trekksannsynlighet=0.5)
    result = ThemeImportance(draws=60).fit(study, read)
    found = rows(result, "lmg_korrigert")
    assert found.loc["mersalg", ["estimat", "andel", "rang"]].isna().all()
    assert found["andel"].sum() == pytest.approx(1) and set(found["rang"].dropna()) == {1, 2}
    assert np.isfinite(rows(result).loc["mersalg", "estimat"])
    assert any(note.startswith("«mersalg» har ingen viktighet rettet for merkefeil") for note in result.notes)
    assert not any("«lytting» har ingen" in note for note in result.notes)


def test_same_answer_for_any_row_order(tagged, result):
    shuffled = TaggedStudy(tagged.comments.sample(frac=1, random_state=3), tagged.themes, source="studie.csv")
    pd.testing.assert_frame_equal(ThemeImportance(draws=300).fit(shuffled).summary, result.summary)


def test_unusable_themes_are_named(tagged):
    study = TaggedStudy(tagged.comments.assign(mersalg="ingen"), tagged.themes)
    result = ThemeImportance(draws=50).fit(study)
    assert np.isnan(rows(result).loc["mersalg", "estimat"])
    assert any(note.startswith("«mersalg» har ingen viktighet") for note in result.notes)
    nothing = {t: "ingen" for t in tagged.themes}
    with pytest.raises(InputError, match="ingen temaer kan sammenlignes"):
        ThemeImportance().fit(TaggedStudy(tagged.comments.assign(**nothing), tagged.themes))


def test_result_shows_itself(result):
    saved = result.to_dict()
    assert saved["summary"][0]["tema"] == "lytting" and len(saved["dominance"]["levels"]) == 3
    assert "studie.csv" in result._repr_html_() and "lytting" in str(result.plot().to_dict())
