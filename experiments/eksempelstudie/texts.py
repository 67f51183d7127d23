"""Comments from sentences: each contact's three answers say what there is to tell, once, in one voice."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from design import ASPECTS, Contact, Design
from sentences import THEMES, Sentence

ROLES = ("bra", "bedre", "sum")
MOST_USES = 15
_SIGN = {"positiv": "+", "negativ": "-", "blandet": "b"}
_BOKMAAL = ("b1", "b2", "b3", "b4", "b5")


class Writer:
    """Chooses sentences so that none is worn out and no comment says two different things of one matter."""

    def __init__(self, sentences: list[Sentence], rng: np.random.Generator):
        self.rng = rng
        self.uses: Counter[str] = Counter()
        self.used_by: defaultdict[int, set[str]] = defaultdict(set)
        self.written: set[str] = set()
        self.by_fact: defaultdict[tuple[str, str], list[Sentence]] = defaultdict(list)
        for sentence in sentences:
            for fact in sentence.facts:
                self.by_fact[fact].append(sentence)

    def write(self, contact: Contact, voice: str) -> tuple[list[str | None], list[list[Sentence]]]:
        """Return the three comments (None when empty) and the sentences of each."""
        if not contact.answered:
            return self._write_unanswered(contact, voice)
        told: set[tuple[str, str]] = set()
        chosen: list[list[Sentence]] = [[], [], []]
        facts = sorted(contact.facts)
        self.rng.shuffle(facts)
        for fact in sorted(facts, key=lambda f: f[0] not in THEMES):
            if fact in told:
                continue
            role = self._role(fact, chosen)
            if len(chosen[role]) >= 3 or (fact[0] not in THEMES and len(chosen[role]) >= 2):
                continue
            self._tell(contact, voice, fact, role, told, chosen)
        self._round_off(contact, voice, told, chosen)
        return self._finish(contact, voice, told, chosen)

    def _role(self, fact: tuple[str, str], chosen: list[list[Sentence]]) -> int:
        sign = _SIGN.get(fact[1], fact[1])
        first = {"+": 0, "-": 1, "b": 2, "0": 2}[sign]
        if self.rng.uniform() < 0.25 or len(chosen[first]) >= 3:
            return 2
        return first

    def _candidates(
        self, contact: Contact, voice: str, fact: tuple[str, str], role: int, told: set[tuple[str, str]]
    ) -> list[Sentence]:
        """Return sentences that tell the fact and nothing untrue, in the contact's channel, class and gender."""
        about = {name for name, _ in told}
        found = []
        for s in self.by_fact[fact]:
            fits = (
                (s.voice == voice or (voice in _BOKMAAL and s.voice in _BOKMAAL))
                and self.uses[s.id] < MOST_USES
                and (not s.channels or contact.channel in s.channels)
                and (not s.classes or contact.klass in s.classes)
                and (not s.product or s.product == contact.product)
                and (not s.roles or ROLES[role] in s.roles)
                and (not s.gender or s.gender == contact.gender)
            )
            if not fits or any(name in about for name, _ in s.facts):
                continue
            # Two things at once only when both are to be told.
            if all(other in contact.facts or other == fact for other in s.facts):
                found.append(s)
        return found

    def _tell(
        self, contact: Contact, voice: str, fact: tuple[str, str], role: int, told: set[tuple[str, str]],
        chosen: list[list[Sentence]],
    ) -> None:  # fmt: skip
        """Tell a fact in the comment it belongs to, or in another one where only that has a fitting sentence."""
        for place in dict.fromkeys((role, 2, 1, 0)):
            found = self._candidates(contact, voice, fact, place, told) if len(chosen[place]) < 3 else []
            fresh = [s for s in found if s.id not in self.used_by[contact.shopper]] or found
            if not fresh:
                continue
            own = [s for s in fresh if s.voice == voice]
            if own and self.rng.uniform() < 0.75:
                fresh = own
            pick = self._draw(fresh)
            chosen[place].append(pick)
            told |= pick.facts
            self._note(contact, pick)
            return

    def _draw(self, found: list[Sentence]) -> Sentence:
        """Draw one, little used ones and those that name the class first."""
        weights = np.array([(1 + 1.5 * bool(s.classes)) / (1 + self.uses[s.id]) ** 2 for s in found])
        return found[int(self.rng.choice(len(found), p=weights / weights.sum()))]

    def _note(self, contact: Contact, sentence: Sentence) -> None:
        self.uses[sentence.id] += 1
        self.used_by[contact.shopper].add(sentence.id)

    def _round_off(
        self, contact: Contact, voice: str, told: set[tuple[str, str]], chosen: list[list[Sentence]]
    ) -> None:
        """Add the overall impression: in the summary, and where one of the two questions has no answer."""
        good = sum(v in ("positiv", "+") for _, v in told) - 1.3 * sum(v in ("negativ", "-") for _, v in told)
        mood = "+" if good > 0.5 else "-" if good < -0.5 else "0"
        for role, chance in ((2, 0.55 if chosen[2] else 0.8), (1, 0.5), (0, 0.35)):
            wrong = (role == 0 and mood == "+") or (role == 1 and mood == "-")
            if (role < 2 and chosen[role]) or wrong or self.rng.uniform() > chance or len(chosen[role]) >= 3:
                continue
            found = self._candidates(contact, voice, ("helhet", mood), role, told)
            if role < 2:
                found = [s for s in found if s.roles and s.roles <= {ROLES[role]}]
            found = [s for s in found if s.id not in self.used_by[contact.shopper]]
            if found:
                pick = self._draw(found)
                chosen[role].append(pick)
                told |= pick.facts
                self._note(contact, pick)

    def _finish(
        self, contact: Contact, voice: str, told: set[tuple[str, str]], chosen: list[list[Sentence]]
    ) -> tuple[list[str | None], list[list[Sentence]]]:
        texts: list[str | None] = []
        for role, parts in enumerate(chosen):
            self.rng.shuffle(parts)  # type: ignore[arg-type]
            text = " ".join(s.text for s in parts)
            if text in self.written and len(parts) < 3 and self._say_more(contact, voice, role, told, parts):
                text = " ".join(s.text for s in parts)
            if text in self.written and [s.aspect for s in parts] in ([("helhet", "+")], [("helhet", "-")]):
                parts.clear()  # nobody is asked to say the same nothing twice
                text = ""
            if text:
                self.written.add(text)
            texts.append(text or None)
        return texts, chosen

    def _say_more(
        self, contact: Contact, voice: str, role: int, told: set[tuple[str, str]], parts: list[Sentence]
    ) -> bool:
        """Add one more matter outside the themes, because someone wrote just this before."""
        if any(s.aspect and s.aspect[0] == "helhet" for s in parts) and role < 2:
            return False  # «ingenting å utsette» stands alone
        signs = {0: "+", 1: "-", 2: "+-"}[role]
        about = {name for name, _ in told}
        extra = [
            s
            for aspect in ASPECTS
            for sign in signs
            if aspect not in about
            for s in self._candidates(contact, voice, (aspect, sign), role, told)
            if not s.themes and s.id not in self.used_by[contact.shopper]
        ]
        if not extra:
            return False
        pick = self._draw(extra)
        self._note(contact, pick)
        told |= pick.facts
        parts.append(pick)
        return True

    def _write_unanswered(self, contact: Contact, voice: str) -> tuple[list[str | None], list[list[Sentence]]]:
        chosen: list[list[Sentence]] = [[], [], []]
        role = int(self.rng.choice([1, 2]))
        found = self._candidates(contact, voice, ("ubesvart", "-"), role, set())
        if found:
            pick = min(found, key=lambda s: (s.id in self.used_by[contact.shopper], self.uses[s.id], s.id))
            chosen[role].append(pick)
            self._note(contact, pick)
        return [" ".join(s.text for s in parts) or None for parts in chosen], chosen


def true_values(parts: list[Sentence]) -> dict[str, str]:
    """Return theme -> value of a comment made of these sentences."""
    values = dict.fromkeys(THEMES, "ingen")
    for sentence in parts:
        for theme, value in sentence.themes:
            values[theme] = value if values[theme] in ("ingen", value) else "blandet"
    return values


def write_all(design: Design, sentences: list[Sentence], rng: np.random.Generator) -> list[tuple[list, list]]:
    """Write every contact's comments, in an order that spreads wear evenly."""
    writer = Writer(sentences, rng)
    written: dict[int, tuple[list, list]] = {}
    for place in rng.permutation(len(design.contacts)):
        contact = design.contacts[place]
        written[int(place)] = writer.write(contact, design.voices[contact.shopper])
    return [written[i] for i in range(len(design.contacts))]
