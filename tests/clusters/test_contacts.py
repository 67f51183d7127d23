"""Clusters at contact level."""

import numpy as np

from textinnsikt.clusters import CommentClusters, cluster_mentions


def test_a_contact_mentions_the_clusters_of_its_sentences(tagged, encoder):
    result = CommentClusters(4, encoder=encoder).fit(tagged)
    frame = cluster_mentions(result, tagged)
    assert frame["henvendelse"].tolist() == tagged.contacts["henvendelse"].tolist()
    outside = result.summary.query("tema == 'ingen' and klynge > 0")
    assert list(frame.columns[1:]) == [f"klynge:{name}" for name in outside["navn"]]
    first = outside.iloc[0]
    contacts = result.sentences.loc[result.sentences["klynge"] == first["klynge"], "henvendelse"].nunique()
    assert frame[f"klynge:{first['navn']}"].sum() == contacts
    assert len(cluster_mentions(result, tagged, outside=False).columns) > len(frame.columns)


def test_a_contact_without_comments_is_missing(tagged, encoder):
    silent = tagged.comments.copy()
    silent.loc[silent["henvendelse"] == "h003", "tekst"] = None
    study = type(tagged)(silent, tagged.themes)
    frame = cluster_mentions(CommentClusters(4, encoder=encoder).fit(study), study).set_index("henvendelse")
    assert np.isnan(frame.loc["h003"].to_numpy(dtype=float)).all()
    assert frame.drop(index="h003").notna().all(axis=None)
