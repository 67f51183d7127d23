"""How fast, how much memory, and what happens on the way: ``python experiments/fart/run.py [PART …]``.

Each part runs in a process of its own; what is measured is kept in ``results.csv`` and shown in the table of
``README.md``, and a part that is there is not run again unless it is named.
"""

import csv
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.csv"
COLUMNS = ["del", "mål", "verdi", "enhet"]
MARK = "<!-- tabell -->"
#: Part -> the script that measures it.
PARTS = {
    "start": "streams.py",
    "produkt": "encoder_share.py",
    "koder": "encoder_share.py",
    "koder_base": "encoder_share.py",
    "compile": "encoder_share.py",
    "fyll": "pipelines.py",
    "pipeline": "pipelines.py",
    "dubletter": "pipelines.py",
    "drept": "streams.py",
    "full_disk": "streams.py",
    "rusk": "streams.py",
    "ray": "streams.py",
    "minne_liten_100000": "streams.py",
    "minne_liten_1000000": "streams.py",
    "minne_100000": "streams.py",
    "minne_1000000": "streams.py",
}


def read_results() -> list[list[str]]:
    if not RESULTS.exists():
        return []
    with RESULTS.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def write_results(rows: list[list[str]]) -> None:
    order = list(PARTS)
    fresh = RESULTS.with_suffix(".ny")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows, key=lambda row: order.index(row[0])))
    fresh.replace(RESULTS)
    write_table()


def write_table() -> None:
    """Put what is measured into the README."""
    lines = ["| " + " | ".join(row) + " |" for row in [COLUMNS, ["---"] * len(COLUMNS), *read_results()]]
    page = HERE / "README.md"
    text = page.read_text(encoding="utf-8").split(MARK)[0].rstrip()
    table = "\n".join(lines)
    page.write_text(f"{text}\n\n{MARK}\n{table}\n", encoding="utf-8")


def main() -> None:
    asked = sys.argv[1:]
    for part, script in PARTS.items():
        rows = read_results()
        if (asked and part not in asked) or (not asked and any(row[0] == part for row in rows)):
            continue
        print(f"{part} …", flush=True)
        found = subprocess.run(
            [sys.executable, str(HERE / script), part],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "TRANSFORMERS_VERBOSITY": "error"},
        )
        if found.returncode:
            print(f"{part}: feilet, prøv igjen", flush=True)
            continue
        measured = [line.split("\t") for line in found.stdout.splitlines() if line.startswith(part + "\t")]
        write_results([row for row in rows if row[0] != part] + measured)
        print("\n".join("  " + "  ".join(row[1:]) for row in measured), flush=True)


if __name__ == "__main__":
    main()
