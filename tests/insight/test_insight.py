from dataclasses import replace
from types import SimpleNamespace

from textinnsikt import Insight as from_root
from textinnsikt.insight import Insight


def test_the_files_are_written_and_the_same_every_time(insight, tmp_path):
    for name, write in (("r.html", "write_html"), ("s.pptx", "write_pptx"), ("i.xlsx", "write_xlsx")):
        getattr(insight, write)(tmp_path / name)
        getattr(replace(insight), write)(str(tmp_path / f"igjen-{name}"))
        assert (tmp_path / name).read_bytes() == (tmp_path / f"igjen-{name}").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("i.xlsx", "igjen-i.xlsx", "igjen-r.html", "igjen-s.pptx", "r.html", "s.pptx")
    ]


def test_the_summary_is_ten_lines(insight):
    lines = insight.summary_lines()
    assert len(lines) == 10 and all(lines)
    assert lines[0] == "Kundeservice vinter: 160 henvendelser, 16 kundesentre, 37 shoppere"
    assert lines[5].startswith("1. Henvendelser der ") and "trolig mellom" in lines[5]


def test_the_summary_stands_without_scores_and_groups(insight):
    bare = SimpleNamespace(summary=insight.factors.summary.iloc[:0], notes=("Uten score.",), header={})
    comments = insight.tagged.comments.assign(totalscore=float("nan"), klasse=None, kanal=None, shopper=None)
    changed = replace(insight, factors=bare, tagged=replace(insight.tagged, comments=comments))
    assert "snittscore: ingen score" in "\n".join(changed.summary_lines())


def test_it_is_a_name_of_the_root():
    assert from_root is Insight
