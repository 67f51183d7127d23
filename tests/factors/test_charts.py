"""Charts can be drawn, with Norwegian numbers and the level they were computed at."""

import json

import pytest
import vl_convert

from textinnsikt.factors import CentreRanking, ClassWinners, Expectations, ThemeImportance


@pytest.fixture(scope="module")
def charts(tagged):
    importance = ThemeImportance(alpha=0.1, draws=60).fit(tagged)
    ranking = CentreRanking(alpha=0.1, draws=200).fit(tagged)
    return {
        "viktighet": importance.plot(),
        "vinnere": ClassWinners(alpha=0.1, permutations=99).fit(tagged).plot(),
        "rangering": ranking.plot(),
        "klasse": ranking.plot("Klasse 1"),
        "forventninger": Expectations(alpha=0.1, draws=60).fit(tagged, importance=importance).plot(),
    }


@pytest.mark.parametrize("name", ["viktighet", "vinnere", "rangering", "klasse", "forventninger"])
def test_chart_is_drawn(charts, name):
    drawing = vl_convert.vegalite_to_svg(json.dumps(charts[name].to_dict()))
    assert "90 % konfidensintervall" in drawing
    assert drawing.count('aria-roledescription="point"') >= 3


def test_a_class_shows_only_its_own_centres(charts):
    names = {row["navn"].split("  ")[0] for rows in charts["klasse"].to_dict()["datasets"].values() for row in rows}
    assert names and all(int(name.split()[1]) % 3 == 1 for name in names)
