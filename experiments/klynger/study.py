"""How well clusters follow what the sentences are about: ``python experiments/klynger/study.py BOKANMELDELSER.csv``."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from learn_map import learn
from material import (
    Remembering,
    book_reviews,
    comments_without_theme,
    every_comment,
    labelled,
    study_of,
    tagger_encoder,
    with_theme_values,
)
from sklearn.metrics import adjusted_rand_score, f1_score, v_measure_score
from threadpoolctl import threadpool_limits

from textinnsikt.clusters import CommentClusters
from textinnsikt.clusters.aspects import AspectMap
from textinnsikt.clusters.clusters import LEAST_FIT
from textinnsikt.clusters.grouping import candidates, group, spread
from textinnsikt.clusters.vectors import Descriptions, Space
from textinnsikt.study import TaggedStudy

HERE = Path(__file__).resolve().parent
COLUMNS = ["del", "metode", "vektorer", "klynger", "v_mål", "justert_rand", "andel_plassert", "sekunder"]


def group_vectors(
    texts: list[str], encoder: Remembering, aspect_map: AspectMap | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the package's vectors of distinct, sorted sentences, and their aspects' scores."""
    every = np.arange(len(texts))
    learnt = spread(len(texts), np.random.default_rng(0))
    described = Descriptions(texts, encoder, learnt, 0, aspect_map).sentences.take(every)
    return Space(described.take(learnt)).vectors(described), described.aspects


def ours(
    texts: list[str], vectors: np.ndarray, aspects: np.ndarray | None, count: int | None
) -> tuple[np.ndarray, np.ndarray]:
    """Return labels, and fit to the cluster's centre."""
    learnt = spread(len(texts), np.random.default_rng(0))
    counts = candidates(len(texts), 15) if count is None else [count]
    found = group(vectors, counts, learnt, 0, aspects)
    return found.labels, found.fit


def row(
    part: str, method: str, kind: str, runs: list[tuple[pd.Series, np.ndarray, np.ndarray]], seconds: float
) -> dict:
    """Return one line of the table: the mean of some runs, each with truth, labels and which were placed."""
    cells: dict[str, Any] = {"del": part, "metode": method, "vektorer": kind}
    cells["klynger"] = np.mean([len(set(labels[placed])) for _, labels, placed in runs])
    cells["v_mål"] = np.mean([v_measure_score(truth, labels) for truth, labels, _ in runs])
    cells["justert_rand"] = np.mean([adjusted_rand_score(truth, labels) for truth, labels, _ in runs])
    cells["andel_plassert"] = np.mean([placed.mean() for *_, placed in runs])
    return {**cells, "sekunder": seconds}


def compare(part: str, rows: pd.DataFrame, encoder: Remembering, peers: bool) -> list[dict[str, Any]]:
    """Compare all methods on the encoder's vectors and on the package's, with the number of clusters we choose."""
    texts, truth = rows["setning"].tolist(), rows["merke"]
    found = []
    for kind in ("koder", "merkerens koder", "textinnsikt"):
        if kind == "textinnsikt":
            vectors, aspects = group_vectors(texts, encoder)
        else:
            vectors, aspects = (encoder if kind == "koder" else tagger_encoder()).encode(texts), None
        start = time.perf_counter()
        labels, fit = ours(texts, vectors, aspects, None)
        seconds = time.perf_counter() - start
        count = int(labels.max()) + 1
        marked = np.where(fit >= LEAST_FIT if kind == "textinnsikt" else True, labels, -1)
        found.append(row(part, "textinnsikt", kind, [(truth, marked, marked >= 0)], seconds))
        if not peers:
            continue
        from peers import PEERS, run

        for method, peer in PEERS.items():
            runs, seconds = run(peer, texts, vectors, count)
            found.append(row(part, method, kind, [(truth, one, one >= 0) for one in runs], seconds))
        if kind == "textinnsikt":
            for least in (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
                kept = fit >= least
                figures = [(truth[kept], labels[kept], np.ones(int(kept.sum()), dtype=bool))]
                line = row("kurve", f"minste likhet {least}", kind, figures, np.nan)
                found.append({**line, "andel_plassert": kept.mean()})
    return found


def unknown_aspects(encoder: Remembering) -> list[dict[str, Any]]:
    """Find each aspect with a map that has never heard of it, and count how well (F1 of the likest cluster)."""
    rows = labelled()
    texts = rows["setning"].tolist()
    known = {
        "avslutning": ["avslutning"],
        "helhet": ["helhet"],
        "identifisering": ["identifisering"],
        "kunnskap": ["kunnskap"],
        "lyd og teknikk": ["teknikk"],
        "pris": ["pris"],
        "språk": ["tempo", "tydelighet"],
        "velkomst": ["mottak"],
        "vennlighet": ["vennlighet"],
        "ventetid": ["ventetid"],
    }
    found = []
    for aspect, without in known.items():
        truth = (rows["merke"] == aspect).to_numpy()
        for name, dropped in (("kartet kjenner det ikke", without), ("kartet kjenner det", [])):
            labels, _ = ours(texts, *group_vectors(texts, encoder, learn(encoder, dropped)), 13)
            best = max(f1_score(truth, labels == k) for k in set(labels.tolist()))
            found.append({"del": f"ukjent aspekt: {aspect}", "metode": name, "f1": best})
    return found


def steadiness(study: TaggedStudy, encoder: Remembering) -> list[dict[str, Any]]:
    """Shuffle the rows and use more threads; then cluster each half of the contacts and compare on all sentences."""
    start = time.perf_counter()
    whole = CommentClusters(encoder=encoder).fit(study)
    seconds = time.perf_counter() - start
    count = len(whole.summary) - 1
    keys = ["henvendelse", "kommentar_nr", "setning_nr"]
    shuffled = TaggedStudy(study.comments.sample(frac=1, random_state=1), study.themes, source=study.source)
    with threadpool_limits(4):
        other = CommentClusters(encoder=encoder).fit(shuffled).sentences.sort_values(keys)["klynge"]
    same = adjusted_rand_score(whole.sentences.sort_values(keys)["klynge"], other)
    placed = 1 - whole.header["unclear"]
    base = {"del": f"stabilitet: {study.source}", "klynger": count, "andel_plassert": placed}
    found = [{**base, "metode": "stokket, flere tråder", "justert_rand": same, "sekunder": seconds}]
    contacts = study.comments["henvendelse"].drop_duplicates().sample(frac=1, random_state=2)
    labels, counts = [], []
    for part in (contacts[: len(contacts) // 2], contacts[len(contacts) // 2 :]):
        half = TaggedStudy(study.comments[study.comments["henvendelse"].isin(part)], study.themes, source=study.source)
        model = CommentClusters(encoder=encoder).fit(half)
        counts.append(len(model.summary) - 1)
        labels.append(model.assign(study, encoder).sentences["klynge"])
    agreement = adjusted_rand_score(*labels)
    return [*found, {**base, "metode": "to halvdeler", "klynger": min(counts), "justert_rand": agreement}]


def main() -> None:
    """Run everything and write ``results.csv``."""
    from textinnsikt.themes.encoder import Encoder

    parser = argparse.ArgumentParser()
    parser.add_argument("books", nargs="?", type=Path, help="bokanmeldelser.csv")
    parser.add_argument("--without-peers", action="store_true", help="leave out BERTopic and Turftopic")
    parser.add_argument("--vectors", type=Path, help="a file of vectors to begin with, and to add to")
    parser.add_argument("--output", type=Path, default=HERE / "results.csv", help="written after each part")
    options = parser.parse_args()
    known = {}
    if options.vectors and options.vectors.exists():
        with np.load(options.vectors) as stored:
            known = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))
    encoder = Remembering(Encoder.load(), known)
    peers = not options.without_peers
    comments = comments_without_theme()
    studies = [comments]
    studies += [study_of(comments.comments["tekst"].head(size).tolist(), f"{size} kommentarer") for size in (50, 300)]
    studies.append(study_of(every_comment()[:10_000], "10 000 kommentarer"))
    if options.books:
        studies.append(book_reviews(options.books))
    parts: list[Callable[[], list[dict[str, Any]]]] = [
        lambda: compare("tolv aspekter", labelled(), encoder, peers),
        *(partial(steadiness, study, encoder) for study in studies),
        lambda: unknown_aspects(encoder),
        lambda: compare("aspekter og temaverdier", with_theme_values(), encoder, peers),
    ]
    rows: list[dict[str, Any]] = []
    for part in parts:
        rows += part()
        table = pd.DataFrame(rows, columns=[*COLUMNS, "f1"])
        table.round(3).to_csv(options.output, index=False, encoding="utf-8", lineterminator="\n")
    if options.vectors:
        texts = sorted(encoder.known)
        np.savez(options.vectors, texts=np.array(texts), vectors=np.array([encoder.known[t] for t in texts]))


if __name__ == "__main__":
    main()
