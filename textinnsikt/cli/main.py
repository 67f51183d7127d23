"""Entry point: ``textinnsikt COMMAND …``."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

from textinnsikt._version import __version__
from textinnsikt.cli import models, run, tag
from textinnsikt.cli.parser import NorwegianParser
from textinnsikt.errors import InputError

#: Commands in the order of the help text.
COMMANDS = {"run": run, "tag": tag, "models": models}


def build_parser() -> NorwegianParser:
    """Return the parser with every command."""
    parser = NorwegianParser(
        prog="textinnsikt",
        description="Temaer, klynger og suksessfaktorer i norske mystery shopping-kommentarer.",
    )
    parser.add_argument("--version", action="version", version=f"textinnsikt {__version__}", help="vis versjonen")
    commands = parser.add_subparsers(dest="command", metavar="KOMMANDO", title="kommandoer", required=True)
    for name, module in COMMANDS.items():
        module.add_parser(commands, name)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it went well, 2 with one sentence when the input must be mended."""
    options = build_parser().parse_args(arguments)
    # The models are quiet: nothing but our own lines reaches the terminal.
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    try:
        COMMANDS[options.command].execute(options)
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
