"""Cues: the words and endings from which a reader knows that a name is near, or that a word is none."""

from __future__ import annotations

from textinnsikt.language.lexicon import FARM


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Verbs that say what a person does: a doubtful word before one of them is a name.
DOES = _words(
    """
    skriver skrev forteller fortalte beskriver beskrev skildrer skildret viser viste lar lot klarer klarte makter
    maktet bruker brukte sier sa sa svarer svarte svarar svara hjelper hjalp ringer ringte ringde spør spurte spurde
    tar tok gir ga gav får fikk fekk lyttet lytter forklarte forklarer tilbød anbefalte ordnet fikset løste sendte
    lovet lovte lova virket virka hørtes høyrdest avsluttet presenterte takket foreslo fant finner møter møtte
    leverer leverte lykkes lyktes mener meinte mente debuterer debuterte følger fulgte kjenner kjente vet visste vil
    ville kan kunne skal skulle må måtte prøver prøvde begynner begynte blir ble vart blei holder holdt går gikk
    gjekk kommer kom står sto stod ser så tenker tenkte tror trodde lever levde bor bodde dør døde elsker elsket
    leser leste synes syntes ønsker ønsket håper håpet serverer gjør gjorde har hadde er var heter het smilte lo
    skjønte skjønner forstod forsto forstår snakket snakker satte setter la legger hentet henter sjekket sjekker
    undersøker undersøkte etterforsker jakter reiser reiste drar dro vokser vokste vender vendte skaper skapte
    """
)
#: Words by which somebody tells what he or she met with.
ME = _words("jeg eg æ æg jæ je ej meg mæ mei")
#: Verbs that only a person is the subject of: even a place or company before them is a person.
SPEAKS = _words(
    """
    skriver skrev forteller fortalte skildrer skildret beskriver beskrev debuterer debuterte sa svarte mener mente
    hjalp ringte spurte lyttet smilte lo forklarte behersker dikter diktet sier svarer mener forklarer smiler
    kaller kalte
    """
)
#: Verbs of writers: even an unlisted compound at a sentence's start is a name before them.
WRITES = _words("skriver skrev forteller fortalte skildrer skildret beskriver beskrev debuterer debuterte dikter")
#: The verbs of `DOES` that any noun may stand before.
IS = _words("er var har hadde blir ble vart blei kan kunne skal skulle må måtte vil ville får går kommer kom så la ser")
#: Words that bring a name with them, whatever case it is written in.
NAMING = _words(
    """
    heter heiter hette hetende het heitte hete heite heitt heitter navn namn navnet namnet mvh vh hilsen hilsning
    hilsing helsing helsinga kalles kalt
    """
)
#: Words that often stand before a name.
MEETING = _words(
    """
    med av til frå fra hos han hun ho hu hanj hainn kundebehandler kundebehandleren rådgiver rådgiveren selger
    selgeren konsulent konsulenten saksbehandler saksbehandleren medarbeider medarbeideren damen dama mannen fyren
    herr fru frøken hei hallo takk kollega kollegaen både og kalte kalles ifølge ifølgje følge følgje
    """
)
#: Titles and kinship: the name comes after them, they are no part of it.
TITLES = _words(
    """
    herr hr fru fr frk frøken frue dr doktor prof professor kong konge kongen dronning dronningen prins prinsen
    prinsesse prinsessen kronprins kronprinsesse keiser keiserinne president statsminister minister general kaptein
    major oberst løytnant sersjant kommissær inspektør etterforsker politimester lensmann advokat dommer biskop pave
    sir lord lady mr mrs ms miss madame monsieur mister don onkel tante bestemor bestefar mormor morfar farmor farfar
    pastor pater prest søster bror profeten journalist forfatter forfatteren kunstner professoren sankt st saint
    """
)
#: Persons by their work or looks: after them a name comes, with or without a capital.
PERSONS = _words(
    """
    kundebehandler kundebehandleren kundebehandlar kundebehandlaren kundekonsulent kundekonsulenten kunderådgiver
    rådgiver rådgiveren rådgivar rådgivaren selger selgeren seljar seljaren konsulent konsulenten saksbehandler
    saksbehandleren saksbehandlar saksbehandlaren medarbeider medarbeideren medarbeidar medarbeidaren agent agenten
    operatør operatøren tekniker teknikeren teknikar teknikaren montør montøren elektriker elektrikeren sjåfør
    sjåføren kollega kollegaen kollegaene leder lederen teamleder teamlederen avdelingsleder butikksjef butikksjefen
    sjef sjefen resepsjonist resepsjonisten ekspeditør ekspeditøren vikar vikaren lærling lærlingen vakta
    damen dama dame mannen mann fyren fyr karen kar gutten gutt jenta jente kvinnen kvinne
    far mor kone kona kjæreste kjæresten sønn sønnen datter dattera datteren bror broren søster søsteren
    ansatt ansatte tilsett tilsette betjent betjenten kontaktperson kontaktpersonen kundeansvarlig
    """
)
#: Trades: after one of them a surname comes as often as a given name (``Tannlege Mirzaei``).
PROFESSIONS = _words(
    """
    tannlege tannlegen tannlækjar tannlækjaren tannpleier tannpleieren lege legen lækjar lækjaren fastlege fastlegen
    fastlækjaren overlege overlegen vaktlege vaktlegen kirurg kirurgen doktor doktoren dokter dokteren sykepleier
    sykepleieren sjukepleiar sjukepleiaren sjukepleier helsesykepleier helsesykepleieren jordmor jordmora jordmoren
    fysioterapeut fysioterapeuten kiropraktor kiropraktoren psykolog psykologen psykiater psykiateren terapeut
    terapeuten veterinær veterinæren dyrlege dyrlegen dyrlækjar dyrlækjaren optiker optikeren optikar optikaren
    farmasøyt farmasøyten apoteker apotekeren frisør frisøren massør massøren hudpleier hudpleieren
    advokat advokaten jurist juristen megler megleren meklar meklaren eiendomsmegler eiendomsmegleren
    eigedomsmeklar takstmann takstmannen taksator taksatoren skadetakstmann skadetakstmannen skadebehandler
    skadebehandleren oppgjørskonsulent kunderådgiveren bankrådgiver bankrådgiveren bankrådgjevar rådgjevar rådgjevaren
    lånerådgiver finansrådgiver forsikringsrådgiver forsikringsrådgiveren kundeveileder kundeveilederen veileder
    veilederen rettleiar rettleiaren kundesjef kundesjefen banksjef banksjefen filialsjef salgssjef verkstedsjef
    daglegleiar prosjektleder prosjektlederen byggeleder byggelederen driftsleder driftslederen teamleiar leiar
    leiaren arbeidsleder supervisor supervisoren formann formannen montøren montørn installatør installatøren
    rørlegger rørleggeren røyrleggar røyrleggaren snekker snekkeren snikkar snikkaren tømrer tømreren tømrar maler
    maleren mekaniker mekanikeren mekanikar mekanikaren bilmekaniker servicetekniker serviceteknikeren feiar feier
    feieren elektrikar elektrikaren sjåførn sjåføren bussjåfør bussjåføren drosjesjåfør drosjesjåføren postbud
    postbudet postmann postmannen bilselger bilselgeren regnskapsfører regnskapsføreren rekneskapsførar revisor
    revisoren namsmann namsmannen inspektør inspektøren vaktmester vaktmesteren vaktmeister vaktmeisteren vekter
    vekteren vektar lærer læreren lærar læraren rektor rektoren kontaktlærer kjørelærer kjørelæreren køyrelærar
    instruktør instruktøren trener treneren tolk tolken servitør servitøren kelner kelneren kokk kokken
    guide guiden reiseleder reiselederen bartender bartenderen barista baristaen pilot piloten purser vertinne vertinna
    vertinnen verten flyvertinne flyvertinna flyvertinnen renholder renholderen renhaldar renhaldaren vaskehjelpa
    assistent assistenten støttekontakt støttekontakten ergoterapeut ergoterapeuten logoped logopeden osteopat
    osteopaten akupunktør akupunktøren gartner gartneren slakter slakteren stylist stylisten tatovør tatovøren fotograf
    fotografen redaktør redaktøren kontrollør kontrolløren konduktør konduktøren billettør billettøren styrmann
    styrmannen skipper skipperen dørvakta dørvakten badevakta badevakten parkeringsvakta parkeringsvakten avisbudet
    vognfører vognføreren togfører togføreren diakon diakonen miljøarbeider miljøarbeideren omsorgsarbeider
    omsorgsarbeideren hjelpepleier hjelpepleieren barnepleier barnepleieren ridelærer ridelæreren håndverkeren
    kundemedarbeider kundemedarbeideren førstekonsulent seniorkonsulent seniorrådgiver fullmektig advokatfullmektig
    """
)
#: Family, friends and neighbours: the name comes after them, or after them and a possessive (``sønnen min Jonas``).
KIN = _words(
    """
    mamma pappa far faren mor mora moren kone kona konen mann mannen ektemann ektemannen gubben kjæreste kjæresten
    kjærast kjærasten sambo samboen samboer samboeren sambuar sambuaren forlovede sønn sønnen son sonen guten gutten
    datter dattera datteren datra dotter dottera jenta bror broren brorsan søster søstera søsteren syster systera
    svigermor svigerfar svigersønn svigersønnen svigerdatter svigerdattera stefar stemor bestemor bestefar besta
    mormor morfar farmor farfar tante tanta onkel onkelen fetter fetteren kusine kusina nevø nevøen niese niesa
    barnebarn barnebarnet venn vennen ven venen venninne venninna venninnen veninne veninna kamerat kameraten kompis
    kompisen nabo naboen nabokona granne grannen romkamerat romkameraten kollega kollegaen sjef sjefen hybelboer
    """
)
POSSESSIVES = _words("min mi mitt mine vår vårt våre din di ditt sin si hans hennes hennar deres dykkar minn miin")
#: What only a person does (after ``det var X som``), and is (before it: ``X sin feil``).
HELPS = _words(
    """
    hjalp hjelpte hjelper hjelpt svarte svara svarar sa ringte snakket snakka tok ordnet ordna fikset fiksa løste løyste
    sendte sende møtte lovet lovte lova ga gav forklarte forklara skjønte skjønna satt sat jobbet jobba betjente hjalpt
    """
)
BLAME = _words("feil skyld skuld fortjeneste forteneste jobb innsats sak konto telefon navn namn bil ordre avtale")
#: Where staff is: ``Stein i kundeservice``, ``Live på chatten``.
WORKPLACES = _words(
    """
    kundeservice kundeservicen kundesenter kundesenteret kundeavdelinga kundeavdelingen chat chatten chaten telefon
    telefonen tlf tråden support supporten resepsjonen butikken banken verkstedet verkstaden skranken kassa kassen
    sentralbordet salg salget salgsavdelingen salgsavdelinga faktura fakturaavdelingen fakturaavdelinga skade
    skadeavdelingen skadeavdelinga avdelingen avdelinga lageret kontoret kveldsvakt kveldsvakta vakt vakta dere dykk
    dokker teknisk drift driften drifta it it-avdelingen regnskap regnskapet økonomi økonomiavdelingen reklamasjon
    retur ordrekontoret kundestøtte kundestøtten kundehjelp kundepleie kundekontakt kundemottak kundetorget bookingen
    andrelinje andrelinja førstelinje førstelinja helpdesk brukerstøtte brukerstøtta hovedkontoret innkjøp logistikk
    forsikring forsikringa skadeforsikring apotek apoteket lån boliglån innkreving inkasso post posten posthuset kasse
    disken ekspedisjonen varemottaket bakeriet kafeen kaféen frisørsalongen salongen legekontoret legesenteret
    klinikken biblioteket treningssenteret nettbutikken nettprat nettpraten livechat livechaten nettchat nettchatten
    messenger mail mailen epost eposten sentralen vaktsentralen alarmsentralen veihjelp skadeoppgjør oppgjør nav
    kundekontoret kundedialog kundetelefonen legevakta legevakten forværelset luka luken infoskranken infodisken
    transport verksted levering utlevering serviceavdelingen serviceavdelinga servicetorget bedrift bedriftssalg
    """
)
#: Who says so: even a place after one of them is a person, where a department follows (``ifølge Nærøy i skade``).
ACCORDING = _words("ifølge ifølgje følge følgje")
#: What stands between a person and where he or she works.
AT = _words("i på hos fra frå ved")
#: Articles before a name that somebody is not sure of: ``møtt av ein Ludvik``.
ARTICLES = _words("en ei ein ene viss")
#: Words of thanks and greeting: a name may come after them and a comma.
THANKS = _words("takk hei hallo hjelp hjelpen service servicen jobb jobba jobben bra topp hilsen mvh vh helsing du")
#: How a person is praised: a word with a capital and no dictionary's after one of them is a name.
PRAISED = _words(
    """
    snille flinke hyggelige herlige kjære trivelige blide søte dyktige koselige hjelpsomme tålmodige vennlige greie
    snilleste flinkeste hyggeligste herlege trivelege hyggelege koselege dyktigste superflinke kjempeflinke
    """
)
#: What comes after the name of somebody spoken to.
SPOKEN_TO = _words("de du dere dykk dokker kan har vi eg jeg nå no ring husk hei takk vent")
#: What is told apart by a letter.
LETTERED = _words(
    "plan vitamin type gruppe klasse oppgang inngang punkt alternativ serie linje del avdeling blokk bygg bokstav"
)
#: Talk with somebody, and what is got from somebody: after one of them and a preposition a name comes.
TALKS = _words(
    """
    snakket snakka snakke snakker snakk snakte snakkte prata pratet prate prater pratte prat praten chattet chatta
    chatte chat chatten chattede kontakt dialog samtale samtalen telefonsamtale diskuterte diskutert skravla skravlet
    """
)
TALKS_WITH = _words("med me mæ m ve til te")
GETS = _words(
    """
    hjelp hjelpt hjelpe hjulpet hulpet hulpe hjulpen assistanse service betjent besvart kontaktet kontakta ringt
    oppringt møtt svar svart beskjed svaret tilbud lovet lova forklart satt sett over oppfølging takk takka ros skryt
    honnør blomster
    """
)
GETS_FROM = _words("av a fra frå ifra til te")
#: What comes from a person, besides: any other noun before ``fra`` comes from a maker or a place.
FROM_PERSON = GETS | _words(
    """
    hjelpen hjelpa svaret beskjeden tilbudet tilbodet oppfølgingen oppfølginga servicen takken rosen skrytet råd rådet
    brev brevet mail mailen e-post e-posten epost melding meldingen meldinga sms samtale samtalen telefon telefonen
    oppringning oppringing anrop klem hilsen helsing informasjon info tips forklaring forklaringa forklaringen innsats
    """
)
#: Things that have names: what follows ``lampa som heter`` is no person.
THINGS = _words(
    """
    vare vara varen produkt produktet modell modellen sofa sofaen stol stolen bord bordet lampe lampa lampen hylle hylla
    seng senga sengen madrass madrassen boks boksen ruter ruteren app appen abonnement abonnementet avtale avtalen
    pakke pakka pakken spill spillet jakke jakka jakken sko skoen skoene sykkel sykkelen båt båten
    """
)
#: Verbs that reach a person: ``fikk Niillas på tråden``.
REACHES = _words("fikk får få fekk møtte møter møte traff treffer takket ringte ringe spurte spør nådde")
#: What follows the name where the verb stands first: ``da tok Risten telefonen``.
OBJECTS = _words("meg oss seg telefonen røret opp at tilbake attende saken saka")
#: Words after which nothing but a name can be meant.
BRINGS = NAMING | TITLES | PROFESSIONS | PERSONS - {"mann", "dame", "far", "mor", "kar"}
#: Endings of words that say what number comes.
NUMBER_ENDS = ("nr", "nummer", "nummeret", "telefon", "tlf")
#: All the words before a name: after one of them even a word of the dictionary is a name.
NAMES_NEXT = NAMING | MEETING | TITLES | PERSONS | PROFESSIONS
#: Works of art and the like: the capitalised words after them are a title.
WORKS = _words(
    """
    film filmen serie serien bok boka boken roman romanen bladet spill spillet program programmet album albumet
    låta låten sangen stykket teaterstykket forestillingen musikalen podkasten podcasten
    """
)
#: Towns that are common surnames as well.
TOWN_SURNAMES = _words(
    """
    elverum grimstad hamar karlstad london mandal molde moss sandnes sortland voss washington årdal århus lysaker
    skagen leirvik leknes helgeland harstad viken sogn førde brevik fagernes fauske porsanger
    """
)
#: Words before a place rather than a person.
PLACE_BEFORE = _words("i på fra frå til ved mot nær over gjennom utenfor rundt via mellom for innen inn")
#: Words before a common noun rather than a name.
NOUN_BEFORE = _words(
    "en et ei ein eit den det denne dette god godt fin fint hver hele heile min din sin mi di si mitt ditt sitt"
)
#: The months (Mai, April and August are given names too).
MONTHS = _words("januar februar mars april mai juni juli august september oktober november desember")
#: Particles inside names, and those that can be nothing else.
PARTICLES = _words("von van de der den af av da di del della dei du la le el al bin ibn ben ter ten zu zum dos das y")
SURE_PARTICLES = _words("von van af della bin ibn al el zu mac st")
#: Endings of common nouns that the dictionaries do not stop at, and of institutions, laws, places and events.
NOUN_ENDS = tuple(
    "ing inga ingen ingane inger het heten heter else elsen sjon sjonen skap skapet ene ane isme ismen isk ende lig "
    "ert erne tet teten".split()
)
THING_ENDS = tuple(
    """
    prisen boka boken bøkene forlaget banken laget rådet tinget partiet huset senteret serien krigen riket tiden avisa
    avisen skolen museet teatret teateret kirken kirka festivalen foreningen forbund forbundet politiet ulykken
    ulykka stipendet kanten banen bevegelsen loven gata gaten veien vegen plassen torget broen brua fjorden fjellet
    vannet vatnet kommune kommunen sykehuset hotellet klubben gruppen gruppa ligaen instituttet universitetet
    direktoratet departementet etaten verket tilsynet kontoret fondet stiftelsen akademiet syndromet effekten koden
    planen avtalen systemet modellen metoden prosjektet saken aksjonen komiteen kommisjonen rapporten traktaten
    erklæringen trilogien romanen filmen ordenen regjeringen monarkiet revolusjonen epoken prisvinner prisvinneren
    """.split()
)
#: Endings of places, where ``i``, ``på`` or ``ved`` stands before.
PLACE_ENDS = FARM + tuple(
    """
    fjell fjellet øy øya vann vatn vannet vatnet bru brua neset marka stranda strandå fjord fjorden dalen åsen sjøen
    elva holmen vika hamn havn havna by plass borg bygd bygda set seter ø eid skog skogen mo moen foss fossen
    """.split()
)
#: Words after which a capitalised word before them is an institution's or a street's name.
INSTITUTIONS = _words(
    """
    college university institute press books records forlag hotell hotel senter stadion arena museum kirke skole
    gymnas sykehus universitet kommune fylke street avenue road square productions band festival prize award bank
    sparebank forsikring energi kraft strøm mobil hospital airport orchestra akademi teater teatret as asa
    dental tannklinikk tannlegesenter klinikk clinic legesenter legekontor legevakt dyreklinikk advokatfirma verksted
    elektro rør bygg salong
    """
)
#: Given names that are common nouns of persons.
PERSON_NOUNS = _words("alle bror engel gjest hans mann melker mentor mora munk muslim nordmann prest kunde")
#: Given names that are persons or things after ``snakket med`` as well: never a name without a capital.
NO_NAMES = _words(
    """
    alle ask ball bror dag dale dalen den engel gjest hans karen kile klara mann melker mentor mora morgen munk muslim
    nordmann norma penny porter rein rens storm sanne tien tanner vilje vår wer liva gry grim saga sal live liv bru lev
    helst man noen dua due halsen dat case flere palle pilar luke bart bas kai kaia rada suma tom
    """
)
#: Those of them that nobody gets help from, if they are no names: ``hjelp av liv på apoteket``.
CALLED_SO = _words("ask dag gry kai kaia klara liv liva live norma penny saga sanne storm tom vilje vår")
#: Where a name is read: what comes after ``på navneskiltet sto det``; on the other ones a listed name.
BADGES = tuple("navneskilt namneskilt navnelapp namnelapp navneskjilt namneskjilt nameskilt".split())
OTHER_BADGES = _words("skiltet skilte lappen brystet uniformen uniforma jakka jakken genseren skjorta trøya buttonen")
READS = _words("det der sto stod står stend sa seier sier sa med var er heter : «")
#: The last parts of trades, whatever stands before: ``budbilsjåføren``, ``rengjøringsdama``.
_TRADE_ENDS = tuple(
    stem + ending
    for stem in """
    sleder dleder gleder pleder tleder eleder sleiar gleiar sjåfør lærer lærar pleier pleiar terapeut selger seljar
    sbehandler debehandler vbehandler rådgiver rådgivar rådgjevar konsulent tekniker teknikar montør medarbeider
    medarbeidar assistent ansvarlig ansvarleg veileder vegleiar rettleiar lege lækjar kirurg advokat fullmektig
    snekker tømrer elektriker elektrikar installatør mekaniker mekanikar optiker optikar frisør servitør resepsjonist
    ekspeditør instruktør trener trenar sekretær koordinator spesialist ingeniør inspektør kollega
    """.split()
    for ending in ("", "en", "n", "e")
) + tuple("ssjef ssjefen gsjef gsjefen ksjef ksjefen damen dama mannen jenta gutten fyren karen budet".split())
#: The trades that companies are named by, after the name that they go by.
BRANCHES = _words(
    """
    alarm bank sparebank forsikring energi energy kraft strøm nett mobil fiber bredbånd telekom apotek sport taxi hotel
    hotell hotels inkasso finans bil express airlines reiser kommune optikk sikkerhet security carglass
    """
)
#: The parts of Norse given names: any first part with any last part is a name (``Målfrid``, ``Hallgrim``).
NORSE_FIRST = _words(
    """
    al alf arn as ås ast asg aud berg bjarn bjørg bjørn borg bryn dag ei ey finn frid frøy geir gjer grim gud gun gunn
    hall hallg har herm hild holm ing inge ingj jar jor jør kjell leid mag mål magn odd oddn os ragn rann reid rig
    rå sig sigg sjur snø sol solv stein svan svein sæ thor tor tore torb torg torgj torh tord trond ul val ve vebj vid
    vil yng å øy
    """
)
NORSE_LAST = _words(
    """
    hild frid fríd bjørg borg gunn veig laug dis rid run mund leif geir ulf ulv vald mar brand bjørn stein grim gard
    finn unn vor var
    """
)


def is_person(word: str) -> bool:
    """Say whether a lower-case word is a person by work or kin: one of the lists, or any compound of a trade.

    Examples
    --------
    >>> is_person("budbilsjåføren"), is_person("rengjøringsdama"), is_person("tilbudet")
    (True, True, False)
    """
    if word in PERSONS or word in PROFESSIONS or word in KIN:
        return True
    return (
        len(word) > 8
        and word.endswith(_TRADE_ENDS)
        and not word.endswith(("tilbudet", "forbudet", "bestselger", "bestselgeren"))
    )


def is_workplace(word: str) -> bool:
    """Say whether a word is where staff is: one of `WORKPLACES`, or any department, team or desk.

    Examples
    --------
    >>> is_workplace("chatten"), is_workplace("fraktavdelinga"), is_workplace("kjelleren")
    (True, True, False)
    """
    return word in WORKPLACES or word.endswith(
        ("avdeling", "avdelinga", "avdelingen", "avdelingå", "teamet", "desken", "senteret", "kontoret")
    )
