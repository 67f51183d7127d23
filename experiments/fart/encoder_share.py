"""How near the encoder comes to the machine's own rate of matrix products in bfloat16."""

import time

import numpy as np
import torch
from common import PART, clock, in_turns, tell, tell_clock
from torch.profiler import ProfilerActivity, profile
from transformers import BertConfig, BertModel

from textinnsikt.themes.batches import run_batches
from textinnsikt.themes.model import ThemeModel
from textinnsikt.themes.packed import PACK, run_model

#: Width, layers, heads, width between: the embedded base and NB-BERT-base.
SIZES = {"koder": (384, 12, 12, 1536), "koder_base": (768, 12, 12, 3072)}
LENGTHS = (32, 64, 128)


def product_rate(rows: int, inner: int, columns: int, dtype: torch.dtype) -> float:
    """Return the best rate of a bare matrix product, in TFLOP/s."""
    left, right = torch.randn(rows, inner).to(dtype), torch.randn(columns, inner).to(dtype)
    best, until = float("inf"), clock() + 1.5
    with torch.inference_mode():
        while clock() < until:
            start = clock()
            torch.nn.functional.linear(left, right)
            best = min(best, clock() - start)
    return 2 * rows * inner * columns / best / 1e12


def measure_products() -> None:
    for name, dtype in (("bfloat16", torch.bfloat16), ("float32", torch.float32)):
        tell(f"{name}, 2048 × 2048 × 2048", product_rate(2048, 2048, 2048, dtype), "TFLOP/s")
        tell(f"{name}, {PACK} × 384 × 1536", product_rate(PACK, 384, 1536, dtype), "TFLOP/s")
        tell(f"{name}, {PACK} × 1536 × 384", product_rate(PACK, 1536, 384, dtype), "TFLOP/s")
        tell(f"{name}, {PACK} × 768 × 3072", product_rate(PACK, 768, 3072, dtype), "TFLOP/s")


def flops(width: int, layers: int, between: int, length: int) -> float:
    """Return the operations of one token: matrix products and attention."""
    return layers * (2 * (4 * width * width + 2 * width * between) + 4 * length * width)


def random_model(size: str) -> ThemeModel:
    torch.manual_seed(0)
    width, layers, heads, between = SIZES[size]
    config = BertConfig(
        vocab_size=1000,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=between,
    )
    return ThemeModel(BertModel(config, add_pooling_layer=False), tuple("abcdefgh")).eval().to(torch.bfloat16)


def measure_encoder() -> None:
    width, layers, _, between = SIZES[PART]
    model = random_model(PART)
    random = np.random.default_rng(0)

    def forward(input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return model(input_ids=input_ids, attention_mask=attention_mask).logits

    tokens = 2**15 if width < 500 else 2**13
    reached, rate = {}, 0.0
    for length in LENGTHS:
        texts = random.integers(5, 1000, (tokens // length, length)).tolist()
        seconds = in_turns(
            {
                "pakket": lambda texts=texts: run_model(model, texts, 0, dtype=torch.bfloat16),
                "faste bunker": lambda texts=texts: run_batches(forward, texts, 0),
            }
        )
        rate = max(rate, product_rate(2048, 2048, 2048, torch.bfloat16))  # other work only slows it
        for name, spent in seconds.items():
            reached[f"{name}, {length} ordbiter"] = flops(width, layers, between, length) * tokens / spent / 1e12
    tell("matriseprodukt, 2048 × 2048 × 2048", rate, "TFLOP/s")
    for name, done in reached.items():
        tell(name, done, "TFLOP/s")
        tell(f"{name}, andel av matriseproduktet", 100 * done / rate, "%")
    with profile(activities=[ProfilerActivity.CPU]) as seen:
        run_model(model, random.integers(5, 1000, (tokens // 32, 32)).tolist(), 0, dtype=torch.bfloat16)
    events = sorted(seen.key_averages(), key=lambda event: -event.self_cpu_time_total)
    total = sum(event.self_cpu_time_total for event in events)
    for event in events[:7]:
        tell(f"profil, 32 ordbiter, {event.key}", 100 * event.self_cpu_time_total / total, "%")


def measure_compile() -> None:
    """Compare with torch.compile, weights frozen, on one batch of 32 texts of 32 tokens."""
    from torch._inductor import config as inductor

    inductor.freezing = True
    model = random_model("koder")
    texts = np.random.default_rng(0).integers(5, 1000, (32, 32))
    ids, mask = torch.from_numpy(texts), torch.ones(32, 32, dtype=torch.long)
    compiled = torch.compile(model.pool)
    with torch.inference_mode():
        start = time.perf_counter()
        compiled(ids, mask)
        tell("torch.compile, første kall", time.perf_counter() - start, "s")
        candidates = {
            "uten kompilering": lambda: model.pool(ids, mask),
            "torch.compile": lambda: compiled(ids, mask),
            "pakket": lambda: run_model(model, texts.tolist(), 0, dtype=torch.bfloat16),
        }
        for name, spent in in_turns(candidates, rounds=20).items():
            tell(name, 1000 * spent, "ms")


if __name__ == "__main__":
    tell_clock()
    if PART == "produkt":
        measure_products()
    elif PART == "compile":
        measure_compile()
    else:
        measure_encoder()
