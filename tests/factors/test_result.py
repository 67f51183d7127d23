"""How the associations are shown."""

import json

import pandas as pd

from textinnsikt.factors.result import COLUMNS, FactorResult, strongest

ROWS = [
    ("lytting", "positiv", "rå", 6.25, 4.1, 8.3, 120, 0.0001, 0.0002),
    ("lytting", "positiv", "justert", -1.5, -2.0, -1.0, 120, 0.02, 0.04),
    ("mersalg", "negativ", "justert", None, None, None, 4, None, None),
]


def result(score_range=(0, 100), level=0.95) -> FactorResult:
    header = {
        **{"source": "a<b>.csv", "hash": "x", "contacts": 9, "contacts_total": 12, "centres": 3},
        **{"shoppers": 5, "score_range": list(score_range), "method": "m", "level": level},
        **{"unsure": True, "seed": 0, "version": "1"},
    }
    return FactorResult(pd.DataFrame(ROWS, columns=list(COLUMNS)), ("Tre er < fire.",), header)


def test_dictionary_is_json_without_missing_numbers():
    again = json.loads(json.dumps(result().to_dict(), allow_nan=False))
    assert again["summary"][2]["estimat"] is None and again["summary"][0]["estimat"] == 6.25
    assert again["notes"] == ["Tre er < fire."]


def test_notebook_display_is_escaped_and_norwegian():
    html = result((1, 6), level=0.99)._repr_html_()
    assert "a&lt;b&gt;.csv" in html and "Tre er &lt; fire." in html
    assert "6,25" in html and "−1,50" in html and "poeng (1–6)" in html and "99 % konfidensintervall" in html
    assert "<td>–</td>" in html


def test_notebook_display_says_what_it_rests_on():
    """Enough to make the table again: data, seed and version; and how many shoppers each figure really has."""
    one = result()
    one.header["effective_shoppers"] = {"lytting:positiv": 8.25}
    shown = one._repr_html_()
    assert "5 shoppere (effektivt antall: lytting: positiv 8,2)" in shown
    assert "frø 0; textinnsikt 1; data x" in shown


def test_unit_names_another_scale_than_the_usual():
    assert result().unit == "poeng"
    assert result((0.5, 6)).unit == "poeng (0,5–6)"


def test_strongest_leaves_out_raw_and_refused():
    found = strongest(result())
    assert found[["tema", "metode"]].to_numpy().tolist() == [["lytting", "justert"]]


def test_repr_is_one_line():
    assert repr(result()) == "FactorResult(a<b>.csv: 9 henvendelser, 3 kundesentre)"
