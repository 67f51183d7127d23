"""What the parts share: the texts, timing in turns, and telling what was measured."""

import os
import sys
import time
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

from textinnsikt import ThemeTagger, example_study
from textinnsikt.themes import Codebook
from textinnsikt.themes.adapter import Adapter, attach
from textinnsikt.themes.bases import load_base
from textinnsikt.themes.embedded import load_embedded
from textinnsikt.themes.model import ThemeModel
from textinnsikt.themes.plain import fold_calibration, to_plain
from textinnsikt.themes.storage import save_folder

#: With ``OMP_NUM_THREADS=1`` the time of one core, which other work hardly moves; else the clock on the wall.
ONE_CORE = os.environ.get("OMP_NUM_THREADS") == "1"
clock = time.process_time if ONE_CORE else time.perf_counter
PART = sys.argv[1] if len(sys.argv) > 1 else ""


def tell(measure: str, value: float | str, unit: str = "") -> None:
    """Print one row of ``results.csv``."""
    print(PART, measure, f"{value:.4g}" if isinstance(value, float) else value, unit, sep="\t", flush=True)


def distinct_comments(step: int = 1) -> list[str]:
    """Return the distinct comments of the example study in file order, or every ``step``-th of them."""
    return list(dict.fromkeys(example_study().comments["tekst"].dropna()))[::step]


def in_turns(candidates: dict[str, Callable[[], object]], rounds: int = 3) -> dict[str, float]:
    """Time each once to warm up, then in turns; return the least seconds of each."""
    seconds = dict.fromkeys(candidates, float("inf"))
    for turn in range(rounds + 1):
        for name, run in candidates.items():
            start = clock()
            run()
            if turn:
                seconds[name] = min(seconds[name], clock() - start)
    return seconds


def shipped_model() -> ThemeModel:
    """Return the shipped tagger's network as one of transformers' own models holds it."""
    model = load_base(None, Codebook.load().outputs).model
    with as_file(files("textinnsikt.themes") / "model") as folder:
        attach(model, Adapter.load(folder))
    assert isinstance(model, ThemeModel)
    return model


def save_full(folder: Path, tagger: ThemeTagger, model: ThemeModel) -> None:
    """Write a model as a full one, with the embedded base's tokenizer and the tagger's codebook and decisions."""
    plain = to_plain(model)
    decisions = fold_calibration(plain, tagger.decisions_)
    facts = {"grunnmodell": tagger.name_, "innstillinger": {"method": "full", "pooling": model.pooling}}
    save_folder(folder, plain, None, load_embedded()[1], tagger._book, decisions, facts)


def folder_size(folder: Path) -> int:
    """Return the bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def tell_clock() -> None:
    """Say how time was taken."""
    tell("målt med", "prosessortid på én kjerne" if ONE_CORE else "veggur på alle kjerner")
