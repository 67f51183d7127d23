"""Entry point: ``textinnsikt COMMAND …``."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from textinnsikt._version import __version__
from textinnsikt.cli.parser import NorwegianParser, join_pipes
from textinnsikt.errors import InputError

#: Commands in the order of the help text. The file of each is loaded only when it is called, so that help is quick.
COMMANDS = {
    "run": "hele veien fra studie til workshopmateriale",
    "tag": "merk kommentarer med temaer",
    "cluster": "grupper det kommentarene handler om",
    "factors": "hva som henger sammen med scoren",
    "report": "lag rapport og regneark på nytt av resultatene i en mappe",
    "workshop": "lag lysbilder til arbeidsøkter: for studien, en klasse eller et kundesenter",
    "compare": "sammenlign to studier",
    "label": "merk kommentarer for hånd: trekk, les inn, mål enighet, velg flere",
    "train": "tren en egen modell på merkede kommentarer",
    "evaluate": "mål en modell på merkede kommentarer",
    "models": "vis hvilke modeller som kan brukes her, og hvorfor",
}


def build_parser(called: str | None = None) -> NorwegianParser:
    """Return the parser: with every command whole, or with only the called one whole and the others by name."""
    parser = NorwegianParser(
        prog="textinnsikt",
        description="Temaer, klynger og suksessfaktorer i norske mystery shopping-kommentarer.",
    )
    parser.add_argument("--version", action="version", version=f"textinnsikt {__version__}", help="vis versjonen")
    commands = parser.add_subparsers(dest="command", metavar="KOMMANDO", title="kommandoer", required=True)
    for name, about in COMMANDS.items():
        if called in (None, name):
            import_module(f"textinnsikt.cli.{name}").add_parser(commands, name)
        else:
            commands.add_parser(name, help=about)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it went well, 2 with one sentence when the input must be mended."""
    arguments = join_pipes(sys.argv[1:] if arguments is None else arguments)
    called = next((word for word in arguments if not word.startswith("-")), "")
    # Loading makes a million objects that stay; looking through them for garbage took two of seven seconds.
    gc.set_threshold(100_000, 50, 50)
    atexit.register(gc.freeze)
    options = build_parser(called).parse_args(arguments)
    # The models are quiet: nothing but our own lines reaches the terminal.
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    if getattr(options, "trust_remote_code", False):
        os.environ[import_module("textinnsikt.themes.facts").TRUST] = "1"
    try:
        import_module(f"textinnsikt.cli.{options.command}").execute(options)
    except InputError as error:
        print(f"textinnsikt: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"textinnsikt: {_explain(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ntextinnsikt: avbrutt. Samme kommando går videre der den slapp.", file=sys.stderr)
        return 130
    return 0


def _explain(error: OSError) -> str:
    where = f" ({os.path.basename(str(error.filename))})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"disken er full{where}. Frigjør plass og kjør samme kommando igjen; det som er ferdig, blir brukt."
    if isinstance(error, PermissionError):
        return f"mangler skrive- eller leserettighet{where}; lukk fila i andre programmer eller velg en annen mappe."
    return f"kan ikke lese eller skrive{where}: {error.strerror or error}."


if __name__ == "__main__":
    sys.exit(main())
