import json

import pytest

from textinnsikt.themes import machine


@pytest.fixture
def measured(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("torch.cpu._is_avx512_bf16_supported", lambda: True, raising=False)
    times = []

    def speed_up():
        times.append(1)
        return 2.5

    monkeypatch.setattr(machine, "_speed_up", speed_up)
    machine.bfloat16_pays.cache_clear()
    yield times
    machine.bfloat16_pays.cache_clear()


def test_it_is_measured_once_per_machine(measured, tmp_path):
    assert machine.bfloat16_pays()
    machine.bfloat16_pays.cache_clear()
    assert machine.bfloat16_pays() and len(measured) == 1
    assert list(json.loads(machine.cache_file().read_text(encoding="utf-8")).values()) == [2.5]


def test_a_format_that_is_only_imitated_is_left_alone(measured, monkeypatch):
    monkeypatch.setattr(machine, "_speed_up", lambda: 0.3)
    assert not machine.bfloat16_pays()


def test_a_damaged_or_forbidden_cache_does_no_harm(measured, monkeypatch, tmp_path):
    machine.cache_file().parent.mkdir()
    machine.cache_file().write_text("{", encoding="utf-8")
    assert machine.bfloat16_pays()
    machine.bfloat16_pays.cache_clear()
    monkeypatch.setenv("XDG_CACHE_HOME", str(machine.cache_file()))  # a file where a folder should be
    assert machine.bfloat16_pays()


def test_the_real_measurement_is_a_ratio():
    assert machine._speed_up() > 0
