"""The planted model: what a contact's score is made of, and how the points fall on the questions."""

from __future__ import annotations

import numpy as np
from design import CHANNELS, Design

#: Score points that go with a mention, all else equal: the truth that an analysis should find again.
COEFFICIENTS = {
    "lytting:positiv": 2.5,
    "lytting:negativ": -4.0,
    "behovskartlegging:positiv": 8.0,
    "behovskartlegging:negativ": -10.0,
    "løsning:positiv": 10.0,
    "løsning:negativ": -6.0,
    "mersalg:positiv": 1.5,
    "mersalg:negativ": -1.0,
}
#: Score points that go with matters outside the themes.
ASPECT_COEFFICIENTS = {"ventetid:-": -1.5, "vennlighet:+": 2.0, "tempo:-": -1.5, "kunnskap:-": -2.0}
INTERCEPT = 62.0
CHANNEL_POINTS = {"telefon": 0.0, "e-post": -2.5, "chat": -1.0, "facebook": -3.5}
MONTH_POINTS = 0.4
SD_CLASS, SD_CENTRE, SD_SHOPPER, SD_CONTACT = 2.0, 3.0, 3.5, 7.0

#: Question -> highest number of points; they add up to 100, waiting counts 5.
QUESTIONS = {
    "spm_mottak": 10, "spm_ventetid": 5, "spm_vennlighet": 10, "spm_lytting": 15, "spm_behovskartlegging": 15,
    "spm_kunnskap": 10, "spm_løsning": 20, "spm_avslutning": 10, "spm_totalinntrykk": 5,
}  # fmt: skip


def draw_scores(design: Design, facts: list[set[tuple[str, str]]], rng: np.random.Generator) -> np.ndarray:
    """Draw total scores, whole numbers 0-100; 0 for an unanswered contact.

    ``facts`` holds what each contact's comments say: (theme, value) and (aspect, sign) pairs.
    """
    classes = sorted({c.klass for c in design.contacts})
    class_points = dict(zip(classes, rng.normal(0, SD_CLASS, len(classes)), strict=True))
    centre_points = dict(zip(design.centres, SD_CENTRE * design.quality, strict=True))
    shopper_points = rng.normal(0, SD_SHOPPER, len(design.voices))
    noise = rng.normal(0, SD_CONTACT, len(design.contacts))
    scores = []
    for contact, said, rest in zip(design.contacts, facts, noise, strict=True):
        if not contact.answered:
            scores.append(0.0)
            continue
        points = INTERCEPT + class_points[contact.klass] + centre_points[contact.centre]
        points += shopper_points[contact.shopper] + CHANNEL_POINTS[contact.channel]
        points += MONTH_POINTS * contact.day / 30 + mention_points(said) + rest
        scores.append(float(np.clip(round(points), 1, 100)))
    return np.array(scores)


def mention_points(said: set[tuple[str, str]]) -> float:
    """Return the score points that go with what was said."""
    points = 0.0
    for name, value in said:
        mentions = ("positiv", "negativ") if value == "blandet" else (value,)
        for mention in mentions:
            points += COEFFICIENTS.get(f"{name}:{mention}", 0.0)
            points += ASPECT_COEFFICIENTS.get(f"{name}:{mention}", 0.0)
    return points


def spread_points(score: float, said: set[tuple[str, str]], rng: np.random.Generator) -> dict[str, int]:
    """Share a total score out on the questions: more where praise was given, less where not; the sum is exact."""
    highest = np.array(list(QUESTIONS.values()), dtype=float)
    lean = rng.normal(0, 0.12, len(highest))
    for place, question in enumerate(QUESTIONS):
        for name, value in said:
            if question == f"spm_{name}":
                lean[place] += {"positiv": 0.15, "+": 0.15, "negativ": -0.3, "-": -0.3, "blandet": -0.1}.get(value, 0)
    low, high = -2.0, 2.0
    for _ in range(60):  # bisection on a shift that makes the sum right
        shift = (low + high) / 2
        if (highest * np.clip(score / 100 + lean + shift, 0, 1)).sum() < score:
            low = shift
        else:
            high = shift
    exact = highest * np.clip(score / 100 + lean + high, 0, 1)
    points = np.floor(exact)
    missing = int(round(score - points.sum()))
    order = np.argsort(-(exact - points), kind="stable")
    for place in [p for p in order if points[p] < highest[p]][:missing]:
        points[place] += 1
    return {question: int(p) for question, p in zip(QUESTIONS, points, strict=True)}


assert sum(QUESTIONS.values()) == 100 and set(CHANNEL_POINTS) == set(CHANNELS)
