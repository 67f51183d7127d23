import numpy as np
import pandas as pd

from textinnsikt.insight.clustermap import MOST_POINTS, cluster_map

WORDS = "kø ventetid svar pris lyd tone navn hilsen chat skjema faktura strøm bil frakt bok".split()


def _many(n=9000, clusters=14):
    rng = np.random.default_rng(2)
    number = rng.integers(0, clusters + 1, n)
    texts = [f"{WORDS[k]} {WORDS[rng.integers(15)]} {WORDS[rng.integers(15)]} nummer {i}" for i, k in enumerate(number)]
    sentences = pd.DataFrame({"tekst": texts, "klynge": number})
    summary = pd.DataFrame({"klynge": range(clusters + 1), "navn": WORDS, "tema": "ingen", "antall": 1})
    return sentences, summary


def test_points_are_at_most_three_thousand_and_no_island_overlaps_another():
    found = cluster_map(*_many())
    assert 2500 < len(found["punkter"]) <= MOST_POINTS
    places = np.array([[i["x"], i["y"], i["r"]] for i in found["øyer"]])
    far = np.hypot(*(places[:, None, :2] - places[None, :, :2]).transpose(2, 0, 1))
    least = places[:, None, 2] + places[None, :, 2]
    assert (far >= least)[~np.eye(len(places), dtype=bool)].all()
    assert 0 not in {island["klynge"] for island in found["øyer"]}


def test_every_point_lies_on_its_own_island_and_none_on_another():
    found = cluster_map(*_many())
    islands = {island["klynge"]: island for island in found["øyer"]}
    for x, y, number, _ in found["punkter"]:
        island = islands[number]
        assert np.hypot(x - island["x"], y - island["y"]) <= island["r"] + 1e-6
    assert len({(x, y) for x, y, *_ in found["punkter"]}) == len(found["punkter"])


def test_row_order_does_not_matter():
    sentences, summary = _many(800)
    assert cluster_map(sentences.sample(frac=1, random_state=1), summary) == cluster_map(sentences, summary)


def test_few_or_odd_sentences_are_placed_too():
    summary = pd.DataFrame({"klynge": [1], "navn": ["a"], "tema": ["ingen"], "antall": [1]})
    for texts in (["Ok."], ["!"], ["Ok.", "Ok.", "Nei."]):
        found = cluster_map(pd.DataFrame({"tekst": texts, "klynge": 1}), summary)
        assert len(found["punkter"]) == len(set(texts))
        assert all(np.isfinite(point[:2]).all() for point in found["punkter"])
    assert cluster_map(pd.DataFrame(), pd.DataFrame()) is None
    assert cluster_map(pd.DataFrame({"tekst": ["Ok."], "klynge": 0}), summary) is None
