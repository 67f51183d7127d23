"""Names a reader understands."""

import numpy as np

from textinnsikt.clusters.naming import cluster_names, phrases
from textinnsikt.clusters.topicless import names_contact

TEXTS = [
    "Veldig lang ventetid på telefon.",
    "Lang ventetid igjen.",
    "Lange ventetider her.",
    "Ba meg betale med Vipps på chatten.",
    "Fikk faktura på Vipps etter tre dager.",
    "Meldingen om Vipps ble ikke besvart.",
]
LABELS = np.array([0, 0, 0, 1, 1, 1])
WHOLE = np.ones(6, dtype=bool)


def test_forms_are_counted_together_and_shown_as_people_write_them():
    assert cluster_names(TEXTS, LABELS, [WHOLE, WHOLE])[0] == "lang ventetid"


def test_capitals_are_those_that_people_use():
    assert "Vipps" in cluster_names(TEXTS, LABELS, [WHOLE, WHOLE])[1]


def test_negations_are_in_phrases_but_never_a_name_alone():
    found = phrases("Hun svarte ikke.")
    assert "svarte ikke" in found.values() and "ikke" not in found.values()
    texts = ["Ikke bra.", "Ikke.", "Aldri.", "Lang kø.", "Kø igjen."]
    assert cluster_names(texts, np.array([0, 0, 0, 1, 1]), [np.ones(5, bool)] * 2)[0] not in ("ikke", "aldri")


def test_phrases_do_not_cross_numbers_or_marks():
    assert "ventet minutter" not in phrases("Ventet 20 minutter.").values()
    assert "navn firma" not in phrases("Navn, firma.").values()


def test_two_clusters_with_the_same_words_get_different_names():
    texts = ["Lang kø.", "Lang kø i dag.", "Lang kø her.", "Lang kø der."]
    names = cluster_names(texts, np.array([0, 0, 1, 1]), [np.ones(4, bool)] * 2, reserved=("kø",))
    assert len(set(names)) == 2 and "kø" not in names


def test_a_cluster_without_words_still_gets_a_name():
    assert cluster_names(["Ikke."], np.array([0]), [np.ones(1, bool)]) == ["andre setninger"]


def test_phrases_keep_one_stop_word_between_words():
    found = phrases("Hun kunne faget sitt uten å bla, og spurte om kundenummer.").values()
    assert {"faget sitt uten å bla", "spurte om kundenummer"} <= set(found)
    assert "bla og spurte" not in found and "faget sitt uten" not in found


def test_channels_are_in_no_phrase():
    for phrase in phrases("Svaret på e-posten kom før samtalen i chatten og meldinga på Facebook.").values():
        assert not any(map(names_contact, phrase.split()))


def test_a_phrase_that_people_share_is_the_name():
    texts = [
        "Hun ønsket meg god helg.",
        "Ble ønsket god helg.",
        "Han ønsket god helg til slutt.",
        "Dyr faktura.",
        "Fakturaen.",
    ]
    names = cluster_names(texts, np.array([0, 0, 0, 1, 1]), [np.ones(5, bool)] * 2)
    assert names[0] == "ønsket god helg"


def test_a_general_word_is_no_name_when_another_says_more():
    texts = ["Minutter på minutter med panfløyte.", "Fem minutter panfløyte.", "Minutter i kø.", "Dyr pris."]
    assert "panfløyte" in cluster_names(texts, np.array([0, 0, 0, 1]), [np.ones(4, bool)] * 2)[0]
