"""What the workbook's sheets and columns mean."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from textinnsikt.insight.wording import MIN_CONTACTS, count, opening, period, points

_COMMENTS = {
    "": "Alle kommentarer, også de tomme. Bruk filtrene i overskriften. Personopplysninger er skjult.",
    "henvendelse": "Henvendelsens nummer. Samme nummer går igjen på alle kommentarene til henvendelsen.",
    "kommentar_nr": "Hvilken kommentar det er, fra 1 og oppover.",
    "kundesenter, klasse, kanal, dato": "Hvor, hvordan og når shopperen tok kontakt.",
    "besvart": "Om kundesenteret svarte på henvendelsen (ja/nei).",
    "totalscore": "Henvendelsens score, {unit}.",
    "tekst": "Kommentaren. [navn], [telefon] og lignende står der personopplysninger er skjult.",
    "{themes}": "Temaets verdi i kommentaren: ingen, positiv, negativ eller blandet. Tom når kommentaren er tom.",
    "…_p_positiv, …_p_negativ": "Hvor sannsynlig språkmodellen mener omtalen er, fra 0 til 1.",
    "…_setning": "Setningen som bærer temaet.",
    "andre kolonner": "Spørsmålene i studiens skjema, med svarene slik de står i fila.",
    "modell, modell_hash": "Hvilken språkmodell som har merket kommentaren.",
}
_CENTRES = {
    "": "Snittscore for hvert kundesenter.",
    "kundesenter, klasse": "Kundesenteret og klassen det hører til.",
    "henvendelser": "Antall henvendelser med score.",
    "snittscore": "Snittet av scoren, {unit}, med ubesvarte henvendelser.",
    "nedre, øvre": "95 % konfidensintervall. «for få henvendelser» står der det er færre enn {few}.",
}
_SHEETS: dict[str, dict[str, str]] = {
    "Kommentarer": _COMMENTS,
    "Setninger": {
        "": "Alle setninger og hvilken gruppe de hører til.",
        "henvendelse, kommentar_nr": "Henvendelsen og kommentaren setningen står i.",
        "setning_nr": "Setningens plass i kommentaren.",
        "tekst": "Setningen.",
        "klynge": "Gruppens nummer, som på arket Klynger. 0 er uklart.",
    },
    "Klynger": {
        "": "Hva setningene handler om, også utenfor temaene.",
        "klynge": "Gruppens nummer. 0 er setninger som ikke tydelig hører til noen gruppe.",
        "navn": "Ord som er typiske for gruppen.",
        "tema": "Temaet gruppen ligger nærmest, eller «ingen».",
        "antall, andel": "Setninger i gruppen, og deres andel av alle setninger.",
        "nedre, øvre": "95 % konfidensintervall for andelen.",
        "stabilitet": "Hvor likt gruppen kommer igjen når vi grupperer på nytt, fra 0 til 1.",
        "sitat_1, sitat_2, sitat_3": "Typiske setninger.",
        "poeng, poeng_nedre, poeng_øvre": "Forskjell i score, {unit}, mellom henvendelser som nevner gruppen og andre "
        "hos samme kundesenter og shopper, når temaene og de andre gruppene holdes like.",
    },
    "Faktorer": {
        "": "Hva som henger sammen med scoren. Sammenheng, ikke årsak.",
        "tema": "Temaets nøkkel.",
        "omtale": "Om temaet er omtalt positivt eller negativt.",
        "metode": "rå: forskjell i snitt. justert: samme forskjell når andre forhold er tatt hensyn til. innen_…: hos "
        "samme kundesenter og samme shopper. mellom…: mellom kundesentre i samme klasse. …_korrigert: rettet for "
        "merkefeil. punktbiseriell, spearman og leverandørtall er ikke i poeng.",
        "estimat": "Forskjell i score, {unit}, mellom henvendelser med og uten omtalen. Tom når den ikke "
        "kan regnes ut.",
        "nedre, øvre": "Konfidensintervall for forskjellen.",
        "n": "Henvendelser med omtalen.",
        "p": "Sannsynligheten for en så stor forskjell om det egentlig ikke var noen.",
        "q": "Som p, men tar høyde for at flere temaer er prøvd (falsk funnrate). Uthevet under 0,05.",
    },
    "Temaer per klasse": {
        "": "Andel henvendelser som omtaler hvert tema, for alle, hver klasse og hver kanal, side om side.",
        "inndeling, gruppe": "Hva henvendelsene er delt etter (alle, klasse eller kanal), og hvilken gruppe det er.",
        "henvendelser": "Henvendelser med minst én kommentar. Under {few} står det «for få henvendelser».",
    },
    "Temaandeler": {
        "": "De samme andelene, én rad for hver, med konfidensintervall.",
        "inndeling, gruppe": "Som på arket Temaer per klasse.",
        "tema, omtale": "Temaet, og om det er omtalt positivt eller negativt.",
        "henvendelser": "Henvendelser med minst én kommentar.",
        "antall, andel": "Henvendelser med omtalen, og deres andel.",
        "nedre, øvre": "95 % konfidensintervall for andelen.",
    },
    "Kundesentre": _CENTRES,
}
_FURTHER: dict[str, dict[str, str]] = {
    "viktighet": {
        "": "Hvor stor del av forskjellene i score som hører til hvert tema.",
        "tema": "Temaets nøkkel.",
        "metode": "lmg: snittet over alle rekkefølger temaene kan tas inn i. johnson: relative vekter. "
        "lmg_korrigert: rettet for merkefeil.",
        "estimat, nedre, øvre": "Andel av forskjellene i score, med 95 % konfidensintervall.",
        "n": "Henvendelser med temaet.",
        "andel, andel_nedre, andel_øvre": "Andel av det temaene forklarer til sammen.",
        "rang, rang_fra, rang_til": "Plass, og plassene temaet kan ha.",
        "tilfeldig": "Det et tema av tilfeldige kolonner får i 19 av 20 trekninger.",
        "p": "Sannsynligheten for en så stor andel om temaet var tilfeldig.",
    },
    "vinnere": {
        "": "Hva klassevinnerne får oftere høre enn de andre i klassen, av andre shoppere enn dem som valgte vinneren.",
        "klasse": "Klassen; «alle» er snittet over klassene.",
        "tema, omtale": "Temaet, og om det er omtalt positivt eller negativt.",
        "estimat, nedre, øvre": "Andel hos vinneren minus andel hos de andre, med 95 % konfidensintervall.",
        "n": "Henvendelser med kommentar.",
        "vinner, andre": "Andelene.",
        "rå": "Forskjellen i klassen selv.",
        "p, q": "Som på arket Faktorer.",
    },
    "rangering": {
        "": "Kundesentrene etter score, med plassene hvert av dem kan ha.",
        "mål": "offisiell score, score når besvart, eller svarandel i prosent.",
        "kundesenter, klasse": "Kundesenteret og klassen.",
        "n": "Henvendelser.",
        "snitt": "Snittet slik det publiseres.",
        "estimat, nedre, øvre": "Snittet når shopperne er like rause, med 95 % konfidensintervall.",
        "plass, rang, rang_fra, rang_til": "Plass av alle, og plassene senteret kan ha.",
        "klasseplass, klasserang, klasserang_fra, klasserang_til": "Det samme i klassen.",
        "sannsynlighet_best": "Sannsynligheten for at senteret er best i klassen.",
    },
    "forventninger": {
        "": "Hva folk sier de vil ha, hvordan det går, og hva som går sammen med scoren.",
        "tema": "Temaets nøkkel.",
        "mål": "forventning: plass i undersøkelsen, eller andel som ønsker det. ytelse: andel av omtalen som er ros. "
        "viktighet: andel av det temaene forklarer. delt shopper: {unit} for ti prosentpoeng flere henvendelser "
        "med omtalen.",
        "estimat, nedre, øvre": "Tallet, med 95 % konfidensintervall.",
        "n": "Henvendelser.",
    },
}


def explanations(facts: dict[str, Any], tables: Collection[str] = (), cut: bool = False) -> list[list[str]]:
    """Return the rows of the sheet that explains the others: sheet, column, explanation.

    Parameters
    ----------
    facts : dict
        What `textinnsikt.insight.collect.collect` returns.
    tables : collection of str
        The findings whose tables are in the workbook, by the names of their files.
    cut : bool
        Whether there were more rows than a sheet can hold.
    """
    study = facts["studie"]
    rows = [
        ["Studien", "navn", study["navn"]],
        ["Studien", "periode", period(study["periode"]["fra"], study["periode"]["til"])],
        ["Studien", "omfang", _size(study)],
    ]
    rows += [["Studien", "hovedfunn", finding["setning"]] for finding in facts["hovedfunn"]]
    rows += [["Studien", "forbehold", note] for note in facts["faktorer"]["merknader"]]
    if cut:
        rows.append(["Studien", "forbehold", "Det er flere rader enn et ark har plass til. Alle står i CSV-filene."])
    words = {
        "unit": points(study["skala"]),
        "themes": ", ".join(theme["tema"] for theme in facts["temaer"]),
        "few": str(MIN_CONTACTS),
    }
    optional = {opening(name): part for name, part in _FURTHER.items() if name in tables}
    for sheet, columns in {**_SHEETS, **optional}.items():
        rows += [[sheet, column.format(**words), text.format(**words)] for column, text in columns.items()]
    return rows


def _size(study: dict[str, Any]) -> str:
    parts = [
        count(study["henvendelser"], "henvendelse", "henvendelser"),
        count(study["kundesentre"], "kundesenter", "kundesentre"),
        count(study["shoppere"], "shopper", "shoppere"),
        count(study["kommentarer"], "kommentar", "kommentarer"),
        count(study["avviste_rader"], "avvist rad", "avviste rader"),
    ]
    return ", ".join(parts)
