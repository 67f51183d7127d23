"""Labelled files as commands use them: masked as comments are before tagging, and cut into parts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.language import mask_all
from textinnsikt.themes import Codebook, read_labelled
from textinnsikt.themes.labelled import PARTS

#: Share of the comments held out for validation when no part is named so, and the fewest comments for doing it.
HELD_OUT, FEWEST = 0.15, 100


def read_masked(path: Path, codebook: Codebook) -> pd.DataFrame:
    """Read a labelled file and mask its texts: a model must learn from what it will see."""
    frame = read_labelled(path, codebook)
    frame["tekst"] = mask_all(list(frame["tekst"]))
    if "del" in frame.columns:
        frame["del"] = frame["del"].str.strip().str.lower()
        odd = sorted(set(frame["del"]) - set(PARTS))
        if odd:
            raise InputError(f"{path.name}: «{odd[0]}» i kolonnen «del» må være en av {', '.join(PARTS)}.")
    return frame


@dataclass(frozen=True)
class Parts:
    """Training, validation and test comments; the last two may be empty."""

    training: pd.DataFrame
    validation: pd.DataFrame
    test: pd.DataFrame


def cut_parts(frame: pd.DataFrame, validation: pd.DataFrame | None, seed: int) -> Parts:
    """Cut a labelled file into parts.

    Parameters
    ----------
    frame : pandas.DataFrame
        With the column ``del`` its parts are those. Without it, and without ``validation``, about `HELD_OUT` of the
        comments are held out: whole voices where there are at least ten, whole contacts otherwise; none from a file
        of fewer than `FEWEST` comments.
    validation : pandas.DataFrame, optional
        Validation comments from a file of their own.
    seed : int
        Which are held out.

    Examples
    --------
    >>> frame = pd.DataFrame({"tekst": [str(i) for i in range(200)]})
    >>> parts = cut_parts(frame, None, seed=0)
    >>> len(parts.training), len(parts.validation), len(parts.test)
    (170, 30, 0)
    """
    none = frame.iloc[:0]
    if "del" in frame.columns:
        training, held, test = (frame[frame["del"] == part] for part in PARTS)
        if training.empty:
            raise InputError("Ingen rader er merket «trening» i kolonnen «del».")
    else:
        training, held, test = frame, none, none
    if validation is not None:
        held = validation
    elif held.empty and len(training) >= FEWEST:
        out = _hold_out(training, seed)
        training, held = training[~out], training[out]
    return Parts(*(part.reset_index(drop=True) for part in (training, held, test)))


def _hold_out(frame: pd.DataFrame, seed: int) -> np.ndarray:
    """Return which rows are held out, in whole groups, whatever the order of the rows."""
    group = frame["tekst"]
    if "henvendelse" in frame.columns:
        group = frame["henvendelse"]
    if "stemme" in frame.columns and frame["stemme"].nunique() >= 10:
        group = frame["stemme"]
    sizes = group.value_counts()
    names = np.array(sorted(sizes.index), dtype=object)
    chosen: set[str] = set()
    held = 0
    for name in names[np.random.default_rng(seed).permutation(len(names))]:
        if held >= round(HELD_OUT * len(frame)):
            break
        chosen.add(name)
        held += int(sizes[name])
    return group.isin(chosen).to_numpy()
