"""Who is called by whom, when and how, and what there is to tell about each contact."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

CLASSES = {
    "Alarmselskap": 6, "Avis": 4, "Bank": 8, "Bilutleie": 5, "Bredbånd": 8, "Energi": 9, "Elektronikk": 7,
    "Forsikring": 9, "Hotell": 5, "Innfordring": 4, "Mat og Drikke på nett": 6, "Medlemsorganisasjon": 6,
    "Mobil": 9, "Netthandel": 9, "Offentlig": 10, "Persontransport": 7, "Streaming": 5,
    "Transport og logistikk": 6, "TV Distribusjon": 4, "Åpen klasse": 5,
}  # fmt: skip
PRODUCTS = {
    "Alarmselskap": ["boligalarm", "røykvarsler"], "Avis": ["abonnement", "levering"],
    "Bank": ["boliglån", "kredittkort", "sparekonto"], "Bilutleie": ["leiebil", "varebil"],
    "Bredbånd": ["fiber", "ruter"], "Energi": ["strømavtale", "faktura"],
    "Elektronikk": ["TV-apparat", "PC", "hvitevare"],
    "Forsikring": ["bilforsikring", "reiseforsikring", "innboforsikring"], "Hotell": ["rom", "konferanse"],
    "Innfordring": ["inkassokrav", "nedbetaling"], "Mat og Drikke på nett": ["matkasse", "dagligvarer"],
    "Medlemsorganisasjon": ["medlemskap", "veihjelp"], "Mobil": ["mobilabonnement", "utenlandsbruk"],
    "Netthandel": ["retur", "levering"], "Offentlig": ["søknad", "pass", "skattekort"],
    "Persontransport": ["togbillett", "flybillett"], "Streaming": ["strømmeabonnement", "innlogging"],
    "Transport og logistikk": ["pakke", "henting"], "TV Distribusjon": ["TV-pakke", "dekoder"],
    "Åpen klasse": ["treningsmedlemskap", "billetter"],
}  # fmt: skip
CHANNELS = {"telefon": 0.56, "e-post": 0.19, "chat": 0.18, "facebook": 0.07}
#: Shoppers per voice: five in bokmål, one nynorsk, one northern, one western.
VOICES = {"b1": 17, "b2": 14, "b3": 14, "b4": 16, "b5": 16, "b6": 10, "b7": 5, "b8": 6}
N_SHOPPERS = sum(VOICES.values())
CONTACTS_PER_CENTRE = 25
ASPECTS = (
    "ventetid", "mottak", "avslutning", "vennlighet", "kunnskap", "pris", "teknikk", "identifisering",
    "tydelighet", "tempo",
)  # fmt: skip

# How often a theme is told of: log odds of praise and of complaint when the quality is average.
_PRAISE = {"lytting": -0.75, "behovskartlegging": -0.95, "løsning": 0.0, "mersalg": -1.75}
_COMPLAINT = {"lytting": -1.65, "behovskartlegging": -1.35, "løsning": -1.15, "mersalg": -1.5}
_ASPECT_RATE = {
    "ventetid": 0.32, "mottak": 0.26, "avslutning": 0.24, "vennlighet": 0.40, "kunnskap": 0.30, "pris": 0.14,
    "teknikk": 0.16, "identifisering": 0.14, "tydelighet": 0.22, "tempo": 0.22,
}  # fmt: skip


@dataclass
class Contact:
    """One contact before anything is written about it."""

    id: str
    centre: str
    klass: str
    channel: str
    product: str
    shopper: int
    day: int
    answered: bool
    gender: str
    facts: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True)
class Design:
    """Contacts and the numbers that belong to centres and shoppers."""

    contacts: list[Contact]
    voices: list[str]
    centres: list[str]
    quality: np.ndarray


def draw_design(rng: np.random.Generator) -> Design:
    """Draw the crossed design: 25 different shoppers at each centre, about 34 contacts a shopper."""
    voices = [voice for voice, n in VOICES.items() for _ in range(n)]
    rng.shuffle(voices)
    centres = [f"{klass} {chr(65 + i)}" for klass, n in CLASSES.items() for i in range(n)]
    quality = rng.normal(size=len(centres))
    listening = 0.6 * quality + 0.8 * rng.normal(size=len(centres))
    talkative = rng.normal(0, 0.35, N_SHOPPERS)
    load = np.zeros(N_SHOPPERS)
    contacts: list[Contact] = []
    for c, centre in enumerate(centres):
        klass = centre.rsplit(" ", 1)[0]
        # Those with the fewest contacts so far go first; the noise keeps the pairs from repeating.
        shoppers = np.argsort(load + rng.uniform(0, 4, N_SHOPPERS))[:CONTACTS_PER_CENTRE]
        load[shoppers] += 1
        silence = np.clip(0.035 * np.exp(0.8 * rng.normal() - 0.4 * quality[c]), 0.0, 0.2)
        for shopper in rng.permutation(shoppers):
            contact = Contact(
                id=f"H{len(contacts) + 1:04d}",
                centre=centre,
                klass=klass,
                channel=str(rng.choice(list(CHANNELS), p=list(CHANNELS.values()))),
                product=str(rng.choice(PRODUCTS[klass])),
                shopper=int(shopper),
                day=int(rng.integers(0, 151)),
                answered=bool(rng.uniform() > silence),
                gender=str(rng.choice(["he", "she"])),
            )
            if contact.answered:
                contact.facts = _draw_facts(rng, listening[c], talkative[shopper])
            contacts.append(contact)
    return Design(contacts, voices, centres, quality)


def _draw_facts(rng: np.random.Generator, centre: float, talkative: float) -> set[tuple[str, str]]:
    """Draw what there is to tell: themes in the order lytting -> behov -> løsning, each leaning on the one before."""
    facts: set[tuple[str, str]] = set()
    mood = 0.0
    for theme in _PRAISE:
        lean = 0.0 if theme == "mersalg" else mood
        quality = 0.4 * centre + 0.4 * lean + 0.9 * rng.normal()
        mood = quality
        praised = rng.uniform() < _logistic(_PRAISE[theme] + talkative + quality)
        blamed = rng.uniform() < _logistic(_COMPLAINT[theme] + talkative - quality)
        if praised and blamed:
            # Mostly one of them is what is remembered.
            value = str(rng.choice(["blandet", "positiv", "negativ"], p=[0.35, 0.35, 0.30]))
            facts.add((theme, value))
        elif praised or blamed:
            facts.add((theme, "positiv" if praised else "negativ"))
    for aspect, rate in _ASPECT_RATE.items():
        if rng.uniform() < rate * np.exp(talkative):
            good = rng.uniform() < _logistic(0.35 + 0.5 * centre)
            facts.add((aspect, "+" if good else "-"))
    return facts


def _logistic(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))
