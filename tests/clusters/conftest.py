"""A small tagged study of natural sentences whose groups are known, and an encoder without a model."""

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import HashingVectorizer

from textinnsikt.study import TaggedStudy

#: Sentences about four things outside the themes, twelve of each.
TOPICS = {
    "kø": [
        "Satt i kø i tjue minutter før noen tok telefonen.",
        "Køen var lang, jeg ventet i førti minutter.",
        "Nummer sytten i køen og en halvtime å vente.",
        "Ventet i kø i over en halvtime.",
        "Lang kø i telefonen denne formiddagen.",
        "Det tok femten minutter i kø før jeg slapp fram.",
        "Køen gikk fort, bare to minutter å vente.",
        "Ingen kø, jeg ventet ikke ett minutt.",
        "Ventemusikk og kø i tolv minutter.",
        "Måtte vente i kø i ti minutter.",
        "Kort kø, tre minutter ventet jeg.",
        "Køen sto stille i nesten en time.",
    ],
    "pris": [
        "Prisen var høyere enn hos konkurrenten.",
        "Synes prisen på abonnementet er dyr.",
        "Dyr månedspris, men det er prisen overalt.",
        "Billig var det ikke, men prisen er grei.",
        "Prisen var lavere enn jeg hadde trodd.",
        "En dyr pris for et lite abonnement.",
        "Prisen ligger midt på treet.",
        "Prisene er de samme som i fjor.",
        "Grei pris sammenlignet med andre.",
        "Månedsprisen er for dyr for meg.",
        "Fin pris på det minste abonnementet.",
        "Prisen på abonnementet var helt ok.",
    ],
    "lyd": [
        "Lyden på linja var dårlig og skurret.",
        "Linja skurret så jeg knapt hørte noe.",
        "Dårlig lyd, det skurret og knitret.",
        "Klar og fin lyd på linja.",
        "Linja falt ut to ganger, og lyden hakket.",
        "Lyden hakket gjennom hele samtalen.",
        "Mye støy på linja og dårlig lyd.",
        "Det var ekko på linja.",
        "Lyden var klar som en bjelle.",
        "Skurrete lyd og brudd på linja.",
        "Støy i bakgrunnen og lav lyd.",
        "God lyd uten støy på linja.",
    ],
    "hilsen": [
        "Ble møtt med et hyggelig hei og fornavn.",
        "Hun presenterte seg med navn og ønsket velkommen.",
        "Hyggelig velkomst med navn og firma.",
        "Han sa ikke navnet sitt da han svarte.",
        "Presenterte seg med fullt navn og avdeling.",
        "En varm velkomst, navn og et smil.",
        "Svarte bare «ja» uten å si navn.",
        "Hei og velkommen, sa hun med et smil.",
        "Fornavn og firma ble sagt tydelig i starten.",
        "Hyggelig hei, og navnet kom først.",
        "Ønsket meg velkommen og presenterte seg.",
        "Ikke noe navn, bare et kort hei.",
    ],
}
LISTENING = [
    "Hun lot meg snakke helt ferdig.",
    "Han avbrøt meg midt i setningen.",
    "Gjentok det jeg sa med egne ord.",
    "Jeg måtte si det samme tre ganger.",
]


class LetterEncoder:
    """Hashed letter groups: no model, no training, the same everywhere."""

    def encode(self, texts: list[str]) -> np.ndarray:
        vectorizer = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 4), n_features=256)
        return vectorizer.transform([text.lower() for text in texts]).toarray().astype(np.float32)


@pytest.fixture(scope="session")
def encoder():
    return LetterEncoder()


@pytest.fixture(scope="session")
def topics():
    """Sentence -> what it is about."""
    return {sentence: topic for topic, sentences in TOPICS.items() for sentence in sentences}


@pytest.fixture(scope="session")
def tagged():
    """Two comments a contact: two sentences outside the themes each, and sometimes one of listening."""
    random = np.random.default_rng(4)
    every = [sentence for sentences in TOPICS.values() for sentence in sentences]
    rows = []
    for contact in range(72):
        for number in (1, 2, 3):
            heard = None
            if number == 3:
                text = None
            else:
                parts = [every[(2 * contact + number - 1) % 48], every[random.integers(48)]]
                if contact % 3 == 0 and number == 1:
                    heard = LISTENING[contact // 3 % 4]
                    parts.insert(1, heard)
                text = " ".join(dict.fromkeys(parts))
            value = None if text is None else "positiv" if heard else "ingen"
            rows.append((f"h{contact:03}", number, text, value, heard, "ingen" if text else None, None))
    columns = ["henvendelse", "kommentar_nr", "tekst", "lytting", "lytting_setning", "mersalg", "mersalg_setning"]
    comments = pd.DataFrame(rows, columns=columns)
    return TaggedStudy(comments, ("lytting", "mersalg"), source="studie.csv", sha256="abc")
