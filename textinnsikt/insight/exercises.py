"""Exercise cards: short things to train on, two and two, for each theme of the project's own codebook."""

from __future__ import annotations

from typing import Any

from textinnsikt.insight.wording import inside, quoted

#: Theme -> cards: title, what to do, what to talk about afterwards, minutes.
CARDS: dict[str, tuple[tuple[str, str, str, int], ...]] = {
    "lytting": (
        (
            "Lytt og oppsummer",
            "Den ene forteller om en sak i ett minutt. Den andre hører på uten å avbryte, og gjengir så saken med egne "
            "ord: «Har jeg forstått deg rett når …?» Bytt.",
            "Hva kom ikke med i oppsummeringen?",
            8,
        ),
        (
            "La kunden snakke ferdig",
            "Kunden begynner en lang forklaring og tar to pauser underveis. Vent til to sekunder etter at kunden er "
            "ferdig, før du svarer.",
            "Hva fikk du vite etter pausene?",
            6,
        ),
        (
            "Vis at du hører",
            "Øv på korte svar som viser at du følger med: «Det skjønner jeg», «Så du har altså prøvd å …». Kunden "
            "rekker opp hånda hver gang det kjennes ekte.",
            "Hvilke ord virket ekte, og hvilke virket innøvd?",
            6,
        ),
    ),
    "behovskartlegging": (
        (
            "Still ett spørsmål til",
            "Kunden spør om en pris. Du får ikke svare før du har stilt tre spørsmål om hva det skal brukes til. "
            "Det siste skal bygge på svaret du fikk.",
            "Hvilket spørsmål endret svaret ditt mest?",
            8,
        ),
        (
            "Åpne spørsmål",
            "Gjør om fem ja/nei-spørsmål dere bruker i dag, til spørsmål som begynner med hva, hvordan eller når. "
            "Prøv dem på hverandre.",
            "Hvilke to tar dere med dere i morgen?",
            10,
        ),
        (
            "Finn det kunden ikke sier",
            "Kunden får en lapp med et behov som ikke skal nevnes uten at noen spør. Finn behovet på to minutter.",
            "Hva røpet det, og hva kunne du ha spurt om før?",
            8,
        ),
    ),
    "løsning": (
        (
            "To veier videre",
            "Kunden legger fram en sak. Gi to forslag, si hva som er bra og mindre bra med hvert av dem, og hvilket du "
            "selv ville valgt for denne kunden.",
            "Ble det lettere for kunden å velge?",
            8,
        ),
        (
            "Når svaret er nei",
            "Kunden ber om noe dere ikke kan gi. Si nei én gang, si hvorfor i én setning, og hva du kan tilby.",
            "Hva sto kunden igjen med?",
            6,
        ),
        (
            "Avslutt med en avtale",
            "Avslutt samtalen med å si hva som skjer nå, hvem som gjør det, og når. Spør om det løser saken.",
            "Visste kunden hva som skulle skje?",
            6,
        ),
    ),
    "mersalg": (
        (
            "Ett tips som hjelper",
            "Finn ut to ting om kunden. Gi så ett tips som bygger på det du fikk vite: «Siden du …, kan det være "
            "nyttig å vite at …»",
            "Kjentes det som et tips eller som salg?",
            8,
        ),
        (
            "Spør om lov",
            "Spør før du forteller om noe mer: «Vil du at jeg sier litt om …?» Kunden svarer nei annenhver gang. Ta "
            "neiet med et smil, og gå videre.",
            "Hvordan var det å få nei?",
            6,
        ),
        (
            "Rett tips til rett kunde",
            "Skriv tre ting kunder sjelden vet at dere har. Hvem har nytte av dem, og hva sier slike kunder som gir "
            "deg åpningen?",
            "Hvilken åpning hører dere oftest?",
            10,
        ),
    ),
}
_GENERAL = (
    (
        "Spill den om igjen",
        "Ta en samtale dere husker, der {theme} ikke gikk så bra. Spill den to og to, først slik den var, og så slik "
        "dere ville hatt den.",
        "Hva var det første dere gjorde annerledes?",
        10,
    ),
    (
        "Lag en huskeregel",
        "Skriv én setning dere vil si eller gjøre i hver henvendelse, som viser {theme} i praksis.",
        "Hva gjør det lett å huske, og hva gjør det vanskelig?",
        6,
    ),
    (
        "Hør på hverandre",
        "Lytt til eller les to av hverandres henvendelser. Si én ting som var bra med {theme}, og én ting å prøve.",
        "Hva lærte du av den andre?",
        15,
    ),
)


def exercise_cards(theme: str, name: str, quote: str | None = None) -> list[dict[str, Any]]:
    """Return the cards to train one theme with.

    Parameters
    ----------
    theme : str
        The theme's key.
    name : str
        Its name as shown.
    quote : str, optional
        A masked sentence in which a customer misses it; one card is built on it.

    Returns
    -------
    list of dict
        ``tittel``, ``slik`` (what to do), ``etterpå`` (what to talk about), ``minutter``; three or four.

    Examples
    --------
    >>> [card["tittel"] for card in exercise_cards("lytting", "Lytting", "Ble avbrutt to ganger.")]
    ['Lytt og oppsummer', 'La kunden snakke ferdig', 'Vis at du hører', 'Ta samtalen på nytt']
    """
    cards = [
        {"tittel": title, "slik": how.format(theme=inside(name)), "etterpå": after, "minutter": minutes}
        for title, how, after, minutes in CARDS.get(theme, _GENERAL)
    ]
    if quote:
        said = f"En shopper skrev: {quoted(quote, 160)}"
        how = f"{said} Spill samtalen slik dere tror den var, og så slik dere vil ha den."
        cards.append({"tittel": "Ta samtalen på nytt", "slik": how, "etterpå": "Hva endret samtalen?", "minutter": 10})
    return cards
