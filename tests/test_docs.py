"""The documentation builds without a warning, and what its pages tell people to type is right."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from textinnsikt.cli.main import build_parser, main

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def _blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_commands_are_ones_that_the_command_line_takes(page):
    for block in _blocks(page, ""):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["textinnsikt"]:
                assert build_parser().parse_args(words[1:]).command == words[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_page_is_in_the_contents():
    contents = (ROOT / "docs" / "index.md").read_text(encoding="utf-8").split()
    assert {page.stem for page in PAGES[1:]} - {"index"} <= set(contents)


@pytest.mark.check
@pytest.mark.parametrize("page", [p for p in PAGES[1:] if _blocks(p, "python")], ids=lambda p: p.stem)
def test_python_in_the_pages_runs(page, tmp_path):
    code = "\n".join(_blocks(page, "python"))
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _fill_in(folder: Path) -> None:
    """Label every comment in a folder's workbooks with what is in the key, as people would."""
    key = json.loads((ROOT / "data" / "eksempelstudie_fasit.json").read_text(encoding="utf-8"))
    words = {"0": "ingen", "+": "positiv", "-": "negativ", "b": "blandet"}
    for path in folder.glob("merking_*.xlsx"):
        book = openpyxl.load_workbook(path)
        rows = book["Merking"]
        at = {cell.value: cell.column for cell in rows[1]}
        for row in range(2, rows.max_row + 1):
            name = f"{rows.cell(row, at['henvendelse']).value}-{rows.cell(row, at['kommentar_nr']).value}"
            for theme, sign in zip(key["temaer"], key["kommentarer"][name], strict=True):
                rows.cell(row, at[theme]).value = words[sign]
            rows.cell(row, at["ferdig"]).value = "ja"
        book.save(path)


@pytest.mark.check
def test_the_labelling_guide_can_be_followed_word_for_word(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    study = pd.read_csv(ROOT / "data" / "eksempelstudie.csv", dtype=str, encoding="utf-8")
    study[study["kundesenter"].isin(sorted(study["kundesenter"].unique())[::6])].to_excel("studie.xlsx", index=False)
    assert main(["run", "studie.xlsx", "-o", "resultat"]) == 0
    lines = [line for block in _blocks(ROOT / "docs" / "merking.md", "") for line in block.splitlines()]
    words = [shlex.split(line, comments=True)[1:] for line in lines]
    for command in [each for each in words if each and "label-studio" not in each]:
        more = ["--epochs", "1"] if command[0] == "train" else []
        assert main([*command, *more]) == 0, f"{command}: {capsys.readouterr().err}"
        if command[:2] in (["label", "sample"], ["label", "next"]):
            _fill_in(tmp_path / "merking")
    assert pd.read_csv("faktorer2/faktorer.csv")["metode"].str.endswith("_korrigert").any()


@pytest.mark.check
def test_the_documentation_builds_without_warnings(tmp_path):
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-E", "-d", str(tmp_path / "d"), "docs"]
    done = subprocess.run([*build, str(tmp_path / "site")], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    reference = (tmp_path / "site" / "api.html").read_text(encoding="utf-8")
    for name in (
        "textinnsikt.study.read_study",
        "textinnsikt.themes.tagger.ThemeTagger",
        "textinnsikt.insight.Insight",
    ):
        assert f'id="{name}"' in reference, f"{name} is not in the reference"
