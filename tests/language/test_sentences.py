import re

import pytest

from textinnsikt.language import split_sentences
from textinnsikt.language.sentences import ABBREVIATIONS


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("  \n ", []),
        ("Bra.", ["Bra."]),
        ("Ringte. Fikk svar.", ["Ringte.", "Fikk svar."]),
        ("fikk svar. men det tok tid.", ["fikk svar.", "men det tok tid."]),
        ("Fikk svar.Men det tok tid.", ["Fikk svar.", "Men det tok tid."]),
        ("Ringte den 3. februar kl. 14.30 og fikk svar.", ["Ringte den 3. februar kl. 14.30 og fikk svar."]),
        ("Levering 3. Februar gikk fint", ["Levering 3. Februar gikk fint"]),
        ("Pris kr. 500,- pr. mnd. inkl. mva. og frakt.", ["Pris kr. 500,- pr. mnd. inkl. mva. og frakt."]),
        ("Det koster 500 kr. Jeg takket ja.", ["Det koster 500 kr.", "Jeg takket ja."]),
        ("Tips om rabatt osv. Deretter la hun på.", ["Tips om rabatt osv.", "Deretter la hun på."]),
        ("T.d. rabatt, m.a. på fiber o.a. tenester.", ["T.d. rabatt, m.a. på fiber o.a. tenester."]),
        ("Ventet ca. 10 min. Det var ok.", ["Ventet ca. 10 min.", "Det var ok."]),
        ("Hun tilbød bl.a. fiber, f.eks. 500 Mbit.", ["Hun tilbød bl.a. fiber, f.eks. 500 Mbit."]),
        ("Hva?!?! Nei!! Aldri mer", ["Hva?!?!", "Nei!!", "Aldri mer"]),
        ("Nei!!Aldri mer", ["Nei!!", "Aldri mer"]),
        ("Bra... men tregt", ["Bra... men tregt"]),
        ("Bra... Men tregt", ["Bra...", "Men tregt"]),
        ("Vent… Nå svarer de", ["Vent…", "Nå svarer de"]),
        ("Topp 😊 takk for hjelpen", ["Topp 😊", "takk for hjelpen"]),
        ("Topp 👍🏻👍 😊", ["Topp 👍🏻👍 😊"]),
        ("Hyggelig :) men tregt :-( Ja", ["Hyggelig :)", "men tregt :-(", "Ja"]),
        ("- lang kø\n- god hjelp", ["- lang kø", "- god hjelp"]),
        ("• rask • blid", ["• rask", "• blid"]),
        ("1. Ringte 2. Fikk svar 3. La på", ["1. Ringte", "2. Fikk svar", "3. La på"]),
        ("«Kan jeg hjelpe deg?» spurte hun. Fint.", ["«Kan jeg hjelpe deg?» spurte hun.", "Fint."]),
        ("Hun sa: «Vi ordner det.» Jeg ble glad.", ["Hun sa: «Vi ordner det.»", "Jeg ble glad."]),
        ("(Hun la på.) Jeg ringte igjen", ["(Hun la på.)", "Jeg ringte igjen"]),
        ("Leste J.K. Rowling og Olav H. Hauge.", ["Leste J.K. Rowling og Olav H. Hauge."]),
        ("Snakket med [navn]. Hun var flink.", ["Snakket med [navn].", "Hun var flink."]),
        ("Se www.telenor.no. Skriv til [e-post].", ["Se www.telenor.no.", "Skriv til [e-post]."]),
        ("Eg venta lenge. ho va grei. æ e nøgd", ["Eg venta lenge.", "ho va grei.", "æ e nøgd"]),
        ("Versjon 2.0 koster 1.299,- i 2021. Dyrt.", ["Versjon 2.0 koster 1.299,- i 2021.", "Dyrt."]),
        ("Linje en\r\n\r\nLinje to", ["Linje en", "Linje to"]),
    ],
)
def test_split_sentences(text, sentences):
    assert split_sentences(text) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Hei!!Hva?.. 😊😊 Ja :) … 1. a 2) b\t• c «d.» e.f g.H (i.) J.K. L. 3. mai kl. 4.",
        "...",
        "?!",
        "a.b.c.d. E",
        "😊",
        ":) :) :)",
        "\u2028linje\u2029skift\x0b",
        "Ord" * 3000,
    ],
)
def test_nothing_but_white_space_is_lost(text):
    pieces = split_sentences(text)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece in text and piece == piece.strip() != "" for piece in pieces)


@pytest.mark.parametrize("abbreviation", sorted(ABBREVIATIONS))
def test_abbreviations_do_not_end_a_sentence(abbreviation):
    assert len(split_sentences(f"Vi fikk {abbreviation}. noe mer her")) == 1


@pytest.mark.parametrize("word", "rest lat par sen svar nett fort bra tid på ja nei der sammen".split())
def test_ordinary_words_are_no_abbreviations(word):
    assert len(split_sentences(f"Det var {word}. Jeg ringte igjen")) == 2


def test_a_long_comment_is_split_in_time():
    text = " ".join(f"Setning nummer {i} er her." for i in range(1000))
    assert len(split_sentences(text)) == 1000
    assert not re.search(r"\.\s", " ".join(split_sentences(text)[:1]))
