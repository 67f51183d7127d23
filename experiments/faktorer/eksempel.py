"""The example study: are the planted associations covered, on planted labels and on tagged comments?"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "experiments" / "eksempelstudie"))

from design import draw_design  # noqa: E402
from scores import COEFFICIENTS, draw_scores  # noqa: E402

from textinnsikt import example_study  # noqa: E402
from textinnsikt.factors import SuccessFactors  # noqa: E402
from textinnsikt.factors.design import Design  # noqa: E402
from textinnsikt.factors.sample import Sample  # noqa: E402
from textinnsikt.factors.within import Level, direct  # noqa: E402
from textinnsikt.study import TaggedStudy, read_tagged  # noqa: E402

THEMES = ("lytting", "behovskartlegging", "løsning", "mersalg")
SIGNS = {"0": "ingen", "+": "positiv", "-": "negativ", "b": "blandet"}


def regenerated(random: np.random.Generator) -> TaggedStudy:
    """Draw the example study anew, with what there is to tell in place of comments."""
    drawn = draw_design(random)
    score = draw_scores(drawn, [contact.facts for contact in drawn.contacts], random)
    rows = []
    for contact, points in zip(drawn.contacts, score, strict=True):
        said = dict(contact.facts)
        rows.append(
            [
                *(contact.id, 1, contact.centre, contact.klass, contact.channel, f"s{contact.shopper:02}"),
                *(f"2021-{1 + contact.day // 31:02}-01", "ja" if contact.answered else "nei", points, "Tekst."),
                *(said.get(theme, "ingen") for theme in THEMES),
            ]
        )
    head = "henvendelse kommentar_nr kundesenter klasse kanal shopper dato besvart totalscore tekst".split()
    return TaggedStudy(pd.DataFrame(rows, columns=[*head, *THEMES]), THEMES)


def planted() -> TaggedStudy:
    """Return the example study with its true values in place of tags."""
    study = example_study()
    facts = json.loads((ROOT / "data" / "eksempelstudie_fasit.json").read_text(encoding="utf-8"))
    comments = study.comments
    keys = comments["henvendelse"] + "-" + comments["kommentar_nr"].astype(str)
    for place, theme in enumerate(facts["temaer"]):
        values = keys.map(lambda key, place=place: SIGNS[facts["kommentarer"].get(key, "0000")[place]])
        comments[theme] = values.where(comments["tekst"].notna(), None)
    return TaggedStudy(comments, tuple(facts["temaer"]), study.questions, study.source, study.sha256)


def coverage(runs: int, seed: int) -> list[dict[str, object]]:
    """Return per planted coefficient the mean estimate and how often its interval holds it."""
    estimates, hits = [], []
    for run in range(runs):
        found = direct(Design.of(Sample.of(regenerated(np.random.default_rng([seed, run])))), Level())
        truth = pd.Series(COEFFICIENTS)
        rows = found.loc[truth.index]
        estimates.append(rows["estimat"])
        hits.append((rows["nedre"] <= truth) & (truth <= rows["øvre"]))
    means, shares = pd.DataFrame(estimates).mean(), pd.DataFrame(hits).mean()
    return [
        {
            "studie": "eksempelstudien",
            "tilfelle": f"{name} = {COEFFICIENTS[name]:g}",
            "mål": goal,
            "verdi": value,
            "kjøringer": runs,
        }
        for name in COEFFICIENTS
        for goal, value in (("snitt", means[name]), ("dekning", shares[name]))
    ]


def on_tagged(path: Path, labels: int, seed: int) -> list[dict[str, object]]:
    """Return the naive and the corrected figures of the tagged example study beside what is planted."""
    tagged, truth = read_tagged(path), planted()
    random = np.random.default_rng(seed)
    contacts = truth.contacts["henvendelse"].to_numpy()
    drawn = truth.comments["henvendelse"].isin(random.choice(contacts, labels, replace=False))
    rows = truth.comments[drawn & truth.comments["tekst"].notna()]
    found = SuccessFactors().fit(tagged, rows.assign(trekksannsynlighet=labels / len(contacts))).summary
    found["navn"] = found["tema"] + ":" + found["omtale"]
    lines = []
    for name, planted_points in COEFFICIENTS.items():
        for method in ("innen_direkte", "innen_direkte_korrigert"):
            row = found[(found["navn"] == name) & (found["metode"] == method)].iloc[0]
            lines += [
                {
                    "studie": f"eksempelstudien merket av modellen, {labels} merkede henvendelser",
                    "tilfelle": f"{name} = {planted_points:g}",
                    "mål": f"{method}, {what}",
                    "verdi": row[what],
                    "kjøringer": 1,
                }
                for what in ("estimat", "nedre", "øvre")
            ]
    return lines
