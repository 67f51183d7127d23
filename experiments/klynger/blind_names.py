"""Sheets for a blind check of names: ``python experiments/klynger/blind_names.py RESULTAT -o MAPPE``.

Ten clusters at a time: ``navn_1.txt`` has the names, ``sitater_1.txt`` the quotes in another order, ``fasit.csv`` which
belongs to which. Whoever matches them sees the first two alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from textinnsikt.clusters import read_clusters

#: Clusters on a sheet.
SIZE = 10


def write_sheets(folder: Path, output: Path, seed: int = 0) -> pd.DataFrame:
    """Write the sheets and return the key: ``ark, nummer, bokstav, navn``."""
    rows = read_clusters(folder).summary.query("klynge > 0 and sitat_3.notna()").copy()
    random = np.random.default_rng(seed)
    rows = rows.iloc[random.permutation(len(rows))]
    output.mkdir(parents=True, exist_ok=True)
    key = []
    for sheet in range(len(rows) // SIZE):
        part = rows.iloc[sheet * SIZE : (sheet + 1) * SIZE]
        order = random.permutation(SIZE)
        names = [f"{number}. {name}" for number, name in enumerate(part["navn"], start=1)]
        quotes = []
        for letter, place in zip("ABCDEFGHIJ", order, strict=True):
            said = part.iloc[place][["sitat_1", "sitat_2", "sitat_3"]]
            quotes.append("\n".join([f"{letter}.", *(f"  - {quote}" for quote in said)]))
            key.append((sheet + 1, int(place) + 1, letter, part.iloc[place]["navn"]))
        (output / f"navn_{sheet + 1}.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
        (output / f"sitater_{sheet + 1}.txt").write_text("\n".join(quotes) + "\n", encoding="utf-8")
    frame = pd.DataFrame(key, columns=["ark", "nummer", "bokstav", "navn"])
    frame.to_csv(output / "fasit.csv", index=False, encoding="utf-8", lineterminator="\n")
    return frame


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    write_sheets(options.folder, options.output)
