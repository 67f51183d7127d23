import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.insight.waves import compare_waves
from textinnsikt.study import TaggedStudy

THEMES = ("lytting", "løsning")
SAID = {
    "lytting": ["Hun hørte godt etter det jeg sa.", "Han lot meg snakke ferdig.", "Oppsummerte saken min fint."],
    "ingen": [
        "Lang kø på telefonen i dag.",
        "Måtte vente lenge i kø.",
        "Hyggelig og blid dame.",
        "Blid stemme hele veien.",
    ],
}


class Letters:
    """Vectors of how often each letter occurs."""

    def encode(self, texts):
        rows = np.array([[text.lower().count(letter) + 0.01 for letter in "abdefghiklmnoprstuvøå"] for text in texts])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _wave(share, seed, unsure=0.1, centres=20, extra=""):
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(centres * 12):
        heard = rng.uniform() < share
        text = str(rng.choice(SAID["lytting" if heard else "ingen"])) + extra
        row = {"henvendelse": f"h{i:03}", "kommentar_nr": 1, "kundesenter": f"Bank {i % centres}", "klasse": "Bank"}
        row |= {"kanal": "telefon", "besvart": "ja", "totalscore": 60 + 10 * heard + rng.normal(0, 5), "tekst": text}
        for theme in THEMES:
            hit = heard and theme == "lytting"
            row |= {theme: "positiv" if hit else "ingen", f"{theme}_setning": text if hit else None}
            row |= {
                f"{theme}_p_positiv": 0.95 if hit else 0.02,
                f"{theme}_p_negativ": 0.5 if rng.uniform() < unsure else 0.02,
            }
        rows.append(row | {"modell": "m", "modell_hash": "x"})
    return TaggedStudy(pd.DataFrame(rows), THEMES)


@pytest.fixture(scope="module")
def changed():
    return compare_waves(_wave(0.3, 1), _wave(0.6, 2, unsure=0.3), encoder=Letters())


def test_a_change_is_found_and_what_has_not_changed_is_not(changed):
    rows = changed.themes.set_index(["tema", "omtale", "metode"])
    for method in ("alle", "samme kundesentre"):
        row = rows.loc[("lytting", "positiv", method)]
        assert row["nedre"] < 0.3 < row["øvre"] and row["q"] < 0.001
        assert rows.loc[("løsning", "positiv", method), "estimat"] == 0
    score = changed.overview.set_index("mål").loc["totalscore, besvarte henvendelser"]
    assert score["nedre"] < 3 < score["øvre"] and score["nedre"] > 0


def test_clusters_are_made_on_both_waves(changed):
    found = changed.clusters
    assert np.isclose(found["første"].sum(), 1) and np.isclose(found["andre"].sum(), 1)
    heard = found[found["tema"] == "lytting"]
    assert heard["estimat"].sum() > 0.2


def test_the_tagger_should_be_looked_at_when_it_is_less_sure(changed):
    unsure = changed.drift.set_index("mål").loc["andel usikre kommentarer"]
    assert unsure["varsel"] == "ja" and unsure["estimat"] > 0.1
    assert any("bør ses på igjen" in note for note in changed.notes)
    assert "faktorer.csv mangler" in " ".join(changed.notes)


def test_alike_waves_give_no_warning():
    same = compare_waves(_wave(0.4, 3), _wave(0.4, 4), encoder=Letters())
    assert (same.drift["varsel"] == "nei").all()
    assert any("brukes som før" in note for note in same.notes)
    assert (same.themes["q"].dropna() > 0.01).all()


def test_other_kinds_of_texts_are_noticed():
    far = compare_waves(
        _wave(0.4, 3), _wave(0.4, 4, extra=" Xylofon wok zz yy xx zzz wwx zy zx zw zq."), encoder=Letters()
    )
    assert far.drift.set_index("mål").at["avstand mellom tekstene", "varsel"] == "ja"


def test_row_order_does_not_matter(changed):
    first, second = (
        replace(wave, comments=wave.comments.sample(frac=1, random_state=5, ignore_index=True))
        for wave in (_wave(0.3, 1), _wave(0.6, 2, unsure=0.3))
    )
    again = compare_waves(first, second, encoder=Letters())
    for name, table in again.tables.items():
        pd.testing.assert_frame_equal(table, changed.tables[name], atol=1e-9)


def test_it_shows_itself(changed):
    assert json.loads(json.dumps(changed.to_dict()))["endring_temaer"]
    page = changed._repr_html_()
    assert "<h2>Temaer</h2>" in page and "0,3" in page and "nan" not in page.lower().replace("finans", "")
    assert "prosentpoeng" in str(changed.plot().to_dict())


def test_studies_that_cannot_be_compared_are_refused():
    wave = _wave(0.3, 1, centres=2)
    with pytest.raises(InputError, match="ulike temaer"):
        compare_waves(wave, replace(wave, themes=("lytting",)), encoder=Letters())
    with pytest.raises(InputError, match="score-range"):
        compare_waves(wave, replace(wave, score_range=(1.0, 6.0)), encoder=Letters())


def test_few_centres_and_another_model_are_told():
    wave = _wave(0.3, 1, centres=2)
    other = replace(wave, comments=wave.comments.assign(modell_hash="y"))
    found = compare_waves(wave, other, encoder=Letters())
    assert found.themes["nedre"].isna().all() and set(found.themes["metode"]) == {"alle"}
    assert "ulike modeller" in found.notes[0] and "For få kundesentre" in found.notes[1]
