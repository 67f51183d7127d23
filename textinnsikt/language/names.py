"""Names of persons in Norwegian text, found by lists, dictionaries and the shape of the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from textinnsikt.language.languages import neighbour_language
from textinnsikt.language.lexicon import FARM, dictionary, is_compound, is_word, word_list
from textinnsikt.language.patterns import Span
from textinnsikt.language.tokens import Phrases, Token, tokenize
from textinnsikt.language.words import STOP_WORDS

LABEL = "[navn]"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Verbs that say what a person does: a doubtful word before one of them is a name.
_DOES = _words(
    """
    skriver skrev forteller fortalte beskriver beskrev skildrer skildret viser viste lar lot klarer klarte makter
    maktet bruker brukte sier sa sa svarer svarte svarar svara hjelper hjalp ringer ringte ringde spør spurte spurde
    tar tok gir ga gav får fikk fekk lyttet lytter forklarte forklarer tilbød anbefalte ordnet fikset løste sendte
    lovet lovte lova virket virka hørtes høyrdest avsluttet presenterte takket foreslo fant finner møter møtte
    leverer leverte lykkes lyktes mener meinte mente debuterer debuterte følger fulgte kjenner kjente vet visste vil
    ville kan kunne skal skulle må måtte prøver prøvde begynner begynte blir ble vart blei holder holdt går gikk
    gjekk kommer kom står sto stod ser så tenker tenkte tror trodde lever levde bor bodde dør døde elsker elsket
    leser leste synes syntes ønsker ønsket håper håpet serverer gjør gjorde har hadde er var heter het smilte lo
    skjønte skjønner forstod forsto forstår snakket snakker satte setter la legger hentet henter sjekket sjekker
    undersøker undersøkte etterforsker jakter reiser reiste drar dro vokser vokste vender vendte skaper skapte
    """
)
_SPEAKS = _words(
    """
    skriver skrev forteller fortalte skildrer skildret beskriver beskrev debuterer debuterte sa svarte mener mente
    hjalp ringte spurte lyttet smilte lo forklarte behersker dikter diktet
    """
)
_IS = _words("er var har hadde blir ble vart blei kan kunne skal skulle må måtte vil ville får går kommer kom så la ser")
#: Words that bring a name with them, whatever case it is written in.
_NAMING = _words("heter heiter hette hetende het heitte navn namn navnet namnet mvh vh hilsen hilsning hilsing")
_MEETING = _words(
    """
    med av til frå fra hos han hun ho hu hanj hainn kundebehandler kundebehandleren rådgiver rådgiveren selger
    selgeren konsulent konsulenten saksbehandler saksbehandleren medarbeider medarbeideren damen dama mannen fyren
    herr fru frøken hei hallo takk kollega kollegaen både og kalte kalles
    """
)
_TITLES = _words(
    """
    herr hr fru fr frk frøken frue dr doktor prof professor kong konge kongen dronning dronningen prins prinsen
    prinsesse prinsessen kronprins kronprinsesse keiser keiserinne president statsminister minister general kaptein
    major oberst løytnant sersjant kommissær inspektør etterforsker politimester lensmann advokat dommer biskop pave
    sir lord lady mr mrs ms miss madame monsieur mister don onkel tante bestemor bestefar mormor morfar farmor farfar
    pastor pater prest søster bror profeten journalist forfatter forfatteren kunstner professoren sankt st saint
    """
)
_PLACE_BEFORE = _words("i på fra frå til ved mot nær over gjennom utenfor rundt via mellom for innen inn")
_NOUN_BEFORE = _words(
    "en et ei ein eit den det denne dette god godt fin fint hver hele heile min din sin mi di si mitt ditt sitt"
)
_MONTHS = _words("januar februar mars april mai juni juli august september oktober november desember")
_PARTICLES = _words("von van de der den af av da di del della dei du la le el al bin ibn ben ter ten zu zum dos das y")
_SURE_PARTICLES = _words("von van af della bin ibn al el zu mac st")
_DRAWN_OUT = re.compile(r"(\w)\1+")
_NAME_HEADS = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|Lo|Van|Von|Fitz|O['’]|D['’]|L['’]|St)[A-ZÆØÅ]")
#: Endings of common nouns that the dictionaries do not stop at, and of institutions, laws, places and events.
_NOUN_ENDS = tuple(
    "ing inga ingen ingane inger het heten heter else elsen sjon sjonen skap skapet ene ane isme ismen isk ende lig "
    "ert erne tet teten".split()
)
_THING_ENDS = tuple(
    """
    prisen boka boken bøkene forlaget banken laget rådet tinget partiet huset senteret serien krigen riket tiden avisa
    avisen skolen museet teatret teateret kirken kirka festivalen foreningen forbund forbundet politiet ulykken
    ulykka stipendet kanten banen bevegelsen loven gata gaten veien vegen plassen torget broen brua fjorden fjellet
    vannet vatnet kommune kommunen sykehuset hotellet klubben gruppen gruppa ligaen instituttet universitetet
    direktoratet departementet etaten verket tilsynet kontoret fondet stiftelsen akademiet syndromet effekten koden
    planen avtalen systemet modellen metoden prosjektet saken aksjonen komiteen kommisjonen rapporten traktaten
    erklæringen trilogien romanen filmen ordenen regjeringen monarkiet revolusjonen epoken prisvinner prisvinneren
    """.split()
)
#: Words after which a capitalised word before them is an institution's or a street's name.
_INSTITUTIONS = _words(
    """
    college university institute press books records forlag hotell hotel senter stadion arena museum kirke skole
    gymnas sykehus universitet kommune fylke street avenue road square productions band festival prize award bank
    sparebank forsikring energi kraft strøm mobil hospital airport orchestra akademi teater teatret as asa
    """
)


@lru_cache(maxsize=1)
def _entities() -> Phrases:
    return Phrases(word_list("stedsnavn.txt") | word_list("merkenavn.txt"))


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return given names, surnames and those of them that are ordinary words too, in lower case."""
    given, family = (frozenset(name.lower() for name in word_list(f"{kind}.txt")) for kind in ("fornavn", "etternavn"))
    return given, family, word_list("tvetydige.txt")


def _is_given(token: Token) -> bool:
    given = _lists()[0]
    return token.low in given or token.base in given or any(part in given for part in token.low.split("-")[:-1])


def _is_listed(token: Token) -> bool:
    given, family, _ = _lists()
    forms = {token.low, token.base, *token.base.split("-")} if "-" in token.text else {token.low, token.base}
    return any(form in given or form in family for form in forms)


def _is_doubtful(token: Token) -> bool:
    """A listed name that is an everyday word too (Per, Vår, Stein, Berg)."""
    given, family, doubtful = _lists()
    if token.low in given or token.low in family:
        return token.low in doubtful
    return token.base in doubtful or is_word(token.low)


@lru_cache(maxsize=100_000)
def _misspelt(word: str, wide: bool) -> bool:
    """Say whether a word is an everyday one with a letter too many, too few, wrong, swapped or drawn out.

    ``wide`` also tries the dictionaries, for letters too many, swapped or not doubled.
    """
    common = word_list("vanlige.txt")
    squeezed = _DRAWN_OUT.sub(r"\1", word)
    if squeezed != word and (squeezed in common or is_word(squeezed)):
        return True
    if len(word) < 5:
        return False
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    near |= {a + b[0] + b for a, b in cuts if b}
    if wide and len(word) > 6 and any(is_word(other) for other in near):
        return True
    near |= {a + c + rest for a, b in cuts for c in "abcdefghijklmnopqrstuvwxyzæøå" for rest in (b, b[1:])}
    return not near.isdisjoint(common)


@lru_cache(maxsize=100_000)
def _is_common(word: str) -> bool:
    """Say whether a word is an everyday one, an inflected form or a compound of Norwegian words."""
    common = word_list("vanlige.txt")
    if word in STOP_WORDS or word in common or word.removesuffix("s") in common:
        return True
    base = word.removesuffix("s")
    if is_word(word):
        lemmas = {dictionary(code).get(word, "") for code in ("nb", "nn")}
        return bool(lemmas & common) or len(base) > 9 or (len(word) > 6 and base.endswith(_NOUN_ENDS))
    if base.endswith(_THING_ENDS):
        return True
    return is_compound(word) and word.endswith(("en", "et", "ene", "er", "ing", "te", "ende", "lig", "bra"))


class _Comment:
    """The tokens of one comment, and which of them are (parts of) names."""

    def __init__(self, text: str, keep: Phrases) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.names = {i for i, token in enumerate(self.tokens) if token.text == LABEL}
        self.titles = self._titles()
        self.kept: set[int] = set()
        self.single: set[int] = set()
        self._protect(keep)
        everyday = [t for t in self.tokens if t.text[0].isalpha() and not t.opens and _is_common(t.low)]
        capitals = sum(token.capital and not _is_listed(token) for token in everyday)
        self.sloppy = capitals > 2 and capitals > 0.5 * len(everyday)
        self._foreign: str | None = None

    @property
    def foreign(self) -> str:
        """The other language the comment is written in, ``""`` for Norwegian or unsure."""
        if self._foreign is None:
            self._foreign = neighbour_language(self.text) or ""
        return self._foreign

    def _protect(self, keep: Phrases) -> None:
        """Mark places, companies and what the caller keeps."""
        place = 0
        while place < len(self.tokens):
            token = self.tokens[place]
            length = keep.length_at(self.tokens, place)
            if length:
                self.kept.update(range(place, place + length))
            elif token.capital:
                length = _entities().length_at(self.tokens, place)
                length = length or int("-" in token.text and _entities().has(token.base.split("-")[-1]))
                if length > 1 or (length and not self._is_person_too(place)):
                    self.kept.update(range(place, place + length))
                    if length == 1:
                        self.single.add(place)
            place += max(1, length)

    def _is_person_too(self, place: int) -> bool:
        """Whether a place or company of one word is a person here: a listed name, or one who writes and says."""
        token, after = self.tokens[place], self._after(place)
        genitive = token.low != token.base and token.base in _lists()[1]
        if self._before(place) in _PLACE_BEFORE:
            return genitive and after is not None and not after.capital
        given, family, _ = _lists()
        exact = token.low if _entities().has(token.low) else token.base
        return exact in given or exact in family or (after is not None and after.low in _SPEAKS)

    def _titles(self) -> set[int]:
        """Return the tokens inside quotes that hold a title: short, and no sentence of its own."""
        inside: set[int] = set()
        opened = -1
        for i, token in enumerate(self.tokens):
            if opened < 0 and token.text in "«“”\"„":
                opened = i
            elif opened >= 0 and token.text in "»”“\"":
                words = self.tokens[opened + 1 : i]
                letters = [word for word in words if word.text[0].isalpha()]
                if 0 < len(letters) <= 9 and letters[0].capital and not any(word.text in ".!?" for word in words[:-1]):
                    inside.update(range(opened + 1, i))
                opened = -1
        return inside

    def _before(self, place: int) -> str:
        return self.tokens[place - 1].low if place and self.tokens[place].near else ""

    def _after(self, place: int) -> Token | None:
        """Return the next token when only a space stands between."""
        following = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        return following if following is not None and following.near and following.start > self.tokens[place].end - 1 else None

    def _knows(self, token: Token) -> bool:
        """Whether a dictionary has the word: Norwegian, or the language the comment is written in."""
        genitive = token.low != token.base and not is_word(token.low)
        if is_word(token.low) or (is_compound(token.low) and (not genitive or token.base.endswith(("n", "t", "e", "a")))):
            return True
        return bool(self.foreign) and dictionary(self.foreign).get(token.low) is not None

    def _is_candidate(self, place: int) -> bool:
        token = self.tokens[place]
        if not token.capital or token.initials or place in self.kept or place in self.titles:
            return False
        if any(letter.isdigit() for letter in token.text) or token.low in STOP_WORDS and not _is_listed(token):
            return False
        camel = re.search(r"[a-zæøå][A-ZÆØÅ]", token.text) and not _NAME_HEADS.match(token.text)
        return not camel

    def _is_name_like(self, token: Token | None, place: int) -> bool:
        """Whether the next word can be the rest of a name that a doubtful word began."""
        if token is None or not token.capital or place in self.kept or token.low in STOP_WORDS:
            return False
        return token.initials or _is_listed(token) or not _is_common(token.low)

    def _doubtful_is_name(self, place: int) -> bool:
        """Decide on Per, Vår, Stein and the like."""
        token, before, after = self.tokens[place], self._before(place), self._after(place)
        if self._is_name_like(after, place + 1) or before in _TITLES or before in _NAMING:
            return True
        if token.low in _MONTHS and (before in _PLACE_BEFORE or before[:1].isdigit() or before in (".", "")):
            return False
        if token.opens or self.sloppy:
            verb = after.low if after else ""
            return verb in _DOES and (verb not in _IS or _is_given(token) and token.low not in _MONTHS | {"vår", "dag", "liv"})
        return before not in _NOUN_BEFORE

    def _is_name(self, place: int) -> bool:
        """Decide on one capitalised word by itself and its neighbours."""
        token = self.tokens[place]
        if _is_listed(token):
            if token.shouted and (len(token.text) < 4 or _is_doubtful(token)):
                after = self._after(place)
                return after is not None and after.shouted and _is_listed(after)
            return self._doubtful_is_name(place) if _is_doubtful(token) else True
        if self._before(place) in ("von", "van") and not token.opens:
            return True
        if token.shouted or self.sloppy or _is_common(token.low):
            return False
        if (after := self._after(place)) is not None and after.low in _INSTITUTIONS:
            return False
        if not token.opens:
            return not (self.foreign and self._knows(token))
        if self._knows(token):
            return False
        after = self._after(place)
        if self._is_name_like(after, place + 1) or (after and after.low in _DOES - _IS):
            return True
        if self.text[token.end : token.end + 1] == "-" and dictionary("en").get(token.low) is not None:
            return False
        return not _misspelt(token.low, not (after and after.low in _IS) and not token.low.endswith(FARM))

    def _grow_right(self, place: int) -> None:
        """Let a name take what follows it: surnames, initials, numerals, von and de la."""
        given = _is_given(self.tokens[place]) or self.tokens[place].initials
        while (after := self._after(place)) is not None:
            place += 1
            if place in self.names:
                continue
            if after.low in _PARTICLES and (further := self._after(place)) and (further.capital or further.low in _PARTICLES):
                self.names.add(place)
                continue
            taken = after.capital and (place not in self.kept or (given and place in self.single))
            everyday = after.low in STOP_WORDS or after.low in _DOES
            everyday = everyday or (not given and after.low in word_list("vanlige.txt") and not _is_listed(after))
            if not taken or everyday or self.sloppy and _is_common(after.low):
                if not re.fullmatch(r"[IVX]+|Jr|Sr", after.text):
                    self.names.discard(place - 1) if self.tokens[place - 1].low in _PARTICLES - _SURE_PARTICLES else None
                    return
            if len(after.text) == 1 and after.text not in "IVX" and not self._is_name_like(self._after(place), place + 1):
                return
            self.names.add(place)

    def _grow_left(self, place: int) -> None:
        """Let a name take what stands before it: initials, von, and capitalised words inside a sentence."""
        while place and self.tokens[place].near:
            place -= 1
            token = self.tokens[place]
            if place in self.names or place in self.kept or place in self.titles:
                return
            lone = len(token.text) == 1 and (token.opens or token.text in "IÅÆØ")
            if lone:
                return
            if token.initials or token.low in _SURE_PARTICLES or (token.shouted and len(token.text) == 2):
                self.names.add(place)
            elif token.capital and token.low in _PARTICLES and not token.opens:
                self.names.add(place)
            elif token.capital and not token.shouted and token.low not in _TITLES and self._may_precede(token):
                self.names.add(place)
            else:
                return

    def _may_precede(self, token: Token) -> bool:
        """Whether a capitalised word can be the first part of the name after it."""
        return _is_given(token) and token.low not in STOP_WORDS if token.opens else not _is_common(token.low)

    def _recall(self) -> None:
        """Mask elsewhere in the comment what was a name once, at the start of a sentence and in titles too."""
        known = {form for i in self.names for form in (self.tokens[i].low, self.tokens[i].base)}
        known = {w for w in known if len(w) > 2 and not (w in STOP_WORDS or w in _PARTICLES or w in word_list("vanlige.txt"))}
        for i, token in enumerate(self.tokens):
            kept = i in self.kept and (i not in self.single or self._before(i) in _PLACE_BEFORE)
            if token.capital and not kept and (token.low in known or token.base in known):
                self.names.add(i)

    def _names_in_titles(self) -> None:
        """Inside quotes only listed names count, and what follows a given name."""
        for i in sorted(self.titles - self.kept):
            token, after = self.tokens[i], self._after(i)
            if not token.capital or token.shouted or not _is_listed(token) or token.low in STOP_WORDS:
                continue
            alone = i - 1 not in self.titles and i + 1 not in self.titles
            full = after is not None and i + 1 in self.titles - self.kept and self._is_name_like(after, i + 1)
            if not _is_doubtful(token) or (alone and _is_given(token)) or (full and after and _is_listed(after)):
                self.names.add(i)
                if full and _is_given(token):
                    self.names.add(i + 1)

    def _lower_case_names(self) -> None:
        """Find names written without a capital: after ``heter``, ``snakket med`` and the like."""
        given, family, doubtful = _lists()
        for i, token in enumerate(self.tokens):
            if not token.text[0].islower() or i in self.kept:
                continue
            form = token.low if token.low in given else token.base
            if form not in given or token.low in STOP_WORDS:
                continue
            before = self._before(i)
            naming = before in _NAMING or (before in ("er", "var", "med", ":") and i > 1 and self.tokens[i - 2].low in _NAMING)
            common = form in doubtful or _is_common(token.low)
            after = self._after(i)
            does = after is not None and after.low in _DOES
            sure = form in word_list("sikre.txt")
            strange = not is_word(token.low) and not self.foreign and dictionary("en").get(form) is None
            odd = strange and (sure or len(form) > 4)
            met = (before in _MEETING or does) and (sure or not is_word(token.low))
            if naming or (not common and (odd or met)):
                self.names.add(i)
                if after is not None and (after.low in family or after.base in family) and not _is_common(after.low):
                    self.names.add(i + 1)

    def find(self) -> Iterator[Span]:
        """Yield the stretches that are names, neighbours taken together."""
        found = [i for i in range(len(self.tokens)) if self._is_candidate(i) and self._is_name(i)]
        self.names.update(found)
        self._lower_case_names()
        for place in found:
            self._grow_right(place)
        for place in sorted(self.names):
            self._grow_left(place)
        self._names_in_titles()
        self._recall()
        start = -1
        for i in sorted(self.names):
            if start < 0 or not (i - 1 in self.names and self.tokens[i].near):
                if start >= 0:
                    yield Span(self.tokens[start].start, self._end(last), LABEL)
                start = i
            last = i
        if start >= 0:
            yield Span(self.tokens[start].start, self._end(last), LABEL)

    def _end(self, place: int) -> int:
        token = self.tokens[place]
        return token.start + len(token.text.rstrip(" "))


def find_names(text: str, keep: Phrases | Iterable[str] = ()) -> list[Span]:
    """Find the names of persons in a comment.

    Parameters
    ----------
    text : str
        One comment.
    keep : Phrases or iterable of str
        Names that are no persons' (centres, classes).

    Returns
    -------
    list of Span
        In order of position; a name of several words is one span.

    Examples
    --------
    >>> text = "Snakket med Kari Nordmann i Oslo. Liv svarte, og Telenor ordnet det."
    >>> [text[start:end] for start, end, label in find_names(text)]
    ['Kari Nordmann', 'Liv']
    """
    return list(_Comment(text, keep if isinstance(keep, Phrases) else Phrases(keep)).find())
