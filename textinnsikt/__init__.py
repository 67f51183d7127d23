"""Temaer, klynger og suksessfaktorer i norske mystery shopping-kommentarer."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from textinnsikt._version import __version__

#: Public name -> module that holds it. Loaded when first used, so that ``import textinnsikt`` stays quick.
_HOMES = {
    "InputError": "textinnsikt.errors",
    "Study": "textinnsikt.study",
    "TaggedStudy": "textinnsikt.study",
    "read_study": "textinnsikt.study",
    "read_tagged": "textinnsikt.study",
    "example_study": "textinnsikt.study",
    "mask": "textinnsikt.language",
    "Codebook": "textinnsikt.themes",
    "ThemeTagger": "textinnsikt.themes",
    "CommentClusters": "textinnsikt.clusters",
    "SuccessFactors": "textinnsikt.factors",
    "CentreRanking": "textinnsikt.factors",
    "relative_importance": "textinnsikt.factors",
    "Insight": "textinnsikt.insight",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'textinnsikt' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
