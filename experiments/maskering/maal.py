"""How much of what must be masked is masked: recall by kind, and false alarms."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from saker import cases
from statsmodels.stats.proportion import proportion_confint

from textinnsikt import mask

PLACE = Path(__file__).parent


def left(before: str, after: str, value: str) -> bool:
    """Tell whether a part of the value that says who it is still stands where it stood."""
    parts = re.findall(r"\w{3,}" if re.search(r"\d{2}", value) is None else r"\d{2,}", value) or [value]
    around, after = before.replace(value, " "), re.sub(r"\[[\wæøå-]+\]", " ", after)
    return any(re.search(rf"(?<!\w){re.escape(part)}", after) for part in parts if part not in around)


def main() -> None:
    frame = pd.DataFrame(cases(), columns=["slag", "tekst", "verdi"])
    frame["maskert"] = [mask(text) for text in frame["tekst"]]
    clean = frame["slag"] == "ingenting"
    frame["feil"] = [
        one != two if nothing else left(one, two, value)
        for one, two, value, nothing in zip(frame["tekst"], frame["maskert"], frame["verdi"], clean, strict=True)
    ]
    rows = []
    groups = [*frame.groupby("slag", sort=False), ("alle med tall", frame[~frame["slag"].isin(["navn", "ingenting"])])]
    for kind, part in groups:
        right = int((~part["feil"]).sum())
        low, high = proportion_confint(right, len(part), method="wilson")
        rows.append((kind, len(part), right, round(right / len(part), 4), round(low, 4), round(high, 4)))
    result = pd.DataFrame(rows, columns=["slag", "saker", "riktige", "andel", "nedre", "øvre"])
    result.to_csv(PLACE / "results.csv", index=False, lineterminator="\n")
    frame[frame["feil"]].drop(columns="feil").to_csv(PLACE / "feil.csv", index=False, lineterminator="\n")
    print(result.to_string(index=False))


if __name__ == "__main__":
    main()
