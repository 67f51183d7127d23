"""Words: the tokens of a comment, and the stop words among them."""

from __future__ import annotations

import re
import unicodedata

from textinnsikt.language.lexicon import word_list

#: Words that carry no topic: bokmål, nynorsk and dialect forms, but no negations (ikke, ikkje, aldri, ingen, uten).
STOP_WORDS: frozenset[str] = word_list("stoppord.txt")

#: The labels that `textinnsikt.language.mask` puts in place of personal data.
MASK_LABELS = (
    "[navn]",
    "[telefon]",
    "[e-post]",
    "[fødselsnummer]",
    "[konto]",
    "[kort]",
    "[kundenummer]",
    "[adresse]",
    "[bilnummer]",
    "[lenke]",
)

_WORD = re.compile(
    "|".join(re.escape(label) for label in MASK_LABELS) + r"|(?P<word>(?=[\d]*[^\W\d_])[^\W_]+(?:['’´`-][^\W_]+)*)"
)


def tokenize_words(text: str) -> list[str]:
    """Return the words of a comment in lower case.

    Hyphenated words (``e-post``, ``tv-boks``) and words with an apostrophe (``han'n``) stay whole. Numbers,
    marks, emoji and the labels of masked personal data are left out.

    Parameters
    ----------
    text : str
        One comment.

    Returns
    -------
    list of str
        The words in order, repeated ones too.

    Examples
    --------
    >>> tokenize_words("Fikk e-post fra [navn] om 5G: KJEMPEBRA, men eg måtte vente 20 min!")
    ['fikk', 'e-post', 'fra', 'om', '5g', 'kjempebra', 'men', 'eg', 'måtte', 'vente', 'min']
    >>> [word for word in tokenize_words("Hun lyttet ikke") if word not in STOP_WORDS]
    ['lyttet', 'ikke']
    """
    found = (match["word"] for match in _WORD.finditer(unicodedata.normalize("NFC", text)))
    return [word.lower().replace("’", "'").replace("´", "'").replace("`", "'") for word in found if word]
