"""All simulations of the associations and their correction: ``python sammenhenger.py [STUDIE …] [--runs N]``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import eksempel
import grupper
import korreksjon
import mange
import pandas as pd
from threadpoolctl import threadpool_limits

FILE = Path(__file__).with_name("sammenhenger.csv")
SEED = 20211001
Rows = list[dict[str, object]]


#: What the issue asks for: study, measure -> lowest and highest value.
WANTED = {
    ("merkefeil", "dekning, korrigert"): (0.93, 0.97),
    ("grupper", "forkastet, standardtesten"): (0.04, 0.07),
    ("mange temaer", "andel falske funn, korrigert"): (0.0, 0.06),
    ("eksempelstudien", "dekning"): (0.93, 0.97),
}


def table(rows: pd.DataFrame) -> str:
    """Return the results as a table in Markdown."""
    lines = ["| studie | tilfelle | mål | verdi | skal være | kjøringer |", "| --- | --- | --- | --- | --- | --- |"]
    for row in rows.itertuples():
        low, high = WANTED.get((row.studie, row.mål), (None, None))
        wanted = "" if low is None else f"{low:g} til {high:g}".replace(".", ",")
        value = f"{row.verdi:g}".replace(".", ",")
        lines.append(f"| {row.studie} | {row.tilfelle} | {row.mål} | {value} | {wanted} | {row.kjøringer} |")
    return "\n".join(lines)


def write_table(rows: pd.DataFrame) -> None:
    """Put the table into the README."""
    page = FILE.with_name("README.md")
    text = page.read_text(encoding="utf-8")
    head = text.split("<!-- tabell -->")[0]
    page.write_text(f"{head}<!-- tabell -->\n{table(rows)}\n", encoding="utf-8")


def cases(runs: int | None) -> Iterator[tuple[str, Callable[[], Rows]]]:
    """Yield every case: its study and what computes its rows."""
    for case in korreksjon.CASES:
        yield "merkefeil", lambda case=case: korreksjon.run_case(case, runs or 4000, SEED)
    for case in grupper.CASES:
        yield "grupper", lambda case=case: grupper.run_case(case, runs or 4000, SEED)
    yield "mange temaer", lambda: mange.run_case(runs or 500, SEED)
    yield "eksempelstudien", lambda: eksempel.coverage(runs or 4000, SEED)


def main() -> None:
    """Run the studies asked for (default all) and keep each case as it is done."""
    parser = argparse.ArgumentParser()
    parser.add_argument("studies", nargs="*", help="merkefeil, grupper, mange temaer, eksempelstudien")
    parser.add_argument("--runs", type=int, help="færre kjøringer, for å prøve")
    parser.add_argument("--output", type=Path, default=FILE)
    parser.add_argument("--tagged", type=Path, help="kommentarer.csv: eksempelstudien merket av modellen")
    parser.add_argument(
        "--only-table", action="store_true", help="bare tabellen i README.md, av resultatene som ligger der"
    )
    options = parser.parse_args()
    if options.only_table:
        write_table(pd.read_csv(FILE))
        return
    todo = list(cases(options.runs))
    if options.tagged is not None:
        todo.append(("merket", lambda: eksempel.on_tagged(options.tagged, 500, SEED)))
    with threadpool_limits(1):
        for study, compute in todo:
            if options.studies and study not in options.studies:
                continue
            rows = pd.DataFrame(compute()).assign(verdi=lambda frame: frame["verdi"].astype(float).round(4))
            kept = pd.read_csv(options.output) if options.output.exists() else rows.iloc[:0]
            done = set(zip(rows["studie"], rows["tilfelle"], strict=True))
            kept = kept[[pair not in done for pair in zip(kept["studie"], kept["tilfelle"], strict=True)]]
            pd.concat([kept, rows]).to_csv(options.output, index=False, lineterminator="\n")
            print(rows.to_string(index=False), flush=True)
    if options.output == FILE:
        write_table(pd.read_csv(FILE))


if __name__ == "__main__":
    main()
