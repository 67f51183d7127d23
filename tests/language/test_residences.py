import pytest

from textinnsikt.language import mask


@pytest.mark.parametrize(
    "text",
    [
        "Jeg bor i {Onkel Adams vei} hele året.",
        "eg bur på {Nedre Haugane} innerst",
        "Mamma bor alene i {Bjørnstadkollen} uten strøm.",
        "vi holder til i {oppgang C, 4. etasje} nå",
        "bosatt i {2013 Skjetten} siden i fjor",
        "Jeg bor i {Bjørnevegen nummer førtito}, sa jeg.",
        "Ring på i {Sankthansgata tolv}, sa jeg.",
        "adressen er {Ragnhild Schibbyes v. 11} nå",
        "Sendt til {Nordahl Bruns g 3, leil 509} i går.",
        "står {peder balkes plass 6 inngang nord} på døra",
        "kortet gikk til {pb 78, 5873 Bergen} igjen",
        "Tankbilen kjørte frå {Rundhovde 117} i går.",
        "de var i {Brenneriroa 7} i går",
        "teig {112/44/0/3} er min",
        "Jeg bor i {Guovdageainnu luodda 29} nå.",
        "postnummeret dere bruker, {9357}, er feil",
        "vi venter i {vestre holmen 3} ennå",
    ],
)
def test_homes(text):
    before, value, after = text.replace("}", "{").split("{")
    assert mask(before + value + after) == f"{before}[adresse]{after}"


@pytest.mark.parametrize(
    "text",
    [
        "Vi bor i Groruddalen og på Nesodden.",
        "På iPhone 13 og i Windows 11 virker det.",
        "Leilighet 3 roms i sentrum.",
        "Var på hytta 3 dager, i Alta 14 dager.",
        "Kjøpte fra Ikea 14 dager senere.",
        "Bor i en liten leilighet i sentrum.",
        "Fikk nr 14 i køen.",
    ],
)
def test_towns_products_and_counts_are_no_homes(text):
    assert mask(text) == text


def test_house_numbers_after_an_address():
    text = "Drosjen sto i Storgata 18, jeg venta i nr 81."
    assert mask(text) == "Drosjen sto i [adresse], jeg venta i nr [adresse]."


def test_an_address_glued_to_the_word_before():
    assert mask("porten i{Ekornhaugen 17},nå".replace("{", "").replace("}", "")) == "porten i[adresse],nå"
