"""A cell: what its text means as a number, a date, a channel, a yes or a no."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd

_SPACES = "[ \u00a0\u2009\u202f]"
_PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_GROUPED = re.compile(rf"[+-]?\d{{1,3}}({_SPACES}\d{{3}}|'\d{{3}})+([.,]\d+)?")
_DOTTED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?\d{1,3}(\.\d{3}){2,}")
_COMMAED = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(,\d{3}){2,}")
_NO_ANSWER = frozenset(
    "|-|–|—|.|?|vet ikke|veit ikkje|husker ikke|usikker|ikke relevant|ikke aktuelt|ikke besvart|ubesvart"
    "|ingen svar|i/a|n/a|#n/a|#i/t|na|nan|null|none|#div/0!|#verdi!|#value!|#ref!".split("|")
)
_ANSWERED = dict.fromkeys("ja|yes|y|j|1|true|sann|x|besvart|svart".split("|"), "ja") | dict.fromkeys(
    "nei|no|n|0|false|usann|ubesvart|ikke besvart|ingen svar".split("|"), "nei"
)
_CHANNELS = {
    name: channel
    for channel, names in {
        "telefon": "telefon tlf tel telefoni telefonisk phone samtale telefonsamtale",
        "e-post": "epost mail email",
        "chat": "chat chatt webchat livechat nettchat",
        "facebook": "facebook fb messenger facebookmessenger",
    }.items()
    for name in names.split()
}
_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr mai jun jul aug sep okt nov des".split(), start=1)
} | {"may": 5, "oct": 10, "dec": 12}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def number(text: str) -> float:
    """Read a number as Norwegians, Excel and computers write it.

    Parameters
    ----------
    text : str
        Decimal comma or point, spaces between thousands, a percent sign; ``vet ikke`` is missing.

    Returns
    -------
    float
        The number, NaN when there is no answer. ``86,7 %`` is 86.7.

    Raises
    ------
    ValueError
        When the text is not a number.

    Examples
    --------
    >>> [number(text) for text in ("86,7 %", "1 234,5", "1.234,5", "−2", "vet ikke")]
    [86.7, 1234.5, 1234.5, -2.0, nan]
    """
    text = text.strip()
    if text.casefold() in _NO_ANSWER:
        return math.nan
    plain = text.removesuffix("%").rstrip().replace("\u2212", "-")
    if _PLAIN.fullmatch(plain):
        return float(plain.replace(",", "."))
    if _GROUPED.fullmatch(plain):
        return float(re.sub(f"{_SPACES}|'", "", plain).replace(",", "."))
    if _DOTTED.fullmatch(plain):
        return float(plain.replace(".", "").replace(",", "."))
    if _COMMAED.fullmatch(plain):
        return float(plain.replace(",", ""))
    raise ValueError("not a number")


def numbers(cells: pd.Series, yes_no: bool = False) -> tuple[pd.Series, pd.Series]:
    """Read a column of numbers.

    Parameters
    ----------
    cells : pandas.Series
        Text or missing.
    yes_no : bool
        Read ``ja`` as 1 and ``nei`` as 0.

    Returns
    -------
    values : pandas.Series
        float64, NaN where missing or wrong.
    wrong : pandas.Series
        bool, true where there is text that is not a number.

    Examples
    --------
    >>> values, wrong = numbers(pd.Series(["4", "4,5", None, "bra"]))
    >>> values.tolist(), wrong.tolist()
    ([4.0, 4.5, nan, nan], [False, False, False, True])
    """

    def read(text: str) -> float | None:
        if yes_no and text.strip().casefold() in ("ja", "nei"):
            return float(text.strip().casefold() == "ja")
        try:
            return number(text)
        except ValueError:
            return None

    found: dict[Any, float | None] = {text: read(text) for text in cells.dropna().unique()}
    values = cells.map(found).astype("float64")
    wrong = cells.isin([text for text, value in found.items() if value is None])
    return values, wrong


def iso_date(text: str) -> str | None:
    """Read a date as ISO 8601 text; a bare year, or year and month, stays what it is.

    Day comes before month. Two-digit years are 20xx. A number of five digits is Excel's count of days.

    Returns
    -------
    str or None
        ``YYYY-MM-DD`` (or ``YYYY``, ``YYYY-MM``); None when the text is no date.

    Examples
    --------
    >>> [iso_date(text) for text in ("24.12.2020", "24.12.20 kl. 13:45", "24. des 2020", "2016", "i går")]
    ['2020-12-24', '2020-12-24', '2020-12-24', '2016', None]
    """
    text = re.sub(r"^[a-zæøå]+\.?,?\s+(?=\d)", "", text.strip().casefold())
    if re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?", text):
        return text
    tail = r"(?:[ t,].*)?"
    try:
        if match := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})" + tail, text):
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        if match := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", text):
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        if match := re.fullmatch(r"(\d{1,2})[-./] ?(\d{1,2})[-./] ?(\d{4}|\d{2})" + tail, text):
            year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
            return date(year, int(match[2]), int(match[1])).isoformat()
        if match := re.fullmatch(r"(\d{1,2})\.? ?([a-z]{3})[a-z]*\.? (\d{4})" + tail, text):
            return date(int(match[3]), _MONTHS.get(match[2], 0), int(match[1])).isoformat()
        if re.fullmatch(r"[2-7]\d{4}([.,]\d+)?", text):
            return (date(1899, 12, 30) + timedelta(days=int(text[:5]))).isoformat()
    except ValueError:
        pass
    return None


def dates(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read a column of dates: the ISO texts, and a mask of cells that hold text but no date."""
    clean = _mapped(cells, lambda text: None if text.casefold() in _NO_ANSWER else text)
    values = _mapped(clean, iso_date)
    return values, clean.notna() & values.isna()


def channels(cells: pd.Series) -> pd.Series:
    """Write channels in lower case and one spelling: ``telefon``, ``e-post``, ``chat``, ``facebook``.

    Other channels (``sms``) keep their own name.

    Examples
    --------
    >>> channels(pd.Series(["Tlf.", "E-mail", "FB", "SMS"])).tolist()
    ['telefon', 'e-post', 'facebook', 'sms']
    """
    return _mapped(cells, lambda text: _CHANNELS.get(re.sub(r"[\W_]", "", text.casefold()), text.casefold()))


def answered(
    cells: pd.Series, has_content: pd.Series, ticked: bool | None = None
) -> tuple[pd.Series, pd.Series]:
    """Tell whether each contact was answered.

    Parameters
    ----------
    cells : pandas.Series
        The column ``besvart`` as the file has it.
    has_content : pandas.Series
        bool, true where the contact has a comment or a score; decides where the cell is empty.
    ticked : bool, optional
        The whole column is a form with a tick or nothing; found out from `cells` when not given.

    Returns
    -------
    values : pandas.Series
        ``ja`` or ``nei``.
    wrong : pandas.Series
        bool, true where the cell holds something else than a yes or a no.

    Examples
    --------
    >>> answered(pd.Series(["Ja", "0", None]), pd.Series([True, True, True]))[0].tolist()
    ['ja', 'nei', 'ja']
    """
    words = _mapped(cells, str.casefold)
    said = _mapped(words, _ANSWERED.get)
    wrong = words.notna() & said.isna() & ~words.isin(list(_NO_ANSWER))
    if ticked is None:
        ticked = set(words.dropna()) == {"x"}  # a form with a tick or nothing: nothing means no
    guess = has_content.map({True: "ja", False: "nei"})
    return said.fillna("nei" if ticked else guess).astype("str"), wrong


def codes(cells: pd.Series) -> pd.Series:
    """Replace shoppers by ``s001``, ``s002`` …, the same for any row order.

    The numbers follow the SHA-256 of the names, so they tell nothing of a name or of its place in the
    alphabet, and the output alone cannot be turned back. Whoever holds the names of all shoppers can make
    the codes again. Codes of two studies are not comparable.

    Examples
    --------
    >>> codes(pd.Series(["Kari", "Ola", "Kari"])).nunique()
    2
    """
    names = sorted(cells.dropna().unique(), key=lambda name: hashlib.sha256(name.encode()).digest())
    return cells.map({name: f"s{place:03d}" for place, name in enumerate(names, start=1)}).astype("str")


def tidy(text: str) -> str | None:
    """Tidy a name, an id or a heading: Unicode NFC, no control characters, single spaces, none around.

    Examples
    --------
    >>> tidy(" Total\\n score\\0 ")
    'Total score'
    """
    return " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", text)).split()) or None


def labels(cells: pd.Series) -> pd.Series:
    """Tidy a column of names or ids."""
    return _mapped(cells, tidy)


def texts(cells: pd.Series) -> pd.Series:
    """Keep comments as they are, but for control characters and other line ends than LF; blank ones are None.

    Returns
    -------
    pandas.Series
        object: str or None.
    """

    def clean(text: str) -> str | None:
        if not text.isprintable():
            text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        return text if text.strip() else None

    values = [clean(text) if isinstance(text, str) else None for text in cells]
    return pd.Series(values, index=cells.index, dtype=object)


def _mapped(cells: pd.Series, change: Callable[[str], str | None]) -> pd.Series:
    """Apply a function to each distinct text."""
    return cells.map({text: change(text.strip()) for text in cells.dropna().unique()}).astype("str")
