import numpy as np
import pandas as pd
from sklearn.metrics import f1_score, precision_score, recall_score

from textinnsikt.themes import Codebook, to_targets
from textinnsikt.themes.evaluation import evaluate_decisions

BOOK = Codebook.load()


def _sample(n=300, seed=0):
    rng = np.random.default_rng(seed)
    values = ["ingen", "positiv", "negativ", "blandet"]
    labels = pd.DataFrame({t: rng.choice(values, n, p=[0.6, 0.2, 0.15, 0.05]) for t in BOOK.keys})
    truth = to_targets(labels, BOOK)
    flipped = rng.uniform(size=truth.shape) < 0.1
    return labels, truth, np.where(flipped, 1 - truth, truth)


def test_figures_agree_with_scikit_learn():
    labels, truth, said = _sample()
    result = evaluate_decisions(labels, said, draws=20)
    rows = result.summary.set_index("utfall")
    for place, name in enumerate(BOOK.outputs):
        assert np.isclose(rows.at[name, "f1"], f1_score(truth[:, place], said[:, place]))
        assert np.isclose(rows.at[name, "presisjon"], precision_score(truth[:, place], said[:, place]))
        assert np.isclose(rows.at[name, "dekning"], recall_score(truth[:, place], said[:, place]))
    assert np.isclose(result.score("makro_f1"), f1_score(truth, said, average="macro"))
    mention, heard = truth.reshape(-1, 4, 2).any(2), said.reshape(-1, 4, 2).any(2)
    assert np.isclose(result.score("makro_f1_omtale"), f1_score(mention, heard, average="macro"))


def test_interval_holds_the_estimate_and_narrows_with_n():
    small = evaluate_decisions(*_sample(100)[::2], draws=300).summary.set_index("utfall").loc["makro_f1"]
    large = evaluate_decisions(*_sample(2000)[::2], draws=300).summary.set_index("utfall").loc["makro_f1"]
    for row in (small, large):
        assert row["nedre"] < row["f1"] < row["øvre"]
    assert large["øvre"] - large["nedre"] < 0.5 * (small["øvre"] - small["nedre"])


def test_an_output_that_is_neither_true_nor_said_has_no_part_in_the_means():
    labels, truth, said = _sample()
    labels["mersalg"], said[:, -2:] = "ingen", 0
    result = evaluate_decisions(labels, said, draws=50)
    rows = result.summary.set_index("utfall")
    assert rows.loc["mersalg:omtale", ["f1", "nedre", "øvre", "presisjon", "dekning"]].isna().all()
    assert result.to_dict()["rader"][-3]["f1"] is None
    truth = to_targets(labels, BOOK)
    assert np.isclose(result.score("makro_f1"), f1_score(truth, said, average="macro", zero_division=np.nan))
    assert result.score("makro_f1") > 0.6
    perfect = evaluate_decisions(labels, truth, draws=50).summary.set_index("utfall")
    assert perfect.loc["makro_f1_omtale", ["nedre", "f1", "øvre"]].tolist() == [1, 1, 1]


def test_precision_and_recall_have_intervals():
    rows = evaluate_decisions(*_sample()[::2], draws=300).summary.set_index("utfall")
    single = rows.drop(index=["makro_f1", "makro_f1_omtale"])
    for name in ("presisjon", "dekning"):
        assert (single[f"{name}_nedre"] < single[name]).all() and (single[name] < single[f"{name}_øvre"]).all()
