"""How much of what must be masked is masked: recall by kind and false alarms, set by set.

The wrong cases go to ``feil.csv``, all but those of the unseen set: nobody has mended the rules after it, and so it
can be used again.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from saker import cases
from statsmodels.stats.proportion import proportion_confint

from textinnsikt import mask

PLACE = Path(__file__).parent
Case = tuple[str, str, list[str]]
#: The set whose wrong cases are not shown.
UNSEEN = "usette"


def written(name: str) -> list[Case]:
    """Read a file of one case a line: kind, tab, comment with what must be gone in braces."""
    lines = (PLACE / name).read_text(encoding="utf-8").splitlines()
    found = [line.split("\t", 1) for line in lines if line]
    return [(kind, re.sub(r"\{(.+?)\}", r"\1", text), re.findall(r"\{(.+?)\}", text)) for kind, text in found]


def left(before: str, after: str, values: list[str]) -> bool:
    """Tell whether a part of a value that says who it is still stands where it stood."""
    around, after = before, re.sub(r"\[[\wæøå-]+\]", " ", after)
    for value in values:
        around = around.replace(value, " ")
    parts = [
        part
        for value in values
        for part in re.findall(r"\w{3,}" if re.search(r"\d{2}", value) is None else r"\d{2,}", value) or [value]
    ]
    numbers = [part for value in values for part in re.findall(r"\d{2,}", value)]  # also those glued to letters
    stands = [re.search(rf"(?<!\w){re.escape(part)}", after) for part in parts if part not in around]
    return any(stands) or any(part in after for part in numbers if part not in around)


def measured(name: str, found: list[Case]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row of figures a kind, and the cases that went wrong."""
    frame = pd.DataFrame(found, columns=["slag", "tekst", "verdi"])
    frame["maskert"] = [mask(text) for text in frame["tekst"]]
    wrong = [
        left(one, two, values) if values else one != two
        for one, two, values in zip(frame["tekst"], frame["maskert"], frame["verdi"], strict=True)
    ]
    frame["feil"], frame["verdi"] = wrong, [", ".join(values) for values in frame["verdi"]]
    numbered = frame[~frame["slag"].isin(["navn", "ingenting"])]
    rows = []
    for kind, part in [*frame.groupby("slag", sort=False), ("alle med tall", numbered)]:
        right = int((~part["feil"]).sum())
        low, high = proportion_confint(right, len(part), method="wilson")
        rows.append((name, kind, len(part), right, round(right / len(part), 4), round(low, 4), round(high, 4)))
    columns = ["sett", "slag", "saker", "riktige", "andel", "nedre", "øvre"]
    failed = frame[frame["feil"]].drop(columns="feil")
    failed.insert(0, "sett", name)
    return pd.DataFrame(rows, columns=columns), failed


def main() -> None:
    old = [(kind, text, [value] if value else []) for kind, text, value in cases()]
    files = {"holdt utenfor": "nye", "ferske": "ferske", "sette": "sette", "harde": "harde", UNSEEN: "usette"}
    sets = {"brukt til retting": old} | {name: written(f"{file}_saker.txt") for name, file in files.items()}
    parts = {name: measured(name, found) for name, found in sets.items()}
    result = pd.concat([part[0] for part in parts.values()])
    result.to_csv(PLACE / "results.csv", index=False, lineterminator="\n")
    pd.concat([part[1] for name, part in parts.items() if name != UNSEEN]).to_csv(
        PLACE / "feil.csv", index=False, lineterminator="\n"
    )
    print(result.to_string(index=False))


if __name__ == "__main__":
    main()
