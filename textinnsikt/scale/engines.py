"""Engines: who works through the parts that are left, here or on many machines."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from textinnsikt.errors import InputError
from textinnsikt.scale.ahead import ahead
from textinnsikt.scale.folder import JobFolder
from textinnsikt.scale.worker import Worker, WorkerSettings
from textinnsikt.study import TaggedStudy

#: Called within a part with the share of it that is done, 0 to 1.
Within = Callable[[float], None]
#: Called with the entry of a part that is on the disk, for the manifest's log.
Finished = Callable[[dict[str, Any]], None]
#: Times that a part is tried by Ray's workers, and seconds between two tries.
TRIES, PAUSE = 4, 1.0
_TRY = "forsøk"


class _Writing:
    """Parts that are written beside the computing; each is told of as soon as it is asked for and on the disk."""

    def __init__(self, write: Callable[[int, TaggedStudy], dict[str, Any]], finished: Finished):
        self._write, self._finished = write, finished
        self._pool = ThreadPoolExecutor(1)
        self._written: Future[dict[str, Any]] | None = None

    def add(self, number: int, tagged: TaggedStudy) -> None:
        """Begin to write a part when the one before it is there."""
        self.tell(wait=True)
        self._written = self._pool.submit(self._write, number, tagged)

    def tell(self, wait: bool = False) -> None:
        """Tell of the part that is written, or nothing when it is not, unless it is waited for."""
        if self._written is not None and (wait or self._written.done()):
            entry, self._written = self._written.result(), None
            self._finished(entry)

    def close(self) -> None:
        """Let the part at work be written to its end."""
        self._pool.shutdown()


def run_local(settings: WorkerSettings, parts: Sequence[int], within: Within, finished: Finished) -> None:
    """Tag the parts in this process: one is read and one written while one is computed.

    Parameters
    ----------
    settings : WorkerSettings
    parts : sequence of int
        Numbers of the parts that are left.
    within : callable
        Told how far the part at work has come.
    finished : callable
        Told of each part when it is on the disk, in this thread.
    """
    worker = Worker(settings)
    with closing(_Writing(worker.write, finished)) as writing:

        def progress(done: int, total: int) -> None:
            writing.tell()
            within(done / max(total, 1))

        for number, study in ahead((number, worker.read(number)) for number in parts):
            writing.add(number, worker.tag(study, progress))
        writing.tell(wait=True)


class Actor:
    """A worker as Ray Data starts it: the model is loaded once, then parts come one by one."""

    def __init__(self, settings: dict[str, Any]):
        self.settings = WorkerSettings(**settings)
        self.worker: Worker | None = None
        with suppress(Exception):  # Ray hides what is raised here; the first part tries again and tells
            self.worker = Worker(self.settings)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Tag the part whose number the batch holds; the column ``feil`` tells what went wrong, if anything did."""
        number = int(batch["del"][0])
        nothing = {"del": number, "rader": 0, "kommentarer": 0, "flagget": 0, "bytes": 0, "sha256": ""}
        try:
            entry = {**self._try(number), "feil": ""}
        except (InputError, OSError) as error:  # Ray would wrap it so that no one finds it
            entry = {**nothing, "feil": _pack(error)}
        return {name: [value] for name, value in entry.items()}

    def _try(self, number: int) -> dict[str, Any]:
        """Tag a part, and again when it may have been an accident that it failed."""
        for _ in range(TRIES - 1):
            try:
                return self._tag(number)
            except InputError:
                raise
            except Exception:
                self.worker = None  # it may be what is broken
                time.sleep(PAUSE)
        return self._tag(number)

    def _tag(self, number: int) -> dict[str, Any]:
        worker = self.worker = self.worker or Worker(self.settings)
        tries = worker.job.part(_TRY, number, "")  # Ray starts a dead worker again without end, and counts nothing
        with tries.open("ab") as file:
            file.write(b".")
            if file.tell() > TRIES:
                raise InputError(
                    f"Del {number + 1} stoppet arbeideren {TRIES} ganger; se om minnet på maskinene holder til, "
                    "og kjør samme kommando igjen. Det som er ferdig, blir brukt."
                )
        entry = worker.write(number, worker.tag(worker.read(number)))
        tries.unlink(missing_ok=True)
        return entry


def _pack(error: OSError | InputError) -> str:
    """Return an error as text, for the row of its part.

    Examples
    --------
    >>> _unpack(_pack(InputError("Rett fila.")))
    InputError('Rett fila.')
    """
    told = [error.errno, error.strerror or str(error), str(error.filename or "")] if isinstance(error, OSError) else []
    return json.dumps(told or [str(error)])


def _unpack(text: str) -> OSError | InputError:
    told = json.loads(text)
    return OSError(*told) if len(told) > 1 else InputError(*told)


def run_ray(
    settings: WorkerSettings, parts: Sequence[int], workers: int | None = None, actor: type[Actor] = Actor
) -> Iterator[dict[str, Any]]:
    """Tag the parts as a Ray Data pipeline, on this machine or on the cluster that ``RAY_ADDRESS`` names.

    A worker that dies is started again, and its part with it, three times; a part is written whole or not at all.

    Parameters
    ----------
    settings : WorkerSettings
    parts : sequence of int
    workers : int, optional
        Models at work at the same time; default is one per graphics processor, or one per four processor cores.
    actor : type
        What each worker is.

    Yields
    ------
    dict
        One entry per finished part, in the order in which they become ready.

    Raises
    ------
    InputError
        When Ray is not installed, a worker cannot reach the parts, or a part stops its worker each time.
    """
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # its core warns of restarts that do work here
    try:
        import ray
        import ray.data
    except ImportError:
        raise InputError("--engine ray trenger Ray; kjør «pip install textinnsikt[ray]».") from None
    for tries in JobFolder(Path(settings.output)).folder.glob(f"{_TRY}-*"):
        tries.unlink()  # an earlier run's
    started = not ray.is_initialized()
    if started:
        with _without_stderr():  # its core says there that its own log is turned down; what goes wrong is raised
            ray.init(log_to_driver=False, include_dashboard=False, logging_level=logging.ERROR)
    for handler in logging.getLogger("ray.data").handlers:
        if isinstance(handler, logging.StreamHandler):  # not Ray's own log file
            handler.setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    workers, share = _share(ray.nodes(), workers, settings.device == "cuda")
    tagged = ray.data.from_items([{"del": number} for number in parts], override_num_blocks=len(parts)).map_batches(
        actor,
        fn_constructor_args=(asdict(settings),),
        batch_size=1,
        compute=ray.data.ActorPoolStrategy(size=min(workers, len(parts))),
        **share,
    )
    try:
        for row in tagged.iter_rows():
            entry = dict(row)
            if fault := entry.pop("feil"):
                raise _unpack(fault)
            yield entry
    except Exception as error:
        raise _cause(error) from None
    finally:
        if started:
            ray.shutdown()


@contextmanager
def _without_stderr() -> Iterator[None]:
    """Let nothing reach standard error, not from compiled code either."""
    kept = os.dup(2)
    with open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _share(nodes: Sequence[dict[str, Any]], workers: int | None, gpus: bool) -> tuple[int, dict[str, Any]]:
    """Return how many workers there are and what each needs of a machine.

    Examples
    --------
    >>> nodes = [{"Alive": True, "Resources": {"CPU": 16.0, "GPU": gpus}} for gpus in (1.0, 0.0)]
    >>> _share(nodes, None, gpus=False), _share(nodes, 2, gpus=False), _share(nodes, None, gpus=True)
    ((8, {'num_cpus': 4}), (2, {'num_cpus': 16}), (1, {'num_gpus': 1}))
    """
    alive = [node["Resources"] for node in nodes if node["Alive"]]
    if gpus:
        return workers or max(1, int(sum(node.get("GPU", 0) for node in alive))), {"num_gpus": 1}
    cores = [int(node.get("CPU", 0)) for node in alive]
    workers = workers or max(1, sum(cores) // 4)
    return workers, {"num_cpus": max(1, min(max(cores), sum(cores) // workers))}


def _cause(error: BaseException | None) -> BaseException:
    """Return what went wrong in a worker, out of what Ray wraps it in."""
    found = error
    while found is not None and not (isinstance(found, (OSError, InputError)) and not hasattr(found, "cause")):
        found = getattr(found, "cause", None) or found.__cause__
    assert error is not None
    return found or error
