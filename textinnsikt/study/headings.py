"""A heading: which column of a study it stands for."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from textinnsikt.errors import InputError
from textinnsikt.study.study import CONTACT_COLUMNS

_WORDS = {
    "henvendelse": "henvendelse-id henvendelses-id henvendelsesnr henvendelsenr henvendelsesnummer "
    "henvendelsenummer id kontakt-id contact-id samtale-id besøks-id besøksnr skjema-id skjemanr svar-id "
    "respons-id response-id respondent-id respondentnr sak-id saksnr saksnummer case-id løpenr løpenummer "
    "kontaktnr kontaktnummer besøksnummer",
    "kundesenter": "kundesenternavn senter senternavn bedrift bedriftsnavn selskap selskapsnavn virksomhet "
    "firma firmanavn organisasjon callsenter callcenter center centre company kundeservice",
    "klasse": "bransje kategori sektor class industry",
    "kanal": "kontaktkanal henvendelseskanal kontaktform channel",
    "shopper": "shopper-id shoppernr shopperkode shoppernavn mystery-shopper kontrollør kontrollørnr "
    "kontrollør-id testkunde testperson tester evaluator observatør anonym-kunde",
    "dato": "date kontaktdato henvendelsesdato henvendelsedato besøksdato samtaledato dato-for-henvendelse "
    "dato-for-henvendelsen dato-og-tid tidspunkt når",
    "besvart": "ble-henvendelsen-besvart er-henvendelsen-besvart henvendelsen-besvart henvendelse-besvart "
    "ble-besvart answered svart fikk-svar fikk-du-svar",
    "totalscore": "score poeng poengsum total totalpoeng totalpoengsum total-poengsum samlet-score "
    "samlet-poengsum score-totalt totalresultat total-i-prosent totalscore-i totalscore-i-prosent "
    "totalscore-prosent score-i-prosent score-prosent skår totalskår total-skår",
}
_PROMPTS = (
    "hva-var-bra hva-var-spesielt-bra hva-fungerte hva-fungerte-bra hva-fungerte-godt hva-gjorde-de-bra "
    "hva-var-positivt hva-likte-du hva-kunne-vært-bedre hva-kunne-vært-gjort-bedre hva-kunne-blitt-bedre "
    "hva-kan-bli-bedre hva-kan-forbedres hva-kunne-vært-forbedret hva-var-mindre-bra hva-var-dårlig "
    "hva-var-negativt forbedringspotensial forbedringsforslag oppsummering oppsummerende-kommentar "
    "kort-oppsummering oppsummert kunne-vært-bedre kunne-vært-gjort-bedre kunne-blitt-bedre kva-var-bra "
    "kva-kunne-vore-betre"
)
_LOOSE = "tekst kommentar kommentarer fritekst kommentartekst comment comments"
_NUMBERED = re.compile(r"(kommentar(?:nr|nummer)?|comment|fritekst|tekst)(\d{1,2})(.*)|(\d{1,2})kommentar")


def _fold(heading: str) -> str:
    """Reduce a heading to the letters and digits that tell it apart."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    text = re.sub(r"\((?!\d+\))[^)]*\)", "", text) or text  # "(%)" goes, "(1)" stays
    for written, folded in (("æ", "ae"), ("ø", "o"), ("oe", "o"), ("å", "a"), ("aa", "a")):
        text = text.replace(written, folded)
    return re.sub(r"[\W_]", "", text)


_EXACT = {_fold(name): name for name in CONTACT_COLUMNS}
_SYNONYMS = {_fold(word): name for name, words in _WORDS.items() for word in words.split()}
_PROMPT_KEYS = frozenset(_fold(prompt) for prompt in _PROMPTS.split())
_LOOSE_KEYS = frozenset(_LOOSE.split())


@dataclass(frozen=True)
class Layout:
    """Where the columns of a study stand in its file.

    Parameters
    ----------
    columns : dict of str to int
        Position of each canonical column found.
    spare : frozenset of int
        Positions of headings that also speak of a column already found; they are no questions.
    """

    columns: dict[str, int]
    spare: frozenset[int]


def speaks_of_comment(heading: str) -> bool:
    """Tell whether a heading names a comment.

    Examples
    --------
    >>> [speaks_of_comment(heading) for heading in ("Kommentar 1", "Hva var bra?", "tekst", "Ventetid")]
    [True, True, True, False]
    """
    return _comment_number(heading)[0] > 0 or _fold(heading) in _PROMPT_KEYS | _LOOSE_KEYS


def lay_out(
    headings: Sequence[str],
    mapping: Mapping[str, str],
    source: str,
    is_text: Callable[[int], bool] = lambda position: True,
) -> Layout:
    """Find the columns of a study among the headings of its file.

    A mapped heading comes first, then the canonical name as it is written, then the same in other case,
    spacing or punctuation, then a synonym. Comments without a number (``Hva var bra?``) get the numbers that
    are free, in the file's order; ``tekst`` and the like count only where there is no other comment.

    Parameters
    ----------
    headings : sequence of str
        As in the file; empty ones are never matched.
    mapping : mapping of str to str
        Canonical name to heading.
    source : str
        File name for messages.
    is_text : callable
        Tells whether the column at a position holds something else than numbers; comments must.

    Returns
    -------
    Layout

    Raises
    ------
    InputError
        When two headings fit one column equally well, a mapping cannot be followed, or the id or every
        comment is missing.

    Examples
    --------
    >>> lay_out(["Henvendelse-ID", "Total score (%)", "Hva var bra?"], {}, "studie.csv").columns
    {'henvendelse': 0, 'totalscore': 1, 'kommentar_1': 2}
    """
    columns = {name: _mapped_position(name, wanted, headings, source) for name, wanted in mapping.items()}
    taken = set(columns.values())
    fits: dict[str, list[tuple[int, int]]] = {}
    prompts, loose = [], []
    for position, heading in enumerate(headings):
        if not heading or position in taken:
            continue
        name, rank = _canonical(heading)
        key = _fold(heading)
        if name:
            fits.setdefault(name, []).append((rank, position))
        elif key in _PROMPT_KEYS and is_text(position):
            prompts.append(position)
        elif key in _LOOSE_KEYS and is_text(position):
            loose.append(position)
    for name, found in fits.items():
        if name not in columns:
            columns[name] = _best(name, found, headings, source)
    spare = {position for found in fits.values() for _, position in found} - set(columns.values())
    has_comment = any(name.startswith("kommentar_") for name in columns)
    free = (f"kommentar_{n}" for n in range(1, 100) if f"kommentar_{n}" not in columns)
    columns |= dict(zip(free, prompts if has_comment or prompts else loose, strict=False))
    _demand(columns, headings, source)
    order = sorted(columns, key=lambda name: columns[name])
    return Layout({name: columns[name] for name in order}, frozenset(spare))


def read_mapping(path: str | Path) -> dict[str, str]:
    r"""Read a mapping file: TOML, canonical names as keys and the file's headings as values.

    Raises
    ------
    InputError
        When there is no such file or it is something else.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "kolonner.toml")
    ...     _ = path.write_text('totalscore = "Terningkast"\n', encoding="utf-8")
    ...     read_mapping(path)
    {'totalscore': 'Terningkast'}
    """
    path = Path(path)
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError:
        raise InputError(f"Finner ikke kolonnefila {path.name}.") from None
    except ValueError as error:
        raise InputError(f"Kolonnefila {path.name} er ikke gyldig TOML i UTF-8: {error}.") from None
    for name, heading in data.items():
        if not isinstance(heading, str):
            raise InputError(f'Kolonnefila {path.name}: skriv «{name}» som {name} = "Overskrift".')
    return data


def _comment_number(heading: str) -> tuple[int, int]:
    """Return the number in a comment's heading (0 when none) and how far it is from ``kommentar_1``."""
    match = _NUMBERED.fullmatch(_fold(heading))
    if not match or (match[3] and match[3] not in _PROMPT_KEYS):
        return 0, 0
    number = int(match[2] or match[4])
    if heading == f"kommentar_{number}":
        return number, 0
    return number, 1 if match[1] == "kommentar" and not match[3] else 2


def _canonical(heading: str) -> tuple[str, int]:
    """Return the canonical name that a heading stands for and how far it is from it."""
    number, rank = _comment_number(heading)
    if number:
        return f"kommentar_{number}", rank
    if heading in CONTACT_COLUMNS:
        return heading, 0
    key = _fold(heading)
    return (_EXACT[key], 1) if key in _EXACT else (_SYNONYMS.get(key, ""), 2)


def _best(name: str, found: list[tuple[int, int]], headings: Sequence[str], source: str) -> int:
    """Return the position of the heading nearest to the name."""
    nearest = min(found)[0]
    positions = [position for rank, position in found if rank == nearest]
    if len(positions) > 1:
        raise InputError(
            f"{source}: flere overskrifter kan være «{name}» ({_listed([headings[p] for p in positions])}); "
            f'velg én med --map {name}="{headings[positions[0]]}".'
        )
    return positions[0]


def _mapped_position(name: str, wanted: str, headings: Sequence[str], source: str) -> int:
    """Return the position of the heading that a mapping asks for."""
    if name not in CONTACT_COLUMNS and not re.fullmatch(r"kommentar_[1-9]\d?", name):
        raise InputError(
            f"«{name}» i --map er ingen kolonne i en studie; bruk {', '.join(CONTACT_COLUMNS)}, "
            "kommentar_1, kommentar_2 …"
        )
    for same in (lambda heading: heading == wanted.strip(), lambda heading: _fold(heading) == _fold(wanted)):
        positions = [position for position, heading in enumerate(headings) if heading and same(heading)]
        if len(positions) > 1:
            raise InputError(f"{source} har flere overskrifter «{wanted}»; gi dem ulike navn i fila.")
        if positions:
            return positions[0]
    raise InputError(
        f"{source} har ingen overskrift «{wanted}» (--map {name}); overskriftene er {_listed(headings)}."
    )


def _demand(columns: Mapping[str, int], headings: Sequence[str], source: str) -> None:
    """Demand an id and a comment."""
    missing, name = "", ""
    if "henvendelse" not in columns:
        missing, name = "en id for hver henvendelse", "henvendelse"
    elif not any(column.startswith("kommentar_") for column in columns):
        missing, name = "en kommentar", "kommentar_1"
    if missing:
        raise InputError(
            f"{source} mangler kolonnen «{name}» ({missing}); overskriftene er {_listed(headings)}: "
            f'si hvilken det er med --map {name}="Overskrift".'
        )


def _listed(headings: Sequence[str]) -> str:
    """Write headings one after the other, long files cut short."""
    named = [f"«{heading if len(heading) <= 40 else heading[:39] + '…'}»" for heading in headings if heading]
    return ", ".join(named[:60]) + (" …" if len(named) > 60 else "")
