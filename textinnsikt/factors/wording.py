"""Norwegian sentences for the figures: association, never a promise."""

from __future__ import annotations

from typing import Any

#: What is held equal, by method.
_EQUAL = {
    "rå": "",
    "justert": ", med de andre temaene, kanal, klasse og måned like",
    "innen_direkte": ", hos samme kundesenter og samme shopper og med de andre temaene like",
    "innen_total": ", hos samme kundesenter og samme shopper og med temaene foran like",
    "innen_direkte_ordtall": ", hos samme kundesenter og samme shopper, med de andre temaene og antall ord like",
    "innen_direkte_korrigert": ", hos samme kundesenter og samme shopper, med de andre temaene like og merkefeil "
    "rettet",
    "innen_total_korrigert": ", hos samme kundesenter og samme shopper, med temaene foran like og merkefeil rettet",
}
#: What must be said of each figure between centres.
_BETWEEN = {
    "mellom": "",
    "mellom_rå": " Tallet er ikke rettet: få henvendelser per senter og stemningen i den enkelte samtalen trekker det "
    "mot forskjellen mellom henvendelser hos samme senter, så det kan være for nær eller for langt fra null.",
    "mellom_delt": " Omtalen og scoren er fra hver sin shopper, men tallet er ikke rettet for at få henvendelser per "
    "senter gjør andelen usikker, så det er for nær null.",
}
_CORRELATION = {"punktbiseriell": ("Korrelasjonen", "punktbiseriell"), "spearman": ("Rangkorrelasjonen", "Spearman")}
_SAID = {"positiv": "omtales positivt", "negativ": "omtales negativt"}


def number(value: float, digits: int | None = None) -> str:
    """Write a number in the Norwegian way; ``None`` digits means as few as needed.

    Examples
    --------
    >>> number(-2.345, 1), number(95.0)
    ('−2,3', '95')
    """
    return (f"{value:g}" if digits is None else f"{value:.{digits}f}").replace(".", ",").replace("-", "−")


def in_words(row: Any, unit: str = "poeng", level: float = 0.95, digits: int = 1) -> str:
    """Say one row of a summary as a sentence.

    Parameters
    ----------
    row : mapping
        ``tema, omtale, metode, estimat, nedre, øvre``, of any method of a `FactorResult`.
    unit : str
        The score's unit, `FactorResult.unit`; correlations have none.
    level : float
        Of the interval, 0-1.
    digits : int
        Decimals; correlations have two.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {"tema": "lytting", "omtale": "negativ", "metode": "rå", "estimat": -6.24, "nedre": -8.3, "øvre": -4.1}
    >>> in_words(row)
    'Når lytting omtales negativt, er scoren 6,2 poeng lavere enn ellers (95 % konfidensintervall fra −8,3 til −4,1).'
    """
    theme, mention, method = row["tema"], row["omtale"], row["metode"]
    if row["estimat"] != row["estimat"] or row["estimat"] is None:
        return f"For «{theme}: {mention}» er det ikke noe tall."
    if method in _CORRELATION:
        kind, name = _CORRELATION[method]
        head = f"{kind} mellom at {theme} {_SAID[mention]}, og scoren er {number(row['estimat'], 2)}"
        return f"{head} ({name}; {_interval(row, level, 2)})."
    size = f"{number(abs(row['estimat']), digits)} {unit} {'høyere' if row['estimat'] >= 0 else 'lavere'}"
    tail = f"({_interval(row, level, digits)})."
    if method in _BETWEEN:
        return (
            f"Kundesentre der alle henvendelsene nevner {theme} {mention}t, ville etter dette ligge {size} enn "
            f"sentre der ingen gjør det {tail}{_BETWEEN[method]}"
        )
    if method == "leverandørtall":
        return (
            f"Snittscoren for alle henvendelsene er {size} enn for dem der {theme} ikke {_SAID[mention]} {tail} "
            "Tallet er den rå forskjellen ganget med andelen som har omtalen."
        )
    equal = _EQUAL[method]
    if mention in _SAID:
        return f"Når {theme} {_SAID[mention]}, er scoren {size} enn ellers{equal} {tail}"
    return f"Når {theme} omtales positivt, er scoren {size} enn når det omtales negativt{equal} {tail}"


def _interval(row: Any, level: float, digits: int) -> str:
    """Say the interval of a row, where it has one."""
    if row["nedre"] != row["nedre"]:
        return "uten intervall"
    ends = f"fra {number(row['nedre'], digits)} til {number(row['øvre'], digits)}"
    return f"{number(100 * level)} % konfidensintervall {ends}"


def on_slide(row: Any, unit: str = "poeng", digits: int = 1) -> str:
    """Say an interval as on a slide.

    Examples
    --------
    >>> on_slide({"nedre": 4.1, "øvre": 8.3})
    'trolig mellom 4,1 og 8,3 poeng'
    """
    return f"trolig mellom {number(row['nedre'], digits)} og {number(row['øvre'], digits)} {unit}"
