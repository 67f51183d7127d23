"""The score without the questions that the comments describe."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study import TaggedStudy

#: The score may differ this much from the points' sum, in score points, on at most `_SHARE` of the contacts.
_ROUNDING = 1.0
_SHARE = 0.02
_FORM = '«[spm_lytting]» med «poeng = 15» og gjerne «tema = "lytting"» under'


@dataclass(frozen=True)
class Question:
    """A question: its column, the most points it gives, and the theme it asks about."""

    column: str
    points: float
    theme: str | None = None


def read_questions_file(path: str | Path) -> tuple[Question, ...]:
    """Read what each question gives from a TOML file.

    Parameters
    ----------
    path : str or Path
        One table per question, named as its column: ``poeng`` (most points), optional ``tema``.

    Returns
    -------
    tuple of Question

    Raises
    ------
    InputError
        Names the fault and the form.
    """
    name = Path(path).name
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"Finner ikke fila {name} med spørsmålenes poeng.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{name} er ikke gyldig TOML ({error}); skriv {_FORM}.") from None
    return questions_of(content, name)


def questions_of(content: dict[str, Any], name: str = "spørsmålene") -> tuple[Question, ...]:
    """Turn a mapping of question -> ``{"poeng": …, "tema": …}`` (or the points alone) into questions.

    Examples
    --------
    >>> questions_of({"spm_lytting": {"poeng": 15, "tema": "lytting"}, "spm_mottak": 10})[1]
    Question(column='spm_mottak', points=10.0, theme=None)
    """
    found = []
    for column, value in content.items():
        facts = value if isinstance(value, dict) else {"poeng": value}
        points = facts.get("poeng")
        if isinstance(points, bool) or not isinstance(points, int | float) or points <= 0:
            raise InputError(f"{name}: «{column}» må ha «poeng», et tall over 0; skriv {_FORM}.")
        theme = facts.get("tema")
        found.append(Question(str(column), float(points), None if theme is None else str(theme)))
    return tuple(found)


def without_questions(
    tagged: TaggedStudy, leave_out: Sequence[str], questions: Sequence[Question]
) -> tuple[TaggedStudy, str]:
    """Return the study with a score that leaves some questions out: points got of points possible on the rest.

    Parameters
    ----------
    tagged : TaggedStudy
    leave_out : sequence of str
        Question columns, or themes: then every question that asks about the theme.
    questions : sequence of Question
        All questions that make up the score.

    Returns
    -------
    study : TaggedStudy
        Its ``questions`` are those that are still in the score, or were never in it.
    note : str
        Norwegian sentence about what is left out.

    Raises
    ------
    InputError
        When a question is unknown, has no answers, or the points do not add up to the score.

    Examples
    --------
    >>> comments = pd.DataFrame({"henvendelse": ["1", "2"], "kommentar_nr": 1, "totalscore": [80.0, 50.0],
    ...     "tekst": "Bra.",
    ...     "spm_a": [4.0, 1.0], "spm_b": [4.0, 4.0], "lytting": "ingen"})
    >>> study = TaggedStudy(comments, ("lytting",), questions=("spm_a", "spm_b"))
    >>> rest, note = without_questions(study, ["spm_a"], questions_of({"spm_a": 5, "spm_b": 5}))
    >>> rest.comments["totalscore"].tolist()
    [80.0, 80.0]
    >>> note
    'Scoren er regnet uten «spm_a» (50 % av poengene).'
    """
    if not questions:
        raise InputError(f"--leave-out trenger poengene for hvert spørsmål: --questions FIL.toml, {_FORM}.")
    missing = [q.column for q in questions if q.column not in tagged.comments]
    if missing:
        raise InputError(
            f"Spørsmålet «{missing[0]}» finnes ikke i studien; spørsmålene der er "
            f"{', '.join(tagged.questions) or 'ingen'}."
        )
    out = _chosen(leave_out, questions)
    kept = [q for q in questions if q not in out]
    if not kept:
        raise InputError("--leave-out tar ut alle spørsmålene, og da er det ingen score igjen.")
    low, high = tagged.score_range
    comments = tagged.comments
    whole = low + (high - low) * _part(comments, questions)
    answered = comments["besvart"] != "nei" if "besvart" in comments else pd.Series(True, index=comments.index)
    off = ((whole - comments["totalscore"]).abs() > _ROUNDING * (high - low) / 100)[answered]
    if off.mean() > _SHARE:
        raise InputError(
            f"Poengene i spørsmålene gir ikke totalscoren for {off.sum()} av {len(off)} rader (første: henvendelse "
            f"«{comments.loc[off.idxmax(), 'henvendelse']}»); ta med alle spørsmålene og deres høyeste poeng."
        )
    score = (low + (high - low) * _part(comments, kept)).where(comments["totalscore"].notna())
    share = 100 * sum(q.points for q in out) / sum(q.points for q in questions)
    named = ", ".join(f"«{q.column}»" for q in out)
    note = f"Scoren er regnet uten {named} ({share:.0f} % av poengene)."
    gone = {q.column for q in out}
    rest = tuple(name for name in tagged.questions if name not in gone)
    return replace(tagged, comments=comments.assign(totalscore=score), questions=rest), note


def _chosen(leave_out: Sequence[str], questions: Sequence[Question]) -> list[Question]:
    found: list[Question] = []
    for name in leave_out:
        hit = [q for q in questions if name in (q.column, q.theme)]
        if not hit:
            known = ", ".join(dict.fromkeys(n for q in questions for n in (q.column, q.theme) if n))
            raise InputError(f"--leave-out {name}: verken spørsmål eller tema heter det; velg blant {known}.")
        found += [q for q in hit if q not in found]
    return found


def _part(comments: pd.DataFrame, questions: Sequence[Question]) -> pd.Series:
    """Return points got of points possible on the questions that are answered."""
    answers = pd.DataFrame({q.column: comments[q.column] for q in questions}).astype(float)
    most = pd.Series({q.column: q.points for q in questions})
    return answers.sum(axis=1) / (answers.notna() * most).sum(axis=1)
