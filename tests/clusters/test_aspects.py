"""The map from sentences to aspects."""

import numpy as np

from textinnsikt.clusters.aspects import BUCKETS, AspectMap, letter_groups
from textinnsikt.themes.encoder import Encoder


def test_the_shipped_map_knows_the_themes_and_the_aspects():
    names = AspectMap.load().names
    assert len(names) == 20 and {"ventetid", "pris", "lytting:negativ"} <= set(names)


class Remembering:
    """Sends on another's vectors, and keeps them."""

    def __init__(self, encoder):
        self.encoder, self.known = encoder, {}

    def encode(self, texts):
        missing = sorted(set(texts) - set(self.known))
        self.known.update(zip(missing, self.encoder.encode(missing), strict=True))
        return np.array([self.known[text] for text in texts])


def test_the_encoder_that_the_map_was_learnt_with_is_known_in_a_wrapping_too():
    encoder = Encoder.load()
    assert AspectMap.shipped_for(encoder) is AspectMap.load()
    assert AspectMap.shipped_for(Remembering(encoder)) is AspectMap.load()


def test_words_alone_lead_to_the_right_aspect():
    found = AspectMap.load()
    texts = ["Altfor lang kø.", "Prisen var høy.", "Måtte oppgi kundenummer og fødselsdato."]
    scores = found.scores(texts, np.tile(found.centre, (3, 1)))
    assert [found.names[i] for i in scores.argmax(axis=1)] == ["ventetid", "pris", "identifisering"]


def test_a_saved_map_is_small_without_pickle_and_scores_the_same(tmp_path):
    found = AspectMap.load()
    found.save(tmp_path / "kart.npz")
    assert (tmp_path / "kart.npz").stat().st_size < 1_000_000
    with np.load(tmp_path / "kart.npz", allow_pickle=False) as stored:
        np.testing.assert_array_equal(stored["weights"].astype(float), found.weights)


def test_letter_groups_have_length_one_and_do_not_mind_capitals():
    rows = letter_groups(["Lang kø", "lang KØ", ""])
    assert rows.shape == (3, BUCKETS)
    np.testing.assert_allclose(np.asarray(rows.multiply(rows).sum(axis=1)).ravel(), [1, 1, 0])
    assert (rows[0] != rows[1]).nnz == 0
