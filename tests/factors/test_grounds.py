import numpy as np
import pytest

from textinnsikt.factors import SuccessFactors
from textinnsikt.factors.grounds import bent
from textinnsikt.study import TaggedStudy


@pytest.fixture(scope="module")
def result(tagged):
    few = tagged.comments["shopper"] < "s008"
    values = np.where(few, tagged.comments["mersalg"], "ingen")
    return SuccessFactors(equal="klasse").fit(TaggedStudy(tagged.comments.assign(mersalg=values), tagged.themes))


def test_grounds_say_who_carries_each_figure(result):
    rows = result.grounds.set_index(["tema", "omtale"])
    carried = rows.loc[("mersalg", "positiv")]
    assert carried["shoppere"] == 8 and carried["bærende_shoppere"] < 9 and carried["test"] == "bootstrap"
    assert rows["variasjon_innen"].dropna().between(0.5, 1).all()
    assert rows["robusthetsverdi"].between(0, 1).all()
    assert result.header["effective_shoppers"]["mersalg:positiv"] == round(carried["bærende_shoppere"], 1)


def test_remarks_name_few_carriers_weights_and_what_cannot_be_told_apart(result):
    assert any("«mersalg: positiv» bæres av få shoppere" in remark for remark in result.remarks)
    assert result.remarks[0] == "Innen kundesenter og shopper teller hver klasse likt, uansett antall henvendelser."


def test_few_centres_are_not_called_few_shoppers(tagged):
    few = tagged.comments["kundesenter"].isin([f"Senter {i}" for i in range(5)])
    values = np.where(few, tagged.comments["mersalg"], "ingen")
    result = SuccessFactors().fit(TaggedStudy(tagged.comments.assign(mersalg=values), tagged.themes))
    said = [remark for remark in result.remarks if remark.startswith("«mersalg: positiv» bæres")]
    assert len(said) == 1 and "bæres av få kundesentre" in said[0]
    assert result.header["effective_shoppers"]["mersalg:positiv"] > 6


def test_without_shoppers_no_number_of_them_is_made_up(tagged):
    result = SuccessFactors().fit(TaggedStudy(tagged.comments.assign(shopper=None), tagged.themes))
    assert result.grounds["bærende_shoppere"].isna().all() and result.grounds["bærende_sentre"].notna().any()
    assert result.header["effective_shoppers"] == {}


def test_what_is_not_corrected_between_centres_is_told(result, simulate):
    assert any("«mellom_rå» kan være for nær eller for langt fra null" in remark for remark in result.remarks)
    few = SuccessFactors().fit(simulate(seed=1, centres=9))
    assert not any("mellom_rå" in remark for remark in few.remarks)


def test_a_ceiling_that_bends_a_figure_is_mentioned(result):
    row = result.summary["metode"].eq("innen_direkte") & result.summary["omtale"].eq("positiv")
    half = (result.summary["øvre"] - result.summary["nedre"])[row].iloc[0] / 2
    straight = result.grounds.assign(fraksjonell_logit=np.nan)
    assert bent(straight, result.summary) == []
    off = straight.copy()
    off.loc[0, "fraksjonell_logit"] = result.summary[row]["estimat"].iloc[0] + 0.6 * half
    (said,) = bent(off, result.summary)
    assert said.startswith("«lytting: positiv»: en modell som tar hensyn til at scoren har en øvre grense, gir")


def test_contrasts_count_contacts_with_either(tagged, result):
    row = result.summary[(result.summary["omtale"] == "positiv mot negativ") & (result.summary["tema"] == "lytting")]
    assert (row["n"] == (tagged.comments["lytting"] != "ingen").sum()).all() and len(row) == 3
