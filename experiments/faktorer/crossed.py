"""Made-up studies crossed as the real one: 132 centres x 25 different shoppers out of 98."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

CENTRES, EACH, SHOPPERS, CLASSES = 132, 25, 98, 20


@dataclass(frozen=True)
class Crossed:
    """Who is visited by whom."""

    centre: np.ndarray
    shopper: np.ndarray

    def __len__(self) -> int:
        return len(self.centre)


def crossed(random: np.random.Generator) -> Crossed:
    """Draw the design: at each centre 25 different shoppers, those with the fewest visits first."""
    load = np.zeros(SHOPPERS)
    shoppers = []
    for _ in range(CENTRES):
        here = np.argsort(load + random.uniform(0, 4, SHOPPERS))[:EACH]
        load[here] += 1
        shoppers.append(here)
    return Crossed(np.repeat(np.arange(CENTRES), EACH), np.concatenate(shoppers))


def mentions(design: Crossed, random: np.random.Generator, prevalence: float, spread: float = 0.7) -> np.ndarray:
    """Draw a theme (0/1) tied to centre and shopper, with about the prevalence asked for."""
    lean = random.normal(0, spread, CENTRES)[design.centre] + random.normal(0, spread, SHOPPERS)[design.shopper]
    # A logistic with normal noise on the log odds has a mean nearer a half: the shift makes up for it.
    shift = np.log(prevalence / (1 - prevalence)) * np.sqrt(1 + 2 * spread**2 * 0.346)
    return (random.random(len(design)) < 1 / (1 + np.exp(-(shift + lean)))).astype(float)


def frame(design: Crossed, score: np.ndarray, **columns: np.ndarray) -> pd.DataFrame:
    """Lay a study out as contacts."""
    return pd.DataFrame(
        {
            "henvendelse": [f"h{i:05}" for i in range(len(design))],
            "kundesenter": [f"Senter {c:03}" for c in design.centre],
            "klasse": [f"Klasse {c % CLASSES:02}" for c in design.centre],
            "kanal": "telefon",
            "shopper": [f"s{s:02}" for s in design.shopper],
            "dato": "2021-01-11",
            "besvart": "ja",
            "totalscore": score,
            **columns,
        }
    )
