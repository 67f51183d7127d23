"""Merging, splitting and renaming clusters."""

import pytest

from textinnsikt.clusters import CommentClusters
from textinnsikt.errors import InputError


@pytest.fixture(scope="module")
def result(tagged, encoder):
    return CommentClusters(4, encoder=encoder).fit(tagged)


def outside(result):
    rows = result.summary.query("tema == 'ingen' and klynge > 0")
    return rows["klynge"].tolist()


def test_renaming_changes_the_name_alone(result):
    number = outside(result)[0]
    renamed = result.rename({number: "stå i kø"})
    assert renamed.summary.set_index("klynge").loc[number, "navn"] == "stå i kø"
    assert renamed.summary.drop(columns="navn").equals(result.summary.drop(columns="navn"))
    assert len(renamed.header["edits"]) == 1 and "edits" not in result.header


def test_a_taken_name_is_refused(result):
    one, two = outside(result)[:2]
    taken = result.summary.set_index("klynge").loc[two, "navn"].upper()
    for name in (taken, "uklart", " "):
        with pytest.raises(InputError, match="eget navn"):
            result.rename({one: name})


def test_unknown_clusters_are_refused(result):
    with pytest.raises(InputError, match="ingen klynge 99"):
        result.rename({99: "kø"})


def test_merged_clusters_hold_the_sentences_of_both(result):
    one, two = outside(result)[:2]
    merged = result.merge([two, one], "begge")
    counts = result.summary.set_index("klynge")["antall"]
    row = merged.summary.set_index("klynge").loc[one]
    assert row["antall"] == counts[one] + counts[two] and row["navn"] == "begge"
    assert two not in set(merged.summary["klynge"]) and merged.summary["andel"].sum() == pytest.approx(1)


def test_a_merged_cluster_is_named_as_others_are(result):
    one, two, three = outside(result)[:3]
    taken = result.summary.set_index("klynge").loc[three, "navn"].upper()
    for name in (taken, "Uklart", " ", ""):
        with pytest.raises(InputError, match="eget navn"):
            result.merge([one, two], name)
    own = result.summary.set_index("klynge").loc[two, "navn"]
    assert own in result.merge([one, two], f" {own} ").summary["navn"].tolist()  # it gives the name up itself


def test_clusters_of_two_themes_are_not_merged(result):
    listening = int(result.summary.query("tema == 'lytting'")["klynge"].iloc[0])
    with pytest.raises(InputError, match="samme tema"):
        result.merge([listening, outside(result)[0]])


def test_a_split_cluster_becomes_its_parts(result, encoder):
    number = outside(result)[0]
    parts = result.split(number, 2, encoder)
    assert len(parts.summary) == len(result.summary) + 1 and parts.summary["navn"].is_unique
    new = int(parts.summary["klynge"].max())
    before = result.sentences["klynge"] == number
    assert set(parts.sentences.loc[before, "klynge"]) == {number, new}
    assert parts.sentences.loc[~before].equals(result.sentences.loc[~before])


def test_a_small_cluster_is_not_split(result, encoder):
    with pytest.raises(InputError, match="for få til å deles"):
        result.split(outside(result)[0], 40, encoder)
