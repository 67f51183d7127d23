"""The shipped tagger and the embedded base, loaded once."""

import pytest


@pytest.fixture(scope="session")
def tagger():
    from textinnsikt.themes import ThemeTagger

    return ThemeTagger.load()


@pytest.fixture(scope="session")
def embedded():
    from textinnsikt.themes.embedded import load_embedded

    return load_embedded()


@pytest.fixture
def tiny(monkeypatch):
    """A base that trains in a second, in the place of the embedded one."""
    from tests.tiny import tiny_base
    from textinnsikt.themes import embedded
    from textinnsikt.themes import tagger as tagger_module

    monkeypatch.setattr(embedded, "load_embedded", tiny_base)
    monkeypatch.setattr(embedded, "load_light", tiny_base)
    monkeypatch.setattr(tagger_module, "MAX_TOKENS", 64)
