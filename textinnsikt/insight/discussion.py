"""Questions for group work, built on the study's own findings."""

from __future__ import annotations

from typing import Any

from textinnsikt.insight.findings import adjusted, controls, difference, outside_themes
from textinnsikt.insight.wording import channel, inside, likely, percent, shorten

#: What to ask about each mention of the themes of the project's own codebook.
QUESTIONS = {
    ("lytting", "positiv"): "Når lytter vi best? Hva sier og gjør vi da, som kunden merker?",
    ("lytting", "negativ"): "Når opplever kunden at vi ikke hører etter? Hva gjør vi for å ta det inn igjen?",
    ("behovskartlegging", "positiv"): "Hvilke spørsmål åpner best for det kunden egentlig trenger?",
    (
        "behovskartlegging",
        "negativ",
    ): "Når svarer vi før vi har spurt? Hvilket spørsmål kunne vi stilt først?",
    ("løsning", "positiv"): "Hva kjennetegner svarene kunden blir fornøyd med? Hvordan får flere det til?",
    ("løsning", "negativ"): "Når blir kunden stående uten et godt svar? Hva kan vi tilby i stedet?",
    (
        "mersalg",
        "positiv",
    ): "Når oppleves tips om noe mer som god service? Hva har vi funnet ut om kunden da?",
    (
        "mersalg",
        "negativ",
    ): "Når blir salget for pågående, og når mangler et tips kunden ville hatt nytte av?",
}
_GENERAL = {
    "positiv": "Hva gjør vi i henvendelsene der {} fungerer godt? Finn to egne eksempler.",
    "negativ": "Hva skjer i henvendelsene der {} ikke fungerer? Hva kan vi prøve neste gang?",
}


def spotlight(facts: dict[str, Any], mention: str) -> dict[str, Any] | None:
    """Return the theme to talk about for one mention, with why.

    That is the adjusted row with the strongest association in the mention's own direction; without one, the
    theme most often mentioned so.

    Returns
    -------
    dict or None
        ``tema, navn, omtale, sikker, grunn`` (one line for the slide); None when no comment has such a
        mention.
    """
    sign = 1 if mention == "positiv" else -1
    rows = [r for r in adjusted(facts) if r["omtale"] == mention and sign * r["estimat"] > 0]
    if rows:
        row = max(rows, key=lambda r: (r["sikker"], sign * r["estimat"]))
        sure = "" if row["sikker"] else ", men forskjellen er ikke sikker"
        reason = (
            f"Henvendelser med slik omtale har i snitt {difference(row, facts)}, når {controls(facts)} er like{sure}."
        )
        return {**{k: row[k] for k in ("tema", "navn", "omtale", "sikker")}, "grunn": reason}
    everyone = facts["temaandeler"]["alle"]
    cells = [c for c in (everyone or {"celler": []})["celler"] if c["omtale"] == mention and c["antall"]]
    if not cells:
        return None
    cell = max(cells, key=lambda c: c["estimat"])
    reason = f"Omtalt {mention}t i {percent(cell['estimat'], 0)} av henvendelsene."
    return {**{k: cell[k] for k in ("tema", "navn", "omtale")}, "sikker": False, "grunn": reason}


def question(theme: str, mention: str, name: str) -> str:
    """Return what to ask about one mention of a theme.

    Examples
    --------
    >>> question("ventetid", "negativ", "Ventetid")
    'Hva skjer i henvendelsene der ventetid ikke fungerer? Hva kan vi prøve neste gang?'
    """
    return QUESTIONS.get((theme, mention), _GENERAL[mention].format(inside(name)))


def questions(facts: dict[str, Any]) -> list[dict[str, str]]:
    """Write at most five questions for groups, each with the finding it builds on.

    Returns
    -------
    list of dict
        ``bakgrunn`` (the finding) and ``spørsmål``.
    """
    found = []
    for mention in ("positiv", "negativ"):
        topic = facts["fremhevet"][mention]
        if topic is not None:
            ask = question(topic["tema"], mention, topic["navn"])
            found.append({"bakgrunn": f"{topic['navn']}, {mention} omtale. {topic['grunn']}", "spørsmål": ask})
    clusters = outside_themes(facts)
    if clusters:
        row = clusters[0]
        span = "" if row["nedre"] is None else f" ({likely(100 * row['nedre'], 100 * row['øvre'], '%')})"
        background = f"{percent(row['andel'])} av setningene handler om «{shorten(row['navn'], 60)}»{span}."
        ask = "Hva av dette kan vi selv gjøre noe med, og hva må vi ta videre?"
        found.append({"bakgrunn": background, "spørsmål": ask})
    contrast = _contrast(facts)
    if contrast:
        found.append({"bakgrunn": contrast, "spørsmål": "Hva kan kanalene lære av hverandre?"})
    last = "Hva prøver vi den neste uka, hvem gjør det, og hvordan ser vi om det virker?"
    return [*found, {"bakgrunn": "Til slutt, alle sammen.", "spørsmål": last}]


def _between(cell: dict[str, Any]) -> str:
    return likely(100 * cell["nedre"], 100 * cell["øvre"], "%", 0)


def _contrast(facts: dict[str, Any]) -> str | None:
    """Describe the widest sure gap between two channels (their intervals do not meet)."""
    best: tuple[float, str] | None = None
    groups = [group for group in facts["temaandeler"]["kanal"] if group["celler"]]
    for cells in zip(*(group["celler"] for group in groups), strict=True):
        if len(groups) < 2 or cells[0]["omtale"] != "positiv":
            continue
        pairs = sorted(zip(cells, groups, strict=True), key=lambda pair: pair[0]["estimat"])
        (low, lowest), (high, highest) = pairs[0], pairs[-1]
        gap = high["estimat"] - low["estimat"]
        if high["nedre"] > low["øvre"] and (best is None or gap > best[0]):
            text = (
                f"{low['navn']} omtales positivt i {percent(high['estimat'], 0)} av henvendelsene på "
                f"{channel(highest['gruppe'])} ({_between(high)}), mot {percent(low['estimat'], 0)} på "
                f"{channel(lowest['gruppe'])} ({_between(low)})."
            )
            best = (gap, text)
    return best[1] if best else None
