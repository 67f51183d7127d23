"""A bounded memory of what has been computed, so that a text that comes again costs nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from hashlib import blake2b

import numpy as np

#: Texts remembered; about 60 MB.
CAPACITY = 200_000


class TextCache:
    """Remembers one row of numbers per text; the text not asked for the longest is forgotten first.

    Texts are known by 128 bits of their hash, and probabilities by their four decimals.

    Parameters
    ----------
    capacity : int
        Texts.

    Examples
    --------
    >>> cache = TextCache(capacity=2)
    >>> asked = []
    >>> def compute(texts):
    ...     asked.extend(texts)
    ...     return np.array([[len(text) / 100] for text in texts])
    >>> cache.look_up(["ja", "nei", "ja"], compute).tolist(), cache.look_up(["nei", "kanskje"], compute).tolist()
    ([[0.02], [0.03], [0.02]], [[0.03], [0.07]])
    >>> asked
    ['ja', 'nei', 'kanskje']
    """

    def __init__(self, capacity: int = CAPACITY):
        self.capacity = capacity
        self._rows: OrderedDict[bytes, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rows)

    def look_up(self, texts: Sequence[str], compute: Callable[[list[str]], np.ndarray]) -> np.ndarray:
        """Return one row per text, and compute only those of distinct texts not remembered.

        Parameters
        ----------
        texts : sequence of str
        compute : callable
            Takes distinct texts and returns float64 between 0 and 1 with four decimals, texts x width.

        Returns
        -------
        numpy.ndarray
            float64, texts x width.
        """
        keys = {text: blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts}
        known = {key: self._rows[key] for key in keys.values() if key in self._rows}
        for key in known:
            self._rows.move_to_end(key)
        missing = [text for text, key in keys.items() if key not in known]
        if missing or not texts:
            packed = np.rint(compute(missing) * 10_000).astype(np.uint16)
            for text, row in zip(missing, packed, strict=True):
                known[keys[text]] = self._rows[keys[text]] = row.tobytes()
            if not texts:
                return packed / 10_000
        while len(self._rows) > self.capacity:
            self._rows.popitem(last=False)
        rows = np.frombuffer(b"".join(known[keys[text]] for text in texts), dtype=np.uint16)
        return rows.reshape(len(texts), -1) / 10_000
