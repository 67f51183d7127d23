"""Names a reader understands."""

import numpy as np

from textinnsikt.clusters.naming import cluster_names, phrases

TEXTS = [
    "Veldig lang ventetid på telefon.",
    "Lang ventetid igjen.",
    "Lange ventetider her.",
    "Svarte ikke på Facebook.",
    "Fikk svar på Facebook etter tre dager.",
    "Meldingen på Facebook ble ikke besvart.",
]
LABELS = np.array([0, 0, 0, 1, 1, 1])
WHOLE = np.ones(6, dtype=bool)


def test_forms_are_counted_together_and_shown_as_people_write_them():
    assert cluster_names(TEXTS, LABELS, [WHOLE, WHOLE])[0] == "lang ventetid"


def test_capitals_are_those_that_people_use():
    assert "Facebook" in cluster_names(TEXTS, LABELS, [WHOLE, WHOLE])[1]


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
