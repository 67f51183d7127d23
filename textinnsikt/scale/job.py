"""A job: input files in, one tagged file out, whatever happens on the way."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from threading import Thread
from typing import Any, Literal, Protocol

from textinnsikt._version import __version__
from textinnsikt.errors import InputError
from textinnsikt.language.lexicon import load_dictionaries
from textinnsikt.scale.flagged import check_flagged, flagged_part, flagged_path, join_flagged, publish_flagged
from textinnsikt.scale.folder import JobFolder, file_sha256, refuse_other, write_whole
from textinnsikt.scale.joining import copy_parts, join_parts
from textinnsikt.scale.rows import PART_ROWS, RowParts, write_rows
from textinnsikt.scale.sources import Source, find_files, fingerprint, is_among, spool
from textinnsikt.scale.survey import Facts, take_survey
from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.facts import folder_hash, read_facts, surroundings_hash, trusts_code

#: Endings of results.
FORMATS = (".csv", ".jsonl", ".parquet")
#: Stands for standard input or output.
PIPE = "-"
#: The rows set aside, beside the result and in the job's folder.
ASIDE = "avvist.csv"
_SAID = {
    "filer": "en annen inndatafil",
    "modell_hash": "en annen modell",
    "textinnsikt": "en annen versjon av textinnsikt",
    "omgivelser": "en annen tokenizer, grunnmodell eller versjon av torch",
}


@dataclass(frozen=True)
class TagSettings:
    """How to tag.

    Parameters
    ----------
    mapping : mapping of str to str
        Canonical column name to the files' heading.
    model : Path, optional
        Folder of a trained tagger; default is the shipped one.
    force : bool
        Overwrite the result, and throw away what another input or model left half-made.
    engine : {"local", "ray"}
        This process, or Ray workers on one or more machines.
    workers : int, optional
        Ray workers.
    device : {"auto", "cpu", "cuda"}
    dtype : {"auto", "float32", "bfloat16"}
        ``auto`` is the tagger's own choice.
    batch_tokens : int, optional
        Tokens computed at a time.
    part_rows : int
        Rows of the input that are worked on, and lost by a kill, at a time.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    model: Path | None = None
    force: bool = False
    engine: Literal["local", "ray"] = "local"
    workers: int | None = None
    device: Literal["auto", "cpu", "cuda"] = "auto"
    dtype: Literal["auto", "float32", "bfloat16"] = "auto"
    batch_tokens: int | None = None
    part_rows: int = PART_ROWS


@dataclass(frozen=True)
class TagSummary:
    """What came of it: comments tagged, rows set aside, comments in other languages, parts an earlier run had done."""

    comments: int
    rejected: int
    foreign: int
    resumed: int


class Report(Protocol):
    """Who wants to know how far the job has come."""

    def stage(self, name: str, title: str) -> AbstractContextManager[None]:
        """Hear of a stage that begins, and of its end."""

    def read(self, rows: int) -> None:
        """Hear how many rows are read."""

    def count(self, done: int, total: int) -> None:
        """Hear how many comments are done."""


class _Silent:
    def stage(self, name: str, title: str) -> AbstractContextManager[None]:
        return nullcontext()

    def read(self, rows: int) -> None:
        pass

    def count(self, done: int, total: int) -> None:
        pass


def tag_files(
    inputs: Sequence[str | Path], output: str | Path, settings: TagSettings | None = None, report: Report | None = None
) -> TagSummary:
    """Tag the comments of files of any size, in constant memory, so that it can be stopped and go on.

    The files together are read as one study. What is done is kept beside the result in ``.deler/NAME``; the same call
    goes on with it after a kill, a full disk or a reboot, and the result has the same bytes as an unbroken run's.

    Parameters
    ----------
    inputs : sequence of str or Path
        CSV, Excel, Parquet or JSON Lines files, folders of them, patterns, or ``-`` for standard input.
    output : str or Path
        ``.csv``, ``.jsonl`` or ``.parquet``: one row per comment with the columns of ``kommentarer.csv``. Rows that
        cannot be read go to ``avvist.csv`` beside it, comments in another language than Norwegian are tagged and told
        of in ``NAME.flagget.csv`` (``henvendelse, kommentar_nr, grunn``). ``-`` with an ending (``-.csv``) is standard
        output.
    settings : TagSettings, optional
    report : Report, optional

    Returns
    -------
    TagSummary

    Raises
    ------
    InputError
        When the input must be mended, the result exists or is an input, or was begun with another input, model or
        setting.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "inn.csv").write_text("id;tekst\\n1;Fikk ikke svar.\\n2;\\n", encoding="utf-8")
    ...     summary = tag_files([Path(folder, "inn.csv")], Path(folder, "ut.csv"))
    ...     print(Path(folder, "ut.csv").read_text(encoding="utf-8").count("\\n"))
    3
    >>> summary
    TagSummary(comments=1, rejected=0, foreign=0, resumed=0)
    """
    settings, report = settings or TagSettings(), report or _Silent()
    to_pipe = str(output).startswith(PIPE)
    output = Path(f"merket{str(output)[1:] or '.csv'}") if to_pipe else Path(output)
    if output.suffix.lower() not in FORMATS:
        raise InputError(f"{output.name}: resultatet må ende på .jsonl, .csv eller .parquet.")
    if to_pipe and settings.engine == "ray" and os.environ.get("RAY_ADDRESS", "local") != "local":
        raise InputError("Andre maskiner når ikke standard ut; skriv med -o til en fil på en disk som alle ser.")
    with tempfile.TemporaryDirectory() if to_pipe else nullcontext(output.parent) as folder:
        job = JobFolder(Path(folder) / output.name)
        if job.output.exists() and not settings.force and not _is_published(job):
            raise InputError(f"{output.name} finnes fra før; velg et annet navn med -o, eller skriv over med --force.")
        Thread(target=load_dictionaries, daemon=True).start()  # while torch is imported
        with job.lock():
            return _run(job, inputs, settings, report, to_pipe)


def _is_published(job: JobFolder) -> bool:
    """Tell whether an earlier run was stopped between putting the result in place and tidying up."""
    finished = job.manifest.get("ferdig")
    return finished is not None and not _joined(job).exists() and finished["sha256"] == file_sha256(job.output)


def _joined(job: JobFolder) -> Path:
    return job.folder / f"ferdig{job.ending}"


def _run(
    job: JobFolder, inputs: Sequence[str | Path], settings: TagSettings, report: Report, to_pipe: bool
) -> TagSummary:
    with report.stage("les", "Leser"), _sources(job, inputs) as sources:
        _begin(job, sources, settings)
        if "fakta" not in job.manifest:
            _survey(job, sources, settings, report.read)
    rows, facts = RowParts(**job.manifest["rader"]), Facts(**job.manifest["fakta"])
    resumed = len(_whole_parts(job))
    if not (job.output.exists() and _is_published(job)):
        if not (to_pipe or settings.force):
            _check_aside(job)
            check_flagged(job)
        if "ferdig" not in job.manifest:
            with report.stage("merk", "Merker"):
                _tag(job, rows, facts, settings, report, to_pipe)
        if not to_pipe:
            with report.stage("skriv", "Setter sammen"):
                _publish(job, rows, settings.force)
    if to_pipe and job.ending == ".parquet":
        _publish(job, rows, force=True)
        with job.output.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer, 1 << 20)
    foreign = sum(entry.get("flagget", 0) for entry in job.done.values())
    job.remove()
    return TagSummary(facts.comments, facts.rejected, foreign, resumed)


@contextmanager
def _sources(job: JobFolder, inputs: Sequence[str | Path]) -> Iterator[list[Source]]:
    """Find the input files; standard input is a file while it is read."""
    spooled: list[Path] = []
    own = [job.output, job.output.with_name(ASIDE), flagged_path(job.output)]
    try:
        sources = []
        for name in inputs:
            if str(name) == PIPE:
                spooled.append(spool(sys.stdin.buffer, job.folder.parent / f".{job.output.name}.inn"))
                sources.append(replace(fingerprint(spooled[0]), name="standard inn"))
            else:
                sources += [fingerprint(path) for path in find_files([name], own)]
        for source in sources:
            if is_among(source.path, own[:1]):
                raise InputError(f"{source.name} er både inndata og resultat; velg et annet navn med -o.")
        yield sources
    finally:
        for path in spooled:
            path.unlink(missing_ok=True)


def _begin(job: JobFolder, sources: list[Source], settings: TagSettings) -> None:
    """Start the job, or go on with the one that is there when it is the same."""
    begun: dict[str, Any] = job.manifest.get("innstillinger", {})
    wanted: dict[str, Any] = {
        "filer": [source.to_dict() for source in sources],
        "kolonner": dict(settings.mapping),
        "modell_hash": _model_hash(settings.model),
        "device": settings.device,
        "dtype": settings.dtype,
        "batch_tokens": settings.batch_tokens,
        "del_rader": settings.part_rows,
        "textinnsikt": __version__,
        "omgivelser": _surroundings_hash(settings.model),
    }
    for name in ("device", "dtype", "batch_tokens"):
        if wanted[name] in ("auto", None) and name in begun:
            wanted[name] = begun[name]  # what the first run decided
    other = [name for name, value in wanted.items() if begun and begun.get(name) != value]
    if other and not settings.force:
        what = _SAID.get(other[0], f"en annen innstilling ({other[0]})")
        raise InputError(
            f"{job.output.name} er påbegynt med {what}; kjør den ferdig, velg et annet navn med -o, "
            "eller begynn på nytt med --force."
        )
    if not begun or other or (settings.force and job.output.exists() and _is_published(job)):
        job.start({**wanted, **_decide(settings)})


def _decide(settings: TagSettings) -> dict[str, Any]:
    """Settle what the results depend on, so that every worker and every later run does the same."""
    from textinnsikt.scale.streamtagger import choose_device, choose_dtype

    device = choose_device(settings.device)
    with _model_folder(settings.model) as folder:
        dtype = choose_dtype(settings.dtype, device, read_facts(folder)["metode"])
    return {"device": device, "dtype": dtype, "batch_tokens": settings.batch_tokens}


def _model_folder(model: Path | None) -> AbstractContextManager[Path]:
    return nullcontext(model) if model else as_file(files("textinnsikt.themes") / "model")


def _model_hash(model: Path | None) -> str:
    with _model_folder(model) as folder:
        read_facts(folder)
        return folder_hash(folder)


def _surroundings_hash(model: Path | None) -> str:
    with _model_folder(model) as folder:
        return surroundings_hash(folder)


def _survey(job: JobFolder, sources: list[Source], settings: TagSettings, progress: Callable[[int], None]) -> None:
    name = sources[0].name if len(sources) == 1 else sources[0].path.parent.name
    try:
        rows = write_rows(sources, job, settings.part_rows, progress)
        facts = take_survey(rows, job, settings.mapping, name)
        with _model_folder(settings.model) as folder:
            Codebook.from_dict(read_facts(folder)["kodebok"]).check_questions(facts.questions)
    except InputError:
        job.remove()  # nothing is worth keeping until the input is mended
        raise
    job.update(rader=rows.to_dict(), fakta=facts.to_dict())


def _whole_parts(job: JobFolder) -> dict[int, dict[str, Any]]:
    """Return the finished parts that are there as they were written."""

    def is_whole(number: int, entry: dict[str, Any]) -> bool:
        path = job.part("ut", number, job.ending)
        told = entry.get("flagget") == 0 or flagged_part(job, number).exists()
        return told and path.exists() and path.stat().st_size == entry["bytes"]

    return {number: entry for number, entry in job.done.items() if is_whole(number, entry)}


def _tag(job: JobFolder, rows: RowParts, facts: Facts, settings: TagSettings, report: Report, to_pipe: bool) -> None:
    from textinnsikt.scale.engines import run_local, run_ray
    from textinnsikt.scale.worker import WorkerSettings

    done = _whole_parts(job)
    left = [number for number in range(rows.parts) if number not in done]
    counted = sum(entry["kommentarer"] for entry in done.values())
    usual = facts.comments / max(rows.parts, 1)
    report.count(counted, facts.comments)
    if not left:
        return
    decided = {name: job.manifest["innstillinger"][name] for name in ("device", "dtype", "batch_tokens")}
    model = str(settings.model.resolve()) if settings.model else None
    work = WorkerSettings(str(job.output.resolve()), model, **decided, trust_remote_code=trusts_code())
    shown = 0

    def within(share: float) -> None:
        report.count(int(counted + share * usual), facts.comments)

    def finished(entry: dict[str, Any]) -> None:
        nonlocal counted, shown
        job.note(entry)
        done[int(entry["del"])] = entry
        counted += int(entry["kommentarer"])
        report.count(counted, facts.comments)
        while to_pipe and job.ending != ".parquet" and shown in done:
            copy_parts([job.part("ut", shown, job.ending)], job.ending, sys.stdout.buffer, headings=shown == 0)
            sys.stdout.buffer.flush()
            shown += 1

    if settings.engine == "ray":
        for entry in run_ray(work, left, settings.workers):
            finished(entry)
    else:
        run_local(work, left, within, finished)


def _check_aside(job: JobFolder) -> None:
    """Refuse to write over rows that something else has set aside in the same folder."""
    own, there = job.folder / ASIDE, job.output.with_name(ASIDE)
    if own.exists() and job.manifest["fakta"]["rejected"]:
        refuse_other(there, own)


def _publish(job: JobFolder, rows: RowParts, force: bool) -> None:
    """Join the parts and put the result in place."""
    ending, joined = job.ending, _joined(job)
    if "ferdig" not in job.manifest:
        done = _whole_parts(job)
        parts = [job.part("ut", number, ending) for number in range(rows.parts)]
        for number, part in enumerate(parts):
            if number not in done or file_sha256(part) != done[number]["sha256"]:
                part.unlink(missing_ok=True)
                raise InputError(
                    f"Del {number + 1} av {job.output.name} er skadet på disken; kjør samme kommando igjen."
                )
        write_whole(joined, partial(join_parts, parts, ending))
        join_flagged(job, [number for number in range(rows.parts) if done[number]["flagget"]])
        job.update(ferdig={"sha256": file_sha256(joined)})
    aside = job.folder / ASIDE
    if aside.exists() and job.manifest["fakta"]["rejected"]:
        if not force:
            _check_aside(job)  # another job in the folder may be done by now
        write_whole(job.output.with_name(ASIDE), partial(shutil.copyfile, aside))
    publish_flagged(job, force)
    joined.replace(job.output)
