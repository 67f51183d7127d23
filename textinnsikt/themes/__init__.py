"""Themes: the codebook, the encoder and the tagger. Torch is loaded when the tagger or encoder is first used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from textinnsikt.themes.codebook import Codebook, Theme
from textinnsikt.themes.labelled import read_labelled, to_targets, to_values

_WITH_TORCH = {"ThemeTagger": "textinnsikt.themes.tagger", "Encoder": "textinnsikt.themes.encoder"}

__all__ = ["Codebook", "Encoder", "Theme", "ThemeTagger", "read_labelled", "to_targets", "to_values"]


def __getattr__(name: str) -> Any:
    if name in _WITH_TORCH:
        return getattr(import_module(_WITH_TORCH[name]), name)
    raise AttributeError(f"module 'textinnsikt.themes' has no attribute {name!r}")
