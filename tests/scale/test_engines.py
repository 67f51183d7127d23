"""The same parts, whoever works through them."""

import os
import signal
from dataclasses import replace

import pytest

from textinnsikt import InputError
from textinnsikt.scale import engines, job, tag_files
from textinnsikt.scale.engines import Actor, run_ray

from .conftest import SMALL
from .stand_in import install


class Mortal(Actor):
    """Works with the stand-in; whoever first takes part 2 is killed in the middle of it."""

    def __init__(self, settings):
        install()
        super().__init__(settings)

    def __call__(self, batch):
        trap = self.worker.job.folder / "felle"
        if int(batch["del"][0]) == 2 and not trap.exists():
            trap.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(batch)


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_ray_workers_give_the_same_also_when_one_is_killed(stand_in, study_file, whole, tmp_path, monkeypatch):
    monkeypatch.setattr("textinnsikt.scale.engines.run_ray", lambda *given: run_ray(*given, actor=Mortal))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["."]))
    output = tmp_path / "ut.csv"
    seen = []
    monkeypatch.setattr(job.JobFolder, "remove", lambda self: seen.append((self.folder / "felle").exists()))
    tag_files([study_file], output, replace(SMALL, engine="ray", workers=2))
    assert output.read_bytes() == whole and seen == [True]


def test_what_went_wrong_in_a_worker_is_told_as_it_is():
    class Wrapped(OSError):
        cause = None

    wrapped = Wrapped()
    wrapped.cause = OSError(28, "No space left on device")
    outer = RuntimeError("ray")
    outer.__cause__ = wrapped
    assert engines._cause(outer).errno == 28
    assert engines._cause(lonely := ValueError("x")) is lonely


def test_without_ray_the_command_to_run_is_told(stand_in, study_file, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(InputError, match=r"pip install textinnsikt\[ray\]"):
        tag_files([study_file], tmp_path / "ut.csv", replace(SMALL, engine="ray"))


def test_progress_is_told_within_a_part(stand_in, study_file, tmp_path, monkeypatch):
    told = []

    class Report:
        def stage(self, name, title):
            from contextlib import nullcontext

            return nullcontext()

        def count(self, done, total):
            told.append((done, total))

    summary = tag_files([study_file], tmp_path / "ut.csv", SMALL, Report())
    assert told[0] == (0, summary.comments) and told[-1] == (summary.comments, summary.comments)
    assert len(told) > 4 and engines.run_local is not None
