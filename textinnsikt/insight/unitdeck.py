"""The slides of one centre or one class, drawn from what `collect_workshop` gathered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textinnsikt.insight import wording
from textinnsikt.insight.barchart import Plan, add_bar_chart, series_of
from textinnsikt.insight.boxes import Box, Line
from textinnsikt.insight.deck import Deck
from textinnsikt.insight.style import STYLE
from textinnsikt.study import MENTIONS

Sheet = dict[str, Any]
_THEMES, _BARS = 8, 14
_CLAIM = "Ingen sikker forskjell"


def render_unit_deck(sheet: Sheet, template: str | Path | None = None) -> bytes:
    """Draw the deck; what has too few contacts says so, and the rest stands.

    Parameters
    ----------
    sheet : dict
        What `textinnsikt.insight.workshop.collect_workshop` returns.
    template : str or Path, optional
        A ``.pptx`` or ``.potx`` whose look is used.

    Returns
    -------
    bytes
        A ``.pptx`` file; the same sheet gives the same bytes.

    Raises
    ------
    InputError
        When the template cannot be read.
    """
    deck = Deck(f"{sheet['navn']} · {sheet['studie']['navn']}", template)
    _cover(deck, sheet)
    _basis(deck, sheet)
    _score(deck, sheet)
    _themes(deck, sheet)
    _differences(deck, sheet)
    if sheet["vises"]:
        _chosen(deck, sheet, "styrker", "Styrker å ta vare på", "Mulige styrker", "positiv")
        _chosen(deck, sheet, "trening", "Å trene på", "Mulig å trene på", "negativ")
    else:
        _few(deck, sheet)
    _exercises(deck, sheet)
    _questions(deck, sheet)
    _commitments(deck, sheet)
    _method(deck, sheet)
    return deck.save(f"{sheet['navn']}: arbeidsøkt", sheet["studie"]["periode"]["til"])


def _beside(sheet: Sheet) -> str:
    return "klassen" if sheet["slag"] == "kundesenter" else "studien ellers"


def _here(sheet: Sheet) -> str:
    return "hos oss" if sheet["slag"] == "kundesenter" else "i klassen"


def _cover(deck: Deck, sheet: Sheet) -> None:
    study = sheet["studie"]
    notes = (
        f"Velkommen. I dag ser vi på {sheet['navn']}: hva shopperne skrev etter henvendelsene, hva vi kan være "
        "stolte av, og hva vi vil øve på. Halve tida er øvelser, så sett av nok til dem."
    )
    slide, box = deck.add(sheet["navn"], notes, cover=True)
    colour = STYLE.paper if deck.own else None
    period = wording.period(study["periode"]["fra"], study["periode"]["til"])
    second = f"Klasse: {sheet['klasse']}" if sheet["klasse"] else "En klasse i studien"
    lines = [
        Line(f"Hva kundene møter {_here(sheet)}: styrker, og det vi vil øve på", colour=colour, scale=1.2),
        Line(second if sheet["slag"] == "klasse" or sheet["klasse"] else "", colour=colour),
        Line(f"{study['navn']}. Periode: {period}", colour=colour),
    ]
    if deck.own:
        deck.panel(slide, Box(0.9, box.top - 0.3, 1.6, 0.06), STYLE.groups[1])
        box = Box(0.9, box.top, 11.5, 2.4)
    deck.text(slide, box, [line for line in lines if line.text], 20, 11)


def _basis(deck: Deck, sheet: Sheet) -> None:
    contacts = wording.count(sheet["henvendelser"], "henvendelse", "henvendelser")
    commented = wording.count(sheet["kommentert"], "henvendelse", "henvendelser")
    notes = (
        f"Shopperne tok kontakt som vanlige kunder, {contacts} i dette materialet. Minn om at få henvendelser "
        "gir usikre tall. Derfor trekker vi dem mot gjennomsnittet, og sier fra når en forskjell kan være tilfeldig."
    )
    slide, box = deck.add("Slik er tallene laget", notes)
    upper, lower = box.cut(1.5, 0.4)
    here = "henvendelser hit" if sheet["slag"] == "kundesenter" else "henvendelser i klassen"
    tiles = [(sheet["henvendelser"], here), (sheet["kommentert"], "med kommentar")]
    tiles += [(sheet["studie"]["henvendelser"], "henvendelser i hele studien")]
    lines = [
        [
            Line(wording.count(number), bold=True, colour=STYLE.accent, space=0.1),
            Line(name, colour=STYLE.muted, scale=0.45, space=0),
        ]
        for number, name in tiles
    ]
    deck.cards(slide, upper.columns(3), lines, 38, 18)
    themes = wording.listing([wording.inside(theme["navn"]) for theme in sheet["temaer"]])
    texts = [
        f"En språkmodell har lest kommentarene til {commented} og merket dem med temaene {themes}.",
        "Modellen tar feil iblant. Navn og andre personopplysninger er skjult, og hvem shopperen er, vises aldri.",
        f"Forskjeller fra {_beside(sheet)} er trukket inn mot gjennomsnittet, så tilfeldige utslag ikke blåses opp.",
        f"Går intervallet over null, sier vi «{_CLAIM.lower()}».",
    ]
    if not sheet["vises"]:
        few = wording.MIN_CONTACTS
        texts.insert(0, f"{wording.opening(wording.TOO_FEW)}: egne tall fra færre enn {few} henvendelser vises ikke.")
    deck.text(slide, lower, [Line(text, bullet=True, space=0.5) for text in texts], 20, 11)


def _score(deck: Deck, sheet: Sheet) -> None:
    shown = [row for row in sheet["score"] if row["estimat"] is not None]
    if not shown:
        return
    study = sheet["studie"]
    unit, places = wording.points(study["skala"]), wording.decimals(study["skala"])
    spoken = " ".join(entry["setning"] for entry in sheet["mot"])
    notes = (
        f"Slik er scoren {_here(sheet)}, med usikkerhet. {spoken} Klassevinneren er valgt fordi den ligger høyest, "
        "så noe av forspranget er flaks. Spør: Hvilke av henvendelsene drar snittet ned?"
    )
    title = "Scoren mot klassen og vinneren" if sheet["slag"] == "kundesenter" else "Scoren i klassen"
    slide, box = deck.add(title, notes)
    left, right = box.split(0.58)
    colours = {"eget": STYLE.positive, "vinner": STYLE.groups[1]}
    if len(shown) > _BARS:
        named = [row for row in shown if row["rolle"] != "senter"]
        centres = sorted((r for r in shown if r["rolle"] == "senter"), key=lambda r: -r["estimat"])
        shown = named + centres[: _BARS - len(named)]
    names = [wording.shorten(row["navn"], 34) for row in shown]
    fills = [colours.get(row["rolle"], STYLE.neutral) for row in shown]
    plan = Plan(
        number_format="0" if places == 1 else "General",
        title=f"Snittscore, {unit}",
        labels=STYLE.paper if places == 1 else None,
        size=13 if len(shown) < 8 else 11,
    )
    add_bar_chart(slide, left, names, [series_of("Snittscore", shown, STYLE.neutral)], plan, fills)
    few = [row["navn"] for row in sheet["score"] if row["estimat"] is None]
    lines = [Line(entry["setning"], colour=STYLE.ink, bullet=True, space=0.5) for entry in sheet["mot"]]
    lines += [_span_line(row, places) for row in shown if row["rolle"] != "senter"]
    if few:
        lines.append(Line(f"{wording.opening(wording.TOO_FEW)}: {wording.listing(few)}.", colour=STYLE.muted))
    lines.append(Line("Strekene viser hvor snittet trolig ligger.", colour=STYLE.muted, scale=0.85))
    deck.text(slide, right, lines, 18, 10)


def _span_line(row: dict[str, Any], places: int) -> Line:
    span = wording.likely(row["nedre"], row["øvre"], "", places).strip()
    return Line(
        f"{row['navn']}: {wording.number(row['estimat'], places)} ({span}; n = {wording.count(row['n'])})",
        colour=STYLE.muted,
        scale=0.85,
    )


def _themes(deck: Deck, sheet: Sheet) -> None:
    themes = sheet["temaer"][:_THEMES]
    beside = "Klassen" if sheet["slag"] == "kundesenter" else "Hele studien"
    sources = [(sheet["navn"], lambda t, m: t[m], STYLE.positive), (beside, lambda t, m: t["mot"][m], STYLE.neutral)]
    sources.append(("Klassevinneren", lambda t, m: t["vinner"][m], STYLE.groups[1]))
    sources = [(n, take, c) for n, take, c in sources if any(take(t, m) for t in themes for m in MENTIONS)]
    if not sources:
        return
    notes = (
        f"Så ofte omtales temaene {_here(sheet)} og hos dem vi sammenligner med. Strekene er lange fordi det er få "
        "henvendelser. Spør: Kjenner vi oss igjen? Hva hadde vi ventet å se oftere?"
    )
    slide, box = deck.add(f"Temaene {_here(sheet)} og i {beside[:1].lower() + beside[1:]}", notes)
    upper, lower = box.cut(box.height - 0.5)
    cells = [take(t, m) for _, take, _ in sources for t in themes for m in MENTIONS]
    reach = max(cell["øvre"] for cell in cells if cell)
    for room, mention in zip(upper.columns(2, 0.4), MENTIONS, strict=True):
        head, body = room.cut(0.4, 0.05)
        deck.text(slide, head, [Line(f"{wording.opening(mention)} omtale", bold=True, space=0)], 17, 12)
        names = [theme["navn"] for theme in themes]
        series = [
            series_of(wording.shorten(name, 30), [take(t, mention) for t in themes], colour)
            for name, take, colour in sources
        ]
        plan = Plan(horizontal=False, labels=None, legend=True, gap=60, title="Andel av henvendelsene", reach=reach)
        add_bar_chart(slide, body, names, series, plan)
    said = f"{sheet['navn']}: n = {wording.count(sheet['kommentert'])} henvendelser med kommentar"
    if not sheet["vises"]:
        said = f"{sheet['navn']}: {wording.TOO_FEW} ({wording.count(sheet['kommentert'])} med kommentar)"
    deck.text(slide, lower, [Line(f"Strekene viser hvor andelene trolig ligger. {said}.", colour=STYLE.muted)], 13, 9)


def _differences(deck: Deck, sheet: Sheet) -> None:
    themes = [theme for theme in sheet["temaer"] if theme["forskjell"] is not None][:_THEMES]
    if not themes:
        return
    sure = [theme["navn"] for theme in themes if theme["forskjell"]["sikker"]]
    told = f"Sikre forskjeller: {wording.listing(sure)}." if sure else f"{_CLAIM} for noen av temaene."
    notes = (
        f"{told} Søylene er andelen som roser minus andelen som kritiserer, sammenlignet med {_beside(sheet)}. De er "
        "trukket mot null fordi få henvendelser lett gir tilfeldige utslag. Går streken over null, kan forskjellen "
        "være tilfeldig."
    )
    who = "oss" if sheet["slag"] == "kundesenter" else "klassen"
    slide, box = deck.add(f"Hva skiller {who} fra {_beside(sheet)}?", notes)
    left, right = box.split(0.55)
    names = [theme["navn"] for theme in themes]
    cells = [{k: 100 * theme["forskjell"][k] for k in ("estimat", "nedre", "øvre")} for theme in themes]
    plan = Plan(number_format="0", title="Ros minus kritikk, forskjell i prosentpoeng", labels=None, size=13)
    add_bar_chart(slide, left, names, [series_of("Forskjell", cells, STYLE.positive)], plan)
    rows = [
        [
            theme["navn"],
            wording.number(cell["estimat"], 0),
            f"{wording.number(cell['nedre'], 0)} og {wording.number(cell['øvre'], 0)}",
            "ja" if theme["forskjell"]["sikker"] else "nei",
        ]
        for theme, cell in zip(themes, cells, strict=True)
    ]
    upper, lower = right.cut(min(right.height - 1.2, 0.45 * (len(rows) + 1)), 0.25)
    deck.table(slide, upper, ["Tema", "Forskjell", "Trolig mellom", "Sikker?"], rows, [0.34, 0.2, 0.28, 0.18])
    how = (
        f"Andelen som roser minus andelen som kritiserer, {_here(sheet)} minus i {_beside(sheet)}, i prosentpoeng. "
        f"Tallene er trukket mot null, fordi få henvendelser lett gir tilfeldige utslag (n = "
        f"{wording.count(themes[0]['forskjell']['n'])})."
    )
    deck.text(slide, lower, [Line(told, bold=True, space=0.4), Line(how, colour=STYLE.muted)], 16, 10)


def _chosen(deck: Deck, sheet: Sheet, key: str, title: str, maybe: str, mention: str) -> None:
    """Show strengths or things to train side by side, each with its quotes."""
    entries = sheet[key]
    talk = "Hva gjør vi her som flere kan gjøre?" if mention == "positiv" else "Hva kunne vi gjort i stedet?"
    sure = any(entry["sikker"] for entry in entries)
    claim = f"{_CLAIM} fra {_beside(sheet)}." if not sure else "Les sitatene høyt."
    notes = f"{claim} Sitatene er valgt av maskinen blant de tydeligste. Spør: {talk}"
    slide, box = deck.add(title if sure or not entries else maybe, notes)
    if not entries:
        text = f"{_CLAIM} å vise: ingen av temaene skiller seg ut i denne retningen."
        deck.panel(slide, box)
        deck.text(slide, box.inset(0.5, 0.4), [Line(text, colour=STYLE.ink)], 22, 12, middle=True)
        return
    colour = STYLE.mention(mention) if sure else STYLE.neutral
    unsure = f"{_CLAIM.lower()} fra {_beside(sheet)}"
    rooms = box.columns(len(entries), 0.3)
    heads = [
        [
            Line(entry["navn"] if entry["sikker"] else f"{entry['navn']}: {unsure}", bold=True),
            Line(entry["setning"], colour=STYLE.ink, scale=0.8),
            Line(entry["andeler"], colour=STYLE.muted, scale=0.7, space=0),
        ]
        for entry in entries
    ]
    tops, below = zip(*(room.cut(room.height * 0.42, 0.2) for room in rooms), strict=True)
    deck.cards(slide, list(tops), heads, 22, 11, edge=colour)
    for room, entry in zip(below, entries, strict=True):
        quotes = entry["sitater"][: (2 if len(entries) > 1 else 3)]
        if not quotes:
            text = "Ingen av kommentarene sier dette tydelig nok til å siteres. Har vi et eget eksempel?"
            deck.cards(slide, [room], [[Line(text, colour=STYLE.muted)]], 20, 11)
            continue
        cards = []
        for quote in quotes:
            cards.append([Line(wording.quoted(quote["setning"], 180), colour=STYLE.ink)])
            if quote["kanal"]:
                cards[-1].append(Line(wording.shorten(quote["kanal"], 40), colour=STYLE.muted, scale=0.7, space=0))
        parts = room.columns(len(quotes), 0.3) if len(entries) == 1 else room.rows(len(quotes), 0.15)
        deck.cards(slide, parts, cards, 24 if len(entries) == 1 else 18, 10)


def _few(deck: Deck, sheet: Sheet) -> None:
    """Say that there are too few contacts, and what is said of those they are compared with."""
    beside = _beside(sheet)
    notes = (
        f"Vi har {wording.TOO_FEW} til å vise egne tall. Bruk det shopperne skriver i {beside}, og spør: Kjenner vi "
        "oss igjen? Flere henvendelser gir egne tall neste gang."
    )
    slide, box = deck.add(f"{wording.opening(wording.TOO_FEW)}: se på {beside}", notes)
    few = f"Egne tall fra færre enn {wording.MIN_CONTACTS} henvendelser vises ikke, og heller ikke sitater."
    lines = [Line(few, bold=True, colour=STYLE.ink, space=0.6)]
    for mention, word in (("positiv", "roser"), ("negativ", "kritiserer")):
        themes = [theme for theme in sheet["temaer"] if theme["mot"][mention]]
        if themes:
            most = max(themes, key=lambda theme: theme["mot"][mention]["estimat"])
            cell = most["mot"][mention]
            span = wording.likely(100 * cell["nedre"], 100 * cell["øvre"], "%", 0)
            share = wording.percent(cell["estimat"], 0)
            name = wording.inside(most["navn"])
            text = f"I {beside} {word} shopperne oftest {name}: {share} av henvendelsene ({span})."
            lines.append(Line(text, colour=STYLE.ink, bullet=True, space=0.5))
    lines.append(Line("Øvelsene på neste side bygger på hele studien.", colour=STYLE.muted, bullet=True))
    deck.panel(slide, box)
    deck.text(slide, box.inset(0.5, 0.4), lines, 22, 12)


def _exercises(deck: Deck, sheet: Sheet) -> None:
    cards = sheet["øvelser"]
    if not cards:
        return
    theme = wording.inside(sheet["øvelser_tema"])
    afterwards = " ".join(f"{card['tittel']}: {card['etterpå']}" for card in cards)
    notes = f"Velg to av øvelsene. Gjør dem to og to, og ta oppsummeringen i plenum. Spør etterpå: {afterwards}"
    slide, box = deck.add(f"Øvelser: {theme}", notes)
    rooms = [room for row in box.rows(2, 0.25) for room in row.columns(2, 0.3)]
    if len(cards) == 3:
        rooms = box.columns(3, 0.3)
    texts = [
        [
            Line(f"{card['tittel']} ({card['minutter']} min)", bold=True, colour=STYLE.accent, space=0.25),
            Line(card["slik"], colour=STYLE.ink, scale=0.85, space=0.3),
            Line(f"Etterpå: {card['etterpå']}", colour=STYLE.muted, scale=0.8, space=0),
        ]
        for card in cards
    ]
    deck.cards(slide, rooms[: len(cards)], texts, 19, 10, edge=STYLE.groups[1])


def _questions(deck: Deck, sheet: Sheet) -> None:
    questions = list(dict.fromkeys(sheet["spørsmål"]))
    if not questions:
        return
    notes = "Ti minutter i grupper på tre til fem, ett eller to spørsmål på hver gruppe. Be om ett ekte eksempel."
    slide, box = deck.add("Til diskusjon", notes)
    cards = [[Line(text, bold=True, colour=STYLE.ink, space=0)] for text in questions]
    deck.cards(slide, box.rows(len(cards), 0.2), cards, 22, 12, edge=STYLE.groups[0])


def _commitments(deck: Deck, sheet: Sheet) -> None:
    notes = (
        "La alle skrive minst én ting de vil prøve, så liten at den kan gjøres i morgen. Fyll ut sammen, og avtal når "
        "dere ser på lista igjen. Siden kan skrives ut eller fylles ut rett i lysbildet."
    )
    slide, box = deck.add("Dette prøver vi", notes)
    upper, lower = box.cut(box.height - 0.6)
    header = ["Hva vi prøver", "Hvem", "Fra når", "Slik ser vi om det hjelper"]
    deck.form(slide, upper, header, 5, [0.42, 0.16, 0.14, 0.28])
    deck.text(slide, lower, [Line("Vi ser på lista igjen den: ____________________", colour=STYLE.muted)], 16, 11)


def _method(deck: Deck, sheet: Sheet) -> None:
    notes = "Vis denne siden når noen spør hvor sikre tallene er. Mer står på metodesiden i rapporten."
    slide, box = deck.add("Metode og forbehold", notes)
    said = [
        "Den samme shopperen skriver kommentaren og gir poengene. Tallene viser sammenheng, ikke årsak.",
        f"«Trolig mellom» er et {wording.level_name(0.95)}. Det tar ikke med at språkmodellen kan ta feil.",
        f"Forskjellene fra {_beside(sheet)} er anslått med en modell som trekker få henvendelser mot gjennomsnittet, "
        "etter hvor mye kundesentrene ellers varierer.",
        f"Snittet i en klasse er snittet av kundesentrene med minst {wording.MIN_CONTACTS} henvendelser. Ubesvarte "
        "henvendelser er med i snittscoren.",
        f"Tall fra færre enn {wording.MIN_CONTACTS} henvendelser vises ikke.",
        "Klassevinneren er kundesenteret i klassen med høyest snittscore.",
    ]
    deck.panel(slide, box)
    lines = [Line("Les tallene slik", bold=True, colour=STYLE.accent, scale=1.1)]
    lines += [Line(text, colour=STYLE.ink, bullet=True, space=0.45) for text in said]
    deck.text(slide, box.inset(0.4, 0.3), lines, 19, 10)
