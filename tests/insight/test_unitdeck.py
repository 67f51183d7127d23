from dataclasses import replace

import pytest

from textinnsikt.insight import wording
from textinnsikt.insight.unitdeck import render_unit_deck

from .test_slides import LONG, _bars, _charts, _deck, _height, _texts
from .test_workshop import UNITS, apart  # noqa: F401


@pytest.fixture(scope="module")
def sheet(apart):  # noqa: F811
    return apart.workshop("kundesenter", "Lynnett")


@pytest.fixture(scope="module")
def deck(sheet):
    return _deck(render_unit_deck(sheet))


def _slide(deck, title):
    return next(s for s in deck.slides if s.shapes.title.text_frame.text.startswith(title))


def test_the_deck_is_whole(deck):
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == [
        *("Lynnett", "Slik er tallene laget", "Scoren mot klassen og vinneren", "Temaene hos oss og i klassen"),
        *("Hva skiller oss fra klassen?", "Styrker å ta vare på", "Å trene på", "Øvelser: mersalg", "Til diskusjon"),
        *("Dette prøver vi", "Metode og forbehold"),
    ]
    for slide in deck.slides:
        assert len(slide.notes_slide.notes_text_frame.text) > 60
        assert sum(len(text) for text in _texts(slide)) > 40


def test_charts_hold_the_sheets_numbers(sheet, deck):
    (chart,) = _charts(_slide(deck, "Scoren"))
    rows = {row["navn"]: row for row in sheet["score"]}
    for name, *found in zip(chart.plots[0].categories, *_bars(chart.plots[0].series[0]), strict=True):
        assert found == pytest.approx([rows[name][key] for key in ("estimat", "nedre", "øvre")])
    themes = {theme["navn"]: theme for theme in sheet["temaer"]}
    places = {"Lynnett": lambda t: t, "Klassen": lambda t: t["mot"], "Klassevinneren": lambda t: t["vinner"]}
    for chart, mention in zip(_charts(_slide(deck, "Temaene")), ("positiv", "negativ"), strict=True):
        assert chart.value_axis.maximum_scale == _charts(_slide(deck, "Temaene"))[0].value_axis.maximum_scale
        for series in chart.plots[0].series:
            for name, *found in zip(chart.plots[0].categories, *_bars(series), strict=True):
                cell = places[series.name](themes[name])[mention]
                wanted = [None] * 3 if cell is None else [cell[key] for key in ("estimat", "nedre", "øvre")]
                assert found == pytest.approx(wanted)
    (chart,) = _charts(_slide(deck, "Hva skiller"))
    said = "\n".join(_texts(_slide(deck, "Hva skiller")))
    for name, *found in zip(chart.plots[0].categories, *_bars(chart.plots[0].series[0]), strict=True):
        gap = themes[name]["forskjell"]
        assert found == pytest.approx([100 * gap[key] for key in ("estimat", "nedre", "øvre")])
        span = f"{wording.number(found[1], 0)} og {wording.number(found[2], 0)}"
        assert f"{name} {wording.number(found[0], 0)} {span} {'ja' if gap['sikker'] else 'nei'}" in said


def test_strengths_training_and_cards_are_told(sheet, deck):
    for title, entries in (("Styrker", sheet["styrker"]), ("Å trene", sheet["trening"])):
        said = "\n".join(_texts(_slide(deck, title)))
        for entry in entries:
            assert entry["setning"] in said and entry["andeler"] in said and entry["sitater"][0]["setning"] in said
    said = "\n".join(_texts(_slide(deck, "Øvelser")))
    assert all(card["tittel"] in said and card["slik"] in said for card in sheet["øvelser"])
    form = next(shape for shape in _slide(deck, "Dette").shapes if shape.has_table).table
    assert len(form.rows) == 6 and all(cell.text == "" for cell in list(form.rows)[1].cells)


def test_an_unsure_difference_is_called_so(full):
    deck = _deck(render_unit_deck(full.workshop("kundesenter", "Lynnett")))
    assert "ingen sikker forskjell fra klassen" in "\n".join(_texts(_slide(deck, "Mulige styrker")))


def test_few_contacts_are_said_and_the_rest_stands(full):
    deck = _deck(render_unit_deck(full.workshop("kundesenter", "Fraktlinjen")))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert "For få henvendelser: se på klassen" in titles and "Styrker å ta vare på" not in titles
    assert {"Øvelser: løsning", "Dette prøver vi", "Metode og forbehold"} <= set(titles)
    for slide in deck.slides:
        for chart in _charts(slide):
            assert "Fraktlinjen" not in [*chart.plots[0].categories, *(s.name for s in chart.plots[0].series)]


@pytest.mark.parametrize(("kind", "name"), UNITS)
@pytest.mark.parametrize("stretched", [False, True])
def test_nothing_overflows(full, kind, name, stretched):
    insight = full
    if stretched:
        comments = full.tagged.comments
        columns = [c for c in comments if c.endswith("_setning")]
        longer = {c: (comments[c].astype(object) + " " + LONG).where(comments[c].notna(), None) for c in columns}
        longer["kundesenter"] = comments["kundesenter"] + " " + LONG
        longer["klasse"] = comments["klasse"] + " " + LONG
        tagged = replace(full.tagged, comments=comments.assign(**longer))
        insight = replace(full, tagged=tagged, title=LONG, theme_names={"lytting": "Lytting " + LONG})
        name = f"{name} {LONG}"
    deck = _deck(render_unit_deck(insight.workshop(kind, name)))
    for slide in deck.slides:
        for shape in slide.shapes:
            left, top, width, height = (v / 914400 for v in (shape.left, shape.top, shape.width, shape.height))
            assert left >= 0 and top >= 0 and left + width <= 13.34 and top + height <= 7.5, shape.name
            if shape.has_text_frame and shape.text_frame.text:
                margin = (shape.text_frame.margin_left + shape.text_frame.margin_right) / 914400
                assert _height(shape.text_frame, width - margin) <= height * 1.02, shape.text_frame.text
            if shape.has_table:
                assert sum(row.height for row in shape.table.rows) / 914400 <= height * 1.01


def test_same_bytes_every_time(sheet):
    assert render_unit_deck(sheet) == render_unit_deck(sheet)
