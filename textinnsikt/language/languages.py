"""Languages: which one a comment is written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from textinnsikt.language.lexicon import dictionary, is_compound, is_word
from textinnsikt.language.words import STOP_WORDS, tokenize_words

#: Languages close to Norwegian, or often met in Norway, always tried; the others only when none of these fits.
_NEAR = ("da", "sv", "en")
_FAR = ("de", "pl", "fr", "es")
#: Nynorsk forms that the bokmål dictionary knows as other words, and bokmål forms that the nynorsk one knows.
_NYNORSK = frozenset(
    """
    eg ikkje ho kva kven kvifor korleis dei nokon noko nokre frå meir mykje ein eit vart vore gav gjev fekk då
    berre sjølv sjølve sidan òg hjå utan kvar kvarandre saman ynskje høyrde greitt
    """.split()
)
_BOKMÅL = frozenset("jeg ikke hun hva hvem hvorfor hvordan noen noe fra mer mye en et ble fikk bare selv siden".split())
#: Danish spellings of everyday words that Norwegian dictionaries list as old forms.
_DANISH = frozenset("af meget nogen noget hvad blev fik mig dig sig spurgte sagde efter".split())


_NAME_LIKE = re.compile(r"(?<=[\w,] )[A-ZÆØÅ]\w+(?![\w.])|\w*\d\w*")


@lru_cache(maxsize=200_000)
def _languages_of(word: str, codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(code for code in codes if dictionary(code).get(word) is not None)


def _coverage(words: list[str], codes: tuple[str, ...]) -> dict[str, float]:
    """Return the share of the words that each language's dictionary knows."""
    known = [_languages_of(word, codes) for word in words]
    return {code: sum(code in languages for languages in known) / len(words) for code in codes}


def _is_norwegian(word: str) -> bool:
    return word in STOP_WORDS or is_word(word) or is_compound(word)


def _nynorsk_or_bokmaal(words: list[str]) -> str:
    balance = 0.0
    for word in words:
        known = _languages_of(word, ("nb", "nn"))
        balance += (word in _NYNORSK) * 2 - (word in _BOKMÅL) * 2
        balance += 0.5 * (("nn" in known) - ("nb" in known))
    return "nn" if balance > 0 else "nb"


def neighbour_language(text: str) -> str | None:
    """Return ``"da"``, ``"sv"`` or ``"en"`` when it explains clearly more of the words than Norwegian does.

    Examples
    --------
    >>> neighbour_language("The agent was very friendly"), neighbour_language("Ho va kjempegrei å prat med")
    ('en', None)
    """
    words = [word for word in tokenize_words(_NAME_LIKE.sub(" ", text)) if "-" not in word]
    if sum(len(word) > 1 for word in words) < 3:
        return None
    norwegian = sum(map(_is_norwegian, words)) / len(words)
    danish = sum(word in _DANISH for word in words) / len(words)
    needed = max(0.6, norwegian - danish + max(0.1, 1.9 / len(words)))
    if needed > 1:  # most comments: no need for the other dictionaries
        return None
    near = _coverage(words, _NEAR)
    best = max(near, key=lambda code: near[code])
    return best if near[best] >= needed else None


def detect_language(text: str) -> str | None:
    """Tell which language a comment is written in.

    The share of words known to simplemma's dictionaries, with our own list of dialect forms on the
    Norwegian side: dialect counts as Norwegian, and another language is named only when it explains
    clearly more of the words.

    Parameters
    ----------
    text : str
        One comment. Personal data may be masked.

    Returns
    -------
    str or None
        ``"nb"``, ``"nn"``, or the ISO 639-1 code of another language (``"da"``, ``"sv"``, ``"en"``, …);
        ``None`` with fewer than three words, or when no language is likely.

    References
    ----------
    Barbaresi, A. simplemma: a simple multilingual lemmatizer for Python (the dictionaries).

    Examples
    --------
    >>> detect_language("Æ fikk god hjælp av ho som svart"), detect_language("Hon svarade inte på min fråga")
    ('nb', 'sv')
    >>> detect_language("Eg fekk ikkje svar på spørsmålet mitt"), detect_language("Bra!")
    ('nn', None)
    """
    if (near := neighbour_language(text)) is not None:
        return near
    words = tokenize_words(text)
    if sum(len(word) > 1 for word in words) < 3:
        return None
    norwegian = sum(map(_is_norwegian, words)) / len(words)
    if norwegian < 0.65:
        far = _coverage(words, _FAR)
        best = max(far, key=lambda code: far[code])
        if far[best] >= max(0.6, norwegian + max(0.1, 1.9 / len(words))):
            return best
    return _nynorsk_or_bokmaal(words) if norwegian >= 0.45 else None


def detect_all(texts: Sequence[str | None]) -> list[str | None]:
    """Tell the language of many comments, each distinct one read once.

    Parameters
    ----------
    texts : sequence of str or None
        Comments; missing ones are ``None`` (or NaN).

    Returns
    -------
    list of str or None
        As `detect_language` in the same order, ``None`` for missing ones.

    Examples
    --------
    >>> detect_all(["The agent was very friendly", None, "Hun var veldig hyggelig"])
    ['en', None, 'nb']
    """
    found = {text: detect_language(text) for text in {text for text in texts if isinstance(text, str)}}
    return [found[text] if isinstance(text, str) else None for text in texts]
