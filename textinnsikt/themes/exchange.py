"""Exchange: labelling tasks and answers in the formats of Label Studio and Argilla."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study import VALUES
from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.workbook import KEYS, REMARK

Task = dict[str, Any]


def to_label_studio(comments: pd.DataFrame) -> list[Task]:
    """Return tasks to import in Label Studio.

    Parameters
    ----------
    comments : pandas.DataFrame
        ``henvendelse, kommentar_nr, tekst``; other columns go along.

    Examples
    --------
    >>> to_label_studio(pd.DataFrame({"henvendelse": ["h1"], "kommentar_nr": [2], "tekst": ["Fikk svar."]}))
    [{'data': {'henvendelse': 'h1', 'kommentar_nr': 2, 'tekst': 'Fikk svar.'}}]
    """
    return [{"data": record} for record in _records(comments)]


def label_studio_config(codebook: Codebook) -> str:
    """Return the labelling interface (XML) that goes with `to_label_studio`.

    Examples
    --------
    >>> print(label_studio_config(Codebook.from_dict({"tema": {"lytting": {"definisjon": "Hører etter."}}})))
    <View>
      <Text name="tekst" value="$tekst"/>
      <Header value="lytting" size="4"/>
      <Choices name="lytting" toName="tekst" choice="single" required="true" showInline="true">
        <Choice value="ingen" selected="true"/>
        <Choice value="positiv"/>
        <Choice value="negativ"/>
        <Choice value="blandet"/>
      </Choices>
      <TextArea name="merknad" toName="tekst" placeholder="merknad" maxSubmissions="1"/>
    </View>
    """
    lines = ["<View>", '  <Text name="tekst" value="$tekst"/>']
    for theme in codebook.keys:
        name = escape(theme, quote=True)
        lines += [
            f'  <Header value="{name}" size="4"/>',
            f'  <Choices name="{name}" toName="tekst" choice="single" required="true" showInline="true">',
            *(
                f'    <Choice value="{value}"{" selected=" + chr(34) + "true" + chr(34) if not place else ""}/>'
                for place, value in enumerate(VALUES)
            ),
            "  </Choices>",
        ]
    lines += [f'  <TextArea name="{REMARK}" toName="tekst" placeholder="{REMARK}" maxSubmissions="1"/>', "</View>"]
    return "\n".join(lines)


def to_argilla(comments: pd.DataFrame) -> list[Task]:
    """Return records for Argilla 2: what ``dataset.records.from_json`` reads.

    Examples
    --------
    >>> record = to_argilla(pd.DataFrame({"henvendelse": ["h1"], "kommentar_nr": [2], "tekst": ["Fikk svar."]}))[0]
    >>> record["id"], record["fields"], record["metadata"]
    ('h1/2', {'tekst': 'Fikk svar.'}, {'henvendelse': 'h1', 'kommentar_nr': 2})
    """
    empty: Task = {"suggestions": {}, "responses": {}, "vectors": {}}
    return [
        {
            "id": f"{record[KEYS[0]]}/{record[KEYS[1]]}",
            "fields": {"tekst": record["tekst"]},
            "metadata": {name: value for name, value in record.items() if name != "tekst"},
            **empty,
        }
        for record in _records(comments)
    ]


def read_answers(path: str | Path, codebook: Codebook) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Read an export with answers: JSON of Label Studio (whole or JSON-MIN) or Argilla.

    Parameters
    ----------
    path : str or Path
    codebook : Codebook

    Returns
    -------
    answers : pandas.DataFrame
        ``henvendelse, kommentar_nr, annotatør``, one column a theme, ``merknad``; tasks without an answer are left out.
    faults : tuple of str
        One Norwegian phrase for each faulty answer.

    Raises
    ------
    InputError
        When the file is neither.

    Examples
    --------
    >>> import tempfile
    >>> answer = {"annotations": [{"completed_by": {"email": "kari"}, "result": [{"from_name": "lytting",
    ...     "to_name": "tekst", "type": "choices", "value": {"choices": ["positiv"]}}]}]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "eksport.json")
    ...     _ = path.write_text(json.dumps([{"data": {"henvendelse": "h1", "kommentar_nr": 2}, **answer}]))
    ...     answers, _ = read_answers(path, Codebook.from_dict({"tema": {"lytting": {}}}))
    >>> answers[["henvendelse", "kommentar_nr", "annotatør", "lytting"]].values.tolist()
    [['h1', 2, 'kari', 'positiv']]
    """
    name = Path(path).name
    try:
        tasks = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, ValueError):
        raise InputError(f"{name} er ikke JSON; eksporter merkene på nytt.") from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise InputError(f"{name} er ingen liste av oppgaver; eksporter fra Label Studio eller Argilla som JSON.")
    rows: list[dict[str, Any]] = []
    faults: list[str] = []
    for number, task in enumerate(tasks, start=1):
        where = f"{name}, oppgave {number}"
        try:
            about, answers = _answers_of(task)
            key = {KEYS[0]: str(about[KEYS[0]]), KEYS[1]: int(about[KEYS[1]])}
        except (KeyError, TypeError, ValueError, AttributeError):
            faults.append(f"{where}: henvendelse og kommentar_nr mangler, eller svaret har en annen form enn ventet")
            continue
        for annotator, given in answers.items():
            values = {theme: str(given.get(theme) or "ingen").strip().lower() for theme in codebook.keys}
            wrong = [theme for theme in codebook.keys if values[theme] not in VALUES]
            faults += [f"{where}, «{theme}»: «{values[theme]}» må være en av {', '.join(VALUES)}" for theme in wrong]
            if not wrong:
                rows.append({**key, "annotatør": annotator, **values, REMARK: str(given.get(REMARK) or "")})
    return pd.DataFrame(rows, columns=[*KEYS, "annotatør", *codebook.keys, REMARK]), tuple(faults)


def _answers_of(task: Task) -> tuple[Task, dict[str, dict[str, Any]]]:
    """Return what a task is about, and annotator -> question -> answer."""
    if "annotations" in task:
        done = [one for one in task["annotations"] if not one.get("was_cancelled")]
        return task["data"], {_person(one.get("completed_by")): _chosen(one["result"]) for one in done}
    if "responses" in task:
        answers: dict[str, dict[str, Any]] = {}
        for question, responses in (task["responses"] or {}).items():
            for response in responses:
                if response.get("status") not in ("draft", "discarded"):
                    answers.setdefault(_person(response.get("user_id")), {})[question] = response["value"]
        return task["metadata"], answers
    return task, {_person(task["annotator"]): task} if task.get("annotator") else {}


def _chosen(result: list[Task]) -> dict[str, Any]:
    """Return question -> answer of one Label Studio annotation."""
    given = {}
    for part in result:
        value = part["value"].get("choices") or part["value"].get("text") or []
        given[part["from_name"]] = value if isinstance(value, str) else " ".join(value)
    return given


def _person(who: Any) -> str:
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    return str(who if who is not None else "ukjent")


def _records(comments: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain values, missing ones left out."""
    rows = comments.astype(object).to_dict("records")
    plain = [{str(name): value for name, value in row.items() if value == value and value is not None} for row in rows]
    return [{**row, KEYS[0]: str(row[KEYS[0]]), KEYS[1]: int(row[KEYS[1]])} for row in plain]
