"""``textinnsikt train``: a tagger of one's own from labelled comments."""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from textinnsikt._version import __version__
from textinnsikt.cli.output import OutputFolder
from textinnsikt.cli.parser import NorwegianParser
from textinnsikt.cli.progress import Progress
from textinnsikt.errors import InputError

#: Everything the command can write.
FILES = (
    "tagger.json",
    "README.md",
    "kalibrering.svg",
    "adapter_model.safetensors",
    "config.json",
    "model.safetensors",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.txt",
    "added_tokens.json",
)
_CHECKPOINTS = "trening"
#: What ``--start`` calls the model that the package ships, and none.
SHIPPED, NO_START = "innebygd", "ingen"
#: Comments below which the shipped model may be as good on its own themes.
FEW = 1000
_ROWS = {"makro_f1": "makro-F1 tema × fortegn", "makro_f1_omtale": "makro-F1 omtale"}


def add_parser(commands: argparse._SubParsersAction[NorwegianParser], name: str) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        name,
        help="tren en egen modell på merkede kommentarer",
        description="Tren en modell på merkede kommentarer. MERKET har kolonnen tekst og én kolonne per tema med "
        "ingen, positiv, negativ eller blandet; kolonnen del (trening, validering, test) skiller delene. Uten den og "
        "uten --val holdes 15 % av kommentarene utenfor til validering.",
    )
    parser.add_argument("labelled", metavar="MERKET", type=Path, help="CSV, Excel, Parquet eller JSON Lines")
    parser.add_argument("-o", "--output", metavar="MAPPE", type=Path, required=True, help="mappa modellen skrives i")
    parser.add_argument(
        "--base", metavar="ID_ELLER_MAPPE", help="grunnmodell, for eksempel NbAiLab/nb-bert-base (standard: innebygd)"
    )
    parser.add_argument(
        "--start",
        metavar="MODELL",
        help="temamodellen det trenes videre på: mappa fra «textinnsikt train», "
        f"«{SHIPPED}» (standard uten --base og --pooling cls) eller «{NO_START}»",
    )
    parser.add_argument(
        "--method", choices=("adapter", "full"), help="lagre bare endringen (adapter, standard) eller hele modellen"
    )
    parser.add_argument("--codebook", metavar="TOML", type=Path, help="egne temaer (standard: de fire innebygde)")
    parser.add_argument("--val", metavar="FIL", type=Path, help="merkede kommentarer til validering")
    parser.add_argument(
        "--epochs", metavar="N", type=int, help="ganger gjennom kommentarene, høyst (standard 2–40, flest der de er få)"
    )
    parser.add_argument("--seed", metavar="N", type=int, help="samme frø gir samme modell")
    parser.add_argument("--pooling", choices=("mean", "cls"), help="snitt av tokenene (standard) eller første token")
    parser.add_argument("--trust-remote-code", action="store_true", help="tillat kode som følger med grunnmodellen")
    parser.add_argument("--force", action="store_true", help="skriv over en modell som finnes i mappa")


def execute(options: argparse.Namespace) -> None:
    """Run the command and print how it went."""
    names = ("base", "method", "epochs", "seed", "pooling", "trust_remote_code")
    given = {name: getattr(options, name) for name in names}
    settings = {name: value for name, value in given.items() if value is not None}
    for line in train_file(
        options.labelled, options.output, options.codebook, options.val, options.start, options.force, **settings
    ):
        print(line)


def train_file(
    labelled: Path,
    folder: Path,
    codebook: Path | None = None,
    validation: Path | None = None,
    start: str | None = None,
    force: bool = False,
    **settings: Any,
) -> list[str]:
    """Train a tagger on a labelled file and save it.

    Parameters
    ----------
    labelled : Path
        The labelled comments; masked before use.
    folder : Path
        Where the model goes. Killed half-way, the same command goes on from the last whole epoch.
    codebook : Path, optional
        Themes of one's own.
    validation : Path, optional
        Validation comments.
    start : str, optional
        Folder of a tagger whose encoder to go on from; its base and pooling are used. ``innebygd`` is the shipped one,
        and the default where the settings name no base; ``ingen`` starts from the base.
    force : bool
        Overwrite an earlier model.
    **settings
        Parameters of `ThemeTagger`.

    Returns
    -------
    list of str
        The summary.

    Raises
    ------
    InputError
        When the input must be mended or a model would be overwritten.
    """
    from textinnsikt.cli.labelled import cut_parts, read_masked
    from textinnsikt.themes import Codebook, ThemeTagger

    progress = Progress()
    with progress.stage("les", "Leser og maskerer"):
        book = Codebook.load(codebook)
        earlier = _load_start(start, settings)
        tagger = ThemeTagger(book, **settings)
        tagger.check()
        if settings.get("base") and Path(settings["base"]).resolve() == folder.resolve():
            raise InputError(f"{folder.name} er grunnmodellen; skriv den nye modellen i en annen mappe med -o.")
        frame = read_masked(labelled, book)
        held = read_masked(validation, book) if validation is not None else None
        parts = cut_parts(frame, held, tagger.seed)
        digest = sha256(labelled.read_bytes()).hexdigest()
    depends = {
        "merket_sha256": digest,
        "validering_sha256": sha256(validation.read_bytes()).hexdigest() if validation is not None else "",
        "start": earlier.hash_ if earlier is not None else "",
        "kodebok": book.to_dict(),
        "innstillinger": {k: v for k, v in tagger.get_params().items() if k != "codebook"},
        "textinnsikt": __version__,
    }
    output = OutputFolder(folder, FILES, depends, force)
    output.mark_done("lest")  # or the same command would not know the checkpoints as its own after a kill
    with progress.stage("tren", "Trener"):
        checked = (list(parts.validation["tekst"]), parts.validation) if len(parts.validation) else None
        tagger.fit(
            list(parts.training["tekst"]),
            parts.training,
            checked,
            earlier,
            checkpoints=output.parts / _CHECKPOINTS,
            progress=progress.count,
        )
    with progress.stage("mål", "Måler"):
        metrics, lines = _measure(tagger, {"validering": parts.validation, "test": parts.test}, output.parts)
    described = _describe(parts, book.keys)
    if earlier is not None:
        described["trent videre på"] = f"{earlier.name_}, {earlier.hash_}"
    tagger.save(output.parts, metrics, digest, described)
    output.names += tuple(path.name for path in output.parts.glob("*.py"))  # a base's own code
    output.publish()
    if parts.n_repeated:
        lines.append(
            f"{parts.n_repeated} kommentarer til trening er utelatt: de samme tekstene står til validering eller test."
        )
    if len(parts.training) < FEW and book.keys == Codebook.load().keys:
        lines.append(
            f"Bare {len(parts.training)} kommentarer til trening: den innebygde modellen kan være like god. "
            "Mål begge på merker ingen av dem er trent på, med «textinnsikt evaluate»."
        )
    return [*_history(tagger.history_), *lines, f"Skrev modellen i {folder.name}; bruk den med --model {folder}."]


def _load_start(start: str | None, settings: dict[str, Any]) -> Any:
    """Load the tagger to go on from, and set the base and pooling that follow from it."""
    from textinnsikt.themes import ThemeTagger

    start = start or _usual_start(settings)
    if start == NO_START:
        return None
    trusted = bool(settings.get("trust_remote_code"))
    earlier = ThemeTagger.load(None if start == SHIPPED else start, trusted)
    if "base" in settings or settings.get("pooling", earlier.pooling) != earlier.pooling:
        raise InputError("--start bestemmer grunnmodell og pooling; utelat --base og --pooling.")
    settings |= {"base": earlier.base, "pooling": earlier.pooling}
    return earlier


def _usual_start(settings: dict[str, Any]) -> str:
    """Go on from the shipped model unless the settings ask for what it has not."""
    return NO_START if "base" in settings or settings.get("pooling", "mean") != "mean" else SHIPPED


def _measure(tagger: Any, parts: dict[str, pd.DataFrame], folder: Path) -> tuple[dict[str, Any], list[str]]:
    """Evaluate on each part that has comments; draw the reliability of the last."""
    from textinnsikt.insight.wording import number
    from textinnsikt.themes.diagnosis import diagnose
    from textinnsikt.themes.evaluation import evaluate_decisions

    metrics: dict[str, Any] = {}
    lines: list[str] = []
    for name, part in parts.items():
        if part.empty:
            continue
        probabilities = tagger.predict_proba(list(part["tekst"]))
        yes = tagger.decisions_.decide(probabilities)
        found = evaluate_decisions(part, yes, probabilities, tagger.codebook)
        metrics[name] = found.to_dict()
        diagnose(part, yes, probabilities, tagger.codebook, draws=1).plot().save(folder / "kalibrering.svg")
        figures = [f"{title} {number(found.score(row), 2)}" for row, title in _ROWS.items()]
        lines.append(
            f"{name.capitalize()} ({found.n} kommentarer): {', '.join(figures)}, "
            f"kalibreringsfeil {number(found.calibration_error, 3)}"
        )
    if not metrics:
        lines.append("Ingen kommentarer til validering: ingenting er målt. Mål med «textinnsikt evaluate».")
    return metrics, lines


def _history(histories: list[list[float]]) -> list[str]:
    from textinnsikt.insight.wording import number

    numbered = [f", kjøring {place}" for place in range(1, len(histories) + 1)] if len(histories) > 1 else [""]
    return [
        f"Gjennomsnittlig presisjon på validering etter hver epoke{which}: {'  '.join(number(x, 3) for x in found)}"
        for which, found in zip(numbered, histories, strict=True)
        if found
    ]


def _describe(parts: Any, themes: tuple[str, ...]) -> dict[str, Any]:
    """Return what the model card says of the data."""
    facts: dict[str, Any] = {
        "kommentarer til trening": len(parts.training),
        "kommentarer til validering": len(parts.validation),
        "kommentarer til test": len(parts.test),
    }
    for theme in themes:
        counts = parts.training[theme].value_counts()
        facts[theme] = ", ".join(f"{value} {n}" for value, n in counts.items())
    return facts
