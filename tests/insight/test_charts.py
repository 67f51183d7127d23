import re
from xml.etree import ElementTree

import pytest

from textinnsikt.insight import charts


def _draw(facts, key="figur"):
    return charts.svg(charts.factor_chart(facts, 760), key, "Tittel <b>", "Beskrivelse & mer")


def test_drawing_is_well_formed_with_text_for_screen_readers(facts):
    root = ElementTree.fromstring(_draw(facts))
    assert root.attrib["role"] == "img" and root.attrib["aria-labelledby"] == "figur-t figur-d"
    assert root.find("title").text == "Tittel <b>" and root.find("desc").text == "Beskrivelse & mer"


def test_drawing_is_the_same_every_time(facts):
    assert _draw(facts) == _draw(facts)


def test_identifiers_of_two_drawings_differ(facts):
    pattern = re.compile(r'id="([^"]+)"')
    first, second = (set(pattern.findall(_draw(facts, key))) for key in ("en", "to"))
    assert not first & second


def test_drawing_has_decimal_commas_and_both_mentions(facts):
    drawn = _draw(facts)
    row = next(r for r in facts["faktorer"]["rader"] if r["metode"] == "justert")
    assert f"{row['estimat']:.1f}".replace(".", ",") in drawn
    assert "#0072B2" in drawn and "#D55E00" in drawn


@pytest.mark.parametrize("width", charts.WIDTHS.values())
def test_charts_of_groups_and_clusters_fit_their_width(facts, width):
    names = [theme["navn"] for theme in facts["temaer"]]
    drawn = [
        charts.theme_chart(facts["temaandeler"]["alle"]["celler"], names, width),
        charts.share_chart(facts["temaandeler"]["klasse"], names, width),
        charts.cluster_chart(facts, width),
        charts.factor_chart(facts, width),
    ]
    for place, chart in enumerate(drawn):
        found = re.search(r'viewBox="0 0 (\d+)', charts.svg(chart, f"f{place}", "t", "d"))
        assert int(found[1]) <= width * 1.15


def test_groups_too_small_to_show_are_not_drawn(facts):
    names = [theme["navn"] for theme in facts["temaer"]]
    drawn = charts.svg(charts.share_chart(facts["temaandeler"]["klasse"], names, 760), "f", "t", "d")
    assert "Bank" in drawn and "Avis" not in drawn


def test_nothing_to_draw_gives_nothing(facts):
    empty = {**facts, "faktorer": {**facts["faktorer"], "rader": []}, "klynger": {"rader": [], "setninger": 0}}
    assert charts.factor_chart(empty, 760) is None and charts.cluster_chart(empty, 760) is None
    assert charts.share_chart([], [], 760) is None and charts.theme_chart([], [], 760) is None
