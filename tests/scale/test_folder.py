from pathlib import Path

import pytest

from textinnsikt import InputError
from textinnsikt.scale import folder
from textinnsikt.scale.folder import JobFolder, write_whole


def test_a_file_is_whole_or_not_there(tmp_path):
    path = tmp_path / "a.csv"
    write_whole(path, lambda fresh: fresh.write_text("hel", encoding="utf-8"))

    def break_off(fresh):
        fresh.write_text("halv", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError):
        write_whole(path, break_off)
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"] and path.read_text(encoding="utf-8") == "hel"


def test_a_torn_line_of_the_log_is_left_out_and_what_follows_is_kept(tmp_path):
    job = JobFolder(tmp_path / "ut.csv")
    job.start({})
    job.note({"del": 0, "bytes": 1})
    log = job.folder / "ferdige.jsonl"
    log.write_bytes(log.read_bytes() + b'{"del": 1, "by')
    assert list(job.done) == [0]
    job.note({"del": 2, "bytes": 1})
    assert list(job.done) == [0, 2]


def test_a_damaged_manifest_counts_as_none(tmp_path):
    job = JobFolder(tmp_path / "ut.csv")
    job.start({"modell": "a"})
    job.update(fakta={"n": 1})
    assert job.manifest == {"innstillinger": {"modell": "a"}, "fakta": {"n": 1}}
    (job.folder / "manifest.json").write_text("{", encoding="utf-8")
    assert job.manifest == {}


def test_the_lock_is_let_go_and_leaves_nothing(tmp_path):
    job = JobFolder(tmp_path / "ut.csv")
    with pytest.raises(InputError, match="annen kjøring"), job.lock(), JobFolder(tmp_path / "ut.csv").lock():
        pass
    with job.lock():
        pass
    assert list(tmp_path.iterdir()) == []


def test_on_windows_the_lock_is_closed_before_it_is_taken_away(tmp_path, monkeypatch):
    opened, really_open, unlink = [], Path.open, Path.unlink

    def keep(self, *given, **more):
        opened.append(really_open(self, *given, **more))
        return opened[-1]

    def refuse(self, missing_ok=False):
        assert all(file.closed for file in opened)
        unlink(self, missing_ok)

    monkeypatch.setattr(folder, "_WINDOWS", True)
    monkeypatch.setattr(Path, "open", keep)
    monkeypatch.setattr(Path, "unlink", refuse)
    with JobFolder(tmp_path / "ut.csv").lock():
        pass
    assert opened and list(tmp_path.iterdir()) == []
