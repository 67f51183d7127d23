"""A tagged study's file: ``kommentarer.csv`` and ``kommentarer.parquet``, and the list of rows set aside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study.cells import numbers
from textinnsikt.study.study import CONTACT_COLUMNS, Study
from textinnsikt.study.table import Table, read_table
from textinnsikt.study.tagged import MENTIONS, VALUES, TaggedStudy, themes_of

#: Name of the comments' file, without its ending.
STEM = "kommentarer"
_HEAD = ("henvendelse", "kommentar_nr", *CONTACT_COLUMNS[1:])


def write_tagged(tagged: TaggedStudy, folder: str | Path) -> None:
    """Write ``kommentarer.csv`` and ``kommentarer.parquet`` in a folder that exists.

    UTF-8 without byte order mark, comma, decimal point, LF line ends, missing cells empty, probabilities with
    four decimals; both files hold the same values. Files of these names are overwritten.

    Parameters
    ----------
    tagged : TaggedStudy
    folder : str or Path

    Examples
    --------
    >>> import tempfile
    >>> contact = {"henvendelse": "17", "kommentar_nr": 1, "kundesenter": "Bank A", "klasse": "Bank",
    ...     "kanal": "telefon", "shopper": "s001", "dato": "2021-01-05", "besvart": "ja", "totalscore": 80.0}
    >>> tags = {"tekst": "Lyttet godt.", "lytting": "positiv", "lytting_p_positiv": 0.98765,
    ...     "lytting_p_negativ": 0.01, "lytting_setning": "Lyttet godt.", "modell": "m", "modell_hash": "abc"}
    >>> comments = pd.DataFrame([contact | tags])
    >>> with tempfile.TemporaryDirectory() as place:
    ...     write_tagged(TaggedStudy(comments, ("lytting",)), place)
    ...     back = read_tagged(place)
    >>> back.themes, back.comments["lytting_p_positiv"].tolist()
    (('lytting',), [0.9876])
    """
    for ending in ("csv", "parquet"):
        write_tagged_file(tagged, Path(folder, f"{STEM}.{ending}"))


def write_tagged_file(tagged: TaggedStudy, path: str | Path) -> None:
    """Write one file as `write_tagged` does: Parquet or JSON Lines when the name ends so, else CSV.

    Parameters
    ----------
    tagged : TaggedStudy
    path : str or Path
        The file; overwritten.

    Examples
    --------
    >>> import tempfile
    >>> comments = pd.DataFrame({"henvendelse": ["17"], "lytting": ["positiv"], "tekst": ["Lyttet."],
    ...     "lytting_p_positiv": [0.98765], "lytting_p_negativ": [0.01]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_tagged_file(TaggedStudy(comments, ("lytting",)), Path(folder, "ut.csv"))
    ...     print(Path(folder, "ut.csv").read_text(encoding="utf-8"), end="")
    henvendelse,tekst,lytting,lytting_p_positiv,lytting_p_negativ
    17,Lyttet.,positiv,0.9876,0.0100
    """
    frame = tagged.comments[_in_order(tagged)].copy()
    probabilities = _probabilities(tagged.themes)
    frame[probabilities] = frame[probabilities].astype("float64").round(4)
    if Path(path).suffix.lower() == ".parquet":
        frame.to_parquet(path, index=False)
        return
    if Path(path).suffix.lower() == ".jsonl":
        frame.to_json(path, orient="records", lines=True, force_ascii=False, double_precision=15)
        return
    for column in probabilities:
        frame[column] = [f"{value:.4f}" if value == value else None for value in frame[column]]
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def read_tagged(path: str | Path) -> TaggedStudy:
    """Read what `write_tagged` wrote.

    Parameters
    ----------
    path : str or Path
        ``kommentarer.csv``, ``kommentarer.parquet`` or the folder that holds one of them (CSV first). A CSV
        that Norwegian Excel has saved again reads the same. Name and hash of the study, its scale and the
        number of rows set aside come from ``kjoring.json`` beside it, where there is one.

    Returns
    -------
    TaggedStudy

    Raises
    ------
    InputError
        When there is no such file, or it is not whole.

    Examples
    --------
    >>> read_tagged("finnes_ikke")
    Traceback (most recent call last):
    ...
    textinnsikt.errors.InputError: Finner ikke fila finnes_ikke; se om navn og mappe er riktig skrevet.
    """
    path = Path(path)
    if path.is_dir():
        found = [file for ending in ("csv", "parquet") if (file := path / f"{STEM}.{ending}").exists()]
        if not found:
            raise InputError(f"Mappa {path.name} har ingen {STEM}.csv; kjør «textinnsikt tag» først.")
        path = found[0]
    table = read_table(path)
    if table.rejected:
        line, _, reason = min(table.rejected)
        raise InputError(f"{table.source}, linje {line}: {reason}; lag fila på nytt med «textinnsikt tag».")
    themes = themes_of(list(table.headings))
    needed = (*_HEAD, "tekst", *themes, *(f"{theme}_setning" for theme in themes))
    missing = [name for name in needed if name not in table.headings]
    if missing or not themes:
        what = f"kolonnen «{missing[0]}»" if missing else "temakolonner"
        raise InputError(f"{table.source} mangler {what}; lag fila på nytt med «textinnsikt tag».")
    headings = list(table.headings)
    questions = tuple(headings[headings.index("totalscore") + 1 : headings.index("tekst")])
    comments = _comments(table, themes, questions)
    return TaggedStudy(comments, themes, questions, **_facts(path.with_name("kjoring.json")))


def write_rejected(study: Study, path: str | Path) -> None:
    """Write the rows set aside as CSV: ``linje, kolonne, grunn``.

    Parameters
    ----------
    study : Study
    path : str or Path
        The file, normally ``avvist.csv``; overwritten.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_rejected(Study(pd.DataFrame()), Path(folder, "avvist.csv"))
    ...     Path(folder, "avvist.csv").read_text(encoding="utf-8")
    'linje,kolonne,grunn\\n'
    """
    study.rejected.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _probabilities(themes: tuple[str, ...]) -> list[str]:
    return [f"{theme}_p_{mention}" for theme in themes for mention in MENTIONS]


def _in_order(tagged: TaggedStudy) -> list[str]:
    """Return the columns in the order of the contract, further ones last."""
    order = [*_HEAD, *tagged.questions, "tekst"]
    for theme in tagged.themes:
        order += [theme, *_probabilities((theme,)), f"{theme}_setning"]
    order += ["modell", "modell_hash"]
    columns = list(tagged.comments.columns)
    return [name for name in order if name in columns] + [name for name in columns if name not in order]


def _comments(table: Table, themes: tuple[str, ...], questions: tuple[str, ...]) -> pd.DataFrame:
    """Give every column its type."""
    frame = table.cells.set_axis(list(table.headings), axis=1)
    numeric = ["kommentar_nr", "totalscore", *questions, *_probabilities(themes)]
    texts = ["tekst", *(f"{theme}_setning" for theme in themes)]
    for name in frame.columns:
        if name in numeric:
            values, wrong = numbers(frame[name])
            _demand(table, name, ~wrong & (values.notna() | (name != "kommentar_nr")), "er ikke et tall")
            frame[name] = values.astype("int64") if name == "kommentar_nr" else values
        elif name in themes:
            _demand(
                table, name, frame[name].isna() | frame[name].isin(VALUES), f"må være {', '.join(VALUES)}"
            )
            frame[name] = frame[name].astype("str")
        elif name not in texts:
            frame[name] = frame[name].astype("str")
    _demand(table, "henvendelse", frame["henvendelse"].notna(), "er tom")
    return frame.reset_index(drop=True)


def _demand(table: Table, column: str, holds: pd.Series, fault: str) -> None:
    """Demand something of each cell in a column."""
    if not holds.all():
        raise InputError(
            f"{table.source}, {table.row_word} {holds.idxmin()}: cella i kolonnen «{column}» {fault}; "
            "lag fila på nytt med «textinnsikt tag»."
        )


def _facts(path: Path) -> dict[str, Any]:
    """Read what ``kjoring.json`` says of the study."""
    if not path.exists():
        return {}
    try:
        study = json.loads(path.read_text(encoding="utf-8"))["studie"]
        low, high = study.get("score_range", (0.0, 100.0))
        return {
            "source": str(study.get("fil", "")),
            "sha256": str(study.get("sha256", "")),
            "score_range": (float(low), float(high)),
            "n_rejected": int(study.get("avvist", 0)),
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{path.name} er ødelagt; slett den eller kjør på nytt.") from None
