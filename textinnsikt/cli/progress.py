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

    @contextmanager
    def stage(self, name: str, title: str) -> Iterator[None]:
        """Time one stage; ``name`` goes into ``kjoring.json``, ``title`` onto the terminal."""
        self._title = title
        self._draw(f"{title} …")
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 2)
        seconds = f"{self.seconds[name]:.1f}".replace(".", ",")
        self._draw(f"{title}: {seconds} s", end="\n")

    def count(self, done: int, total: int) -> None:
        """Show how far the stage has come; at most five times a second."""
        now = time.perf_counter()
        if now - self._drawn > 0.2:
            self._drawn = now
            self._draw(f"{self._title}: {done:,} av {total:,}".replace(",", " "))

    def _draw(self, line: str, end: str = "") -> None:
        if self._shown:
            print(f"\r\033[K{line}", end=end, file=sys.stderr, flush=True)
