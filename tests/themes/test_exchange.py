import json
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.themes import Codebook
from textinnsikt.themes.exchange import label_studio_config, read_answers, to_argilla, to_label_studio

BOOK = Codebook.from_dict({"tema": {"lytting": {}, "løsning": {}}})
COMMENTS = pd.DataFrame(
    {"henvendelse": ["h1", "h2"], "kommentar_nr": [1, 2], "kanal": [None, "chat"], "tekst": ["a", "b"]}
)


def _read(tmp_path, tasks):
    path = tmp_path / "eksport.json"
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return read_answers(path, BOOK)


def _choice(theme, value):
    return {"from_name": theme, "to_name": "tekst", "type": "choices", "value": {"choices": [value]}}


def test_label_studio_answers_come_back(tmp_path):
    tasks = to_label_studio(COMMENTS)
    assert "kanal" not in tasks[0]["data"]
    said = [_choice("lytting", "positiv"), _choice("løsning", "ingen")]
    said.append({"from_name": "merknad", "to_name": "tekst", "type": "textarea", "value": {"text": ["tvil"]}})
    tasks[0]["annotations"] = [
        {"completed_by": 4, "result": said},
        {"completed_by": 5, "was_cancelled": True, "result": []},
    ]
    tasks[1]["annotations"] = []
    rows, faults = _read(tmp_path, tasks)
    assert faults == ()
    assert rows.values.tolist() == [["h1", 1, "4", "positiv", "ingen", "tvil"]]


def test_the_interface_asks_for_every_theme():
    tree = ET.fromstring(label_studio_config(BOOK))
    assert [node.get("name") for node in tree.iter("Choices")] == list(BOOK.keys)
    assert [node.get("value") for node in tree.find("Choices")] == ["ingen", "positiv", "negativ", "blandet"]


def test_argilla_answers_come_back(tmp_path):
    records = to_argilla(COMMENTS)
    records[1]["responses"] = {
        "lytting": [{"value": "negativ", "user_id": "k"}, {"value": "ingen", "user_id": "o"}],
        "løsning": [{"value": "blandet", "user_id": "k"}, {"value": "ingen", "user_id": "o", "status": "draft"}],
    }
    rows, faults = _read(tmp_path, records)
    assert faults == ()
    assert rows.drop(columns="merknad").values.tolist() == [
        ["h2", 2, "k", "negativ", "blandet"],
        ["h2", 2, "o", "ingen", "ingen"],
    ]


def test_json_min_is_read(tmp_path):
    rows, _ = _read(tmp_path, [{"henvendelse": "h1", "kommentar_nr": 1, "lytting": "positiv", "annotator": 2}])
    assert rows.iloc[0][["annotatør", "lytting", "løsning"]].tolist() == ["2", "positiv", "ingen"]


def test_faults_are_named(tmp_path):
    tasks = [
        {"data": {"tekst": "x"}, "annotations": []},
        {"henvendelse": "h1", "kommentar_nr": 1, "lytting": "bra", "annotator": 2},
    ]
    rows, faults = _read(tmp_path, tasks)
    assert rows.empty and "oppgave 1" in faults[0] and "«bra» må være en av" in faults[1]
    with pytest.raises(InputError, match="ingen liste"):
        _read(tmp_path, {"a": 1})
    (tmp_path / "x.json").write_text("nei", encoding="utf-8")
    with pytest.raises(InputError, match="ikke JSON"):
        read_answers(tmp_path / "x.json", BOOK)
