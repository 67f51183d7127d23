"""New sentences in old clusters."""

from dataclasses import replace

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from textinnsikt.clusters import CommentClusters, read_clusters, write_clusters
from textinnsikt.errors import InputError
from textinnsikt.study import TaggedStudy


@pytest.fixture(scope="module")
def result(tagged, encoder):
    return CommentClusters(4, encoder=encoder).fit(tagged)


def wave(tagged, comments):
    return TaggedStudy(comments, tagged.themes, source="neste.csv")


def test_the_same_sentences_come_back_to_their_clusters(result, tagged, encoder):
    again = result.assign(tagged, encoder)
    assert adjusted_rand_score(result.sentences["klynge"], again.sentences["klynge"]) > 0.95
    assert again.summary[["klynge", "navn"]].equals(result.summary[["klynge", "navn"]])


def test_new_sentences_go_where_they_belong(result, tagged, encoder):
    comments = pd.DataFrame({"henvendelse": ["n1", "n2"], "kommentar_nr": 1})
    comments["tekst"] = ["Satt i kø i førti minutter.", "Lyden på linja skurret."]
    for theme in tagged.themes:
        comments[theme], comments[f"{theme}_setning"] = "ingen", None
    placed = result.assign(wave(tagged, comments), encoder)
    old = result.sentences.drop_duplicates("tekst").set_index("tekst")["klynge"]
    expected = [old["Ventet i kø i over en halvtime."], old["Linja skurret så jeg knapt hørte noe."]]
    assert placed.sentences["klynge"].tolist() == expected
    assert placed.header["source"] == "neste.csv" and placed.header["clusters_from"] == "studie.csv"


def test_placing_does_not_depend_on_the_other_sentences(result, tagged, encoder):
    half = tagged.comments[tagged.comments["henvendelse"] < "h030"]
    whole = result.assign(tagged, encoder).sentences
    part = result.assign(wave(tagged, half), encoder).sentences
    assert part["klynge"].tolist() == whole.loc[whole["henvendelse"] < "h030", "klynge"].tolist()


def test_the_row_order_of_the_old_sentences_does_not_matter(result, tagged, encoder):
    one, two = result.summary.query("tema == 'ingen' and klynge > 0")["klynge"].tolist()[:2]
    both = result.sentences["klynge"].isin([one, two])
    again = result.sentences[both].assign(klynge=lambda rows: rows["klynge"].map({one: two, two: one}))
    doubled = replace(result, sentences=pd.concat([result.sentences, again], ignore_index=True))
    turned = replace(doubled, sentences=doubled.sentences[::-1].reset_index(drop=True))
    found = doubled.assign(tagged, encoder), turned.assign(tagged, encoder)
    pd.testing.assert_frame_equal(found[0].sentences, found[1].sentences)
    pd.testing.assert_frame_equal(found[0].summary, found[1].summary)


def test_bare_answers_are_unclear(result, tagged, encoder):
    comments = tagged.comments.dropna(subset="tekst").head(3).assign(tekst=["Ja.", "Nei.", "Det var det."])
    placed = result.assign(wave(tagged, comments.assign(lytting="ingen")), encoder)
    assert placed.sentences["klynge"].tolist() == [0, 0, 0]


def test_an_empty_wave_gives_a_sentence(result, tagged, encoder):
    with pytest.raises(InputError, match="neste.csv har ingen kommentarer"):
        result.assign(wave(tagged, tagged.comments[tagged.comments["tekst"].isna()]), encoder)


def test_edited_clusters_are_kept_in_files(result, tagged, encoder, tmp_path):
    number = int(result.summary.query("tema == 'ingen'")["klynge"].iloc[0])
    edited = result.rename({number: "mitt navn"})
    write_clusters(edited, tmp_path)
    back = read_clusters(tmp_path)
    pd.testing.assert_frame_equal(back.sentences, edited.sentences)
    pd.testing.assert_frame_equal(back.summary, edited.summary, check_dtype=False)
    assert back.header["edits"] == edited.header["edits"]
    assert "mitt navn" in back.assign(tagged, encoder).summary["navn"].tolist()


def test_a_broken_folder_gives_a_sentence(tmp_path):
    (tmp_path / "klynger.csv").write_text("klynge,navn\n1,kø\n", encoding="utf-8")
    with pytest.raises(InputError, match="klynger.csv i mappa .* andre kolonner"):
        read_clusters(tmp_path)
