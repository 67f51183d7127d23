"""Streams: memory at any size, kills, a full disk, rubbish as input, Ray, and how soon the first comment is there."""

import contextlib
import csv
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from common import PART, distinct_comments, save_full, tell

from textinnsikt import InputError
from textinnsikt.language import split_sentences

TEXTINNSIKT = [sys.executable, "-m", "textinnsikt.cli.main"]
ROOT = Path(__file__).resolve().parents[2]


def write_study(path: Path, n: int) -> None:
    """Write ``n`` distinct comments of two sentences, put together from those of the example study."""
    sentences = sorted({s for text in distinct_comments() for s in split_sentences(text)})
    drawn, seen = random.Random(0), set()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["henvendelse", "tekst"])
        while len(seen) < n:
            text = f"{drawn.choice(sentences)} {drawn.choice(sentences)}"
            key = hashlib.blake2b(text.encode(), digest_size=8).digest()
            if key not in seen:
                seen.add(key)
                writer.writerow([len(seen), text])


def tag(*arguments: object, **settings: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*TEXTINNSIKT, "tag", *map(str, arguments)], stdout=subprocess.DEVNULL, **settings)


def wait(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Wait for a process; return its exit code and its highest memory in MB."""
    _, status, used = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def measure_memory(n: int, small: bool = False) -> None:
    with workplace() as place:
        write_study(place / "inn.csv", n)
        if small:  # in a process of its own: what this one has held counts as the next one's peak
            subprocess.run([sys.executable, __file__, "lag_liten", place / "modell"], check=True)
        start = time.perf_counter()
        code, memory = wait(
            tag(place / "inn.csv", "-o", place / "ut.csv", *(["--model", place / "modell"] if small else []))
        )
        seconds = time.perf_counter() - start
        assert code == 0, code
        with (place / "ut.csv").open(encoding="utf-8", newline="") as file:
            rows = sum(1 for _ in csv.reader(file)) - 1
    tell("kommentarer", n)
    tell("rader i resultatet", rows)
    tell("høyeste minnebruk", memory, "MB")
    tell("rate, alt medregnet", n / seconds, "kommentarer/s")


def save_small(folder: Path) -> None:
    """Write a model of one thin layer and random weights: what is left of the time is all but the model's."""
    import torch
    from transformers import BertConfig, BertModel

    from textinnsikt import ThemeTagger
    from textinnsikt.themes.model import ThemeModel

    tagger = ThemeTagger.load()
    torch.manual_seed(0)
    known = tagger.model_.bert.config
    config = BertConfig(
        vocab_size=known.vocab_size,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        pad_token_id=known.pad_token_id,
    )
    save_full(folder, tagger, ThemeModel(BertModel(config, add_pooling_layer=False), tagger._book.outputs).eval())


def measure_kills(times: int = 20) -> None:
    """Kill the job again and again; with the thin model, so that the kills fall on reading and writing too."""
    with workplace() as place:
        write_study(place / "inn.csv", 60_000)
        save_small(place / "modell")
        model = ("--model", place / "modell")
        start = time.perf_counter()
        assert wait(tag(place / "inn.csv", "-o", place / "hel.csv", *model))[0] == 0
        usual = time.perf_counter() - start
        moments, kills = random.Random(1), 0
        output = place / "ut.csv"
        while kills < times:
            process = tag(place / "inn.csv", "-o", output, *model)
            time.sleep(moments.uniform(0, 0.9 * usual))
            os.kill(process.pid, signal.SIGKILL)  # not send_signal, which would take the exit code of one that is done
            kills += wait(process)[0] == -signal.SIGKILL
            if output.exists() and kills < times:
                assert output.read_bytes() == (place / "hel.csv").read_bytes()
                output.unlink()
        if not output.exists():
            assert wait(tag(place / "inn.csv", "-o", output, *model))[0] == 0
        tell("kommentarer", 60_000)
        tell("drept med SIGKILL", kills, "ganger")
        tell(
            "samme bytes som en ubrutt kjøring",
            "ja" if output.read_bytes() == (place / "hel.csv").read_bytes() else "NEI",
        )


def measure_full_disk() -> None:
    """Needs the right to mount; the disk has room for the input and a little more, and then for everything."""
    with workplace() as place:
        write_study(place / "inn.csv", 60_000)
        save_small(place / "modell")
        model = ("--model", place / "modell")
        assert wait(tag(place / "inn.csv", "-o", place / "hel.csv", *model))[0] == 0
        small = place / "liten"
        small.mkdir()
        room = ((place / "inn.csv").stat().st_size + (place / "hel.csv").stat().st_size) // 2
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(small)], check=True)
        try:
            said = tag(place / "inn.csv", "-o", small / "ut.csv", *model, stderr=subprocess.PIPE)
            message = said.stderr.read().decode()
            code, _ = wait(said)
            tell("full disk: kode og setning", f"{code}: {message.strip().splitlines()[-1]}")
            subprocess.run(["mount", "-o", f"remount,size={room * 20}", str(small)], check=True)
            assert wait(tag(place / "inn.csv", "-o", small / "ut.csv", *model))[0] == 0
            same = (small / "ut.csv").read_bytes() == (place / "hel.csv").read_bytes()
            tell("etterpå: samme bytes som en ubrutt kjøring", "ja" if same else "NEI")
        finally:
            subprocess.run(["umount", str(small)], check=True)


def measure_rubbish(n: int = 2000) -> None:
    """Put made-up files through the job, the model aside: rows are tagged, set aside or refused in one sentence."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    sys.path.insert(0, str(ROOT))
    from tests.scale.stand_in import install
    from textinnsikt.scale import TagSettings, tag_files

    install()
    count = {"merket": 0, "avvist med én setning": 0, "rader inn": 0, "rader ut": 0, "rader satt til side": 0}
    text = st.one_of(
        st.text(max_size=40), st.sampled_from(["", '"', "«Hei»", "a\0b", "=cmd()", "x" * 140_000, "\ud83d", "\r"])
    )
    numbers = st.sampled_from(["", "50", "86,7 %", "3.5"])
    row = st.one_of(st.tuples(text, numbers), st.tuples(text, numbers), st.lists(text, max_size=4))
    rows = st.lists(row.map(list), min_size=1, max_size=8)
    place = Path(tempfile.mkdtemp())

    @settings(max_examples=n, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(
        rows=rows,
        encoding=st.sampled_from(["utf-8", "cp1252", "utf-16", "utf-8-sig"]),
        separator=st.sampled_from([";", ",", "\t"]),
        quoted=st.booleans(),
        tail=st.binary(max_size=30),
    )
    def put_through(rows: list[list[str]], encoding: str, separator: str, quoted: bool, tail: bytes) -> None:
        shutil.rmtree(place)
        place.mkdir()
        if quoted:
            rows = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]
        lines = [
            separator.join(["id", "tekst", "score"]),
            *(separator.join(["7" * (i + 1), *row]) for i, row in enumerate(rows)),
        ]
        (place / "inn.csv").write_bytes("\n".join(lines).encode(encoding, errors="replace") + b"\n" + tail)
        try:
            summary = tag_files([place / "inn.csv"], place / "ut.csv", TagSettings(part_rows=3))
        except InputError as error:
            assert str(error) and "\n" not in str(error)
            count["avvist med én setning"] += 1
            return
        from textinnsikt.scale.records import read_records

        with (place / "ut.csv").open(encoding="utf-8", newline="") as file:
            tagged = sum(1 for _ in csv.reader(file)) - 1
        read = sum(1 for _ in read_records(place / "inn.csv").rows)
        assert tagged + summary.rejected == read, (tagged, summary, read)
        count["merket"] += 1
        count["rader inn"] += read
        count["rader ut"] += tagged
        count["rader satt til side"] += summary.rejected

    put_through()
    for name, value in count.items():
        tell(name, value, "filer" if value + count["merket"] == n or name == "merket" else "")
    shutil.rmtree(place)


def measure_ray() -> None:
    with workplace() as place:
        write_study(place / "inn.csv", 25_000)
        seconds = {}
        for name, settings in {"lokalt": [], "ray": ["--engine", "ray", "--workers", 2]}.items():
            start = time.perf_counter()
            assert wait(tag(place / "inn.csv", "-o", place / f"{name}.csv", *settings))[0] == 0
            seconds[name] = time.perf_counter() - start
            tell(name, seconds[name], "s")
        tell("Ray mot lokalt", 100 * (seconds["ray"] / seconds["lokalt"] - 1), "% lengre")
        same = (place / "lokalt.csv").read_bytes() == (place / "ray.csv").read_bytes()
        tell("samme bytes", "ja" if same else "NEI")
        process = tag(place / "inn.csv", "-o", place / "drept.csv", *settings)
        killed = kill_a_worker(place / ".deler" / "drept.csv")
        assert wait(process)[0] == 0
        same = (place / "drept.csv").read_bytes() == (place / "lokalt.csv").read_bytes()
        tell("arbeider drept", killed)
        tell("samme bytes da", "ja" if same else "NEI")


def kill_a_worker(folder: Path) -> int:
    """Wait until parts are written, then kill one process that holds a model; return how many were killed."""
    import psutil

    while not list(folder.glob("ut-*")):
        time.sleep(0.2)
    holders = [p for p in psutil.process_iter(["cmdline"]) if is_worker(" ".join(p.info["cmdline"] or []))]
    if holders:
        holders[0].kill()
    return min(len(holders), 1)


def is_worker(command: str) -> bool:
    return command.startswith("ray::") and "MapBatches" in command


def measure_start() -> None:
    def best(run, rounds: int = 3) -> float:
        spent = []
        for _ in range(rounds):
            start = time.perf_counter()
            run()
            spent.append(time.perf_counter() - start)
        return min(spent)

    tell("--help", best(lambda: subprocess.run([*TEXTINNSIKT, "--help"], stdout=subprocess.DEVNULL, check=True)), "s")
    line = b"id;tekst\n1;Fikk ikke svar.\n"

    def first() -> None:
        command = [*TEXTINNSIKT, "tag", "-", "-o", "-"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as job:
            assert job.stdin is not None and job.stdout is not None
            job.stdin.write(line)
            job.stdin.close()
            head, row = job.stdout.readline(), job.stdout.readline()
            spent.append(time.perf_counter() - start)
            assert head and row

    spent: list[float] = []
    for _ in range(5):
        start = time.perf_counter()
        first()
    tell("første merkede kommentar", min(spent), "s")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if PART == "lag_liten":
        save_small(Path(sys.argv[2]))
    elif PART.startswith("minne_"):
        measure_memory(int(PART.split("_")[-1]), small="liten" in PART)
    else:
        {
            "start": measure_start,
            "drept": measure_kills,
            "full_disk": measure_full_disk,
            "rusk": measure_rubbish,
            "ray": measure_ray,
        }[PART]()
