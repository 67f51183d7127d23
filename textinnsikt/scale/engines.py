"""Engines: who works through the parts that are left, here or on many machines."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

from textinnsikt.errors import InputError
from textinnsikt.scale.ahead import ahead
from textinnsikt.scale.worker import Worker, WorkerSettings

#: Called within a part with the share of it that is done, 0 to 1.
Within = Callable[[float], None]


def run_local(settings: WorkerSettings, parts: Sequence[int], within: Within) -> Iterator[dict[str, Any]]:
    """Tag the parts in this process: one is read and one written while one is computed.

    Parameters
    ----------
    settings : WorkerSettings
    parts : sequence of int
        Numbers of the parts that are left.
    within : callable
        Told how far the part at work has come.

    Yields
    ------
    dict
        One entry per finished part, for the manifest's log.
    """
    worker = Worker(settings)
    with ThreadPoolExecutor(1) as writer:
        written: Future[dict[str, Any]] | None = None
        for number, study in ahead((number, worker.read(number)) for number in parts):
            tagged = worker.tag(study, lambda done, total: within(done / max(total, 1)))
            if written is not None:
                yield written.result()
            written = writer.submit(worker.write, number, tagged)
        if written is not None:
            yield written.result()


class Actor:
    """A worker as Ray Data starts it: the model is loaded once, then parts come one by one."""

    def __init__(self, settings: dict[str, Any]):
        self.worker = Worker(WorkerSettings(**settings))

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Tag the part whose number the batch holds."""
        number = int(batch["del"][0])
        entry = self.worker.write(number, self.worker.tag(self.worker.read(number)))
        return {name: [value] for name, value in entry.items()}


def run_ray(
    settings: WorkerSettings, parts: Sequence[int], workers: int | None = None, actor: type[Actor] = Actor
) -> Iterator[dict[str, Any]]:
    """Tag the parts as a Ray Data pipeline, on this machine or on the cluster that ``RAY_ADDRESS`` names.

    A worker that dies is started again, and its part with it; a part is written whole or not at all.

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
        When Ray is not installed.
    """
    try:
        import ray
        import ray.data
    except ImportError:
        raise InputError("--engine ray trenger Ray; kjør «pip install textinnsikt[ray]».") from None
    started = not ray.is_initialized()
    if started:
        ray.init(log_to_driver=False, include_dashboard=False, logging_level=logging.ERROR)
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
            yield dict(row)
    except Exception as error:
        raise _cause(error) from None
    finally:
        if started:
            ray.shutdown()


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
