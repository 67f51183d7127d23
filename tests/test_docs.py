"""The documentation builds without a warning, and what its pages tell people to type can be typed."""

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from textinnsikt.cli.main import build_parser, main

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
#: Commands that are not executed, and why. Every other one is.
HUB = "fetches a base from the hub"
MACHINES = "needs several machines and a disk that they share"
EXEMPT = {
    "textinnsikt train merket.csv -o modell-nb --base NbAiLab/nb-bert-base": HUB,
    "ray start --head --port=6379": MACHINES,
    "ray start --address=FØRSTE:6379": MACHINES,
    "RAY_ADDRESS=FØRSTE:6379 textinnsikt tag /delt/inn.parquet -o /delt/ut.parquet --engine ray": MACHINES,
    "ray stop": MACHINES,
}
#: What pages call studies: the file that is put there, and which contacts are in it.
STUDIES = {
    "studie.xlsx": ("studie.xlsx", slice(None)),
    "studie2020.xlsx": ("studie2020.xlsx", slice(0, None, 3)),
    "studie2021.xlsx": ("studie2021.xlsx", slice(1, None, 3)),
    "omtaler.csv": ("omtaler.csv", slice(0, None, 3)),
    "kommentarer.xlsx": ("kommentarer.xlsx", slice(0, None, 3)),
    "kommentarer.csv": ("kommentarer.csv", slice(0, 30)),
    "kommentarer.parquet": ("kommentarer.parquet", slice(0, 30)),
    "inn.parquet": ("inn.parquet", slice(0, 30)),
    "logg.jsonl.gz": ("logg.jsonl.gz", slice(0, 30)),
    "mappe/": ("mappe/januar.csv", slice(0, 30)),
    "2021/*.jsonl": ("2021/februar.jsonl", slice(30, 60)),
}
#: Commands that make what other pages begin with, and files that are as one of those.
BEFORE = (
    "textinnsikt run studie.xlsx -o resultat",
    "textinnsikt label sample resultat -o merking --contacts 80",
    "textinnsikt label read merking -o merket.csv",
    "textinnsikt label sample resultat -o ventetid --contacts 80 --codebook temaer.toml",
    "textinnsikt label read ventetid -o ventetid.csv",
)
SAME = {
    "test.csv": "merket.csv",
    "merket_retting.csv": "merket.csv",
    "resultat2020": "resultat",
    "resultat2021": "resultat",
}
#: What the slow commands made, the first time one was followed; the same line on another page gets a copy.
MADE: dict[str, Path] = {}
#: The word after one of these is written, not read.
OUTPUT = {"-o", "--json", ">"}


def _blocks(page: Path, *kinds: str) -> list[str]:
    fences = re.findall(r"^```(.*?)\n(.*?)^```$", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [block for kind, block in fences if kind in kinds]


def _commands(page: Path) -> list[str]:
    """Return the page's lines for the shell in order, without what is said of them; not those for make."""
    lines = [line for block in _blocks(page, "", "bash", "sh") for line in block.splitlines()]
    commands = [re.sub(r"(^|\s+)#.*", "", line).strip() for line in lines]
    return [command for command in commands if command and not command.startswith("make ")]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_commands_are_ones_that_the_command_line_takes(page):
    for words in map(shlex.split, _commands(page)):
        if words[0] == "textinnsikt":
            assert build_parser().parse_args(words[1:]).command == words[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_page_is_in_the_contents():
    contents = (ROOT / "docs" / "index.md").read_text(encoding="utf-8").split()
    assert {page.stem for page in PAGES[1:]} - {"index"} <= set(contents)


@pytest.mark.check
@pytest.mark.parametrize("page", [p for p in PAGES if _blocks(p, "python")], ids=lambda p: p.stem)
def test_python_in_the_pages_runs(page, tmp_path):
    code = "\n".join(_blocks(page, "python"))
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _read_example() -> pd.DataFrame:
    """Return over 500 contacts (pages draw 200, then 100 more), some from centres that pages name; one comment each."""
    study = pd.read_csv(ROOT / "data" / "eksempelstudie.csv", dtype=str, encoding="utf-8")
    centres = {"Alarmselskap A", "Bank H", *sorted(study["kundesenter"].unique())[5::5]}
    return study[study["kundesenter"].isin(centres) & study["kommentar_1"].notna()].drop(
        columns=["kommentar_2", "kommentar_3"]
    )


def _write_study(path: Path, contacts: slice, words: list[str]) -> None:
    """Write contacts of the example study with the headings and the range of scores that a command speaks of."""
    study = _read_example()[contacts]
    after = list(zip(words, words[1:], strict=False))
    for low, high in [word.split("-") for flag, word in after if flag == "--score-range"]:
        share = study["totalscore"].astype(float) / 100
        study["totalscore"] = (int(low) + share * (int(high) - int(low))).round().astype(int)
    study = study.rename(columns=dict(word.split("=") for flag, word in after if flag == "--map"))
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".xlsx":
        study.to_excel(path, index=False)
    elif path.suffix == ".parquet":
        study.to_parquet(path, index=False)
    elif ".jsonl" in path.suffixes:
        study.to_json(path, orient="records", lines=True, force_ascii=False)
    else:
        study.to_csv(path, index=False, encoding="utf-8")


def _put_in_place(words: list[str], folder: Path, shared: Path) -> None:
    """Put what a command reads where it looks for it, unless an earlier command of the page made it."""
    for before, word in zip(words, words[1:], strict=False):
        if before in OUTPUT:
            continue
        name, contacts = STUDIES.get(word, (word, None))
        source = shared / SAME.get(name, name)
        if (folder / name).exists():
            continue
        if contacts is not None:
            _write_study(folder / name, contacts, words)
        elif source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.is_file():
            shutil.copy(source, folder / name)


def _fill_in(folder: Path) -> None:
    """Label every comment in a folder's workbooks, as in the key, and a theme of one's own by turns."""
    key = json.loads((ROOT / "data" / "eksempelstudie_fasit.json").read_text(encoding="utf-8"))
    words = {"0": "ingen", "+": "positiv", "-": "negativ", "b": "blandet"}
    for path in folder.glob("merking_*.xlsx"):
        book = openpyxl.load_workbook(path)
        rows = book["Merking"]
        at = {cell.value: cell.column for cell in rows[1]}
        for row in range(2, rows.max_row + 1):
            name = f"{rows.cell(row, at['henvendelse']).value}-{rows.cell(row, at['kommentar_nr']).value}"
            labels = dict(zip(key["temaer"], key["kommentarer"][name], strict=True))
            labels["ventetid"] = "0+-"[row % 3]
            for theme in labels.keys() & at.keys():
                rows.cell(row, at[theme]).value = words[labels[theme]]
            rows.cell(row, at["ferdig"]).value = "ja"
        book.save(path)


def _follow(line: str, folder: Path, shared: Path) -> None:
    """Do in a folder what a line says; what must be filled in by hand after it is filled in."""
    words = shlex.split(line)
    assert "textinnsikt" in words, f"{line} is not a command of ours"
    made = [after for flag, after in zip(words, words[1:], strict=False) if flag in OUTPUT and after != "-"]
    _put_in_place(words, folder, shared)
    if line in MADE:
        shutil.copytree(MADE[line], folder / made[0])
    elif words[0] != "textinnsikt" or {"|", ">", "ray"} & set(words):
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        command = ["bash", "-o", "pipefail", "-c", line]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, "PATH": path})
        assert done.returncode == 0, f"{line}: {done.stderr}"
    else:
        more = ["--epochs", "1"] if words[1] == "train" else []
        said = io.StringIO()
        with contextlib.chdir(folder), contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            assert main([*words[1:], *more]) == 0, f"{line}: {said.getvalue()}"
    assert all((folder / name).exists() for name in made), line
    if words[1] in ("run", "train"):
        MADE.setdefault(line, folder / made[0])
    if words[1:3] in (["label", "sample"], ["label", "next"]):
        _fill_in(folder / (made[0] if made else words[3]))
    if "--labels" in words:
        assert pd.read_csv(folder / made[0] / "faktorer.csv")["metode"].str.endswith("_korrigert").any()


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """What the pages speak of and do not make themselves."""
    folder = tmp_path_factory.mktemp("delt")
    (codebook,) = [block for page in PAGES for block in _blocks(page, "toml")]
    (folder / "temaer.toml").write_text(codebook, encoding="utf-8")
    Presentation().save(folder / "mal.potx")
    for line in BEFORE:
        _follow(line, folder, folder)
    return folder


def test_only_commands_that_pages_have_are_exempt():
    assert {*EXEMPT} <= {line for page in PAGES for line in _commands(page)}


@pytest.mark.check
@pytest.mark.parametrize("page", [p for p in PAGES if {*_commands(p)} - {*EXEMPT}], ids=lambda p: p.stem)
def test_commands_in_the_pages_can_be_followed_word_for_word(page, tmp_path, shared):
    for line in _commands(page):
        if line not in EXEMPT:
            _follow(line, tmp_path, shared)


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
