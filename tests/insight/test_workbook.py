import re
import warnings
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest

from textinnsikt.insight.wording import TOO_FEW
from textinnsikt.insight.workbook import FURTHER, render_workbook

from .conftest import THEMES

SHEETS = [
    "Lesmeg",
    "Kommentarer",
    "Setninger",
    "Klynger",
    "Faktorer",
    "Temaer per klasse",
    "Temaandeler",
    "Kundesentre",
]


def _render(insight):
    tables = {"faktorer": insight.factors.summary}
    results = (insight.importance, insight.winners, insight.ranking, insight.expectations)
    tables |= {name: found.summary for name, found in zip(FURTHER, results, strict=True) if found is not None}
    return render_workbook(insight.collect(), insight.tagged.comments, insight.clusters.sentences, THEMES, tables)


def _open(data):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*xtension is not supported")
        return openpyxl.load_workbook(BytesIO(data))


@pytest.fixture(scope="module")
def data(insight):
    return _render(insight)


@pytest.fixture(scope="module")
def book(data):
    return _open(data)


def _frame(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    width = sum(name is not None for name in head)
    rows = [row[:width] for row in rows if any(cell is not None for cell in row[:width])]
    return pd.DataFrame(rows, columns=head[:width])


def _same(found, wanted):
    """Hold two frames to each other, cell by cell; numbers to the digits a sheet holds, missing cells as missing."""
    assert list(found.columns) == list(wanted.columns) and len(found) == len(wanted)
    for column in wanted.columns:
        for one, two in zip(found[column], wanted[column], strict=True):
            close = one == pytest.approx(two, rel=1e-14) if isinstance(one, float) else one == two
            assert (pd.isna(one) and pd.isna(two)) or close, (column, one, two)


def test_sheets_headings_and_filters(book):
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref.startswith("A1:")
        assert sheet["A1"].font.bold


def test_comments_and_sentences_are_all_there(insight, book):
    wanted = insight.tagged.comments.drop(columns="shopper")
    found = _frame(book["Kommentarer"])
    found["dato"] = found["dato"].dt.strftime("%Y-%m-%d")
    _same(found, wanted)
    _same(_frame(book["Setninger"]), insight.clusters.sentences)


def test_clusters_and_factors_equal_the_frames(insight, book):
    clusters, points = _frame(book["Klynger"]), ["poeng", "poeng_nedre", "poeng_øvre"]
    _same(clusters.drop(columns=points), insight.clusters.summary)
    assert clusters[points].isna().all(axis=None)  # this insight has none; the next test's has
    wanted = insight.factors.summary.sort_values("metode", kind="stable", ignore_index=True)
    _same(_frame(book["Faktorer"]), wanted)


def test_groups_have_the_score_points_that_go_with_them(full):
    rows = _frame(_open(_render(full))["Klynger"]).set_index("navn")
    wanted = full.cluster_factors.summary.set_index("klynge")
    found = rows.loc[wanted.index, ["poeng", "poeng_nedre", "poeng_øvre"]].astype(float)
    assert found.to_numpy() == pytest.approx(wanted[["estimat", "nedre", "øvre"]].to_numpy())


def test_shares_and_centres_equal_the_dict(facts, book):
    wide, long = _frame(book["Temaer per klasse"]), _frame(book["Temaandeler"])
    assert wide["gruppe"].tolist()[0] == "Alle"
    for kind in ("klasse", "kanal"):
        for group in facts["temaandeler"][kind]:
            row = wide[(wide["inndeling"] == kind) & (wide["gruppe"] == group["gruppe"])].iloc[0]
            rows = long[(long["inndeling"] == kind) & (long["gruppe"] == group["gruppe"])]
            if group["celler"] is None:
                assert set(row[3:]) == set(rows["andel"]) == set(rows["øvre"]) == {TOO_FEW}
                continue
            wanted = pytest.approx([cell["estimat"] for cell in group["celler"]], rel=1e-14)
            assert list(row[3:]) == wanted and rows["andel"].tolist() == wanted
            assert rows["nedre"].tolist() == pytest.approx([c["nedre"] for c in group["celler"]], rel=1e-14)
    centres = _frame(book["Kundesentre"])
    for row, (_, found) in zip(facts["kundesentre"], centres.iterrows(), strict=True):
        shown = [TOO_FEW] * 3 if row["estimat"] is None else [row["estimat"], row["nedre"], row["øvre"]]
        assert found.tolist()[:3] == [row["kundesenter"], row["klasse"], row["n"]]
        assert found.tolist()[3:] == (shown if TOO_FEW in shown else pytest.approx(shown, rel=1e-14))


def test_every_column_is_explained(book):
    rows = _frame(book["Lesmeg"])
    assert set(SHEETS[1:]) <= set(rows["ark"])
    for name in ("Setninger", "Klynger", "Faktorer", "Kundesentre", "Temaandeler"):
        said = ", ".join(rows.loc[rows["ark"] == name, "kolonne"].dropna()).split(", ")
        for cell in next(book[name].iter_rows(max_row=1, values_only=True)):
            assert cell is None or cell in said, cell


def test_number_formats_and_native_rules(book):
    assert book["Klynger"]["E2"].number_format == "0.0 %"
    assert book["Faktorer"]["E2"].number_format == "0.0" and book["Faktorer"]["H2"].number_format == "0.000"
    heads = [cell.value for cell in book["Kommentarer"][1]]
    assert book["Kommentarer"].cell(2, heads.index("dato") + 1).is_date
    for name in ("Kommentarer", "Klynger", "Faktorer", "Temaer per klasse", "Kundesentre"):
        assert len(book[name].conditional_formatting) > 0


def test_further_findings_have_sheets_of_their_own(full):
    book = _open(_render(full))
    assert book.sheetnames == [*SHEETS[:5], "Viktighet", "Vinnere", "Rangering", "Forventninger", *SHEETS[5:]]
    _same(_frame(book["Viktighet"]), full.importance.summary)
    _same(_frame(book["Vinnere"]), full.winners.summary)
    _same(_frame(book["Forventninger"]), full.expectations.summary)
    ranking = _frame(book["Rangering"])
    few = ranking["n"] < 10
    assert few.any() and set(ranking.loc[few, "estimat"]) == set(ranking.loc[few, "rang"]) == {TOO_FEW}
    _same(ranking[~few].reset_index(drop=True), full.ranking.summary[~few].reset_index(drop=True))
    said = _frame(book["Lesmeg"])
    for name in book.sheetnames[5:9]:
        told = ", ".join(said.loc[said["ark"] == name, "kolonne"].dropna()).split(", ")
        assert all(cell in told for cell in next(book[name].iter_rows(max_row=1, values_only=True)) if cell), name


def test_native_charts_have_error_bars(insight, data):
    with ZipFile(BytesIO(data)) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if re.match(r"xl/charts/chart\d", name)]
    assert len(charts) == 2 and all("<c:errBars>" in chart and "<c:plus>" in chart for chart in charts)
    wanted = insight.factors.summary.query("metode == 'justert'")["estimat"].dropna()
    cached = next(chart for chart in charts if "Faktorer!" in chart)
    assert all(f"<c:v>{value!r}" in cached or f"{value:.10g}"[:10] in cached for value in wanted)


def test_formulas_are_text(insight):
    texts = ["=cmd|' /C calc'!A0", "+47 hei", "-ikke formel", "@SUM(1)", '=HYPERLINK("a")', "{=1+1}"]
    comments = insight.tagged.comments.copy()
    rows = comments["tekst"].notna().to_numpy().nonzero()[0][: len(texts)]
    comments["tekst"] = comments["tekst"].astype(object)
    for row, text in zip(rows, texts, strict=True):
        comments.loc[comments.index[row], "tekst"] = text
    comments["kundesenter"] = comments["kundesenter"].replace("Kystfiber", "=1+1")
    changed = replace(insight, tagged=replace(insight.tagged, comments=comments))
    data = _render(changed)
    with ZipFile(BytesIO(data)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet for sheet in sheets)
    book = _open(data)
    assert set(texts) <= set(_frame(book["Kommentarer"])["tekst"].dropna())
    assert "=1+1" in _frame(book["Kundesentre"])["kundesenter"].tolist()
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_strange_characters_and_long_texts_are_held(insight):
    comments = insight.tagged.comments.copy()
    comments["tekst"] = comments["tekst"].astype(object)
    comments.loc[comments.index[0], "tekst"] = "a\x00b\x0bc 😊 " + "ord " * 20_000
    found = _frame(_open(_render(replace(insight, tagged=replace(insight.tagged, comments=comments))))["Kommentarer"])
    assert found["tekst"][0].startswith("a b c 😊 ord") and 32_700 < len(found["tekst"][0]) <= 32_767


def test_the_shopper_is_not_in_the_file(insight, data):
    with ZipFile(BytesIO(data)) as parts:
        text = parts.read("xl/sharedStrings.xml").decode()
    assert not any(f">{code}<" in text for code in set(insight.tagged.comments["shopper"]))


def test_same_bytes_every_time(insight, data):
    assert _render(insight) == data
