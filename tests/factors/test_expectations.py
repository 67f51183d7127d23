"""What people want beside what they get."""

import numpy as np
import pandas as pd
import pytest

from textinnsikt.errors import InputError
from textinnsikt.factors import Expectations, ThemeImportance
from textinnsikt.factors.expectations import EXPECTATION_COLUMNS


@pytest.fixture(scope="module")
def importance(tagged):
    return ThemeImportance(draws=100).fit(tagged)


@pytest.fixture(scope="module")
def result(tagged, importance):
    return Expectations(draws=100).fit(tagged, importance=importance)


def rows(result, measure: str) -> pd.DataFrame:
    return result.summary[result.summary["mål"] == measure].set_index("tema")


def test_order_has_no_interval_and_upselling_no_place(result):
    assert tuple(result.summary.columns) == EXPECTATION_COLUMNS
    wanted = rows(result, "forventning")
    assert wanted.loc[["lytting", "løsning"], "estimat"].tolist() == [1, 2]
    assert np.isnan(wanted.loc["mersalg", "estimat"]) and wanted["nedre"].isna().all()
    assert any("«mersalg» er ikke rangert" in note for note in result.notes)
    assert any("ikke noe konfidensintervall" in note for note in result.notes)


def test_performance_is_the_share_of_mentions_that_are_positive(result, tagged):
    values = tagged.comments["lytting"]
    good, bad = (values.isin([m, "blandet"]).sum() for m in ("positiv", "negativ"))
    found = rows(result, "ytelse").loc["lytting"]
    assert found["estimat"] == pytest.approx(good / (good + bad))
    assert found["nedre"] < found["estimat"] < found["øvre"]
    assert found["n"] == (values != "ingen").sum()


def test_importance_is_the_one_computed(result, importance):
    lmg = importance.summary[importance.summary["metode"] == "lmg"].set_index("tema")
    np.testing.assert_array_equal(rows(result, "viktighet")["estimat"], lmg["andel"])
    assert len(rows(result, "delt shopper, positiv")) == 3


def test_shares_with_n_have_wilsons_interval(tagged, importance):
    shares = pd.DataFrame({"tema": ["lytting", "løsning"], "andel": [0.6, 0.3], "n": [100, 100]})
    found = rows(Expectations(shares=shares, draws=50).fit(tagged, importance=importance), "forventning")
    np.testing.assert_allclose(found.loc["lytting", ["nedre", "øvre"]].astype(float), [0.5020, 0.6906], atol=5e-5)
    assert found.loc["lytting", "n"] == 100


def test_fields_are_only_named_where_both_intervals_are_clear(result):
    table, good, weight = result.table, rows(result, "ytelse"), rows(result, "viktighet")
    line = good["estimat"].mean()
    for theme, felt in table["felt"].items():
        clear = not good.loc[theme, "nedre"] <= line <= good.loc[theme, "øvre"]
        clear &= not weight.loc[theme, "nedre"] <= 1 / 3 <= weight.loc[theme, "øvre"]
        assert (felt != "usikkert") == clear


def test_bad_expectations_get_a_sentence(tagged, importance):
    with pytest.raises(InputError, match="nevner «pris», men temaene i studien er lytting, løsning og mersalg"):
        Expectations(order=("pris",)).fit(tagged, importance=importance)
    with pytest.raises(InputError, match="samme tema to ganger"):
        Expectations(order=("lytting", "lytting")).fit(tagged, importance=importance)
    with pytest.raises(InputError, match="kolonnene tema, andel"):
        Expectations(shares=pd.DataFrame({"tema": ["lytting"], "andel": [60]})).fit(tagged, importance=importance)


def test_result_shows_itself(result):
    assert result.to_dict()["table"][0]["tema"] == "lytting"
    assert "studie.csv" in result._repr_html_() and "ønske 1" in str(result.plot().to_dict())
