"""Do corrected intervals cover the planted figure, whichever way the 400 labelled contacts were chosen?"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "experiments" / "faktorer"))

from crossed import crossed, frame, mentions  # noqa: E402

from textinnsikt.factors.correction import Draw, Moments, correct  # noqa: E402
from textinnsikt.factors.design import Design  # noqa: E402
from textinnsikt.factors.labels import Labels  # noqa: E402
from textinnsikt.factors.sample import Sample  # noqa: E402
from textinnsikt.factors.within import Level, contrasts_of, direct  # noqa: E402
from textinnsikt.study import TaggedStudy  # noqa: E402
from textinnsikt.themes.sampling import combined_probability, next_contacts, sample_contacts  # noqa: E402

THEMES = ("lytting", "løsning")
#: Planted: mention -> prevalence, score points, share of mentions missed, share of false alarms.
PLANTED = {
    "lytting:positiv": (0.25, 3.0, 0.2, 0.06),
    "lytting:negativ": (0.15, -5.0, 0.3, 0.04),
    "løsning:positiv": (0.4, 6.0, 0.15, 0.08),
    "løsning:negativ": (0.2, -8.0, 0.2, 0.05),
}
LABELS = 400
VALUES = np.array(["ingen", "positiv", "negativ", "blandet"])
WORDS = np.array("svar tid hjelp pris kø feil navn takk regning skjema bil hotell".split())


def study(seed: int) -> tuple[TaggedStudy, pd.DataFrame]:
    """Return a tagged study and the true values: tags err more where the score is low, and doubt where they err."""
    random = np.random.default_rng(seed)
    design = crossed(random)
    truth = {name: mentions(design, random, share) for name, (share, *_) in PLANTED.items()}
    centre, shopper = random.normal(0, 3, 132)[design.centre], random.normal(0, 3.5, 98)[design.shopper]
    score = 67 + centre + shopper + random.normal(0, 7, len(design))
    score += sum(points * truth[name] for name, (_, points, *_) in PLANTED.items())
    low = score < np.median(score)
    columns: dict[str, np.ndarray] = {}
    values = {}
    for theme in THEMES:
        said, meant = np.zeros(len(design), dtype=int), np.zeros(len(design), dtype=int)
        for place, mention in enumerate(("positiv", "negativ"), start=1):
            true = truth[f"{theme}:{mention}"]
            _, _, missed, false = PLANTED[f"{theme}:{mention}"]
            error = random.random(len(design)) < np.where(true == 1, missed, false) * np.where(low, 1.4, 0.6)
            tag = np.where(error, 1 - true, true)
            sure = np.where(error, random.uniform(0.3, 0.6, len(design)), random.uniform(0.02, 0.35, len(design)))
            columns[f"{theme}_p_{mention}"] = np.where(tag == 1, 1 - sure, sure)
            said += place * tag.astype(int)
            meant += place * true.astype(int)
        columns[theme], values[theme] = VALUES[said], VALUES[meant]
    texts = [" ".join(words) for words in random.choice(WORDS, (len(design), 6))]
    comments = frame(design, score, kommentar_nr=np.ones(len(design), dtype=int), tekst=np.array(texts), **columns)
    return TaggedStudy(comments, THEMES), pd.DataFrame(values, index=comments["henvendelse"])


def choose(tagged: TaggedStudy, way: str, seed: int) -> pd.Series:
    """Return the probability of the contacts chosen to be labelled."""
    if way != "next":
        drawn = sample_contacts(
            tagged, LABELS, by=() if way == "tilfeldig" else ("tema", "klasse", "kundesenter"), seed=seed
        )
        return combined_probability(drawn.assign(runde=1))
    first = sample_contacts(tagged, LABELS // 2, seed=seed).assign(runde=1)
    second = next_contacts(tagged, first, LABELS // 2, seed=seed).assign(runde=2)
    return combined_probability(pd.concat([first, second], ignore_index=True))


def one_run(seed: int) -> list[dict[str, object]]:
    """Return one row per way and mention."""
    tagged, truth = study(seed)
    sample = Sample.of(tagged)
    design = Design.of(sample)
    contrasts = contrasts_of(design.mentions, tuple(PLANTED))
    found = {"uten retting": direct(design, Level())}
    for way in ("tilfeldig", "stratifisert", "next"):
        chosen = choose(tagged, way, seed)
        rows = tagged.comments[tagged.comments["henvendelse"].isin(chosen.index)][["henvendelse", "kommentar_nr"]]
        rows = rows.assign(trekksannsynlighet=rows["henvendelse"].map(chosen), stratum=1)
        rows = rows.assign(**{theme: rows["henvendelse"].map(truth[theme]) for theme in THEMES})
        moments = Moments.of(design, Draw.of(sample, Labels.of(rows, tagged)))
        found[way] = correct(design, moments, contrasts, Level()).frame
    rows = []
    for way, table in found.items():
        for name, (_, points, *_) in PLANTED.items():
            estimate, low, high = table.loc[name, ["estimat", "nedre", "øvre"]]
            known = {"måte": way, "omtale": name, "sann": points, "estimat": estimate}
            rows.append({**known, "bredde": high - low, "dekket": bool(low <= points <= high)})
    return rows


def write(rows: list[dict[str, object]], runs: int) -> pd.DataFrame:
    """Write ``results.csv``; return it."""
    groups = pd.DataFrame(rows).groupby(["måte", "omtale"], sort=False)
    table = groups.agg(
        sann=("sann", "first"), snitt=("estimat", "mean"), bredde=("bredde", "mean"), dekning=("dekket", "mean")
    )
    table = table.assign(kjøringer=runs).round(3).reset_index()
    table.to_csv(Path(__file__).with_name("results.csv"), index=False, encoding="utf-8", lineterminator="\n")
    return table


def main(runs: int) -> None:
    """Run, writing what there is after every hundred."""
    rows: list[dict[str, object]] = []
    for seed in range(runs):
        rows += one_run(seed)
        if (seed + 1) % 100 == 0:
            write(rows, seed + 1)
    print(write(rows, runs).to_string(index=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
