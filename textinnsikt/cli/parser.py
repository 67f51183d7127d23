"""An argument parser that speaks Norwegian and ends with exit code 2 and one sentence."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from textinnsikt.errors import InputError

_SENTENCES = (
    (r"the following arguments are required: (.*)", r"mangler \1"),
    (r"unrecognized arguments: (.*)", r"kjenner ikke \1"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1 kan ikke være \2; velg blant \3"),
    (r"argument (.*): expected one argument", r"\1 trenger en verdi"),
    (r"argument (.*): expected at least one argument", r"\1 trenger minst én verdi"),
    (r"argument (.*): invalid .* value: (.*)", r"\1 kan ikke være \2"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 kan ikke brukes sammen med \2"),
    (r"argument (.*?): (.*)", r"\1: \2"),
)


class NorwegianParser(argparse.ArgumentParser):
    """``argparse`` with Norwegian headings and errors."""

    def __init__(self, **settings: Any):
        settings.setdefault("add_help", False)
        super().__init__(**settings)
        self._positionals.title = "argumenter"
        self._optionals.title = "valg"
        self.add_argument("-h", "--help", action="help", help="vis denne hjelpen")

    def format_usage(self) -> str:
        """Return the usage line."""
        return super().format_usage().replace("usage:", "bruk:", 1)

    def format_help(self) -> str:
        """Return the whole help text."""
        return super().format_help().replace("usage:", "bruk:", 1)

    def error(self, message: str) -> NoReturn:
        """Print one Norwegian sentence and end with exit code 2."""
        for pattern, sentence in _SENTENCES:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, sentence, message)
                break
        print(f"{self.prog}: {message}. Se «{self.prog} --help».", file=sys.stderr)
        sys.exit(2)


def join_pipes(arguments: Sequence[str]) -> list[str]:
    """Join ``-o`` with ``-.csv`` and its like, which argparse would take for a flag.

    Examples
    --------
    >>> join_pipes(["tag", "-", "-o", "-.jsonl", "--force"])
    ['tag', '-', '--output=-.jsonl', '--force']
    """
    joined: list[str] = []
    for word in arguments:
        if word.startswith("-.") and joined and joined[-1] in ("-o", "--output"):
            joined[-1] = f"--output={word}"
        else:
            joined.append(word)
    return joined


def parse_mapping(pairs: list[str] | None) -> dict[str, str]:
    """Turn ``canonical=Heading`` pairs into a mapping.

    Examples
    --------
    >>> parse_mapping(["kundesenter=avis", "totalscore=Score = total"])
    {'kundesenter': 'avis', 'totalscore': 'Score = total'}
    """
    mapping: dict[str, str] = {}
    for pair in pairs or []:
        name, sign, heading = pair.partition("=")
        if not sign or not name.strip() or not heading.strip():
            raise InputError(f'--map «{pair}» må ha formen navn="Overskrift", for eksempel totalscore="Poeng i alt".')
        mapping[name.strip()] = heading.strip()
    return mapping


def parse_range(text: str | None) -> tuple[float, float] | None:
    """Turn ``LO-HI`` into two numbers.

    Examples
    --------
    >>> parse_range("1-6")
    (1.0, 6.0)
    """
    if text is None:
        return None
    found = re.fullmatch(r"\s*(-?\d+(?:[.,]\d+)?)\s*[-–:]\s*(-?\d+(?:[.,]\d+)?)\s*", text)
    if found is None:
        raise InputError(f"--score-range «{text}» må ha formen LAVEST-HØYEST, for eksempel 1-6 eller 0-100.")
    low, high = (float(part.replace(",", ".")) for part in found.groups())
    if low >= high:
        raise InputError(f"--score-range «{text}»: det første tallet må være lavere enn det andre.")
    return low, high
