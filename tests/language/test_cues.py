"""Where names stand: beside trades, workplaces, badges and other names, with and without a capital."""

import pytest

from textinnsikt.language import cues, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Liv på forsikring var hyggelig", "[navn] på forsikring var hyggelig"),
        ("god hjelp av liv på apoteket, hun var flink", "god hjelp av [navn] på apoteket, hun var flink"),
        ("fekk hjelp av vår, ho var flink", "fekk hjelp av [navn], ho var flink"),
        ("Turoperatørens guide Yorgos var best", "Turoperatørens guide [navn] var best"),
        ("Guiden vår Xqorgos var best", "Guiden vår [navn] var best"),
        ("Legen min, Farshqian, hørte etter", "Legen min, [navn], hørte etter"),
        ("Budbilsjåføren, Qaldemaras, bar alt", "Budbilsjåføren, [navn], bar alt"),
        ("Snakka m Hamza ali to ganger", "Snakka m [navn] to ganger"),
        ("På navneskiltet stod det Vår.", "På navneskiltet stod det [navn]."),
        ("Odd stod det på namnelappen.", "[navn] stod det på namnelappen."),
        ("På skiltet sto det Odd.", "På skiltet sto det [navn]."),
        ("ansatte sanna og elle márjá var flinke", "ansatte [navn] og [navn] var flinke"),
        ("Takk Vegard N", "Takk [navn]"),
        ("Chattet med Kjersti F. i dag", "Chattet med [navn]. i dag"),
    ],
)
def test_names_beside_what_tells_them(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Det er liv på apoteket, og vår i lufta.",
        "På skiltet sto det Stengt.",
        "Kjøpsguiden deres er god.",
        "Årets bestselger Nøkkelen er utsolgt.",
        "Stort utvalg i butikken i vår.",
        "takk for en fin dag i butikken",
    ],
)
def test_what_only_resembles_a_name_stays(text):
    assert mask(text) == text


def test_compounds_of_trades_are_persons():
    assert cues.is_person("budbilsjåføren")
    assert not cues.is_person("tilbudet")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("satt igjen utenfor bjørkelia 7b i regn", "satt igjen utenfor [adresse] i regn"),
        ("dro til Kløverstien 9A, men skulle til 9C", "dro til [adresse], men skulle til [adresse]"),
        ("levert i Storgata 12 i stedet for 14.", "levert i [adresse] i stedet for [adresse]."),
        ("Bor i Storgata 12 og har 5G til 3D", "Bor i [adresse] og har 5G til 3D"),
        ("bookingen zt4h9p var feil", "bookingen [kundenummer] var feil"),
        ("boksen hd4k2 og wifi6e er bra", "boksen hd4k2 og wifi6e er bra"),
        ("Lappen var merket A771-03.", "Lappen var merket [kundenummer]."),
        ("Skapet er merket IP67.", "Skapet er merket IP67."),
        ("Eg skreiv om 2219-K, dei svara om 2291-K.", "Eg skreiv om [kundenummer], dei svara om [kundenummer]."),
        ("mor, f.nr. 05.03.1938 27145", "mor, f.nr. [fødselsnummer]"),
        ("født 05.03.1938, 27145", "født [fødselsnummer]"),
        ("personnummeret slutter på 38 264 og", "personnummeret slutter på [fødselsnummer] og"),
        ("Den 05.03.2024 12500 kr", "Den 05.03.2024 12500 kr"),
    ],
)
def test_numbers_told_in_other_ways(text, masked):
    assert mask(text) == masked
