"""A small study written by hand, tagged without a model, for the tests of the insight stage."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from textinnsikt.insight import Insight
from textinnsikt.study import MENTIONS, TaggedStudy

THEMES = ("lytting", "behovskartlegging", "løsning", "mersalg")
#: Sentences: text, {theme: value}, topic.
SENTENCES = [
    ("Hun lot meg forklare ferdig før hun svarte.", {"lytting": "positiv"}, "fikk forklare ferdig"),
    (
        "Han gjentok det jeg hadde sagt, så jeg var trygg på at han hadde forstått.",
        {"lytting": "positiv"},
        "fikk forklare ferdig",
    ),
    ("Jeg følte meg virkelig hørt.", {"lytting": "positiv"}, "fikk forklare ferdig"),
    (
        "Vedkommende oppsummerte saken min på en fin måte til slutt.",
        {"lytting": "positiv"},
        "fikk forklare ferdig",
    ),
    ("Ble avbrutt midt i setningen to ganger.", {"lytting": "negativ"}, "ble avbrutt"),
    ("Måtte gjenta ordrenummeret og hele historien tre ganger.", {"lytting": "negativ"}, "ble avbrutt"),
    ("Virket som hun satt og gjorde noe annet mens jeg snakket.", {"lytting": "negativ"}, "ble avbrutt"),
    (
        "Svarte på noe helt annet enn det jeg spurte om.",
        {"lytting": "negativ", "løsning": "negativ"},
        "fikk ikke svar",
    ),
    (
        "Han spurte hvor mange vi er i husstanden og hva vi bruker nettet til.",
        {"behovskartlegging": "positiv"},
        "gode spørsmål",
    ),
    (
        "Gode oppfølgingsspørsmål om hva jeg allerede hadde prøvd.",
        {"behovskartlegging": "positiv"},
        "gode spørsmål",
    ),
    (
        "Ville vite hva slags budsjett jeg hadde før hun kom med forslag.",
        {"behovskartlegging": "positiv"},
        "gode spørsmål",
    ),
    ("Gikk rett på pris uten å spørre om noe som helst.", {"behovskartlegging": "negativ"}, "ingen spørsmål"),
    ("Kunne gjerne spurt litt mer om hva jeg trenger.", {"behovskartlegging": "negativ"}, "ingen spørsmål"),
    (
        "Det kom ingen spørsmål om hvordan jeg bruker bilen til daglig.",
        {"behovskartlegging": "negativ"},
        "ingen spørsmål",
    ),
    ("Stilte noen spørsmål, men kunne gått dypere.", {"behovskartlegging": "blandet"}, "ingen spørsmål"),
    ("Fikk to gode alternativer å velge mellom.", {"løsning": "positiv"}, "ordnet saken"),
    ("Hun ordnet det mens jeg ventet.", {"løsning": "positiv"}, "ordnet saken"),
    (
        "Anbefalte et abonnement som faktisk er billigere enn det jeg har.",
        {"løsning": "positiv"},
        "ordnet saken",
    ),
    ("Han fant feilen på fakturaen og rettet den med en gang.", {"løsning": "positiv"}, "ordnet saken"),
    ("Fikk ikke svar på det jeg lurte på.", {"løsning": "negativ"}, "fikk ikke svar"),
    ("Ble bare vist til nettsiden, som jeg allerede hadde lest.", {"løsning": "negativ"}, "fikk ikke svar"),
    ("Satt over for fjerde gang uten at noen kunne hjelpe.", {"løsning": "negativ"}, "fikk ikke svar"),
    ("Halve svaret var greit, resten måtte jeg finne ut av selv.", {"løsning": "blandet"}, "fikk ikke svar"),
    ("Tipset om familierabatt, som jeg ikke visste om.", {"mersalg": "positiv"}, "tips om rabatt"),
    ("Fortalte også om medlemsfordelene uten å mase.", {"mersalg": "positiv"}, "tips om rabatt"),
    ("Prøvde å prakke på meg en forsikring jeg hadde sagt nei til.", {"mersalg": "negativ"}, "pågående salg"),
    (
        "Ikke antydning til salg, selv om jeg åpenbart var interessert.",
        {"mersalg": "negativ"},
        "pågående salg",
    ),
    ("Ventet i 14 minutter før noen tok telefonen.", {}, "lang ventetid"),
    ("Ventetiden var på under ett minutt, det var imponerende.", {}, "lang ventetid"),
    ("Lang kø, og ingen beskjed om hvor lenge jeg måtte vente.", {}, "lang ventetid"),
    ("Svaret på e-posten kom først etter fire dager.", {}, "lang ventetid"),
    ("Blid og imøtekommende helt fra starten.", {}, "hyggelig mottakelse"),
    ("Presenterte seg med navn og ønsket meg velkommen.", {}, "hyggelig mottakelse"),
    ("Hyggelig tone hele veien 😊", {}, "hyggelig mottakelse"),
    ("Avsluttet samtalen brått uten å si ha det.", {}, "avslutning"),
    ("Ønsket meg en fin dag og takket for praten.", {}, "avslutning"),
    ("Det skurret på linja, så det var vanskelig å høre hva hun sa.", {}, "dårlig lyd"),
    ("Lyden falt ut flere ganger underveis.", {}, "dårlig lyd"),
    ("Snakket med [navn], som virket kunnskapsrik.", {}, "hyggelig mottakelse"),
    ("Prisen var omtrent som hos de andre.", {}, "pris"),
]
CENTRES = {
    "Bank": ["Fjordbanken", "Sparebanken Nordlys", "Bryggen Bank", "Innlandsbanken"],
    "Bredbånd": ["Lynnett", "Kystfiber", "Dalen Bredbånd"],
    "Forsikring": ["Trygg & Tett", "Havly Forsikring", "Solid Forsikring"],
    "Netthandel": ["Sportshuset", "Bokskapet", "Hjem og Hage på nett"],
    "Transport og logistikk": ["Pakkebudet", "Fraktlinjen"],
    "Avis": ["Morgenposten"],
}
CHANNELS = ["telefon", "telefon", "e-post", "chat"]
POINTS = {
    ("lytting", "positiv"): 9,
    ("lytting", "negativ"): -9,
    ("løsning", "positiv"): 7,
    ("løsning", "negativ"): -12,
}
POINTS |= {("behovskartlegging", "positiv"): 4, ("behovskartlegging", "negativ"): -3}


def build_tagged(n: int = 160, seed: int = 1) -> TaggedStudy:
    """Draw a study of about `n` contacts from the sentences; one centre and one class stay small."""
    rng = np.random.default_rng(seed)
    places = [(kind, centre) for kind, centres in CENTRES.items() for centre in centres]
    weights = np.array([0.15 if centre in ("Fraktlinjen", "Morgenposten") else 1.0 for _, centre in places])
    picks = rng.choice(len(places), n, p=weights / weights.sum())
    rows = []
    for contact, pick in enumerate(picks):
        kind, centre = places[pick]
        channel = CHANNELS[rng.integers(4)]
        day = pd.Timestamp("2020-12-01") + pd.Timedelta(int(rng.integers(0, 140)), "D")
        parts = _comments(rng, contact)
        found = [(t, v) for _, tags, _ in (s for p in parts for s in p) for t, v in tags.items()]
        mentions = {(t, m) for t, v in found for m in MENTIONS if v in (m, "blandet")}
        bonus = 4 if channel == "telefon" and ("lytting", "positiv") in mentions else 0
        score = 68 + bonus + sum(POINTS.get(m, 0) for m in mentions) + rng.normal(0, 9)
        unanswered = contact % 41 == 7
        for place, part in enumerate(parts, start=1):
            rows.append(
                {
                    "henvendelse": f"h{contact:04}",
                    "kommentar_nr": place,
                    "kundesenter": centre,
                    "klasse": kind,
                    "kanal": channel,
                    "shopper": f"s{(contact * 7) % 37:03}",
                    "dato": day.strftime("%Y-%m-%d"),
                    "besvart": "nei" if unanswered else "ja",
                    "totalscore": 0.0 if unanswered else float(np.clip(np.round(score, 1), 0, 100)),
                    "sp_mottak": int(rng.integers(1, 6)),
                    **_tag([] if unanswered else part),
                    "modell": "liten-prøvemodell",
                    "modell_hash": "0f3a9c1d",
                }
            )
    return TaggedStudy(pd.DataFrame(rows), THEMES, ("sp_mottak",), "kundeservice_vinter.csv", "ab" * 32, n_rejected=3)


def _comments(rng: np.random.Generator, contact: int) -> list[list[tuple]]:
    if contact % 23 == 5:
        return [[], [], []]
    order = rng.permutation(len(SENTENCES))
    sizes = rng.integers(1, 3, size=3)
    parts, start = [], 0
    for size in sizes:
        parts.append([SENTENCES[i] for i in order[start : start + size]])
        start += size
    return parts


def _tag(part: list[tuple]) -> dict[str, object]:
    cells: dict[str, object] = {"tekst": " ".join(s[0] for s in part) if part else None}
    for theme in THEMES:
        hits = [(s[0], s[1][theme]) for s in part if theme in s[1]]
        kinds = {value for _, value in hits}
        value = "ingen" if not kinds else kinds.pop() if len(kinds) == 1 else "blandet"
        cells[theme] = value if part else None
        for mention in MENTIONS:
            p = 0.9 if value in (mention, "blandet") else 0.1
            cells[f"{theme}_p_{mention}"] = p + 0.001 * len(hits) if part else np.nan
        cells[f"{theme}_setning"] = hits[0][0] if hits else None
    return cells


def build_clusters(tagged: TaggedStudy) -> SimpleNamespace:
    """Group the sentences by their topic, as a cluster result holds them."""
    by_text = {text: (topic, tags) for text, tags, topic in SENTENCES}
    topics = sorted({topic for _, _, topic in SENTENCES} - {"pris"})
    rows = []
    for row in tagged.comments[tagged.comments["tekst"].notna()].to_dict("records"):
        for place, text in enumerate((t for t in by_text if t in row["tekst"]), start=1):
            topic = by_text[text][0]
            number = 0 if topic == "pris" else topics.index(topic) + 1
            rows.append((row["henvendelse"], row["kommentar_nr"], place, text, number))
    sentences = pd.DataFrame(rows, columns=["henvendelse", "kommentar_nr", "setning_nr", "tekst", "klynge"])
    summary = []
    for number, group in sentences.groupby("klynge"):
        name = "uklart" if number == 0 else topics[number - 1]
        themes = [t for text in group["tekst"] for t in by_text[text][1]]
        low, high = proportion_confint(len(group), len(sentences), method="wilson")
        quotes = (list(dict.fromkeys(group["tekst"])) + [None] * 3)[:3]
        theme = max(set(themes), key=themes.count) if themes else "ingen"
        share = len(group) / len(sentences)
        steady = np.nan if number == 0 else 0.5 + 0.04 * number
        summary.append((number, name, theme, len(group), share, low, high, steady, *quotes))
    columns = "klynge navn tema antall andel nedre øvre stabilitet sitat_1 sitat_2 sitat_3".split()
    return SimpleNamespace(summary=pd.DataFrame(summary, columns=columns), sentences=sentences)


def build_factors(tagged: TaggedStudy) -> SimpleNamespace:
    """Fit raw and adjusted differences, as a factor result holds them."""
    used = tagged.contacts.query("besvart == 'ja'").dropna(subset=[*tagged.mention_columns, "totalscore"])
    columns = list(tagged.mention_columns)
    everything = pd.concat([used[columns], pd.get_dummies(used[["klasse", "kanal"]], drop_first=True)], axis=1)
    rows = []
    for method in ("rå", "justert"):
        found = []
        for column in columns:
            design = sm.add_constant((used[[column]] if method == "rå" else everything).astype(float))
            fit = sm.OLS(used["totalscore"], design).fit(cov_type="HC3")
            low, high = fit.conf_int().loc[column]
            theme, mention = column.split(":")
            n = int(used[column].sum())
            found.append([theme, mention, method, fit.params[column], low, high, n, fit.pvalues[column]])
        q = multipletests([row[-1] for row in found], method="fdr_bh")[1]
        rows += [[*row, value] for row, value in zip(found, q, strict=True)]
    summary = pd.DataFrame(rows, columns="tema omtale metode estimat nedre øvre n p q".split())
    summary.loc[
        (summary["tema"] == "mersalg") & (summary["omtale"] == "negativ"),
        ["estimat", "nedre", "øvre", "p", "q"],
    ] = np.nan
    notes = (
        f"{len(used)} av {len(tagged.contacts)} henvendelser er med.",
        "«mersalg: negativ» har ikke noe tall, verken rått eller justert: for få henvendelser omtaler det.",
    )
    return SimpleNamespace(summary=summary, notes=notes, header={"level": 0.95})


def build_further(tagged: TaggedStudy) -> dict[str, SimpleNamespace]:
    """Make importance, winners, ranking and expectations, with the columns of their files."""
    share = [0.1, 0.5, 0.35, 0.05]
    importance = pd.DataFrame({"tema": THEMES, "metode": "lmg", "estimat": [s / 5 for s in share]})
    importance = importance.assign(nedre=importance["estimat"] / 2, øvre=importance["estimat"] * 1.5, n=60, andel=share)
    importance = importance.assign(andel_nedre=[s / 2 for s in share], andel_øvre=[s * 1.4 for s in share])
    places = {"rang": [3, 1, 2, 4], "rang_fra": [3, 1, 1, 3], "rang_til": [4, 2, 2, 4]}
    importance = importance.assign(**places, tilfeldig=0.01, p=0.01)
    pairs = [(kind, theme, mention) for kind in ("alle", *CENTRES) for theme in THEMES for mention in MENTIONS]
    winners = pd.DataFrame(pairs, columns=["klasse", "tema", "omtale"])
    winners["estimat"] = [0.08 - 0.03 * (i % 5) for i in range(len(winners))]
    winners = winners.assign(nedre=winners["estimat"] - 0.05, øvre=winners["estimat"] + 0.05, n=150, vinner=0.4)
    winners = winners.assign(andre=0.4 - winners["estimat"], rå=winners["estimat"], p=0.02, q=0.04)
    groups = tagged.contacts.groupby(["kundesenter", "klasse"])["totalscore"]
    ranking = groups.agg(snitt="mean", n="size").reset_index().sort_values("snitt", ascending=False, ignore_index=True)
    ranking.insert(0, "mål", "offisiell score")
    ranking = ranking[["mål", "kundesenter", "klasse", "n", "snitt"]]
    ranking = ranking.assign(estimat=ranking["snitt"] + 0.5, nedre=ranking["snitt"] - 6, øvre=ranking["snitt"] + 6)
    ranking = ranking.assign(plass="delt 1.", rang=range(1, len(ranking) + 1), sannsynlighet_best=0.2)
    ranking["klasserang"] = ranking.groupby("klasse").cumcount() + 1
    for kind, size in (("rang", len(ranking)), ("klasserang", 4)):
        ranking[f"{kind}_fra"] = (ranking[kind] - 2).clip(lower=1)
        ranking[f"{kind}_til"] = (ranking[kind] + 3).clip(upper=size)
    silent = ranking.head(3).assign(mål="svarandel", sannsynlighet_best=np.nan)
    ranks = [column for column in ranking if "rang_" in column]
    ranking = pd.concat([ranking, silent.assign(**dict.fromkeys(ranks, np.nan))], ignore_index=True)
    wanted = pd.DataFrame({"tema": THEMES, "mål": "forventning", "estimat": [1.0, 3, 2, np.nan], "nedre": np.nan})
    done = pd.DataFrame({"tema": THEMES, "mål": "ytelse", "estimat": [0.6, 0.45, 0.5, 0.3], "nedre": 0.25})
    expectations = pd.concat([wanted.assign(øvre=np.nan, n=np.nan), done.assign(øvre=0.65, n=80.0)], ignore_index=True)
    named = build_clusters(tagged).summary.query("klynge > 0 and tema == 'ingen'")["navn"].tolist()
    estimates = [-4.0, 1.5, *[0.5] * 9][: len(named)]
    points = pd.DataFrame({"klynge": named, "metode": "innen_direkte", "estimat": estimates})
    points = points.assign(nedre=points["estimat"] - 2, øvre=points["estimat"] + 2, p=0.01, q=0.02, n=40, shoppere=12.0)
    frames = {"importance": importance, "winners": winners, "ranking": ranking, "expectations": expectations}
    frames["cluster_factors"] = points
    return {
        name: SimpleNamespace(summary=frame, notes=(f"Et forbehold om {name}.",), header={})
        for name, frame in frames.items()
    }


def build_insight(n: int = 160, **changes: object) -> Insight:
    """Put the parts together."""
    tagged = build_tagged(n)
    parts = {"tagged": tagged, "clusters": build_clusters(tagged), "factors": build_factors(tagged)}
    return Insight(**{**parts, **changes})


@pytest.fixture(scope="session")
def insight() -> Insight:
    return build_insight()


@pytest.fixture(scope="session")
def full() -> Insight:
    """The study with every further finding."""
    return build_insight(**build_further(build_tagged()))


@pytest.fixture(scope="session")
def facts(insight: Insight) -> dict:
    return insight.collect()
