"""A tagger as a folder: weights in safetensors, everything else in JSON."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
import transformers
from transformers import AutoTokenizer, PreTrainedTokenizerFast

from textinnsikt._version import __version__
from textinnsikt.themes.adapter import Adapter, attach
from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.embedded import NAME, load_embedded
from textinnsikt.themes.facts import FACTS, LAYOUT, folder_hash, read_facts
from textinnsikt.themes.model import ThemeModel
from textinnsikt.themes.thresholds import Decisions


@dataclass(frozen=True)
class StoredTagger:
    """What a folder holds, ready for use."""

    model: ThemeModel
    tokenizer: PreTrainedTokenizerFast
    codebook: Codebook
    decisions: Decisions
    settings: dict[str, Any]
    name: str
    hash: str


def save_folder(
    folder: Path,
    model: ThemeModel,
    adapter: Adapter | None,
    tokenizer: PreTrainedTokenizerFast,
    codebook: Codebook,
    decisions: Decisions,
    facts: dict[str, Any],
) -> None:
    """Write a trained tagger; an adapter leaves base and tokenizer where they are, a full model takes both along."""
    folder.mkdir(parents=True, exist_ok=True)
    if adapter is None:
        model.save_pretrained(str(folder))
        tokenizer.save_pretrained(str(folder))
    else:
        adapter.save(folder)
    written = {
        "utforming": LAYOUT,
        "metode": "full" if adapter is None else "adapter",
        "grunnmodell": NAME,
        "kodebok": codebook.to_dict(),
        "avgjørelser": asdict(decisions),
        **facts,
        "versjoner": {
            "textinnsikt": __version__,
            "torch": torch.__version__,
            "transformers": transformers.__version__,
            "python": platform.python_version(),
        },
    }
    text = json.dumps(written, ensure_ascii=False, indent=1)  # the order of the themes is that of the outputs
    (folder / FACTS).write_text(text + "\n", encoding="utf-8")


def load_folder(folder: Path) -> StoredTagger:
    """Read a tagger's folder, adapters merged into the base.

    Raises
    ------
    InputError
        When the folder is missing, has no theme head, comes from a newer version or holds a pickle.
    """
    facts = read_facts(folder)
    codebook = Codebook.from_dict(facts["kodebok"])
    tokenizer: Any
    if facts["metode"] == "adapter":
        base, tokenizer = load_embedded()
        model = attach(ThemeModel.from_base(base, codebook.outputs), Adapter.load(folder))
    else:
        model = ThemeModel.from_pretrained(str(folder), local_files_only=True)
        tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
    decided = {name: tuple(values) for name, values in facts["avgjørelser"].items()}
    return StoredTagger(
        model=model.eval(),
        tokenizer=tokenizer,
        codebook=codebook,
        decisions=Decisions(**decided),
        settings=facts.get("innstillinger", {}),
        name=str(facts["grunnmodell"]),
        hash=folder_hash(folder),
    )
