"""``textinnsikt label``: draw contacts, have them labelled, read the labels, measure agreement, draw more."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from textinnsikt.cli.parser import NorwegianParser
from textinnsikt.errors import InputError
from textinnsikt.study import MENTIONS, TaggedStudy, read_tagged
from textinnsikt.themes.agreement import RELIABLE, TENTATIVE, Agreement, measure_agreement
from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.labelling import (
    DRAWN,
    FORMS,
    TALK,
    TOGETHER,
    Annotations,
    drawn_rounds,
    read_folder,
    set_aside,
    write_round,
)
from textinnsikt.themes.sampling import STRATA, next_contacts, sample_contacts
from textinnsikt.themes.suspects import find_suspects
from textinnsikt.themes.workbook import KEYS, write_workbook


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command and its four parts to the parser."""
    parser = commands.add_parser(
        name,
        help="merk kommentarer for hånd: trekk, les inn, mål enighet, velg flere",
        description="Merk kommentarer for hånd i Excel, Label Studio eller Argilla, med kjent "
        "trekksannsynlighet, så merkene "
        "kan trene en egen modell og rette tallene for merkefeil.",
    )
    parts = parser.add_subparsers(dest="part", metavar="DEL", title="deler", required=True)
    _add_sample(parts)
    _add_read(parts)
    _add_agree(parts)
    _add_next(parts)


def _add_sample(parts: argparse._SubParsersAction[NorwegianParser]) -> None:
    sample = parts.add_parser(
        "sample",
        help="trekk henvendelser og lag en arbeidsbok per annotatør",
        description="Trekk henvendelser fra RESULTAT (mappa fra «textinnsikt run», eller fila fra «textinnsikt "
        "tag»), spredt over "
        "det modellen ser av temaer, klasser og kundesentre, og skriv arbeidsbøkene i MAPPE.",
    )
    sample.add_argument("result", metavar="RESULTAT", type=Path, help="studien med temaer")
    sample.add_argument("-o", "--output", metavar="MAPPE", type=Path, required=True, help="mappa for merkingen")
    sample.add_argument(
        "--by",
        metavar="HVA",
        default=",".join(STRATA),
        help=f"spred over (standard {','.join(STRATA)}; «ingen»: rent tilfeldig)",
    )
    sample.add_argument("--codebook", metavar="FIL", type=Path, help="egen kodebok (standard: den innebygde)")
    _add_sharing(sample, contacts=200)


def _add_next(parts: argparse._SubParsersAction[NorwegianParser]) -> None:
    more = parts.add_parser(
        "next",
        help="trekk det som er mest nyttig å merke nå",
        description="Trekk en ny runde til MAPPE: henvendelser som modellen bak RESULTAT er usikker på, av mange "
        "slag, og noen "
        "tilfeldige. Sannsynlighetene lagres, så korrigerte tall fortsatt blir riktige.",
    )
    more.add_argument("folder", metavar="MAPPE", type=Path, help="mappa fra «label sample»")
    more.add_argument("result", metavar="RESULTAT", type=Path, help="studien, merket med den nyeste modellen")
    _add_sharing(more, contacts=100)


def _add_sharing(parser: argparse.ArgumentParser, contacts: int) -> None:
    parser.add_argument("--contacts", metavar="N", type=int, default=contacts, help=f"hvor mange (standard {contacts})")
    parser.add_argument("--annotators", metavar="NAVN,…", default="a", help="hvem som merker, for eksempel kari,ola")
    parser.add_argument("--overlap", metavar="N", type=int, default=30, help="henvendelser alle merker (standard 30)")
    parser.add_argument("--format", metavar="FORM", choices=FORMS, default="excel", help=f"{', '.join(FORMS)}")
    parser.add_argument("--seed", metavar="TALL", type=int, default=0, help="frø for trekningen (standard 0)")


def _add_read(parts: argparse._SubParsersAction[NorwegianParser]) -> None:
    read = parts.add_parser(
        "read",
        help="les inn og kontroller merkene",
        description="Kontroller hver celle i MAPPE og skriv én merket fil, klar for train, evaluate og factors "
        "--labels.",
    )
    read.add_argument("folder", metavar="MAPPE", type=Path, help="mappa fra «label sample»")
    read.add_argument("-o", "--output", metavar="UT", type=Path, required=True, help="den merkede fila, .csv")
    read.add_argument("--unfinished", action="store_true", help="bruk det som er ferdig så langt")
    read.add_argument(
        "--aside",
        metavar="ANDEL",
        type=_share,
        help="hold så stor del av henvendelsene utenfor treningen, i en egen fil for retting og måling, "
        "for eksempel 0.5",
    )
    read.add_argument("--force", action="store_true", help="skriv over fila om den finnes")


def _add_agree(parts: argparse._SubParsersAction[NorwegianParser]) -> None:
    agree = parts.add_parser(
        "agree",
        help="mål enigheten mellom annotatørene",
        description="Mål enigheten per tema, og skriv enighet.csv, forvekslinger.csv og samtale.xlsx "
        "(kommentarene å snakke om) i "
        "MAPPE. Det dere velger i samtale.xlsx, gjelder når merkene leses inn.",
    )
    agree.add_argument("folder", metavar="MAPPE", type=Path, help="mappa fra «label sample»")
    agree.add_argument(
        "--tagged", metavar="RESULTAT", type=Path, help="se også etter merkefeil, med modellen bak RESULTAT"
    )
    agree.add_argument("--unfinished", action="store_true", help="bruk det som er ferdig så langt")
    agree.add_argument("--force", action="store_true", help=f"lag {TALK} på nytt om den finnes")


def execute(options: argparse.Namespace) -> None:
    """Run one of the parts and print what came of it."""
    parts = {"sample": _sample, "read": _read, "agree": _agree, "next": _next}
    for line in parts[options.part](options):
        print(line)


def _sample(options: argparse.Namespace) -> list[str]:
    if (options.output / DRAWN).exists():
        raise InputError(
            f"Mappa {options.output.name} har en merking fra før; velg en ny mappe, eller bruk «label next»."
        )
    tagged = read_tagged(options.result)
    by = () if options.by == "ingen" else tuple(options.by.split(","))
    drawn = sample_contacts(tagged, options.contacts, by, seed=options.seed)
    book = Codebook.load(options.codebook) if options.codebook else None
    return _share_out(options, options.output, tagged, drawn, book)


def _next(options: argparse.Namespace) -> list[str]:
    read_folder(options.folder)  # a round that is not done must be done first
    tagged = read_tagged(options.result)
    drawn = next_contacts(tagged, drawn_rounds(options.folder), options.contacts, seed=options.seed)
    return _share_out(options, options.folder, tagged, drawn, None)


def _share_out(
    options: argparse.Namespace, folder: Path, tagged: TaggedStudy, drawn: pd.DataFrame, book: Codebook | None
) -> list[str]:
    names = write_round(folder, tagged, drawn, options.annotators.split(","), options.overlap, book, options.format)
    comments = tagged.comments[
        tagged.comments["tekst"].notna() & tagged.comments["henvendelse"].isin(drawn["henvendelse"])
    ]
    return [
        f"Trakk {len(drawn)} henvendelser med {len(comments)} kommentarer.",
        f"Skrev {', '.join(names)} i {folder.name}.",
        f"Les dem inn med: textinnsikt label read {folder} -o merket.csv",
    ]


def _read(options: argparse.Namespace) -> list[str]:
    output: Path = options.output
    aside = output.with_name(f"{output.stem}_retting{output.suffix}")
    if output.suffix.lower() != ".csv":
        raise InputError(f"{output.name}: den merkede fila må ende på .csv.")
    for path in (output, aside) if options.aside else (output,):
        if path.exists() and not options.force:
            raise InputError(f"{path.name} finnes fra før; velg et annet navn med -o, eller skriv over med --force.")
    found = read_folder(options.folder, options.unfinished)
    labelled = found.labelled()
    lines = [
        f"{labelled['henvendelse'].nunique()} henvendelser, {len(labelled)} kommentarer merket. Skrev {output.name}."
    ]
    unsettled = _unsettled(found)
    if unsettled:
        lines.append(
            f"{unsettled} kommentarer er annotatørene uenige om; avgjør dem sammen med «textinnsikt label agree»."
        )
    if options.aside:
        labelled, kept = set_aside(labelled, options.aside)
        _write(kept, aside)
        lines.append(f"{kept['henvendelse'].nunique()} av henvendelsene er holdt utenfor treningen, i {aside.name}.")
    _write(labelled, output)
    return lines


def _unsettled(found: Annotations) -> int:
    """Return how many comments have labels that differ and are not settled together."""
    groups = found.rows.groupby(list(KEYS))
    apart = (groups[list(found.codebook.keys)].nunique() > 1).any(axis=1)
    settled = groups["annotatør"].agg(lambda names: TOGETHER in set(names))
    return int((apart & ~settled).sum())


def _agree(options: argparse.Namespace) -> list[str]:
    found = read_folder(options.folder, options.unfinished)
    rows = found.rows[found.rows["annotatør"] != TOGETHER]
    result = measure_agreement(rows, found.codebook.keys)
    _write(result.summary.round(4), options.folder / "enighet.csv")
    _write(result.confusions, options.folder / "forvekslinger.csv")
    lines = _told(result)
    talk = options.folder / TALK
    if talk.exists() and not options.force:
        lines.append(f"{TALK} finnes fra før og er ikke rørt; lag den på nytt med --force.")
    elif len(result.disagreements):
        _write_talk(talk, found, result)
        lines.append(f"{len(result.disagreements)} kommentarer er verdt å snakke om; se {TALK}.")
    if options.tagged:
        lines.append(_write_suspects(options.folder / "merkefeil.csv", found, read_tagged(options.tagged)))
    return lines


def _told(result: Agreement) -> list[str]:
    """Put alpha in words."""
    lines = [f"Krippendorffs alfa, {', '.join(result.annotators)}:"]
    for row in result.summary.to_dict("records"):
        alpha, low, high = row["estimat"], row["nedre"], row["øvre"]
        if alpha != alpha:
            lines.append(
                f"  {row['tema']}: kan ikke regnes ut, for alle har valgt det samme i alle {row['n']} kommentarer"
            )
            continue
        word = (
            "god" if alpha >= RELIABLE else "brukbar" if alpha >= TENTATIVE else "for lav: snakk sammen og merk på nytt"
        )
        span = f"95 % konfidensintervall fra {_decimal(low)} til {_decimal(high)}"
        lines.append(f"  {row['tema']}: {_decimal(alpha)} ({span}, {row['n']} kommentarer), {word}")
    return lines


def _write_talk(path: Path, found: Annotations, result: Agreement) -> None:
    """Write the workbook in which disagreements are settled: what is agreed on is filled in."""
    rows = result.disagreements.merge(found.comments[[*KEYS, "tekst"]], on=list(KEYS))
    first = found.rows.drop_duplicates(list(KEYS)).set_index(list(KEYS))
    same = found.rows[found.rows["annotatør"] != TOGETHER].groupby(list(KEYS))[list(found.codebook.keys)].nunique() == 1
    agreed = first[list(found.codebook.keys)].where(same).reset_index()
    write_workbook(path, rows.drop(columns="uenige").merge(agreed, on=list(KEYS)), found.codebook, ("uenighet",))


def _write_suspects(path: Path, found: Annotations, tagged: TaggedStudy) -> str:
    """Write the labels that the model doubts; return what to say of it."""
    themes = [theme for theme in found.codebook.keys if theme in tagged.themes]
    if not themes:
        raise InputError("Modellen bak --tagged har ingen av temaene i kodeboka.")
    book = Codebook(tuple(theme for theme in found.codebook.themes if theme.key in themes))
    columns = [f"{theme}_p_{mention}" for theme in themes for mention in MENTIONS]
    both = found.labelled().merge(tagged.comments[[*KEYS, *columns]], on=list(KEYS))
    suspects = find_suspects(both, both[columns].to_numpy(dtype=float), book)
    _write(suspects, path)
    told = f"{len(suspects)} merker er modellen uenig i, de klareste øverst i {path.name}"
    return f"{told}: les dem en gang til, hvis den ikke er trent på dem."


def _share(text: str) -> float:
    return float(text.replace(",", "."))


def _write(frame: pd.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")
