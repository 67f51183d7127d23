"""Do importance, winners and ranking keep what they promise?

Run: python experiments/faktorer_viktighet/run.py [--runs SHARE] [--oecd FILE] [--only PART ...]
Writes: experiments/faktorer_viktighet/results.csv and the table in README.md

SHARE scales the number of runs (default 1). FILE is the OECD countries' means and standard errors in mathematics 2018
(country, math_score, math_se); without it those rows are left out. PART is one of viktighet, korrigert, vinnere,
felles_kilde, varians, rang_like, rang_blokker, rang_varians, rang_nuller, bredder, oecd, tid; rows of other parts are
then kept as they stand in results.csv.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
import simulations as sim

from textinnsikt import example_study
from textinnsikt.factors import (
    CentreRanking,
    ClassWinners,
    Expectations,
    SuccessFactors,
    ThemeImportance,
    rank_sets,
    relative_importance,
)
from textinnsikt.factors.labels import Labels
from textinnsikt.study import TaggedStudy

HERE = Path(__file__).resolve().parent
MARK = "<!-- tabell -->"
OECD = {
    "Japan": (1, 4, 1, 6),
    "Korea": (1, 6, 1, 7),
    "Estonia": (1, 6, 1, 6),
    "Netherlands": (1, 7, 1, 11),
    "Norway": (8, 23, 7, 24),
}
WIDTHS = {0.05: (121, 142), 0.10: (114, 137), 0.20: (100, 126), 0.30: (84, 111)}


class Table:
    """Rows of results: what was asked, the number found, and what it should be."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.rows: list[dict[str, object]] = []

    def add(self, question: str, case: str, measure: str, value: float, low: float, high: float, runs: int) -> None:
        inside = "" if np.isnan(low) else "ja" if low <= value <= high else "nei"
        row = {
            "del": self.part,
            "spørsmål": question,
            "tilfelle": case,
            "mål": measure,
            "verdi": round(float(value), 4),
        }
        self.rows.append(row | {"fra": low, "til": high, "innenfor": inside, "kjøringer": runs})
        print(question, case, measure, round(float(value), 4), inside, flush=True)


def repeated(pool: ProcessPoolExecutor, one: Callable[[int], dict[str, float]], runs: int) -> pd.DataFrame:
    """Run a simulation many times."""
    return pd.DataFrame(list(pool.map(one, range(runs), chunksize=max(1, runs // 100))))


def importance(table: Table, pool: ProcessPoolExecutor, share: float) -> None:
    """Coverage of importance and its shares, and the random-column test."""
    runs = max(int(400 * share), 4)
    moments = repeated(pool, sim.importance_truth, runs).sum().to_dict()
    truth = sim.population(moments)
    found = repeated(pool, sim.importance, runs)
    nan = float("nan")
    for theme in ("a", "b"):
        value, part = truth.loc[theme, "importance"], truth.loc[theme, "share"]
        table.add("viktighet", f"tema {theme}", "sann LMG", value, nan, nan, runs)
        table.add(
            "viktighet",
            f"tema {theme}",
            "middel LMG",
            found[f"{theme}:estimat"].mean(),
            0.95 * value,
            1.05 * value,
            runs,
        )
        hit = ((found[f"{theme}:nedre"] <= value) & (value <= found[f"{theme}:øvre"])).mean()
        table.add("viktighet", f"tema {theme}", "dekning LMG", hit, 0.93, 0.98, runs)
        hit = ((found[f"{theme}:andel_nedre"] <= part) & (part <= found[f"{theme}:andel_øvre"])).mean()
        table.add("viktighet", f"tema {theme}", "dekning andel", hit, 0.93, 0.98, runs)
    rank = ((found["a:rang_fra"] <= 1) & (found["b:rang_fra"] <= 2) & (found["b:rang_til"] >= 2)).mean()
    table.add("viktighet", "a foran b", "dekning rang", rank, 0.95, 1, runs)
    table.add(
        "viktighet", "tema c (null)", "forkastet av tilfeldig kolonne", (found["c:p"] <= 0.05).mean(), 0.03, 0.07, runs
    )


def corrected(table: Table, pool: ProcessPoolExecutor, share: float) -> None:
    """Importance corrected for tagging errors."""
    nan = float("nan")
    runs = max(int(200 * share), 4)
    found = repeated(pool, sim.corrected, runs)
    table.add("korrigert viktighet", "to like temaer", "naiv andel, prosent", found["naiv"].mean(), nan, nan, runs)
    table.add(
        "korrigert viktighet", "to like temaer", "korrigert andel, prosent", found["korrigert"].mean(), 47, 53, runs
    )
    table.add("korrigert viktighet", "to like temaer", "dekning", found["dekning"].mean(), 0.92, 0.99, runs)


def winners(table: Table, pool: ProcessPoolExecutor, share: float) -> None:
    """False alarms of the winners' test."""
    runs = max(int(2000 * share), 4)
    found = repeated(pool, sim.winners, runs)
    table.add("vinnere", "bare humør", "forkastet", found["skalert"].mean(), 0.04, 0.06, runs)
    for name in ("uskalert", "naiv"):
        table.add("vinnere", "bare humør", f"forkastet, {name}", found[name].mean(), float("nan"), float("nan"), runs)
    error = found["estimat"].std() / np.sqrt(runs)
    table.add(
        "vinnere", "bare humør", "middel forskjell i standardfeil", found["estimat"].mean() / error, -2.6, 2.6, runs
    )


def mood_slopes(table: Table, pool: ProcessPoolExecutor, share: float) -> None:
    """The slope between centres where only the mood of the contact links score and comment: zero, if split."""
    runs, nan = max(int(400 * share), 4), float("nan")
    found = repeated(pool, sim.mood_slope, runs)
    for name, low, high in (("mellom_delt", 0.93, 1), ("mellom_rå", nan, nan)):
        error = found[name].std() / np.sqrt(runs)
        table.add("felles kilde", "bare humør", f"{name}, middel stigning", found[name].mean(), nan, nan, runs)
        limits = (-2.6, 2.6) if low == low else (nan, nan)
        table.add("felles kilde", "bare humør", f"{name}, i standardfeil", found[name].mean() / error, *limits, runs)
        covered = found[f"{name}, dekning"].mean()
        table.add("felles kilde", "bare humør", f"{name}, intervallet holder null", covered, low, high, runs)


def variances(table: Table, pool: ProcessPoolExecutor, share: float) -> None:
    """Variances of centre and shopper, with lenient shoppers anywhere or at the same centres."""
    runs = max(int(200 * share), 4)
    for case, clustered in (("tilfeldig fordelt", False), ("rause shoppere samlet", True)):
        found = repeated(pool, partial(sim.components, clustered=clustered), runs)
        for name in ("kundesenter", "shopper"):
            table.add("varians", case, f"{name}, ICC", found[name].mean(), 0.09, 0.11, runs)
        table.add("varians", case, "dekning kundesenter", found["dekning"].mean(), 0.91, 0.99, runs)


def ranks(table: Table, pool: ProcessPoolExecutor, share: float, case: str) -> None:
    """Coverage of rank sets, all centres at once."""
    runs = max(int(1000 * share), 4)
    found = repeated(pool, partial(sim.ranks, case=case), runs)
    table.add("rangmengder", case, "dekning, alle samtidig", found["dekning"].mean(), 0.94, 1, runs)
    table.add("rangmengder", case, "median bredde", found["bredde"].mean(), float("nan"), float("nan"), runs)


def widths(table: Table, pool: ProcessPoolExecutor, share: float) -> None:
    """Widths of rank sets with known variance, and a clear winner."""
    runs = max(int(20 * share), 3)
    for icc, (low, high) in WIDTHS.items():
        found = repeated(pool, partial(sim.widths, icc=icc), runs)
        case = f"ICC {icc:.2f}, kjent varians"
        table.add("rangmengder", case, "median bredde", found["bredde"].mean(), low, high, runs)
    runs = max(int(30 * share), 3)
    found = repeated(pool, sim.clear_winner, runs)
    table.add("rangmengder", "klar vinner i klassen", "andel med én øverst", found["én"].mean(), 0.95, 1, runs)


def oecd(table: Table, path: Path) -> None:
    """The places of five countries, against published sets."""
    data = pd.read_csv(path, encoding="utf-8").set_index("country")
    for start, together in ((0, False), (2, True)):
        found = rank_sets(data["math_score"].to_numpy(), data["math_se"].to_numpy(), 0.95, together, False, draws=10000)
        found.index = data.index
        for country, known in OECD.items():
            for name, value in (("fra", known[start]), ("til", known[start + 1])):
                case = f"{country}, {'samtidig' if together else 'hver for seg'}"
                table.add("OECD matematikk 2018", case, name, found.loc[country, name], value - 1, value + 1, 1)


def seconds(table: Table) -> None:
    """Time on the example study, themes by a rule: what is measured is the arithmetic."""
    study = example_study()
    comments = study.comments
    known = comments["tekst"].notna()
    themes = ("lytting", "behovskartlegging", "løsning", "mersalg")
    for place, theme in enumerate(themes):
        code = (comments["tekst"].fillna("").str.len() + 7 * place) % 5
        value = code.map({0: "positiv", 1: "negativ"}).fillna("ingen")
        comments[theme] = value.where(known, None)
    tagged = TaggedStudy(comments, themes, score_range=study.score_range)
    total = 0.0
    drawn = tagged.contacts["henvendelse"].sample(500, random_state=0)
    rows = comments[comments["henvendelse"].isin(drawn) & known].assign(trekksannsynlighet=500 / len(tagged.contacts))
    labels = Labels.of(rows, tagged)
    measured = []
    fits: dict[str, Callable[[], object]] = {
        "sammenhenger, rettet med 500 merkede": lambda: SuccessFactors(draws=1000).fit(tagged, labels),
        "viktighet, rettet med 500 merkede": lambda: measured.append(ThemeImportance(draws=1000).fit(tagged, labels)),
        "vinnere": lambda: ClassWinners().fit(tagged),
        "rangering": lambda: CentreRanking().fit(tagged),
        "forventninger": lambda: Expectations().fit(tagged, labels, importance=measured[0]),
    }
    for name, fit in fits.items():
        begun = perf_counter()
        fit()
        total += perf_counter() - begun
        table.add("tid", f"eksempelstudien, {name}", "sekunder", perf_counter() - begun, 0, 30, 1)
    table.add("tid", "eksempelstudien, alt", "sekunder", total, 0, 30, 1)
    random = np.random.default_rng(0)
    predictors = random.normal(size=(3300, 16))
    begun = perf_counter()
    relative_importance(predictors, predictors.sum(1) + random.normal(size=3300))
    table.add("tid", "LMG, 16 prediktorer", "sekunder", perf_counter() - begun, 0, 2, 1)


def write(table: Table) -> None:
    """Put a part's rows in the CSV, and the whole table in the README."""
    path = HERE / "results.csv"
    parts = [pd.DataFrame(table.rows)]
    if path.exists():
        kept = pd.read_csv(path, encoding="utf-8", keep_default_na=False, na_values={"fra": "", "til": ""})
        parts.append(kept[kept["del"] != table.part])
    frame = pd.concat(parts)
    frame = frame.sort_values("del", key=lambda names: names.map(list(PARTS).index), kind="stable")
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    head = ["spørsmål", "tilfelle", "mål", "verdi", "skal være", "innenfor", "kjøringer"]
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join(["---"] * len(head)) + " |"]
    for row in frame.to_dict("records"):
        row["verdi"] = f"{row['verdi']:g}"
        row["skal være"] = "" if row["innenfor"] == "" else f"{row['fra']:.4g} til {row['til']:.4g}"
        lines.append("| " + " | ".join(str(row[name]).replace(".", ",") for name in head) + " |")
    page = HERE / "README.md"
    text = page.read_text(encoding="utf-8").split(MARK)[0]
    page.write_text(f"{text}{MARK}\n" + "\n".join(lines) + "\n", encoding="utf-8")


PARTS: dict[str, Callable[..., None]] = {
    "viktighet": importance,
    "korrigert": corrected,
    "vinnere": winners,
    "felles_kilde": mood_slopes,
    "varians": variances,
    "rang_like": partial(ranks, case="like"),
    "rang_blokker": partial(ranks, case="blokker"),
    "rang_varians": partial(ranks, case="ulik varians"),
    "rang_nuller": partial(ranks, case="nuller"),
    "bredder": widths,
    "oecd": oecd,
    "tid": seconds,
}


def main() -> None:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=float, default=1.0)
    parser.add_argument("--oecd", type=Path)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    options = parser.parse_args()
    for part in options.only:
        table = Table(part)
        if part == "oecd":
            if options.oecd is None:
                continue
            oecd(table, options.oecd)
        elif part == "tid":
            seconds(table)
        else:
            with ProcessPoolExecutor(2) as pool:
                PARTS[part](table, pool, options.runs)
        write(table)


if __name__ == "__main__":
    main()
