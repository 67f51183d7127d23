"""Steps that several commands share. Torch is loaded only when a tagger is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textinnsikt.themes import Codebook
from textinnsikt.themes.facts import folder_hash, read_facts

if TYPE_CHECKING:
    from textinnsikt.clusters import ClusterResult
    from textinnsikt.factors.labels import Labels
    from textinnsikt.study import TaggedStudy
    from textinnsikt.themes import ThemeTagger


@contextmanager
def _model_folder(model: Path | None) -> Iterator[Path]:
    """Give the folder of a model, or of the one that the package ships."""
    if model is not None:
        yield model
    else:
        with as_file(files("textinnsikt.themes") / "model") as folder:
            yield folder


def load_tagger(model: Path | None) -> ThemeTagger:
    """Load the tagger of a folder, or the one that the package ships."""
    from textinnsikt.themes import ThemeTagger

    return ThemeTagger.load(model)


def model_hash(model: Path | None) -> str:
    """Return the hash by which results of a model are known, without loading it."""
    with _model_folder(model) as folder:
        read_facts(folder)
        return folder_hash(folder)


def codebook_of(model: Path | None) -> Codebook:
    """Return the codebook of a model, without loading it."""
    with _model_folder(model) as folder:
        return Codebook.from_dict(read_facts(folder)["kodebok"])


def further_findings(
    tagged: TaggedStudy,
    seed: int,
    labels: Labels | None = None,
    order: tuple[str, ...] | None = None,
    clusters: ClusterResult | None = None,
) -> Sequence[tuple[str, str, Callable[[], Any]]]:
    """Return the findings beside the associations: file stem, what is said meanwhile, and how it is computed.

    They are computed in this order: the expectations use the importance, where the study could bear it.
    """
    from textinnsikt.factors.expectations import DEFAULT_ORDER, Expectations
    from textinnsikt.factors.ranking import CentreRanking
    from textinnsikt.factors.theme_importance import ThemeImportance
    from textinnsikt.factors.winners import ClassWinners

    known: list[Any] = []

    def importance() -> Any:
        known.append(ThemeImportance(seed=seed).fit(tagged, labels))
        return known[0]

    def expectations() -> Any:
        found = Expectations(order or DEFAULT_ORDER, seed=seed)
        return found.fit(tagged, labels, importance=known[0] if known else None)

    def of_clusters() -> Any:
        from textinnsikt.clusters import cluster_mentions
        from textinnsikt.factors.cluster_factors import ClusterFactors

        assert clusters is not None
        return ClusterFactors(seed=seed).fit(tagged, cluster_mentions(clusters, tagged))

    found = [
        ("viktighet", "Måler viktighet", importance),
        ("vinnere", "Sammenligner klassevinnere", lambda: ClassWinners(seed=seed).fit(tagged)),
        ("rangering", "Rangerer kundesentre", lambda: CentreRanking(seed=seed).fit(tagged)),
        ("forventninger", "Stiller opp forventninger", expectations),
    ]
    return [*found, ("klyngefaktorer", "Kobler klyngene til scoren", of_clusters)] if clusters is not None else found
