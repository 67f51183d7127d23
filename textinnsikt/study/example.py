"""The example study that comes with the package."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file, files

from textinnsikt.study.reading import read_study
from textinnsikt.study.study import Study


def example_study() -> Study:
    """Read the example study: 132 call centres, 25 contacts each, 98 shoppers, three comments a contact.

    The study is made up; its data card is ``data/README.md``.

    Returns
    -------
    Study
        `Study.source` is ``"eksempelstudie"``.

    Examples
    --------
    >>> study = example_study()
    >>> study.contacts["kundesenter"].nunique(), len(study.contacts)
    (132, 3300)
    """
    with as_file(files("textinnsikt.data") / "eksempelstudie.csv") as path:
        return replace(read_study(path), source="eksempelstudie")
