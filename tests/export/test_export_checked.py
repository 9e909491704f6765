"""Pages before a validator and a browser's accessibility rules: light and dark, large and small.

Needs what `npm install --no-package-lock` brings (package.json), Chromium, Node and Java; skipped elsewhere.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from browsing import MODULES, driven, needs_browser
from calculators import funnel, pipeline, unit
from lfroadmap.export import ExportContext, render
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Calculator, Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.words import LANGUAGES, Language, words
from lines import lived
from measured import measured
from samples import EVIL, TODAY, hostile, sample

pytestmark = pytest.mark.proof

VALIDATOR = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
MOMENT = datetime(2026, 3, 15, 9, 30, tzinfo=timezone(timedelta(hours=2)))
KINDS = ("empty", "nameless", "fresh", "full", "hostile", "lived", "calculators", "measured")
"""Sorts of roadmaps; one that was lived in is exported in part, with a hostile history, while watched."""

needs_validator = pytest.mark.skipif(
    not (VALIDATOR.exists() and shutil.which("java")),
    reason="needs Java and `npm install --no-package-lock`",
)


def roadmap_of(kind: str, language: Language) -> Roadmap:
    if kind == "empty":
        return Roadmap("r", "")
    if kind == "nameless":
        cards = (Card("c", "", (Field("f", label="", value=""),), (Task("t", ""),)),)
        return Roadmap(
            "r", " ", stages=(Stage("s", "", cards), Stage("s2", ""), Stage("s3", "")), kpis=(Kpi("k", ""),)
        )
    if kind == "fresh":
        return templates.load(templates.DEFAULT).roadmap("r")
    if kind == "calculators":
        large = replace(pipeline(language).rows[0], value="1" * 400, stage="W" * 300)
        tables = (
            funnel(language),
            pipeline(language),
            unit(language),
            Calculator("x", "pipeline", "", (large,)),
        )
        cards = (Card("c", "C", calculators=tables), Card("d", "D"), Card("e", "E"))
        return Roadmap("r", "R", stages=(Stage("s", "S", cards),))
    if kind == "measured":
        return measured(language, channel="<b>", segment="plan=פרו & \u202e")
    return hostile() if kind == "hostile" else sample(language)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page and a picture of every kind of roadmap in each language."""
    folder = tmp_path_factory.mktemp("pages")
    for kind, language, suffix in product(KINDS, LANGUAGES, ("html", "svg")):
        roadmap = roadmap_of(kind, language)
        snapshot = ExportContext(roadmap, words(language), TODAY, moment=MOMENT, author="<b>dana</b>")
        if kind == "lived":
            edits = [SetField("goals.owner", evil) for evil in EVIL]
            history = lived(roadmap, edits, language)[1]
            snapshot = replace(snapshot, history=history, part=True, reload=3_600)
        (folder / f"{kind}.{language}.{suffix}").write_bytes(render(snapshot, suffix))
    return folder


@needs_validator
@pytest.mark.parametrize("suffix", ["html", "svg"])
def test_the_validator_finds_no_errors(files: Path, suffix: str) -> None:
    paths = map(str, sorted(files.glob(f"*.{suffix}")))
    command = ["java", "-jar", str(VALIDATOR), "--errors-only", "--format", "json", f"--{suffix}", *paths]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert json.loads(run.stderr)["messages"] == []
    assert run.returncode == 0


@needs_validator
def test_the_validator_finds_an_error(files: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_bytes((files / "full.en.html").read_bytes().replace(b"</main>", b"</section></main>"))
    command = ["java", "-jar", str(VALIDATOR), "--errors-only", "--format", "json", str(broken)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert json.loads(run.stderr)["messages"]


def looked_at(views: list[dict[str, Any]], folder: Path) -> dict[str, dict[str, Any]]:
    """What the browser says of each view of a page."""
    found: dict[str, dict[str, Any]] = json.loads(driven("look.mjs", {"views": views}, folder))
    return found


@needs_browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_view_breaks_a_rule_asks_for_anything_or_runs_anything(
    files: Path, tmp_path: Path, language: Language
) -> None:
    sizes = {"desktop": (1280, 900), "phone": (360, 740)}
    views = [
        {"name": f"{kind} {size} {dark=}", "file": str(files / f"{kind}.{language}.html"), "dark": dark}
        | dict(zip(("width", "height"), sizes[size], strict=True))
        for kind, size, dark in product(KINDS, sizes, (False, True))
    ]
    found = looked_at(views, tmp_path)
    assert len(found) == 32
    clean = {"requests": [], "dialogs": [], "errors": [], "wide": 0, "broken": [], "violations": []}
    assert {name: view for name, view in found.items() if view != clean} == {}


@needs_browser
def test_the_browser_sees_what_is_wrong(files: Path, tmp_path: Path) -> None:
    page = (files / "full.en.html").read_bytes()
    bad = b'<img src="http://127.0.0.1:9/pixel"><script>alert(1)</script></main>'
    broken = page.replace(b"</main>", bad).replace(b"Content-Security-Policy", b"nothing")
    (tmp_path / "broken.html").write_bytes(broken)
    view = {"name": "x", "file": str(tmp_path / "broken.html"), "width": 800, "height": 600, "dark": False}
    found = looked_at([view], tmp_path)["x"]
    assert found["requests"] == ["http://127.0.0.1:9/pixel"]
    assert found["dialogs"] == ["1"]
    assert any(violation.startswith("image-alt") for violation in found["violations"])


def printed_pages(pdf: Path) -> list[str]:
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, timeout=60
    )
    return text.stdout.decode().rstrip("\f").split("\f")


@needs_browser
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext")
def test_printed_the_stages_follow_the_first_screen_on_pages_with_their_number_and_the_title(
    files: Path, tmp_path: Path
) -> None:
    pdf = tmp_path / "plan.pdf"
    view = {"name": "x", "file": str(files / "full.en.html"), "width": 800, "height": 600, "dark": True}
    looked_at([view | {"pdf": str(pdf)}], tmp_path)
    pages = printed_pages(pdf)
    assert [re.findall(r"(\d) ?/ ?(\d)", page)[-1] for page in pages] == [
        (str(n), str(len(pages))) for n in range(1, len(pages) + 1)
    ]
    assert all(page.lstrip().startswith("Plan · Acme") for page in pages)
    lines = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    heads = ["A. Strategy", "B. Launch", "Who owns what"]
    assert lines[1][1] == heads[0]
    assert [line for page in lines[1:] for line in page if line in heads] == heads
    assert all(page[-2] not in heads for page in lines), "a heading alone at the foot of a page"


@needs_browser
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext")
def test_printed_a_card_that_fits_a_page_is_not_torn_and_the_title_stays_one_line(tmp_path: Path) -> None:
    cards = tuple(
        Card(
            f"c{n}",
            f"Heading{n}",
            (Field(f"f{n}", "long", "", "Goals", "word " * 150),),
            tuple(Task(f"c{n}t{k}", f"Task{n}.{k} of some length") for k in range(3 + n % 9)),
        )
        for n in range(13)
    )
    roadmap = Roadmap("r", "Long " * 80, stages=(Stage("s", "Stage", cards),))
    (tmp_path / "long.html").write_bytes(render(ExportContext(roadmap, words("en"), TODAY), "html"))
    pdf = tmp_path / "long.pdf"
    view = {"name": "x", "file": str(tmp_path / "long.html"), "width": 800, "height": 600, "dark": False}
    looked_at([view | {"pdf": str(pdf)}], tmp_path)
    pages = printed_pages(pdf)
    assert len(pages) > 3
    for card in cards:
        (page,) = (page for page in pages if re.search(rf"{card.title}\b", page))
        assert [task.text for task in card.tasks if task.text not in page] == []
    assert all(len(re.findall("Long", page.splitlines()[0])) == 16 for page in pages)
    assert all("Long" not in "".join(page.splitlines()[1:]) for page in pages[1:])
