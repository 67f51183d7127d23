"""A worker: one tagger that takes parts of rows and writes parts of the result."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from platform import node
from typing import TYPE_CHECKING, Any, Literal

from textinnsikt.errors import InputError
from textinnsikt.scale.chunk import TextReader, build_chunk
from textinnsikt.scale.flagged import write_flagged
from textinnsikt.scale.folder import JobFolder, file_sha256, write_whole
from textinnsikt.scale.rows import RowParts
from textinnsikt.scale.survey import Facts
from textinnsikt.study import Study, TaggedStudy, write_tagged_file

if TYPE_CHECKING:
    from textinnsikt.themes import ThemeTagger


@dataclass(frozen=True)
class WorkerSettings:
    """What a worker needs to know, wherever it runs.

    Parameters
    ----------
    output : str
        The result; its parts lie in the job's folder beside it, which every worker must reach.
    model : str, optional
        Folder of the tagger.
    device, dtype : str
        As in `streamtagger.StreamTagger.open`, decided.
    batch_tokens : int, optional
        Tokens computed at a time.
    trust_remote_code : bool
        Run the model folder's own code; a worker on another machine has not the environment of the command.
    """

    output: str
    model: str | None
    device: Literal["auto", "cpu", "cuda"]
    dtype: Literal["auto", "float32", "bfloat16"]
    batch_tokens: int | None
    trust_remote_code: bool = False


def open_tagger(settings: WorkerSettings) -> ThemeTagger:
    """Load the tagger that the settings ask for."""
    from textinnsikt.scale.streamtagger import StreamTagger

    model = Path(settings.model) if settings.model else None
    return StreamTagger.open(
        model,
        settings.device,
        settings.dtype,
        settings.batch_tokens,
        trust_remote_code=settings.trust_remote_code,
    )


class Worker:
    """Tags parts; reading, computing and writing are apart, so that they can go on beside each other."""

    def __init__(self, settings: WorkerSettings):
        self.job = JobFolder(Path(settings.output))
        manifest = self.job.manifest
        if "fakta" not in manifest:
            raise InputError(
                f"Delene av {self.job.output.name} finnes ikke i {self.job.output.parent} på {node()}; "
                "legg resultatet på en disk som alle maskinene ser."
            )
        self.rows = RowParts(**manifest["rader"])
        self.facts = Facts(**manifest["fakta"])
        beside = (os.cpu_count() or 1) - 1 if settings.device == "cuda" else 0
        self.reader = TextReader(self.facts.kept, beside)
        opener = ThreadPoolExecutor(1)  # the model is loaded beside the reading of the first part
        self._opened = opener.submit(open_tagger, settings)
        opener.shutdown(wait=False)

    def read(self, number: int) -> Study:
        """Read and mask one part."""
        return build_chunk(self.rows.load(self.job, number), self.facts, self.reader)

    def tag(self, study: Study, progress: Callable[[int, int], None] | None = None) -> TaggedStudy:
        """Tag the comments of a part."""
        return self._opened.result().tag(study, progress)

    def write(self, number: int, tagged: TaggedStudy) -> dict[str, Any]:
        """Write one part of the result; return what the manifest's log holds of it."""
        comments = tagged.comments
        foreign = write_flagged(self.job, number, comments, self.reader.detect(list(comments["tekst"])))
        path = self.job.part("ut", number, self.job.ending)
        write_whole(path, lambda fresh: write_tagged_file(tagged, fresh))
        return {
            "del": number,
            "rader": len(comments),
            "kommentarer": int(comments["tekst"].notna().sum()),
            "flagget": foreign,
            "bytes": path.stat().st_size,
            "sha256": file_sha256(path),
        }
