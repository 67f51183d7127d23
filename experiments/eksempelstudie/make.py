"""Make the example study and its key from the hand-written sentences: the same files every time.

Run: python experiments/eksempelstudie/make.py [FOLDER]   (default: data/)
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from design import draw_design
from scores import ASPECT_COEFFICIENTS, COEFFICIENTS, QUESTIONS, draw_scores, spread_points
from sentences import THEMES, read_sentences
from texts import true_values, write_all

SEED = 2021
FIRST_DAY = dt.date(2020, 12, 1)
_CODE = {"ingen": "0", "positiv": "+", "negativ": "-", "blandet": "b"}


def main(folder: Path) -> None:
    """Write ``eksempelstudie.csv`` and ``eksempelstudie_fasit.json``."""
    design_rng, text_rng, score_rng = (np.random.default_rng([SEED, part]) for part in range(3))
    design = draw_design(design_rng)
    written = write_all(design, read_sentences(), text_rng)
    facts = [set().union(*(s.facts for parts in chosen for s in parts)) for _, chosen in written]
    scores = draw_scores(design, facts, score_rng)
    rows, truth, aspects = [], {}, {}
    for contact, (texts, chosen), said, score in zip(design.contacts, written, facts, scores, strict=True):
        row: dict[str, object] = {
            "henvendelse": contact.id,
            "kundesenter": contact.centre,
            "klasse": contact.klass,
            "kanal": contact.channel,
            "shopper": f"S{contact.shopper + 1:02d}",
            "dato": (FIRST_DAY + dt.timedelta(days=contact.day)).isoformat(),
            "besvart": "ja" if contact.answered else "nei",
            "totalscore": int(score),
        }
        row |= spread_points(score, said, score_rng) if contact.answered else dict.fromkeys(QUESTIONS, 0)
        for number, (text, parts) in enumerate(zip(texts, chosen, strict=True), start=1):
            row[f"kommentar_{number}"] = text or ""
            if text:
                values = true_values(parts)
                truth[f"{contact.id}-{number}"] = "".join(_CODE[values[theme]] for theme in THEMES)
                aspects[f"{contact.id}-{number}"] = sorted({s.aspect[0] + s.aspect[1] for s in parts if s.aspect})
        rows.append(row)
    pd.DataFrame(rows).to_csv(folder / "eksempelstudie.csv", index=False, encoding="utf-8", lineterminator="\n")
    key = {
        "om": "Plantede sammenhenger i poeng på kontaktnivå, og hver kommentars temaverdier i rekkefølgen "
        "lytting, behovskartlegging, løsning, mersalg (0 ingen, + positiv, - negativ, b blandet).",
        "koeffisienter": COEFFICIENTS,
        "koeffisienter_utenfor_temaene": ASPECT_COEFFICIENTS,
        "hoyeste_poeng": QUESTIONS,
        "temaer": list(THEMES),
        "kommentarer": truth,
        "aspekter": {name: found for name, found in aspects.items() if found},
    }
    text = json.dumps(key, ensure_ascii=False, indent=0)
    (folder / "eksempelstudie_fasit.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "data")
