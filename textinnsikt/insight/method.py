"""The method page: what was done and what it cannot tell, in plain words."""

from __future__ import annotations

from typing import Any

from textinnsikt.insight.findings import controls
from textinnsikt.insight.wording import MIN_CONTACTS, count, level_name, opening, points


def method_page(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Write the method page.

    Returns
    -------
    list of dict
        ``overskrift`` and ``avsnitt`` (sentences), in reading order.
    """
    return [
        {"overskrift": "Hva rapporten bygger på", "avsnitt": _basis(facts["studie"])},
        {"overskrift": "Slik er kommentarene lest", "avsnitt": _reading(facts["studie"])},
        {"overskrift": "Slik er sammenhengene regnet ut", "avsnitt": _associations(facts)},
        {"overskrift": "Slik leser du intervallene", "avsnitt": _intervals(facts)},
        {"overskrift": "Slik er gruppene av setninger laget", "avsnitt": _clusters(facts)},
        {"overskrift": "Personvern", "avsnitt": _privacy()},
    ]


def _basis(study: dict[str, Any]) -> list[str]:
    sentences = [
        f"Rapporten bygger på {count(study['henvendelser'], 'henvendelse', 'henvendelser')} til "
        f"{count(study['kundesentre'], 'kundesenter', 'kundesentre')} og "
        f"{count(study['kommentarer'], 'kommentar', 'kommentarer')} med tekst.",
        f"{opening(count(study['uten_kommentar'], 'henvendelse', 'henvendelser'))} har ingen kommentar. De "
        "regnes som "
        "ukjente og er ikke med i tallene om temaer. Hvem som skriver kommentar, er ikke tilfeldig.",
    ]
    if study["ubesvarte"]:
        sentences.append(
            f"{opening(count(study['ubesvarte'], 'henvendelse', 'henvendelser'))} ble ikke besvart av "
            "kundesenteret. De "
            "teller med i kundesenterets snittscore, men ikke i sammenhengene mellom temaer og score."
        )
    if study["avviste_rader"]:
        sentences.append(
            f"{opening(count(study['avviste_rader'], 'rad', 'rader'))} i fila kunne ikke leses og er satt til side."
        )
    return sentences


def _reading(study: dict[str, Any]) -> list[str]:
    names = [m["navn"] for m in study["modeller"]]
    which = f" Modellen heter {names[0]}." if len(names) == 1 else ""
    return [
        "En språkmodell har lest hver kommentar og merket hvert tema som ingen, positiv, negativ eller "
        f"blandet. Den er trent på kommentarer som mennesker har merket etter en kodebok.{which}",
        "Modellen tar feil iblant, særlig ved ironi, svært korte kommentarer og saker den ikke har sett "
        "før. Les derfor andeler og forskjeller som anslag, og les sitatene før dere trekker slutninger.",
        "En henvendelse har positiv omtale av et tema når minst én av kommentarene omtaler det positivt, og "
        "negativ omtale på samme måte. Den kan ha begge deler.",
    ]


def _associations(facts: dict[str, Any]) -> list[str]:
    unit = points(facts["studie"]["skala"])
    return [
        f"Rå forskjell er snittscoren, i {unit}, for henvendelser med omtalen minus snittet for dem uten.",
        f"Justert forskjell er den samme forskjellen når {controls(facts)} er like. Den sammenligner også på tvers av "
        "kundesentre og shoppere. Det er dette tallet som står på forsiden og i figuren.",
        "Innen samme kundesenter og shopper er forskjellen når også kundesenter og shopper er like, så en raus shopper "
        "eller et godt kundesenter ikke slår ut på tallet.",
        "Tallene viser hva som henger sammen med scoren, ikke hva som er årsaken. Den samme shopperen "
        "skriver kommentaren og gir poengene, og opplevelsen av én henvendelse farger begge deler.",
        "En forskjell kalles sikker når intervallet ikke går over null, og den også står seg når vi tar "
        "høyde for at flere temaer er prøvd samtidig (falsk funnrate under 5 %).",
    ]


def _intervals(facts: dict[str, Any]) -> list[str]:
    return [
        f"Et {level_name(facts['faktorer']['nivå'])} viser hvor stor usikkerheten er: "
        "Hadde vi gjort studien om igjen mange ganger på samme måte, ville de aller fleste slike "
        "intervaller inneholdt det riktige tallet. Et bredt intervall betyr at tallet er usikkert.",
        "Intervallene for andeler av henvendelsene tar hensyn til at samme shopper skriver om mange, og "
        "intervallene for andeler av setningene til at flere setninger hører til samme henvendelse. "
        "Intervallene for snittscore gjelder kundesenterets egne henvendelser.",
        "Intervallene tar ikke med at språkmodellen kan ta feil.",
    ]


def _clusters(facts: dict[str, Any]) -> list[str]:
    clusters = facts["klynger"]
    sentences = [
        "Setninger som ligner på hverandre, er samlet i grupper uten at noen har bestemt på forhånd hva de "
        "skal handle om. Gruppene har navn etter ord som er typiske for dem.",
        "Stabilitet fra 0 til 1 viser hvor likt gruppen kommer igjen når vi grupperer tilfeldige deler av "
        "setningene på nytt. Grupper med lav stabilitet bør leses med varsomhet.",
    ]
    unclear = [row for row in clusters["rader"] if row["klynge"] == 0]
    if unclear:
        sentences.append(
            f"{opening(count(unclear[0]['antall'], 'setning', 'setninger'))} hører ikke tydelig til noen "
            "gruppe og er ført som uklart."
        )
    return sentences


def _privacy() -> list[str]:
    return [
        "Navn, telefonnummer, adresser og andre personopplysninger er skjult før noe ble lest, og står som "
        "for eksempel [navn] eller [telefon]. Hvem shopperen er, vises aldri.",
        f"Tall som bygger på færre enn {MIN_CONTACTS} henvendelser, vises ikke.",
    ]
