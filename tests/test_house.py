"""The house's own rules: order of imports, size of files, quick start, docstrings that run, names that exist."""

import ast
import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import textinnsikt

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "textinnsikt"
STAGES = ["language", "study", "themes", "clusters", "factors", "insight", "scale", "cli"]
MODULES = sorted(
    name
    for _, name, _ in pkgutil.walk_packages([str(PACKAGE)], "textinnsikt.")
    if not name.startswith("textinnsikt.data")
)


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name for name in found if name.split(".")[0] == "textinnsikt"}


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*/*.py")), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_imports_go_one_way(path):
    stage = path.parent.name
    for name in _imports(path):
        parts = name.split(".")
        if len(parts) > 1 and parts[1] in STAGES:
            assert STAGES.index(parts[1]) <= STAGES.index(stage), f"{stage} imports {name}"
        else:
            assert name in {"textinnsikt.errors", "textinnsikt._version", "textinnsikt.data"}, f"{stage} imports {name}"


def test_folders_are_the_stages():
    folders = {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders <= set(STAGES)


@pytest.mark.parametrize("folder", ["textinnsikt", "tests", "experiments"])
def test_no_file_is_over_400_lines(folder):
    lengths = {
        str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in (ROOT / folder).rglob("*.py")
    }
    assert lengths
    assert {name: n for name, n in lengths.items() if n > 400} == {}


def _fresh(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_import_is_quick_and_light():
    code = (
        "import sys, time; t = time.perf_counter(); import textinnsikt; s = time.perf_counter() - t; "
        "print(s, any(m in sys.modules for m in ('torch', 'matplotlib', 'transformers')))"
    )
    runs = [_fresh(code).split() for _ in range(3)]
    assert min(float(seconds) for seconds, _ in runs) < 0.5
    assert {heavy for _, heavy in runs} == {"False"}


def test_importing_a_stage_loads_no_torch():
    code = (
        "import sys, textinnsikt.study, textinnsikt.themes; "
        "import textinnsikt.clusters, textinnsikt.factors, textinnsikt.insight; "
        "print(any(m in sys.modules for m in ('torch', 'matplotlib')))"
    )
    assert _fresh(code) == "False"


@pytest.mark.parametrize("name", [n for n in textinnsikt.__all__ if n != "__version__"])
def test_public_names_have_examples(name):
    doc = getattr(textinnsikt, name).__doc__
    assert doc and ">>>" in doc, f"{name} has no example"


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_run(name):
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    assert failed == 0


def test_tests_mirror_the_source():
    """A test file's name is the name of what it tests."""
    for path in sorted((ROOT / "tests").glob("*/test_*.py")):
        source = PACKAGE / path.parent.name / f"{path.stem.removeprefix('test_')}.py"
        assert source.exists(), f"{path.relative_to(ROOT)} tests a file that does not exist"


def test_codebook_is_the_documented_one():
    from textinnsikt.themes import Codebook

    text = (ROOT / "docs" / "kodebok.md").read_text(encoding="utf-8")
    assert (
        tuple(re.findall(r"^## (\w+)$", text, flags=re.MULTILINE))[: len(Codebook.load().keys)] == Codebook.load().keys
    )


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "data/README.md", "docs/decisions.md"])
def test_named_files_and_commands_exist(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)\)", text):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), f"{page} links to {target}"
    from textinnsikt.cli.main import COMMANDS

    for command in re.findall(r"^\s*textinnsikt (\w+)", text, flags=re.MULTILINE):
        assert command in COMMANDS, f"{page} names textinnsikt {command}"
    verbs = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for verb in re.findall(r"\bmake (\w+)", text):
        assert verb in verbs, f"{page} names make {verb}"


def test_no_machine_paths_or_long_files_are_kept():
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    sizes = {n: (ROOT / n).stat().st_size for n in names if n and (ROOT / n).exists()}
    assert {n: s for n, s in sizes.items() if s > 8_000_000} == {}
