"""The look of slides made without a template: 16:9, a dark title bar and quiet footers."""

from __future__ import annotations

import re
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from textinnsikt.insight.boxes import Box
from textinnsikt.insight.style import STYLE

_SPOTS = {
    PP_PLACEHOLDER.TITLE: Box(0.6, 0.1, 12.13, 0.9),
    PP_PLACEHOLDER.BODY: Box(0.6, 1.4, 12.13, 5.4),
    PP_PLACEHOLDER.DATE: Box(9.2, 7.0, 2.2, 0.35),
    PP_PLACEHOLDER.FOOTER: Box(0.6, 7.0, 8.4, 0.35),
    PP_PLACEHOLDER.SLIDE_NUMBER: Box(11.53, 7.0, 1.2, 0.35),
}


def own_look() -> Any:
    """Return an empty presentation with a cover layout and a title layout.

    Examples
    --------
    >>> [layout.name for layout in own_look().slide_layouts]
    ['Forside', 'Tittel']
    """
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    master, layouts = presentation.slide_master, presentation.slide_layouts
    for layout in list(layouts):
        if layout.name not in ("Title Slide", "Title Only"):
            layouts.remove(layout)
    cover, plain = layouts
    cover._element.cSld.set("name", "Forside")
    plain._element.cSld.set("name", "Tittel")
    _colours(master)
    master.shapes._spTree.insert(2, _bar())
    for shape in master.placeholders:
        _place(shape, _SPOTS[shape.placeholder_format.type])
    _text_styles(master)
    _dress_cover(cover)
    return presentation


def _colours(master: Any) -> None:
    """Give the theme the report's colours, so that what a user adds matches."""
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    wanted = {"dk1": STYLE.ink, "dk2": STYLE.accent, "lt2": STYLE.tint}
    wanted |= {f"accent{place}": colour for place, colour in enumerate(_accents(), start=1)}
    for name, colour in wanted.items():
        value = f'<a:{name}><a:srgbClr val="{colour.lstrip("#")}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", value, text, count=1, flags=re.S)
    theme._blob = text.encode("utf-8")


def _accents() -> list[str]:
    return [STYLE.accent, STYLE.positive, STYLE.negative, *STYLE.groups[:3]]


def _bar() -> Any:
    """Return the title bar as a shape of the master."""
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Tittelfelt"/><p:cNvSpPr/>'
        '<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{Inches(13.333)}" cy="{Inches(1.1)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{STYLE.accent.lstrip("#")}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )


def _place(shape: Any, box: Box) -> None:
    """Move a placeholder; its text starts at its left edge, in line with what stands below."""
    shape.text_frame.margin_left = 0
    shape.left, shape.top = Inches(box.left), Inches(box.top)
    shape.width, shape.height = Inches(box.width), Inches(box.height)


def _text_styles(master: Any) -> None:
    """Set the title's type on the master: bold, white, to the left; footers small, number to the right."""
    style = master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    letters = style.find(qn("a:defRPr"))
    letters.set("sz", "2800")
    letters.set("b", "1")
    letters.find(f"{qn('a:solidFill')}/{qn('a:schemeClr')}").set("val", "bg1")
    sides = {PP_PLACEHOLDER.FOOTER: "l", PP_PLACEHOLDER.SLIDE_NUMBER: "r"}
    for shape in master.placeholders:
        side = sides.get(shape.placeholder_format.type)
        if side is not None:
            level = shape._element.txBody.find(f"{qn('a:lstStyle')}/{qn('a:lvl1pPr')}")
            level.set("algn", side)
            level.find(qn("a:defRPr")).set("sz", "1100")


def _dress_cover(cover: Any) -> None:
    """Make the cover dark, with room for the title alone."""
    cover._element.set("showMasterSp", "0")
    cover.background.fill.solid()
    cover.background.fill.fore_color.rgb = RGBColor.from_string(STYLE.accent.lstrip("#"))
    for shape in list(cover.placeholders):
        if shape.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE:
            _place(shape, Box(0.9, 1.7, 11.5, 1.5))
        else:
            shape._element.getparent().remove(shape._element)
