"""From the findings' files to the report, every chart and the workbook: the same numbers all the way."""

import json
import re
from html import unescape
from io import BytesIO

import pandas as pd
import pytest
from pptx import Presentation

from textinnsikt.errors import InputError
from textinnsikt.insight import read_insight, wording
from textinnsikt.study import write_tagged

from .test_slides import _bars, _charts
from .test_workbook import _open

FILES = {"importance": "viktighet", "winners": "vinnere", "ranking": "rangering", "expectations": "forventninger"}


@pytest.fixture(scope="module")
def folder(full, tmp_path_factory):
    place = tmp_path_factory.mktemp("ut")
    write_tagged(full.tagged, place)
    full.clusters.summary.to_csv(place / "klynger.csv", index=False)
    full.clusters.sentences.to_csv(place / "setninger.csv", index=False)
    full.factors.summary.to_csv(place / "faktorer.csv", index=False)
    kept = {"faktorer": {"notes": list(full.factors.notes), "header": {"level": 0.9}}}
    for name, stem in FILES.items():
        getattr(full, name).summary.to_csv(place / f"{stem}.csv", index=False)
        kept[stem] = {"notes": list(getattr(full, name).notes)}
    (place / "faktorer.json").write_text(json.dumps(kept), encoding="utf-8")
    study = {"fil": "kundeservice_vinter.csv", "sha256": "ab" * 32, "score_range": [0, 100], "avvist": 3}
    themes = [{"tema": "lytting", "navn": "Å lytte", "definisjon": "Å høre etter."}]
    (place / "kjoring.json").write_text(json.dumps({"studie": study, "temaer": themes}), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def made(folder):
    """The report as text, the slides of the study and a centre, and the workbook."""
    insight = read_insight(folder)
    insight.write_html(folder / "r.html")
    insight.write_pptx(folder / "s.pptx")
    insight.write_workshop(folder / "c.pptx", "kundesenter", "Lynnett")
    insight.write_xlsx(folder / "i.xlsx")
    page = unescape(re.sub(r"<[^>]+>", " ", (folder / "r.html").read_text(encoding="utf-8")))
    decks = [Presentation(BytesIO((folder / name).read_bytes())) for name in ("s.pptx", "c.pptx")]
    return " ".join(page.split()), decks, _open((folder / "i.xlsx").read_bytes())


def test_everything_is_read_back(full, folder):
    insight = read_insight(folder)
    facts, wanted = insight.collect(), full.collect()
    assert facts["studie"] == wanted["studie"] and facts["kart"] == wanted["kart"]
    assert facts["faktorer"]["nivå"] == 0.9 and facts["faktorer"]["merknader"] == wanted["faktorer"]["merknader"]
    assert facts["temaer"][0] == {"tema": "lytting", "navn": "Å lytte", "definisjon": "Å høre etter."}
    assert facts["rangert"] == wanted["rangert"] and facts["vinnere"]["merknader"] == ["Et forbehold om winners."]
    assert [r["estimat"] for r in facts["vinnere"]["rader"]] == [r["estimat"] for r in wanted["vinnere"]["rader"]]


def test_the_report_shows_the_files_numbers(folder, made):
    page = made[0]
    factors = pd.read_csv(folder / "faktorer.csv").dropna(subset=["estimat"])
    for row in factors[factors["metode"].isin(["rå", "justert"])].itertuples():
        span = f"fra {wording.number(row.nedre)} til {wording.number(row.øvre)}"
        assert f"{wording.number(row.estimat)} {span}" in page
    for row in pd.read_csv(folder / "viktighet.csv").itertuples():
        assert f"{wording.percent(row.andel)} fra {wording.percent(row.andel_nedre)}" in page
    winners = pd.read_csv(folder / "vinnere.csv").query("klasse == 'alle'")
    for row in winners.itertuples():
        span = f"fra {wording.number(100 * row.nedre)} til {wording.number(100 * row.øvre)}"
        assert f"{wording.number(100 * row.estimat)} {span}" in page
    ranking = pd.read_csv(folder / "rangering.csv").query("mål == 'offisiell score'")
    whole_numbers = [column for column in ranking if "rang" in column]
    for row in ranking.astype(dict.fromkeys(whole_numbers, int)).itertuples():
        shown = f"{row.kundesenter} {row.klasse} {row.n} {wording.number(row.snitt)} fra"
        if row.n < 10:
            assert shown not in page
            continue
        assert shown in page
        kind, whole = (
            f"{a}" if a == b else f"{a}–{b}"
            for a, b in ((row.klasserang_fra, row.klasserang_til), (row.rang_fra, row.rang_til))
        )
        assert re.search(rf"{re.escape(shown)} \S+ til \S+ {kind} {whole} ", page)
    clusters = pd.read_csv(folder / "klynger.csv")
    for row in clusters[clusters["klynge"] > 0].itertuples():
        assert f"{row.antall} setninger, {wording.percent(row.andel)}" in page


def test_every_chart_shows_numbers_of_the_files(folder, made):
    """What a chart shows is in a file, or counted from kommentarer.csv; no bar comes from anywhere else."""
    insight = read_insight(folder)
    facts, sheet = insight.collect(), insight.workshop("kundesenter", "Lynnett")
    factors = pd.read_csv(folder / "faktorer.csv")
    ends = ("estimat", "nedre", "øvre")
    known = {tuple(r) for r in factors[["estimat", "nedre", "øvre"]].dropna().round(6).itertuples(index=False)}
    clusters = pd.read_csv(folder / "klynger.csv")
    known |= {tuple(r) for r in clusters[["andel", "nedre", "øvre"]].round(6).itertuples(index=False)}
    known |= {tuple(round(100 * row[k], 6) for k in ends) for row in facts["vinnere"]["rader"]}
    important = facts["viktighet"]["rader"]
    known |= {tuple(round(row[k], 6) for k in ends) for row in [*important, *(r["omtale"] for r in important)]}
    groups = [facts["temaandeler"]["alle"], *facts["temaandeler"]["klasse"], *facts["temaandeler"]["kanal"]]
    cells = [cell for group in groups for cell in group["celler"] or []] + sheet["score"]
    for theme in sheet["temaer"]:
        parts = [theme, theme["mot"], theme["vinner"]]
        cells += [part[m] for part in parts for m in ("positiv", "negativ") if part[m]]
        cells.append({key: 100 * theme["forskjell"][key] for key in ("estimat", "nedre", "øvre")})
    known |= {tuple(round(c[k], 6) for k in ends) for c in cells if c["estimat"] is not None}
    charts = [chart for deck in made[1] for slide in deck.slides for chart in _charts(slide)]
    assert len(charts) >= 11
    for chart in charts:
        for series in chart.plots[0].series:
            bars = [bar for bar in zip(*_bars(series), strict=True) if bar[0] is not None]
            assert all(tuple(round(v, 6) for v in bar) in known for bar in bars), series.name


def test_the_workbook_holds_the_files(folder, made):
    for stem in ("viktighet", "vinnere", "klynger"):
        wanted = pd.read_csv(folder / f"{stem}.csv")
        head, *rows = made[2][stem.capitalize()].iter_rows(values_only=True)
        at = head.index("estimat") if "estimat" in head else head.index("andel")
        values = [row[at] for row in rows if isinstance(row[at], float)]
        assert values[: len(wanted)] == pytest.approx(wanted[head[at]].tolist())


def test_parts_that_are_not_there_are_left_out(folder, tmp_path):
    for name in ("kommentarer.csv", "setninger.csv", "klynger.csv", "faktorer.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    insight = read_insight(tmp_path, title="Vinteren")
    facts = insight.collect()
    assert facts["viktighet"] is facts["vinnere"] is None and not facts["rangert"]["vises"]
    assert facts["studie"]["navn"] == "Vinteren" and facts["temaer"][0]["navn"] == "Lytting"
    insight.write_html(tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert 'id="viktighet"' not in page and 'id="vinnere"' not in page and "Plass i klassen" not in page


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("klynger.csv", None, "mangler klynger.csv"),
        ("faktorer.csv", "tema,omtale\n", "faktorer.csv mangler kolonnen «metode»"),
        ("viktighet.csv", "", "viktighet.csv kan ikke leses"),
        ("faktorer.json", "{", "faktorer.json er ødelagt"),
        ("setninger.csv", b"\xff\xfe\x00", "setninger.csv kan ikke leses"),
    ],
)
def test_broken_files_are_one_sentence(folder, tmp_path, file, content, said):
    for path in folder.glob("*.*"):
        if path.suffix in (".csv", ".json"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    if content is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=re.escape(said)):
        read_insight(tmp_path)
