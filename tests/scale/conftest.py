"""A quick tagger in the real one's place, and studies to put through it."""

from pathlib import Path

import pandas as pd
import pytest

from textinnsikt.scale import TagSettings, tag_files

from .stand_in import install

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "eksempelstudie.csv"
SMALL = TagSettings(part_rows=16)


@pytest.fixture
def stand_in(monkeypatch):
    return install(monkeypatch.setattr)


@pytest.fixture(scope="session")
def example_rows():
    """Sixty contacts with three comments each, some of them empty."""
    return pd.read_csv(EXAMPLE, dtype=str, keep_default_na=False, encoding="utf-8").iloc[::55].reset_index(drop=True)


@pytest.fixture
def study_file(example_rows, tmp_path):
    path = tmp_path / "studie.csv"
    example_rows.to_csv(path, index=False, encoding="utf-8")
    return path


@pytest.fixture
def whole(stand_in, study_file, tmp_path):
    """The bytes of an unbroken run."""
    tag_files([study_file], tmp_path / "hel" / "ut.csv", SMALL)
    return (tmp_path / "hel" / "ut.csv").read_bytes()
