"""Small studies cut from the example study, and one run of the whole."""

from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "data" / "eksempelstudie.csv"


@pytest.fixture(scope="session")
def example_frame():
    return pd.read_csv(EXAMPLE, dtype=str, keep_default_na=False, encoding="utf-8")


@pytest.fixture(scope="session")
def small_frame(example_frame):
    """Twelve centres in four classes, 300 contacts."""
    centres = sorted(example_frame["kundesenter"].unique())[::11]
    return example_frame[example_frame["kundesenter"].isin(centres)].reset_index(drop=True)


@pytest.fixture(scope="session")
def small_study(small_frame, tmp_path_factory):
    path = tmp_path_factory.mktemp("studie") / "liten.csv"
    small_frame.to_csv(path, index=False, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def small_run(small_study, tmp_path_factory):
    from textinnsikt.cli.run import run_study

    folder = tmp_path_factory.mktemp("kjoring") / "ut"
    return folder, run_study(small_study, folder)


@pytest.fixture(scope="session")
def example_run(tmp_path_factory):
    """The main job on the whole example study; its folder."""
    from textinnsikt.cli.run import run_study

    folder = tmp_path_factory.mktemp("eksempel") / "ut"
    run_study(EXAMPLE, folder)
    return folder
