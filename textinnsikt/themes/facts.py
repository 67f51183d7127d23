"""What a tagger's folder says of itself, read without loading the model."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from textinnsikt.errors import InputError

#: Number of the folder's layout; a folder with a higher one comes from a newer version.
LAYOUT = 2
FACTS = "tagger.json"
_PICKLES = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib")


def folder_hash(folder: Path) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 over the folder's weights and facts."""
    digest = sha256()
    for path in sorted(folder.glob("*.safetensors")) + [folder / FACTS]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


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
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise InputError(f"{FACTS} i modellmappa {folder.name} er ødelagt; lag mappa på nytt.") from None
    if facts.get("utforming", 0) < LAYOUT:
        raise InputError(
            f"Modellmappa {folder.name} er laget av en eldre versjon av textinnsikt; tren modellen på nytt."
        )
    if facts["utforming"] > LAYOUT:
        raise InputError(
            f"Modellmappa {folder.name} er laget av en nyere versjon av textinnsikt; "
            "oppgrader med «pip install -U textinnsikt»."
        )
    return facts
