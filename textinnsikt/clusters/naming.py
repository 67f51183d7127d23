"""Names of clusters: the words and phrases that set them apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import simplemma

from textinnsikt.language import STOP_WORDS, tokenize_words

#: Words that make a phrase but no name alone.
NEGATIONS = frozenset("ikke ikkje aldri ingen inga intet ingenting uten utan nei verken hverken".split())
#: A phrase replaces its word when it is in this share of the word's sentences.
_PHRASE_SHARE = 0.5
#: A word is added to another when it scores at least this share of it, less when they form a phrase.
_SECOND_SHARE, _BESIDE_SHARE = 0.4, 0.2
#: A name is this many times as common in its cluster as in what the cluster is compared with, at least.
_LIFT = 1.5
_STEM = 4


@lru_cache(maxsize=100_000)
def _lemma(word: str) -> str:
    return simplemma.lemmatize(word, lang=("nb", "nn")).lower()


def phrases(text: str) -> dict[str, str]:
    """Return the phrases of one to three words that a sentence has between its stop words.

    Returns
    -------
    dict of str to str
        Base form -> as written here, in lower case. Phrases of negations alone are left out.

    Examples
    --------
    >>> phrases("Lange ventetider på telefonen.")
    {'lang': 'lange', 'ventetid': 'ventetider', 'lang ventetid': 'lange ventetider', 'telefon': 'telefonen'}
    """
    found: dict[str, str] = {}
    lowered = text.lower()
    run: list[str] = []
    for word in tokenize_words(text):
        run = [] if word in STOP_WORDS else [*run, word][-3:]
        for length in range(1, len(run) + 1):
            words = run[-length:]
            phrase = " ".join(words)
            if not NEGATIONS.issuperset(words) and (length == 1 or phrase in lowered):
                found.setdefault(" ".join(_lemma(w) for w in words), phrase)
    return found


def cluster_names(
    texts: Sequence[str], labels: np.ndarray, against: Sequence[np.ndarray], reserved: Sequence[str] = ()
) -> list[str]:
    """Name clusters by class-based TF-IDF (Grootendorst 2022), no two alike.

    Forms of a word are counted together, and the commonest form in the cluster is shown.

    Parameters
    ----------
    texts : sequence of str
        Distinct sentences.
    labels : numpy.ndarray
        Cluster of each sentence, ``0 .. k-1``; ``-1`` is in none.
    against : sequence of numpy.ndarray
        For each cluster, a mask of the sentences it is compared with, itself among them.
    reserved : sequence of str
        Names that must not be used.

    Returns
    -------
    list of str
        One to three words each, as people write them: a phrase, or two words with a comma between.

    Examples
    --------
    >>> texts = ["Lang ventetid.", "Altfor lang ventetid!", "Grei pris.", "Prisen var grei, men kort avtale."]
    >>> cluster_names(texts, np.array([0, 0, 1, 1]), [np.ones(4, bool)] * 2)
    ['lang ventetid', 'grei, pris']
    """
    found = [phrases(text) for text in texts]
    names: list[str] = []
    for cluster, mask in enumerate(against):
        members = np.flatnonzero(labels == cluster).tolist()
        inside = [found[i] for i in members]
        around = Counter(key for i in np.flatnonzero(mask).tolist() for key in found[i])
        scored = _score(Counter(key for one in inside for key in one), around, len(inside), int(mask.sum()))
        own = [texts[i] for i in members]
        shown = (_as_written(_shown(keys, inside), own) for keys in _proposals(scored))
        names.append(_first_free(shown, [*reserved, *names]))
    return names


def _score(inside: Counter[str], around: Counter[str], size: int, total: int) -> dict[str, tuple[float, int]]:
    """Return score and count of the phrases that are more common in the cluster than around it."""
    fewest = 2 if any(count > 1 for count in inside.values()) else 1
    kept = {
        key: (count / size * float(np.log1p(total / around[key])), count)
        for key, count in inside.items()
        if count >= fewest and (size == total or count / size >= _LIFT * around[key] / total)
    }
    return kept or {key: (count / size, count) for key, count in inside.items()}


def _proposals(scored: dict[str, tuple[float, int]]) -> Iterator[tuple[str, ...]]:
    """Yield names as base forms, best first: a phrase, a word and the next, or the word alone."""
    order = sorted(scored, key=lambda key: (-scored[key][0], key))
    words = [key for key in order if " " not in key]
    for place, word in enumerate(words):
        score, count = scored[word]
        longer = [k for k in order if " " in k and word in k.split() and scored[k][1] >= _PHRASE_SHARE * count]
        if longer:
            yield (max(longer, key=lambda k: (scored[k][1], len(k.split()), k)),)
        for other in words[place + 1 : place + 8]:
            share = scored[other][0] / score
            together = [key for key in (f"{other} {word}", f"{word} {other}") if key in scored]
            if together and share >= _BESIDE_SHARE:
                yield (max(together, key=lambda k: (scored[k][1], k)),)
            elif not together and share >= _SECOND_SHARE and not _same_stem(word, other):
                yield word, other
        yield (word,)


def _same_stem(one: str, other: str) -> bool:
    """Whether two words look like relatives or compounds of one another."""
    short, long = sorted((one, other), key=len)
    return one[:_STEM] == other[:_STEM] or (len(short) >= _STEM and short in long)


def _shown(keys: Iterable[str], sentences: Sequence[dict[str, str]]) -> str:
    """Return the commonest written form of each base form, with a comma between."""
    forms = [Counter(sentence[key] for sentence in sentences if key in sentence) for key in keys]
    return ", ".join(max(sorted(form), key=form.__getitem__) for form in forms)


def _first_free(proposals: Iterable[str], taken: Sequence[str]) -> str:
    """Return the first name that is not taken, with a number when all are."""
    used = {name.casefold() for name in taken}
    first = "andre setninger"
    for place, name in enumerate(proposals):
        if name.casefold() not in used:
            return name
        first = name if place == 0 else first
    numbered = (first, *(f"{first} ({number})" for number in range(2, len(used) + 3)))
    return next(name for name in numbered if name.casefold() not in used)


def _as_written(name: str, texts: Sequence[str]) -> str:
    """Give words the capitals that most people write them with inside a sentence."""
    for word in re.findall(r"[^\s,]+", name):
        inside = re.compile(rf"(?<=[a-zæøå,] ){re.escape(word)}(?!\w)", re.IGNORECASE)
        forms = Counter(form for text in texts for form in inside.findall(text))
        if forms:
            usual = max(sorted(forms), key=forms.__getitem__)
            name = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", usual, name)
    return name
