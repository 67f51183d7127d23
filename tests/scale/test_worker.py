from textinnsikt.scale import engines, tag_files, worker
from textinnsikt.scale.streamtagger import StreamTagger
from textinnsikt.themes import ThemeTagger
from textinnsikt.themes.facts import TRUST

from .conftest import SMALL


def test_a_worker_is_told_to_trust_the_model_s_code(stand_in, study_file, tmp_path, monkeypatch):
    seen = []
    real = engines.Worker
    monkeypatch.setattr(engines, "Worker", lambda settings: (seen.append(settings), real(settings))[1])
    tag_files([study_file], tmp_path / "uten.csv", SMALL)
    monkeypatch.setenv(TRUST, "1")
    tag_files([study_file], tmp_path / "med.csv", SMALL)
    assert [settings.trust_remote_code for settings in seen] == [False, True]


def test_a_trusting_worker_loads_a_trusting_tagger(monkeypatch):
    seen = []
    real = ThemeTagger._from_folder.__func__

    def spy(cls, folder, trust_remote_code):
        seen.append(trust_remote_code)
        return real(cls, folder, trust_remote_code)

    monkeypatch.setattr(ThemeTagger, "_from_folder", classmethod(spy))
    settings = worker.WorkerSettings("ut.csv", None, "cpu", "float32", None, trust_remote_code=True)
    assert isinstance(worker.open_tagger(settings), StreamTagger) and seen == [True]
