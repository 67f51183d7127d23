import random
import re
from pathlib import Path

import pytest

from textinnsikt.language import mask, mask_all

_FILES = ("maskeringer.txt", "maskeringsformer.txt")
_LINES = [line for name in _FILES for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()]
_CASES = [tuple(line.split(" => ")) for line in _LINES if line and not line.startswith("# ")]
CASES = [(text, text if wanted == "=" else wanted) for text, wanted in _CASES]


def test_there_are_enough_cases():
    assert len(CASES) >= 120
    assert sum(text == wanted for text, wanted in CASES) >= 40


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:50] for text, _ in CASES])
def test_case(text, wanted):
    assert mask(text) == wanted


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_masking_twice_is_masking_once(text):
    once = mask(text)
    assert mask(once) == once


@pytest.mark.parametrize(
    ("text", "keep"),
    [
        ("Ringte Storm Strøm om avtalen.", ["Storm Strøm"]),
        ("Chattet med Oda og fikk svar.", ["Oda", "Netthandel"]),
        ("Bestilte hos karinsblomster.no i går.", ["Karinsblomster.no"]),
        ("Møllers kundesenter svarte raskt.", ["Møller"]),
        ("Kundesenteret til Haugen & Sønn var stengt.", ["Haugen & Sønn"]),
    ],
)
def test_what_the_caller_keeps_stays(text, keep):
    assert mask(text) != text
    assert mask(text, keep=keep) == text


def test_keeping_a_centre_does_not_keep_its_people():
    assert mask("Kari Hansen i Storm Strøm svarte", keep=["Storm Strøm"]) == "[navn] i Storm Strøm svarte"
    assert mask("Skriv til kari@komplett.no", keep=["Komplett.no"]) == "Skriv til [e-post]"


def test_a_name_told_once_is_a_name_everywhere_in_the_comment():
    text = "Holt er alltid til stede. Snakket med Anne Holt i går."
    assert mask(text) == "[navn] er alltid til stede. Snakket med [navn] i går."


def test_decomposed_letters_are_read_as_whole_ones():
    assert mask("Snakket med Ka\u030are.") == "Snakket med [navn]."


def test_mask_all_keeps_order_and_gaps():
    texts = ["Takk, Ingrid!", None, "", "Bra.", float("nan"), "Takk, Ingrid!"]
    assert mask_all(texts) == ["Takk, [navn]!", None, "", "Bra.", None, "Takk, [navn]!"]


def test_mask_all_is_mask_of_each_whatever_the_neighbours():
    texts = [text for text, _ in CASES]
    shuffled = random.Random(1).sample(texts, len(texts))
    assert dict(zip(shuffled, mask_all(shuffled), strict=True)) == {text: mask(text) for text in texts}


def _numbers(generator: random.Random):
    """Yield long numbers written in the ways people write them."""
    for _ in range(300):
        digits = "".join(generator.choices("0123456789", k=generator.randint(8, 24)))
        yield digits
        size = generator.choice([2, 3, 4])
        separator = generator.choice([" ", ".", "-"])
        if len(digits) in (8, 11, 16):
            yield digits if len(digits) == 11 else separator.join(re.findall(f".{{1,{size}}}", digits))


def test_no_long_number_survives():
    frames = ["Ring {} nå", "nummer {}, takk", "({})", "kundenr: {}", "{}", "Oppga {}. Så la de på"]
    generator = random.Random(7)
    left = []
    for number in _numbers(generator):
        masked = mask(generator.choice(frames).format(number))
        for run in re.findall(r"\d{8,}", masked):
            if not re.fullmatch(r"(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])", run):
                left.append((number, masked))
    assert not left


@pytest.mark.parametrize("first", "23456789")
def test_every_way_to_write_a_phone_number(first):
    generator = random.Random(first)
    for _ in range(25):
        digits = first + "".join(generator.choices("0123456789", k=7))
        pairs, triple = re.findall("..", digits), (digits[:3], digits[3:5], digits[5:])
        if re.fullmatch(r"20(0[1-9]|1[0-2]|\d\d)\d{4}", digits):
            continue
        for written in (" ".join(pairs), ".".join(pairs), " ".join(triple), "-".join(triple), digits):
            for prefix in ("", "+47 ", "+47", "0047 ", "(+47) "):
                assert mask(f"Ring {prefix}{written} etter fire") == "Ring [telefon] etter fire"


def test_prices_stay_whatever_their_size():
    generator = random.Random(3)
    for _ in range(100):
        amount = f"{generator.randint(1, 999_999_999):,}".replace(",", " ")
        for text in (f"Det koster {amount} kr", f"Pris kr {amount}", f"Det ble {amount},-"):
            assert mask(text) == text


#: Well-known companies, none of which is a name as well, a few of each trade.
CHAINS = (
    "Kiwi, Rema 1000, Bunnpris, Europris, Elkjøp, Power, NetOnNet, Komplett, DNB, Nordea, Sbanken, Gjensidige, Tryg, "
    "Fremtind, Tibber, Fjordkraft, Fortum, Hafslund, Telenor, Telia, Altibox, OneCall, Norwegian, SAS, Widerøe, Ving, "
    "Posten, PostNord, Helthjem, Verisure, Sector, Intrum, Kredinor, Lowell, Cubus, Dressmann, Zalando, XXL, Byggmax, "
    "Maxbo, Jernia, Plantasjen, Boots, Farmasiet, Specsavers, Scandic, Clarion, Ryanair, Vy, Ruter, Mekonomen"
).split(", ")


@pytest.mark.parametrize("chain", CHAINS)
def test_companies_stay(chain):
    for frame in ("{} sier det er feil.", "Jeg ringte {} i går.", "hos {} fikk jeg svar", "Bra service, takk, {}!"):
        assert mask(frame.format(chain)) == frame.format(chain)
