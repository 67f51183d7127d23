import pytest

from textinnsikt.language import mask


@pytest.mark.parametrize(
    "text",
    [
        "Har avregistrert {vf 61 337} og betaler ennå.",
        "Motorsykkelen med kjennemerke {HE 6633} er solgt.",
        "mc'n min {uf 2219} er ikke en bil",
        "prøveskilt {12 419} gjaldt til fredag",
        "Svensk bil, {MLB 42T}, sto på plassen.",
        "en tysk campingbil {KI-LM 771} sto der",
        "Polsk varebil {WPI 8K43C} gravde opp plenen.",
        "personlig skilt {LILLEBO} går ikke å registrere",
        "Dekkskift på {Sv 83 311} gikk fort.",
    ],
)
def test_plates(text):
    before, value, after = text.replace("}", "{").split("{")
    assert mask(before + value + after) == f"{before}[bilnummer]{after}"


def test_a_plate_glued_to_a_word():
    assert mask("sjekkBT91337da, den er solgt") == "sjekk[bilnummer]da, den er solgt"


@pytest.mark.parametrize(
    "text",
    [
        "Har Volvo XC60 og BMW 320, og bilen har gått 120 000 km.",
        "Tysk bil, BMW 520, går som et skudd.",
        "Parkering på P 20 og E6.",
        "Dekkskift kostet kr 1200 for 4 dekk.",
        "en svensk bil av typen Volvo V70 D4",
    ],
)
def test_makes_and_roads_are_no_plates(text):
    assert mask(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "hengeren min {kl 4471} står fortsatt der",
        "tilhengaren vår {KL 4471} sto der",
        "mopeden til kona ({ST 4471}) ble borte",
        "snøskutern {re 4412} fekk ikkje forsikring",
        "campingvogna mi, {uf 2219}, er solgt",
        "traktorn min {ZK 4410} er på verksted",
        "bobilen hans, {VJ 40 112}, er ikke registrert",
    ],
)
def test_plates_of_all_kinds_of_vehicles(text):
    before, value, after = text.replace("}", "{").split("{")
    assert mask(before + value + after) == f"{before}[bilnummer]{after}"


@pytest.mark.parametrize(
    "text",
    [
        "det personlige skiltet mitt, {FJORD7}, i vaskeappen",
        "det personlege skiltet på bilen, {HEKLA}, går ikkje",
        "{FJORD7} er det personlige skiltet mitt",
        "skiltet mitt {VIKING1} blir ikke lest av bommen",
    ],
)
def test_plates_of_ones_own_choice(text):
    before, value, after = text.replace("}", "{").split("{")
    assert mask(before + value + after) == f"{before}[bilnummer]{after}"


@pytest.mark.parametrize(
    "text", ["hengeren sto klar kl 0830", "Nordic Bil AS 2021", "hengeren min kl 1545", "personlig skilt fra SVV"]
)
def test_times_and_years_are_no_plates(text):
    assert mask(text) == text
