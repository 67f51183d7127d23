"""The labelling loop from the shell."""

import openpyxl
import pandas as pd
import pytest

from textinnsikt.cli.main import main
from textinnsikt.study import TaggedStudy, write_tagged
from textinnsikt.themes import Codebook, read_labelled

BOOK = Codebook.load()


@pytest.fixture
def result(tmp_path):
    rows = []
    for i in range(120):
        row = {"henvendelse": f"h{i:03}", "kommentar_nr": 1, "kundesenter": f"Bank {i % 6}", "klasse": "Bank"}
        row |= {"kanal": "chat", "shopper": f"s{i % 9}", "dato": None, "besvart": "ja", "totalscore": 50.0 + i % 7}
        row |= {"tekst": f"Kommentar nummer {i} om {'svar' if i % 2 else 'kø'}."}
        for place, theme in enumerate(BOOK.keys):
            sure = 0.9 if (i + place) % 5 == 0 else 0.1
            row |= {theme: "positiv" if sure > 0.5 else "ingen", f"{theme}_setning": None}
            row |= {f"{theme}_p_positiv": sure, f"{theme}_p_negativ": 0.05}
        rows.append(row | {"modell": "m", "modell_hash": "x"})
    folder = tmp_path / "resultat"
    folder.mkdir()
    write_tagged(TaggedStudy(pd.DataFrame(rows), BOOK.keys), folder)
    return folder


def _fill(folder, odd=None):
    for path in folder.glob("merking_*.xlsx"):
        book = openpyxl.load_workbook(path)
        sheet = book["Merking"]
        at = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            place = int(sheet.cell(row, 1).value[1:])
            sheet.cell(row, at["ferdig"]).value = "ja"
            if place % 5 == 0 and not (odd in path.stem.split("_") and place % 20 == 0):
                sheet.cell(row, at["lytting"]).value = "positiv"
        book.save(path)


def test_the_whole_loop(tmp_path, result, capsys):
    folder, out = tmp_path / "merking", tmp_path / "merket.csv"
    start = ["label", "sample", str(result), "-o", str(folder), "--contacts", "40", "--annotators", "kari,ola"]
    assert main([*start, "--overlap", "20"]) == 0
    assert main(["label", "read", str(folder), "-o", str(out)]) == 2
    assert "40 av 40 henvendelser er ikke ferdig merket" in capsys.readouterr().err
    _fill(folder, odd="ola")
    assert main(["label", "agree", str(folder), "--tagged", str(result)]) == 0
    told = capsys.readouterr().out
    assert "Krippendorffs alfa, kari, ola:" in told and "95 % konfidensintervall fra" in told
    alpha = pd.read_csv(folder / "enighet.csv").set_index("tema")
    assert 0 < alpha.at["lytting", "estimat"] < 1 and (folder / "samtale.xlsx").exists()
    assert (folder / "merkefeil.csv").exists() and (folder / "forvekslinger.csv").exists()
    more = ["label", "next", str(folder), str(result), "--contacts", "20", "--annotators", "kari"]
    assert main(more) == 0
    _fill(folder)
    assert main(["label", "read", str(folder), "-o", str(out), "--aside", "0,5"]) == 0
    train, kept = read_labelled(out), read_labelled(tmp_path / "merket_retting.csv")
    assert len(train) == 30 and len(kept) == 30
    weights = 1 / kept.drop_duplicates("henvendelse")["trekksannsynlighet"].astype(float)
    assert 80 < weights.sum() < 160
    assert main(["label", "read", str(folder), "-o", str(out)]) == 2
    assert "--force" in capsys.readouterr().err


def test_a_labelling_is_never_overwritten(tmp_path, result, capsys):
    folder = tmp_path / "merking"
    start = ["label", "sample", str(result), "-o", str(folder), "--contacts", "10", "--by", "ingen"]
    assert main(start) == 0
    before = (folder / "utvalg.csv").read_bytes()
    assert main(start) == 2
    assert "label next" in capsys.readouterr().err and (folder / "utvalg.csv").read_bytes() == before


def test_settled_disagreements_are_kept(tmp_path, result, capsys):
    folder = tmp_path / "merking"
    main(["label", "sample", str(result), "-o", str(folder), "--contacts", "30", "--annotators", "kari,ola"])
    _fill(folder, odd="ola")
    assert main(["label", "agree", str(folder)]) == 0
    before = (folder / "samtale.xlsx").read_bytes()
    assert main(["label", "agree", str(folder)]) == 0
    assert "er ikke rørt" in capsys.readouterr().out and (folder / "samtale.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    "extra", [["--contacts", "0"], ["--by", "farge"], ["--annotators", "a b"], ["--contacts", "999"]]
)
def test_bad_wishes_get_one_sentence(tmp_path, result, capsys, extra):
    assert main(["label", "sample", str(result), "-o", str(tmp_path / "m"), *extra]) == 2
    said = capsys.readouterr().err
    assert said.startswith("textinnsikt: ") and said.count("\n") == 1
