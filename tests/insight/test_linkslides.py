import pytest

from textinnsikt.insight import wording
from textinnsikt.insight.slides import render_slides

from .test_slides import _bars, _charts, _deck, _texts


@pytest.fixture(scope="module")
def slides(full):
    return {s.shapes.title.text_frame.text: s for s in _deck(render_slides(full.collect())).slides}


def test_importance_holds_the_frames_numbers(full, slides):
    slide = slides["Viktighet og omtale"]
    (chart,) = _charts(slide)
    frame = full.importance.summary
    for name, *found in zip(chart.plots[0].categories, *_bars(chart.plots[0].series[0]), strict=True):
        row = frame[frame["tema"] == name.lower()].iloc[0]
        assert found == pytest.approx([row["andel"], row["andel_nedre"], row["andel_øvre"]])
    said = "\n".join(_texts(slide))
    assert "Det folk selv sier de ønsker seg mest: lytting, løsning og behovskartlegging." in said
    assert "Behovskartlegging 50 % (25–70) 45 % (25–65)" in said
    assert len(slide.notes_slide.notes_text_frame.text) > 100


def test_winners_hold_the_frames_numbers(full, slides):
    slide = slides["Hva får klassevinnerne oftere høre?"]
    (chart,) = _charts(slide)
    rows = full.winners.summary.query("klasse == 'alle'").set_index(["omtale", "tema"])
    said = "\n".join(_texts(slide))
    for series in chart.plots[0].series:
        mention = series.name.split()[0]
        for name, *found in zip(chart.plots[0].categories, *_bars(series), strict=True):
            row = rows.loc[mention, name.lower()]
            assert found == pytest.approx([100 * row["estimat"], 100 * row["nedre"], 100 * row["øvre"]])
            assert f"{name} {mention} {wording.number(found[0], 0)} " in said


def test_slides_without_findings_are_left_out(facts):
    titles = [s.shapes.title.text_frame.text for s in _deck(render_slides(facts)).slides]
    assert "Viktighet og omtale" not in titles and "Hva får klassevinnerne oftere høre?" not in titles
