"""A tagger as a folder: weights in safetensors, everything else in JSON."""

from __future__ import annotations

import json
import platform
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
import transformers
from peft import PeftConfig, PeftModel, get_peft_model_state_dict
from safetensors.torch import save_file
from transformers import AutoTokenizer, PreTrainedTokenizerFast

from textinnsikt._version import __version__
from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.embedded import NAME, load_embedded
from textinnsikt.themes.facts import FACTS, LAYOUT, folder_hash, read_facts
from textinnsikt.themes.model import ThemeModel
from textinnsikt.themes.thresholds import Decisions

#: Settings and weights of the low-rank additions to the base.
Adapter = tuple[PeftConfig, dict[str, torch.Tensor]]


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


def adapter_of(model: PeftModel) -> Adapter:
    """Return the settings and learnt weights of a model's adapters, in half precision."""
    weights = get_peft_model_state_dict(model)
    return model.peft_config["default"], {name: tensor.half().contiguous() for name, tensor in weights.items()}


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
        settings, weights = adapter
        settings.save_pretrained(str(folder))
        save_file(weights, folder / "adapter_model.safetensors")
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
        start = ThemeModel.from_base(base, codebook.outputs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # PEFT reads a name that transformers is renaming
            adapted = PeftModel.from_pretrained(start, str(folder), is_trainable=False)
        model = adapted.merge_and_unload()
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
