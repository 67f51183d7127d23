"""Words that say nothing of what a comment is about: the channel, the contact itself, and the most general words."""

from __future__ import annotations

import re

_NOUN = "(?:e|en|n|a|an|i|er|ar|ene|ane|s)?"
_VERB = "(?:e|a|er|ar|et|te|ing|inga|ingen)?"

#: Channel and contact in bokmål, nynorsk and dialect. Compounds that name something else (``telefonkø``,
#: ``e-postadresse``, ``chatvinduet``) are left alone.
_CONTACT = re.compile(
    "|".join(
        (
            rf"(?:web-?|nett-?|live-?)?(?:chat+|chætt|tsjatt|tjatt){_NOUN}{_VERB}",
            rf"chat+(?:e-?)?(?:prat|samtal|tråd|melding){_NOUN}",
            rf"(?:e-?post|epost|e-?mail|mail|mæil|meil){_NOUN}{_VERB}",
            rf"(?:e-?post|mail)(?:utveksling|korrespondanse|melding|tråd|svar){_NOUN}(?:et)?",
            rf"(?:telefon|tælefon|tellefon){_NOUN}|tlf{_NOUN}|telefonsamtal{_NOUN}|telefonsamtæl{_NOUN}",
            rf"facebook{_NOUN}|face|fjesbok{_NOUN}|fb|messenger{_NOUN}|insta|instagram|sms{_NOUN}|dm|pm",
            rf"(?:facebook|messenger)-?(?:sid|melding|tråd){_NOUN}",
            rf"(?:samtal|samtæl|samtål){_NOUN}|(?:medd?eling|melding|mælding|mælling){_NOUN}",
            rf"(?:henvendels|hendvendels|henvending|førespurnad|forespørs(?:e)?l){_NOUN}",
            rf"kontakt{_NOUN}{_VERB}|kanal{_NOUN}|kommunikasjon{_NOUN}",
        )
    )
)

#: Base forms, and dialect forms that have none, which make part of a phrase but no name alone.
GENERAL_WORDS = frozenset(
    (
        # negations
        "ikke ikkje aldri ingen inga intet ingenting uten utan nei verken hverken "
        # asking, saying, knowing, thinking, trying
        "si seie fortelle fortelje snakke snakka prate prata skrive skreiv ringe ringte ringde svare svar høre "
        "høyre hørt hørte spørre spørje spurt spurte spørsmål spørsmålet vite visste veta vet veit visst tenke "
        "tenkt tro trodde tru synes syns syntes mene meine ment føle kjenne oppleve oppfatte merke prøve prøvd "
        "prøvde prøva forsøke trenge trenger trengte trengde treng ønske ville virke virka verke høres finne fant "
        "finn legge leggje sette setje sitte sitje stå ligge holde halde bruke bruka be spørs handle gjelde bety "
        "betyr gi gje gir vise begynne byrje starte slutte ende bli love nevne nemne ringt skjønne skjøne forstå "
        "hjelpe hjelpa se sjå måtte vente lese sende få gå møte "
        # things, people, places
        "ting greie greier måte vei veg veien linje linja lina tråd øre rør sted stad del slag type sak form ord "
        "tekst setning linjer kundesenter kundebehandler kundeveileder konsulent medarbeider ansatt person "
        "menneske folk dame dama mann mannen fyr jente gutt vedkommende kunde navn namn side hånd hand andre "
        "annen neste siste forrige hjelp bedrift firma "
        # time and amount
        "tid tida gang gong ganger dag uke veke time minutt sekund år kveld morgen formiddag ettermiddag øyeblikk "
        "stund mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tysdag laurdag sundag tretten fjorten "
        "femten seksten sytten atten nitten tjue tredve tretti førti femti seksti hundre tusen halv halvannen "
        "dobbelt par nummer null mange "
        # manner
        "god godt bra fin fint grei greit rett rette hard stor liten lang kort ny gammel sen sein tidlig rask "
        "bedre best dårlig lett enkel vanlig mulig klar klart sikker helhet kanskje nå straks fort fortsatt "
        "fremdeles framleis vidare videre mens først sist lenge nok alt akkurat ferdig egen eget egne full fullt "
        "tydelig klok alene sånn plutselig underveis nærmest omtrent direkte heldigvis dessverre ekstra jo ennå "
        "visstnok kjapt kjapp ordentlig skikkelig vær være hende skje midt slutt start starten lest rekke sleppe "
        "passe la ante pip lure lurte ja én ein femte tredje fjerde glemme bruk antall einaste eneste riktig "
        "kvart korkje foruten finnes massevis stille stoppe savne trekke falle følge følgje råde like åpen open "
        "havne plass topp rad reaksjon annenhver engang viktig bo le oppmerksom fri vekk liv vanskelig høy låg "
        "bunn besvare forklare "
    ).split()
)


def names_contact(word: str) -> bool:
    """Whether a word in lower case names a channel or the contact itself.

    Examples
    --------
    >>> [word for word in ("chatten", "mailane", "e-post", "samtala", "telefonkø") if names_contact(word)]
    ['chatten', 'mailane', 'e-post', 'samtala']
    """
    return _CONTACT.fullmatch(word) is not None
