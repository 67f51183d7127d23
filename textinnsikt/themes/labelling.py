"""A labelling folder: the contacts drawn, one file per annotator, and what came back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study import TaggedStudy
from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.exchange import label_studio_config, read_answers, to_argilla, to_label_studio
from textinnsikt.themes.sampling import combined_probability
from textinnsikt.themes.workbook import KEYS, REMARK, read_workbook, write_workbook

#: The drawn comments, the codebook, and the workbook in which disagreements are settled.
DRAWN, BOOK, TALK = "utvalg.csv", "kodebok.json", "samtale.xlsx"
#: Who has settled a disagreement.
TOGETHER = "felles"
Form = Literal["excel", "label-studio", "argilla"]
FORMS: tuple[Form, ...] = ("excel", "label-studio", "argilla")
_COLUMNS = (*KEYS, "tekst", "kanal", "klasse", "runde", "rundesannsynlighet", "annotatør")


@dataclass(frozen=True)
class Annotations:
    """What the annotators have said.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row per comment and annotator: ``henvendelse, kommentar_nr, annotatør``, one column a theme, ``merknad``.
    comments : pandas.DataFrame
        The comments of the contacts that are labelled whole: ``henvendelse, kommentar_nr, tekst, kanal, klasse, runde,
        rundesannsynlighet, annotatør`` (those it was given to, ``|`` between).
    codebook : Codebook
    """

    rows: pd.DataFrame
    comments: pd.DataFrame
    codebook: Codebook

    def labelled(self) -> pd.DataFrame:
        """Return one row per comment, as `textinnsikt.themes.read_labelled` reads it.

        Where several have labelled a comment, what was settled together counts; else the value most of them chose; of
        values chosen equally often, that of the annotator who stands first.

        Returns
        -------
        pandas.DataFrame
            ``henvendelse, kommentar_nr, tekst``, one column a theme, ``kanal, klasse, annotatør, trekksannsynlighet``
            (per contact, all rounds together), ``stratum`` (all contacts are one: their number was given beforehand).
        """
        turn = self.rows["annotatør"].ne(TOGETHER)
        ordered = self.rows.assign(_turn=turn).sort_values("_turn", kind="stable")
        groups = ordered.groupby(list(KEYS), sort=False)
        values = {theme: groups[theme].agg(_most_said) for theme in self.codebook.keys}
        settled = ordered[~ordered["_turn"]].set_index(list(KEYS))
        table = pd.DataFrame(values)
        table.update(settled[list(self.codebook.keys)])
        table["annotatør"] = groups["annotatør"].agg("|".join)
        columns = [*KEYS, "tekst", "kanal", "klasse"]
        found = self.comments[columns].merge(table.reset_index(), on=list(KEYS), how="inner")
        rounds = self.comments.drop_duplicates("henvendelse")[["henvendelse", "runde", "rundesannsynlighet"]]
        probability = combined_probability(rounds)
        found["trekksannsynlighet"] = found["henvendelse"].map(probability).round(10)
        found["stratum"] = 1
        order = [*KEYS, "tekst", *self.codebook.keys, "kanal", "klasse", "annotatør", "trekksannsynlighet", "stratum"]
        return found[order].sort_values(list(KEYS), ignore_index=True)


def write_round(
    folder: str | Path,
    tagged: TaggedStudy,
    drawn: pd.DataFrame,
    annotators: Sequence[str],
    overlap: int,
    codebook: Codebook | None = None,
    form: Form = "excel",
) -> list[str]:
    """Write one round of contacts to label: a file per annotator, and the list of what was drawn.

    Parameters
    ----------
    folder : str or Path
        Made if missing; earlier rounds in it stay.
    tagged : TaggedStudy
        Masked.
    drawn : pandas.DataFrame
        ``henvendelse, rundesannsynlighet`` in the order in which to label.
    annotators : sequence of str
        Names or initials; they become part of the files' names.
    overlap : int
        Contacts that all annotators label; they come first.
    codebook : Codebook, optional
        Default is that of the folder, else the shipped one.
    form : {"excel", "label-studio", "argilla"}

    Returns
    -------
    list of str
        Names of the files written.

    Examples
    --------
    >>> import tempfile
    >>> comments = pd.DataFrame({"henvendelse": ["a", "b"], "kommentar_nr": 1, "tekst": ["Fikk svar.", "Ingen svarte."],
    ...     "kanal": "chat", "klasse": "Bank", "lytting": "ingen"})
    >>> drawn = pd.DataFrame({"henvendelse": ["b", "a"], "rundesannsynlighet": 1.0})
    >>> with tempfile.TemporaryDirectory() as place:
    ...     write_round(place, TaggedStudy(comments, ("lytting",)), drawn, ["kari", "ola"], overlap=0)
    ['merking_1_kari.xlsx', 'merking_1_ola.xlsx']
    """
    path = Path(folder)
    _check_annotators(annotators)
    path.mkdir(parents=True, exist_ok=True)
    earlier = _drawn(path) if (path / DRAWN).exists() else pd.DataFrame(columns=list(_COLUMNS))
    book = codebook or (_book(path) if (path / BOOK).exists() else Codebook.load())
    number = 1 if earlier.empty else int(earlier["runde"].max()) + 1
    both = min(max(overlap, 0), len(drawn)) if len(annotators) > 1 else 0
    to_whom = ["|".join(annotators)] * both
    to_whom += [annotators[place % len(annotators)] for place in range(len(drawn) - both)]
    given = drawn.assign(annotatør=to_whom, runde=number, _place=range(len(drawn)))
    comments = tagged.comments[tagged.comments["tekst"].notna()]
    rows = comments[[*KEYS, "tekst", "kanal", "klasse"]].merge(given, on="henvendelse")
    rows = rows.sort_values(["_place", "kommentar_nr"], ignore_index=True)[list(_COLUMNS)]
    names = []
    for annotator in annotators:
        mine = rows[rows["annotatør"].map(lambda names, who=annotator: who in names.split("|"))]
        mine = mine[[*KEYS, "kanal", "klasse", "tekst"]].reset_index(drop=True)
        names.append(_write_task(path, f"merking_{number}_{annotator}", mine, book, form))
    if form == "label-studio":
        (path / "label-studio.xml").write_text(label_studio_config(book) + "\n", encoding="utf-8")
        names.append("label-studio.xml")
    (path / BOOK).write_text(json.dumps(book.to_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    everything = pd.concat([earlier, rows], ignore_index=True) if len(earlier) else rows
    everything.to_csv(path / DRAWN, index=False, encoding="utf-8", lineterminator="\n")
    return names


def _check_annotators(annotators: Sequence[str]) -> None:
    for name in annotators:
        if not re.fullmatch(r"[\w.-]+", name) or name == TOGETHER:
            raise InputError(
                f"Annotatøren «{name}» må ha et navn av bokstaver og tall uten mellomrom, ikke «{TOGETHER}»."
            )
    if not annotators or len(set(annotators)) < len(annotators):
        raise InputError("Hver annotatør må stå én gang, for eksempel --annotators kari,ola.")


def _write_task(path: Path, stem: str, comments: pd.DataFrame, book: Codebook, form: Form) -> str:
    """Write one annotator's file; return its name."""
    if form == "excel":
        write_workbook(path / f"{stem}.xlsx", comments, book, ("kanal", "klasse"))
        return f"{stem}.xlsx"
    tasks = to_label_studio(comments) if form == "label-studio" else to_argilla(comments)
    text = json.dumps(tasks, ensure_ascii=False, indent=1)
    (path / f"{stem}.oppgaver.json").write_text(text + "\n", encoding="utf-8")
    return f"{stem}.oppgaver.json"


def drawn_rounds(folder: str | Path) -> pd.DataFrame:
    """Return the contacts of all rounds in a labelling folder: ``henvendelse, runde, rundesannsynlighet``."""
    rows = _drawn(Path(folder)).drop_duplicates("henvendelse", ignore_index=True)
    return rows[["henvendelse", "runde", "rundesannsynlighet"]]


def read_folder(folder: str | Path, unfinished: bool = False) -> Annotations:
    """Read every annotator's file in a labelling folder and check it cell by cell.

    Excel files are those that `write_round` wrote. Exports from Label Studio and Argilla lie beside them as ``.json``,
    whatever their names.

    Parameters
    ----------
    folder : str or Path
    unfinished : bool
        Take what is done so far. Contacts come in random order, so the first of them are a random part, and the
        probabilities are lowered accordingly; contacts that were passed over are a fault.

    Returns
    -------
    Annotations

    Raises
    ------
    InputError
        Names every faulty cell.
    """
    path = Path(folder)
    comments, book = _drawn(path), _book(path)
    rows, faults, waiting = _read_files(path, comments, book)
    done = set(zip(rows["henvendelse"], rows["kommentar_nr"], strict=True)) if len(rows) else set()
    missing = [key not in done for key in zip(comments["henvendelse"], comments["kommentar_nr"], strict=True)]
    open_contacts = set(comments.loc[missing, "henvendelse"])
    if unfinished:
        faults += _passed_over(comments, open_contacts)
    elif not faults and open_contacts:
        where = f" (den første i {waiting[0]})" if waiting else ""
        faults.append(
            f"{len(open_contacts)} av {comments['henvendelse'].nunique()} henvendelser er ikke ferdig merket{where}; "
            "merk dem, eller bruk det som er ferdig, med --unfinished"
        )
    if faults:
        raise InputError("\n  ".join([f"{path.name} må rettes:", *faults]) + ".")
    kept = comments[~comments["henvendelse"].isin(open_contacts)].reset_index(drop=True)
    if kept.empty:
        raise InputError(f"{path.name} har ingen ferdig merkede henvendelser.")
    share = kept.groupby("runde")["henvendelse"].nunique() / comments.groupby("runde")["henvendelse"].nunique()
    kept["rundesannsynlighet"] *= kept["runde"].map(share)
    rows = rows[rows["henvendelse"].isin(kept["henvendelse"])].reset_index(drop=True)
    return Annotations(rows, kept, book)


def _read_files(path: Path, comments: pd.DataFrame, book: Codebook) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Return answers, faults and where something waits, of all files in a folder."""
    parts: list[pd.DataFrame] = []
    faults: list[str] = []
    waiting: list[str] = []
    for file in sorted(path.glob("merking_*_*.xlsx")):
        found = re.fullmatch(r"merking_(\d+)_(.+)", file.stem)
        if found is None:
            continue
        given = comments["annotatør"].map(lambda names, who=found[2]: who in names.split("|"))
        mine = comments[(comments["runde"] == int(found[1])) & given]
        filled = read_workbook(file, mine, book)
        faults += filled.faults
        waiting += [f"{file.name}: henvendelse «{contact}»" for contact, _ in filled.waiting]
        parts.append(filled.rows.assign(annotatør=found[2]))
    for file in sorted(path.glob("*.json")):
        if file.name == BOOK or file.name.endswith(".oppgaver.json"):
            continue
        answers, wrong = read_answers(file, book)
        known = pd.MultiIndex.from_frame(answers[list(KEYS)]).isin(pd.MultiIndex.from_frame(comments[list(KEYS)]))
        faults += wrong
        faults += [
            f"{file.name}: henvendelse «{c}» hører ikke til i dette utvalget" for c in answers.loc[~known, KEYS[0]]
        ]
        parts.append(answers[known])
    if (path / TALK).exists():
        settled = read_workbook(path / TALK, comments, book, whole=False)
        faults += settled.faults
        parts.append(settled.rows.assign(annotatør=TOGETHER))
    columns = [*KEYS, "annotatør", *book.keys, REMARK]
    return (pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns))[columns], faults, waiting


def _passed_over(comments: pd.DataFrame, open_contacts: set[str]) -> list[str]:
    """Name the contacts that lie before one that is done, in the same annotator's order."""
    faults = []
    for (number, who), mine in comments.groupby(["runde", "annotatør"], sort=False):
        names = list(dict.fromkeys(mine["henvendelse"]))
        last = max((place for place, name in enumerate(names) if name not in open_contacts), default=-1)
        faults += [
            f"runde {number}, {who}: henvendelse «{name}» er hoppet over; merk den, så utvalget forblir tilfeldig"
            for name in names[:last]
            if name in open_contacts
        ]
    return faults


def set_aside(labelled: pd.DataFrame, share: float, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split labelled contacts at random into one part to train on and one that only corrects and evaluates.

    Parameters
    ----------
    labelled : pandas.DataFrame
        What `Annotations.labelled` returns.
    share : float
        Of the contacts, to the second part; 0-1.
    seed : int

    Returns
    -------
    tuple of pandas.DataFrame
        The parts, with ``del`` ``trening`` and ``test``; in each the probability is that of being drawn and put there.

    Examples
    --------
    >>> labelled = pd.DataFrame({"henvendelse": ["a", "a", "b", "c", "d"], "trekksannsynlighet": 0.2})
    >>> train, correct = set_aside(labelled, 0.5)
    >>> train["henvendelse"].nunique(), correct["trekksannsynlighet"].unique().tolist()
    (2, [0.1])
    """
    names = np.array(sorted(labelled["henvendelse"].unique()))
    count = round(share * len(names))
    if not 0 < count < len(names):
        raise InputError(f"Delen som settes til side, må være mellom 0 og 1, ikke {share:g}.".replace(".", ",", 1))
    chosen = set(np.random.default_rng(seed).permutation(names)[:count])
    aside = labelled["henvendelse"].isin(chosen)
    parts = []
    for part, rows, fraction in (("trening", ~aside, 1 - count / len(names)), ("test", aside, count / len(names))):
        probability = (labelled.loc[rows, "trekksannsynlighet"] * fraction).round(10)
        found = labelled[rows].assign(trekksannsynlighet=probability)
        found["del"] = part
        parts.append(found.reset_index(drop=True))
    return parts[0], parts[1]


def _most_said(values: pd.Series) -> str:
    """Return the commonest value, the first of those that are equally common."""
    counts = values.value_counts()
    return str(next(value for value in values if counts[value] == counts.max()))


def _drawn(path: Path) -> pd.DataFrame:
    types = {name: str for name in _COLUMNS} | {"kommentar_nr": int, "runde": int, "rundesannsynlighet": float}
    try:
        return pd.read_csv(path / DRAWN, dtype=types, encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"Mappa {path.name} har ingen {DRAWN}; lag den med «textinnsikt label sample».") from None
    except (ValueError, KeyError):
        raise InputError(
            f"{DRAWN} i mappa {path.name} er endret og kan ikke leses; hent fram den opprinnelige."
        ) from None


def _book(path: Path) -> Codebook:
    try:
        return Codebook.from_dict(json.loads((path / BOOK).read_text(encoding="utf-8")), BOOK)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{BOOK} i mappa {path.name} mangler eller er endret; hent fram den opprinnelige.") from None
