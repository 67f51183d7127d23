"""Correction for tagging errors where the truth is known."""

import numpy as np
import pandas as pd
import pytest

from textinnsikt.errors import InputError
from textinnsikt.factors.correction import MIN_POSITIVES, Draw, Moments, correct
from textinnsikt.factors.design import Design
from textinnsikt.factors.labels import Labels
from textinnsikt.factors.sample import Sample
from textinnsikt.factors.within import Level, contrasts_of, direct
from textinnsikt.study import TaggedStudy


def mistagged(tagged: TaggedStudy, seed: int, rate: float = 0.2) -> TaggedStudy:
    """Replace a share of the theme values by chance."""
    random = np.random.default_rng(seed)
    comments = tagged.comments.copy()
    for theme in tagged.themes:
        wrong = random.random(len(comments)) < rate
        other = random.choice(["ingen", "positiv", "negativ"], len(comments))
        comments[theme] = np.where(wrong, other, comments[theme])
    return TaggedStudy(comments, tagged.themes, source="studie.csv")


def drawn(tagged: TaggedStudy, seed: int, count: int, flagged: float | None = None) -> pd.DataFrame:
    """Draw contacts to label; with ``flagged`` that share of them has something negative about listening."""
    random = np.random.default_rng(seed)
    n = len(tagged.comments)
    chance = np.full(n, count / n)
    if flagged is not None:
        hit = tagged.comments["lytting"].isin(["negativ", "blandet"]).to_numpy()
        chance = np.where(hit, flagged * count / hit.sum(), (1 - flagged) * count / (~hit).sum())
        rows = np.concatenate(
            [random.choice(np.flatnonzero(part), round(count * share), replace=False)
             for part, share in ((hit, flagged), (~hit, 1 - flagged))]
        )  # fmt: skip
    else:
        rows = random.choice(n, count, replace=False)
    return tagged.comments.iloc[rows].assign(trekksannsynlighet=chance[rows])


def corrected(truth: TaggedStudy, tags: TaggedStudy, rows: pd.DataFrame):
    sample = Sample.of(tags)
    design = Design.of(sample)
    moments = Moments.of(design, Draw.of(sample, Labels.of(truth_of(truth, rows), tags)))
    return design, moments


def truth_of(truth: TaggedStudy, rows: pd.DataFrame) -> pd.DataFrame:
    values = truth.comments.set_index("henvendelse").loc[rows["henvendelse"], list(truth.themes)]
    return rows.assign(**{theme: values[theme].to_numpy() for theme in truth.themes})


def test_all_labelled_gives_the_moments_of_the_truth(tagged):
    tags = mistagged(tagged, 1)
    design, moments = corrected(tagged, tags, tags.comments.assign(trekksannsynlighet=1.0))
    true = Design.of(Sample.of(tagged))
    np.testing.assert_allclose(moments.xx, true.columns.T @ true.columns, rtol=1e-9)
    np.testing.assert_allclose(moments.xy, true.columns.T @ true.score, rtol=1e-9)
    found = correct(design, moments, contrasts_of(design.mentions), Level()).frame
    expected = direct(true, Level())
    np.testing.assert_allclose(found["estimat"], expected["estimat"], rtol=1e-8)
    ratio = (found["øvre"] - found["nedre"]) / (expected["øvre"] - expected["nedre"])
    assert 0.8 < ratio.mean() < 1.2 and ratio.between(0.5, 2).all()
    assert (found["feil_merker"] == 0).all()


@pytest.mark.parametrize("flagged", [None, 0.5])
def test_moments_are_unbiased_over_the_drawing_of_labels(tagged, flagged):
    tags = mistagged(tagged, 2)
    true = Design.of(Sample.of(tagged))
    sample = Sample.of(tags)
    design = Design.of(sample)
    draws = []
    for seed in range(60):
        labels = Labels.of(truth_of(tagged, drawn(tags, seed, 200, flagged)), tags)
        draws.append(Moments.of(design, Draw.of(sample, labels)))
    for name, whole in (("xx", true.columns.T @ true.columns), ("xy", true.columns.T @ true.score)):
        found = np.array([getattr(moments, name) for moments in draws])
        error = found.std(0) / np.sqrt(len(found))
        assert np.abs((found.mean(0) - whole) / error).max() < 4


def test_estimates_are_centred_and_covered_where_the_naive_are_not(simulate, effects):
    names = ("lytting:negativ", "løsning:positiv")
    estimates, hits, naive = [], [], []
    for seed in range(14):
        truth = simulate(seed, centres=40)
        tags = mistagged(truth, seed)
        design, moments = corrected(truth, tags, drawn(tags, seed, 350))
        found = correct(design, moments, contrasts_of(design.mentions, names), Level()).frame
        plain = direct(design, Level())
        for name in names:
            row, old = found.loc[name], plain.loc[name]
            estimates.append(row["estimat"] / effects[name])
            hits.append(row["nedre"] <= effects[name] <= row["øvre"])
            naive.append(old["nedre"] <= effects[name] <= old["øvre"])
    assert np.mean(estimates) == pytest.approx(1, abs=0.12)
    assert np.mean(hits) >= 0.8 and np.mean(naive) < 0.5


def test_rarely_labelled_mentions_are_refused_by_name(tagged):
    tags = mistagged(tagged, 3)
    _, moments = corrected(tagged, tags, drawn(tags, 3, 60))
    assert set(moments.refused) == set(tagged.mention_columns)
    why = moments.refused["lytting:positiv"]
    assert why.endswith(f"av de 60 merkede henvendelsene har det, og minst {MIN_POSITIVES} trengs")


def test_probabilities_that_do_not_add_up_to_the_study_are_refused(tagged):
    rows = drawn(tagged, 4, 200).assign(trekksannsynlighet=0.05)
    with pytest.raises(InputError, match="trukket av omtrent 4000 henvendelser, men studien har 500"):
        Draw.of(Sample.of(tagged), Labels.of(rows, tagged))


def test_out_of_fold_tags_take_the_place_of_the_model_s_own(tagged):
    """A model that knows its training rows by heart makes no mistakes there: its tags cannot correct."""
    tags = mistagged(tagged, 5)
    rows = drawn(tags, 5, 250)
    honest = corrected(tagged, tags, rows)[1]
    learnt = tags.comments.copy()
    known = learnt["henvendelse"].isin(rows["henvendelse"])
    for theme in tagged.themes:
        learnt.loc[known, theme] = tagged.comments.loc[known, theme]
    unseen = rows.assign(**{f"{theme}_utenfor": rows[theme] for theme in tagged.themes}, **{"del": "trening"})
    found = corrected(tagged, TaggedStudy(learnt, tagged.themes), unseen)[1]
    np.testing.assert_allclose(found.xx, honest.xx, rtol=1e-9)
    np.testing.assert_allclose(found.xy, honest.xy, rtol=1e-9)


def test_pairs_within_a_stratum_are_drawn_without_replacement(tagged):
    draw = Draw.of(Sample.of(tagged), Labels.of(drawn(tagged, 6, 100), tagged))
    assert draw.joint[0, 1] == pytest.approx(100 * 99 / (500 * 499))
    assert draw.joint[3, 3] == pytest.approx(0.2)
