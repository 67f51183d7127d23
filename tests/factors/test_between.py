from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from textinnsikt.factors.between import _moments, between
from textinnsikt.factors.sample import Sample
from textinnsikt.study import TaggedStudy


def study(seed: int, slope: float = 20.0, mood: float = 0.0, spread: float = 1.2, centres: int = 132) -> Sample:
    """Centres that differ in how often they listen, with a score that goes with it; moods of single contacts."""
    random = np.random.default_rng(seed)
    centre = np.repeat(np.arange(centres), 25)
    shopper = np.concatenate([random.choice(98, 25, replace=False) for _ in range(centres)])
    share = 1 / (1 + np.exp(0.6 - spread * random.normal(size=centres)))
    tone = random.normal(size=len(centre))
    heard = random.random(len(centre)) < np.clip(share[centre] + mood * 0.2 * tone, 0, 1)
    lenient = random.normal(0, 3, 98)[shopper]
    score = 60 + slope * share[centre] + lenient + mood * 5 * tone + random.normal(0, 8, len(centre))
    comments = pd.DataFrame(
        {
            "henvendelse": [f"h{i:05}" for i in range(len(centre))],
            "kommentar_nr": 1,
            "kundesenter": [f"Senter {c:03}" for c in centre],
            "klasse": [f"Klasse {c % 20:02}" for c in centre],
            "shopper": [f"s{s:02}" for s in shopper],
            "lytting": np.where(heard, "positiv", "ingen"),
            "totalscore": score,
        }
    ).assign(kanal="telefon", dato=None, besvart="ja", tekst="Fint.")
    return Sample.of(TaggedStudy(comments, ("lytting",)))


def test_the_corrected_slope_is_unbiased_where_the_raw_one_is_pulled_in():
    frames = [between(study(seed), 0.05)[0] for seed in range(8)]
    rows = pd.DataFrame([{m: f[m].loc["lytting:positiv", "estimat"] for m in f} for f in frames]).mean()
    assert rows["mellom"] == pytest.approx(20, abs=2)
    assert rows["mellom_rå"] < 19 and rows["mellom_delt"] < 19
    found = [f["mellom"].loc["lytting:positiv"] for f in frames]
    assert np.mean([row["nedre"] <= 20 <= row["øvre"] for row in found]) >= 0.75


def test_moods_of_single_contacts_do_not_make_centres_differ():
    """No centre differs: the slope of the raw means is not zero, the split-shopper one is within its interval."""
    frames = [between(study(seed, slope=0, mood=1.0, spread=0.0), 0.05)[0] for seed in range(8)]
    raw = [f["mellom_rå"].loc["lytting:positiv"] for f in frames]
    split = [f["mellom_delt"].loc["lytting:positiv"] for f in frames]
    assert np.mean([row["nedre"] > 0 for row in raw]) > 0.5
    assert np.mean([row["nedre"] <= 0 <= row["øvre"] for row in split]) >= 0.75
    assert abs(np.mean([row["estimat"] for row in split])) < 2 < np.mean([row["estimat"] for row in raw])


@pytest.mark.parametrize("twice", [np.arange(12) // 2, np.array([0, 0, 0, *range(1, 10)]), np.arange(12)])
def test_the_split_is_between_shoppers(twice):
    """Noise is minus the mean product over pairs of contacts by different shoppers, deviations from the centre."""
    random = np.random.default_rng(5)
    values = random.normal(size=(48, 2))
    codes = np.repeat(np.arange(4), 12)
    visits = pd.factorize(codes * 12 + np.tile(twice, 4))[0]
    found = _moments(values, codes, visits, np.zeros(4, dtype=int), 1.0)
    noise = []
    for centre in range(4):
        own = codes == centre
        x, y = (values[own] - values[own].mean(0)).T
        apart = visits[own][:, None] != visits[own][None, :]
        noise.append(-(np.outer(x, y) * apart).sum() / apart.sum())
    assert (found["xy"] - found["xy_true"])[0, 0] == pytest.approx(np.mean(noise))


def test_the_mood_of_a_shopper_who_comes_twice_does_not_make_centres_differ():
    """Two contacts by one shopper share a mood: with contacts in place of shoppers the slope would not be zero."""
    found = []
    for seed in range(6):
        random = np.random.default_rng(seed)
        centre, visit = np.repeat(np.arange(80), 24), np.arange(1920) // 2
        tone = random.normal(size=960)[visit]
        heard = random.random(1920) < np.clip(0.5 + 0.2 * tone, 0, 1)
        comments = pd.DataFrame(
            {
                "henvendelse": [f"h{i:05}" for i in range(1920)],
                "kommentar_nr": 1,
                "kundesenter": [f"Senter {c:03}" for c in centre],
                "klasse": "Bank",
                "shopper": [f"s{v:04}" for v in visit],
                "lytting": np.where(heard, "positiv", "ingen"),
                "totalscore": 60 + 8 * tone + random.normal(0, 4, 1920),
            }
        ).assign(kanal="telefon", dato=None, besvart="ja", tekst="Fint.")
        sample = Sample.of(TaggedStudy(comments, ("lytting",)))
        values = sample.contacts[["lytting:positiv", "totalscore"]].to_numpy(dtype=float)
        classes = np.zeros(80, dtype=int)
        found.append([_moments(values, centre, v, classes, 1.0)["xy_true"][0, 0] for v in (visit, np.arange(1920))])
    by_shopper, by_contact = np.array(found).T
    assert abs(by_shopper.mean()) < 2.5 * by_shopper.std(ddof=1) / np.sqrt(6) + 0.005
    assert by_contact.mean() > by_shopper.mean() + 0.03


def test_one_shopper_at_a_centre_tells_nothing_of_it():
    sample = study(0, centres=12)
    alone = "s" + sample.contacts["kundesenter"].str[-3:]
    one = replace(sample, contacts=sample.contacts.assign(shopper=alone))
    assert "minst to shoppere" in between(one, 0.05)[1]["lytting:positiv"]


def test_centres_that_cannot_be_told_apart_have_no_corrected_figure():
    frames, refused = between(study(3, slope=0, spread=0.0), 0.05)
    assert np.isnan(frames["mellom"].loc["lytting:positiv", "estimat"])
    assert refused["lytting:positiv"] == "kundesentrene skiller seg for lite i hvor ofte det nevnes"


def test_few_centres_are_refused(simulate):
    frames, refused = between(Sample.of(simulate(seed=1, centres=9)), 0.05)
    assert set(refused.values()) == {"færre enn 10 kundesentre har henvendelser fra minst to shoppere"}
    assert all(frame["estimat"].isna().all() for frame in frames.values())
