import pandas as pd

from textinnsikt.insight.quotes import choose, highlights, split

from .conftest import THEMES


def test_choice_does_not_depend_on_row_order(insight):
    comments = insight.tagged.comments
    shuffled = comments.sample(frac=1, random_state=3)
    assert choose(comments, THEMES) == choose(shuffled, THEMES)
    assert highlights(comments, "lytting", "positiv") == highlights(shuffled, "lytting", "positiv")


def test_no_sentence_twice_and_the_limit_holds(insight):
    quotes = choose(insight.tagged.comments, THEMES, limit=24)
    sentences = [quote["setning"] for quote in quotes]
    assert len(sentences) == len(set(sentences)) <= 24
    per_cell = {(q["tema"], q["verdi"]) for q in quotes}
    assert all(sum((q["tema"], q["verdi"]) == cell for q in quotes) <= 2 for cell in per_cell)


def test_every_theme_and_value_that_occurs_is_shown(insight):
    comments = insight.tagged.comments
    wanted = {(t, v) for t in THEMES for v in comments[t].dropna().unique() if v != "ingen"}
    assert {(quote["tema"], quote["verdi"]) for quote in choose(comments, THEMES)} == wanted


def test_a_quote_is_the_comment_it_was_taken_from(insight):
    texts = set(insight.tagged.comments["tekst"].dropna())
    for quote in choose(insight.tagged.comments, THEMES):
        assert " ".join(part for part in (quote["før"], quote["setning"], quote["etter"]) if part) in texts


def test_highlights_come_from_different_centres(insight):
    found = highlights(insight.tagged.comments, "løsning", "negativ")
    assert 2 <= len(found) <= 4
    assert len({quote["setning"] for quote in found}) == len(found)


def test_long_comment_is_cut_around_its_sentence():
    before, sentence, after = split("ord " * 500 + "Hun hørte etter. " + "mer " * 500, "Hun hørte etter.")
    assert sentence == "Hun hørte etter."
    assert before.startswith("… ") and after.endswith("…")
    assert len(before) + len(after) < 500


def test_sentence_that_is_not_found_shows_the_comment():
    assert split("Kort kommentar.", "Noe annet.") == ("", "Kort kommentar.", "")


def test_a_sentence_of_this_theme_alone_goes_before_one_of_two_themes():
    rows = {
        "henvendelse": ["1", "2"],
        "kommentar_nr": [1, 1],
        "kundesenter": ["A", "B"],
        "klasse": ["Bank", "Bank"],
        "kanal": ["facebook", "chat"],
        "tekst": ["Spurte om alt og løste saken.", "Spurte hva jeg trengte før hun svarte."],
    }
    for theme, sentences, chances in (
        ("behov", rows["tekst"], [0.99, 0.8]),
        ("løsning", [rows["tekst"][0], None], [0.999, 0.1]),
    ):
        values = ["positiv", "positiv" if theme == "behov" else "ingen"]
        rows |= {theme: values, f"{theme}_p_positiv": chances, f"{theme}_setning": sentences}
    comments = pd.DataFrame(rows)
    assert [q["setning"] for q in highlights(comments, "behov", "positiv")] == [rows["tekst"][1]]
    assert highlights(comments.head(1), "behov", "positiv") == []
    shown = highlights(comments.head(1), "løsning", "positiv")
    assert [(q["setning"], q["kanal"]) for q in shown] == [(rows["tekst"][0], "Facebook")]
