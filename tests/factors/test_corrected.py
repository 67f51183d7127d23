import json
from html import escape

import numpy as np
import pandas as pd
import pytest

from textinnsikt.factors import SuccessFactors
from textinnsikt.study import TaggedStudy

from .test_correction import drawn, mistagged, truth_of


@pytest.fixture(scope="module")
def result(simulate):
    truth = simulate(seed=2, centres=40)
    tags = mistagged(truth, 2)
    rows = truth_of(truth, drawn(tags, 2, 300))
    return SuccessFactors().fit(tags, rows)


def test_corrected_rows_stand_beside_the_naive_ones(result):
    assert {"innen_direkte_korrigert", "innen_total_korrigert"} <= set(result.summary["metode"])
    rows = result.summary.set_index(["tema", "omtale", "metode"])["estimat"]
    pair = rows["lytting", "negativ", "innen_direkte"], rows["lytting", "negativ", "innen_direkte_korrigert"]
    assert pair[1] < pair[0] - 1 and pair[1] == pytest.approx(-9, abs=2.5)


def test_mistakes_are_those_of_the_tags(result):
    row = result.correction.mistakes.set_index(["tema", "omtale"]).loc[("lytting", "positiv")]
    assert 0.8 < row["sensitivitet"] < 0.95 and 0.85 < row["spesifisitet"] < 0.98
    assert row["merkede"] > 30


def test_how_many_labels(result):
    narrow, wide = (result.correction.labels_needed(w).set_index(["tema", "omtale"]) for w in (1.2, 2.0))
    some = narrow["merker"].dropna().index.intersection(wide["merker"].dropna().index)
    assert len(some) and (narrow.loc[some, "merker"] > wide.loc[some, "merker"]).all()


def test_everything_is_json_and_the_chart_shows_naive_beside_corrected(result):
    saved = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert saved["correction"]["shares"][0]["omfang"] == "alle"
    assert saved["grounds"][0]["robusthetsverdi"] > 0
    drawn = result.plot().to_dict()
    methods = {row["metode"] for row in next(iter(drawn["datasets"].values()))}
    assert methods == {"innen_direkte", "innen_direkte_korrigert"}


def test_the_correction_shows_itself(result):
    own = result.correction
    rows = result.summary[result.summary["metode"].isin(own.frames)].reset_index(drop=True)
    pd.testing.assert_frame_equal(own.summary, rows)
    shown = own._repr_html_()
    assert "300 av 1000 henvendelser merket" in shown and "sensitivitet" in shown and "95 % konfidensintervall" in shown
    assert all(escape(remark) in shown for remark in own.remarks)
    assert repr(own) == "CorrectionResult(300 av 1000 henvendelser merket)"
    assert "innen_total_korrigert" in str(own.plot().to_dict())


def test_half_width_now_is_that_of_the_interval_shown(result):
    rows = result.summary[result.summary["metode"] == "innen_direkte_korrigert"].set_index(["tema", "omtale"])
    needs = result.correction.labels_needed(1.5).set_index(["tema", "omtale"])
    shown = ((rows["øvre"] - rows["nedre"]) / 2).reindex(needs.index)
    np.testing.assert_allclose(needs["halvbredde"], shown, rtol=1e-9)


def test_without_enough_labelled_positives_only_that_mention_is_refused(tagged):
    rare = np.where(np.arange(500) % 12 == 0, "negativ", "ingen")
    study = TaggedStudy(tagged.comments.assign(mersalg=rare), tagged.themes)
    result = SuccessFactors().fit(study, drawn(study, 1, 200))
    rows = result.summary[result.summary["metode"] == "innen_direkte_korrigert"].set_index(["tema", "omtale"])
    assert np.isnan(rows.loc[("mersalg", "negativ"), "estimat"])
    assert np.isfinite(rows.loc[("lytting", "positiv"), "estimat"])
    assert any(r.startswith("«mersalg: negativ» er ikke rettet for merkefeil: bare") for r in result.remarks)
