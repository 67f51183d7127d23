import numpy as np
import pytest

from textinnsikt.errors import InputError
from textinnsikt.factors.design import Design
from textinnsikt.factors.sample import Sample
from textinnsikt.study import TaggedStudy


def design(tagged, equal=None, **columns) -> Design:
    comments = tagged.comments.assign(**columns)
    return Design.of(Sample.of(TaggedStudy(comments, tagged.themes)), equal)


def test_a_theme_that_each_shopper_always_or_never_tells_of_is_not_identified(tagged):
    talker = tagged.comments["shopper"] < "s015"
    found = design(tagged, lytting=np.where(talker, "positiv", "ingen"))
    why = "ikke identifisert, for det er likt i alle henvendelsene med den samme shopperen"
    assert found.refused["lytting:positiv"] == why
    assert "lytting:positiv" not in found.mentions and "løsning:positiv" in found.mentions


def test_a_mention_that_follows_from_others_is_refused_with_their_names(tagged):
    found = design(tagged, mersalg=tagged.comments["løsning"])
    assert found.refused["mersalg:positiv"] == "det kan ikke skilles fra «løsning: positiv»"
    assert found.mentions == ("lytting:positiv", "lytting:negativ")


def test_a_mention_carried_by_two_shoppers_is_refused(tagged):
    few = tagged.comments["shopper"].isin(["s001", "s002"]) & (np.arange(500) % 2 == 0)
    found = design(tagged, mersalg=np.where(few, "negativ", "ingen"))
    assert "færre enn 3 shoppere" in found.refused["mersalg:negativ"]


def test_equal_classes_have_equal_weight(tagged):
    small = (tagged.comments["klasse"] == "Klasse 0") & (np.arange(500) % 4 > 0)
    comments = tagged.comments[~small]
    found = Design.of(Sample.of(TaggedStudy(comments, tagged.themes)), "klasse")
    sums = comments.assign(vekt=found.root**2).groupby("klasse")["vekt"].sum()
    np.testing.assert_allclose(sums, sums.iloc[0])
    assert np.mean(found.root**2) == pytest.approx(1)


def test_equal_weight_needs_the_column(tagged):
    with pytest.raises(InputError, match="«klasse» er tom"):
        design(tagged, "klasse", klasse=None)


def test_a_study_too_small_for_its_centres_and_shoppers_has_no_figure(tagged):
    small = TaggedStudy(tagged.comments[:40], tagged.themes)
    found = Design.of(Sample.of(small))
    assert found.mentions == () and found.columns.shape == (40, 0)
