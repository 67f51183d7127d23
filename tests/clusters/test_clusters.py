"""The whole way from a tagged study to named clusters."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from textinnsikt.clusters import CommentClusters, read_clusters, write_clusters
from textinnsikt.clusters.result import SENTENCE_COLUMNS, SUMMARY_COLUMNS
from textinnsikt.clusters.topicless import names_contact
from textinnsikt.errors import InputError
from textinnsikt.language import STOP_WORDS, tokenize_words
from textinnsikt.study import TaggedStudy


@pytest.fixture(scope="module")
def result(tagged, encoder):
    return CommentClusters(4, encoder=encoder).fit(tagged)


def of(tagged: TaggedStudy, comments: pd.DataFrame) -> TaggedStudy:
    return TaggedStudy(comments, tagged.themes, source=tagged.source, sha256=tagged.sha256)


def test_frames_have_the_columns_of_the_files(result):
    assert tuple(result.summary.columns) == SUMMARY_COLUMNS
    assert tuple(result.sentences.columns) == SENTENCE_COLUMNS
    assert result.header["source"] == "studie.csv" and result.header["n"] == len(result.sentences)


def test_known_groups_are_found(result, topics):
    outside = result.sentences[result.sentences["tekst"].isin(topics) & (result.sentences["klynge"] > 0)]
    distinct = outside.drop_duplicates("tekst")
    assert len(distinct) >= 45
    assert adjusted_rand_score(distinct["tekst"].map(topics), distinct["klynge"]) > 0.6


def test_each_comment_is_split_and_kept_in_input_order(tagged, result):
    sentences = result.sentences
    joined = sentences.groupby(["henvendelse", "kommentar_nr"], sort=False)["tekst"].agg(" ".join)
    written = tagged.comments.dropna(subset="tekst")
    assert joined.tolist() == written["tekst"].tolist()
    assert sentences.groupby(["henvendelse", "kommentar_nr"])["setning_nr"].min().eq(1).all()


def test_carrying_sentences_are_grouped_inside_their_theme(tagged, result):
    carried = set(tagged.comments["lytting_setning"].dropna())
    inside = set(result.summary.loc[result.summary["tema"] == "lytting", "klynge"])
    assert set(result.sentences.loc[result.sentences["tekst"].isin(carried), "klynge"]) <= inside
    assert not (set(result.sentences.loc[~result.sentences["tekst"].isin(carried), "klynge"]) & inside)


def test_counts_shares_and_intervals_agree_with_the_sentences(result):
    counts = result.sentences["klynge"].value_counts()
    for row in result.summary.itertuples():
        assert row.antall == counts.get(row.klynge, 0)
        assert row.nedre <= row.andel <= row.øvre
    assert result.summary["andel"].sum() == pytest.approx(1)
    assert result.header["unclear"] == result.summary["andel"].iloc[-1]


def test_clusters_are_numbered_by_theme_and_size_with_unclear_last(result):
    summary = result.summary
    assert summary["klynge"].tolist() == [*range(1, len(summary)), 0]
    assert summary["navn"].iloc[-1] == "uklart"
    named = summary.iloc[:-1]
    assert named["tema"].tolist() == sorted(named["tema"], key=["lytting", "mersalg", "ingen"].index)
    for _, rows in named.groupby("tema"):
        assert rows["antall"].is_monotonic_decreasing


def test_names_differ_and_are_three_words_of_content_at_most(result):
    names = result.summary["navn"]
    assert names.is_unique
    for name in names:
        words = tokenize_words(name)
        assert 1 <= len(words) <= 3
        assert not STOP_WORDS.intersection(words)
        assert not any(map(names_contact, words))


def test_quotes_are_different_sentences_of_their_cluster(result):
    for row in result.summary.iloc[:-1].itertuples():
        quotes = [q for q in (row.sitat_1, row.sitat_2, row.sitat_3) if isinstance(q, str)]
        own = set(result.sentences.loc[result.sentences["klynge"] == row.klynge, "tekst"])
        assert quotes and len(set(quotes)) == len(quotes) and own.issuperset(quotes)


def test_same_answer_for_any_row_order_and_thread_count(tagged, result, encoder):
    shuffled = tagged.comments.sample(frac=1, random_state=3)
    with threadpool_limits(2):
        again = CommentClusters(4, encoder=encoder).fit(of(tagged, shuffled))
    pd.testing.assert_frame_equal(again.summary, result.summary, check_exact=True)
    keys = ["henvendelse", "kommentar_nr", "setning_nr"]
    one, two = (r.sentences.sort_values(keys, ignore_index=True) for r in (result, again))
    pd.testing.assert_frame_equal(one, two)


def test_number_of_clusters_is_chosen_when_not_given(tagged, encoder):
    chosen = CommentClusters(encoder=encoder).fit(tagged).summary
    assert (chosen["tema"] == "ingen").sum() >= 2
    assert chosen.loc[chosen["tema"] == "lytting", "navn"].tolist() == ["lytting"]  # too few to split
    assert chosen["stabilitet"].dropna().between(0, 1).all()


def test_sentences_without_content_are_unclear(tagged, encoder):
    odd = tagged.comments.copy()
    odd.loc[odd["henvendelse"] == "h005", "tekst"] = "Det var det."
    result = CommentClusters(encoder=encoder).fit(of(tagged, odd))
    assert set(result.sentences.loc[result.sentences["tekst"] == "Det var det.", "klynge"]) == {0}
    assert result.summary["antall"].iloc[-1] >= 2


@pytest.mark.parametrize("texts", [["Ja."], ["Det var det."], ["Ja.", "Nei, ja.", "Det var det."]])
def test_comments_without_content_are_all_unclear(tagged, encoder, result, texts, tmp_path):
    comments = tagged.comments.dropna(subset="tekst").head(12).copy()
    comments["tekst"] = [texts[i % len(texts)] for i in range(12)]
    comments["lytting"] = "ingen"
    found = CommentClusters(encoder=encoder).fit(of(tagged, comments))
    assert found.summary[["klynge", "navn", "antall"]].values.tolist() == [[0, "uklart", 12]]
    assert found.summary.dtypes.equals(result.summary.dtypes)
    assert found.header["unclear"] == 1 and found.to_dict()["summary"][0]["stabilitet"] is None
    write_clusters(found, tmp_path)
    placed = read_clusters(tmp_path).assign(tagged, encoder)
    assert set(placed.sentences["klynge"]) == {0}


@pytest.mark.parametrize("text", ["", " ", "–", ":-) 10!"])
def test_comments_without_letters_do_not_count(tagged, encoder, text):
    comments = tagged.comments.dropna(subset="tekst").head(10).assign(tekst=text, lytting="ingen")
    with pytest.raises(InputError, match="har bare 0 kommentarer med tekst"):
        CommentClusters(encoder=encoder).fit(of(tagged, comments))


@pytest.mark.parametrize("seed", [12, 13])
def test_a_draw_of_one_sentence_in_a_theme_of_four_is_no_trouble(tagged, encoder, seed):
    found = CommentClusters(2, seed, encoder=encoder).fit(of(tagged, tagged.comments.head(60)))
    assert (found.summary["tema"] == "lytting").any()


def test_two_comments_give_a_sentence(tagged, encoder):
    with pytest.raises(InputError, match="studie.csv har bare 2 kommentarer med tekst; .* trenger minst 10"):
        CommentClusters(encoder=encoder).fit(of(tagged, tagged.comments.head(2)))


def test_fifty_comments_give_clusters(tagged, encoder):
    result = CommentClusters(encoder=encoder).fit(of(tagged, tagged.comments.head(75)))
    assert result.header["comments"] == 50
    assert len(result.summary) >= 3


def test_ten_comments_with_a_single_sentence_in_a_theme(tagged, encoder):
    comments = tagged.comments.dropna(subset="tekst").head(10).copy()
    comments["lytting"] = ["positiv", *["ingen"] * 9]
    result = CommentClusters(encoder=encoder).fit(of(tagged, comments))
    assert result.summary.set_index("navn").loc["lytting", "antall"] == 1


def test_zero_clusters_are_refused(tagged, encoder):
    with pytest.raises(InputError, match="minst 1, ikke 0"):
        CommentClusters(0, encoder=encoder).fit(tagged)


def test_more_clusters_than_sentences_allow_are_cut_down(tagged, encoder):
    result = CommentClusters(500, encoder=encoder).fit(of(tagged, tagged.comments.head(60)))
    assert (result.summary["antall"].iloc[:-1] > 0).all()
    assert np.isfinite(result.summary["andel"]).all()


def test_importing_clusters_loads_no_torch_and_no_altair():
    code = "import sys, textinnsikt.clusters; print([m for m in ('torch', 'altair') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
