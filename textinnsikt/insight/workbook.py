"""The workbook: findings with number formats and charts, and every comment and sentence behind them."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pandas as pd
from xlsxwriter import Workbook

from textinnsikt.insight import wording
from textinnsikt.insight.readme import explanations
from textinnsikt.insight.records import records
from textinnsikt.insight.style import STYLE
from textinnsikt.study import MENTIONS

#: Text stays text, whatever it begins with.
OPTIONS: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: A fixed date of making, so that the same findings give the same bytes.
STAMP = datetime(2000, 1, 1)
_MOST_ROWS = 1_048_575
_SHARE, _POINTS = "0.0 %", "0.0"
#: Number formats by column.
_NUMBERS = {
    "andel": _SHARE,
    "nedre": _SHARE,
    "øvre": _SHARE,
    "estimat": _POINTS,
    "snittscore": _POINTS,
    "totalscore": _POINTS,
    "stabilitet": "0.00",
    "p": "0.000",
    "q": "0.000",
    "antall": "#,##0",
    "n": "#,##0",
    "henvendelser": "#,##0",
}
_WIDTHS = {
    "tekst": 80,
    "navn": 32,
    "kundesenter": 30,
    "klasse": 26,
    "gruppe": 26,
    "sitat_1": 50,
    "sitat_2": 50,
    "sitat_3": 50,
}

Rows = list[list[Any]]
#: Findings that are there only when they were computed, in the order of their sheets.
FURTHER = ("viktighet", "vinnere", "rangering", "forventninger")
_SHARES: dict[str, tuple[str, ...]] = {
    "viktighet": ("estimat", "nedre", "øvre", "andel", "andel_nedre", "andel_øvre", "tilfeldig"),
    "vinnere": ("estimat", "nedre", "øvre", "vinner", "andre", "rå"),
    "rangering": ("sannsynlighet_best",),
    "forventninger": (),
}
_SCORES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(FURTHER, ()),
    "rangering": ("snitt", "estimat", "nedre", "øvre"),
}


def render_workbook(
    facts: dict[str, Any],
    comments: pd.DataFrame,
    sentences: pd.DataFrame,
    themes: tuple[str, ...],
    tables: dict[str, pd.DataFrame],
) -> bytes:
    """Draw the workbook.

    Parameters
    ----------
    facts : dict
        What `textinnsikt.insight.collect.collect` returns.
    comments, sentences : pandas.DataFrame
        The rows behind the findings, as in ``kommentarer.csv`` (the shopper is left out) and
        ``setninger.csv``.
    themes : tuple of str
        Theme keys.
    tables : dict of str to pandas.DataFrame
        ``faktorer``, and ``viktighet, vinnere, rangering, forventninger`` where they are there, as in their files.

    Returns
    -------
    bytes
        An ``.xlsx`` file.
    """
    book = _Book(points="0." + "0" * wording.decimals(facts["studie"]["skala"]))
    cut = len(comments) > _MOST_ROWS or len(sentences) > _MOST_ROWS
    book.table("Lesmeg", ["ark", "kolonne", "forklaring"], explanations(facts, tables, cut), widths=[20, 24, 110])
    _comments(book, comments.drop(columns="shopper").head(_MOST_ROWS), themes)
    _frame(book, "Setninger", sentences.head(_MOST_ROWS))
    _clusters(book, facts)
    _factors(book, facts, tables["faktorer"])
    for name in FURTHER:
        if name in tables:
            _further(book, name, tables[name])
    _shares(book, facts)
    _centres(book, facts)
    return book.close()


class _Book:
    """A workbook in the making: tables with frozen headings, filters, formats and widths."""

    def __init__(self, points: str):
        self.stream = BytesIO()
        self.book = Workbook(self.stream, OPTIONS)
        self.book.set_properties({"title": "Innsikt", "author": "textinnsikt", "created": STAMP})
        self.points = points
        self._formats: dict[tuple, Any] = {}
        self.head = self.format(bold=True, font_color=STYLE.paper, bg_color=STYLE.accent, valign="top", text_wrap=True)

    def format(self, **properties: Any) -> Any:
        """Return a cell format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def table(
        self,
        name: str,
        columns: list[str],
        rows: Rows,
        formats: dict[str, str] | None = None,
        widths: list[float] | None = None,
    ) -> Any:
        """Write a sheet with one table and return it."""
        sheet = self.book.add_worksheet(name)
        numbers = {**_NUMBERS, **(formats or {})}
        shapes = []
        for place, column in enumerate(columns):
            number = numbers.get(column, _SHARE if ": " in column else "General")
            number = self.points if number == _POINTS else number
            shapes.append(self.format(valign="top", text_wrap=True, num_format=number))
            width = widths[place] if widths else _WIDTHS.get(column, max(12, min(24, len(column) + 4)))
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, column, self.head)
        day = self.format(valign="top", num_format="yyyy-mm-dd")
        for y, row in enumerate(rows, start=1):
            for x, value in enumerate(row):
                _write(sheet, y, x, value, shapes[x], day)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def close(self) -> bytes:
        """Finish and return the file's bytes."""
        self.book.close()
        return self.stream.getvalue()


def _write(sheet: Any, y: int, x: int, value: Any, shape: Any, day: Any) -> None:
    """Write one cell: numbers as numbers, dates as dates, everything else as text and never as a formula."""
    if value is None or value is pd.NA or value != value:
        return
    if isinstance(value, date):
        sheet.write_datetime(y, x, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, bool):
        sheet.write_string(y, x, "ja" if value else "nei", shape)
    elif isinstance(value, str) or not hasattr(value, "__float__"):
        sheet.write_string(y, x, wording.printable(value)[:32_767], shape)
    else:
        sheet.write_number(y, x, float(value), shape)


def _frame(book: _Book, name: str, frame: pd.DataFrame, formats: dict[str, str] | None = None) -> Any:
    columns = [str(column) for column in frame.columns]
    return book.table(name, columns, frame.astype(object).values.tolist(), formats)


def _comments(book: _Book, comments: pd.DataFrame, themes: tuple[str, ...]) -> None:
    days = pd.to_datetime(comments["dato"], errors="coerce", format="ISO8601")
    dated = comments["dato"].astype(object).where(days.isna(), days.dt.date.astype(object))
    chances = {f"{theme}_p_{mention}": "0.00" for theme in themes for mention in MENTIONS}
    sheet = _frame(book, "Kommentarer", comments.assign(dato=dated), chances)
    for theme in themes:
        column = comments.columns.get_loc(theme)
        for value, colour in (("positiv", "#D9ECF8"), ("negativ", "#FDE3CF"), ("blandet", "#F7E1EE")):
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{value}"',
                "format": book.format(bg_color=colour),
            }
            sheet.conditional_format(1, column, max(1, len(comments)), column, rule)


def _clusters(book: _Book, facts: dict[str, Any]) -> None:
    columns = [
        "klynge",
        "navn",
        "tema",
        "antall",
        "andel",
        "nedre",
        "øvre",
        "stabilitet",
        "sitat_1",
        "sitat_2",
        "sitat_3",
    ]
    found = facts["klynger"]["rader"]
    rows = [[*(row[c] for c in columns[:8]), *(row["sitater"] + [None] * 3)[:3], *_points_of(row)] for row in found]
    points = ("poeng", "poeng_nedre", "poeng_øvre")
    sheet = book.table("Klynger", [*columns, *points], rows, dict.fromkeys(points, _POINTS))
    last = len(rows)
    if not last:
        return
    sheet.conditional_format(1, 4, last, 4, {"type": "data_bar", "bar_color": "#9CC9E6", "bar_solid": True})
    sheet.conditional_format(
        1,
        7,
        last,
        7,
        {"type": "3_color_scale", "min_color": "#FDE3CF", "mid_color": "#FFFFFF", "max_color": "#D9ECF8"},
    )
    _chart(
        book,
        sheet,
        "Klynger",
        (1, last),
        (1, 1),
        4,
        found,
        "andel",
        [STYLE.accent] * last,
        "Andel av setningene",
        last + 3,
    )


def _points_of(row: dict[str, Any]) -> list[float | None]:
    """Return the score points that go with a group, and their interval."""
    found = row["poeng"] or {}
    return [found.get(name) for name in ("estimat", "nedre", "øvre")]


def _factors(book: _Book, facts: dict[str, Any], table: pd.DataFrame) -> None:
    columns = ["tema", "omtale", "metode", "estimat", "nedre", "øvre", "n", "p", "q"]
    table = table.reindex(columns=columns).sort_values("metode", key=lambda m: m != "justert", kind="stable")
    sheet = _frame(book, "Faktorer", table, {"nedre": _POINTS, "øvre": _POINTS})
    if table.empty:
        return
    bar = {
        "type": "data_bar",
        "bar_color": STYLE.positive,
        "bar_negative_color": STYLE.negative,
        "bar_solid": True,
    }
    sheet.conditional_format(1, 3, len(table), 3, bar)
    sure = book.format(bold=True, bg_color="#E3F1E9")
    sheet.conditional_format(1, 8, len(table), 8, {"type": "cell", "criteria": "<", "value": 0.05, "format": sure})
    rows = records(table[table["metode"] == "justert"])
    if rows:
        colours = [STYLE.mention(row["omtale"]) for row in rows]
        title = f"Justert forskjell i score, {wording.points(facts['studie']['skala'])}"
        where = (1, len(rows))
        _chart(book, sheet, "Faktorer", where, (0, 1), 3, rows, "estimat", colours, title, len(table) + 3)


def _further(book: _Book, name: str, table: pd.DataFrame) -> None:
    """Write one more finding; figures that rest on too few contacts give way to words."""
    after = list(table.columns).index("n") + 1
    figures = list(dict.fromkeys(["estimat", "nedre", "øvre", *table.columns[after:]]))
    few = table["n"].astype(float) < wording.MIN_CONTACTS
    table = table.astype(dict.fromkeys(figures, object))
    table.loc[few, figures] = wording.TOO_FEW
    formats = {**dict.fromkeys(_SHARES[name], _SHARE), **dict.fromkeys(_SCORES[name], _POINTS)}
    formats |= {c: "0.00" for c in ("estimat", "nedre", "øvre") if name == "forventninger"}
    sheet = _frame(book, wording.opening(name), table, formats)
    place = list(table.columns).index("estimat")
    if len(table) and name != "forventninger":
        bar = {"type": "data_bar", "bar_color": "#9CC9E6", "bar_negative_color": "#F2B48C", "bar_solid": True}
        sheet.conditional_format(1, place, len(table), place, bar)


def _shares(book: _Book, facts: dict[str, Any]) -> None:
    """Write the shares twice: side by side to compare groups, and row by row with intervals."""
    shares = facts["temaandeler"]
    groups = [("alle", shares["alle"])] if shares["alle"] else []
    groups += [(kind, group) for kind in ("klasse", "kanal") for group in shares[kind]]
    heads = [(theme, mention) for theme in facts["temaer"] for mention in MENTIONS]
    columns = [
        "inndeling",
        "gruppe",
        "henvendelser",
        *(f"{theme['navn']}: {mention}" for theme, mention in heads),
    ]
    wide: Rows = []
    long: Rows = []
    for kind, group in groups:
        cells = {(cell["tema"], cell["omtale"]): cell for cell in group["celler"] or []}
        line: list[Any] = [kind, group["gruppe"], group["n"]]
        for theme, mention in heads:
            cell = cells.get((theme["tema"], mention))
            line.append(cell["estimat"] if cell else wording.TOO_FEW)
            figures = [cell[key] for key in ("antall", "estimat", "nedre", "øvre")] if cell else [wording.TOO_FEW] * 4
            long.append([kind, group["gruppe"], theme["tema"], mention, group["n"], *figures])
        wide.append(line)
    sheet = book.table("Temaer per klasse", columns, wide)
    for place, (_, mention) in enumerate(heads, start=3):
        colour = "#9CC9E6" if mention == "positiv" else "#F2B48C"
        rule = {
            "type": "data_bar",
            "bar_color": colour,
            "bar_solid": True,
            "min_type": "num",
            "max_type": "num",
        }
        sheet.conditional_format(1, place, max(1, len(wide)), place, {**rule, "min_value": 0, "max_value": 1})
    names = ["inndeling", "gruppe", "tema", "omtale", "henvendelser", "antall", "andel", "nedre", "øvre"]
    book.table("Temaandeler", names, long)


def _centres(book: _Book, facts: dict[str, Any]) -> None:
    columns = ["kundesenter", "klasse", "henvendelser", "snittscore", "nedre", "øvre"]
    rows = []
    for row in facts["kundesentre"]:
        shown = [row[key] for key in ("estimat", "nedre", "øvre")]
        rows.append(
            [
                row["kundesenter"],
                row["klasse"],
                row["n"],
                *(shown if row["estimat"] is not None else [wording.TOO_FEW] * 3),
            ]
        )
    sheet = book.table("Kundesentre", columns, rows, {"nedre": _POINTS, "øvre": _POINTS})
    scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#9CC9E6"}
    sheet.conditional_format(1, 3, max(1, len(rows)), 3, scale)


def _chart(
    book: _Book,
    sheet: Any,
    name: str,
    rows: tuple[int, int],
    labels: tuple[int, int],
    column: int,
    found: list[dict[str, Any]],
    key: str,
    colours: list[str],
    title: str,
    at: int,
) -> None:
    """Place a native bar chart with error bars under a table."""
    first, last = rows
    ends = [
        [0.0 if None in (row[key], row[end]) else abs(row[end] - row[key]) for row in found]
        for end in ("øvre", "nedre")
    ]
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": title,
            "categories": [name, first, labels[0], last, labels[1]],
            "values": [name, first, column, last, column],
            "points": [{"fill": {"color": colour}} for colour in colours],
            "fill": {"color": colours[0]},
            "gap": 40,
            "y_error_bars": {
                "type": "custom",
                "plus_values": ends[0],
                "minus_values": ends[1],
                "line": {"color": STYLE.ink},
            },
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": STYLE.line}}, "label_position": "high"})
    chart.set_size({"width": 900, "height": 120 + 30 * len(found)})
    sheet.insert_chart(at, 0, chart, {"description": title})
