"""A deck of slides: its look, or a template's, and the text that is put on it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Length, Pt

from textinnsikt.errors import InputError
from textinnsikt.insight.boxes import Box, Line, fit
from textinnsikt.insight.look import own_look
from textinnsikt.insight.style import STYLE
from textinnsikt.insight.wording import shorten

_EMU = 914400
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FOOTERS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
#: The list that divides a template's own slides into sections.
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_POTX = b"presentationml.template.main+xml"
_PPTX = b"presentationml.presentation.main+xml"


class Deck:
    """Slides in the making.

    Parameters
    ----------
    footer : str
        Text at the foot of every slide but the first.
    template : str or Path, optional
        A ``.pptx`` or ``.potx`` whose look is used; its slides are left out.
    """

    def __init__(self, footer: str, template: str | Path | None = None):
        self.footer = footer
        self.own = template is None
        self.presentation = own_look() if template is None else _opened(Path(template))
        self.width = self.presentation.slide_width / _EMU
        self.height = self.presentation.slide_height / _EMU

    def add(self, title: str, notes: str, cover: bool = False) -> tuple[Any, Box]:
        """Add a slide with a title and speaker notes; return it and the room under the title."""
        layout = _layout(self.presentation, cover)
        slide = self.presentation.slides.add_slide(layout)
        room = None
        for shape in list(slide.placeholders):
            if shape.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE:
                room = _box(shape)
            if shape.placeholder_format.type not in _TITLES:
                shape._element.getparent().remove(shape._element)
        head = slide.shapes.title
        if head is None:
            box = Box(0.05 * self.width, 0.05 * self.height, 0.9 * self.width, 0.12 * self.height)
            self.text(slide, box, [Line(title, bold=True)], 28, 18)
        else:
            box = _box(head)
            lines, size = fit([Line(title, bold=True)], box.inset(0.1, 0.05), 40 if cover else 28, 16)
            _fill(head.text_frame, lines, size if self.own else None)
        slide.notes_slide.notes_text_frame.text = notes
        if not cover:
            self._foot(slide, layout)
        top = box.top + box.height + 0.4
        margin = 0.6 / 13.333 * self.width
        bottom = self.height * 0.915
        return slide, room or Box(margin, top, self.width - 2 * margin, max(1.0, bottom - top))

    def text(
        self,
        slide: Any,
        box: Box,
        lines: list[Line],
        largest: float,
        smallest: float = 11,
        middle: bool = False,
    ) -> None:
        """Put text in a box, as large as fits between two sizes."""
        shape = slide.shapes.add_textbox(*_emu(box))
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        _fill(frame, *fit(lines, box, largest, smallest))

    def cards(
        self,
        slide: Any,
        rooms: list[Box],
        texts: list[list[Line]],
        largest: float,
        smallest: float,
        fill: str | None = STYLE.tint,
        edge: str | None = None,
    ) -> None:
        """Put one text on each of several panels, all in the same type size."""
        inner = [room.inset(min(0.25, room.width / 8), min(0.1, room.height / 8)) for room in rooms]
        size = min((fit(text, box, largest, smallest)[1] for text, box in zip(texts, inner, strict=False)), default=0)
        for room, box, text in zip(rooms, inner, texts, strict=False):
            if fill is not None:
                self.panel(slide, room, fill, edge)
            self.text(slide, box, text, size, size, middle=True)

    def panel(self, slide: Any, box: Box, colour: str = STYLE.tint, edge: str | None = None) -> None:
        """Draw a calm background panel, with a coloured edge to the left when given."""
        for place, fill in ((box, colour), (Box(box.left, box.top, 0.07, box.height), edge)):
            if fill is not None:
                _rectangle(slide.shapes, place, fill)

    def table(self, slide: Any, box: Box, header: list[str], rows: list[list[str]], widths: list[float]) -> None:
        """Add a native table; `widths` are shares of the box."""
        height = min(0.42, box.height / (len(rows) + 1))
        rooms = [Box(0, 0, share_of(widths, x) * box.width - 0.12, height - 0.04) for x in range(len(widths))]
        texts = [[Line(text, bold=y == 0, space=0) for text in cells] for y, cells in enumerate([header, *rows])]
        common = min(fit([line], room, 13, 10)[1] for cells in texts for line, room in zip(cells, rooms, strict=True))
        shape = slide.shapes.add_table(
            len(rows) + 1, len(header), *_emu(Box(box.left, box.top, box.width, height * (len(rows) + 1)))
        )
        table = shape.table
        table.horz_banding = False
        for column, share in zip(table.columns, widths, strict=True):
            column.width = Emu(int(share * box.width * _EMU))
        for y, cells in enumerate(texts):
            table.rows[y].height = Inches(height)
            for x, line in enumerate(cells):
                cell = table.cell(y, x)
                cell.margin_left = cell.margin_right = Inches(0.06)
                cell.margin_top = cell.margin_bottom = Inches(0.02)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(STYLE.accent if y == 0 else STYLE.tint if y % 2 == 0 else STYLE.paper)
                coloured = replace(line, colour=STYLE.paper if y == 0 else STYLE.ink)
                _fill(cell.text_frame, *fit([coloured], rooms[x], common, 7))

    def form(self, slide: Any, box: Box, header: list[str], rows: int, widths: list[float]) -> None:
        """Add a native table with empty rows to write in."""
        height = box.height / (rows + 0.5)
        shape = slide.shapes.add_table(rows + 1, len(header), *_emu(box))
        table = shape.table
        table.horz_banding = False
        for column, share in zip(table.columns, widths, strict=True):
            column.width = Emu(int(share / sum(widths) * box.width * _EMU))
        for y in range(rows + 1):
            table.rows[y].height = Inches(height / 2 if y == 0 else height)
            for x, text in enumerate(header):
                cell = table.cell(y, x)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE if y == 0 else MSO_ANCHOR.TOP
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(STYLE.accent if y == 0 else STYLE.tint)
                line = Line(text if y == 0 else "", bold=y == 0, colour=STYLE.paper if y == 0 else STYLE.ink, space=0)
                _fill(cell.text_frame, [line], 14)

    def save(self, title: str, when: str | None) -> bytes:
        """Return the file's bytes; the same deck gives the same bytes."""
        # A date may lack its day, or day and month.
        moment = datetime.fromisoformat(f"{when}-01-01"[:10]) if when else datetime(2000, 1, 1)
        properties = self.presentation.core_properties
        properties.title = shorten(title, 200)
        properties.author = properties.last_modified_by = "textinnsikt"
        properties.language, properties.revision = "nb-NO", 1
        properties.created = properties.modified = properties.last_printed = moment
        stream = BytesIO()
        self.presentation.save(stream)
        fixed = BytesIO()
        with ZipFile(stream) as old, ZipFile(fixed, "w", ZIP_DEFLATED) as new:
            for item in old.infolist():
                plain = ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
                plain.compress_type = ZIP_DEFLATED
                new.writestr(plain, old.read(item))
        return fixed.getvalue()

    def _foot(self, slide: Any, layout: Any) -> None:
        """Put the layout's footer and slide number on the slide."""
        for shape in layout.placeholders:
            kind = shape.placeholder_format.type
            if kind not in _FOOTERS:
                continue
            copied = deepcopy(shape._element)
            slide.shapes._spTree.append(copied)
            if kind == PP_PLACEHOLDER.FOOTER:
                frame = slide.shapes[-1].text_frame
                frame.text = shorten(self.footer, 90)
                if self.own:
                    _plain(frame.paragraphs[0])


def _plain(paragraph: Any) -> None:
    """Say outright what the footer inherits; not every program looks it up."""
    paragraph.alignment = PP_ALIGN.LEFT
    font = paragraph.runs[0].font
    font.name, font.size, font.color.rgb = "+mn-lt", Pt(11), _rgb(STYLE.muted)


def share_of(widths: list[float], place: int) -> float:
    """Return one column's share of a table's width."""
    return widths[place] / sum(widths)


def _box(shape: Any) -> Box:
    return Box(*(value / _EMU for value in (shape.left, shape.top, shape.width, shape.height)))


def _emu(box: Box) -> tuple[Length, Length, Length, Length]:
    return Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#"))


def _rectangle(shapes: Any, box: Box, colour: str) -> Any:
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(colour)
    shape.line.fill.background()
    shape._element.remove(shape._element.find(qn("p:style")))
    return shape


def _fill(frame: Any, lines: list[Line], size: float | None) -> None:
    """Write paragraphs into a text frame."""
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line.text
        run._r.get_or_add_rPr().set("lang", "nb-NO")
        if size is not None:
            run.font.size = Pt(round(size * line.scale))
            run.font.bold = line.bold
            paragraph.space_after = Pt(size * line.scale * line.space)
        if line.colour is not None:
            run.font.color.rgb = _rgb(line.colour)
        if line.bullet:
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", "228600")
            properties.set("indent", "-228600")
            bullet = properties.makeelement(qn("a:buChar"), {"char": "•"})
            properties.append(bullet)


def _layout(presentation: Any, cover: bool) -> Any:
    """Return the layout with a title and the fewest other things (for the cover: one made as a cover)."""

    def rank(layout: Any) -> tuple[bool, int]:
        kinds = [shape.placeholder_format.type for shape in layout.placeholders]
        wanted = PP_PLACEHOLDER.CENTER_TITLE in kinds if cover else PP_PLACEHOLDER.TITLE in kinds
        others = [kind for kind in kinds if kind not in (*_TITLES, *_FOOTERS, PP_PLACEHOLDER.DATE)]
        return not wanted, len(others)

    return min(presentation.slide_layouts, key=rank)


def _opened(path: Path) -> Any:
    """Open a template without its slides."""
    try:
        stream = BytesIO()
        with ZipFile(path) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
            for item in old.infolist():
                data = old.read(item)
                new.writestr(item, data.replace(_POTX, _PPTX) if item.filename == "[Content_Types].xml" else data)
        presentation = Presentation(stream)
    except (OSError, BadZipFile, KeyError, ValueError) as error:
        why = "finnes ikke" if isinstance(error, FileNotFoundError) else "kan ikke leses som PowerPoint"
        raise InputError(f"Malen {path.name} {why}; bruk en .pptx eller .potx.") from None
    slides = presentation.slides._sldIdLst
    for slide in list(slides):
        presentation.part.drop_rel(slide.rId)
        slides.remove(slide)
    for extension in presentation.part._element.findall(f".//{qn('p:ext')}"):
        if extension.get("uri") == _SECTIONS:
            extension.getparent().remove(extension)
    return presentation
