import pytest

from textinnsikt.language.addresses import ADDRESS_RULES
from textinnsikt.language.patterns import find_spans, replace_spans


def _mask(text):
    return replace_spans(text, find_spans(text, ADDRESS_RULES))


@pytest.mark.parametrize(
    "address",
    [
        "Storgata 12",
        "Storgata 12 B",
        "storgata 12b",
        "Bjørnstjerne Bjørnsons gate 3",
        "Fredrik Langes gate 20, 9008 Tromsø",
        "Hans Nielsen Hauges vei 44C",
        "Øvre Åsvei 7, 1406 Ski",
        "Rådhusplassen 1",
        "Torggata 15, 0181 Oslo",
        "postboks 123, 5003 Bergen",
        "Søndre Torv Allé 8",
    ],
)
def test_street_addresses(address):
    assert _mask(f"Sendt til {address}.") == "Sendt til [adresse]."


@pytest.mark.parametrize(
    "text",
    [
        "Butikken i Storgata er fin.",
        "Var på vei 2 ganger.",
        "Køplass 23 i går.",
        "Halvveien 2 timer inn.",
        "I 2020 Oslo var stille.",
        "Fikk svar på e-posten.",
        "Gikk inn på telenor.no og elkjøp.no.",
        "Det var fint.no var det over.",
    ],
)
def test_what_is_no_address(text):
    assert _mask(text) == text


@pytest.mark.parametrize(
    "mail",
    ["a@b.no", "kari.nordmann+x@mail.firma.com", "kari (at) post.no", "ola(at)firma(dot)no", "ola krøllalfa post.no"],
)
def test_mail(mail):
    assert _mask(f"Skriv til {mail}, takk") == "Skriv til [e-post], takk"


@pytest.mark.parametrize(
    "link", ["https://a.no/b?c=d", "http://x.com", "www.a.no/b", "karinordmann.no", "telenor.no/min/side"]
)
def test_links(link):
    assert _mask(f"Se {link}, takk") == "Se [lenke], takk"


def test_streets_in_small_letters_of_two_words():
    assert _mask("bor i rosenkrantz gate 9 skrev jeg") == "bor i [adresse] skrev jeg"
    assert _mask("bor i en liten gate, nummer 9") == "bor i en liten gate, nummer 9"
