from pathlib import Path

import pytest

from textinnsikt.language import detect_language
from textinnsikt.language.languages import neighbour_language

_LINES = (Path(__file__).parent / "setninger_sprak.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [tuple(line.split("\t")) for line in _LINES if line and not line.startswith("#")]


def _share(kind, accepted):
    texts = [text for language, text in SENTENCES if language == kind and len(text.split()) > 2]
    return sum(detect_language(text) in accepted for text in texts) / len(texts)


@pytest.mark.parametrize(
    ("kind", "accepted", "least"),
    [
        ("nb", {"nb"}, 0.95),
        ("nn", {"nn"}, 0.95),
        ("da", {"da"}, 0.8),
        ("sv", {"sv"}, 0.9),
        ("en", {"en"}, 1.0),
        ("de", {"de"}, 1.0),
        ("pl", {"pl"}, 1.0),
    ],
)
def test_share_told_right(kind, accepted, least):
    assert _share(kind, accepted) >= least


@pytest.mark.parametrize("text", [text for kind, text in SENTENCES if kind in ("nb", "nn", "dialekt")])
def test_no_norwegian_is_taken_for_another_language(text):
    assert detect_language(text) in ("nb", "nn", None)
    assert neighbour_language(text) is None


@pytest.mark.parametrize("text", ["", "Bra!", "😊", "100 % 5 av 5", "xyz qwe zzt brk"])
def test_too_little_to_tell(text):
    assert detect_language(text) is None


def test_names_and_masks_do_not_count():
    assert detect_language("Jeg snakket med [navn] og fikk god hjelp") == "nb"
    assert detect_language("Jeg leste Gone Girl og The Girl on the Train i sommer, begge var gode") == "nb"
