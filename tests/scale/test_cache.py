import numpy as np

from textinnsikt.scale.cache import TextCache


def _compute(asked):
    def compute(texts):
        asked.append(list(texts))
        return np.array([[round(len(text) / 7, 4), 0.1234] for text in texts]).reshape(len(texts), 2)

    return compute


def test_what_is_remembered_is_what_was_computed():
    cache, asked = TextCache(), []
    texts = ["a", "bb", "a", "ccc", "\ud83d"]
    first = cache.look_up(texts, _compute(asked))
    again = cache.look_up(texts[::-1], _compute(asked))
    assert asked == [["a", "bb", "ccc", "\ud83d"]]
    assert np.array_equal(first, again[::-1]) and first[1].tolist() == [0.2857, 0.1234]


def test_it_is_bounded_and_forgets_what_was_not_asked_for_the_longest():
    cache, asked = TextCache(capacity=3), []
    for text in ("a", "b", "c", "a", "d"):
        cache.look_up([text], _compute(asked))
    assert len(cache) == 3
    cache.look_up(["a", "b"], _compute(asked))
    assert asked[-1] == ["b"]


def test_more_texts_at_once_than_it_holds():
    cache, asked = TextCache(capacity=2), []
    texts = [str(n) * n for n in range(1, 8)]
    found = cache.look_up(texts, _compute(asked))
    assert found[:, 0].tolist() == [round(n / 7, 4) for n in range(1, 8)] and len(cache) == 2


def test_no_texts_give_no_rows_of_the_right_width():
    assert TextCache().look_up([], _compute([])).shape == (0, 2)
