import numpy as np
import pytest

from textinnsikt.factors.correction import Draw
from textinnsikt.factors.labels import Labels
from textinnsikt.factors.prevalence import MIN_LABELS, blank_shares, corrected_shares
from textinnsikt.factors.sample import Sample
from textinnsikt.study import TaggedStudy

from .test_correction import drawn, mistagged, truth_of


def shares(truth, tags, rows):
    sample = Sample.of(tags)
    found = corrected_shares(sample, Draw.of(sample, Labels.of(truth_of(truth, rows), tags)))
    return found.set_index(["omfang", "gruppe", "tema", "omtale"])


def test_all_labelled_gives_the_true_shares(tagged):
    tags = mistagged(tagged, 1)
    found = shares(tagged, tags, tags.comments.assign(trekksannsynlighet=1.0))
    true = tagged.contacts
    assert found.loc[("alle", "alle", "lytting", "positiv"), "estimat"] == pytest.approx(true["lytting:positiv"].mean())
    chat = true.loc[true["kanal"] == "chat", "mersalg:negativ"].mean()
    assert found.loc[("kanal", "chat", "mersalg", "negativ"), "estimat"] == pytest.approx(chat)


def test_corrected_shares_are_centred_and_covered(tagged):
    missed = np.random.default_rng(2).random(len(tagged.comments)) < 0.3
    tags = TaggedStudy(
        tagged.comments.assign(lytting=np.where(missed, "ingen", tagged.comments["lytting"])), tagged.themes
    )
    key = ("alle", "alle", "lytting", "positiv")
    true = tagged.contacts["lytting:positiv"].mean()
    rows = [shares(tagged, tags, drawn(tags, seed, 150)).loc[key] for seed in range(12)]
    assert rows[0]["merket_av_modellen"] < true - 0.05
    assert np.mean([row["estimat"] for row in rows]) == pytest.approx(true, abs=0.03)
    assert np.mean([row["nedre"] <= true <= row["øvre"] for row in rows]) >= 0.75


def test_small_cells_have_no_share(tagged):
    found = shares(tagged, tagged, drawn(tagged, 3, 100))
    few = found["merkede"] < MIN_LABELS
    assert few.any() and found.loc[few, "estimat"].isna().all() and found.loc[~few, "estimat"].notna().all()
    blank = found[few].index.get_level_values("gruppe").unique()
    (said,) = blank_shares(found.reset_index())
    assert all(group in said for group in blank) and "under 30 merkede henvendelser" in said


def test_with_enough_labels_everywhere_nothing_is_said(tagged):
    assert blank_shares(shares(tagged, tagged, tagged.comments.assign(trekksannsynlighet=1.0)).reset_index()) == []
