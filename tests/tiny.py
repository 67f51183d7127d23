"""Encoders small enough to train in a second, and comments for them."""

from pathlib import Path

import pandas as pd
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertModel,
    BertTokenizerFast,
    PreTrainedTokenizerFast,
    XLMRobertaConfig,
    XLMRobertaModel,
)

from textinnsikt.themes import Codebook

TEXTS = ["hun hørte etter", "han avbrøt meg", "fikk god hjelp", "ventet lenge i kø"] * 4
LABELS = pd.DataFrame(
    {
        "løsning": ["ingen", "ingen", "positiv", "ingen"] * 4,
        "lytting": ["positiv", "negativ", "ingen", "ingen"] * 4,
    }
)
# Not in alphabetical order: the order of the themes is that of the outputs, and must survive.
BOOK = Codebook.from_dict({"tema": {"løsning": {"navn": "Løsning"}, "lytting": {"navn": "Lytting"}}})
WORDS = sorted({word for text in TEXTS for word in text.split()})
SMALL = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}


def tiny_base():
    """Return a BERT of two layers and a tokenizer of whole words, in the place of the embedded base."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS]
    core = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    core.pre_tokenizer = pre_tokenizers.Whitespace()
    core.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=core, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )
    torch.manual_seed(0)
    config = BertConfig(vocab_size=len(words), max_position_embeddings=64, **SMALL)
    return BertModel(config, add_pooling_layer=False).eval(), tokenizer


def save_bert(folder: Path, **sizes: int) -> Path:
    """Write a BERT with random weights and a WordPiece vocabulary, as Hugging Face folders are."""
    folder.mkdir()
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, *"abcdefghijklmnopqrstuvwxyzæøå"]
    pieces += [f"##{piece}" for piece in "abcdefghijklmnopqrstuvwxyzæøå"]
    (folder / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    BertTokenizerFast(vocab=str(folder / "vocab.txt"), do_lower_case=False).save_pretrained(str(folder))
    torch.manual_seed(1)
    BertModel(BertConfig(vocab_size=len(pieces), **(sizes or SMALL))).save_pretrained(str(folder))
    return folder


def save_roberta(folder: Path) -> Path:
    """Write an XLM-RoBERTa with random weights: a family whose classifier has a head of its own."""
    _, tokenizer = tiny_base()
    tokenizer.save_pretrained(str(folder))
    torch.manual_seed(2)
    config = XLMRobertaConfig(
        vocab_size=len(tokenizer), pad_token_id=0, bos_token_id=2, eos_token_id=3, max_position_embeddings=66, **SMALL
    )
    XLMRobertaModel(config, add_pooling_layer=False).save_pretrained(str(folder))
    return folder
