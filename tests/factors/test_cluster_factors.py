"""Clusters and the score, where the coefficients are known."""

import numpy as np
import pandas as pd
import pytest

from textinnsikt.errors import InputError
from textinnsikt.factors import ClusterFactors
from textinnsikt.study import TaggedStudy

PLANTED = {"klynge:ventetid": -6.0, "klynge:pris": 4.0}
NULLS = [f"klynge:annet {i}" for i in range(12)]


@pytest.fixture(scope="module")
def with_clusters(simulate):
    """A study, clusters tied to centre and shopper of which two go with the score and one is a theme's companion."""

    def make(seed):
        tagged = simulate(seed, centres=40)
        contacts = tagged.contacts
        random = np.random.default_rng([seed, 1])
        centre = pd.factorize(contacts["kundesenter"])[0]
        shopper = pd.factorize(contacts["shopper"])[0]
        mentions = contacts[["henvendelse"]].copy()
        points = np.zeros(len(contacts))
        for name in [*PLANTED, *NULLS]:
            lean = -1.2 + random.normal(0, 0.6, 40)[centre] + random.normal(0, 0.6, 99)[shopper]
            mentions[name] = (random.random(len(contacts)) < 1 / (1 + np.exp(-lean))).astype(float)
            points += PLANTED.get(name, 0.0) * mentions[name].to_numpy()
        follows = (contacts["lytting:negativ"] == 1) & (random.random(len(contacts)) < 0.7)
        mentions["klynge:avbrøt"] = follows.astype(float)
        score = dict(zip(contacts["henvendelse"], contacts["totalscore"] + points, strict=True))
        comments = tagged.comments.assign(totalscore=tagged.comments["henvendelse"].map(score))
        return TaggedStudy(comments, tagged.themes, source="studie.csv", sha256="abc"), mentions

    return make


def inside(result):
    rows = result.summary[result.summary["metode"] == "innen_direkte"]
    return rows.set_index("klynge")


def test_planted_points_are_found_and_the_rest_is_not(with_clusters):
    hits, false, covered = 0, 0, []
    for seed in range(6):
        found = inside(ClusterFactors().fit(*with_clusters(seed)))
        for name, points in PLANTED.items():
            row = found.loc[name.removeprefix("klynge:")]
            covered.append(row["nedre"] <= points <= row["øvre"])
            hits += row["q"] < 0.05
        false += (found.loc[[n.removeprefix("klynge:") for n in NULLS], "q"] < 0.05).sum()
    assert hits == 12 and false <= 3
    assert np.mean(covered) >= 0.75


def test_the_themes_are_held_equal(with_clusters):
    result = ClusterFactors().fit(*with_clusters(0))
    raw = result.summary.query("metode == 'rå' and klynge == 'avbrøt'").iloc[0]
    assert raw["øvre"] < -3  # it comes with a theme that costs nine points
    row = inside(result).loc["avbrøt"]
    assert row["nedre"] <= 0 <= row["øvre"]


def test_q_is_the_false_discovery_rate_of_one_method(with_clusters):
    found = inside(ClusterFactors().fit(*with_clusters(1))).sort_values("p")
    expected = (found["p"] * len(found) / np.arange(1, len(found) + 1))[::-1].cummin()[::-1]
    np.testing.assert_allclose(found["q"], expected, rtol=1e-12)


def test_row_order_does_not_matter(with_clusters):
    tagged, mentions = with_clusters(2)
    shuffled = TaggedStudy(tagged.comments.sample(frac=1, random_state=1), tagged.themes)
    first = ClusterFactors().fit(tagged, mentions).summary
    other = ClusterFactors().fit(shuffled, mentions.sample(frac=1, random_state=3)).summary
    pd.testing.assert_frame_equal(first, other, rtol=1e-9)


def test_rare_clusters_have_no_figure_and_a_reason(with_clusters):
    tagged, mentions = with_clusters(3)
    rare = mentions["henvendelse"].isin(mentions["henvendelse"].head(3)).astype(float)
    result = ClusterFactors().fit(tagged, mentions.assign(**{"klynge:sjelden": rare}))
    assert inside(result).loc["sjelden", ["estimat", "p", "q"]].isna().all()
    assert inside(result).loc["sjelden", "n"] == 3
    assert any("«sjelden» har ikke tall: bare 3 henvendelser omtaler det" in note for note in result.notes)


def test_result_shows_itself(with_clusters):
    result = ClusterFactors().fit(*with_clusters(4))
    assert "ventetid" in result._repr_html_() and "frø 0" in result._repr_html_()
    assert result.to_dict()["header"]["hash"] == "abc"
    chart = result.plot().to_dict()
    assert "ventetid" in str(chart)


def test_what_is_missing_is_said(with_clusters):
    tagged, mentions = with_clusters(5)
    with pytest.raises(InputError, match="ingen klynger"):
        ClusterFactors().fit(tagged, mentions[["henvendelse"]])
    with pytest.raises(InputError, match="mangler henvendelse"):
        ClusterFactors().fit(tagged, mentions.iloc[1:])
    with pytest.raises(InputError, match="ikke merket"):
        ClusterFactors().fit(TaggedStudy(tagged.comments, themes=()), mentions)
