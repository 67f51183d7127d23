"""A thousand written cases: comments with personal data marked, and comments that only look like it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

#: Kind -> sentences with one place for a value. Written by hand, without looking at the rules.
FRAMES = {
    "telefon": (
        "Ba dem ringe meg på {} etter klokka fire.",
        "Ringte {} og ventet i tolv minutter.",
        "Nummeret mitt er {}, men ingen ringte.",
        "tlf {} ble oppgitt to ganger",
        "Ho skreiv ned {} og lova å ringja opp att.",
        "De ringte tilbake fra {}.",
        "Kontakt meg gjerne ({}) om dere lurer på noe.",
        "Måtte gjenta mobilnummer {} tre ganger!",
        "Eg fekk SMS frå {} same dag.",
        "Han sa jeg kunne nå ham direkte på {} hele uka.",
    ),
    "e-post": (
        "Sendte saken til {} på mandag.",
        "Svaret kom til {} etter fire dager.",
        "Skriv til {} om dere trenger mer.",
        "e-posten min er {}",
        "Fikk feilmelding da jeg skrev {} i skjemaet.",
        "Ho bad meg sende alt til {}.",
        "Kopi gikk til {}, og det hadde jeg ikke bedt om.",
        "De hadde registrert {} i stedet for den riktige.",
    ),
    "fødselsnummer": (
        "Måtte oppgi fødselsnummer {} før han ville svare.",
        "Han leste opp {} høyt så alle hørte det.",
        "personnr {} ble tastet feil",
        "Identifiserte meg med {}.",
        "D-nummeret mitt er {}, og det godtok de ikke.",
        "Eg er registrert med {} hos dykk.",
        "Skrev {} i chatten fordi roboten spurte.",
        "De fant meg ikke på {}, men på navnet.",
    ),
    "konto": (
        "Pengene skulle til konto {}.",
        "Oppga kontonummer {} to ganger.",
        "Ba om at de satte det inn på {}.",
        "Trekket gikk fra {} uten forvarsel.",
        "kontonr: {}",
        "Han bekreftet at {} sto registrert.",
    ),
    "kort": (
        "Kortet {} ble sperret med en gang.",
        "Ble bedt om å lese opp {} på telefonen.",
        "Kortnummer {} var lagret hos dem.",
        "Trakk to ganger på {}.",
        "Skrev inn {} og fikk feil.",
        "Visa {} virket ikke i appen.",
    ),
    "kundenummer": (
        "Oppga kundenummer {} og ble funnet straks.",
        "Ordrenummer {} ga ingen treff.",
        "Fikk saksnummer {} og beskjed om å vente.",
        "Ordre nr. {} var forsvunnet.",
        "Referanse {} måtte jeg gjenta.",
        "Bestillingsnr {} sto det på kvitteringa.",
        "Kundenr. {}, sa jeg, men han hørte ikke etter.",
        "Pakken med sporingsnummer {} lå i Drammen.",
        "Fakturanr {} var betalt.",
        "medlemsnummer {} funka ikke",
    ),
    "adresse": (
        "Levert til {} i stedet for hjem til oss.",
        "Bor i {} og fikk ikke fiber.",
        "De hadde fremdeles {} som adresse.",
        "Måleren i {} var aldri lest av.",
        "Montøren møtte opp i {} en dag for tidlig.",
        "Eg bur i {}, og dit kjem ikkje bodet.",
        "Sendte pakken til {}.",
    ),
    "bilnummer": (
        "Bilen {} sto klar da jeg kom.",
        "Skiltnummer {} måtte jeg lete fram.",
        "Leiebilen hadde reg.nr. {}.",
        "Fikk bot på {} etter at jeg hadde levert.",
        "Oppga {} og fikk prisen med en gang.",
        "Forsikringen på {} var sagt opp ved en feil.",
    ),
    "lenke": (
        "Fikk lenken {} på SMS.",
        "Ble bare vist til {}.",
        "Logget inn på {} uten hell.",
        "Han ba meg gå til {} og lete selv.",
        "{} virket ikke på mobilen.",
        "Skjemaet ligger på {} et sted.",
    ),
    "navn": (
        "Snakket med {}.",
        "Snakket med {} i kundeservice, som løste alt på fem minutter.",
        "{} tok telefonen etter ett minutt.",
        "Hun heter {} og fortjener ros.",
        "Takk til {} for god hjelp!",
        "Ble satt over til {}, som ikke visste noe.",
        "Fikk svar fra {} på chatten.",
        "{} forklarte alt en gang til.",
        "Jeg heter {}, sa hun, hva kan jeg hjelpe deg med?",
        "Eg fekk god hjelp av {}.",
        "Ho {} på kundesenteret var kjempeflink.",
        "Kundebehandleren, {}, spurte hva jeg hadde prøvd.",
        "Mvh {}",
        "{} sin forklaring var lett å forstå.",
        "Både {} og kollegaen hørte etter.",
        "Hei, dette er {}.",
        "Sjefen til {} ringte meg opp igjen.",
        "Jeg traff på {} i chatten, blid og kjapp.",
        "Rådgiver {} stilte gode spørsmål.",
        "Skulle gjerne snakket med {} igjen.",
    ),
}
#: Kind -> values, divided by bars.
VALUES = {
    "telefon": """
        41234567 | 412 34 567 | 41 23 45 67 | 4123 4567 | +47 412 34 567 | +4741234567 | 0047 41234567 | (+47)
        98 76 54 32 | 22 11 00 99 | 22110099 | 55-21-43-65 | 987.65.432 | +47-911-22-333 | 815 49 300 | +46 70
        123 45 67 | +44 20 7946 0958 | 906 12 345 | 47 65 43 21 | 73 59 00 12 | 46812345
    """,
    "e-post": """
        kari.nordmann@gmail.com | ola_n@online.no | post+test@firma.no | K.HANSEN@HOTMAIL.COM | åse.bø@nett.no
        | per(at)epost.no | lise @ jobb.no | anne-lise.berg@kommune.no | x123@student.uio.no | tor@mail.co.uk
        | nils.n@proton.me | fru.olsen@live.no
    """,
    "fødselsnummer": """
        15076512345 | 150765 12345 | 15 07 65 12345 | 150765-12345 | 55076512345 | 550765 12345 | 01810012345
        | 310199 98765 | 41 01 85 123 45 | 290224 45678 | 12.03.75 54321 | 68057012345 | 05478112345 | 230390
        11223
    """,
    "konto": """
        1234.56.78903 | 1234 56 78903 | 6011 05 12345 | 9710.22.33445 | 12345678903 | 1503-40-12345 | 3000 27
        79419 | 86011117947 | 1720 50 00123 | 0530.11.22334
    """,
    "kort": """
        4925 1234 5678 9012 | 4925123456789012 | 5413-3300-8909-9130 | 4571 1234 1234 1234 | 3714 496353 98431
        | 6304 1234 5678 9012 | 5555 4444 3333 1111 | 4000123412341234
    """,
    "kundenummer": """
        10023456 | 884512 | A-774411 | KN993201 | 2021-88231 | NO-5541-22 | 70 12 34 56 7 | #45821 | 5567812 |
        SE12345678 | W0045512 | 77-120-33
    """,
    "adresse": """
        Storgata 14 | Storgata 14 B, 0184 Oslo | Kirkeveien 3 | Fjordveien 112, 5003 Bergen | Nedre Slottsgate
        7 | Olav Tryggvasons gate 21 | Bjørkealléen 9c | Strandvegen 45, 9006 Tromsø | Skogstien 2 | Markens
        gate 33 | Ole Bulls plass 4 | Parkveien 16 A | Solsvingen 8, 4020 Stavanger | Lillevegen 77
    """,
    "bilnummer": """
        EL 12345 | EL12345 | DR 45871 | SV 98765 | BT12398 | ek 44512 | RJ 77001 | AB 10203 | ZH54321
    """,
    "lenke": """
        https://min.side.no/sak/88213 | http://kort.ly/x7Yz | www.minkonto.no/login?id=44 |
        https://t.co/AbC123 | https://vipps.no/betal/99812?ref=22 | www.hjelpesenter.no/skjema/44 |
        https://chat.firma.no/rom/8f2a
    """,
    "navn": """
        Kari | Ola | Marit | Even | Liv | Per | Solveig | Bjørn | Tone | Odd | Grete | Geir | Siv | Jan |
        Aisha | Mohammed | Agnieszka | Dariusz | Thi Lan | Abdi | Fatima | Svetlana | Jamal | Zainab | Kari
        Nordmann | Ole Petter Hansen | Anne-Lise Berg | Per Gynt Olsen | Nina Øvrebø | Tor-Arne Vik | Marte
        Haugland | Eirik Solbakken | Ingeborg Aas | Kristoffer Lien | Amalie Dahl | Henrik Strand | Sofie L. |
        Lars O. Moe | Hanne Marie Sæther | Ahmed Khan | Nguyen Van Minh | Ewa Nowak | Lukas Bakke | Ragnhild |
        Torstein | Oddvar | Gunn | Vigdis | Frode | Silje | Morten | Kjersti | Håkon | Åshild
    """,
}
#: Nothing personal: prices, dates, times, products, companies, counts.
CLEAN = (
    "Prisen var {} i måneden.",
    "Det kostet {} med frakt.",
    "Ventet til {} før noen svarte.",
    "Ringte {} og kom gjennom med en gang.",
    "Fikk time {}, men den ble flyttet.",
    "Spurte om {} og fikk et greit svar.",
    "Har {} fra før, og vurderte å bytte.",
    "Hun foreslo {} fordi jeg bruker lite.",
    "De hadde {} på tilbud den uka.",
    "Avtalen gjelder fra {}.",
    "Køen var på {} da jeg kom inn.",
    "Han sa at {} var det vanlige.",
    "Eg fekk {} i rabatt.",
)
CLEAN_VALUES = """
    499 kr | 1 299 kroner | kr 12 500,- | NOK 45 000 | 2 490,50 kr | 349,- | 19 900 kr | 89 øre per kWh |
    12.03.2021 | 3. mars | 01.02.21 | 2021-01-15 | 17. mai 2020 | januar 2021 | uke 12 | mandag 4/1 | klokka
    14.30 | kl. 08:15 | 10.45 | halv tre | 14 minutter | 2 timer og 15 minutter | kvart over fire | iPhone 12
    | Galaxy S21 | 500 Mbit/s | Fri Data 10 GB | PlayStation 5 | Windows 10 | MacBook Air | 5G | BSU | HBO
    Nordic | Netflix | Telenor | Vipps | Altibox | en Tesla Model 3 | et Visa-kort | Gjensidige | 25 stykker |
    nummer 14 | 4 av 5 | 100 000 kunder | 30 prosent | 2 for 1 | 20 GB | 12 måneder | TV 2 Play
"""


def divided(text: str) -> list[str]:
    """Return the values of a text, each on one line."""
    return [" ".join(value.split()) for value in text.split("|")]


def cases(total: int = 1000) -> list[tuple[str, str, str]]:
    """Return kind, comment and the value that must be gone (empty where nothing must change)."""
    wanted = {kind: 52 for kind in FRAMES} | {"navn": 280}
    found = []
    for kind, count in wanted.items():
        pairs = _pairs(FRAMES[kind], divided(VALUES[kind]))
        found += [(kind, frame.format(value), value) for frame, value in islice(pairs, count)]
    left = total - len(found)
    return found + [("ingenting", f.format(v), "") for f, v in islice(_pairs(CLEAN, divided(CLEAN_VALUES)), left)]


def _pairs(frames: tuple[str, ...], values: list[str]) -> Iterator[tuple[str, str]]:
    """Go through frames and values together, a step further each round, so that every value meets many frames."""
    for shift in range(len(frames)):
        for place, value in enumerate(values):
            yield frames[(place + shift) % len(frames)], value
