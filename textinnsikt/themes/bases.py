"""Base models to train on: the embedded one, or any Hugging Face encoder by folder or id."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import constants, get_session
from huggingface_hub.errors import HFValidationError
from torch import nn
from transformers import (
    AutoModel,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    PreTrainedConfig,
    PreTrainedTokenizerFast,
)

from textinnsikt.errors import InputError
from textinnsikt.themes import embedded
from textinnsikt.themes.model import Pooling, ThemeModel


@dataclass(frozen=True)
class Base:
    """A model with a new head, its tokenizer, and the name by which its base is known."""

    model: nn.Module
    tokenizer: PreTrainedTokenizerFast
    name: str


def load_base(
    name: str | None,
    outputs: tuple[str, ...],
    pooling: Pooling = "mean",
    seed: int = 0,
    trust_remote_code: bool = False,
) -> Base:
    """Load a base model and put a new head on it.

    Parameters
    ----------
    name : str, optional
        Folder or id of a Hugging Face encoder; default is the embedded base. A plain BERT gets a linear head on the
        pooled tokens; any other family its own ``…ForSequenceClassification``.
    outputs : tuple of str
        Names of the yes/no outputs.
    pooling : {"mean", "cls"}
        For a plain BERT.
    seed : int
        The head's start values follow from it.
    trust_remote_code : bool
        Run the model folder's own code, for bases that have some.

    Raises
    ------
    InputError
        When the base cannot be found or read, or needs code of its own and that is not allowed.
    """
    if name is None or name == embedded.NAME:
        encoder, tokenizer = embedded.load_embedded()
        return Base(ThemeModel(encoder, outputs, pooling, seed), tokenizer, embedded.NAME)
    settings = check_base(name, trust_remote_code)
    torch.manual_seed(seed)
    common: dict[str, Any] = {"trust_remote_code": trust_remote_code}
    try:
        loaded: Any = AutoTokenizer.from_pretrained(name, **common)
        if settings.get("model_type") == "bert" and "auto_map" not in settings:
            encoder = AutoModel.from_pretrained(name, add_pooling_layer=False, dtype=torch.float32, **common)
            return Base(ThemeModel(encoder, outputs, pooling, seed), loaded, name)
        model = AutoModelForSequenceClassification.from_pretrained(
            name,
            id2label=dict(enumerate(outputs)),
            label2id={output: index for index, output in enumerate(outputs)},
            problem_type="multi_label_classification",
            ignore_mismatched_sizes=True,
            dtype=torch.float32,
            **common,
        )
    except (OSError, ValueError, KeyError, ImportError, AttributeError) as error:
        raise InputError(f"Grunnmodellen «{name}» kan ikke brukes: {_first_line(error)}") from None
    return Base(model, loaded, name)


def check_base(name: str, trust_remote_code: bool = False) -> dict[str, Any]:
    """Return a base's configuration, without loading the model; errors as for `load_base`."""
    settings = _read_config(name)
    if "auto_map" in settings and not trust_remote_code:
        raise InputError(
            f"Grunnmodellen «{name}» kjører egen kode fra modellmappa; "
            "stoler du på den, legg til --trust-remote-code, ellers velg en annen med --base."
        )
    return settings


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _read_config(name: str) -> dict[str, Any]:
    """Return the base's ``config.json``, from the folder, the local cache or the hub."""
    folder = Path(name)
    if folder.is_dir():
        if not (folder / "config.json").exists():
            raise InputError(f"Mappa {folder.name} er ingen grunnmodell: config.json mangler.")
        settings, _ = PreTrainedConfig.get_config_dict(name)
        return settings
    try:
        return PreTrainedConfig.get_config_dict(name, local_files_only=True)[0]
    except (OSError, HFValidationError):
        pass
    try:
        get_session().head(constants.ENDPOINT, timeout=5)
    except Exception:  # whatever the network says: without the hub there is one thing to tell
        raise InputError(
            f"Grunnmodellen «{name}» ligger ikke på denne maskinen, og modellsentralen {constants.ENDPOINT} svarer "
            "ikke; prøv igjen med nett, oppgi en mappe med --base, eller utelat --base for den innebygde."
        ) from None
    try:
        return PreTrainedConfig.get_config_dict(name)[0]
    except (OSError, HFValidationError) as error:
        raise InputError(f"Grunnmodellen «{name}» kan ikke hentes: {_first_line(error)}") from None
