import json
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from textinnsikt.insight import wording
from textinnsikt.insight.html import render_html

EVIL = '=1+1 <script>alert("ond")</script> & <img src=x onerror=alert(1)> {{ 7*7 }} \x07'
PROBE = """
<pre id="probe"></pre>
<script>
const said = [];
const visible = () => [...document.querySelectorAll(".quotes li")].filter((item) => !item.hidden);
const choose = (box, value) => { box.value = value; box.dispatchEvent(new Event("change", { bubbles: true })); };
said.push(`first=${visible().length}`);
const first = visible()[0].dataset;
const form = document.querySelector(".filters");
let right = true;
for (const name of ["tema", "verdi", "klasse", "kanal", "kundesenter"]) {
  const box = form.querySelector(`select[name=${name}]`);
  for (const option of box.options) {
    choose(box, option.value);
    const shown = visible();
    if (option.value) right &&= shown.length > 0 && shown.every((item) => item.dataset[name] === option.value);
  }
  form.reset();
}
said.push(`filters=${right}`);
for (const name of Object.keys(first)) choose(form.querySelector(`select[name=${name}]`), first[name]);
const alike = (item) => Object.keys(first).every((key) => item.dataset[key] === first[key]);
said.push(`together=${visible().length > 0 && visible().every(alike)}`);
said.push(`status=${document.querySelector(".status").textContent}`);
const table = document.querySelector("#kundesentre .sortable");
const heads = [...table.querySelectorAll("th button")];
heads[3].click();
heads[3].click();
const means = [...table.tBodies[0].rows].map((row) => row.cells[3].dataset.sort);
const shown = means.filter((value) => value !== "").map(Number);
said.push(`sorted=${shown.every((v, i) => i === 0 || v <= shown[i - 1])}`, `fewlast=${means[means.length - 1] === ""}`);
const svg = [...document.querySelectorAll("#kart svg")].find((one) => one.getBoundingClientRect().width);
const dots = [...svg.querySelectorAll(".punkter_marks circle")];
const data = JSON.parse(document.getElementById("kart-data").textContent);
const spot = dots[5].getBoundingClientRect();
const where = { clientX: spot.x + spot.width / 2, clientY: spot.y + spot.height / 2, bubbles: true };
svg.dispatchEvent(new PointerEvent("pointermove", where));
const telling = document.getElementById("kart-setning");
said.push(`hover=${telling.textContent.endsWith(data[5][1]) && dots[5].classList.contains("on")}`);
const groups = document.getElementById("kart-gruppe");
choose(groups, String(data[data.length - 1][0]));
document.getElementById("kart-neste").click();
const alone = data.filter(([group]) => String(group) === groups.value).map(([, text]) => text);
said.push(`next=${alone.some((text) => telling.textContent.endsWith(text))}`);
const lit = dots.filter((dot) => !dot.classList.contains("off"));
said.push(`dots=${dots.length === data.length && lit.length === alone.length}`);
said.push(`wide=${document.documentElement.scrollWidth <= window.innerWidth}`);
said.push(`errors=${window.wrong.length}`, ...window.wrong);
document.getElementById("probe").textContent = said.join("\\n");
parent.postMessage(said.join("\\n"), "*");
</script>
"""
WATCH = """
<script>
window.wrong = [];
addEventListener("error", (event) => window.wrong.push(event.message));
addEventListener("securitypolicyviolation", (event) => window.wrong.push(event.blockedURI));
</script>
"""


PHONE = """<meta charset="utf-8"><pre id="probe"></pre>
<script>
addEventListener("message", (event) => {{ document.getElementById("probe").textContent = event.data; }});
</script>
<iframe src="inni.html" width="{width}" height="800"></iframe>"""


class _Reader(HTMLParser):
    """Collect the text of the page, its marks, and every attribute."""

    def __init__(self):
        super().__init__()
        self.text, self.marks, self.attributes, self.tags = [], [], [], []
        self.inside = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "link", "img", "br", "input"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            continue

    def handle_data(self, data):
        if not {"script", "style"} & set(self.inside):
            self.text.append(data)
        if "mark" in self.inside:
            self.marks.append(data)


def _read(document):
    reader = _Reader()
    reader.feed(document)
    reader.page = " ".join(" ".join(reader.text).split())
    return reader


@pytest.fixture(scope="module")
def document(facts):
    return render_html(facts)


@pytest.fixture(scope="module")
def evil(insight):
    return _with_evil(insight)


def _with_evil(insight):
    comments = insight.tagged.comments
    has = comments["tekst"].notna()
    changed = comments.assign(
        tekst=(EVIL + comments["tekst"].astype(object)).where(has, None),
        klasse=comments["klasse"].replace("Bank", EVIL),
        kundesenter=comments["kundesenter"].replace("Kystfiber", EVIL),
    )
    tagged = replace(insight.tagged, comments=changed)
    return replace(insight, tagged=tagged, title=EVIL, theme_names={"lytting": EVIL})


def test_nothing_is_fetched_from_outside(document):
    page = _read(document)
    for name, value in page.attributes:
        if name in ("src", "href", "action", "data", "srcset", "poster", "xlink:href"):
            assert value.startswith("#"), (name, value)
    assert "@import" not in document and not re.search(r"url\(\s*[\"']?\w+:", document)
    assert "://" not in document


def test_page_is_small_and_the_same_every_time(facts, document):
    assert len(document.encode("utf-8")) < 5_000_000
    assert render_html(facts) == document


def test_every_finding_note_and_method_sentence_is_there(facts, document):
    page = _read(document).page
    for text in [
        *(finding["setning"] for finding in facts["hovedfunn"]),
        *facts["faktorer"]["merknader"],
        *(paragraph for part in facts["metode"] for paragraph in part["avsnitt"]),
    ]:
        assert " ".join(text.split()) in page


def test_factor_table_shows_the_frames_numbers(insight, document):
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th><td><span class="chip (\w+)">.*?</tr>', document, re.S)
    table = re.search(r"Suksessfaktorer i tall.*?</table>", document, re.S)[0]
    lines = re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]
    assert len(rows) == len(lines) == 8
    for _, row in insight.factors.summary.iterrows():
        line = next(x for x in lines if f">{row['tema'].capitalize()}<" in x and f"chip {row['omtale']}" in x)
        if row["estimat"] != row["estimat"]:
            assert wording.MISSING in line
            continue
        for key in ("estimat", "nedre", "øvre"):
            assert wording.number(row[key]) in line
        assert f">{row['n']}<" in line


def test_shares_clusters_and_centres_show_the_dicts_numbers(facts, document):
    page = _read(document).page
    for group in facts["temaandeler"]["klasse"] + facts["temaandeler"]["kanal"]:
        shown = (
            " ".join(wording.percent(cell["estimat"], 0) for cell in group["celler"])
            if group["celler"]
            else wording.TOO_FEW
        )
        assert f"{group['gruppe']} {group['n']} {shown}" in page
    for row in facts["klynger"]["rader"]:
        assert f"{row['antall']} setninger" in page and wording.percent(row["andel"]) in page
    for row in facts["kundesentre"]:
        span = f"fra {wording.number(row['nedre'])} til {wording.number(row['øvre'])}"
        mean = f"{wording.number(row['estimat'])} {span}" if row["estimat"] is not None else wording.TOO_FEW
        assert f"{row['kundesenter']} {row['klasse']} {row['n']} {mean}" in page


def test_groups_are_told_with_the_score_that_goes_with_them(full, insight):
    text = " ".join(render_html(full.collect()).split())
    like = "andre hos samme kundesenter og shopper, når temaene og de andre gruppene holdes like"
    assert f"har 4,0 poeng lavere score enn {like} (95 % konfidensintervall fra 2,0 til 6,0 poeng)" in text
    assert f"har ikke sikkert en annen score enn {like}" in text
    assert like not in render_html(insight.collect())


def test_quotes_are_marked(facts, document):
    assert [" ".join(mark.split()) for mark in _read(document).marks] == [q["setning"] for q in facts["sitater"]]


def test_drawings_have_text_and_no_identifier_is_used_twice(document):
    identifiers = re.findall(r'\sid="([^"]+)"', document)
    assert len(identifiers) == len(set(identifiers))
    assert document.count("<svg") == document.count("<desc") == 12
    for key in re.findall(r'(?:aria-labelledby|href)="#?([^"]+)"', document):
        assert set(key.split()) <= set(identifiers)


def test_the_maps_sentences_are_data_and_nothing_else(evil, full):
    for insight in (evil, full):
        facts = insight.collect()
        document = render_html(facts)
        text = re.search(r'id="kart-data">(.*?)</script>', document, re.S)[1]
        assert json.loads(text) == [point[2:] for point in facts["kart"]["punkter"]]
        assert "<" not in text and "&" not in text
        assert document.count('<circle cx="') == 2 * len(facts["kart"]["punkter"])


def test_quotes_of_small_centres_have_no_centre(full):
    facts = full.collect()
    small = {row["kundesenter"] for row in facts["kundesentre"] if row["n"] < 10}
    assert small and not small & {quote["kundesenter"] for quote in facts["sitater"]}
    assert {quote["kundesenter"] for quote in facts["sitater"]} > {None, "Lynnett"}


def test_tags_in_comments_and_names_stay_text(evil, document):
    page = _read(render_html(evil.collect()))
    assert page.tags.count("script") == _read(document).tags.count("script") == 2
    assert "img" not in page.tags
    assert '<script>alert("ond")</script>' in page.page and "{{ 7*7 }}" in page.page


def test_other_scale_and_no_groups(insight):
    comments = insight.tagged.comments
    comments = comments.assign(totalscore=1 + comments["totalscore"] / 20, klasse=None, kanal=None)
    tagged = replace(insight.tagged, comments=comments, score_range=(1.0, 6.0))
    page = _read(render_html(replace(insight, tagged=tagged).collect()))
    assert "poeng (1–6)" in page.page and "Etter klasse" not in page.page and "Etter kanal" not in page.page


def test_study_without_scores_leaves_the_centres_out(facts):
    bare = {**facts, "studie": {**facts["studie"], "snittscore": None}}
    assert 'id="kundesentre"' not in render_html(bare) and 'href="#kundesentre"' not in render_html(bare)


def _browse(page, folder, *options):
    """Open a page in a browser and return what it did."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert browser, "chromium mangler"
    file = folder / "rapport.html"
    file.write_text(page, encoding="utf-8")
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--enable-logging=stderr",
        *options,
        file.as_uri(),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, encoding="utf-8")


@pytest.mark.check
@pytest.mark.parametrize("width", [1280, 360])
def test_page_works_in_a_browser(full, tmp_path, width):
    page = render_html(_with_evil(full).collect())
    page = page.replace("<head>", "<head>" + WATCH, 1).replace("</body>", PROBE + "</body>", 1)
    if width < 500:  # narrower than a browser's window can be
        (tmp_path / "inni.html").write_text(page, encoding="utf-8")
        page = PHONE.format(width=width)
    done = _browse(page, tmp_path, f"--window-size={width},900", "--virtual-time-budget=8000", "--dump-dom")
    said = dict(line.split("=", 1) for line in re.search(r'id="probe">(.*?)</pre>', done.stdout, re.S)[1].splitlines())
    assert said["errors"] == "0" and "CONSOLE" not in done.stderr
    wanted = ("filters", "together", "sorted", "fewlast", "hover", "next", "dots", "wide")
    assert {name: said[name] for name in wanted} == dict.fromkeys(wanted, "true")
    assert 0 < int(said["first"]) <= 24 and said["status"].startswith("Viser ")


@pytest.mark.check
@pytest.mark.parametrize("width", [1280, 500])
def test_no_serious_fault_for_those_who_use_keyboard_or_screen_reader(full, tmp_path, width):
    axe = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8").replace("</script", "<\\/script")
    run = (
        'axe.run(document).then((found) => { document.getElementById("axe").textContent = '
        "JSON.stringify(found.violations.map((v) => [v.impact, v.id, v.nodes[0].html])); });"
    )
    tail = f'<pre id="axe"></pre><script>{axe}</script><script>{run}</script></body>'
    page = render_html(full.collect()).replace("</body>", tail, 1)
    done = _browse(page, tmp_path, f"--window-size={width},900", "--virtual-time-budget=60000", "--dump-dom")
    found = json.loads(unescape(re.search(r'<pre id="axe">(.*?)</pre>', done.stdout, re.S)[1]))
    assert [fault for fault in found if fault[0] in ("serious", "critical")] == []


@pytest.mark.check
def test_page_prints_whole(full, tmp_path):
    facts = full.collect()
    done = _browse(render_html(facts), tmp_path, f"--print-to-pdf={tmp_path / 'r.pdf'}", "--virtual-time-budget=8000")
    assert done.returncode == 0
    text = subprocess.run(["pdftotext", tmp_path / "r.pdf", "-"], check=True, capture_output=True, text=True).stdout
    words = " ".join(text.split())
    for title in ("Hovedfunn", "Suksessfaktorer", "Viktighet og omtale", "Klassevinnerne", "Kundesentre", "Personvern"):
        assert title in words
    assert all(finding["emne"] in words for finding in facts["hovedfunn"])
    assert "Nullstill" not in words and "Vis en setning" not in words
    told = subprocess.run(["pdfinfo", tmp_path / "r.pdf"], check=True, capture_output=True, text=True).stdout
    assert "A4" in next(line for line in told.splitlines() if line.startswith("Page size"))
