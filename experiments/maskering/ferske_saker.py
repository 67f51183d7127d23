"""Two hundred fresh cases, the last the rules were measured on before they were mended after them."""

from __future__ import annotations

#: Kind -> comments; what must be gone stands in braces.
PERSONAL = {
    "telefon": """
        Ba dem ringe {+47 957 20 318} etter fire, men det kom aldri noen telefon.
        De har fortsatt {0047 48 27 19 06} på meg, enda jeg ga fra meg det nummeret i fjor.
        Kan nås på {940 62 771} etter jobb hvis dere vil høre mer.
        ble oppringt fra {21 62 03 48} tre ganger samme dag, ingen la igjen beskjed
        Nummeret {+47.905.83.214} ble lest opp feil av roboten, så vi måtte begynne på nytt.
        {45 16 92 80} er nummeret mitt, ring når dere vil
        Mobilnr {97304582} er det riktige, ikke det dere har liggende.
        Min mor har fasttelefon ({32 87 10 55}) og får ikke lenger summetone.
        Eg sende melding til {916.40.235}, og då tok det berre to timar.
        jeg leste {4 6 2 0 8 8 1 9} sakte og tydelig, likevel ble det feil
        Fikk sms fra {0047.98.41.55.07}, var det dere eller svindel?
        Firmaet vårt har {(+47) 69 25 14 80}, og det er sperret for utgående samtaler.
    """,
    "e-post": """
        Jeg har brukt {bente.kvam71@outlook.com} i ti år, og nå er den visst "ukjent".
        Alt går til {regnskap@solsidenbakeri.no} i stedet for til meg privat
        mailen min er {pusekatten_88@msn.com} hvis dere lurer
        Fakturaen ble sendt til {h.rosvold@icloud.com}, en adresse jeg aldri har hørt om.
        Dei skreiv feil, det skal vere {torgeir-m@enivest.net} med bindestrek.
        Svar meg på {STYRET@LIAVEIENBRL.NO}, takk.
        Skrev {jobb2 (at) fjellheimbygg.no} i chatten siden krøllalfa ikke gikk.
    """,
    "fødselsnummer": """
        Måtte si fødselsnummeret mitt, {17118324590}, to ganger fordi linja var dårlig.
        {050396 43218} skrev jeg i skjemaet og fikk bare "ugyldig".
        Har D-nummer {520791 30664} og kom ikke inn på Min side med det.
        Mannen min er fra Latvia og har {69047825137}, det D-nummeret godtar ikke systemet deres.
        Roboten forsto ikke {43 12 88 29017} uansett hvor tydelig jeg snakket.
        Personnummer {28.09.61 41783} sto i klartekst i brevet!!
        fnr: {240702-58136}, kan dere sjekke nå da
        Dei spurde kven eg var og eg sa {13055936402}, så var det greitt.
        {630200 71945} er det jeg har fått fra Skatteetaten, men de sa at det ikke finnes.
    """,
    "konto": """
        Tilbakebetalingen skulle til {1813.62.04957}, har fortsatt ikke sett noe til den.
        AvtaleGiro ble trukket fra {4212 08 77165} som er barnas sparekonto.
        kontonr {15204736681} stemmer ikke lenger sa de
        Jeg har bedt dem bruke {2490-11-86034} tre ganger nå.
        Utbetalinga gjekk til konto {7874 06 39120}, og den har eg avslutta.
        Hun leste opp {9051.30.71286}, og det var riktig.
    """,
    "kort": """
        Kortet mitt {4581 0972 6630 1148} ble belastet to ganger samme kveld.
        La inn {5226 6007 8139 4402} i appen, men den sa at kortet ikke støttes.
        de spurte om kortnr og jeg ga dem {5301250877419036}, angrer på det nå
        Det gamle Visakortet, {4741-5020-6613-8097}, er sperret for lenge siden.
        American Express {3767 410982 52003} gikk ikke gjennom i kassa.
    """,
    "kundenummer": """
        Kundenummer {30562914}. Har vært kunde i nitten år og får aldri noe igjen for det.
        Ordre {78-4410239} ble kansellert uten at jeg fikk vite det.
        Fikk saksnummer {CS0094127}, og siden har det vært stille.
        Ref {QR7-20418} sto i e-posten, men ingen fant den igjen.
        Bestillinga mi, nr. {5530916}, ligg framleis som "motteken".
        kundenr: {K-602874} står det på fakturaen
        Ordrenummeret {2023114506} ga treff på en helt annen kunde.
        Sporingsnummeret {LB508812764NO} har stått på samme sted siden onsdag.
        Medlemsnr {66 120 934} virker ikke i kassa på butikken.
    """,
    "adresse": """
        Fiberen skulle legges inn i {Haukelandsbakken 27}, men de gravde hos naboen.
        Vi flytter til {Sigrid Undsets veg 58, 2380 Brumunddal} og ville ta med oss avtalen.
        Modemet ble sendt til {Tverrgata 5A}, der har jeg ikke bodd siden 2017.
        Har hytte i {Myrullvegen 13 C} og betaler nettleie for to.
        strømmen er borte i {industriveien 31}, når kommer den tilbake??
        Eg held til i {Åsgårdstien 44, 3179 Åsgårdstrand}, og her er det ikkje dekning i kjellaren.
        Regninga gjekk til {Postboks 64, 4379 Egersund}, og det er gamle jobben.
        Pakken ble levert i {Christian Michelsens gate 90}, ikke hjemme hos meg.
    """,
    "bilnummer": """
        Meldte skade på {EK 30715} i mars og har ikke hørt noe siden.
        Forsikringen på bilen ({CV92048}) ble dobbelt så dyr uten forklaring.
        regnr {nf 18260} lå fortsatt inne selv om jeg solgte den i sommer
        {EB 57391} fikk ny frontrute, og det gikk på en formiddag.
        Fekk veghjelp til {PJ26604} midt på natta, heilt topp.
    """,
    "lenke": """
        Fikk en sms med {https://hjelp.bredbaandet.no/artikkel/5512?utm=sms} og beskjed om å lese selv.
        {www.fornyavtalen.no/bekreft} åpnet seg ikke på telefonen min.
        Er {http://tinyurl.com/ny7k2p} virkelig fra dere? Ser ut som svindel.
        Ble sendt til {https://portal.skadeoppgjor.no/s/9c1e-4402} og måtte fylle ut alt på nytt.
    """,
    "navn": """
        Snakket med {Camilla}, og hun ordnet alt på fem minutter. Anbefales!
        snakket med {stian}, veldig hyggelig fyr
        {Hege} var helt fantastisk, hun burde få blomster.
        Dama, {Wenche}, var blid og hadde god tid til meg.
        Han jeg pratet med, {Roger Fjeldstad}, kunne dette ut og inn.
        {Gundersen} i kundeservice lovte å ringe opp igjen innen fredag.
        Kundebehandler {Hodan} var tålmodig da jeg ikke fikk til BankID.
        Fikk hjelp av {Bilal}. Rask og presis.
        takk til {anita} som fant ut av rotet mitt
        {Grzegorz} på teknisk support visste akkurat hva som var galt.
        Veldig fornøyd med {Małgorzata Wójcik}, som tok saken på alvor.
        Eg prata med {Jorunn}, og ho var svært hjelpsam.
        Ho {Synnøve} fiksa det på eit blunk.
        Æ fikk snakke me {Trond}, og han va heilt rå.
        {Máret} hjalp meg på samisk, det satte jeg stor pris på.
        Det var {Niillas} som endelig skjønte hva jeg mente.
        Takk for god service, {Mikkel-Aslak Eira}!
        {Vibekes} svar var det eneste som hjalp.
        {Kjetils} tålmodighet med en gammel mann som meg var imponerende.
        Fikk {Pål} på tråden etter ti minutter, kjempegrei.
        Jeg ble satt over fra {Monica} til {Espen} og så tilbake igjen.
        Jeg heter {Arvid Rønningen} og har vært kunde siden 1998.
        Mvh {Turid Kvamme}
        hilsen {sissel}
        Har prøvd å få tak i {Tesfaye} igjen uten hell.
        {Shabana} forklarte fakturaen så jeg forsto den.
        Hun {Samira} på chatten skrev fort og skjønte problemet.
        Den unge mannen, {Suresh}, var høflig hele veien.
        Ble lovet av {Hamza Qureshi} at prisen skulle settes ned. Det skjedde ikke.
        Saksbehandleren min heter {Piotr} og svarer alltid samme dag.
        Veldig god hjelp av {Katarzyna}, hun ga seg ikke før det virket.
        var i kontakt med {rune} på chat, han var ikke særlig interessert
        {Magnhild} tok seg tid til å ringe tilbake på en lørdag!
        Kona mi {Gro} står som eier, så de ville ikke snakke med meg.
        Min far, {Halvor}, er 84 og skjønner ikke menyvalgene.
        Datteren min {Tiril} måtte hjelpe meg å logge inn.
        Jeg snakket først med en dame, {Dragana}, deretter med sjefen hennes.
        {Nora} 10 av 10!
        Stor takk til {Sander} og {Oda} for tålmodigheten.
        Agenten min var {Parisa}. Hun kunne faget sitt.
        Trur han heitte {Jakob}, han som tok telefonen i går.
        Ble avbrutt midt i praten med {Emil}, og ingen ringte tilbake.
        fikk snakke med {mathias haaland} som sa at det var feil hos dere
        Han {Ibrahim} fortjener lønnsøkning.
        Bra at dere har folk som {Ida Tveit}.
        Jeg fikk beskjed av {Beata} om at det var ordnet, men det var det ikke.
        Snakket med {Amina}, {Arash} og en til, alle sa forskjellige ting.
        {Inga Sárá} ringte og sa at montøren var forsinket.
        Teknikeren {Risten} kom presis og rydda etter seg.
        Veldig ulik hjelp: {Senait} var super, resten heller dårlige.
        I følge {Lunde} skulle det være gebyrfritt.
        Kundekonsulent {K. Aune} har skrevet under på avtalen.
        Fekk {Gjertrud} i telefonen, ho høyrdest trøytt ut, men hjelpte meg.
        Ho {Berit Oline} på Førde-kontoret er den beste de har.
        Til {Farah Warsame}: tusen takk for at du ikke ga opp!
    """,
}
#: Nothing personal in these.
CLEAN = """
    Helt grei service, men ventetida var altfor lang.
    Satt i kø i 47 minutter og ble kastet ut. Ringte opp igjen og ventet 35 til.
    Fikk svar med en gang, ikke noe å utsette på det.
    Prisen gikk opp fra 399 til 549 i måneden uten at jeg fikk beskjed.
    Betaler 1 089 kr i mnd for noe naboen har til 750.
    Fakturaen på 3 412,50 kr var feil, og det innrømmet de også.
    Lovet 300 kr i avslag, fikk 150.
    Strømregninga for januar var på 6 840 kroner. Det er jo vilt.
    Renten gikk fra 4,85 % til 5,6 % på tre uker.
    Purregebyr på 35,- for en faktura jeg aldri har sett!!
    Fikk tilbud om 20% rabatt i 6 mnd og takket ja.
    Dyrt, dyrt, dyrt. Dere taper kunder på dette.
    Ringte mandag, onsdag og fredag, ulike svar hver gang.
    Montøren skulle komme 23. september mellom 12 og 16, men kom kl 18.20.
    Bestilte 5. februar, fikk varene 28. februar.
    Avtalen løper ut 01.09.2025, og da er jeg ferdig med dere.
    Fikk beskjed om at feilen skulle være rettet innen kl. 21.00 i går. Det var den ikke.
    Dere stenger kl 17, akkurat når folk kommer hjem fra jobb.
    August og september gikk før noen tok tak i det.
    Siden nyttår har jeg vært i kontakt med dere sju ganger.
    Tok 3-4 virkedager, det synes jeg er innafor.
    I desember 2022 fikk jeg samme problem, og da var det løst på en dag.
    Har 40 GB, men bruker aldri mer enn 12. Ville gå ned og fikk god hjelp.
    Surfer på 4G hjemme fordi fiberen er nede for tredje gang.
    Skal ha 100 Mbps, men måler 23 på kvelden.
    Gikk tom for data etter 9 dager, noe må være feil.
    Hadde Fri+ Maks og ble flyttet til Smart 8 GB uten å bli spurt.
    Spotpris Pluss var ikke så billig som dere reklamerte med.
    Lurte på om Mobil Ung gjelder til man er 28 eller 30.
    Hun forklarte forskjellen på Super Kasko og vanlig kasko på en god måte.
    Ville oppgradere til Total Start, men knappen var grå.
    Reise Ekstra dekket ikke avbestillinga, og det sto det ingenting om.
    Kjøpte iPhone 15 Pro hos dere, og skjermen var sprukket da den kom.
    Apple Watch fikk ikke kontakt etter oppdateringen.
    Dekoderen må startes på nytt hver dag. Nå har jeg fått en ny, og den er like ille.
    Fikk endelig byttet den gamle Zyxel-ruteren.
    Bosch Serie 6 med ødelagt dør, tredje gang jeg reklamerer.
    En LG OLED C2 til 14 990 som sto avbildet, men de sendte en mindre modell.
    Roborock S7 stoppet etter to måneder, fikk ny uten diskusjon. Bra!
    Bilen er en Skoda Enyaq, og laderen deres passer ikke.
    Disney+ skulle være med i pakken, men det var det ikke.
    Spotify Premium ble trukket to ganger samme måned.
    Fjordkraft var billigere, så jeg bytta.
    Vurderer å gå over til Ice eller Talkmore hvis ikke prisen settes ned.
    Tibber har mye bedre app enn dere.
    Jeg har både Sparebank 1 og DNB, og dere er tregest.
    Norwegian ga meg pengene tilbake samme dag, dere brukte seks uker.
    Elkjøp på Lagunen sa en ting, og kundeservice sa noe helt annet.
    Flyttet fra Kongsberg til Harstad og skulle bare endre adresse.
    Det er ingen dekning på Dombås, uansett hva kartet deres viser.
    Vi på Sørlandet har ventet på fiber siden 2016.
    Bor på Nesodden og har strømbrudd hver gang det blåser.
    Toget til Skien ble buss for tur, ingen info på Larvik stasjon.
    Hytta på Beitostølen står uten nett hele vinteren.
    Får ikke sett The Crown på TV-en, bare på nettbrettet.
    Kompani Lauritzen hakket hele kvelden, til og med på kabel.
    Ungene ville se Maskorama, og da var selvfølgelig sendingen nede.
    Får ikke spolt i Stjernekamp, og det er det eneste jeg ser på.
    Veldig bra! Hyggelig dame som visste hva hun snakket om.
    Kundebehandleren var hyggelig, kunnskapsrik og løste problemet der og da.
    Mannen i telefonen hørtes ut som han helst ville hjem.
    Dama på chatten var rask, men svarte ikke på det jeg spurte om.
    Chatboten er ubrukelig. Gi meg et menneske!
    ALDRI MER. HELT HÅPLØST SELSKAP.
    TAKK FOR SUPER HJELP I DAG :-)
    IKKE FORNØYD, har sagt opp alt.
    Topp! Kjapp og grei. Skal anbefale dere videre.
    Ingen kommentar.
    vet ikke helt, det var vel greit nok
    Trivelig betjening, sjøl om svaret ikke var det jeg håpa på.
    Rart at ingen kan gi meg et ordentlig svar. Systemet er nede, sier de. Alltid.
    Må si jeg er imponert over hvor fort det gikk.
    Fint å få prate med noen som faktisk lytter. Rosverdig.
    Dei var hyggelege, men eg måtte forklare alt på nytt for kvar gong.
    E veldi fornøyd, hu forklart det så godt at sjøl æ skjønt det.
    Eg ynskjer meg eit nummer der eg slepp å trykke meg gjennom fem menyar.
    Jeg er 72 år og vil helst snakke med noen, ikke bruke app.
    Måtte logge inn 4 ganger, fikk feilmelding E-102 hver gang.
    Nummer 18 i køen, og etter en halvtime var jeg nummer 16.
    Vi er 3 i husstanden og har 5 abonnementer, da burde det finnes en bedre pris.
"""


def fresh() -> list[tuple[str, str, list[str]]]:
    """Return kind, comment and the values that must be gone (none where nothing must change)."""
    found = []
    for kind, text in PERSONAL.items():
        for line in text.strip().splitlines():
            parts = line.strip().replace("}", "{").split("{")
            found.append((kind, "".join(parts), parts[1::2]))
    return found + [("ingenting", line.strip(), []) for line in CLEAN.strip().splitlines()]
