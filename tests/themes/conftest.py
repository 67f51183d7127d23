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
