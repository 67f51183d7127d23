import numpy as np
import pytest

from textinnsikt.factors.design import Design
from textinnsikt.factors.differences import differences, left_out
from textinnsikt.factors.sample import Sample
from textinnsikt.factors.within import Level
from textinnsikt.study import TaggedStudy


def found(tagged, column="klasse"):
    sample = Sample.of(tagged)
    rows = differences(sample, Design.of(sample), column, Level())
    return rows[(rows["tema"] == "lytting") & (rows["omtale"] == "negativ")].set_index("gruppe")


@pytest.fixture(scope="module")
def study(simulate):
    """Thirty centres in ten classes of three."""
    tagged = simulate(seed=4, centres=30)
    number = tagged.comments["kundesenter"].str.removeprefix("Senter ").astype(int) % 10
    return TaggedStudy(tagged.comments.assign(klasse="Klasse " + number.astype(str)), tagged.themes)


def test_classes_that_do_not_differ_are_pulled_together(study):
    rows = found(study)
    classes = rows.drop("(spredning)")
    assert len(classes) == 10
    assert classes["estimat"].std() < 0.6 * classes["urørt"].std()
    assert (classes["nedre"] <= -9).mean() >= 0.8 and (classes["øvre"] >= -9).mean() >= 0.8
    assert rows.loc["(spredning)", "p"] > 0.01


def test_a_class_that_truly_differs_keeps_its_own_figure(study):
    other = study.comments["klasse"].isin(["Klasse 2", "Klasse 5"])
    blamed = study.comments["lytting"].isin(["negativ", "blandet"])
    changed = study.comments.assign(totalscore=study.comments["totalscore"] + 25 * (other & blamed))
    rows = found(TaggedStudy(changed, study.themes))
    assert rows.loc["(spredning)", "p"] < 0.001 and rows.loc["(spredning)", "estimat"] > 5
    assert rows.loc["Klasse 2", "estimat"] > 5 and rows.loc["Klasse 1", "estimat"] < 0


def test_channels_too(study):
    rows = found(study, "kanal")
    assert set(rows.index) == {"telefon", "chat", "e-post", "(spredning)"}
    assert np.isfinite(rows["estimat"]).all()


def test_groups_that_are_left_out_stand_without_a_figure(study):
    """A channel with few contacts, and two channels in all: nothing is dropped in silence."""
    few = study.comments["kanal"].where(study.comments["henvendelse"] > "h00011", "brev")
    rows = found(TaggedStudy(study.comments.assign(kanal=few), study.themes), "kanal")
    assert rows.loc["brev", ["estimat", "nedre", "øvre", "urørt"]].isna().all() and rows.loc["brev", "n"] < 10
    assert np.isfinite(rows.drop("brev")["estimat"]).all()
    two = study.comments["kanal"].replace("chat", "telefon")
    rows = found(TaggedStudy(study.comments.assign(kanal=two), study.themes), "kanal")
    assert set(rows.index) == {"telefon", "e-post"} and rows["estimat"].isna().all()
    (said,) = left_out(rows.reset_index())
    assert said.startswith("Forskjeller etter kanal: 2 av 2 tall er utelatt.")
