"""A job as a whole: same answer as in memory, goes on after whatever stopped it, refuses what does not belong."""

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from textinnsikt import InputError, read_study
from textinnsikt.scale import TagSettings, job, tag_files, worker
from textinnsikt.scale.folder import PARTS
from textinnsikt.study import write_rejected, write_tagged_file

from .conftest import SMALL
from .stand_in import StandIn

ROOT = Path(__file__).resolve().parents[2]


def _in_memory(path, tmp_path, name="minne.csv", mapping=None):
    study = read_study(path, mapping=mapping, score_range=(-1e11, 1e11)).mask()
    write_tagged_file(StandIn().tag(study), tmp_path / name)
    return (tmp_path / name).read_bytes(), study


def _nothing_left(folder):
    return not (folder / PARTS).exists()


def test_it_gives_what_the_whole_in_memory_gives(stand_in, study_file, tmp_path):
    expected, _ = _in_memory(study_file, tmp_path)
    summary = tag_files([study_file], tmp_path / "ut.csv", SMALL)
    assert (tmp_path / "ut.csv").read_bytes() == expected
    assert summary.rejected == 0 and summary.resumed == 0
    assert summary.comments == pd.read_csv(tmp_path / "ut.csv")["tekst"].notna().sum()
    assert _nothing_left(tmp_path)


def test_what_only_the_whole_tells_is_the_same_in_every_part(stand_in, tmp_path):
    """Encoding, ticks, questions, names that stay, codes of shoppers, rows set aside: each shows late in the file."""
    rows = [f"{i};Senter {i % 7};S{i % 11};{'' if i % 3 else 'x'};{i % 60};{i % 5};Hei {i}" for i in range(90)]
    rows[70] = "70;Storm Strøm;S1;x;ti;3;Rad med score som ikke er et tall"
    rows[71] = "71;Storm Strøm;S1;x;50;4;Storm Strøm ringte Kari Nordmann på 91 23 45 67"
    rows[72] = '72;Senter 1;"S1;x;50;4;anførselstegn'
    rows[80:83] = ["80;for få felt", ";Senter 1;S3;x;50;5;uten id", "82;Senter 1;Åse;x;50;88888888;ærlig talt"]
    text = "\n".join(["id;senter;shopper;besvart;score;ventetid;kommentar 1", *rows]) + "\n"
    path = tmp_path / "studie.csv"
    path.write_bytes(text.encode("cp1252"))
    expected, study = _in_memory(path, tmp_path)
    summary = tag_files([path], tmp_path / "ut.csv", SMALL)
    assert (tmp_path / "ut.csv").read_bytes() == expected
    write_rejected(study, tmp_path / "fasit.csv")
    assert (tmp_path / "avvist.csv").read_bytes() == (tmp_path / "fasit.csv").read_bytes()
    assert summary.rejected == 4 == len(study.rejected)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl"])
def test_every_kind_of_file_in(stand_in, example_rows, tmp_path, ending):
    path = tmp_path / f"inn.{ending}"
    frame = example_rows.replace("", None)
    if ending == "csv":
        frame.to_csv(path, index=False, encoding="utf-8")
    elif ending == "xlsx":
        frame.to_excel(path, index=False)
    elif ending == "parquet":
        frame.to_parquet(path)
    else:
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    expected, _ = _in_memory(path, tmp_path)
    tag_files([path], tmp_path / "ut.csv", SMALL)
    assert (tmp_path / "ut.csv").read_bytes() == expected


def test_every_kind_of_file_out_holds_the_same(stand_in, study_file, tmp_path):
    for ending in ("csv", "parquet", "jsonl"):
        tag_files([study_file], tmp_path / f"ut.{ending}", SMALL)
    one = pd.read_csv(tmp_path / "ut.csv")
    two = pd.read_parquet(tmp_path / "ut.parquet")
    three = [json.loads(line) for line in (tmp_path / "ut.jsonl").read_text(encoding="utf-8").splitlines()]
    assert list(one.columns) == list(two.columns) == list(three[0])
    pd.testing.assert_frame_equal(one, two, check_dtype=False)
    assert [row["tekst"] for row in three] == [t if isinstance(t, str) else None for t in one["tekst"]]
    assert [row["lytting_p_positiv"] for row in three] == one["lytting_p_positiv"].replace({np.nan: None}).tolist()


def test_folders_and_patterns_are_one_study(stand_in, example_rows, tmp_path, study_file):
    folder = tmp_path / "mappe"
    folder.mkdir()
    example_rows.iloc[:20].to_csv(folder / "a.csv", index=False, encoding="utf-8")
    example_rows.iloc[20:45].sample(frac=1, axis=1, random_state=1).to_parquet(folder / "b.parquet")
    example_rows.iloc[45:].to_json(folder / "c.jsonl", orient="records", lines=True, force_ascii=False)
    expected, _ = _in_memory(study_file, tmp_path)
    tag_files([folder], tmp_path / "ut.csv", SMALL)
    tag_files([folder / "a.csv", f"{folder}/[b-c].*"], tmp_path / "ut2.csv", SMALL)
    assert (tmp_path / "ut.csv").read_bytes() == expected == (tmp_path / "ut2.csv").read_bytes()
    (folder / "d.csv").write_text("henvendelse;kommentar_1\nX1;Hei;for mye\n", encoding="utf-8")
    tag_files([folder], tmp_path / "ut3.csv", SMALL)
    aside = (tmp_path / "avvist.csv").read_text(encoding="utf-8")
    assert aside == "fil,linje,kolonne,grunn\nd.csv,2,,for mange felt: 3 i stedet for 2\n"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_standard_input_and_output(stand_in, study_file, whole, tmp_path, monkeypatch, capfdbinary, ending):
    path = tmp_path / f"fasit.{ending}"
    tag_files([study_file], path, SMALL)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(study_file.read_bytes())))
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    tag_files(["-"], f"-.{ending}", SMALL)
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == path.read_bytes()
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["UT.CSV", "UT.Jsonl", "UT.PARQUET"])
def test_an_ending_in_capitals_is_the_same_ending(stand_in, study_file, tmp_path, name):
    tag_files([study_file], tmp_path / name, SMALL)
    tag_files([study_file], tmp_path / name.lower().replace("ut", "ut2"), SMALL)
    assert (tmp_path / name).read_bytes() == (tmp_path / name.lower().replace("ut", "ut2")).read_bytes()


def test_a_whole_parquet_result_is_never_held_on_its_way_out(stand_in, study_file, monkeypatch, capfdbinary):
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail() if "merket" in self.name else read(self))
    tag_files([study_file], "-.parquet", SMALL)
    sys.stdout.flush()
    assert capfdbinary.readouterr().out.startswith(b"PAR1")


def _stopped(monkeypatch, study_file, output, after, error, settings=SMALL):
    """Run a job that is stopped when it writes part number `after`."""
    real, written = worker.write_tagged_file, []

    def write(tagged, path):
        if len(written) == after:
            path.write_text("halv", encoding="utf-8")
            raise error
        written.append(path)
        real(tagged, path)

    with monkeypatch.context() as broken:
        broken.setattr(worker, "write_tagged_file", write)
        with pytest.raises(type(error)):
            tag_files([study_file], output, settings)


def test_a_full_disk_is_told_and_the_same_call_goes_on(stand_in, study_file, whole, tmp_path, monkeypatch):
    output = tmp_path / "ut.csv"
    _stopped(monkeypatch, study_file, output, 2, OSError(28, "No space left on device"))
    assert not output.exists() and not list((tmp_path / PARTS).glob("**/.*.csv"))
    stand_in.seen.clear()
    summary = tag_files([study_file], output, SMALL)
    assert summary.resumed == 2 and output.read_bytes() == whole
    assert len(stand_in.seen) < summary.comments
    assert _nothing_left(tmp_path)


def test_a_part_that_was_harmed_is_made_again(stand_in, study_file, whole, tmp_path, monkeypatch):
    output = tmp_path / "ut.csv"
    _stopped(monkeypatch, study_file, output, 3, KeyboardInterrupt())
    parts = sorted((tmp_path / PARTS / "ut.csv").glob("ut-*.csv"))
    parts[0].write_bytes(parts[0].read_bytes()[:-5])
    data = parts[1].read_bytes()
    parts[1].write_bytes(data.replace(b"H", b"h", 1))
    with pytest.raises(InputError, match="Del 2 .* skadet"):
        tag_files([study_file], output, SMALL)
    tag_files([study_file], output, SMALL)
    assert output.read_bytes() == whole


def test_another_input_model_or_setting_is_refused(stand_in, study_file, example_rows, whole, tmp_path, monkeypatch):
    output = tmp_path / "ut.csv"
    _stopped(monkeypatch, study_file, output, 1, KeyboardInterrupt())
    other = tmp_path / "annen.csv"
    example_rows.iloc[:10].to_csv(other, index=False, encoding="utf-8")
    with pytest.raises(InputError, match="en annen inndatafil.*--force"):
        tag_files([other], output, SMALL)
    with monkeypatch.context() as changed:
        changed.setattr(job, "_model_hash", lambda model: "annen")
        with pytest.raises(InputError, match="en annen modell"):
            tag_files([study_file], output, SMALL)
    with pytest.raises(InputError, match="dtype"):
        tag_files([study_file], output, replace(SMALL, dtype="bfloat16"))
    with monkeypatch.context() as changed, pytest.raises(InputError, match="versjon av torch.*--force"):
        changed.setattr("textinnsikt.themes.facts.version", lambda name: "9.9")
        tag_files([study_file], output, SMALL)
    assert tag_files([study_file], output, SMALL).resumed == 1
    assert output.read_bytes() == whole


def test_another_tokenizer_is_refused_though_the_model_s_hash_is_the_same(
    stand_in, study_file, tmp_path, monkeypatch
):
    model = tmp_path / "modell"
    with job._model_folder(None) as shipped:
        shutil.copytree(shipped, model)
    (model / "tokenizer.json").write_text("{}", encoding="utf-8")
    own, before = replace(SMALL, model=model), job._model_hash(model)
    _stopped(monkeypatch, study_file, tmp_path / "ut.csv", 1, KeyboardInterrupt(), own)
    (model / "tokenizer.json").write_text('{"version": "2"}', encoding="utf-8")
    assert job._model_hash(model) == before == job._model_hash(None)
    with pytest.raises(InputError, match="en annen tokenizer"):
        tag_files([study_file], tmp_path / "ut.csv", own)


def test_a_score_that_no_scale_can_hold_sets_its_row_aside(stand_in, tmp_path):
    scores = ["50", "1e999", "60", "-123456789012", "70", "1e11"]
    path = tmp_path / "inn.csv"
    rows = [f"{i};{score};Hei {i}" for i, score in enumerate(scores)]
    path.write_text("\n".join(["id;score;tekst", *rows]) + "\n", encoding="utf-8")
    assert tag_files([path], tmp_path / "ut.csv", SMALL).rejected == 2
    assert pd.read_csv(tmp_path / "ut.csv")["henvendelse"].tolist() == [0, 2, 4, 5]
    aside = pd.read_csv(tmp_path / "avvist.csv")
    assert aside["linje"].tolist() == [3, 5]
    assert set(aside["grunn"]) == {"totalscore er for stor til å være en score"}
    path.write_text(path.read_text(encoding="utf-8").replace("0;Hei", "0123456789012;Hei"), encoding="utf-8")
    with pytest.raises(InputError, match="«score» har mest tall som er for store"):
        tag_files([path], tmp_path / "ut2.csv", SMALL)


def test_rows_that_another_job_set_aside_are_not_written_over(stand_in, tmp_path):
    path, aside = tmp_path / "inn.csv", tmp_path / "avvist.csv"
    path.write_text("id;tekst\n1;Hei\n;Hå\n", encoding="utf-8")
    aside.write_text("en annens", encoding="utf-8")
    with pytest.raises(InputError, match=r"avvist\.csv finnes fra før.*--force"):
        tag_files([path], tmp_path / "ut.csv", SMALL)
    assert aside.read_text(encoding="utf-8") == "en annens" and not (tmp_path / "ut.csv").exists()
    own = tmp_path / PARTS / "ut.csv" / "avvist.csv"
    shutil.copyfile(own, aside)  # as when the job was stopped just after it was put there
    expected = own.read_bytes()
    tag_files([path], tmp_path / "ut.csv", SMALL)
    aside.write_text("en annens", encoding="utf-8")
    tag_files([path], tmp_path / "ut.csv", replace(SMALL, force=True))
    assert aside.read_bytes() == expected and _nothing_left(tmp_path)


def test_a_job_never_reads_what_it_wrote(stand_in, study_file, whole, tmp_path):
    folder = tmp_path / "mappe"
    folder.mkdir()
    shutil.copyfile(study_file, folder / "a.csv")
    (folder / "avvist.csv").write_text("linje,kolonne,grunn\n", encoding="utf-8")
    (folder / "ut.csv").write_bytes(whole)
    for inputs in (folder, f"{folder}/*.csv"):
        tag_files([inputs], folder / "ut.csv", replace(SMALL, force=True))
        assert (folder / "ut.csv").read_bytes() == whole


def test_a_result_in_the_place_of_an_input_is_refused(stand_in, study_file, tmp_path):
    before = study_file.read_bytes()
    with pytest.raises(InputError, match="både inndata og resultat"):
        tag_files([study_file], study_file, replace(SMALL, force=True))
    assert study_file.read_bytes() == before and _nothing_left(tmp_path)


def test_force_starts_again_with_the_other_input(stand_in, study_file, example_rows, tmp_path, monkeypatch):
    output = tmp_path / "ut.csv"
    _stopped(monkeypatch, study_file, output, 1, KeyboardInterrupt())
    other = tmp_path / "annen.csv"
    example_rows.iloc[:10].to_csv(other, index=False, encoding="utf-8")
    tag_files([other], output, replace(SMALL, force=True))
    assert len(pd.read_csv(output)) == 30 and _nothing_left(tmp_path)


def test_stopped_between_the_result_and_the_tidying(stand_in, study_file, whole, tmp_path, monkeypatch):
    output = tmp_path / "ut.csv"
    with monkeypatch.context() as broken:
        broken.setattr(job.JobFolder, "remove", lambda self: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            tag_files([study_file], output, SMALL)
    assert output.read_bytes() == whole
    stand_in.seen.clear()
    tag_files([study_file], output, SMALL)
    assert output.read_bytes() == whole and stand_in.seen == [] and _nothing_left(tmp_path)
    with pytest.raises(InputError, match="finnes fra før"):
        tag_files([study_file], output, SMALL)


def test_two_at_once_on_one_result_are_refused(stand_in, study_file, tmp_path):
    with job.JobFolder(tmp_path / "ut.csv").lock():
        with pytest.raises(InputError, match="annen kjøring"):
            tag_files([study_file], tmp_path / "ut.csv", SMALL)
    tag_files([study_file], tmp_path / "ut.csv", SMALL)


#: Forks a fresh job for each line it is sent, so that nothing need be imported again, and tells its number.
SERVER = """
import os, sys, time
from tests.scale.stand_in import StandIn, install
from textinnsikt.scale import TagSettings, tag_files
install()
quick = StandIn.tag
StandIn.tag = lambda self, study, progress=None: (time.sleep(0.02), quick(self, study, progress))[1]
for line in sys.stdin:
    child = os.fork()
    if not child:
        tag_files(sys.argv[1:2], sys.argv[2], TagSettings(part_rows=8))
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def test_killed_at_random_moments_nothing_is_lost_or_doubled(study_file, whole, stand_in, tmp_path):
    """SIGKILL twenty times; what the runs leave is in the end the bytes of an unbroken one."""
    output = tmp_path / "ut.csv"
    parts = tmp_path / PARTS / "ut.csv"
    moments = random.Random(7)
    command = [sys.executable, "-c", SERVER, str(study_file), str(output)]
    kills, left = 0, set()
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        while kills < 20:
            kind = moments.choice(["inn-*.parquet", "ut-*.csv", "ut-*.csv", ".*"])  # reading, tagging, writing
            wanted = len(list(parts.glob(kind))) + moments.randint(1, 2)
            print("kjør", file=server.stdin, flush=True)
            number = int(server.stdout.readline())
            latest = time.monotonic() + 60
            while len(list(parts.glob(kind))) < wanted and not output.exists():
                assert time.monotonic() < latest
                time.sleep(0.001)
            time.sleep(moments.uniform(0, 0.02))
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
            kills += int(server.stdout.readline()) == -signal.SIGKILL
            left.add(len(list(parts.glob("ut-*.csv"))))
            if output.exists():
                assert output.read_bytes() == whole
                output.unlink()
                shutil.rmtree(tmp_path / PARTS, ignore_errors=True)
        server.stdin.close()
    assert len(left) > 3  # killed at different places
    tag_files([study_file], output, replace(SMALL, part_rows=8))
    assert output.read_bytes() == whole and _nothing_left(tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "er tom"),
        ("id;tekst\n", "ingen rader"),
        ("id;tekst\n1;\n2; \n", "ingen kommentarer"),
        ("id;navn\n1;Kari\n", "mangler kolonnen «kommentar_1»"),
        ("id;tekst\n1;Hei\n2;Hå\n1;Igjen\n", "«1» står i kolonnen «id» både i linje 2 og i linje 4"),
        ("id;score;tekst\n1;bra;Hei\n2;dårlig;Hå\n3;4;Igjen\n", "mest tekst som ikke er tall"),
        ("id;tekst\n;Hei\n", "første er linje 2, kolonnen «id»"),
    ],
)
def test_a_faulty_input_gets_one_sentence_and_leaves_nothing(stand_in, tmp_path, text, words):
    path = tmp_path / "inn.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        tag_files([path], tmp_path / "ut.csv", TagSettings(part_rows=2))
    assert list(tmp_path.iterdir()) == [path]
