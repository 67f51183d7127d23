"""The tagger for streams: remembers texts, and computes on the device and in the number format asked for."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Literal, Self

import numpy as np
import torch
from torch import nn

from textinnsikt.errors import InputError
from textinnsikt.scale.cache import CAPACITY, TextCache
from textinnsikt.themes import ThemeTagger
from textinnsikt.themes.batches import fast_dtype

Device = Literal["auto", "cpu", "cuda"]
Dtype = Literal["auto", "float32", "bfloat16"]


class StreamTagger(ThemeTagger):
    """A `ThemeTagger` that gives the same answers, for comments that come part by part.

    Examples
    --------
    >>> tagger = StreamTagger.open()
    >>> tagger.predict(["Fikk ikke svar på det jeg lurte på."]).at[0, "løsning"]
    'negativ'
    >>> len(tagger.cache_)
    1
    """

    @classmethod
    def open(
        cls,
        model: Path | None = None,
        device: Device = "auto",
        dtype: Dtype = "auto",
        batch_tokens: int | None = None,
        capacity: int = CAPACITY,
        trust_remote_code: bool = False,
    ) -> Self:
        """Load a tagger for streaming.

        Parameters
        ----------
        model : Path, optional
            Folder of a trained tagger; default is the shipped one.
        device : {"auto", "cpu", "cuda"}
            Where to compute; ``auto`` takes a graphics processor where there is one.
        dtype : {"auto", "float32", "bfloat16"}
            Number format; ``auto`` is the tagger's own choice.
        batch_tokens : int, optional
            Tokens computed at a time.
        capacity : int
            Texts remembered.
        trust_remote_code : bool
            Run the model folder's own code, where it has some.

        Raises
        ------
        InputError
            When the model cannot be used, or there is no graphics processor to use.
        """
        place = choose_device(device)
        tagger = cls.load(model, trust_remote_code)
        assert isinstance(tagger, cls)
        tagger.cache_ = TextCache(capacity)
        tagger._tokens, tagger._device = batch_tokens, place
        dtype = choose_dtype(dtype, place, tagger.method)
        tagger._dtype = torch.bfloat16 if dtype == "bfloat16" else torch.float32
        nn.Module.to(tagger.model_, place)
        _give_back()
        return tagger

    def _window_probabilities(self, windows: Sequence[str], progress: Callable[[int, int], None] | None) -> np.ndarray:
        compute = partial(super()._window_probabilities, progress=progress)
        return self.cache_.look_up(windows, compute)


def _give_back() -> None:
    """Give back to the system what loading has let go of (about 200 MB); only glibc keeps it."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def choose_dtype(dtype: Dtype, device: str, method: str) -> Dtype:
    """Return the number format: for ``auto`` the tagger's own choice, float32 for a full model on a processor."""
    if dtype != "auto":
        return dtype
    if device == "cpu" and method != "adapter":
        return "float32"
    return "bfloat16" if fast_dtype(device) is torch.bfloat16 else "float32"


def choose_device(device: Device) -> str:
    """Return ``cpu`` or ``cuda``; refuse ``cuda`` where there is none."""
    has_gpu = torch.cuda.is_available()
    if device == "cuda" and not has_gpu:
        raise InputError(
            "Fant ikke noe skjermkort som torch kan bruke; velg --device cpu, eller installer torch for CUDA."
        )
    return "cuda" if has_gpu and device != "cpu" else "cpu"
