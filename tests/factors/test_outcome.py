import pandas as pd
import pytest

from textinnsikt.errors import InputError
from textinnsikt.factors.outcome import questions_of, read_questions_file, without_questions
from textinnsikt.factors.sample import Sample
from textinnsikt.study import TaggedStudy

POINTS = {"spm_a": {"poeng": 60, "tema": "lytting"}, "spm_b": {"poeng": 30}, "spm_c": 10}


@pytest.fixture
def study():
    comments = pd.DataFrame(
        {
            "henvendelse": ["1", "2", "3"],
            "kommentar_nr": 1,
            "besvart": ["ja", "ja", "nei"],
            "spm_a": [60.0, 30, 0],
            "spm_b": [15.0, 30, 0],
            "spm_c": [5.0, None, 0],
            "totalscore": [80.0, 66.7, 0],
            "tekst": ["Bra.", "Nei.", None],
            "lytting": ["positiv", "ingen", None],
        }
    )
    return TaggedStudy(comments, ("lytting",), ("spm_a", "spm_b", "spm_c"))


def test_the_rest_is_points_got_of_points_possible(study):
    for name in ("spm_a", "lytting"):
        found, note = without_questions(study, [name], questions_of(POINTS))
        assert found.comments["totalscore"].tolist() == [50.0, 100.0, 0.0]
        assert note == "Scoren er regnet uten «spm_a» (60 % av poengene)."
    assert study.comments["totalscore"].tolist() == [80.0, 66.7, 0]


def test_what_is_left_out_is_no_longer_warned_of(study):
    """The overlap warning goes by the questions that are still in the score."""
    comments = study.comments.rename(columns={"spm_a": "spm_lytting"})
    comments = comments.assign(kundesenter="Senter", klasse="Bank", kanal="chat", shopper="s1", dato=None)
    told = TaggedStudy(comments, study.themes, ("spm_lytting", "spm_b", "spm_c"))
    points = questions_of({"spm_lytting": POINTS["spm_a"], "spm_b": 30, "spm_c": 10})
    found, _ = without_questions(told, ["lytting"], points)
    assert found.questions == ("spm_b", "spm_c")
    assert any("spm_lytting" in note for note in Sample.of(told).notes)
    assert not any("spm_lytting" in note for note in Sample.of(found).notes)


def test_points_that_do_not_make_the_score_are_refused(study):
    with pytest.raises(InputError, match="ikke totalscoren for 2 av 2 rader .*henvendelse «1»"):
        without_questions(study, ["spm_a"], questions_of(POINTS | {"spm_b": 60}))


@pytest.mark.parametrize(
    "out, points, match",
    [
        (["spm_d"], POINTS, "--leave-out spm_d: verken spørsmål eller tema"),
        (["spm_a", "spm_b", "spm_c"], POINTS, "tar ut alle spørsmålene"),
        (["spm_a"], {}, "--leave-out trenger poengene"),
        (["spm_x"], {"spm_x": 5}, "«spm_x» finnes ikke i studien; spørsmålene der er spm_a, spm_b, spm_c"),
    ],
)
def test_faults_are_named(study, out, points, match):
    with pytest.raises(InputError, match=match):
        without_questions(study, out, questions_of(points))


def test_a_file_is_read(tmp_path):
    path = tmp_path / "poeng.toml"
    path.write_text('[spm_a]\npoeng = 60\ntema = "lytting"\n["Spørsmål 2"]\npoeng = 2.5\n', encoding="utf-8")
    first, second = read_questions_file(path)
    assert (first.theme, second.column, second.points) == ("lytting", "Spørsmål 2", 2.5)


@pytest.mark.parametrize("text, match", [("[a", "ikke gyldig TOML"), ("[a]\npoeng = 'x'", "«a» må ha «poeng»")])
def test_a_faulty_file_is_named(tmp_path, text, match):
    (tmp_path / "poeng.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=f"poeng.toml.*{match}"):
        read_questions_file(tmp_path / "poeng.toml")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="Finner ikke fila borte.toml"):
        read_questions_file(tmp_path / "borte.toml")
