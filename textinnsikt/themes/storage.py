"""A tagger as a folder: weights in safetensors, everything else in JSON, and a model card."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors import SafetensorError
from torch import nn

from textinnsikt._version import __version__
from textinnsikt.errors import InputError
from textinnsikt.themes import embedded
from textinnsikt.themes.adapter import Adapter, attach
from textinnsikt.themes.card import CARD, write_card
from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.facts import FACTS, LAYOUT, find_base, folder_hash, read_facts, trusts_code
from textinnsikt.themes.model import ThemeModel
from textinnsikt.themes.thresholds import Decisions

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

    from textinnsikt.themes.light import Pieces

_LIBRARIES = ("torch", "transformers", "tokenizers", "scikit-learn", "numpy")


@dataclass(frozen=True)
class StoredTagger:
    """What a folder holds, ready for use."""

    model: nn.Module
    tokenizer: PreTrainedTokenizerFast | Pieces
    codebook: Codebook
    decisions: Decisions
    settings: dict[str, Any]
    name: str
    hash: str


def save_folder(
    folder: Path,
    model: nn.Module,
    adapter: Adapter | None,
    tokenizer: Any,
    codebook: Codebook,
    decisions: Decisions,
    facts: dict[str, Any],
) -> None:
    """Write a trained tagger; an adapter leaves base and tokenizer where they are, a full model takes both along."""
    folder.mkdir(parents=True, exist_ok=True)
    if adapter is None:
        plain: Any = model
        plain.save_pretrained(str(folder))
        tokenizer.save_pretrained(str(folder))
    else:
        adapter.save(folder)
    written = {
        "utforming": LAYOUT,
        "metode": "full" if adapter is None else "adapter",
        "kodebok": codebook.to_dict(),
        "avgjørelser": asdict(decisions),
        **facts,
        "versjoner": {
            "textinnsikt": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
    }
    text = json.dumps(written, ensure_ascii=False, indent=1)  # the order of the themes is that of the outputs
    (folder / FACTS).write_text(text + "\n", encoding="utf-8")
    (folder / CARD).write_text(write_card(written), encoding="utf-8")


def load_folder(folder: Path, trust_remote_code: bool = False) -> StoredTagger:
    """Read a tagger's folder, adapters merged into the base.

    Raises
    ------
    InputError
        When the folder is missing, has no theme head, comes from a newer version or holds a pickle, or when its base
        cannot be found.
    """
    trust_remote_code = trust_remote_code or trusts_code()
    facts = read_facts(folder)
    try:
        return _load(folder, facts, trust_remote_code)
    except (InputError, PermissionError):
        raise
    except (SafetensorError, AttributeError, OSError, LookupError, TypeError, ValueError, RuntimeError) as error:
        told = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise InputError(
            f"Modellmappa {folder.name} er ødelagt eller ufullstendig; kopier eller tren den på nytt ({told})."
        ) from None


def _load(folder: Path, facts: dict[str, Any], trust_remote_code: bool) -> StoredTagger:
    codebook = Codebook.from_dict(facts["kodebok"])
    settings = dict(facts["innstillinger"])
    settings["base"] = facts["grunnmodell"]
    tokenizer: Any
    model: Any
    if facts["metode"] == "adapter":
        base = find_base(facts["grunnmodell"], folder)
        model, tokenizer = _load_base(base, codebook.outputs, settings["pooling"], trust_remote_code)
        model = attach(model, Adapter.load(folder))
    else:
        model, tokenizer = _load_full(folder, trust_remote_code)
    decided = {name: tuple(values) for name, values in facts["avgjørelser"].items()}
    return StoredTagger(
        model=model.eval(),
        tokenizer=tokenizer,
        codebook=codebook,
        decisions=Decisions(**decided),
        settings=settings,
        name=str(facts["grunnmodell"]),
        hash=folder_hash(folder),
    )


def _load_base(name: str, outputs: tuple[str, ...], pooling: Any, trust_remote_code: bool) -> tuple[Any, Any]:
    """Load a base with a new head; the embedded one in its light form."""
    if name == embedded.NAME:
        encoder, tokenizer = embedded.load_light()
        return ThemeModel(encoder, outputs, pooling), tokenizer
    from textinnsikt.themes.bases import load_base

    base = load_base(name, outputs, pooling, 0, trust_remote_code)
    return base.model, base.tokenizer


def _load_full(folder: Path, trust_remote_code: bool) -> tuple[Any, Any]:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    own_code = "auto_map" in json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if own_code and not trust_remote_code:
        raise InputError(f"Modellmappa {folder.name} kjører egen kode; stoler du på den, legg til --trust-remote-code.")
    common: dict[str, Any] = {"local_files_only": True, "trust_remote_code": trust_remote_code}
    model = AutoModelForSequenceClassification.from_pretrained(str(folder), dtype=torch.float32, **common)
    return model, AutoTokenizer.from_pretrained(str(folder), **common)
