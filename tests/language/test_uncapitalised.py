import pytest

from textinnsikt.language import mask


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ba om å få tilbake dagfinn for han skjønte det", "ba om å få tilbake [navn] for han skjønte det"),
        ("takk til malene fra chatten", "takk til [navn] fra chatten"),
        ("fatemeh 10/10 ventetid 2/10", "[navn] 10/10 ventetid 2/10"),
        ("mvh roger kvalø", "mvh [navn]"),
        ("pakken til fatima al-rashidi er borte", "pakken til [navn] er borte"),
        ("over fra Aslan til Ingvild til aslan igjen", "over fra [navn] til [navn] til [navn] igjen"),
        ("jorunnn i mailen, men hun heter Jorunn", "[navn] i mailen, men hun heter [navn]"),
        ("prata med en abdirahmansom fiksa det,respekt", "prata med en [navn]som fiksa det,respekt"),
        ("– E. Skaftnesmo, misfornøyd kunde", "– [navn], misfornøyd kunde"),
        ("Hr. Fougner fra avdelingen lovet det.", "Hr. [navn] fra avdelingen lovet det."),
        ("«Synnøva, de har time», sa dei.", "«[navn], de har time», sa dei."),
        ("Snille Perly på pasientreiser ordnet det.", "Snille [navn] på pasientreiser ordnet det."),
    ],
)
def test_names(text, wanted):
    assert mask(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Plan B. Deretter ventet vi.",
        "Vitamin C. Kjempebra produkt.",
        "Snille folk på Telenor.",
        "Kjære Kundeservice, takk.",
        "topp 10/10",
        "Teslaen lader, Mastercardet virker.",
    ],
)
def test_what_is_no_name(text):
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mvh k. lødemel", "mvh [navn]"),
        ("mvh k lødemel", "mvh [navn]"),
        ("Takk! Hilsen frå a.b. brattgjerd", "Takk! Hilsen frå [navn]"),
        ("veldig bra service. k. lødemel", "veldig bra service. [navn]"),
        ("Konsulenten (H. Brattgjerd) var sen", "Konsulenten ([navn]) var sen"),
        ("mvh i bodø", "mvh i bodø"),
        ("hilsen f.eks. meg", "hilsen f.eks. meg"),
    ],
)
def test_initials_and_a_surname_where_somebody_signs(text, masked):
    assert mask(text) == masked
