"""The workshop slides, drawn from the findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textinnsikt.insight import wording
from textinnsikt.insight.barchart import Plan, add_bar_chart, series_of
from textinnsikt.insight.boxes import Box, Line
from textinnsikt.insight.deck import Deck
from textinnsikt.insight.findings import adjusted, controls
from textinnsikt.insight.linkslides import importance_slide, winners_slide
from textinnsikt.insight.style import STYLE
from textinnsikt.study import MENTIONS

Facts = dict[str, Any]
#: What one slide has room for.
_THEMES, _GROUPS, _CLUSTERS, _CLASSES = 8, 6, 10, 20


def render_slides(facts: Facts, template: str | Path | None = None) -> bytes:
    """Draw the deck; a slide that the study has no findings for is left out.

    Parameters
    ----------
    facts : dict
        What `textinnsikt.insight.collect.collect` returns.
    template : str or Path, optional
        A ``.pptx`` or ``.potx`` whose look is used.

    Returns
    -------
    bytes
        A ``.pptx`` file.

    Raises
    ------
    InputError
        When the template cannot be read.
    """
    deck = Deck(facts["studie"]["navn"], template)
    slides = (_cover, _study, _findings, _factors, importance_slide, winners_slide)
    for draw in (*slides, _themes, _channels, _classes, _clusters):
        draw(deck, facts)
    for mention in MENTIONS:
        _quotes(deck, facts, mention)
    _discussion(deck, facts)
    _method(deck, facts)
    return deck.save(facts["studie"]["navn"], facts["studie"]["periode"]["til"])


def _cover(deck: Deck, facts: Facts) -> None:
    study = facts["studie"]
    notes = (
        "Velkommen. I dag ser vi på hva shopperne skrev etter henvendelsene, og hvordan det henger sammen "
        "med scoren. Etterpå diskuterer vi i grupper hva vi kan lære av det."
    )
    slide, box = deck.add(study["navn"], notes, cover=True)
    period = wording.period(study["periode"]["fra"], study["periode"]["til"])
    colour = STYLE.paper if deck.own else None
    lines = [
        Line("Hva shopperne skriver, og hvordan det henger sammen med scoren", colour=colour, scale=1.2),
        Line(f"Periode: {period}", colour=colour),
        Line("Materiale til arbeid i grupper", colour=colour),
    ]
    if deck.own:
        deck.panel(slide, Box(0.9, box.top - 0.3, 1.6, 0.06), STYLE.groups[1])
        box = Box(0.9, box.top, 11.5, 2.4)
    deck.text(slide, box, lines, 20, 11)


def _study(deck: Deck, facts: Facts) -> None:
    study = facts["studie"]
    notes = (
        "Shopperne tok kontakt som vanlige kunder: "
        f"{wording.count(study['henvendelser'], 'henvendelse', 'henvendelser')} "
        "i alt. Etter hver av dem ga de poeng og skrev kommentarer. Kommentarene er merket med temaer av en "
        "språkmodell, som tar feil iblant. Derfor viser vi hele tiden hvor sikre tallene er."
    )
    slide, box = deck.add("Slik er studien gjort", notes)
    tiles = [
        (study["henvendelser"], "henvendelser"),
        (study["kundesentre"], "kundesentre"),
        (study["shoppere"], "shoppere"),
        (study["kommentarer"], "kommentarer"),
    ]
    upper, lower = box.cut(1.5, 0.4)
    lines = [
        [
            Line(wording.count(number), bold=True, colour=STYLE.accent, space=0.1),
            Line(name, colour=STYLE.muted, scale=0.45, space=0),
        ]
        for number, name in tiles
    ]
    deck.cards(slide, upper.columns(4), lines, 38, 18)
    themes = wording.listing([wording.inside(theme["navn"]) for theme in facts["temaer"]])
    texts = [
        f"Hver kommentar er lest av en språkmodell og merket med temaene {themes}: positivt, negativt eller "
        "begge deler.",
        "Navn og andre personopplysninger er skjult før noe ble lest. Hvem shopperen er, vises aldri.",
        f"Vi sammenligner scoren i henvendelser med og uten omtale av hvert tema, når {controls(facts)} er "
        "tatt hensyn til.",
        "Tallene viser hva som henger sammen, ikke hva som er årsaken.",
    ]
    deck.text(slide, lower, [Line(text, bullet=True, space=0.5) for text in texts], 20, 12)


def _findings(deck: Deck, facts: Facts) -> None:
    findings = facts["hovedfunn"]
    if not findings:
        return
    said = " ".join(f"{f['nr']}. {f['setning']}" for f in findings)
    slide, box = deck.add("Hovedfunn", f"Gå gjennom funnene ett for ett. {said}")
    rooms = box.rows(len(findings))
    numbers = [[Line(str(f["nr"]), bold=True, colour=STYLE.accent, space=0)] for f in findings]
    cards = [
        [
            Line(finding["emne"], bold=True, colour=STYLE.ink, space=0.15),
            Line(finding["kort"], colour=STYLE.muted, scale=0.9, space=0),
        ]
        for finding in findings
    ]
    for room in rooms:
        deck.panel(slide, room, edge=STYLE.accent)
    sides = [room.inset(0.15, 0).split(0.05, 0.05) for room in rooms]
    deck.cards(slide, [left for left, _ in sides], numbers, 26, 12, fill=None)
    deck.cards(slide, [right for _, right in sides], cards, 18, 11, fill=None)


def _factors(deck: Deck, facts: Facts) -> None:
    rows = adjusted(facts)
    if not rows:
        return
    unit, places = wording.points(facts["studie"]["skala"]), wording.decimals(facts["studie"]["skala"])
    notes = (
        "Figuren viser forskjellen i score mellom henvendelser med og uten omtalen. De tynne strekene viser "
        "hvor "
        "usikkert hvert tall er. Går streken over null, er forskjellen ikke sikker. Minn om at dette er "
        "sammenhenger: Den samme shopperen skriver kommentaren og gir poengene."
    )
    slide, box = deck.add("Hva henger sammen med scoren?", notes)
    names = list(dict.fromkeys(row["navn"] for row in rows))[:_THEMES]
    series = []
    for mention in MENTIONS:
        by_name = {row["navn"]: row for row in rows if row["omtale"] == mention}
        series.append(series_of(f"{mention} omtale", [by_name.get(n) for n in names], STYLE.mention(mention)))
    left, right = box.split(0.5)
    plan = Plan(
        number_format="0" if places == 1 else "0.0",
        title=f"Justert forskjell i score, {unit}",
        labels=None,
        legend=True,
        size=13,
    )
    add_bar_chart(slide, left, names, series, plan)
    table = []
    for row in (r for r in rows if r["navn"] in names):
        span = f"{wording.number(row['nedre'], places)} og {wording.number(row['øvre'], places)}"
        table.append([row["navn"], row["omtale"], wording.number(row["estimat"], places), span])
    upper, lower = right.cut(right.height - 1.05)
    deck.table(slide, upper, ["Tema", "Omtale", "Poeng", "Trolig mellom"], table, [0.34, 0.19, 0.16, 0.31])
    text = (
        f"Justert forskjell i {unit}: når {controls(facts)} er like. Kundesenter og shopper er ikke holdt like her; "
        "det tallet står i rapporten. Sammenheng, ikke årsak."
    )
    deck.text(slide, lower, [Line(text, colour=STYLE.muted)], 14, 10)


def _themes(deck: Deck, facts: Facts) -> None:
    everyone = facts["temaandeler"]["alle"]
    if everyone is None:
        return
    notes = (
        "Så ofte omtales hvert tema, positivt og negativt. Én henvendelse kan ha begge deler. Spør gruppa: "
        "Kjenner vi oss igjen? Hvilket tema hadde vi ventet å se oftere?"
    )
    slide, box = deck.add("Hva skriver shopperne om temaene?", notes)
    cells = everyone["celler"]
    names = list(dict.fromkeys(cell["navn"] for cell in cells))[:_THEMES]
    found = {(cell["navn"], cell["omtale"]): cell for cell in cells}
    series = [series_of(f"{m} omtale", [found[n, m] for n in names], STYLE.mention(m)) for m in MENTIONS]
    left, right = box.split(0.54)
    add_bar_chart(slide, left, names, series, Plan(title="Andel av henvendelsene", legend=True, size=13))
    table = [[name, *(_span(found[name, mention]) for mention in MENTIONS)] for name in names]
    upper, lower = right.cut(min(right.height - 1.2, 0.45 * (len(names) + 1)), 0.25)
    deck.table(slide, upper, ["Tema", "Positiv", "Negativ"], table, [0.38, 0.31, 0.31])
    text = (
        f"n = {wording.count(everyone['n'])} henvendelser med kommentar. I parentes: trolig mellom. "
        "En henvendelse kan ha både positiv og negativ omtale av samme tema."
    )
    deck.text(slide, lower, [Line(text, colour=STYLE.muted)], 14, 10)


def _channels(deck: Deck, facts: Facts) -> None:
    groups = [group for group in facts["temaandeler"]["kanal"] if group["celler"]]
    if len(groups) < 2:
        return
    groups = sorted(sorted(groups, key=lambda g: -g["n"])[:_GROUPS], key=lambda g: wording.alphabet(g["gruppe"]))
    counts = "; ".join(f"{g['gruppe']}: {wording.count(g['n'], 'henvendelse', 'henvendelser')}" for g in groups)
    notes = (
        "Er det forskjell på kanalene? Se på strekene: Når de overlapper mye, er forskjellen ikke sikker. "
        f"Tallene bygger på {counts}."
    )
    slide, box = deck.add("Temaene i hver kanal", notes)
    names = [theme["navn"] for theme in facts["temaer"]][:_THEMES]
    upper, lower = box.cut(box.height - 0.5)
    reach = max(cell["øvre"] for group in groups for cell in group["celler"])
    for room, mention in zip(upper.columns(2, 0.4), MENTIONS, strict=True):
        head, body = room.cut(0.4, 0.05)
        deck.text(slide, head, [Line(f"{wording.opening(mention)} omtale", bold=True, space=0)], 17, 12)
        series = []
        for place, group in enumerate(groups):
            cells = {c["navn"]: c for c in group["celler"] if c["omtale"] == mention}
            series.append(series_of(group["gruppe"], [cells[n] for n in names], STYLE.groups[place]))
        plan = Plan(horizontal=False, labels=None, legend=True, gap=60, title="Andel av henvendelsene", reach=reach)
        add_bar_chart(slide, body, names, series, plan)
    deck.text(
        slide,
        lower,
        [Line(f"Strekene viser hvor andelene trolig ligger. {counts}.", colour=STYLE.muted)],
        13,
        9,
    )


def _classes(deck: Deck, facts: Facts) -> None:
    groups = [group for group in facts["temaandeler"]["klasse"] if group["celler"]]
    topic = facts["fremhevet"]["positiv"]
    if len(groups) < 2 or topic is None:
        return

    def cell(group: dict[str, Any]) -> dict[str, Any]:
        return next(c for c in group["celler"] if (c["tema"], c["omtale"]) == (topic["tema"], "positiv"))

    largest = sorted(groups, key=lambda g: -g["n"])[:_CLASSES]
    shown = sorted(largest, key=lambda g: -cell(g)["estimat"])
    notes = (
        f"Her er klassene sortert etter hvor ofte {wording.inside(topic['navn'])} omtales positivt. "
        "Strekene er brede der "
        "det er få henvendelser, så vær forsiktig med å rangere. Klasser med færre enn "
        f"{wording.MIN_CONTACTS} henvendelser vises ikke."
    )
    slide, box = deck.add(f"{topic['navn']}: positiv omtale i hver klasse", notes)
    upper, lower = box.cut(box.height - 0.4)
    labels = [wording.shorten(g["gruppe"], 30) for g in shown]
    series = [series_of("positiv omtale", [cell(g) for g in shown], STYLE.positive)]
    plan = Plan(size=13 if len(shown) <= 10 else 10, gap=30, title="Andel av henvendelsene")
    add_bar_chart(slide, upper, labels, series, plan)
    low, high = min(g["n"] for g in shown), max(g["n"] for g in shown)
    span = wording.count(low) if low == high else f"mellom {wording.count(low)} og {wording.count(high)}"
    text = f"Strekene viser hvor andelene trolig ligger. Hver klasse har {span} henvendelser med kommentar."
    deck.text(slide, lower, [Line(text, colour=STYLE.muted)], 13, 9)


def _clusters(deck: Deck, facts: Facts) -> None:
    rows = sorted((r for r in facts["klynger"]["rader"] if r["klynge"]), key=lambda r: -r["antall"])[:_CLUSTERS]
    if not rows:
        return
    notes = (
        f"Alle {wording.count(facts['klynger']['setninger'])} setninger er samlet i grupper etter hva de "
        "handler om, uten at "
        "noen har bestemt temaene på forhånd. Les et par sitater høyt, og spør hva som overrasker."
    )
    slide, box = deck.add("Hva handler setningene om?", notes)
    left, right = box.split(0.56)
    names = [wording.shorten(wording.opening(row["navn"]), 34) for row in rows]
    cells = [{**row, "estimat": row["andel"]} for row in rows]
    everyone = f"Andel av setningene (n = {wording.count(facts['klynger']['setninger'])})"
    plan = Plan(size=12, gap=35, title=everyone, labels=STYLE.ink)
    add_bar_chart(slide, left, names, [series_of("Andel av setningene", cells, STYLE.calm)], plan)
    cards = [
        [
            Line(wording.opening(wording.shorten(row["navn"], 60)), bold=True, colour=STYLE.accent, space=0.15),
            Line(wording.quoted(row["sitater"][0], 140), colour=STYLE.ink, space=0),
        ]
        for row in [row for row in rows if row["sitater"]][:4]
    ]
    deck.cards(slide, right.rows(max(1, len(cards))), cards, 15, 10)


def _quotes(deck: Deck, facts: Facts, mention: str) -> None:
    topic = facts["fremhevet"][mention]
    if topic is None or not topic["sitater"]:
        return
    name = wording.inside(topic["navn"])
    notes = (
        f"Les sitatene høyt. {topic['grunn']} Spør: Hva var det kundebehandleren gjorde her? "
        "Sitatene er valgt av maskinen blant de tydeligste, og personopplysninger er skjult."
    )
    slide, box = deck.add(f"Slik skriver shopperne: {mention} omtale av {name}", notes)
    head, body = box.cut(0.75)
    deck.text(slide, head, [Line(topic["grunn"], colour=STYLE.muted, space=0)], 18, 11)
    quotes = topic["sitater"][:4]
    rooms = [
        room for row in body.rows((len(quotes) + 1) // 2, 0.3) for room in row.columns(2 if len(quotes) > 1 else 1)
    ]
    cards = []
    for quote in quotes:
        source = ", ".join(wording.shorten(part, 40) for part in (quote["klasse"], quote["kanal"]) if part)
        cards.append([Line(wording.quoted(quote["setning"]), colour=STYLE.ink)])
        if source:
            cards[-1].append(Line(source, colour=STYLE.muted, scale=0.65, space=0))
    deck.cards(slide, rooms[: len(cards)], cards, 22, 12, edge=STYLE.mention(mention))


def _discussion(deck: Deck, facts: Facts) -> None:
    questions = facts["diskusjon"]
    notes = (
        "Del i grupper på tre til fem. Gi hver gruppe ett eller to spørsmål og ti minutter. La gruppene "
        "fortelle om ett eksempel hver, og skriv ned det de vil prøve."
    )
    slide, box = deck.add("Til diskusjon i grupper", notes)
    cards = [
        [
            Line(entry["spørsmål"], bold=True, colour=STYLE.ink, space=0.15),
            Line(entry["bakgrunn"], colour=STYLE.muted, scale=0.8, space=0),
        ]
        for entry in questions
    ]
    deck.cards(slide, box.rows(len(questions), 0.14), cards, 19, 10, edge=STYLE.groups[0])


def _method(deck: Deck, facts: Facts) -> None:
    study = facts["studie"]
    notes = "Vis denne siden når noen spør hvor sikre tallene er. Mer står på metodesiden i rapporten."
    slide, box = deck.add("Metode og forbehold", notes)
    said = [
        "Sammenhengene viser ikke årsak: Den samme shopperen skriver kommentaren og gir poengene.",
        "Språkmodellen tar feil iblant, særlig ved ironi og svært korte kommentarer.",
        f"«Trolig mellom» er et {wording.level_name(facts['faktorer']['nivå'])}. "
        "Det tar ikke med at modellen kan ta feil.",
        f"{wording.count(study['uten_kommentar'], 'henvendelse', 'henvendelser')} uten kommentar er ikke "
        "med i temaene.",
        f"Tall fra færre enn {wording.MIN_CONTACTS} henvendelser vises ikke.",
    ]
    notes_said = facts["faktorer"]["merknader"]
    more = ["Flere forbehold står i rapporten."] if len(notes_said) > 5 else []
    columns = [("Les tallene slik", said), ("Forbehold i denne studien", [*notes_said[:5], *more])]
    columns = [column for column in columns if column[1]]
    for room, (heading, texts) in zip(box.columns(len(columns), 0.4), columns, strict=True):
        deck.panel(slide, room)
        lines = [Line(heading, bold=True, colour=STYLE.accent, scale=1.1)]
        lines += [Line(text, colour=STYLE.ink, bullet=True, space=0.45) for text in texts]
        deck.text(slide, room.inset(0.3, 0.25), lines, 17, 10)


def _span(cell: dict[str, Any]) -> str:
    low, high = (wording.number(100 * cell[key], 0) for key in ("nedre", "øvre"))
    return f"{wording.percent(cell['estimat'], 0)} ({low}–{high})"
