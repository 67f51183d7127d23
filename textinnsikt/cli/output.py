"""The result folder: made in ``.deler`` beside it, moved into place when whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textinnsikt.errors import InputError

PARTS = ".deler"
_STATE = "tilstand.json"


class OutputFolder:
    """A folder that holds either whole results or none.

    Files are made in ``DIR/.deler``. Killed half-way, the parts stay there, and the same command with the same
    input and settings goes on with them; with any other, they are thrown away.

    Parameters
    ----------
    folder : Path
    names : sequence of str
        Everything the command can write; none of it is overwritten without ``force``.
    settings : dict
        What the parts depend on: hash of the input, model, flags.
    force : bool
        Overwrite earlier results.
    """

    def __init__(self, folder: Path, names: Sequence[str], settings: dict[str, Any], force: bool = False):
        self.folder = folder
        self.names = tuple(names)
        if folder.exists() and not folder.is_dir():
            raise InputError(f"{folder.name} er en fil; velg en mappe med -o.")
        there = [name for name in self.names if (folder / name).exists()]
        if there and not force:
            raise InputError(
                f"Mappa {folder.name} har alt {there[0]}; velg en annen mappe med -o, eller skriv over med --force."
            )
        self.parts = folder / PARTS
        self._settings = json.loads(json.dumps(settings))
        if self._read_state().get("innstillinger") != self._settings:
            shutil.rmtree(self.parts, ignore_errors=True)
        self.parts.mkdir(parents=True, exist_ok=True)
        self._done: list[str] = list(self._read_state().get("ferdig", []))

    def _read_state(self) -> dict[str, Any]:
        try:
            return dict(json.loads((self.parts / _STATE).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}

    def is_done(self, stage: str) -> bool:
        """Return whether an earlier, interrupted run finished this stage."""
        return stage in self._done

    def mark_done(self, stage: str) -> None:
        """Note that the stage's files are whole."""
        self._done.append(stage)
        state = {"innstillinger": self._settings, "ferdig": self._done}
        fresh = self.parts / f"{_STATE}.ny"
        fresh.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
        fresh.replace(self.parts / _STATE)

    def publish(self) -> None:
        """Move every finished file into place and take away what an earlier run left."""
        for name in self.names:
            made, final = self.parts / name, self.folder / name
            if made.exists():
                made.replace(final)
            else:
                final.unlink(missing_ok=True)
        shutil.rmtree(self.parts)
