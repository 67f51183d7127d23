"""The job's folder: parts written whole or not at all, and the manifest that says which are done."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from textinnsikt.errors import InputError

#: Folder beside the result in which parts are made.
PARTS = ".deler"
_WINDOWS = os.name == "nt"
_MANIFEST, _LOG, _LOCK = "manifest.json", "ferdige.jsonl", "lås"


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` make a file beside ``path``, bring it safely to the disk, and give it its name.

    Whatever stops the program or the machine, ``path`` is whole or not there.
    """
    fresh = path.with_name(f".{os.getpid()}.{path.name}")
    try:
        write(fresh)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def refuse_other(there: Path, own: Path) -> None:
    """Refuse to write over a file ``there`` beside the result unless it holds what the job's ``own`` one does.

    Raises
    ------
    InputError
    """
    if there.exists() and not (own.exists() and file_sha256(there) == file_sha256(own)):
        raise InputError(f"{there.name} finnes fra før; flytt den, eller skriv over med --force.")


class JobFolder:
    """Where one result is made: ``.deler/NAME/`` beside it.

    Parameters
    ----------
    output : Path
        The result.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     job = JobFolder(Path(place, "ut.csv"))
    ...     job.start({"modell": "abc"})
    ...     write_whole(job.part("ut", 0, ".csv"), lambda path: path.write_text("a", encoding="utf-8"))
    ...     job.note({"del": 0, "bytes": 1})
    ...     list(JobFolder(Path(place, "ut.csv")).done)
    [0]
    """

    def __init__(self, output: Path):
        self.output = output
        self.folder = output.parent / PARTS / output.name
        #: Ending of the result and its parts; ``UT.CSV`` has parts like those of ``ut.csv``.
        self.ending = output.suffix.lower()

    @property
    def manifest(self) -> dict[str, Any]:
        """What the job was started with and how far it has come; empty when it was not started."""
        try:
            return dict(json.loads((self.folder / _MANIFEST).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}

    def start(self, settings: dict[str, Any]) -> None:
        """Begin a job with these settings, throwing away what is left of another."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.update(innstillinger=settings)

    def update(self, **entries: Any) -> None:
        """Add entries to the manifest."""
        text = json.dumps({**self.manifest, **entries}, ensure_ascii=False, indent=1)
        write_whole(self.folder / _MANIFEST, lambda path: _put(path, text))

    def part(self, kind: str, number: int, ending: str) -> Path:
        """Return the place of one part."""
        return self.folder / f"{kind}-{number:06d}{ending}"

    @property
    def done(self) -> dict[int, dict[str, Any]]:
        """What `note` was told of each finished part; a last line cut short by a kill is left out."""
        found: dict[int, dict[str, Any]] = {}
        try:
            with (self.folder / _LOG).open(encoding="utf-8", errors="replace") as log:
                for line in log:
                    if line.endswith("\n"):
                        try:
                            entry = json.loads(line)
                            found[int(entry["del"])] = entry
                        except (ValueError, KeyError, TypeError):
                            continue
        except FileNotFoundError:
            pass
        return found

    def note(self, entry: dict[str, Any]) -> None:
        """Note that a part is finished."""
        with (self.folder / _LOG).open("a+b") as log:
            torn = log.tell() > 0 and log.seek(-1, os.SEEK_END) >= 0 and log.read(1) != b"\n"
            log.write((("\n" if torn else "") + json.dumps(entry, ensure_ascii=False) + "\n").encode())
            log.flush()
            os.fsync(log.fileno())

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other processes on this machine from working on the same result; a kill lets go of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder.parent / f".{self.output.name}.{_LOCK}"
        file = path.open("w", encoding="utf-8")
        if not _take(file):
            file.close()
            raise InputError(f"{self.output.name} lages alt av en annen kjøring; vent til den er ferdig.")
        try:
            yield
        finally:
            if _WINDOWS:  # takes no open file away; elsewhere a closed one could be another's by now
                file.close()
            path.unlink(missing_ok=True)
            file.close()
            self._tidy()

    def remove(self) -> None:
        """Take away the parts."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _tidy(self) -> None:
        for folder in (self.folder, self.folder.parent):
            with suppress(OSError):  # not empty, or gone
                folder.rmdir()


def _take(file: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows has no such locks
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _put(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")
