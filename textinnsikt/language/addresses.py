"""Addresses: where a person lives or is reached (e-mail, web, street)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from textinnsikt.language.lexicon import FARM, is_compound, is_word, resembles_word, word_list
from textinnsikt.language.patterns import Rule, Span, apart, rule
from textinnsikt.language.register import entities, name_lists
from textinnsikt.language.words import STOP_WORDS

_AT = r"(?:\s?(?:@|\(at\)|\[at\]|\(a\)|\(krøllalfa\)|\(alfakrøll\))\s?|\s(?:krøllalfa|alfakrøll)\s)"
_DOT = r"(?:\.|\s?\((?:dot|punktum)\)\s?|\s(?:punktum|punkt|dot)\s)"
_TOP = r"(?:no|com|net|org|se|dk|fi|eu|io|co|uk|de|info|biz|app|tv|me|nu|online|shop|store|dev|ai)"
_URL_END = r"[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]]"

#: Last parts of street names, and of those that are as often a farm, a field or a common noun.
STREET = (
    r"(?:gata|gate|gaten|gatan|gt\.?|vei|veien|vegen|veg|allé|alle|alleen|alléen|plass|plassen|torg|torget|terrasse|"
    r"terrassen|brygge|bryggen|brygga|bakken|bakke|svingen|sving|stien|sti|kroken|krok|haugen|ringen|toppen|jordet|"
    r"smuget|stredet|løkka|tunet|grenda|feltet|kollen|faret|gården|lia|åsen|hagen|kaia|kaien|vn\.?|vågen|neset|"
    r"hellinga|hellingen|leiret|veita|kleiva|promenaden|passasjen|svingane|geilen|smauet|almenningen|stubben|"
    r"bekken|bekk|bredden|brinken|bråten|gutua|kneika|kneiken|leitet|slyngen|sløyfa|sløyfen|rabben|røysa|lykkja"
    r"|torvet|luodda|geaidnu|geaidnun|luohkká|gilet|gjelet|lien|svingn|haugn|vein|vegn)"
)
FIELD = (
    r"(?:stranda|stranden|garden|vollen|myra|myren|(?:bakk|haug|tveit|mo|flat|myr|hag|lund|teig|sand|nes|vik"
    r"|kleiv|ås|berg|løk|rud|eng|voll|røys|stein|støl|vang|brenn)ane|skogen|ekra|"
    r"åkeren|marka|berget|odden|holmen|bukta|vika|viken|elva|brua|lunden|engen|enga|parken|høgda|høyden"
    r"|dalen|teigen|"
    r"løkken|flata|sletta|sletten|hammaren|hammeren|skrenten|trappa|gard|gjerdet|moan|hjørnet|kanten|knatten|knausen|"
    r"pynten|nakken|skaret|skråningen|skråninga|stykket|tråkket|utsikten|vangen|fossen|dammen|tjernet|sundet|solsida|"
    r"skyggesida|brekka|kammen|fjellet|bakkan|haugan|bergan|myran|åsan|stølen|stølan|hovde|hovden|roa|roen|rua"
    r"|sætra|setra|sæter"
    r"|seter|øya|øyra|voll|tangen|ura|lida|tjønna|vatnet|botn|botnen|eidet|rønningen|slåtta|slåtten|jåen|kråa"
    r"|hylla|åmot|strondi|heimen"
    r"|hytta|bruket|rabbane|kleivi|bakkjen|gjerdane|trøa|trøen|gjerde|rusta|løkja|liane|låna|kvelven|"
    + "|".join(FARM)
    + ")"
)
#: Last parts of street names that tell a street without a capital too, where the whole word is none of the dictionary.
_SMALL = (
    r"(?:(?:gata|gate|gaten|veien|vei|vegen|veg)|(?:gt|vn)\.?|faret|svingen|bakken|stien|kroken|kollen|åsen|løkka"
    r"|stredet|"
    r"smuget|alleen|alléen|tunet|grenda|jordet|veita|kleiva|geilen|smauet|stubben|vollen|brinken|bekken|bråten"
    r"|gutua|lia|"
    r"kneika|slyngen|rabben|røysa|haugen|terrasse|terrassen|brygge|brygga|hellinga|ringen|torget)"
)
SIDE = (
    r"(?:Øvre|Nedre|Nordre|Søndre|Søre|Vestre|Østre|Austre|Øystre|Ytre|Indre|Midtre|Store|Lille|Litle|Vesle|Gamle|Nye)"
)
SIDE_SMALL = SIDE.lower()
#: A letter after a space belongs to the house unless it is a word (``Storgata 12 i Oslo``).
DOOR = r"(?!\d)(?:[A-Za-zÆØÅæøå](?!\w)|\s(?:[A-HJ-Z]|[a-df-h])(?!\w))?"
HOUSE = rf"\s?(?:nr\.?\s?)?\d{{1,4}}{DOOR}"
_FARM_HOUSE = rf"(?P<house>\d{{1,3}}){DOOR}"
FLAT = (
    r"(?:\s?,?\s?\(?(?:\b[hulkHULK]0\d{3}\b"
    r"|(?i:oppg(?:ang)?|inngang)\.? (?:(?i:nord|sør|øst|vest|aust)\b|[A-H](?=(?:men|og|i|på|som|er)\b))"
    r"|(?i:oppg(?:ang)?|inngang|leil(?:ighet)?|bolignr|bolignummer)\b\.?\s?[A-Za-z]?\d{0,4}(?!\w)"
    r"|(?i:snr|seksj(?:on)?|leil(?:ighet|egheit)?|andel|rekkehus|hus|hytte|bolig|rom)\b\.?\s?(?:nr\.?\s?|nummer )"
    r"?\d{1,4}(?!\w)"
    r"|\d{1,2}\.?\s?(?:etg|etasje|høgda)\b\.?(?:,? (?:til )?(?:venstre|høyre|høgre|høgra))?)\)?)*"
)
POST = rf"{FLAT}(?:\s*,?\s*\d{{4}}\s?(?!(?:kr|ganger|gonger)\b)[A-ZÆØÅa-zæøå][\wæøå]+(?:\s[A-ZÆØÅ]{{1,2}}\b)?)?"
NOT_COUNT = (
    r"(?!\s*(?:gang|gong|timer|timar|time\b|minutt|min\b|sek|dager|dagar|døgn|uker|uke\b|veker|veke\b|måned|månad|mnd|"
    r"år\b|åring|personer|stk|stykk|kr\b|kroner|euro|%|prosent|km\b|meter|mil\b|mill|stjerner|poeng|barn\b|unger"
    r"|bilder|sider\b|nye\b|stykker|roms?\b|[gm]b\b|,-|[.,:]\d|"
    r"\.?\s?(?:jan|feb|mars|apr|mai|jun|jul|aug|sep|okt|nov|des)[a-z]*\b|\.\s?(?:plass|klasse|etasje|gong)))"
)
_TO = r"(?:i|på|til|te|ti|frå|fra|hos|ved|utenfor|utanfor|adresse[nr]?)"
_LIVES = r"(?:bor|bur|budd|bodd|bodde|budde|flytta|flyttet|flytter|hybel|adress|lever|send|kjør|køyr|hent|post|hus)"


@lru_cache(maxsize=1)
def _companies() -> frozenset[str]:
    """Return the known companies as the middle of a web address has them."""
    names = (name.lower().removesuffix(".no").removesuffix(".com") for name in word_list("merkenavn.txt"))
    return frozenset(re.sub(r"[^\wæøå-]", "", name) for name in names)


def _is_private_link(match: re.Match[str]) -> bool:
    """The bare home page of a known company (``telenor.no``) may stand; ``fint.no er`` only lacks a space."""
    parts = match[0].lower().removeprefix("www.").rstrip("./").split(".")
    if "/" in match[0]:
        return True
    run_on = is_word(parts[-2]) and (parts[-1] in STOP_WORDS or is_word(parts[-1])) and match[0][:4] != "www."
    return not run_on and parts[-2] not in _companies()


def opens_sentence(text: str, start: int) -> bool:
    """Say whether a sentence begins at a place in a text."""
    return bool(re.search(r"(?:^|[.!?:\n]\s*)[«\"(]?$", text[max(0, start - 4) : start]))


def ends_clause(text: str, end: int) -> bool:
    """Say whether a clause ends at a place in a text."""
    return bool(re.match(r"\s*(?:[/,;–-]\s|[.!?]?$)", text[end:]))


def _is_post_town(match: re.Match[str]) -> bool:
    """Four digits before a town are a postcode unless they read as a year."""
    return match["code"][:2] not in ("19", "20") and match["town"].capitalize() in word_list("stedsnavn.txt")


def _is_street(match: re.Match[str]) -> bool:
    """``halvveien`` is no street, and ``køplass 23`` no address."""
    word = re.match(r"\w+", match[0])
    name = re.sub(r"\W*\d.*", "", match[0].lower())
    if entities().has(name) and not name.endswith(("gata", "gate", "gaten", "vei", "veien", "veg", "vegen")):
        return False
    *_, first, last = ["", *name.split()]
    if last in ("plass", "krok", "sti", "sving", "bakke", "brygge", "torg") and last in match[0]:
        if is_word(first) and not first.endswith("s"):
            return False
    if last.startswith("terrasse") and is_word(first) and opens_sentence(match.string, match.start()):
        return False
    if word and re.search(r"(?:plass|krok|sti|ringen|toppen|hagen|gården|feltet|torg)$", word[0].lower()):
        low, opens = word[0].lower(), opens_sentence(match.string, match.start())
        placed = match[0][0].isupper() and not opens and not low.endswith("plass")
        return not (is_word(low) or (not placed and (is_compound(low) or resembles_word(low))))
    return not re.match(r"(?:under|halv|av|ut|inn|om|gjennom|motor|sykkel|hoved|tog)v", match[0].lower())


def _is_link_with_path(match: re.Match[str]) -> bool:
    """``bit.ly/x`` is a link; ``sein.og/eller`` only lacks a space."""
    first, last = match["first"].lower(), match["last"].lower()
    return any(letter.isdigit() for letter in match[0]) or not (is_word(first) and is_word(last))


def _is_farm(match: re.Match[str]) -> bool:
    """A town or a company with a number is no address (``Kiwi 365``), nor is a price."""
    words = match["place"].lower().split()
    known = entities().has(words[-1]) or entities().has(" ".join(words))
    named = match.re.groupindex.get("bare") is None or words[-1] in name_lists()[1]
    return named and not known and not match["house"].endswith("00")


def _is_uncapitalised_street(match: re.Match[str]) -> bool:
    """``skogfaret 9`` is a street; ``utforbakken 9`` may be no more than a word, as any of the dictionary is."""
    word = re.findall(r"[^\W\d_]{3,}", match[0])
    before = match.string[max(0, match.start() - 30) : match.start()]
    if re.search(r"\d[a-h](?!\w)", match[0]) and re.search(
        r"\b(?:i|på|til|fra|frå|ved|uta?[ne]nfor|hos|mot) $", before
    ):
        return True
    return not is_word(word[-1 if len(word) < 2 or word[0] not in SIDE_SMALL else 1].lower())


def _is_named_street(match: re.Match[str]) -> bool:
    """A word with a capital inside a sentence, or that no dictionary has, is a place, if not a known one."""
    place, known = match["place"].lower(), entities().has(match["place"].lower())
    opens = opens_sentence(match.string, match.start())
    ends = re.match(r"\s*(?:[/,;–-]\s|[.!]?$)", match.string[match.end() :])
    common = is_word(place) or (not ends and (is_compound(place) or resembles_word(place)))
    return not known and not match["house"].endswith("00") and not (opens and common)


def _is_small_street(match: re.Match[str]) -> bool:
    """Without a capital, a letter, a postcode or a word for living there tells a street from a common noun."""
    told = re.search(rf"\b{_LIVES}", match.string[max(0, match.start() - 50) : match.start()].lower())
    exact = re.search(r"\d ?[a-hA-H](?!\w)|\d{4} |[hH]0\d", match["value"])
    return bool(told or (exact and not is_word(match["value"].split()[0].lower())))


#: The rules that need no digit, in order of precedence.
LINK_RULES: tuple[Rule, ...] = (
    rule(
        "[e-post]",
        r"(?i:(?<![\w.+-])(?:[\w.+-]+ \(?(?:punktum|dot|understrek|bindestrek)\)? )*[\w.+-]+",
        rf"{_AT}[\wæøå-]+(?:{_DOT}[\wæøå-]+)*?{_DOT}(?:{_TOP}|[a-z]{{2,4}})\b)",
    ),
    rule("[lenke]", rf"(?i:\b(?:https?://|www\.(?=\S+/)){_URL_END})"),
    rule(
        "[lenke]",
        rf"(?<![@\w.])(?:[wW]{{3}}\.)?(?:[\wæøåÆØÅ-]+\.)+{_TOP}\b(?![\w-])(?:/(?:{_URL_END})?)?",
        check=_is_private_link,
    ),
    rule(
        "[lenke]",
        rf"(?<![@\w.])(?:[\wæøåÆØÅ-]+\.)*(?P<first>[\wæøåÆØÅ-]{{2,}})\.(?P<last>[a-zA-Z]{{2,10}})/{_URL_END}",
        check=_is_link_with_path,
    ),
    rule("[navn]", r"(?<![\w@.])@[\wæøåÆØÅ][\wæøåÆØÅ.]+[\wæøåÆØÅ]"),
)


def streets_again(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the other places where a street found once is written with a number, in any case.

    Examples
    --------
    >>> text = "til Kirkebakken 1, ikke kirkebakken 11 a"
    >>> [text[span.start : span.end] for span in streets_again(text, [Span(4, 17, "[adresse]")])]
    ['kirkebakken 11 a']
    """
    spans = list(spans)
    streets = (text[span.start : span.end] for span in spans if span.label == "[adresse]")
    names = {match[1].strip() for street in streets if (match := re.match(r"(\D{4,}?)\.? ?\d", street))}
    patterns = [rf"(?i:\b{re.escape(name)})\.?{HOUSE}{NOT_COUNT}{POST}" for name in names]
    return apart((Span(*match.span(), "[adresse]") for one in patterns for match in re.finditer(one, text)), spans)


#: All the rules, in order of precedence.
ADDRESS_RULES: tuple[Rule, ...] = (
    *LINK_RULES,
    rule(
        "[adresse]",
        r"(?:\b|(?<=\bi)|(?<=\bpå)|(?<=\btil)|(?<=\bfra))(?:(?i:(?:oppgang|inngang) [A-Za-z]|leil(?:\.|ighet)"
        r"? \d+),? )?",
        r"(?:(?:[A-ZÆØÅ][\wæøåéö.'-]*\s){1,4}",
        rf"(?:(?!(?:{_TO}|av|med|og|er|var)\s)[a-zæøå]+\s)?(?i:{STREET})|",
        rf"(?:[A-ZÆØÅ][\wæøå]+\s){{0,2}}[A-ZÆØÅ][\wæøåéö-]*{STREET})",
        rf"{HOUSE}{NOT_COUNT}{POST}",
        check=_is_street,
    ),
    rule(
        "[adresse]",
        rf"\b(?:{SIDE_SMALL} )?[a-zæøå]{{2,}}(?:gata|gate|gaten|gt\.?|vn\.?|vei|veien|vegen|veg|svingn|haugn|gatå)",
        rf"{HOUSE}{NOT_COUNT}{POST}",
        check=_is_street,
    ),
    rule(
        "[adresse]",
        rf"(?:{SIDE_SMALL} )?\b[a-zæøå]{{3,}}{_SMALL} ?(?P<house>\d{{1,3}}){DOOR}{NOT_COUNT}{POST}",
        check=_is_uncapitalised_street,
    ),
    rule(
        "[adresse]",
        r"\b(?:bor|bur|budd|bodd|flytta|flyttet|flytter) (?:i|på|til|frå|fra) ",
        rf"(?P<value>[\wæøå]+ (?:[\wæøå]+ )?{STREET}{HOUSE}{NOT_COUNT}{POST})",
    ),
    rule(
        "[adresse]",
        rf"(?:\b{_TO}|,) (?P<value>[a-zæøå]{{3,}}(?:{STREET}|{FIELD}){HOUSE}{NOT_COUNT}{POST})",
        check=_is_small_street,
    ),
    rule(
        "[adresse]",
        rf"\b{_TO} (?P<value>[a-zæøå]{{3,}} (?:[a-zæøå]+ )?(?<=s )(?:gate|gata|vei|veien|veg|vegen|plass|allé|alle)",
        rf"{HOUSE}{NOT_COUNT}{POST})",
    ),
    rule(
        "[adresse]",
        rf"(?i:\b(?:post(?:boks|b\.)|p\.?b\.?)\s?\d{{1,5}}\b)(?:,? [A-ZÆØÅ][a-zæøå]+(?=,? \d{{4}} ))?{POST}",
    ),
    rule(
        "[adresse]",
        r"(?:(?i:\badress[ae]n?)(?: (?:er|min|mi|vår))*:?\s+|\bbor (?:i|på) )",
        rf"(?P<value>[A-ZÆØÅ][\wæøå]+(?: [\wæøå]+)?\s\d{{1,4}}{DOOR}{NOT_COUNT}{POST})",
    ),
    rule(
        "[adresse]",
        rf"\b(?P<place>{SIDE} [A-ZÆØÅ][\wæøå-]+) {_FARM_HOUSE}{NOT_COUNT}{POST}",
        check=_is_farm,
    ),
    rule(
        "[adresse]",
        rf"\b{_TO} (?P<value>(?P<place>(?=[A-ZÆØÅ])(?i:[\wæøå-]*{FIELD}|{STREET})) ",
        rf"{_FARM_HOUSE}{NOT_COUNT}{POST})",
        check=_is_farm,
    ),
    rule(
        "[adresse]",
        rf"\b(?P<bare>i|på|utenfor|utanfor) (?P<value>(?P<place>[A-ZÆØÅ][\wæøå-]+) {_FARM_HOUSE}{NOT_COUNT}{POST})",
        check=_is_farm,
    ),
    rule(
        "[adresse]",
        rf"\b[A-ZÆØÅ][\wæøå-]*{FIELD}{HOUSE}",
        rf"(?=,? ?(?:\d\.? ?(?:etg|etasje)|oppg|[hH]0\d|\d{{4}} [A-ZÆØÅ])){POST}",
    ),
    rule(
        "[adresse]",
        r"\b(?:(?:bur|budd|bodd|bodde|budde) (?:i|på)|",
        r"(?i:lever\w+|send\w*|kjør\w+|køyr\w+) (?:heim |hjem )?(?:til|te|frå|fra)) ",
        rf"(?P<value>(?P<place>[A-ZÆØÅ][\wæøå-]+) {_FARM_HOUSE}{NOT_COUNT}{POST})",
        check=_is_farm,
    ),
    rule(
        "[adresse]",
        rf"\b(?P<place>(?=[A-ZÆØÅ])(?i:[a-zæøåéö.-]{{3,}}{FIELD})) ",
        rf"{_FARM_HOUSE}{NOT_COUNT}(?! ?[a-zæøå]{{3,}}er\b){POST}",
        check=_is_named_street,
    ),
    rule("[adresse]", r"\b[hulkHULK]0\d{3}\b"),
    rule(
        "[adresse]", r"(?i:\bhus(?:nummeret|nummer|nr)\b\.?(?: (?:er|e|var|mitt))*:?) (?P<value>\d{1,4})(?!\d|[.,]\d)"
    ),
    rule(
        "[adresse]",
        r"(?i:\b(?:g(?:år|ar)dsn(?:umme)?r|gnr)\b\.?(?:[ /,]*(?:og )?b(?:ruks)?n(?:umme)?r\b\.?)?:?\s?\d{1,4}",
        r"(?:\s?[,/]?\s?(?:og )?(?:[bfs]nr\b|bruksn(?:umme)?r|festen(?:umme)?r|seksjon(?:snr)?)?\.?\s?\d{1,4})*)",
    ),
    rule("[adresse]", r"(?<![\d.,])(?P<code>\d{4}) (?P<town>[A-ZÆØÅ][\wæøåÆØÅ]+)\b", check=_is_post_town),
)
