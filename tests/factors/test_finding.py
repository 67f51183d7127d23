"""What the findings share."""

import numpy as np
import pandas as pd

from textinnsikt.factors.finding import Finding, header_of, records


def test_header_names_the_data_and_who_carries_each_theme(tagged):
    header = header_of(tagged, tagged.contacts, 0.95, 7)
    assert (header["source"], header["hash"], header["seed"]) == ("studie.csv", "abc", 7)
    assert header["contacts"] == 500 and header["centres"] == 20 and header["shoppers"] == 30
    assert all(10 < header["carriers"][theme] <= 30 for theme in tagged.themes)


def test_few_carriers_are_seen(tagged):
    contacts = tagged.contacts
    alone = contacts["shopper"] == "s003"
    few = contacts.assign(**{"lytting:positiv": alone.astype(float), "lytting:negativ": 0.0})
    assert header_of(tagged, few, 0.95, 0)["carriers"]["lytting"] == 1.0


def test_notebook_display_is_norwegian_and_escaped():
    frame = pd.DataFrame({"tema": ["<b>"], "estimat": [-1.5], "p": [np.nan]})
    shown = Finding(frame, ("a < b",), {"source": "<studie>", "level": 0.9})._repr_html_()
    assert "−1,50" in shown and "–" in shown and "90 % konfidensintervall" in shown
    assert "&lt;studie&gt;" in shown and "a &lt; b" in shown and "<b>" not in shown.replace("<b>&lt;studie&gt;</b>", "")


def test_notebook_display_says_how_many_shoppers_carry_each_theme(tagged):
    shown = Finding(pd.DataFrame({"n": [1]}), (), header_of(tagged, tagged.contacts, 0.95, 0))._repr_html_()
    assert "30 shoppere (effektivt antall: lytting 2" in shown and ", mersalg " in shown


def test_records_are_plain_values():
    frame = pd.DataFrame({"a": [np.int64(1)], "b": pd.array([None], dtype="Int64"), "c": [np.float64("nan")]})
    assert records(frame) == [{"a": 1, "b": None, "c": None}]
    assert type(records(frame)[0]["a"]) is int
