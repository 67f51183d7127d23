"""Sentences: where one ends and the next begins in Norwegian comments, tidy or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from textinnsikt.language.lexicon import word_list

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

#: Abbreviations after which a full stop does not end the sentence (written without the last full stop).
ABBREVIATIONS = word_list("forkortelser.txt")
#: Abbreviations that often end a sentence too: with a capital after them, they did.
_CLOSING = r"(?:osv|o\.s\.v|osb|etc|m\.m|mm|o\.l|e\.l|m\.v|mv|o\.a|kr|stk|min|mnd|sek|maks|pst|mill|mva|tlf)"
#: Words that, with a capital, start a sentence even after an abbreviation.
_STARTERS = frozenset(
    """
    jeg du han hun vi de dere det den dette disse denne der da her eg ho me dei æ hu hva hvem hvorfor hvordan
    men og så alle ingen ellers fikk har hadde ble var er etter etterpå deretter kunne skulle ville måtte ikke
    når kundebehandleren
    """.split()
)
_MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()

_EMOJI = (
    r"[\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    r"[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
)
_SMILEY = r"(?<!\w)(?:[:;=]['´]?-?[)(DdPpOo3/|]+|<3|\^\^|xD)(?!\w)"
_LINES = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+|\s+(?=[•‣▪●◦]\s*\S)")
_BREAKS = re.compile(
    rf"""
      (?:{_EMOJI}|{_SMILEY}) (?:\s*(?:{_EMOJI}|{_SMILEY}|[.!?…]))*     # faces and pictures end a sentence
    | (?:\.{{2,}}|…)[.!?…]*["'»”)]*(?=\s+["'«“(–-]*\s*[A-ZÆØÅ0-9])            # ... and then a capital
    | (?:\.{{2,}}|…)(?=[A-ZÆØÅ])
    | (?<=[a-zæøå][a-zæøå])[.!?]+(?=[A-ZÆØÅ][a-zæøå])                         # no space after the full stop
    | (?<=\w)[!?]+(?=[a-zæøåA-ZÆØÅ])
    | \b{_CLOSING}\.(?=\s+[A-ZÆØÅ])
    """,
    re.VERBOSE,
)
_NUMBERED_START = re.compile(r"\s*1[.)]\s")
_NUMBERED = re.compile(r"\s+(?=\d{1,2}[.)]\s+[^\W\d])")
_NUMBERING = re.compile(r"(?:\d{1,2}|[a-zæøå])[.)]")
_INITIALS = re.compile(r"\b(?:[A-ZÆØÅ]\.){2,}$")
_DAY = re.compile(r"(?:^|\D)\d{1,2}\.$")
_QUOTED_END = re.compile(r"[.!?…][\"'»”]$")
_WORDLESS = re.compile(r"[\W_]*")


@lru_cache(maxsize=1)
def _punkt() -> PunktSentenceTokenizer:
    from nltk.tokenize.punkt import PunktLanguageVars, PunktParameters, PunktSentenceTokenizer

    class NorwegianVars(PunktLanguageVars):
        re_boundary_realignment = re.compile(r'["\'»”’)\]}]+?(?:\s+|(?=--)|$)', re.MULTILINE)

    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    parameters.sent_starters = set(_STARTERS)
    return PunktSentenceTokenizer(parameters, lang_vars=NorwegianVars())


def _cuts(line: str) -> Iterator[int]:
    """Yield where Punkt or the marks of `_BREAKS` end a sentence in a line, in order, the line's end last."""
    start = 0
    for chunk_end in [*(match.end() for match in _BREAKS.finditer(line)), len(line)]:
        for _, end in _punkt().span_tokenize(line[start:chunk_end]):
            yield start + end
        start = chunk_end


def _belongs(before: str, after: str) -> bool:
    """Say whether two neighbours on one line are one sentence after all."""
    if _WORDLESS.fullmatch(after) or _NUMBERING.fullmatch(before):
        return True
    if _QUOTED_END.search(before) and after[0].islower():
        return True
    first = after.split(maxsplit=1)[0].strip(".,;:!?").lower()
    if _INITIALS.search(before):
        return first not in _STARTERS
    return bool(_DAY.search(before)) and first in _MONTHS


def split_sentences(text: str) -> list[str]:
    r"""Split a Norwegian comment into sentences.

    Punkt (Kiss and Strunk 2006) with Norwegian abbreviations of our own, and no trained data: the same
    answer everywhere. New lines, bullets, emoji and smileys end a sentence; a missing capital after a full
    stop, or a missing space, does not hide the boundary; ordinals, times and abbreviations are no boundary.

    Parameters
    ----------
    text : str
        One comment.

    Returns
    -------
    list of str
        The sentences in order, without white space round them. Put together they are the text, but for
        white space. Empty for an empty text.

    References
    ----------
    Kiss, T. and Strunk, J. (2006). Unsupervised multilingual sentence boundary detection. Computational
    Linguistics 32(4).

    Examples
    --------
    >>> split_sentences("Ringte kl. 14.30 den 3. februar. fikk svar med en gang!! Hun tipset om bl.a. rabatt")
    ['Ringte kl. 14.30 den 3. februar.', 'fikk svar med en gang!!', 'Hun tipset om bl.a. rabatt']
    >>> split_sentences("- lang ventetid\n- god hjelp 😊 Takk")
    ['- lang ventetid', '- god hjelp 😊', 'Takk']
    """
    sentences: list[str] = []
    for line in _LINES.split(text):
        for part in _NUMBERED.split(line) if _NUMBERED_START.match(line) else [line]:
            start = end = 0
            for cut in _cuts(part):
                before, after = part[start:end].strip(), part[end:cut].strip()
                if before and after and not _belongs(before, after):
                    sentences.append(before)
                    start = end
                end = cut
            sentences.append(part[start:end].strip())
    return [sentence for sentence in sentences if sentence]
