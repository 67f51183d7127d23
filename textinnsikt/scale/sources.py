"""Input files: found by name, folder or pattern, told apart by their bytes."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from textinnsikt.errors import InputError

#: Endings of files that are taken from a folder.
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet", ".jsonl", ".ndjson")
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Source:
    """One input file: its name in messages, its place, size in bytes and the SHA-256 of its bytes."""

    name: str
    path: Path
    size: int
    sha256: str

    def to_dict(self) -> dict[str, Any]:
        """Return what the manifest holds of it: not where it lies, so that the file may be moved."""
        return {name: value for name, value in asdict(self).items() if name != "path"}


def find_files(patterns: Sequence[str | Path], apart: Collection[Path] = ()) -> list[Path]:
    """Return the files that names, folders and patterns (``*``, ``?``, ``**``) stand for.

    Parameters
    ----------
    patterns : sequence of str or Path
        A folder stands for the files in it that can be read (`ENDINGS`), in the order of their names.
    apart : collection of Path
        Files that folders and patterns do not stand for: what the program itself wrote there.

    Returns
    -------
    list of Path
        Each file once.

    Raises
    ------
    InputError
        When a name, folder or pattern stands for no file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("b.csv", "a.csv", "les.md"):
    ...         _ = Path(folder, name).write_text("id,tekst", encoding="utf-8")
    ...     [path.name for path in find_files([folder, f"{folder}/a*"])]
    ['a.csv', 'b.csv']
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        path = Path(pattern)
        if path.is_dir():
            readable = (p for p in path.iterdir() if p.suffix.lower() in ENDINGS and not p.name.startswith("."))
            inside = _files(readable, apart)
            if not inside:
                raise InputError(f"Mappa {path.name} har ingen filer som kan leses ({', '.join(ENDINGS)}).")
            found |= dict.fromkeys(inside)
        elif path.exists() or not glob.has_magic(str(pattern)):
            found[path] = None
        else:
            matching = _files(map(Path, glob.glob(str(pattern), recursive=True)), apart)
            if not matching:
                raise InputError(f"Ingen filer passer til {path.name}.")
            found |= dict.fromkeys(matching)
    return list(found)


def _files(paths: Iterable[Path], apart: Collection[Path]) -> list[Path]:
    """Return the files among the paths, by name, without those set apart and the locks of open Excel files."""
    files = sorted(path for path in paths if path.is_file() and not path.name.startswith("~$"))
    return [path for path in files if not is_among(path, apart)]


def is_among(path: Path, others: Collection[Path]) -> bool:
    """Tell whether a file is one of the others, whatever the names by which they are called."""
    return path.exists() and any(other.exists() and path.samefile(other) for other in others)


def fingerprint(path: Path) -> Source:
    """Read a file once and return what identifies it.

    Raises
    ------
    InputError
        When there is no such file or it cannot be opened.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
            return Source(path.name, path, file.tell(), digest.hexdigest())
    except FileNotFoundError:
        raise InputError(f"Finner ikke fila {path.name}; se om navn og mappe er riktig skrevet.") from None
    except OSError:
        if path.is_dir():
            raise InputError(f"{path.name} er en mappe; oppgi fila som skal leses.") from None
        raise InputError(f"{path.name} kan ikke åpnes; lukk den i andre programmer og se om du har tilgang.") from None


def spool(stream: BinaryIO, stem: Path) -> Path:
    """Write standard input to a file, its ending by what it holds, and return its path."""
    head = stream.read(_BLOCK)
    kind = ".csv"
    if head.startswith(b"PAR1"):
        kind = ".parquet"
    elif head.startswith(b"PK\x03\x04"):
        kind = ".xlsx"
    elif head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        kind = ".jsonl"
    path = stem.with_name(stem.name + kind)
    with path.open("wb") as file:
        while head:
            file.write(head)
            head = stream.read(_BLOCK)
    return path
