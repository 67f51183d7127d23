import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from PIL import ImageFont
from pptx import Presentation
from pptx.util import Emu

from textinnsikt.errors import InputError
from textinnsikt.insight import wording
from textinnsikt.insight.slides import render_slides

LONG = "Et svært langt navn med mange ord og ettordsomerlangtutenmellomromogfortsetteroghelertlangt " * 3


def _deck(data):
    return Presentation(BytesIO(data))


def _texts(slide):
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            for row in shape.table.rows:
                yield " ".join(cell.text_frame.text for cell in row.cells)


def _charts(slide):
    return [shape.chart for shape in slide.shapes if shape.has_chart]


@pytest.fixture(scope="module")
def data(facts):
    return render_slides(facts)


@pytest.fixture(scope="module")
def deck(data):
    return _deck(data)


@pytest.fixture(scope="module")
def stretched(insight):
    """The same study with names and quotes that are far too long."""
    comments = insight.tagged.comments
    has = comments["tekst"].notna()
    sentences = {
        column: (comments[column].astype(object) + " " + LONG).where(comments[column].notna(), None)
        for column in comments
        if column.endswith("_setning")
    }
    comments = comments.assign(
        tekst=(comments["tekst"].astype(object) + " " + LONG).where(has, None),
        klasse=comments["klasse"] + " " + LONG,
        kanal=comments["kanal"] + " " + LONG,
        **sentences,
    )
    clusters = insight.clusters
    summary = clusters.summary.assign(navn="=1+1 " + clusters.summary["navn"] + " " + LONG, sitat_1=LONG * 3)
    changed = type(clusters)(summary=summary, sentences=clusters.sentences)
    factors = type(insight.factors)(summary=insight.factors.summary, notes=(LONG,) * 9, header={})
    tagged = replace(insight.tagged, comments=comments)
    names = {"lytting": "Lytting " + LONG}
    return replace(insight, tagged=tagged, clusters=changed, factors=factors, title=LONG, theme_names=names)


def test_the_deck_is_whole(deck):
    assert 9 <= len(deck.slides) <= 12
    assert (deck.slide_width, deck.slide_height) == (Emu(12191695), Emu(6858000))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert all(titles) and len(set(titles)) == len(titles)
    assert "Til diskusjon i grupper" in titles and "Metode og forbehold" in titles


def test_every_slide_has_content_a_talk_and_a_footer(deck):
    for place, slide in enumerate(deck.slides):
        assert len(slide.notes_slide.notes_text_frame.text) > 60
        assert sum(len(text) for text in _texts(slide)) > 60
        if place:
            assert "Kundeservice vinter" in list(_texts(slide))
            assert any('type="slidenum"' in part for part in [slide.part.blob.decode("utf-8")])


def test_findings_are_told_as_on_the_front_page(facts, deck):
    said = "\n".join(_texts(deck.slides[2]))
    for finding in facts["hovedfunn"]:
        assert finding["emne"] in said and finding["kort"] in said
        assert finding["setning"] in deck.slides[2].notes_slide.notes_text_frame.text


def test_factor_chart_and_table_hold_the_frames_numbers(insight, deck):
    slide = next(s for s in deck.slides if s.shapes.title.text_frame.text == "Hva henger sammen med scoren?")
    (chart,) = _charts(slide)
    rows = insight.factors.summary.query("metode == 'justert'").set_index(["omtale", "tema"])
    said = "\n".join(_texts(slide))
    for series in chart.plots[0].series:
        mention = series.name.split()[0]
        for theme, value, low, high in zip(chart.plots[0].categories, *_bars(series), strict=True):
            wanted = rows.loc[mention, theme.lower()]
            if wanted["estimat"] != wanted["estimat"]:
                assert value is None
                continue
            assert (value, low, high) == pytest.approx((wanted["estimat"], wanted["nedre"], wanted["øvre"]))
            span = f"{wording.number(low)} og {wording.number(high)}"
            assert f"{theme} {mention} {wording.number(value)} {span}" in said


def test_share_and_cluster_charts_hold_the_dicts_numbers(facts, deck):
    titles = {s.shapes.title.text_frame.text: s for s in deck.slides}
    shares = {(c["navn"], c["omtale"]): c for c in facts["temaandeler"]["alle"]["celler"]}
    (chart,) = _charts(titles["Hva skriver shopperne om temaene?"])
    _holds(chart, lambda series, category: shares[category, series.split()[0]])
    groups = {group["gruppe"]: group for group in facts["temaandeler"]["kanal"]}
    for chart, mention in zip(_charts(titles["Temaene i hver kanal"]), ("positiv", "negativ"), strict=True):
        cells = {(g, c["navn"]): c for g in groups for c in groups[g]["celler"] if c["omtale"] == mention}
        _holds(chart, lambda series, category, cells=cells: cells[series, category])
    topic = facts["fremhevet"]["positiv"]["tema"]
    classes = {
        group["gruppe"]: next(c for c in group["celler"] if (c["tema"], c["omtale"]) == (topic, "positiv"))
        for group in facts["temaandeler"]["klasse"]
        if group["celler"]
    }
    (chart,) = _charts(next(s for title, s in titles.items() if title.endswith("i hver klasse")))
    assert set(chart.plots[0].categories) == set(classes)
    _holds(chart, lambda series, category: classes[category])
    (chart,) = _charts(titles["Hva handler setningene om?"])
    clusters = {wording.opening(r["navn"]): {**r, "estimat": r["andel"]} for r in facts["klynger"]["rader"]}
    _holds(chart, lambda series, category: clusters[category])


def _holds(chart, wanted):
    for series in chart.plots[0].series:
        for category, *found in zip(chart.plots[0].categories, *_bars(series), strict=True):
            row = wanted(series.name, category)
            assert found == pytest.approx([row["estimat"], row["nedre"], row["øvre"]])


def _bars(series):
    """Return values and the ends of the error bars, as the chart's XML has them."""
    ends = []
    for tag, sign in (("minus", -1), ("plus", 1)):
        points = series._element.xpath(f"c:errBars/c:{tag}/c:numRef/c:numCache/c:pt/c:v")
        assert len(points) == len(series.values)
        ends.append(
            [None if v is None else v + sign * float(p.text) for v, p in zip(series.values, points, strict=True)]
        )
    return list(series.values), *ends


def test_data_sheets_hold_the_same_numbers_and_no_formula(stretched, deck):
    slides = [*deck.slides, *_deck(render_slides(stretched.collect())).slides]
    charts = [chart for slide in slides for chart in _charts(slide)]
    assert len(charts) == 12
    for chart in charts:
        book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        rows = list(book["Sheet1"].iter_rows(values_only=True))
        categories, series = list(chart.plots[0].categories), list(chart.plots[0].series)
        assert [row[0] for row in rows[1:]] == categories
        for column, one in enumerate(series, start=1):
            assert rows[0][column] == one.name
            for row, value in zip(rows[1:], one.values, strict=True):
                assert row[column] == (None if value is None else pytest.approx(value, rel=1e-12))
        assert all(cell.data_type != "f" for row in book["Sheet1"].iter_rows() for cell in row)
    assert any(name.startswith("=1+1") for chart in charts for name in chart.plots[0].categories)


def _height(frame, width):
    """Measure the text of a frame with another font's metrics; return inches."""
    total = 0.0
    for paragraph in frame.paragraphs:
        sizes = [run.font.size.pt for run in paragraph.runs if run.font.size is not None]
        if not sizes:
            continue
        font = ImageFont.load_default(sizes[0])
        room = (width - (0.25 if paragraph._p.pPr is not None and paragraph._p.pPr.get("marL") else 0)) * 72
        lines, used = 1, 0.0
        for word in "".join(run.text for run in paragraph.runs).split():
            length = font.getlength(word + " ")
            if used and used + length > room:
                lines, used = lines + 1, 0.0
            lines += int(length // room)
            used += length % room
        after = paragraph.space_after.pt if paragraph.space_after is not None else 0
        total += (lines * sizes[0] * 1.2 + after) / 72
    return total


@pytest.mark.parametrize("which", ["plain", "stretched"])
def test_nothing_overflows(facts, stretched, which):
    deck = _deck(render_slides(facts if which == "plain" else stretched.collect()))
    for slide in deck.slides:
        for shape in slide.shapes:
            left, top, width, height = (v / 914400 for v in (shape.left, shape.top, shape.width, shape.height))
            assert left >= 0 and top >= 0 and left + width <= 13.34 and top + height <= 7.5, shape.name
            if shape.has_text_frame and shape.text_frame.text:
                margin = (shape.text_frame.margin_left + shape.text_frame.margin_right) / 914400
                assert _height(shape.text_frame, width - margin) <= height * 1.02, shape.text_frame.text
            if shape.has_table:
                assert sum(row.height for row in shape.table.rows) / 914400 <= height * 1.01
                for row in shape.table.rows:
                    for column, cell in zip(shape.table.columns, row.cells, strict=True):
                        room = column.width / 914400 - 0.12
                        assert _height(cell.text_frame, room) <= row.height / 914400, cell.text_frame.text


def test_same_bytes_every_time(facts, data):
    assert render_slides(facts) == data


def test_slides_without_findings_are_left_out(facts):
    bare = {**facts, "faktorer": {**facts["faktorer"], "rader": []}, "klynger": {"rader": [], "setninger": 0}}
    bare["temaandeler"] = {"alle": None, "klasse": [], "kanal": []}
    bare["fremhevet"] = {"positiv": None, "negativ": None}
    titles = [slide.shapes.title.text_frame.text for slide in _deck(render_slides(bare)).slides]
    expected = ["Slik er studien gjort", "Hovedfunn", "Til diskusjon i grupper", "Metode og forbehold"]
    assert titles == ["Kundeservice vinter", *expected]


@pytest.fixture(params=[".pptx", ".potx"])
def template(request, tmp_path):
    """A 4:3 template with a slide of its own."""
    own = Presentation()
    own.slides.add_slide(own.slide_layouts[1]).shapes.title.text = "Malens eget lysbilde"
    stream = BytesIO()
    own.save(stream)
    path = tmp_path / f"mal{request.param}"
    with ZipFile(stream) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for item in old.infolist():
            part = old.read(item)
            if request.param == ".potx":
                part = part.replace(b"presentationml.presentation.main+xml", b"presentationml.template.main+xml")
            new.writestr(item, part)
    return path


def test_a_template_gives_its_look(facts, data, template):
    made = render_slides(facts, template)
    deck = _deck(made)
    assert (deck.slide_width, deck.slide_height) == (Emu(9144000), Emu(6858000))
    assert len(deck.slides) == len(_deck(data).slides)
    assert {slide.slide_layout.name for slide in deck.slides} == {"Title Slide", "Title Only"}
    with ZipFile(BytesIO(made)) as parts:
        assert not any(b"Malens eget" in parts.read(name) for name in parts.namelist())
        assert b"template.main" not in parts.read("[Content_Types].xml")
        assert parts.testzip() is None and len(set(parts.namelist())) == len(parts.namelist())
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height


@pytest.mark.parametrize("content", [None, b"ikke en presentasjon"])
def test_a_bad_template_is_refused_with_a_sentence(facts, tmp_path, content):
    path = tmp_path / "mal.potx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"Malen mal\.potx .*\.potx\."):
        render_slides(facts, path)


@pytest.mark.check
def test_deck_turns_into_as_many_pages(data, deck, tmp_path):
    office = shutil.which("soffice")
    assert office, "soffice mangler"
    (tmp_path / "kurs.pptx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "kurs.pptx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    told = subprocess.run(["pdfinfo", tmp_path / "kurs.pdf"], check=True, capture_output=True, text=True).stdout
    pages = int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages")))
    assert pages == len(deck.slides)
    text = subprocess.run(["pdftotext", tmp_path / "kurs.pdf", "-"], check=True, capture_output=True, text=True).stdout
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text.split()[0] in text
