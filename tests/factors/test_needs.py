import numpy as np
import pandas as pd
import pytest

from textinnsikt.factors.correction import Corrected
from textinnsikt.factors.needs import labels_needed


@pytest.fixture
def corrected():
    """Two estimates from 100 of 1,000 contacts, variance 1 from drawing; the second has more from the scores."""
    columns = {"feil": [1.25, 3.0], "feil_merker": [1.0, 1.0], "frihet": np.inf}
    frame = pd.DataFrame(columns, index=["a:positiv", "a:negativ"])
    influence = np.full((100, 2), np.sqrt(1 / (100 * 90)))
    return Corrected(frame, influence, np.full(100, 0.1))


def test_labels_follow_the_variance_of_simple_random_drawing(corrected):
    row = labels_needed(corrected, 1.6, 1000).iloc[0]
    # Variance wanted (1.6 / 1.96)^2 less 0.5625 from the scores; drawing m of 1,000 gives (1000 / m - 1) / 9.
    wanted = (1.6 / 1.959964) ** 2 - 0.5625
    assert row["merker"] == int(np.ceil(1000 / (1 + 9 * wanted)))
    assert pd.isna(row["henvendelser"]) and row["merket"] == 100
    assert row["halvbredde"] == pytest.approx(1.959964 * 1.25)


def test_where_labels_cannot_do_it_the_contacts_needed_are_given(corrected):
    row = labels_needed(corrected, 1.6, 1000).iloc[1]
    assert pd.isna(row["merker"])
    assert row["henvendelser"] == int(np.ceil(1000 * 8 / (1.6 / 1.959964) ** 2))


def test_a_wide_interval_needs_fewer_labels_than_there_are(corrected):
    assert labels_needed(corrected, 4, 1000).loc[0, "merker"] < 100


def test_few_degrees_of_freedom_ask_for_more_labels(corrected):
    many = labels_needed(corrected, 2, 1000).loc[0, "merker"]
    corrected.frame["frihet"] = 6.0
    row = labels_needed(corrected, 2, 1000).iloc[0]
    assert row["merker"] > many and row["halvbredde"] == pytest.approx(2.446912 * 1.25)


def test_a_refused_estimate_has_no_answer(corrected):
    corrected.frame.loc["a:positiv"] = np.nan
    assert labels_needed(corrected, 2, 1000).loc[0, ["merker", "henvendelser"]].isna().all()
