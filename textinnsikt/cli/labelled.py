"""Labelled files as commands use them: masked as comments are before tagging, and cut into parts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.language import mask_all
from textinnsikt.themes import Codebook, read_labelled
from textinnsikt.themes.labelled import PARTS, contacts_of

#: Share of the comments held out for validation when no part is named so, and the fewest comments for doing it.
HELD_OUT, FEWEST = 0.15, 100


def read_masked(path: Path, codebook: Codebook) -> pd.DataFrame:
    """Read a labelled file and mask its texts: a model must learn from what it will see."""
    frame = read_labelled(path, codebook)
    frame["tekst"] = mask_all(list(frame["tekst"]))
    if "del" in frame.columns:
        frame["del"] = frame["del"].str.strip().str.lower()
        odd = frame.index[~frame["del"].isin(PARTS)]
        if len(odd):
            raise InputError(
                f"{path.name}, kommentar {odd[0] + 1}: «{frame.at[odd[0], 'del']}» i kolonnen «del» må være en av "
                f"{', '.join(PARTS)}."
            )
    return frame


@dataclass(frozen=True)
class Parts:
    """Training, validation and test comments; the last two may be empty.

    ``n_repeated`` training comments are left out, because the same text is among the validation or test comments.
    """

    training: pd.DataFrame
    validation: pd.DataFrame
    test: pd.DataFrame
    n_repeated: int = 0


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
            raise InputError("Ingen kommentarer er merket «trening» i kolonnen «del»; uten dem er det ikke noe å lære.")
    else:
        training, held, test = frame, none, none
    if validation is not None:
        held = validation
    elif held.empty and len(training) >= FEWEST:
        out = _hold_out(training, seed)
        # Short answers that many give stay in training.
        out = out & ~training["tekst"].isin(training.loc[~out, "tekst"]).to_numpy()
        training, held = training[~out], training[out]
    repeated = training["tekst"].isin({*held["tekst"], *test["tekst"]})
    if repeated.all():
        raise InputError("Alle kommentarene til trening står også til validering eller test; bruk andre til det.")
    training, held, test = (part.reset_index(drop=True) for part in (training[~repeated], held, test))
    return Parts(training, held, test, int(repeated.sum()))


def _hold_out(frame: pd.DataFrame, seed: int) -> np.ndarray:
    """Return which rows are held out, in whole groups, whatever the order of the rows."""
    group = contacts_of(frame)
    if "stemme" in frame.columns and frame["stemme"].nunique() >= 10:
        voice = frame["stemme"].str.strip()
        group = group.where(voice == "", "stemme " + voice)
    sizes = group.value_counts()
    names = np.array(sorted(sizes.index), dtype=object)
    wanted = round(HELD_OUT * len(frame))
    chosen: set[str] = set()
    held = 0
    for name in names[np.random.default_rng(seed).permutation(len(names))]:
        if held >= wanted:
            break
        if held + sizes[name] <= 2 * wanted:  # one text in most of the rows would take them all
            chosen.add(name)
            held += int(sizes[name])
    return group.isin(chosen).to_numpy()
