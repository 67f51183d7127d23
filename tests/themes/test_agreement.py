import numpy as np
import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.themes.agreement import alphas, measure_agreement

VALUES = {1: "ingen", 2: "positiv", 3: "negativ", 4: "blandet"}
# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", section C: four observers, twelve units, 0 missing;
# his fifth value occurs in units 10 and 11.
FOUR = ["123321412000", "123322412503", "033323422510", "123324412510"]


def _long(codes, values=VALUES):
    rows = [
        (f"h{unit:02}", 1, f"o{observer}", values[int(code)])
        for observer, line in enumerate(codes)
        for unit, code in enumerate(line)
        if code != "0"
    ]
    return pd.DataFrame(rows, columns=["henvendelse", "kommentar_nr", "annotatør", "lytting"])


def test_alpha_is_that_of_krippendorff_s_example():
    table = np.zeros((12, 5))
    for line in FOUR:
        for unit, code in enumerate(line):
            if code != "0":
                table[unit, int(code) - 1] += 1
    assert round(float(alphas(table, np.ones((1, 12)))[0]), 3) == 0.743


def test_alpha_is_scott_s_pi_corrected_for_two_annotators():
    rng = np.random.default_rng(2)
    one = rng.integers(1, 5, 80)
    two = np.where(rng.uniform(size=80) < 0.8, one, rng.integers(1, 5, 80))
    result = measure_agreement(_long(["".join(map(str, one)), "".join(map(str, two))]), ["lytting"], draws=300)
    row = result.summary.iloc[0]
    share = np.bincount(np.r_[one, two], minlength=5) / 160
    chance = (160 * (share**2).sum() - 1) / 159
    assert np.isclose(row["estimat"], ((one == two).mean() - chance) / (1 - chance))
    assert row["nedre"] < row["estimat"] < row["øvre"] and row["n"] == 80
    assert np.isclose(row["enighet"], (one == two).mean())
    assert result.confusions["antall"].sum() == (one != two).sum() == len(result.disagreements)


def test_interval_counts_contacts_and_not_comments():
    rng = np.random.default_rng(4)
    apart = rng.uniform(size=40) < 0.3
    rows = []
    for contact in range(40):
        for number in (1, 2, 3):
            value = ["ingen", "positiv", "negativ"][contact % 3]
            rows.append((f"h{contact:02}", number, "a", value))
            rows.append((f"h{contact:02}", number, "b", "blandet" if apart[contact] else value))
    frame = pd.DataFrame(rows, columns=["henvendelse", "kommentar_nr", "annotatør", "lytting"])
    whole = measure_agreement(frame, ["lytting"], draws=500).summary.iloc[0]
    single = measure_agreement(frame[frame["kommentar_nr"] == 1], ["lytting"], draws=500).summary.iloc[0]
    assert np.isclose(whole["øvre"] - whole["nedre"], single["øvre"] - single["nedre"], rtol=0.1)


def test_disagreements_say_who_says_what_with_remarks():
    rows = _long(["12", "13"]).assign(merknad=["", "tvil", "", ""])
    found = measure_agreement(rows, ["lytting"], draws=20).disagreements
    assert found["henvendelse"].tolist() == ["h01"]
    assert found["uenighet"].tolist() == ["lytting: o0 positiv, o1 negativ"] and found["merknad"].tolist() == ["tvil"]


def test_one_value_only_has_no_alpha_and_one_annotator_is_refused():
    result = measure_agreement(_long(["111", "111"]), ["lytting"], draws=20)
    assert result.summary[["estimat", "nedre"]].isna().all().all()
    assert result.to_dict()["annotators"] == ["o0", "o1"] and "–" in result._repr_html_()
    with pytest.raises(InputError, match="--overlap"):
        measure_agreement(_long(["123"]), ["lytting"])


def test_the_figure_shows_every_theme():
    chart = measure_agreement(_long(["1234", "1233"]), ["lytting"], draws=50).plot().to_dict()
    assert "lytting" in str(chart)
