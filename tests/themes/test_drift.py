import numpy as np
import pandas as pd

from textinnsikt.study import TaggedStudy
from textinnsikt.themes.drift import uncertain_comments, vector_distance


class Rows:
    """Texts that are numbers become vectors."""

    def encode(self, texts):
        return np.array([[float(part) for part in text.split()] for text in texts])


def _wave(shift, seed, n=250):
    rng = np.random.default_rng(seed)
    rows = rng.normal(0, 1, (n, 8))
    rows[:, 0] += shift
    texts = [" ".join(f"{value:.6f}" for value in row) for row in rows]
    return TaggedStudy(pd.DataFrame({"henvendelse": [f"h{i:03}" for i in range(n)], "tekst": texts}), ())


def test_distance_is_the_squared_shift_over_the_variance():
    distance, p = vector_distance(_wave(0, 1), _wave(2, 2), Rows())
    assert np.isclose(distance, 4 / 8, rtol=0.2) and p == 0.001


def test_alike_waves_are_at_no_distance():
    found = [vector_distance(_wave(0, seed), _wave(0, 100 + seed), Rows()) for seed in range(12)]
    assert abs(np.mean([distance for distance, _ in found])) < 0.01
    assert sum(p < 0.05 for _, p in found) <= 3


def test_row_order_does_not_matter():
    one, two = _wave(0, 1, 400), _wave(0.3, 2, 400)
    turned = TaggedStudy(one.comments.iloc[::-1].reset_index(drop=True), ())
    assert vector_distance(one, two, Rows()) == vector_distance(turned, two, Rows())


def test_empty_comments_are_not_uncertain():
    comments = pd.DataFrame({"henvendelse": ["a", "b"], "tekst": ["x", None], "t": ["ingen", None]})
    comments["t_p_positiv"], comments["t_p_negativ"] = [0.31, np.nan], [0.0, np.nan]
    assert uncertain_comments(TaggedStudy(comments, ("t",))).tolist() == [True]
