"""The command line as a user meets it."""

import subprocess
import sys

import pandas as pd
import pytest

import textinnsikt
from textinnsikt.cli.main import main


def _run(capsys, *arguments):
    try:
        code = main(list(arguments))
    except SystemExit as stop:
        code = stop.code
    said = capsys.readouterr()
    return code, said.out, said.err


def test_version(capsys):
    assert _run(capsys, "--version")[:2] == (0, f"textinnsikt {textinnsikt.__version__}\n")


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["tag", "--help"], ["models", "--help"]])
def test_help_is_norwegian(capsys, arguments):
    code, out, _ = _run(capsys, *arguments)
    assert code == 0
    assert out.startswith("bruk:") and "valg:" in out
    assert "usage" not in out and "options" not in out and "show this help" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "mangler KOMMANDO"),
        (["run"], "mangler STUDIE, -o"),
        (["run", "a.csv", "-o"], "-o/--output trenger en verdi"),
        (["vask"], "kan ikke være 'vask'"),
        (["run", "a.csv", "-o", "ut", "--fort"], "kjenner ikke --fort"),
        (["run", "a.csv", "-o", "ut", "--score-range", "seks"], "LAVEST-HØYEST"),
        (["run", "a.csv", "-o", "ut", "--score-range", "6-1"], "lavere"),
        (["run", "a.csv", "-o", "ut", "--map", "totalscore"], "må ha formen"),
        (["run", "finnes_ikke.csv", "-o", "ut"], "finnes_ikke.csv"),
    ],
)
def test_wrong_calls_get_one_sentence_and_exit_code_2(capsys, arguments, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = _run(capsys, *arguments)
    assert code == 2 and out == ""
    assert words in err and err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_help_is_the_same_whether_commands_are_loaded_or_not():
    from textinnsikt.cli.main import build_parser

    assert build_parser().format_help() == build_parser("").format_help()


def test_help_comes_at_once():
    code = "import sys; import textinnsikt.cli.main as m; m.build_parser('').format_help(); print(len(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 250  # neither pandas nor torch, which have over a thousand


def test_models_says_what_is_here_and_why(capsys):
    code, out, _ = _run(capsys, "models")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith("ja") and "innebygd" in lines[0]
    assert any("NbAiLab/nb-bert-base" in line and "trenes" in line for line in lines)


def _study(tmp_path, rows, name="studie.csv"):
    path = tmp_path / name
    pd.DataFrame(rows).to_csv(path, index=False, encoding="utf-8")
    return path


def _rows(n=60):
    texts = [
        "Hun hørte ikke etter.",
        "Fikk god hjelp til fakturaen.",
        "Ventet lenge i kø.",
        "Stilte gode spørsmål om bruken min.",
    ]
    return [
        {
            "id": i,
            "kundesenter": f"Senter {i % 6}",
            "score": 60 + i % 30,
            "kommentar 1": texts[i % 4],
            "kommentar 2": texts[(i + 1) % 4],
        }
        for i in range(n)
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: [{k: v for k, v in r.items() if not k.startswith("kommentar")} for r in rows], "kommentar"),
        (lambda rows: [{**r, "id": 1} for r in rows], "henvendelse"),
        (lambda rows: [{**r, "score": 250 if i == 4 else r["score"]} for i, r in enumerate(rows)], "--score-range"),
        (lambda rows: [{**r, "kommentar 1": "", "kommentar 2": " "} for r in rows], "kommentar"),
        (lambda rows: rows[:1], ""),
    ],
    ids=["ingen kommentarkolonne", "lik id", "score utenfor", "bare tomme", "to kommentarer"],
)
def test_a_faulty_study_gets_one_sentence(capsys, tmp_path, change, words):
    path = _study(tmp_path, change(_rows()))
    code, out, err = _run(capsys, "run", str(path), "-o", str(tmp_path / "ut"))
    assert code == 2 and out == ""
    assert words in err and err.count("\n") == 1
    assert not any(p.name != ".deler" for p in (tmp_path / "ut").glob("*"))


def test_broken_rows_are_set_aside_and_the_rest_goes_on(capsys, tmp_path):
    rows = _rows()
    rows[3]["score"] = "mange"
    rows[5]["kommentar 1"] = rows[5]["kommentar 2"] = ""
    rows[7]["kommentar 1"] = "=cmd|'/c calc'!A1 Jeg måtte vente lenge på svar fra dem. <script>alert(1)</script> 😀"
    rows[9]["kommentar 1"] = (
        "The agent was very friendly and helped me with my invoice, but the waiting time was far too long."
    )
    rows[11]["kommentar 1"] = "Eg måtte forklare det same tre gonger. " * 700
    path = _study(tmp_path, rows)
    code, out, _ = _run(capsys, "run", str(path), "-o", str(tmp_path / "ut"))
    assert code == 0
    aside = pd.read_csv(tmp_path / "ut" / "avvist.csv")
    assert aside["linje"].tolist() == [5] and "mange" not in aside.to_csv()
    comments = pd.read_csv(tmp_path / "ut" / "kommentarer.csv").set_index(["henvendelse", "kommentar_nr"])
    assert len(comments) == 2 * 59
    assert comments.loc[5, "tekst"].isna().all() and comments.loc[5, "lytting"].isna().all()
    assert comments.at[(11, 1), "lytting"] in ("negativ", "blandet")
    flagged = pd.read_csv(tmp_path / "ut" / "flagget.csv")
    assert flagged[["henvendelse", "kommentar_nr"]].values.tolist() == [[9, 1]]
    html = (tmp_path / "ut" / "rapport.html").read_text(encoding="utf-8")
    assert "<script>alert" not in html


def test_a_half_finished_study_gives_wider_intervals(capsys, tmp_path, small_frame, small_run):
    half = tmp_path / "halv.csv"
    small_frame.groupby("kundesenter").head(10).to_csv(half, index=False, encoding="utf-8")
    assert _run(capsys, "run", str(half), "-o", str(tmp_path / "ut"))[0] == 0
    widths = []
    for folder in (tmp_path / "ut", small_run[0]):
        rows = pd.read_csv(folder / "faktorer.csv").query("metode == 'rå' and tema == 'løsning'")
        widths.append((rows["øvre"] - rows["nedre"]).mean())
    assert widths[0] > widths[1]


def test_a_model_folder_with_a_pickle_or_from_the_future_is_refused(capsys, tmp_path):
    path = _study(tmp_path, _rows())
    folder = tmp_path / "modell"
    folder.mkdir()
    ask = ["run", str(path), "-o", str(tmp_path / "ut"), "--model", str(folder)]
    code, _, err = _run(capsys, *ask)
    assert code == 2 and "temamodell" in err and "--base" in err
    (folder / "tagger.json").write_text('{"utforming": 99}', encoding="utf-8")
    code, _, err = _run(capsys, *ask)
    assert code == 2 and "nyere versjon" in err
    (folder / "pytorch_model.bin").write_bytes(b"x")
    code, _, err = _run(capsys, *ask)
    assert code == 2 and "pytorch_model.bin" in err
