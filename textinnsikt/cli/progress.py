"""One line per stage on the terminal, none when the output goes elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """Shows which stage is at work and keeps the seconds of each."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._shown = sys.stderr.isatty()
        self._title = ""
        self._drawn = 0.0
        self._first: tuple[float, int] | None = None

    @contextmanager
    def stage(self, name: str, title: str) -> Iterator[None]:
        """Time one stage; ``name`` goes into ``kjoring.json``, ``title`` onto the terminal."""
        self._title = title
        self._first = None
        self._draw(f"{title} …")
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 2)
        seconds = f"{self.seconds[name]:.1f}".replace(".", ",")
        self._draw(f"{title}: {seconds} s", end="\n")

    def count(self, done: int, total: int) -> None:
        """Show how far the stage has come, the rate and the time left; at most five times a second."""
        now = time.perf_counter()
        self._first = self._first or (now, done)
        if now - self._drawn > 0.2:
            self._drawn = now
            line = f"{self._title}: {done:,} av {total:,}".replace(",", " ")
            self._draw(line + pace(done - self._first[1], total - done, now - self._first[0]))

    def _draw(self, line: str, end: str = "") -> None:
        if self._shown:
            print(f"\r\033[K{line}", end=end, file=sys.stderr, flush=True)


def pace(done: int, left: int, seconds: float) -> str:
    """Say how fast it goes and how long is left; nothing in the first seconds.

    Examples
    --------
    >>> pace(4000, 90_000, 10.0), pace(3, 5000, 1.0)
    (', 400 per sekund, 4 min igjen', '')
    """
    if done <= 0 or seconds < 2:
        return ""
    rate = done / seconds
    minutes = left / rate / 60
    time_left = f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} timer".replace(".", ",")
    shown = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}".replace(".", ",")
    return f", {shown} per sekund, {'under ett min' if minutes < 1 else time_left} igjen"
