import json

import openpyxl
import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.study import TaggedStudy
from textinnsikt.themes import Codebook, read_labelled
from textinnsikt.themes.labelling import drawn_rounds, read_folder, set_aside, write_round

BOOK = Codebook.load()
ANNOTATORS = ["kari", "ola"]


@pytest.fixture
def tagged():
    rows = [(f"h{i}", k, f"Kommentar {k} til {i}." if k < 3 else None) for i in range(8) for k in (1, 2, 3)]
    comments = pd.DataFrame(rows, columns=["henvendelse", "kommentar_nr", "tekst"])
    return TaggedStudy(comments.assign(kanal="chat", klasse="Bank", **dict.fromkeys(BOOK.keys, "ingen")), BOOK.keys)


@pytest.fixture
def folder(tmp_path, tagged):
    drawn = pd.DataFrame({"henvendelse": ["h5", "h1", "h0", "h7"], "rundesannsynlighet": [0.5, 0.25, 0.5, 0.5]})
    write_round(tmp_path / "merking", tagged, drawn, ANNOTATORS, overlap=2)
    return tmp_path / "merking"


def _fill(path, answers=None, contacts=None):
    """Mark rows done, with ``(henvendelse, kommentar_nr) -> lytting`` where given."""
    book = openpyxl.load_workbook(path)
    sheet = book["Merking"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        key = (sheet.cell(row, 1).value, sheet.cell(row, 2).value)
        if contacts is None or key[0] in contacts:
            sheet.cell(row, at["ferdig"]).value = "ja"
            sheet.cell(row, at["lytting"]).value = (answers or {}).get(key)
    book.save(path)


def test_overlap_goes_to_all_and_the_rest_is_shared_out(folder):
    given = pd.read_csv(folder / "utvalg.csv").drop_duplicates("henvendelse").set_index("henvendelse")["annotatør"]
    assert given.to_dict() == {"h5": "kari|ola", "h1": "kari|ola", "h0": "kari", "h7": "ola"}
    sheet = openpyxl.load_workbook(folder / "merking_1_ola.xlsx")["Merking"]
    assert [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2)] == [
        (contact, number) for contact in ("h5", "h1", "h7") for number in (1, 2)
    ]


def test_labels_become_a_file_that_training_reads(folder, tmp_path):
    _fill(folder / "merking_1_kari.xlsx", {("h5", 1): "positiv", ("h0", 2): "blandet"})
    _fill(folder / "merking_1_ola.xlsx", {("h5", 1): "negativ"})
    labelled = read_folder(folder).labelled()
    labelled.to_csv(tmp_path / "merket.csv", index=False)
    again = read_labelled(tmp_path / "merket.csv")
    assert len(again) == 8 and not again.duplicated(["henvendelse", "kommentar_nr"]).any()
    values = again.set_index(["henvendelse", "kommentar_nr"])["lytting"]
    assert values["h5", "1"] == "positiv" and values["h0", "2"] == "blandet" and values["h7", "1"] == "ingen"
    shares = labelled.drop_duplicates("henvendelse").set_index("henvendelse")["trekksannsynlighet"]
    assert shares.to_dict() == {"h0": 0.5, "h1": 0.25, "h5": 0.5, "h7": 0.5}


def test_what_is_settled_together_counts(folder):
    from textinnsikt.themes.workbook import write_workbook

    _fill(folder / "merking_1_kari.xlsx", {("h5", 1): "positiv"})
    _fill(folder / "merking_1_ola.xlsx")
    comments = pd.DataFrame({"henvendelse": ["h5"], "kommentar_nr": [1], "tekst": ["Kommentar 1 til 5."]})
    write_workbook(folder / "samtale.xlsx", comments, BOOK)
    first = read_folder(folder).labelled().set_index(["henvendelse", "kommentar_nr"])
    assert first.at[("h5", 1), "lytting"] == "positiv"
    _fill(folder / "samtale.xlsx", {("h5", 1): "blandet"})
    row = read_folder(folder).labelled().set_index(["henvendelse", "kommentar_nr"]).loc[("h5", 1)]
    assert row["lytting"] == "blandet" and row["annotatør"] == "felles|kari|ola"


def test_unfinished_work_is_refused_or_weighted(folder):
    _fill(folder / "merking_1_kari.xlsx")
    with pytest.raises(InputError, match="1 av 4 henvendelser er ikke ferdig merket"):
        read_folder(folder)
    labelled = read_folder(folder, unfinished=True).labelled()
    shares = labelled.drop_duplicates("henvendelse").set_index("henvendelse")["trekksannsynlighet"]
    assert shares.to_dict() == {"h0": 0.375, "h1": 0.1875, "h5": 0.375}


def test_contacts_that_were_passed_over_are_named(folder):
    _fill(folder / "merking_1_kari.xlsx", contacts=["h1", "h0"])
    with pytest.raises(InputError, match="runde 1, kari.ola: henvendelse «h5» er hoppet over"):
        read_folder(folder, unfinished=True)


def test_every_faulty_cell_of_every_file_is_named(folder):
    _fill(folder / "merking_1_kari.xlsx", {("h5", 1): "ja"})
    _fill(folder / "merking_1_ola.xlsx", {("h7", 2): "nei"})
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    assert "merking_1_kari.xlsx, rad 2, kolonnen «lytting»" in str(caught.value)
    assert "merking_1_ola.xlsx, rad 7, kolonnen «lytting»" in str(caught.value)


def test_rounds_are_weighted_together(folder, tagged):
    drawn = pd.DataFrame({"henvendelse": ["h2", "h3"], "rundesannsynlighet": [0.25, 0.2]})
    assert write_round(folder, tagged, drawn, ["kari"], 0) == ["merking_2_kari.xlsx"]
    assert drawn_rounds(folder)["runde"].tolist() == [1, 1, 1, 1, 2, 2]
    for file in folder.glob("merking_*.xlsx"):
        _fill(file)
    shares = (
        read_folder(folder).labelled().drop_duplicates("henvendelse").set_index("henvendelse")["trekksannsynlighet"]
    )
    assert 1 / shares["h5"] == pytest.approx(4 / 6 * 2 + 2 / 6)
    assert 1 / shares["h3"] == pytest.approx(2 / 6 * 5)


@pytest.mark.parametrize("form", ["label-studio", "argilla"])
def test_other_tools_answers_are_read(tmp_path, tagged, form):
    folder = tmp_path / form
    drawn = pd.DataFrame({"henvendelse": ["h5"], "rundesannsynlighet": [0.5]})
    names = write_round(folder, tagged, drawn, ["kari"], 0, form=form)
    tasks = json.loads((folder / names[0]).read_text(encoding="utf-8"))
    assert len(tasks) == 2
    for task in tasks:
        if form == "argilla":
            task["responses"] = {"lytting": [{"value": "positiv", "user_id": "kari"}]}
        else:
            said = {"from_name": "lytting", "type": "choices", "value": {"choices": ["positiv"]}}
            task["annotations"] = [{"completed_by": {"email": "kari"}, "result": [said]}]
    with pytest.raises(InputError, match="ikke ferdig merket"):
        read_folder(folder)
    (folder / "eksport.json").write_text(json.dumps(tasks), encoding="utf-8")
    labelled = read_folder(folder).labelled()
    assert labelled["lytting"].tolist() == ["positiv", "positiv"] and labelled["annotatør"].tolist() == ["kari", "kari"]


def test_a_part_can_be_kept_from_training(folder):
    for file in folder.glob("merking_*.xlsx"):
        _fill(file)
    labelled = read_folder(folder).labelled()
    train, kept = set_aside(labelled, 0.25)
    assert train["henvendelse"].nunique() == 3 and kept["henvendelse"].nunique() == 1
    assert set(train["henvendelse"]).isdisjoint(kept["henvendelse"])
    assert train["del"].unique().tolist() == ["trening"] and kept["del"].unique().tolist() == ["test"]
    both = pd.concat([train, kept]).set_index(["henvendelse", "kommentar_nr"])["trekksannsynlighet"]
    before = labelled.set_index(["henvendelse", "kommentar_nr"])["trekksannsynlighet"]
    assert (both / before).round(6).value_counts().to_dict() == {0.75: 6, 0.25: 2}
    with pytest.raises(InputError, match="mellom 0 og 1"):
        set_aside(labelled, 1.5)


def test_bad_names_and_folders_are_refused(tmp_path, tagged):
    drawn = pd.DataFrame({"henvendelse": ["h5"], "rundesannsynlighet": [0.5]})
    for names in (["Kari N"], ["felles"], ["a", "a"], []):
        with pytest.raises(InputError):
            write_round(tmp_path, tagged, drawn, names, 0)
    with pytest.raises(InputError, match="label sample"):
        read_folder(tmp_path)
