import threading
import time

import pytest

from textinnsikt.scale.ahead import ahead


def test_the_next_is_made_while_this_one_is_used():
    made = []

    def items():
        for n in range(4):
            made.append(n)
            yield n

    stream = ahead(items())
    assert next(stream) == 0
    deadline = time.monotonic() + 10
    while len(made) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert made == [0, 1, 2]  # one at hand, one waiting to be handed over
    assert list(stream) == [1, 2, 3]


def test_an_error_comes_where_it_belongs():
    def items():
        yield 1
        raise OSError(28, "No space left on device")

    stream = ahead(items())
    assert next(stream) == 1
    with pytest.raises(OSError, match="No space"):
        next(stream)


def test_leaving_early_stops_the_thread():
    before = threading.active_count()
    stream = ahead(iter(range(1000)))
    next(stream)
    stream.close()
    assert threading.active_count() == before
