"""What this machine does best, measured once and kept in the user's cache."""

from __future__ import annotations

import json
import os
import platform
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import torch

#: bfloat16 is used unless it is slower than this many times float32: it is so only where it is imitated.
_LEAST = 0.8
_ROUNDS = 10


def cache_file() -> Path:
    """Return where measurements are kept."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "textinnsikt" / "maskin.json"


@lru_cache(maxsize=1)
def bfloat16_pays() -> bool:
    """Tell whether the processor computes matrix products in bfloat16 faster than in float32.

    A product of the encoder's shape is timed in both formats, once per processor and torch version.
    """
    native = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    tiles = getattr(torch.cpu, "_is_amx_tile_supported", lambda: False)
    if not (native() or tiles()):
        return False
    key = f"{_processor()}; torch {torch.__version__}"
    known = _read()
    if not isinstance(known.get(key), float):
        known[key] = round(_speed_up(), 2)
        with suppress(OSError):
            path = cache_file()
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{os.getpid()}.{path.name}")
            fresh.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            fresh.replace(path)
    return known[key] >= _LEAST


def _read() -> dict[str, float]:
    try:
        return dict(json.loads(cache_file().read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _speed_up() -> float:
    """Return how many times faster bfloat16 is, the least time of each in turns."""
    left, right = torch.ones(1024, 384), torch.ones(1536, 384)
    pairs = {dtype: (left.to(dtype), right.to(dtype)) for dtype in (torch.float32, torch.bfloat16)}
    least = dict.fromkeys(pairs, float("inf"))
    with torch.inference_mode():
        for _ in range(_ROUNDS):
            for dtype, pair in pairs.items():
                start = time.perf_counter()
                torch.nn.functional.linear(*pair)
                least[dtype] = min(least[dtype], time.perf_counter() - start)
    return least[torch.float32] / least[torch.bfloat16]
