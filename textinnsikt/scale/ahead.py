"""Work done ahead: the next part is read and masked while this one is computed.

Tokenizing is not among it: it takes under one per cent of the time, and a tokenizer is not for two threads at once.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterable[T], depth: int = 1) -> Iterator[T]:
    """Yield the items in order while a thread makes the next ones.

    Parameters
    ----------
    items : iterable
        What goes wrong in it goes wrong here, at the same place.
    depth : int
        Items made in advance, at most.

    Examples
    --------
    >>> list(ahead(n * n for n in range(4)))
    [0, 1, 4, 9]
    """
    made: queue.Queue[tuple[T | None, BaseException | None, bool]] = queue.Queue(depth)
    stop = threading.Event()

    def put(entry: tuple[T | None, BaseException | None, bool]) -> None:
        while not stop.is_set():
            try:
                return made.put(entry, timeout=0.1)
            except queue.Full:
                continue

    def work() -> None:
        try:
            for item in items:
                put((item, None, False))
                if stop.is_set():
                    return
            put((None, None, True))
        except BaseException as error:  # handed over to whoever waits for the items
            put((None, error, True))

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        while True:
            item, error, ended = made.get()
            if error is not None:
                raise error
            if ended:
                return
            yield item  # type: ignore[misc]
    finally:
        stop.set()
        worker.join()
