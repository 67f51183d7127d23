import numpy as np
import pandas as pd

from textinnsikt.themes import Codebook
from textinnsikt.themes.labelled import to_targets
from textinnsikt.themes.suspects import find_suspects

BOOK = Codebook.from_dict({"tema": {"lytting": {}, "løsning": {}}})


def test_labels_that_were_changed_are_found():
    rng = np.random.default_rng(0)
    n = 500
    clean = pd.DataFrame(
        {theme: rng.choice(["ingen", "positiv", "negativ"], n, p=[0.6, 0.25, 0.15]) for theme in BOOK.keys}
    )
    truth = to_targets(clean, BOOK)
    stated = np.clip(np.where(truth == 1, 0.85, 0.06) + rng.normal(0, 0.08, truth.shape), 0.001, 0.999)
    labelled = clean.assign(henvendelse=[f"h{i}" for i in range(n)], kommentar_nr=1, tekst="x")
    wrong = rng.choice(n, 25, replace=False)
    labelled.loc[wrong, "lytting"] = np.where(clean.loc[wrong, "lytting"] == "ingen", "positiv", "ingen")
    found = find_suspects(labelled, stated, BOOK)
    changed = {f"h{i}" for i in wrong}
    hits = found[found["tema"] == "lytting"].drop_duplicates("henvendelse")
    assert len(changed & set(hits["henvendelse"])) >= 12
    assert set(hits["henvendelse"]) <= changed
    assert found["sannsynlighet"].between(0, 1).all()


def test_outputs_with_one_label_only_are_left_alone():
    labelled = pd.DataFrame(
        {"henvendelse": ["a", "b"], "kommentar_nr": 1, "tekst": "x", "lytting": "ingen", "løsning": "ingen"}
    )
    found = find_suspects(labelled, np.full((2, 4), 0.9), BOOK)
    assert found.empty and list(found)[:3] == ["henvendelse", "kommentar_nr", "tema"]
