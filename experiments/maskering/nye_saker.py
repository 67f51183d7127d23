"""Two hundred held-out cases, each a comment of its own, written after the rules. Never used to mend them."""

from __future__ import annotations

#: Kind -> comments; what must be gone stands in braces.
PERSONAL = {
    "telefon": """
        Fikk beskjed om å taste inn {99 87 65 43} og firkant, så ville de ringe når det var min tur.
        mob {48123456}, ring etter kl 16
        Telefonen min, {+47 930 11 222}, sto oppført med to feil siffer hos dem.
        Han oppga et direktenummer ({21 89 45 60}), men der var det bare telefonsvarer.
        Eg la att nummeret {950-44-113} og høyrde aldri noko.
        Det kom en tekstmelding fra {004792233445} om at saken var lukket.
        ring meg på {9 2 8 4 5 1 6 7} skreiv eg i chatten, men nei
        Kona fikk telefonen i stedet for meg, hun har {412.77.905}.
    """,
    "e-post": """
        Bekreftelsen gikk til {marit_sofie84@yahoo.no} selv om jeg hadde byttet adresse.
        Jeg måtte stave {t.bergersen@nordlys-regnskap.no} bokstav for bokstav.
        epost: {gunnhild@fjordmail.no}
        De spurte om jeg fortsatt brukte {Jonas.Wiik@Live.no}, og det gjør jeg.
        Send gjerne svar til {post [at] hytteeierne.no}, skrev jeg, men de ringte i stedet.
        Skulle få faktura på {faktura+hus@lilleborg.net}.
        {ellen-marie.sara@samediggi.no} sto som kontakt, og det er min søster.
        Ho skreiv {olav.heggland@skule.kommune.no} på ein lapp, sa ho.
    """,
    "fødselsnummer": """
        Jeg måtte si {04067829113} med hele bussen rundt meg.
        pnr {190592 40217}, så fant han meg
        Chatboten ba om fødsels- og personnummer, så jeg skrev {230845 11862}.
        Svigermor har D-nummer, {61089912345}, og det fantes ikke i systemet.
        Han gjentok {02 11 63 39871} høyt for å være sikker.
        Eg tasta inn {270303-51148} på telefonen og kom rett fram.
        Fødselsnummeret ({11.05.70 34567}) sto i emnefeltet på e-posten de sendte!
        De la inn {08129545678} på feil kunde.
    """,
    "konto": """
        Refusjonen skulle inn på {1506.22.48190}, men kom aldri.
        Gav dei kontonummeret {3411 20 56789} i chatten.
        kto {90530812345} er sperra sa dama
        Lønnskontoen min er {2801.44.10203} og den fant hun med en gang.
        Han leste opp {1207-25-01789} og spurte om det stemte.
        Beløpet ble overført til {6509 11 23456} ved en feil.
    """,
    "kort": """
        Kortet som ender på mange nuller, {4925 0031 2200 4100}, ble avvist tre ganger.
        De ville ha hele {5398765412340987} på mail, og det nektet jeg.
        Kredittkortet {4571-9900-1212-3434} var visst utløpt.
        Mastercard {5413 3320 0198 7654} er stoppet nå.
        Eg las opp {4000 5566 7788 9900} før eg skjøna at det ikkje var banken.
        amex {3782 822463 10005} går ikke an å bruke der
    """,
    "kundenummer": """
        Kundenummeret mitt, {40718825}, fungerte ikke på Min side.
        ordre {WB-2230918} er fortsatt "under behandling"
        Fikk saksnr. {2024/11873} og trodde det var i orden.
        Ref.: {HX77120943}. Den ba de om fire ganger.
        Bestilling nr {663 901 22} var plutselig borte.
        Medlemsnummeret {1178204} sto på kortet, men ikke hos dem.
        Kundenr {NO-88120-7} sa eg, og då gjekk det fort.
        Sendingen har sporingsnummer {370722150012345678} og ligger på Ålesund.
        Avtalenummer {A5590217} gjelder visst ikke lenger.
    """,
    "adresse": """
        Montøren dro til {Granåsveien 41} da vi bor i helt andre enden.
        Vi flyttet fra {Kong Oscars gate 22, 5017 Bergen} i august.
        Pakka skulle til {Elvebakken 6B}, men endte på butikken.
        De spurte om {Nordre Frogner terrasse 17} fortsatt var riktig.
        Eg bur på {Øvre Strandgata 3, 6800 Førde} og der er det fiber.
        Strømmen i {Tunvegen 118} var borte i to dager.
        bor i {rosenkrantz gate 9} skrev jeg, og da kom svaret
        Fakturaen går til {Postboks 217, 9711 Lakselv}.
    """,
    "bilnummer": """
        Forsikringa på {EV 40912} ble sagt opp uten at vi visste det.
        Jeg fikk utlevert {KJ 88317} i stedet for bilen på bestillingen.
        Regnummer {su23456} måtte jeg slå opp i vognkortet.
        {DP 61204} sto i verksted i fire uker.
        Bompengene for {BR50119} havnet hos oss.
        Han tok imot skiltnummeret {LH 10344} og ordna resten.
    """,
    "lenke": """
        Han limte inn {https://support.stromhuset.no/faq/1182} og avsluttet chatten.
        Fekk {www.bytteavtale.no/skjema} til svar, ferdig med det.
        Lenken {http://bit.ly/3kQwZ} gikk til en død side.
        Dei sende {https://meet.kundeprat.no/r/77-ab?navn=kari} på sms.
        Alt står visst på {minside.fjellkraft.no/avtale/2210}.
    """,
    "navn": """
        Siri hos kundeservice, {Siri Marie Langeland}, fulgte saken helt i mål.
        jeg prata med {ranveig} og ho var skikkelig grei
        {Áilu} svarte på chatten og tok seg god tid.
        Ble satt videre til {Oluwaseun}, som skjønte problemet med en gang.
        Takk, {Gudveig}!
        Kundebehandleren presenterte seg som {Tuva-Lill}.
        {Mehmet Yıldız} ringte tilbake dagen etter, akkurat som han lovte.
        snakka med {kjell ivar} i går, han hadde ikke peiling
        Det var {Biret Ánne} som ordnet opp til slutt.
        Han som het {Nguyễn} forklarte fakturaen linje for linje.
        Eg fekk snakke med {Torbjørg} på tredje forsøk.
        Saksbehandler {Wiktoria Kowalczyk} skrev et langt og ryddig svar.
        Da jeg spurte etter {Per-Øyvind}, var han i ferie.
        Hilsen {Rajesh}, sto det under, men ingen svarte på det jeg spurte om.
        hei du snakker med {lisbeth}, sa hun, og så ble det stille
        {Solfrid} og {Asbjørn} kranglet om hvem som skulle ta saken min.
        Jeg vil gjerne ha {Nawal} neste gang også.
        Sjefen, en {Hermansen}, lovte å ordne det.
        Fru {Sørbøe} på sentralbordet var like hyggelig som alltid.
        Det stod «Med vennlig hilsen {Ingrid Aarrestad}» nederst.
        {Yusuf} i teknisk avdeling fant feilen på ti sekunder.
        Ho {Borghild} i skranken visste alt om det.
        Navnet hennes var visst {Chiara}, og hun var tålmodig.
        Chat med {Thea-Sofie}: kjapt og greit.
        Eg bad om å få snakke med {Sveinung Hauge} igjen, men fekk nei.
        Mannen min, {Terje}, ringte først og fikk et annet svar.
        Rådgiveren min {Abdirahman} var den eneste som hørte etter.
        han {kåre} på support hjalp mæ me heile greia
        Han het {Storm} og var roligheten selv.
        Min datter {Iben} fikk ikke logge inn, og det tok de på alvor.
        {Anders Myhre-Nilsen} fra klageavdelinga ga meg medhold.
        Spurte om {Bao Tran} var der, siden hun hadde saken.
        Du får hilse {Rigmor} og si takk!
        Æ prata me {Ann-Kristin}, og ho va kjempegrei.
        Agenten «{Leyla}» skrev feilfritt norsk.
        Til slutt kom {Haldis Bjørkum} på tråden.
        {Oddbjørg} hørtes stresset ut, men fikk det til.
        Var innom chatten tre ganger: først {Vetle}, så en robot.
        Kontaktpersonen vår er {Zuzanna}, og hun er gull verdt.
        Fikk et svar signert {M. Eikeland}.
        Snakket med en som heter {Ørjan}, trur eg.
        Damen, {Randi Elise}, sa at det skulle gå bra.
        {Jan Tore} lovte å ringe før helga. Det gjorde han ikke.
        på telefonen traff jeg {merete}, utrolig hjelpsom
        Der var {Sunniva}, blid som ei sol.
        Sønnen min {Lukas} har abonnementet, men jeg betaler.
        Ble møtt av {Elin Ravna} på Facebook med et smil.
        Hun {Mariam} burde få lønnsforhøyelse.
        Fikk høre at {Tor Egil Bakken} hadde sluttet.
        Jeg spurte {Dagny} om det fantes noe billigere.
    """,
}
#: Nothing personal in these.
CLEAN = """
    Betalte 2 349 kroner for noe som sto til 1 999 på nettsida.
    Prisen gikk fra 79,90 til 129 kr på et halvt år.
    Fikk 15 % rabatt og fri frakt over 500 kr.
    Strømprisen var 1,24 kr per kWh den dagen.
    De ville ha 1 450 000 i egenkapital, og det har jeg ikke.
    kr 12 000,- for en vaskemaskin, takk for meg
    Gebyret på 45 kroner var nytt siden 1. januar 2024.
    Renta er 5,19 prosent nå, sa hun.
    Depositum 3 x 8 900 kr.
    To hundre og femti kroner i frakt for en bok!
    Leveres mellom 08:00 og 16:00 torsdag 14. mars.
    Ventet fra kl. 12.47 til kl. 13.22.
    Ringte 3/2, 10/2 og 17/2 uten svar.
    Fristen er 31.12.2024, og det fikk jeg vite 30.12.
    I uke 8 var de stengt, i uke 9 var det kø.
    Svar på 2 timer og 40 minutter, helt innafor.
    Åpningstida er 9-15, men de svarte ikke før 10.30.
    Avtalen varer i 24 måneder fra 15.06.2023.
    Kom gjennom på 1 minutt og 12 sekunder.
    Neste ledige time var 4. april klokka kvart på ni.
    Har en Samsung Galaxy S23 Ultra og fikk ikke til eSIM.
    Ruteren, en Archer AX55, måtte startes på nytt.
    Spurte om forskjellen på Mobil 10 GB og Mobil Fri.
    De anbefalte Dyson V11, men på lager hadde de bare V8.
    Bestilte en Volvo V60 og fikk en Toyota Yaris.
    Varmepumpa er en Mitsubishi Kaiteki 6600.
    Xbox Series X kom uten kontroller.
    Vi har Viaplay Medium og HBO Max fra før.
    Spilleren min er en Technics SL-1200 fra 1978.
    Microsoft 365 Familie kostet det samme alle steder.
    Hun foreslo Trumf Visa, siden jeg handler på Kiwi.
    Jeg bruker BankID på mobil og Vipps til alt.
    Toget fra Hamar til Lillehammer var innstilt.
    Vi bor i Alta, og dit tar det fire dager.
    Butikken på Storo hadde den inne, men ikke den i Sandvika.
    Skulle fly fra Værnes til Alicante i påsken.
    Det var dårlig dekning på Hardangervidda.
    Hotellet i Svolvær hadde glemt bestillinga.
    Kundesenteret ligger visst i Mo i Rana.
    Fikk et rom med utsikt til Preikestolen, det var artig.
    Bussen fra Oslo S gikk ti minutter før tida.
    Stortinget har jo vedtatt at de ikke kan gjøre det sånn.
    Leser Aftenposten på nett og vil si opp papiravisa.
    Serien Skam lå ikke ute lenger.
    Ville se Kongen av Bastøy, men den krevde en ekstra pakke.
    Hadde lånt Sult på biblioteket og fikk purring likevel.
    Filmen Flåklypa Grand Prix var fjernet fra katalogen.
    Boka Naiv. Super. kom med brett i omslaget.
    Abonnerer på Donald Duck & Co til ungene.
    Spurte om Champions League var med i Sport Total.
    Var midt i Farmen da bildet forsvant.
    Fikk tilsendt Harry Potter i stedet for kokeboka.
    Peer Gynt på Det Norske Teatret var utsolgt, og det sa de med en gang.
    God Jul til dere også!
    Hei og hopp, for en service!
    Bra jobba, fortsett sånn.
    SUPERBRA HJELP, FEM STJERNER
    Kjempefint at Kundeservice åpner tidligere på mandager.
    Kjempebra! Rask, Vennlig Og Tydelig Hele Veien.
    Roboten i chatten forsto ingenting av det jeg skrev.
    Musikken i køa var forferdelig, men stemmen var hyggelig.
    Ærlig talt, jeg hadde ventet meg mer.
    Even om det tok tid, ble det bra til slutt.
    Liv og røre i bakgrunnen, men jeg hørte alt.
    Ei hardt pressa kundebehandlar gjorde så godt ho kunne.
    Ho var roleg og grei, og forklarte kvart steg.
    Eg vart nummer 37 i køen, og det gjekk på eit kvarter.
    Æ fikk svar på 5 minutt, og det va bra.
    Dem sa æ sku vente te over helga.
    Tastevalg 2, så 4, så 1, og da var jeg framme.
    4 av 10 spørsmål ble besvart.
    De har over 250 000 kunder og tre på telefonen.
    Feilkode 5003 kom opp hver gang.
    Fikk 2 stk i stedet for 20.
    Størrelse 42 var utsolgt, så de sendte 43.
    Hastigheten er 750/750 Mbit, men jeg måler 310.
    Modell 2019, 64 000 km, og fortsatt garanti.
    Trykk 1 for norsk, 2 for engelsk.
    Rommet på 14 kvadratmeter kostet det samme som suiten.
    Tlf. var opptatt hele dagen.
    Måtte oppgi kundenummer, men det hadde jeg ikke.
    Skal man ha fødselsnummer klart, bør de si det på forhånd.
    De ba om e-postadressen min og leste den tilbake riktig.
    Kundebehandleren fra Telia var bedre enn hun fra Telenor.
    Snakket med Kundesenteret i går og med Teknisk i dag.
    Takk til Posten som faktisk fant fram i snøen.
"""


def held_out() -> list[tuple[str, str, list[str]]]:
    """Return kind, comment and the values that must be gone (none where nothing must change)."""
    found = []
    for kind, text in PERSONAL.items():
        for line in text.strip().splitlines():
            parts = line.strip().replace("}", "{").split("{")
            found.append((kind, "".join(parts), parts[1::2]))
    return found + [("ingenting", line.strip(), []) for line in CLEAN.strip().splitlines()]
