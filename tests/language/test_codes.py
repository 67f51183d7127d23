import pytest

from textinnsikt.language import mask


@pytest.mark.parametrize(
    "text",
    [
        "Saken {RT4471-2290-B} ble lukket.",
        "Koden jeg fikk, {M8R-41C}, virker ikke.",
        "Skademeldinga, id {SKD.19.4471}, er borte.",
        "Returnr {QX-61} finnes ikke.",
        "Kundeavtale: {KA 18/3391}.",
        "Gavekort {HK3J-71PL-22XM} var tomt.",
        "Kupongen {VINTER-4GH1-ZZ70} var utgått.",
        "Kontoen registrert under {M/2201/44} skal slettes.",
        "Butikk {0733} hadde den ikke.",
        "jeg er kunde siden 2003, nr {7719}, og får ikke svar",
        "Fikk {4c7d-91xk} som en slags kode å vise til.",
        "MAC-adressen er {A0:4B:11:2C:9D:E7}.",
        "jeg sa bare {71836} og så var det ordnet",
        "Rekvisisjonen {61 204 B} ble borte.",
    ],
)
def test_codes_with_a_word_or_a_shape_that_tells(text):
    before, value, after = text.replace("}", "{").split("{")
    assert mask(before + value + after) == f"{before}[kundenummer]{after}"


@pytest.mark.parametrize(
    "text",
    [
        "Kjøpte Sony WH-1000XM4 og en Archer AX55.",
        "Feilkode E-204 og 0x80070643.",
        "Fikk 50/10, ikke 500/500, og 24/7 support.",
        "HDMI-2.1, USB-C 3.2 og ISO 27001.",
        "PC med i7-12700K i boksen.",
        "varenr 7045-33 er utsolgt",
        "Kunden før meg fikk nummer 214 i køen.",
        "Butikken 300 meter unna.",
        "Avtalen er på 36 mnd med 4G-backup.",
    ],
)
def test_products_versions_and_speeds_stay(text):
    assert mask(text) == text


def test_what_looks_like_a_reference_found_is_one():
    assert mask("skadenr S2023-110-07 først, så S2023-114-31") == "skadenr [kundenummer] først, så [kundenummer]"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("gavekort 6335 0102 7741 9908 22 var tomt", "gavekort [kort] var tomt"),
        ("brikka 5780 4411 0293 piper", "brikka [telefon] piper"),
        ("billetten (117-2409338154) gjelder", "billetten ([kundenummer]) gjelder"),
        ("pasient-id 7740-bjk-12 virker", "pasient-id [kundenummer] virker"),
        ("ring 41 23 45 67 10 ganger", "ring [telefon] 10 ganger"),
    ],
)
def test_a_number_is_masked_to_its_end(text, wanted):
    assert mask(text) == wanted
