import numpy as np
import pandas as pd

from textinnsikt.themes import Codebook, to_targets
from textinnsikt.themes.diagnosis import diagnose
from textinnsikt.themes.evaluation import calibration_error

BOOK = Codebook.load()


def _sample(n=400, seed=0):
    rng = np.random.default_rng(seed)
    values = ["ingen", "positiv", "negativ", "blandet"]
    labels = pd.DataFrame({t: rng.choice(values, n, p=[0.6, 0.2, 0.15, 0.05]) for t in BOOK.keys})
    labels["tekst"] = [f"Kommentar nummer {i}." for i in range(n)]
    labels["stemme"] = rng.choice(["s1", "s2", "s3"], n, p=[0.5, 0.48, 0.02])
    labels["målform"] = "bokmål"
    chance = np.clip(0.7 * to_targets(labels, BOOK) + rng.uniform(0, 0.6, (n, 8)), 0, 1).round(4)
    return labels, chance >= 0.6, chance


def test_confusion_counts_every_comment_once_a_theme():
    labels, yes, chance = _sample()
    found = diagnose(labels, yes, chance, draws=5)
    assert (found.confusion.groupby("tema")["antall"].sum() == len(labels)).all()
    right = found.confusion.query("merket == sagt")["antall"].sum()
    assert right == len(labels) * 4 - len(_all_mistakes(labels, yes, chance))


def _all_mistakes(labels, yes, chance):
    return diagnose(labels, yes, chance, n_mistakes=10**6, draws=5).mistakes


def test_the_surest_mistakes_come_first_and_are_mistakes():
    mistakes = _all_mistakes(*_sample())
    assert (mistakes["merket"] != mistakes["sagt"]).all()
    assert mistakes["sannsynlighet"].is_monotonic_increasing


def test_reliability_adds_up_to_the_calibration_error():
    labels, yes, chance = _sample()
    rows = diagnose(labels, yes, chance, draws=5).reliability
    assert rows["n"].sum() == chance.size
    error = (rows["n"] * (rows["sagt"] - rows["andel"]).abs()).sum() / rows["n"].sum()
    assert np.isclose(error, calibration_error(to_targets(labels, BOOK), chance))
    assert ((rows["nedre"] <= rows["andel"]) & (rows["andel"] <= rows["øvre"])).all()


def test_groups_large_enough_have_their_own_figures():
    found = diagnose(*_sample(), draws=20)
    assert found.groups["gruppe"].tolist() == ["stemme", "stemme", "målform"]
    assert (found.groups["nedre"] <= found.groups["øvre"]).all()
    assert all(value is None or value == value for row in found.to_dict()["grupper"] for value in row.values())


def test_the_figure_has_the_diagonal_and_the_points():
    spec = diagnose(*_sample(), draws=5).plot().to_dict()
    assert len(spec["layer"]) == 3


def test_written_form_is_told_from_the_text_when_it_is_not_given():
    labels, yes, chance = _sample(60)
    labels = labels.drop(columns="målform")
    labels["tekst"] = ["Eg måtte vente lenge, og ho høyrde ikkje på meg."] * 30 + ["Jeg fikk ikke svar."] * 30
    groups = diagnose(labels, yes, chance, draws=5).groups
    assert set(groups.query("gruppe == 'målform'")["verdi"]) == {"bokmål", "nynorsk"}
