import tracemalloc

import numpy as np

from textinnsikt.scale import survey
from textinnsikt.scale.folder import JobFolder


def test_ids_are_compared_without_holding_them_all(tmp_path, monkeypatch):
    monkeypatch.setattr(survey, "_SHARE", 5000)
    job = JobFolder(tmp_path / "ut.csv")
    job.start({})
    hashes = np.random.default_rng(0).permutation(200_000).astype(np.uint64)
    hashes.tofile(job.folder / "ider")
    tracemalloc.start()
    survey._check_ids(None, job, None)  # neither rows nor layout is looked at when no id comes twice
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < hashes.nbytes / 4 and not (job.folder / "ider").exists()
