"""The regression that the figures within centres and shoppers come from, laid out once for all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.factors.associations import MIN_CONTACTS, refusals
from textinnsikt.factors.projection import Projection, dummies, effective_number, group_codes
from textinnsikt.factors.sample import Sample

#: A mention carried by fewer effective shoppers (or centres) than this has no figure.
MIN_CARRIERS = 3
#: A column of which less than this share is left when the others are taken out is collinear.
_LEFT = 1e-8


@dataclass(frozen=True)
class Design:
    """Score and mentions with centre, shopper, channel and month taken out.

    Parameters
    ----------
    mentions : tuple of str
        The mentions that can have a figure.
    raw : numpy.ndarray
        Contacts x mentions, 0/1, times the root of the weights.
    columns : numpy.ndarray
        The same with the controls taken out.
    score : numpy.ndarray
        The score, likewise.
    projection : Projection
        The controls.
    groups : tuple of numpy.ndarray
        Group numbers of centres and of shoppers: those of the two that there are; else every contact alone.
    root : numpy.ndarray
        Square root of each contact's weight; weights have mean 1.
    refused : dict of str to str
        Mention -> why it has no figure, the end of a Norwegian sentence.
    """

    mentions: tuple[str, ...]
    raw: np.ndarray
    columns: np.ndarray
    score: np.ndarray
    projection: Projection
    groups: tuple[np.ndarray, ...]
    root: np.ndarray
    refused: dict[str, str]

    @classmethod
    def of(cls, sample: Sample, equal: str | None = None, words: bool = False) -> Design:
        """Lay out a sample.

        Parameters
        ----------
        sample : Sample
        equal : str, optional
            A column (``klasse``, ``kundesenter``, ``kanal``) whose values count equally, whatever their number of
            contacts.
        words : bool
            Hold the number of words (their logarithm) equal too.
        """
        contacts = sample.contacts
        root = np.sqrt(_weights(contacts, equal))
        controls = _controls(contacts)
        if words:
            controls = np.column_stack([controls, np.log1p(sample.words)])
        projection = Projection.of(controls * root[:, None])
        refused = refusals(sample)
        groups = _groups(contacts)
        if len(contacts) - projection.rank - len(sample.mentions) < MIN_CONTACTS:
            why = f"modellen har {projection.rank} ledd og bare {len(contacts)} henvendelser"
            refused = {**dict.fromkeys(sample.mentions, why), **refused}
        kept: list[str] = []
        for mention in sample.mentions:
            if mention not in refused:
                raw = contacts[mention].to_numpy(dtype=float) * root
                why = _unidentified(raw, projection.residual(raw), groups, contacts)
                if why:
                    refused[mention] = why
                else:
                    kept.append(mention)
        names, columns = _apart(kept, contacts, root, projection, refused)
        score = projection.residual(contacts["totalscore"].to_numpy(dtype=float) * root)
        raw = contacts[names].to_numpy(dtype=float).reshape(len(contacts), len(names)) * root[:, None]
        return cls(tuple(names), raw, columns, score, projection, groups, root, refused)

    @property
    def freedom(self) -> int:
        """Degrees of freedom of the t tests: one less than the clustering with fewest groups has."""
        return int(min(codes.max() for codes in self.groups))


def _weights(contacts: pd.DataFrame, equal: str | None) -> np.ndarray:
    if equal is None:
        return np.ones(len(contacts))
    if contacts[equal].isna().all():
        raise InputError(f"Kolonnen «{equal}» er tom, så gruppene i den kan ikke telle likt.")
    values = contacts[equal].astype(object).fillna("(mangler)")
    weights = 1 / values.map(values.value_counts()).to_numpy(dtype=float)
    return weights / weights.mean()


def _controls(contacts: pd.DataFrame) -> np.ndarray:
    """Return a constant and dummies for centre, shopper, channel and month."""
    month = contacts["dato"].astype("str").str[:7]
    parts = [dummies(column) for column in (contacts["kundesenter"], contacts["shopper"], contacts["kanal"], month)]
    return np.column_stack([np.ones(len(contacts)), *parts])


def _groups(contacts: pd.DataFrame) -> tuple[np.ndarray, ...]:
    found = [group_codes(contacts[c]) for c in ("kundesenter", "shopper") if contacts[c].nunique() > 1]
    return tuple(found) or (np.arange(len(contacts)),)


def _unidentified(raw: np.ndarray, left: np.ndarray, groups: tuple[np.ndarray, ...], contacts: pd.DataFrame) -> str:
    """Say why a mention has no figure within centres and shoppers; empty when it has."""
    if left @ left < _LEFT * (raw @ raw):
        for column, whom in (("shopper", "den samme shopperen"), ("kundesenter", "det samme kundesenteret")):
            if contacts[column].nunique() > 1 and pd.Series(raw > 0).groupby(contacts[column]).nunique().max() == 1:
                return f"ikke identifisert, for det er likt i alle henvendelsene med {whom}"
        return "ikke identifisert, for det kan ikke skilles fra kundesenter, shopper, kanal og måned"
    carriers = min(effective_number(left**2, codes) for codes in groups)
    if carriers < MIN_CARRIERS:
        return f"det bæres i praksis av færre enn {MIN_CARRIERS} shoppere eller kundesentre"
    return ""


def _apart(
    names: list[str], contacts: pd.DataFrame, root: np.ndarray, projection: Projection, refused: dict[str, str]
) -> tuple[list[str], np.ndarray]:
    """Refuse the mentions that follow from others; return the rest with their columns."""
    columns = projection.residual(contacts[names].to_numpy(dtype=float).reshape(len(root), -1) * root[:, None])
    sizes = (columns**2).sum(0)
    for place, name in enumerate(names):
        others = np.delete(columns, place, axis=1)
        fit = np.linalg.lstsq(others, columns[:, place], rcond=None)[0]
        if ((columns[:, place] - others @ fit) ** 2).sum() < _LEFT * sizes[place]:
            shown = [
                other.replace(":", ": ") for other, b in zip(np.delete(names, place), fit, strict=True) if abs(b) > 0.01
            ]
            refused[name] = "det kan ikke skilles fra " + " og ".join(f"«{other}»" for other in shown)
    kept = [place for place, name in enumerate(names) if name not in refused]
    return [names[place] for place in kept], columns[:, kept]
