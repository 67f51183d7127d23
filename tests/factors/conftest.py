"""A simulated study: contacts crossed with centres and shoppers, and coefficients that are known."""

import numpy as np
import pandas as pd
import pytest

from textinnsikt.study import TaggedStudy

THEMES = ("lytting", "løsning", "mersalg")
EFFECTS = {"lytting:positiv": 5.0, "lytting:negativ": -9.0, "løsning:positiv": 7.0, "mersalg:negativ": -3.0}


def simulated(seed: int = 0, centres: int = 20, each: int = 25, shoppers: int = 30) -> TaggedStudy:
    """Cross centres with lenient and strict shoppers; mentions vary with both, the score with all three."""
    random = np.random.default_rng(seed)
    n = centres * each
    centre = np.repeat(np.arange(centres), each)
    shopper = np.concatenate([random.choice(shoppers, each, replace=False) for _ in range(centres)])
    score = 75 + random.normal(0, 4, centres)[centre] + random.normal(0, 3, shoppers)[shopper]
    score += random.normal(0, 8, n)
    frame = pd.DataFrame(
        {
            "henvendelse": [f"h{i:05}" for i in range(n)],
            "kommentar_nr": 1,
            "kundesenter": [f"Senter {c}" for c in centre],
            "klasse": [f"Klasse {c % 3}" for c in centre],
            "kanal": random.choice(["telefon", "chat", "e-post"], n),
            "shopper": [f"s{s:03}" for s in shopper],
            "dato": [f"2021-0{1 + i % 3}-11" for i in range(n)],
            "besvart": "ja",
            "tekst": "Hun hørte godt etter og fant en løsning.",
        }
    )
    for theme in THEMES:
        yes = {}
        for mention in ("positiv", "negativ"):
            logit = -1 + random.normal(0, 0.6, centres)[centre] + random.normal(0, 0.5, shoppers)[shopper]
            yes[mention] = random.random(n) < 1 / (1 + np.exp(-logit))
            score = score + EFFECTS.get(f"{theme}:{mention}", 0.0) * yes[mention]
        both = yes["positiv"] & yes["negativ"]
        values = ["blandet", "positiv", "negativ"]
        frame[theme] = np.select([both, yes["positiv"], yes["negativ"]], values, "ingen")
    frame["totalscore"] = score
    return TaggedStudy(frame, THEMES, source="studie.csv", sha256="abc")


@pytest.fixture(scope="session")
def simulate():
    """The function that makes a study from a seed."""
    return simulated


@pytest.fixture(scope="session")
def effects():
    """The planted coefficients; mentions not named have none."""
    return EFFECTS


@pytest.fixture(scope="session")
def tagged():
    return simulated()
