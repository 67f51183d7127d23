"""A native, editable bar chart with error bars, for slides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import floor, log10
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from textinnsikt.insight.boxes import Box
from textinnsikt.insight.style import STYLE
from textinnsikt.insight.workbook import OPTIONS, STAMP


@dataclass(frozen=True)
class Series:
    """Bars of one colour: a value per category and the ends of its interval; None where there is none."""

    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    colour: str

    def reach(self, upwards: bool) -> list[float]:
        """Return how far the error bars go from the values, 0 where there is none."""
        ends = self.high if upwards else self.low
        pairs = zip(self.values, ends, strict=True)
        return [0.0 if v is None or e is None else max(0.0, e - v if upwards else v - e) for v, e in pairs]


@dataclass(frozen=True)
class Plan:
    """How a chart is drawn: bars or columns, number format, axis title, colour of labels, least end of the axis."""

    horizontal: bool = True
    number_format: str = "0 %"
    title: str = ""
    labels: str | None = STYLE.paper
    legend: bool = False
    size: float = 12
    gap: int = 45
    reach: float = 0.0


def add_bar_chart(
    slide: Any,
    box: Box,
    categories: list[str],
    series: list[Series],
    plan: Plan,
    fills: Sequence[str] | None = None,
) -> Any:
    """Add the chart to a slide, with its data sheet beside it, and return it.

    ``fills`` gives each bar of the only series a colour of its own.

    The error bars point at cells of the data sheet, so they follow when someone edits the numbers.
    """
    data = CategoryChartData(number_format=plan.number_format)
    data.categories = categories
    for one in series:
        data.add_series(one.name, one.values)
    kind = XL_CHART_TYPE.BAR_CLUSTERED if plan.horizontal else XL_CHART_TYPE.COLUMN_CLUSTERED
    place = (Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
    chart = slide.shapes.add_chart(kind, *place, data).chart
    chart.part.chart_workbook.update_from_xlsx_blob(_sheet(categories, series, plan.number_format))
    chart.has_title = False
    chart.font.size = Pt(plan.size)
    chart.font.color.rgb = _rgb(STYLE.ink)
    chart.has_legend = plan.legend
    if plan.legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    chart.plots[0].gap_width, chart.plots[0].overlap = plan.gap, -5
    for place_in, (one, drawn) in enumerate(zip(series, chart.plots[0].series, strict=True)):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = _rgb(one.colour)
        drawn.invert_if_negative = False
        if plan.labels is not None:
            _label(drawn, plan)
        _error_bars(drawn, one, len(series) + 2 * place_in, len(categories))
    for number, colour in enumerate(fills or ()):
        bar = chart.plots[0].series[0].points[number].format.fill
        bar.solid()
        bar.fore_color.rgb = _rgb(colour)
    _axes(chart, plan)
    ends = [end for one in series for end in (*one.values, *one.low, *one.high) if end is not None]
    bound, unit = _round_out(max((abs(end) for end in (*ends, plan.reach)), default=0.0))
    if bound:
        chart.value_axis.maximum_scale, chart.value_axis.major_unit = bound, unit
        chart.value_axis.minimum_scale = -bound if min(ends) < 0 else 0
    return chart


def series_of(name: str, cells: Sequence[dict[str, Any] | None], colour: str) -> Series:
    """Take the bars of one series from cells with ``estimat, nedre, øvre``; a missing cell is a missing bar."""
    columns = [tuple(None if cell is None else cell[key] for cell in cells) for key in ("estimat", "nedre", "øvre")]
    return Series(name, columns[0], columns[1], columns[2], colour)


def _round_out(reach: float) -> tuple[float, float]:
    """Return a round number at least as large, so that no error bar leaves the chart, and the step of its axis.

    Examples
    --------
    >>> _round_out(0.47), _round_out(12.4), _round_out(0.0)
    ((0.5, 0.1), (15.0, 5.0), (0.0, 0.0))
    """
    if reach == 0:
        return 0.0, 0.0
    size = 10.0 ** floor(log10(reach))
    steps = ((1, 0.2), (1.5, 0.5), (2, 0.5), (2.5, 0.5), (3, 1), (4, 1), (5, 1), (6, 2), (8, 2), (10, 2))
    bound, step = next(pair for pair in steps if pair[0] * size >= reach * (1 - 1e-9))
    return round(bound * size, 10), round(step * size, 10)


def _axes(chart: Any, plan: Plan) -> None:
    names, values = chart.category_axis, chart.value_axis
    names.format.line.color.rgb = _rgb(STYLE.neutral)
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if plan.horizontal:
        names.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = _rgb(STYLE.line)
    values.tick_labels.number_format = plan.number_format
    values.tick_labels.number_format_is_linked = False
    values.tick_labels.font.size = Pt(plan.size - 1)
    if plan.title:
        values.has_title = True
        frame = values.axis_title.text_frame
        frame.text = plan.title
        frame.paragraphs[0].runs[0].font.size = Pt(plan.size - 1)
        frame.paragraphs[0].runs[0].font.bold = False


def _label(drawn: Any, plan: Plan) -> None:
    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = plan.number_format, False
    labels.position = XL_LABEL_POSITION.INSIDE_BASE
    labels.font.size, labels.font.bold = Pt(plan.size - 1), True
    labels.font.color.rgb = _rgb(plan.labels or STYLE.ink)


def _error_bars(drawn: Any, one: Series, column: int, rows: int) -> None:
    """Write ``c:errBars`` where the schema wants it, ahead of the categories."""

    def numbers(tag: str, offset: int, reach: list[float]) -> str:
        letter = xl_col_to_name(1 + column + offset)
        points = "".join(f'<c:pt idx="{i}"><c:v>{value!r}</c:v></c:pt>' for i, value in enumerate(reach))
        return (
            f"<c:{tag}><c:numRef><c:f>Sheet1!${letter}$2:${letter}${rows + 1}</c:f><c:numCache>"
            f'<c:formatCode>General</c:formatCode><c:ptCount val="{rows}"/>{points}'
            f"</c:numCache></c:numRef></c:{tag}>"
        )

    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/>'
        + '<c:noEndCap val="0"/>'
        + numbers("plus", 0, one.reach(upwards=True))
        + numbers("minus", 1, one.reach(upwards=False))
        + '<c:spPr><a:ln w="15875"><a:solidFill>'
        + f'<a:srgbClr val="{STYLE.ink.lstrip("#")}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    drawn._element.find(qn("c:cat")).addprevious(bars)


def _sheet(categories: list[str], series: list[Series], number_format: str) -> bytes:
    """Make the data sheet: categories, one column a series, then how far each one's error bars reach."""
    stream = BytesIO()
    with Workbook(stream, OPTIONS) as book:
        book.set_properties({"created": STAMP})
        sheet = book.add_worksheet("Sheet1")
        shape = book.add_format({"num_format": number_format})
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 3 * len(series), 16)
        for row, name in enumerate(categories, start=1):
            sheet.write_string(row, 0, name)
        for place, one in enumerate(series):
            first = 1 + len(series) + 2 * place
            columns = {1 + place: (one.name, one.values), first: (f"{one.name}, opp", one.reach(True))}
            columns[first + 1] = (f"{one.name}, ned", one.reach(False))
            for column, (heading, values) in columns.items():
                sheet.write_string(0, column, heading)
                for row, value in enumerate(values, start=1):
                    if value is not None:
                        sheet.write_number(row, column, value, shape)
    return stream.getvalue()


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#"))
