"""Slides from a folder of results."""

import pytest
from pptx import Presentation

from textinnsikt.cli.main import main

from .test_report import results  # noqa: F401


def test_the_studys_deck_is_the_main_jobs(small_run, results, tmp_path, capsys):  # noqa: F811
    assert main(["workshop", str(results), "-o", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Skrev workshop.pptx.\n"
    assert (tmp_path / "workshop.pptx").read_bytes() == (small_run[0] / "workshop.pptx").read_bytes()


def test_one_centre_one_class_and_all(results, small_frame, tmp_path, capsys):  # noqa: F811
    centre, kind = small_frame["kundesenter"].iloc[0], small_frame["klasse"].iloc[0]
    assert main(["workshop", str(results), "--kundesenter", centre, "-o", str(tmp_path)]) == 0
    assert main(["workshop", str(results), "--klasse", kind, "-o", str(tmp_path)]) == 0
    one, two = capsys.readouterr().out.splitlines()
    assert one.startswith("Skrev workshop/") and two.startswith("Skrev workshop/klasse-")
    first = (tmp_path / one.removeprefix("Skrev ").rstrip(".")).read_bytes()
    assert main(["workshop", str(results), "--all", "-o", str(tmp_path)]) == 2
    assert "finnes fra før" in capsys.readouterr().err
    assert main(["workshop", str(results), "--all", "-o", str(tmp_path), "--force"]) == 0
    centres = small_frame["kundesenter"].nunique()
    assert capsys.readouterr().out == f"Skrev {centres} filer i workshop.\n"
    made = [path for path in (tmp_path / "workshop").iterdir() if not path.name.startswith("klasse-")]
    assert len(made) == centres and first in [path.read_bytes() for path in made]
    titles = {Presentation(str(path)).slides[0].shapes.title.text_frame.text for path in made}
    assert titles == set(small_frame["kundesenter"])


def test_a_template_gives_its_look(results, small_frame, tmp_path):  # noqa: F811
    Presentation().save(tmp_path / "mal.pptx")
    centre = small_frame["kundesenter"].iloc[0]
    options = ["--kundesenter", centre, "--template", str(tmp_path / "mal.pptx"), "-o", str(tmp_path)]
    assert main(["workshop", str(results), *options]) == 0
    (made,) = (tmp_path / "workshop").iterdir()
    assert Presentation(str(made)).slide_width == Presentation().slide_width


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kundesenter", "Finnes ikke"], "Studien har ikke kundesenteret «Finnes ikke»"),
        (["--klasse", "Bakeri"], "Studien har ikke klassen «Bakeri»"),
        (["--all", "--template", "mangler.potx"], "Malen mangler.potx finnes ikke"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(options, said, results, tmp_path, capsys):  # noqa: F811
    assert main(["workshop", str(results), *options, "-o", str(tmp_path / "ut")]) == 2
    told = capsys.readouterr()
    assert said in told.err and told.err.count("\n") == 1 and told.out == ""
    assert not (tmp_path / "ut").exists() or not list((tmp_path / "ut").rglob("*.pptx"))


def test_one_choice_at_a_time(results, capsys):  # noqa: F811
    with pytest.raises(SystemExit) as end:
        main(["workshop", str(results), "--all", "--klasse", "Bank"])
    assert end.value.code == 2 and "kan ikke brukes sammen med" in capsys.readouterr().err
