"""Norwegian wording: numbers, intervals and the phrases that every renderer uses."""

from __future__ import annotations

import re
from typing import Any

#: What stands where fewer contacts than `MIN_CONTACTS` lie behind a figure.
TOO_FEW = "for få henvendelser"
MIN_CONTACTS = 10
#: Shown where a figure could not be computed.
MISSING = "–"
MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()
METHODS = {
    "rå": "Rå forskjell",
    "justert": "Justert forskjell",
    "innen_direkte": "Innen samme kundesenter og shopper",
}
_BRANDS = {name.lower(): name for name in ("Facebook", "Messenger", "WhatsApp", "Instagram", "Snapchat", "Teams")}
_NBSP = "\u00a0"
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def number(value: float | None, decimals: int = 1) -> str:
    """Write a number with decimal comma, a real minus sign and spaces between thousands.

    Examples
    --------
    >>> number(-8.34), number(None), number(-0.01), number(1234.5).replace("\u00a0", " ")
    ('−8,3', '–', '0,0', '1 234,5')
    """
    if value is None or value != value:
        return MISSING
    text = f"{value:,.{decimals}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.replace(",", _NBSP).replace(".", ",").replace("-", "−")


def count(value: int, one: str = "", many: str = "") -> str:
    """Write a whole number, with its noun when given.

    Examples
    --------
    >>> count(1, "henvendelse", "henvendelser"), count(12, "henvendelse", "henvendelser")
    ('1 henvendelse', '12 henvendelser')
    """
    noun = one if value == 1 else many
    return f"{number(value, 0)} {noun}".rstrip()


def percent(share: float | None, decimals: int = 1) -> str:
    """Write a share (0–1) as per cent.

    Examples
    --------
    >>> percent(0.624), percent(0.624, 0), percent(None)
    ('62,4 %', '62 %', '–')
    """
    return MISSING if share is None else f"{number(100 * share, decimals)} %"


def interval(low: float | None, high: float | None, decimals: int = 1, unit: str = "", level: float = 0.95) -> str:
    """Write an interval for the report.

    Examples
    --------
    >>> interval(4.1, 8.3)
    '95 % konfidensintervall fra 4,1 til 8,3'
    """
    if low is None or high is None:
        return "uten konfidensintervall"
    span = f"fra {number(low, decimals)} til {number(high, decimals)} {unit}".rstrip()
    return f"{level_name(level)} {span}"


def level_name(level: float) -> str:
    """Name the kind of interval.

    Examples
    --------
    >>> level_name(0.95)
    '95 % konfidensintervall'
    """
    return f"{f'{100 * level:.3g}'.replace('.', ',')} % konfidensintervall"


def likely(low: float | None, high: float | None, unit: str, decimals: int = 1) -> str:
    """Write a 95 % interval for a slide.

    Examples
    --------
    >>> likely(4.1, 8.3, "poeng")
    'trolig mellom 4,1 og 8,3 poeng'
    """
    if low is None or high is None:
        return "usikkerheten er ikke beregnet"
    return f"trolig mellom {number(low, decimals)} og {number(high, decimals)} {unit}"


def sides(row: dict[str, Any]) -> tuple[str, float | None, float | None]:
    """Return the direction of a difference, and its interval counted in that direction.

    An interval that holds zero keeps its signs.

    Examples
    --------
    >>> sides({"estimat": -6.0, "nedre": -8.3, "øvre": -4.1})
    ('lavere', 4.1, 8.3)
    >>> sides({"estimat": -1.0, "nedre": -3.0, "øvre": 1.0})
    ('lavere', -3.0, 1.0)
    """
    low, high = row["nedre"], row["øvre"]
    if row["estimat"] >= 0:
        return "høyere", low, high
    if low is None or high is None or high > 0:
        return "lavere", low, high
    return "lavere", -high, -low


def likely_difference(row: dict[str, Any], places: int = 1) -> str:
    """Write the interval of a difference for a slide.

    Examples
    --------
    >>> likely_difference({"estimat": -6.0, "nedre": -8.3, "øvre": -4.1})
    'trolig mellom 4,1 og 8,3 poeng'
    >>> likely_difference({"estimat": -1.0, "nedre": -3.0, "øvre": 1.0})
    'trolig mellom 3,0 poeng lavere og 1,0 poeng høyere'
    """
    low, high = row["nedre"], row["øvre"]
    if low is None or high is None or low * high > 0:
        return likely(*sides(row)[1:], "poeng", places)
    return f"trolig mellom {number(-low, places)} poeng lavere og {number(high, places)} poeng høyere"


def against_score(row: dict[str, Any], unit: str, places: int = 1, level: float = 0.95) -> str:
    """Say what score goes with a cluster; only a sure difference has a direction.

    Examples
    --------
    >>> row = {"estimat": -3.0, "nedre": -4.4, "øvre": -1.6, "n": 210, "sikker": True}
    >>> against_score(row, "poeng")[:75]
    'De 210 henvendelsene som nevner dette, har 3,0 poeng lavere score enn andre'
    >>> against_score({**row, "øvre": 0.4, "sikker": False}, "poeng")[:74]
    'De 210 henvendelsene som nevner dette, har ikke sikkert en annen score enn'
    """
    way, low, high = sides(row)
    said = f"{number(abs(row['estimat']), places)} {unit} {way} score enn"
    if not row["sikker"]:
        said, low, high = "ikke sikkert en annen score enn", row["nedre"], row["øvre"]
    like = "andre hos samme kundesenter og shopper, når temaene og de andre gruppene holdes like"
    span = interval(low, high, places, unit, level)
    return f"De {count(row['n'])} henvendelsene som nevner dette, har {said} {like} ({span})."


def points(score_range: tuple[float, float]) -> str:
    """Name the unit of the score.

    Examples
    --------
    >>> points((0, 100)), points((1, 6))
    ('poeng', 'poeng (1–6)')
    """
    low, high = score_range
    return "poeng" if (low, high) == (0, 100) else f"poeng ({_bare(low)}–{_bare(high)})"


def decimals(score_range: tuple[float, float]) -> int:
    """Return how many decimals a score is written with: one, or two on a scale as short as 1–6."""
    return 1 if score_range[1] - score_range[0] >= 20 else 2


def _bare(value: float) -> str:
    return f"{value:g}".replace(".", ",").replace("-", "−")


def period(first: str | None, last: str | None) -> str:
    """Write a period given by two ISO dates; a date may lack its day, or day and month.

    Examples
    --------
    >>> period("2020-12-01", "2021-04-30"), period("2016", "2019"), period("2020-12", "2021-02")
    ('1. desember 2020 til 30. april 2021', '2016 til 2019', 'desember 2020 til februar 2021')
    """
    if first is None or last is None:
        return "ikke oppgitt"
    if first == last:
        return _day(last)
    same_year = first[:4] == last[:4] and len(first) > 4
    return f"{_day(first, with_year=not same_year)} til {_day(last)}"


def _day(text: str, with_year: bool = True) -> str:
    """Write an ISO date, year and month, or year."""
    year, *rest = text.split("-")
    if not rest:
        return year
    words = [MONTHS[int(rest[0]) - 1]]
    if len(rest) > 1:
        words.insert(0, f"{int(rest[1])}.")
    return " ".join([*words, year] if with_year else words)


def listing(parts: list[str]) -> str:
    """Join with commas and «og».

    Examples
    --------
    >>> listing(["kanal", "klasse", "andre temaer"])
    'kanal, klasse og andre temaer'
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} og {parts[-1]}" if parts else ""


def inside(name: str) -> str:
    """Return a name as it stands inside a sentence: small first letter, unless it is an abbreviation.

    Examples
    --------
    >>> inside("Lytting"), inside("TV-salg")
    ('lytting', 'TV-salg')
    """
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def channel(name: str) -> str:
    """Return a channel as it stands inside a sentence; a proper name such as Facebook keeps its capital.

    Examples
    --------
    >>> channel("Telefon"), channel("Facebook")
    ('telefon', 'Facebook')
    """
    return name.lower() if name.lower() in {"telefon", "e-post", "epost", "chat", "sms"} else brand(name)


def brand(name: str) -> str:
    """Return a channel as it stands by itself: the names of firms have the capital they are known by.

    Examples
    --------
    >>> brand("facebook"), brand("chat")
    ('Facebook', 'chat')
    """
    return _BRANDS.get(name.lower(), name)


def opening(text: str) -> str:
    """Return a sentence with a capital first letter."""
    return text[:1].upper() + text[1:]


def clean(text: object) -> str:
    """Return text without control characters (no file format here can hold them) and with single spaces.

    Examples
    --------
    >>> clean("  Takk  for   hjelpen ")
    'Takk for hjelpen'
    """
    return " ".join(printable(text).split())


def printable(text: object) -> str:
    """Return text without the characters that XML cannot hold; line breaks stay.

    Examples
    --------
    >>> printable("hei" + chr(11) + "der")
    'hei der'
    """
    return _UNSAFE.sub(" ", str(text))


def shorten(text: str, limit: int) -> str:
    """Cut a text at a word so that it holds at most `limit` characters.

    Examples
    --------
    >>> shorten("Hun lot meg forklare ferdig", 20)
    'Hun lot meg …'
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 2]
    words = head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head
    return words.rstrip(" ,.;:–-") + " …"


def quoted(text: str, limit: int = 400) -> str:
    """Put a text in quotation marks, at most `limit` characters; marks within it become single ones.

    Examples
    --------
    >>> quoted("Hun lot meg snakke."), quoted("«Hva bruker du mest?»"), quoted("Sa «nei» og la på.")
    ('«Hun lot meg snakke.»', '«Hva bruker du mest?»', '«Sa ‘nei’ og la på.»')
    """
    short = shorten(text, limit)
    whole = short[:1] == "«" and short[-1:] == "»" and short.count("«") == 1
    return short if whole else f"«{short.replace('«', '‘').replace('»', '’')}»"


def stability(value: float | None) -> str:
    """Put a stability figure (0–1) in words, by the limits of Hennig (2007): 0.75 and 0.6.

    Examples
    --------
    >>> stability(0.82), stability(0.4)
    ('høy (0,82)', 'lav (0,40)')
    """
    if value is None:
        return MISSING
    word = "lav" if is_unsteady(value) else "middels" if value < 0.75 else "høy"
    return f"{word} ({number(value, 2)})"


def is_unsteady(value: float | None) -> bool:
    """Tell whether a stability figure is so low that the group should not be built upon."""
    return value is not None and value < 0.6


def alphabet(name: str) -> str:
    """Return a sort key for the Norwegian alphabet, where æ, ø and å come last in that order."""
    return name.casefold().translate(str.maketrans("æøå", "{|}"))
