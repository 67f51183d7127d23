"""Names of clusters: the phrases and words that set them apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import simplemma

from textinnsikt.clusters.labels import fitting_labels
from textinnsikt.clusters.topicless import GENERAL_WORDS, names_contact
from textinnsikt.language import STOP_WORDS, tokenize_words

#: A phrase is a name when it is in this share of its cluster's sentences and this share of those with its rarest
#: word, and in so many at least when the cluster is large enough.
_COVER, _SHARE, _FEWEST = 0.02, 0.3, 4
#: Phrases with a telling word weigh more than words with the same score: they say more.
_PHRASE_WEIGHT = 4.0
#: A word is added to another when it scores at least this share of it.
_SECOND_SHARE = 0.3
#: A name is this many times as common in its cluster as in what the cluster is compared with, at least.
_LIFT = 1.5
_STEM = 4
#: Words in a phrase at most.
_LONGEST = 3
#: Words that make a phrase but do not end it.
_UNFINISHED = frozenset("ingen inga intet uten utan verken hverken korkje".split())
#: Words, and single characters that end a phrase.
_PART = re.compile(r"[^\W_]+(?:['’´`-][^\W_]+)*|[^\w\s]")


@lru_cache(maxsize=100_000)
def _lemma(word: str) -> str:
    return simplemma.lemmatize(word, lang=("nb", "nn")).lower()


@lru_cache(maxsize=100_000)
def _general(word: str) -> bool:
    return word in GENERAL_WORDS or _lemma(word) in GENERAL_WORDS


def phrases(text: str) -> dict[str, str]:
    """Return the words of a sentence that can be a name, and its phrases of two or three such words.

    A phrase stands in the sentence as it is, without stop words and the names of channels.

    Returns
    -------
    dict of str to str
        Base form -> as written here, in lower case.

    Examples
    --------
    >>> phrases("Lang ventetid på faktura.")
    {'ventetid': 'ventetid', 'lang ventetid': 'lang ventetid', 'faktura': 'faktura'}
    """
    parts = [part.lower() for part in _PART.findall(unicodedata.normalize("NFC", text))]
    carrying = [_carries(part) for part in parts]
    found: dict[str, str] = {}
    for end, part in enumerate(parts):
        if not carrying[end]:
            continue
        if not _general(part):
            found.setdefault(_lemma(part), part)
        for start in range(end - 1, max(end - _LONGEST, -1), -1):
            words = parts[start : end + 1]
            if not carrying[start]:
                break
            if part not in _UNFINISHED and len(set(words)) == len(words):
                found.setdefault(" ".join(map(_lemma, words)), " ".join(words))
    return found


def _carries(part: str) -> bool:
    """Whether a word can be in a name."""
    words = tokenize_words(part)  # with the apostrophes of the stop words
    return bool(words) and STOP_WORDS.isdisjoint(words) and not names_contact(part)


def cluster_names(
    texts: Sequence[str],
    labels: np.ndarray,
    against: Sequence[np.ndarray],
    reserved: Sequence[str] = (),
    themes: Sequence[str] | None = None,
    fixed: Sequence[str | None] | None = None,
    aspects: Sequence[str] | None = None,
) -> list[str]:
    """Name clusters, no two alike: by a shipped name that fits, else by class-based TF-IDF (Grootendorst 2022).

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
    themes : sequence of str, optional
        Theme of each cluster; without it, shipped names (`fitting_labels`) are not used.
    fixed : sequence of str or None, optional
        Names already given.
    aspects : sequence of str, optional
        Highest scoring aspect of each sentence.

    Returns
    -------
    list of str
        A phrase that people wrote, or one or two typical words; three words at most, and no stop words.

    Examples
    --------
    >>> texts = ["Lang ventetid.", "Altfor lang ventetid!", "Dyr faktura.", "Fakturaen var dyr, men avtalen grei."]
    >>> cluster_names(texts, np.array([0, 0, 1, 1]), [np.ones(4, bool)] * 2)
    ['lang ventetid', 'dyr, faktura']
    """
    fixed = list(fixed) if fixed is not None else [None] * len(against)
    given = fitting_labels(texts, labels, against, themes, aspects) if themes is not None else fixed
    given = [one or other for one, other in zip(fixed, given, strict=True)]
    found = [phrases(text) for text in texts]
    names: list[str] = []
    for cluster, mask in enumerate(against):
        name = given[cluster]
        if name is not None and name not in names:
            names.append(name)
            continue
        members = np.flatnonzero(labels == cluster).tolist()
        inside = [found[i] for i in members]
        around = Counter(key for i in np.flatnonzero(mask).tolist() for key in found[i])
        scored = _score(Counter(key for one in inside for key in one), around, len(inside), int(mask.sum()))
        own = [texts[i] for i in members]
        shown = (_as_written(_shown(keys, inside), own) for keys in _proposals(scored, len(inside)))
        names.append(_first_free(shown, [*reserved, *names, *(name for name in given if name)]))
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


def _proposals(scored: dict[str, tuple[float, int]], size: int) -> Iterator[tuple[str, ...]]:
    """Yield names as base forms, best first: phrases and pairs of words by score, then words alone."""
    words = sorted((key for key in scored if " " not in key), key=lambda key: (-scored[key][0], key))
    fewest = max(min(_FEWEST, size // 10), 1)
    ranked: list[tuple[float, tuple[str, ...]]] = []
    for key, (score, count) in scored.items():
        rarest = min((scored[word][1] for word in key.split() if word in scored), default=count)
        if " " in key and count >= max(fewest, _COVER * size, _SHARE * rarest):
            telling = any(word in scored for word in key.split())
            ranked.append((score * len(key.split()) / 2 * (_PHRASE_WEIGHT if telling else 1.0), (key,)))
    for place, word in enumerate(words[:8]):
        for other in words[place + 1 : place + 8]:
            if scored[other][0] >= _SECOND_SHARE * scored[word][0] and not _same_stem(word, other):
                ranked.append((scored[word][0] + scored[other][0], (word, other)))
    yield from (keys for _, keys in sorted(ranked, key=lambda one: (-round(one[0], 9), one[1])))
    yield from ((word,) for word in words)


def _same_stem(one: str, other: str) -> bool:
    """Whether two words look like relatives or compounds of one another."""
    short, long = sorted((one, other), key=len)
    return one[:_STEM] == other[:_STEM] or (len(short) >= _STEM and short in long)


def _shown(keys: Iterable[str], sentences: Sequence[dict[str, str]]) -> str:
    """Return the commonest written form of each base form, with a comma between: ``og`` is a stop word."""
    forms = [Counter(sentence[key] for sentence in sentences if key in sentence) for key in keys]
    return ", ".join(max(sorted(form), key=form.__getitem__) for form in forms)


def _first_free(proposals: Iterable[str], taken: Sequence[str]) -> str:
    """Return the first name that is not taken, with a number when all are."""
    used = {name.casefold() for name in taken}
    first = "øvrige setninger"
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
