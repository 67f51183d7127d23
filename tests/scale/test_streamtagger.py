"""The real tagger, part by part."""

import numpy as np
import pytest
import torch

from textinnsikt import InputError, ThemeTagger
from textinnsikt.scale.streamtagger import StreamTagger, choose_device, choose_dtype

TEXTS = ["Måtte forklare det samme tre ganger.", "Fikk ikke svar.", "Hun spurte hva jeg trengte. Så ordnet hun det."]


def test_it_gives_what_the_tagger_gives_and_computes_each_text_once(monkeypatch):
    expected = ThemeTagger.load().predict_proba(TEXTS)
    tagger = StreamTagger.open()
    assert np.array_equal(tagger.predict_proba([TEXTS[0], *TEXTS]), expected[[0, 0, 1, 2]])
    monkeypatch.setattr(tagger, "_logits", lambda *given: pytest.fail("regnet på nytt"))
    assert np.array_equal(tagger.predict_proba(TEXTS[::-1]), expected[::-1])


def test_number_format_and_device_are_settled(monkeypatch):
    monkeypatch.setattr("textinnsikt.scale.streamtagger.fast_dtype", lambda device: torch.bfloat16)
    assert choose_dtype("auto", "cpu", "adapter") == "bfloat16"
    assert choose_dtype("auto", "cpu", "full") == "float32"
    assert choose_dtype("float32", "cuda", "adapter") == "float32"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device("auto") == "cpu"
    with pytest.raises(InputError, match="--device cpu"):
        choose_device("cuda")


def test_float32_when_asked_for():
    tagger = StreamTagger.open(dtype="float32")
    assert tagger._dtype is torch.float32
    assert np.abs(tagger.predict_proba(TEXTS) - ThemeTagger.load().predict_proba(TEXTS)).max() < 0.025
