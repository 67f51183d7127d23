"""Names a reader understands."""

import numpy as np

from textinnsikt.clusters.naming import cluster_names, phrases
from textinnsikt.clusters.topicless import names_contact
from textinnsikt.language import STOP_WORDS, tokenize_words

from .conftest import LISTENING

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
    assert cluster_names(["Ikke."], np.array([0]), [np.ones(1, bool)]) == ["øvrige setninger"]


def test_names_are_three_words_of_content_at_most(topics):
    texts = sorted([*topics, *TEXTS, *LISTENING, "Ikke.", "Han’n sa det, æ’ bare lo av heile greia."])
    kinds = sorted(set(topics.values()))
    by_topic = np.array([kinds.index(topics[text]) if text in topics else len(kinds) for text in texts])
    for labels in (by_topic, np.arange(len(texts)), np.arange(len(texts)) % 7):
        whole = np.ones(len(texts), dtype=bool)
        names = cluster_names(texts, labels, [whole] * (labels.max() + 1))
        assert len(set(names)) == len(names)
        for name in names:
            words = tokenize_words(name)
            assert 1 <= len(words) <= 3 and not STOP_WORDS.intersection(words), name


def test_two_words_stand_with_a_comma_and_their_own_capitals():
    texts = ["Betalte med Vipps. Fakturaen kom.", "En faktura kom på Vipps.", "Lang kø.", "Kø igjen."]
    names = cluster_names(texts, np.array([0, 0, 1, 1]), [np.ones(4, bool)] * 2)
    assert names[0] in ("Vipps, faktura", "faktura, Vipps", "Vipps, fakturaen", "fakturaen, Vipps")


def test_phrases_do_not_cross_stop_words():
    found = phrases("Hun kunne faget sitt, spurte om kundenummer og ga svært grundig faglig forklaring.").values()
    assert not STOP_WORDS.intersection(word for phrase in found for word in phrase.split())
    assert "grundig faglig forklaring" in found and "spurte kundenummer" not in found


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
