"""The same parts, whoever works through them."""

import os
import signal
import time
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from textinnsikt import InputError
from textinnsikt.scale import engines, job, tag_files
from textinnsikt.scale.engines import Actor, run_ray
from textinnsikt.scale.folder import JobFolder
from textinnsikt.scale.worker import WorkerSettings

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


class Doomed(Mortal):
    """Part 2 always kills; the first time is enough, so that the test is quick."""

    def __init__(self, settings):
        super().__init__(settings)
        engines.TRIES = 1
        real = self.worker.read
        self.worker.read = lambda number: os.kill(os.getpid(), signal.SIGKILL) if number == 2 else real(number)

    def __call__(self, batch):
        return Actor.__call__(self, batch)


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_a_part_that_always_kills_its_worker_is_given_up(stand_in, study_file, tmp_path, monkeypatch):
    monkeypatch.setattr("textinnsikt.scale.engines.run_ray", lambda *given: run_ray(*given, actor=Doomed))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["."]))
    with pytest.raises(InputError, match="Del 3 stoppet arbeideren 1 ganger"):
        tag_files([study_file], tmp_path / "ut.csv", replace(SMALL, engine="ray", workers=2))


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_ray_workers_give_the_same_also_when_one_is_killed(
    stand_in, study_file, whole, tmp_path, monkeypatch, capfd
):
    monkeypatch.setattr("textinnsikt.scale.engines.run_ray", lambda *given: run_ray(*given, actor=Mortal))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["."]))
    output = tmp_path / "ut.csv"
    seen = []
    monkeypatch.setattr(job.JobFolder, "remove", lambda self: seen.append((self.folder / "felle").exists()))
    tag_files([study_file], output, replace(SMALL, engine="ray", workers=2))
    assert output.read_bytes() == whole and seen == [True]
    told = capfd.readouterr().err.replace("\r", "\n").splitlines()
    assert all("kommentarer" in line for line in told if line), "only the line of progress"


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
    told, read = [], []

    class Report:
        def stage(self, name, title):
            from contextlib import nullcontext

            return nullcontext()

        def read(self, rows):
            read.append(rows)

        def count(self, done, total):
            told.append((done, total))

    summary = tag_files([study_file], tmp_path / "ut.csv", SMALL, Report())
    assert told[0] == (0, summary.comments) and told[-1] == (summary.comments, summary.comments)
    assert len(told) > 4 and read == [16, 32, 48, 60]


def test_a_part_is_noted_while_the_next_is_computed(stand_in, study_file, tmp_path, monkeypatch):
    noted, begun = [], []
    note, quick = job.JobFolder.note, stand_in.tag

    def slow(study, progress):
        begun.append(study)
        latest = time.monotonic() + 5
        while len(noted) < len(begun) - 1:
            assert time.monotonic() < latest
            time.sleep(0.01)
            progress(0, 1)
        return quick(study, progress)

    monkeypatch.setattr(job.JobFolder, "note", lambda self, entry: (noted.append(entry), note(self, entry)))
    monkeypatch.setattr(stand_in, "tag", slow)
    tag_files([study_file], tmp_path / "ut.csv", SMALL)
    assert len(noted) == len(begun) == 4


class _Unlucky:
    """A worker that fails as often as it is told to."""

    failures = 0

    def __init__(self, settings):
        self.job = JobFolder(Path(settings.output))

    def read(self, number):
        type(self).failures -= 1
        if type(self).failures >= 0:
            raise OSError(5, "Input/output error")

    def tag(self, study):
        return study

    def write(self, number, tagged):
        return {"del": number}


def test_a_part_that_fails_in_a_worker_is_tried_three_times_more(tmp_path, monkeypatch):
    output = tmp_path / "ut.csv"
    JobFolder(output).start({})
    monkeypatch.setattr(engines, "Worker", _Unlucky)
    monkeypatch.setattr(engines, "PAUSE", 0)
    settings = asdict(WorkerSettings(str(output), None, "cpu", "float32", None))
    monkeypatch.setattr(_Unlucky, "failures", 3)
    assert Actor(settings)({"del": [7]}) == {"del": [7], "feil": [""]}
    monkeypatch.setattr(_Unlucky, "failures", 4)
    assert engines._unpack(Actor(settings)({"del": [7]})["feil"][0]).errno == 5


def test_a_worker_without_the_shared_folder_says_so(tmp_path):
    actor = Actor(asdict(WorkerSettings(str(tmp_path / "ut.csv"), None, "cpu", "float32", None)))
    error = engines._unpack(actor({"del": [0]})["feil"][0])
    assert isinstance(error, InputError) and "disk som alle maskinene ser" in str(error)


def test_standard_output_is_no_place_for_other_machines(stand_in, study_file, monkeypatch):
    monkeypatch.setenv("RAY_ADDRESS", "en.annen.maskin:6379")
    with pytest.raises(InputError, match="standard ut"):
        tag_files([study_file], "-", replace(SMALL, engine="ray"))
