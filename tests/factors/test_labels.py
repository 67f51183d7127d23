import pytest

from textinnsikt.errors import InputError
from textinnsikt.factors.labels import Labels
from textinnsikt.study import TaggedStudy


@pytest.fixture
def rows(tagged):
    """Thirty contacts read by a person, drawn with probability .06."""
    return tagged.comments.iloc[:30].assign(trekksannsynlighet="0,06")


def refused(rows, tagged, match):
    with pytest.raises(InputError, match=match):
        Labels.of(rows, tagged, "merker.csv")


def test_mentions_and_probability_are_per_contact(tagged, rows):
    found = Labels.of(rows, tagged).contacts
    expected = tagged.contacts.set_index("henvendelse").loc[found.index, list(tagged.mention_columns)]
    assert (found[list(tagged.mention_columns)] == expected).all(axis=None)
    assert found["trekksannsynlighet"].unique().tolist() == [0.06] and found["stratum"].nunique() == 1


def test_equal_probabilities_are_a_stratum_unless_the_file_says(tagged, rows):
    two = rows.assign(trekksannsynlighet=[0.1] * 10 + [0.5] * 20)
    assert Labels.of(two, tagged).contacts["stratum"].tolist() == [0] * 10 + [1] * 20
    assert Labels.of(two.assign(stratum="1"), tagged).contacts["stratum"].nunique() == 1


def test_a_file_is_read(tagged, rows, tmp_path):
    rows.to_csv(tmp_path / "merker.csv", index=False)
    labels = Labels.read(tmp_path / "merker.csv", tagged)
    assert len(labels.contacts) == 30 and labels.name == "merker.csv"


def test_labels_without_probabilities_are_refused(tagged, rows):
    refused(rows.drop(columns="trekksannsynlighet"), tagged, "mangler kolonnen «trekksannsynlighet».*textinnsikt label")


@pytest.mark.parametrize("value", ["0", "1.2", "mye", ""])
def test_a_probability_is_a_number_over_0_and_at_most_1(tagged, rows, value):
    refused(rows.assign(trekksannsynlighet=value), tagged, "merker.csv, linje 2: «.*» i kolonnen «trekksannsynlighet»")


def test_labels_used_in_training_are_refused_without_out_of_fold_predictions(tagged, rows):
    trained = rows.assign(**{"del": ["trening"] * 3 + ["test"] * 27})
    refused(trained, tagged, "3 av 30 rader er brukt i treningen .*«lytting_utenfor»")
    unseen = trained.assign(**{f"{theme}_utenfor": "ingen" for theme in tagged.themes})
    assert Labels.of(unseen, tagged).contacts["lytting:positiv_utenfor"].eq(0).all()


@pytest.mark.parametrize("value, said", [("", "tom"), (None, "tom"), ("bra", "«bra»")])
def test_an_empty_prediction_is_not_taken_for_nothing_said(tagged, rows, value, said):
    unseen = rows.assign(**{f"{theme}_utenfor": "Ingen " for theme in tagged.themes})
    assert Labels.of(unseen, tagged).contacts["løsning:negativ_utenfor"].eq(0).all()
    unseen["løsning_utenfor"] = [*["positiv"] * 4, value, *["positiv"] * 25]
    refused(unseen, tagged, f"merker.csv, linje 6: kolonnen «løsning_utenfor» er {said}, men må være en av ingen")


def test_a_comment_without_text_needs_no_value(tagged, rows):
    silent = tagged.comments["henvendelse"] == rows["henvendelse"].iloc[2]
    study = TaggedStudy(tagged.comments.assign(tekst=tagged.comments["tekst"].where(~silent)), tagged.themes)
    blank = rows["lytting"].where(rows["henvendelse"] != rows["henvendelse"].iloc[2])
    found = Labels.of(rows.assign(lytting=blank), study).contacts
    assert found.loc[rows["henvendelse"].iloc[2], "lytting:positiv"] == 0


def test_a_contact_must_be_labelled_whole(tagged, rows):
    more = tagged.comments.iloc[:1].assign(kommentar_nr=2)
    import pandas as pd

    study = TaggedStudy(pd.concat([tagged.comments, more]), tagged.themes)
    refused(rows, study, "henvendelse «h00000» er bare delvis merket .kommentar 2 mangler")


def test_a_comment_labelled_twice_is_named(tagged, rows):
    rows.iloc[4, rows.columns.get_loc("henvendelse")] = "h00003"
    refused(rows, tagged, "linje 6: kommentaren er merket to ganger")


def test_a_contact_outside_the_study_is_named(tagged, rows):
    rows.iloc[2, rows.columns.get_loc("henvendelse")] = "X9"
    refused(rows, tagged, "linje 4: henvendelse «X9» finnes ikke")


def test_probability_belongs_to_the_contact(tagged):
    import pandas as pd

    both = pd.concat([tagged.comments, tagged.comments.assign(kommentar_nr=2)], ignore_index=True)
    labelled = both[both["henvendelse"] == "h00007"].assign(trekksannsynlighet=[0.1, 0.2])
    refused(labelled, TaggedStudy(both, tagged.themes), "«h00007» har ulik trekksannsynlighet")
