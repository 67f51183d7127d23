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
