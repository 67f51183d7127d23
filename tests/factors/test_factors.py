"""The whole way from a tagged study to associations."""

import json

import numpy as np
import pandas as pd
import pytest

from textinnsikt.cli.factors import GENERAL
from textinnsikt.cli.main import main
from textinnsikt.errors import InputError
from textinnsikt.factors import SuccessFactors, strongest
from textinnsikt.factors.associations import adjusted
from textinnsikt.factors.result import COLUMNS
from textinnsikt.factors.sample import Sample
from textinnsikt.study import TaggedStudy, write_tagged


def changed(tagged: TaggedStudy, **columns) -> TaggedStudy:
    return TaggedStudy(tagged.comments.assign(**columns), tagged.themes, source=tagged.source)


def row(result, tema, omtale, metode="justert") -> pd.Series:
    found = result.summary.set_index(["tema", "omtale", "metode"])
    return found.loc[(tema, omtale, metode)]


@pytest.fixture(scope="module")
def result(tagged):
    return SuccessFactors().fit(tagged)


def test_summary_has_the_columns_of_the_file_and_a_row_per_mention_and_method(result):
    assert tuple(result.summary.columns) == COLUMNS
    plain, within = ["rå", "justert"], ["innen_direkte", "innen_total", "innen_direkte_ordtall"]
    other = ["punktbiseriell", "spearman", "leverandørtall"]
    assert result.summary["metode"].unique().tolist() == [*plain, *other, *within, "mellom_rå", "mellom_delt", "mellom"]
    assert len(result.summary) == 2 * 3 * 8 + 3 * 3 * 3
    assert (result.summary["tema"] + result.summary["omtale"] + result.summary["metode"]).is_unique
    known = result.summary.dropna(subset="estimat")
    assert len(known) > 60
    assert (known["nedre"] < known["estimat"]).all() and (known["estimat"] < known["øvre"]).all()
    assert result.summary["n"].dtype.kind == "i"


def test_n_is_the_contacts_with_the_mention(tagged, result):
    values = tagged.comments["lytting"]
    assert row(result, "lytting", "positiv")["n"] == values.isin(["positiv", "blandet"]).sum()
    assert row(result, "lytting", "negativ", "rå")["n"] == values.isin(["negativ", "blandet"]).sum()


def test_strongest_are_the_planted_ones_with_their_signs(simulate):
    found = strongest(SuccessFactors().fit(simulate(seed=1, centres=100)))
    named = (found["tema"] + ":" + found["omtale"]).tolist()
    assert sorted(named) == ["lytting:negativ", "lytting:positiv", "løsning:positiv"]
    signs = dict(zip(named, np.sign(found["estimat"]), strict=True))
    assert signs == {"lytting:negativ": -1, "lytting:positiv": 1, "løsning:positiv": 1}
    assert found["estimat"].abs().is_monotonic_decreasing


def test_adjusted_intervals_cover_known_coefficients_about_95_percent(simulate, effects):
    hits = []
    for seed in range(60):
        found = adjusted(Sample.of(simulate(seed, centres=12, each=15)), 0.05).frame.dropna()
        truth = found.index.map(lambda name: effects.get(name, 0.0))
        hits.extend((found["nedre"] <= truth) & (truth <= found["øvre"]))
    assert len(hits) > 300
    assert 0.92 <= np.mean(hits) <= 0.985


def test_same_answer_for_any_row_order(tagged, result):
    shuffled = tagged.comments.sample(frac=1, random_state=5)
    again = SuccessFactors().fit(TaggedStudy(shuffled, tagged.themes, source="studie.csv", sha256="abc"))
    pd.testing.assert_frame_equal(again.summary, result.summary, check_exact=True)
    assert again.notes == result.notes


def test_score_stays_on_its_own_scale(tagged, result):
    small = SuccessFactors().fit(changed(tagged, totalscore=tagged.comments["totalscore"] / 20))
    points = ~result.summary["metode"].isin(["spearman", "punktbiseriell"])
    expected = result.summary["estimat"].where(~points, result.summary["estimat"] / 20)
    np.testing.assert_allclose(small.summary["estimat"], expected, rtol=1e-7)
    np.testing.assert_allclose(small.summary["p"], result.summary["p"], rtol=1e-6)


def test_q_is_benjamini_hochberg_within_each_method(result):
    for _, rows in result.summary.groupby("metode"):
        ordered = rows.sort_values("p", ascending=False)
        ranks = np.arange(len(ordered), 0, -1)
        by_hand = np.minimum.accumulate(ordered["p"].to_numpy() * len(ordered) / ranks)
        np.testing.assert_allclose(ordered["q"], by_hand, rtol=1e-12)


def test_alpha_sets_the_level(tagged, result):
    wide = SuccessFactors(alpha=0.01).fit(tagged)
    known = result.summary["øvre"].notna() & wide.summary["øvre"].notna()
    assert (wide.summary["øvre"] > result.summary["øvre"])[known].all() and known.mean() > 0.8
    assert wide.header["level"] == 0.99


def test_header_says_what_was_fitted(result):
    assert result.header["source"] == "studie.csv" and result.header["hash"] == "abc"
    assert result.header["contacts"] == result.header["contacts_total"] == 500
    assert result.header["centres"] == 20 and result.header["shoppers"] == 30
    assert "CV3" in result.header["method"] and result.header["unsure"] is False


def test_rare_and_constant_mentions_are_refused_by_name(tagged):
    values = np.where(tagged.comments["mersalg"] == "positiv", "positiv", "ingen").astype(object)
    values[:7] = "negativ"
    result = SuccessFactors().fit(changed(tagged, mersalg=values, løsning="positiv"))
    rows = result.summary.assign(mention=result.summary["tema"] + ": " + result.summary["omtale"])
    for mention, why in {
        "mersalg: negativ": "bare 7 henvendelser omtaler det, og minst 10 trengs",
        "løsning: positiv": "alle de 500 henvendelsene omtaler det",
        "løsning: negativ": "ingen av de 500 henvendelsene omtaler det",
    }.items():
        assert f"«{mention}» har verken rått eller justert tall: {why}." in result.notes
        assert rows.loc[rows["mention"] == mention, "estimat"].isna().all()
    assert row(result, "mersalg", "negativ")["n"] == 7
    assert np.isfinite(row(result, "lytting", "negativ")["q"])


def test_collinear_mentions_keep_the_raw_figure_only(tagged):
    copied = changed(tagged, løsning=tagged.comments["lytting"])
    result = SuccessFactors().fit(copied)
    for tema in ("lytting", "løsning"):
        assert np.isfinite(row(result, tema, "positiv", "rå")["estimat"])
        assert np.isnan(row(result, tema, "positiv", "justert")["estimat"])
        assert any(n.startswith(f"«{tema}: positiv» har ikke noe justert tall") for n in result.notes)
    without = SuccessFactors().fit(TaggedStudy(tagged.comments, ("lytting", "mersalg")))
    np.testing.assert_allclose(
        row(result, "mersalg", "negativ")[["estimat", "nedre"]].astype(float),
        row(without, "mersalg", "negativ")[["estimat", "nedre"]].astype(float),
    )


def test_a_mention_at_one_centre_only_is_refused(tagged):
    comments = tagged.comments
    values = np.where(comments["kundesenter"] == "Senter 3", "negativ", "ingen")
    result = SuccessFactors().fit(changed(tagged, mersalg=values))
    assert any("«mersalg: negativ»" in n and "bare hos ett kundesenter" in n for n in result.notes)


def test_equal_scores_are_refused_rather_than_failing(tagged):
    result = SuccessFactors().fit(changed(tagged, totalscore=80.0))
    assert result.summary[["estimat", "p", "q"]].isna().all(axis=None)
    assert any("alle henvendelsene har samme score" in note for note in result.notes)


def test_too_small_a_study_gets_no_adjusted_figure(tagged):
    small = TaggedStudy(tagged.comments[tagged.comments["henvendelse"] < "h00026"], tagged.themes)
    result = SuccessFactors().fit(small)
    assert result.header["unsure"] is True
    adjusted = result.summary[result.summary["metode"] == "justert"]
    assert adjusted["nedre"].notna().sum() <= 2


def test_without_scores_the_sentence_says_what_to_do(tagged):
    with pytest.raises(InputError, match=r"studie.csv har ingen verdier i «totalscore».*--map totalscore"):
        SuccessFactors().fit(changed(tagged, totalscore=np.nan))


def test_few_centres_are_called_unsure(tagged):
    few = tagged.comments["kundesenter"].isin([f"Senter {i}" for i in range(6)])
    result = SuccessFactors().fit(TaggedStudy(tagged.comments[few], tagged.themes))
    assert result.header["unsure"] is True
    assert any("Bare 6 kundesentre er med" in note and "usikre" in note for note in result.notes)


def test_without_centres_each_contact_stands_alone(tagged):
    result = SuccessFactors().fit(changed(tagged, kundesenter=None, dato=None))
    assert "HC3" in result.header["method"] and result.header["unsure"] is True
    assert any(note.startswith("Kundesenter mangler") for note in result.notes)
    assert row(result, "lytting", "negativ")["p"] < 0.001


def test_the_command_says_what_every_finding_must_be_read_with(tagged, tmp_path, capsys):
    """Notes of all findings, each once, without those on the method, and what more contacts presume."""
    comments = tagged.comments.assign(
        modell="m", modell_hash="x", totalscore=tagged.comments["totalscore"].clip(0, 100)
    )
    for theme in tagged.themes:
        comments[[f"{theme}_p_positiv", f"{theme}_p_negativ", f"{theme}_setning"]] = [0.5, 0.5, None]
    write_tagged(TaggedStudy(comments, tagged.themes), tmp_path)
    comments.iloc[::2].assign(trekksannsynlighet=0.5).to_csv(tmp_path / "merker.csv", index=False)
    arguments = ["--labels", str(tmp_path / "merker.csv"), "--half-width", "0.01", "--by", "kanal"]
    assert main(["factors", str(tmp_path), "-o", str(tmp_path / "ut"), *arguments]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) < 40 and len(set(said)) == len(said)
    kept = json.loads((tmp_path / "ut" / "faktorer.json").read_text(encoding="utf-8"))
    names = ("viktighet", "vinnere", "rangering", "forventninger")
    notes = [note for name in names for note in kept[name]["notes"]]
    for start in GENERAL:
        assert any(note.startswith(start) for note in notes) and not any(line.startswith(start) for line in said)
    for name in names:
        assert [note for note in kept[name]["notes"] if not note.startswith(GENERAL)][-1] in said
    assert sum(line.startswith("Klasse ") and " kan være best" in line for line in said) == 3
    assert any("henvendelser, med tilsvarende flere shoppere og kundesentre." in line for line in said)


def test_result_shows_itself(result):
    saved = result.to_dict()
    assert saved["summary"][0]["tema"] == "lytting" and saved["header"]["centres"] == 20
    shown = result._repr_html_()
    assert "studie.csv" in shown and "500 av 500 henvendelser" in shown and "&lt; 0,001" in shown
