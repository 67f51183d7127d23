import numpy as np
import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.study import TaggedStudy
from textinnsikt.themes.sampling import combined_probability, next_contacts, sample_contacts

THEMES = ("lytting", "løsning")
WORDS = "svar tid hjelp pris kø feil navn takk regning skjema bil hotell".split()


@pytest.fixture(scope="module")
def tagged():
    rng = np.random.default_rng(3)
    n = 400
    rows = {
        "henvendelse": [f"h{i:03}" for i in range(n)],
        "kommentar_nr": 1,
        "tekst": [" ".join(rng.choice(WORDS, 5)) for _ in range(n)],
        "klasse": rng.choice(["Bank", "Avis", "Hotell"], n, p=[0.7, 0.25, 0.05]),
        "kundesenter": rng.choice(list("ABCDEFGH"), n),
        "lytting": rng.choice(["ingen", "negativ"], n, p=[0.97, 0.03]),
        "løsning": rng.choice(["ingen", "positiv", "blandet"], n, p=[0.5, 0.4, 0.1]),
    }
    for theme in THEMES:
        for mention in ("positiv", "negativ"):
            rows[f"{theme}_p_{mention}"] = rng.beta(0.4, 0.8, n).round(4)
    return TaggedStudy(pd.DataFrame(rows), THEMES)


def _inclusion(tagged, n, runs, **settings):
    counts = pd.Series(0.0, index=tagged.comments["henvendelse"])
    stated = pd.Series(np.nan, index=counts.index)
    for seed in range(runs):
        drawn = sample_contacts(tagged, n, seed=seed, **settings).set_index("henvendelse")["rundesannsynlighet"]
        counts[drawn.index] += 1
        stated[drawn.index] = drawn
    return counts / runs, stated


def test_contacts_are_drawn_as_often_as_stated(tagged):
    runs = 200
    share, stated = _inclusion(tagged, 80, runs)
    seen = stated.notna()
    z = (share - stated)[seen] / np.sqrt(stated * (1 - stated) / runs)[seen]
    assert 0.85 < z.std() < 1.15 and abs(z.mean()) < 0.2
    assert np.isclose(stated.sum(), 80, rtol=0.02)


def test_rare_mentions_and_small_classes_get_more(tagged):
    _, spread = _inclusion(tagged, 80, 25)
    rare = (tagged.comments["lytting"] == "negativ").to_numpy()
    small = (tagged.comments["klasse"] == "Hotell").to_numpy()
    assert spread[rare].mean() > 2 * spread[~rare].mean()
    assert spread[small].mean() > 1.5 * spread[~small].mean()
    assert spread.min() >= 0.3 * 80 / 400 * 0.999


def test_without_strata_all_have_the_same_probability(tagged):
    drawn = sample_contacts(tagged, 40, by=())
    assert len(drawn) == 40 and drawn["rundesannsynlighet"].unique().tolist() == [0.1]


def test_row_order_does_not_matter_and_the_seed_does(tagged):
    shuffled = TaggedStudy(tagged.comments.sample(frac=1, random_state=1, ignore_index=True), THEMES)
    first = sample_contacts(tagged, 50)
    assert first.equals(sample_contacts(shuffled, 50))
    assert not first.equals(sample_contacts(tagged, 50, seed=1))
    rounds = first.assign(runde=1)
    assert next_contacts(tagged, rounds, 30).equals(next_contacts(shuffled, rounds, 30))


def test_all_contacts_can_be_drawn(tagged):
    drawn = sample_contacts(tagged, 400)
    assert len(drawn) == 400 and (drawn["rundesannsynlighet"] == 1).all()


def test_too_many_or_unknown_strata_are_refused(tagged):
    with pytest.raises(InputError, match="Bare 400"):
        sample_contacts(tagged, 401)
    with pytest.raises(InputError, match="«farge»"):
        sample_contacts(tagged, 10, by=("farge",))
    rounds = sample_contacts(tagged, 250).assign(runde=1)
    with pytest.raises(InputError, match="trekk høyst 0 til"):
        next_contacts(tagged, rounds, 50)


def test_next_takes_the_uncertain_ones_of_those_left(tagged):
    rounds = sample_contacts(tagged, 60, by=()).assign(runde=1)
    columns = [c for c in tagged.comments if "_p_" in c]
    stated = tagged.comments.set_index("henvendelse")[columns]
    doubt = (stated * (1 - stated)).sum(axis=1)
    drawn = next_contacts(tagged, rounds, 80)
    assert not drawn["henvendelse"].isin(rounds["henvendelse"]).any() and len(drawn) == 80
    assert np.corrcoef(drawn["rundesannsynlighet"], np.sqrt(doubt[drawn["henvendelse"]]))[0, 1] > 0.7
    assert drawn["rundesannsynlighet"].min() > 0.2 * 80 / 340


def test_totals_are_right_when_a_round_is_chosen_by_what_the_first_one_showed(tagged):
    rng = np.random.default_rng(5)
    few = TaggedStudy(tagged.comments.head(48), THEMES)
    y = pd.Series(rng.gamma(2, 2, 48), index=few.comments["henvendelse"])
    doubted = (y > y.median()).to_numpy()
    totals = []
    for seed in range(80):
        first = sample_contacts(few, 12, seed=seed).assign(runde=1)
        # What the first round showed decides what the model doubts afterwards.
        learnt = 0.5 if y[first["henvendelse"]].mean() > y.mean() else 0.01
        comments = few.comments.copy()
        comments.loc[doubted, "lytting_p_positiv"] = learnt
        second = next_contacts(TaggedStudy(comments, THEMES), first, 10, seed=seed).assign(runde=2)
        probability = combined_probability(pd.concat([first, second]))
        assert probability.between(0, 1).all()
        totals.append((y[probability.index] / probability).sum())
    error = np.std(totals) / np.sqrt(len(totals))
    assert abs(np.mean(totals) - y.sum()) < 3 * error < 0.1 * y.sum()
