"""Three-way polarity on NoReC sentences, by the commands alone: train with defaults, tag, compare.

Run: python experiments/norec/measure.py TRAIN.csv DEV.csv [TEST.csv]
The files have ``id``, ``tekst`` and ``polaritet`` (positiv, negativ, nøytral): the parts of NoReC_sentence. They are
not kept here (CC BY-NC), nor is anything made of them; all of it lies in a temporary folder.
Writes: experiments/norec/results.csv
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
CODEBOOK = (
    '[tema.polaritet]\nnavn = "Polaritet"\ndefinisjon = "Om setningen roser eller kritiserer det den handler om."\n'
)
VALUES = ("positiv", "negativ", "ingen")


def main() -> None:
    """Train, tag every other part, write the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="+", type=Path)
    parser.add_argument("--extra", default="", help="further arguments to train, in one string")
    parser.add_argument("--rows", type=int, help="only so many training sentences (a smoke test)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "kodebok.toml").write_text(CODEBOOK, encoding="utf-8")
        sentences = [_convert(path, folder / f"{place}.csv", options.rows) for place, path in enumerate(options.parts)]
        start = time.perf_counter()
        _command(
            "train", folder / "0.csv", "-o", folder / "modell", "--codebook", folder / "kodebok.toml", "--val",
            folder / "1.csv", *options.extra.split(),
        )  # fmt: skip
        seconds = time.perf_counter() - start
        rows = []
        for place, name in list(enumerate(["trening", "dev", "test"]))[1 : len(sentences)]:
            asked, answered = folder / f"inn_{place}.csv", folder / f"ut_{place}.csv"
            frame = sentences[place].rename(columns={"id": "henvendelse", "tekst": "kommentar_1"})
            frame[["henvendelse", "kommentar_1"]].to_csv(asked, index=False, encoding="utf-8")
            _command("tag", asked, "-o", answered, "--model", folder / "modell")
            found = three_way(sentences[place]["polaritet"], pd.read_csv(answered))
            rows.append({"del": name, **found, "sekunder_trening": round(seconds)})
        table = pd.DataFrame(rows).round(4)
        if options.rows is None:
            table.to_csv(HERE / "results.csv", index=False, encoding="utf-8", lineterminator="\n")
        print(table.to_string(index=False))


def _convert(path: Path, target: Path, rows: int | None) -> pd.DataFrame:
    frame = pd.read_csv(path, encoding="utf-8")
    frame = frame if rows is None else frame.head(rows)
    frame = frame.assign(polaritet=frame["polaritet"].replace("nøytral", "ingen"))
    frame.to_csv(target, index=False, encoding="utf-8")
    return frame


def _command(*arguments: object) -> None:
    code = "import sys; from textinnsikt.cli.main import main; sys.exit(main())"
    subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True)


def three_way(truth: pd.Series, tagged: pd.DataFrame) -> dict[str, float]:
    """Return F1 of each value and their mean; ``blandet`` counts as the more probable sign."""
    sign = np.where(tagged["polaritet_p_positiv"] >= tagged["polaritet_p_negativ"], "positiv", "negativ")
    said = np.where(tagged["polaritet"] == "blandet", sign, tagged["polaritet"])
    real = truth.to_numpy()
    scores = {}
    for value in VALUES:
        hits = ((said == value) & (real == value)).sum()
        scores[value] = 2 * hits / ((said == value).sum() + (real == value).sum())
    return {"n": len(real), **scores, "makro_f1": float(np.mean(list(scores.values())))}


if __name__ == "__main__":
    main()
