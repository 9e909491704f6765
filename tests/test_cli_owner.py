"""`show` and `export` with `--owner`: only what one person has, in every format, and said so."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from commanding import Capture, at_home, good, run
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.store.library.library import Library
from lfroadmap.words import LANGUAGES, Language, words
from portfolios import LATE, SOON, letters


def card(name: str, owner: str, *tasks: Task) -> Card:
    fields = (
        Field(f"{name}.o", "text", "owner", "Owner", owner),
        Field(f"{name}.d", "date", "deadline", "Deadline", SOON),
        Field(f"{name}.n", "long", "", "Notes", f"long text of {name}"),
    )
    return Card(name, name, fields, tasks)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    at_home(tmp_path, monkeypatch)
    mine = card("Pilot", "Dana", Task("t1", "Sign", due=LATE), Task("t2", "Paint", owner="Yossi"))
    theirs = card("Scale", "Yossi", Task("t3", "Call", owner="dana"), Task("t4", "Hire"))
    stages = (
        Stage("s", "Launch", (mine,)),
        Stage("z", "Later", (theirs, card("Rest", "Noa Bar", Task("t5", "X", owner="Noa Gil")))),
    )
    kpis = (Kpi("k", "Rate", owner="DANA"), Kpi("k2", "Cost", owner="Yossi"))
    library = Library(tmp_path / "data")
    library.create("plan", Roadmap("r", "Plan", "", stages, kpis), "me")
    return library


OWN = ("Pilot", "Sign", "Scale", "Call", "Rate")
OTHERS = ("Paint", "Hire", "Cost", "Rest", "long text of Scale")


@pytest.mark.parametrize("language", LANGUAGES)
def test_show_has_it_alone_and_says_so(library: Library, capsys: Capture, language: Language) -> None:
    out = good(capsys, "show", "plan", "--owner", "dan", "--lang", language)
    assert letters(words(language)("report.part_of_owner", owner="Dana")) in letters(out)
    for text in OWN:
        assert text in out
    for text in OTHERS:
        assert text not in out
    assert words(language)("report.owners") not in out


KINDS = {
    **dict.fromkeys(("html", "md", "json", "json-analysis"), OWN),
    "csv": ("Sign", "Call"),
    "csv-cards": ("Pilot", "Scale"),
    "csv-kpis": ("Rate",),
    "ics": ("Pilot", "Sign"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_has_it_alone(library: Library, capsys: Capture, kind: str) -> None:
    out = good(capsys, "export", kind, "plan", "--owner", "dana", "-o", "-")
    for text in OTHERS:
        assert text not in out
    for text in KINDS[kind]:
        assert text in out
    if kind in ("html", "md"):
        assert words("en")("report.part_of_owner", owner="Dana") in out


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # checkboxes and data bars
def test_a_workbook_has_it_alone_and_says_so(library: Library, tmp_path: Path, capsys: Capture) -> None:
    good(capsys, "export", "xlsx", "plan", "--owner", "dana", "-o", str(tmp_path / "plan.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "plan.xlsx").read_bytes()))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert words("en")("report.part_of_owner", owner="Dana") in cells
    assert not {text for text in OTHERS if any(text in cell for cell in cells)}
    assert words("en")("report.owners") not in book.sheetnames


def test_it_says_which_work_of_others_is_waited_for(library: Library, capsys: Capture) -> None:
    good(capsys, "wait", "Pilot", "--for", "Hire", "--in", "plan")
    good(capsys, "wait", "Rest", "--for", "Hire", "--in", "plan")
    good(capsys, "moves", "Scale", "Rate", "--in", "plan")
    out = good(capsys, "show", "plan", "--owner", "dana")
    assert "◆ 1 blocked" in out and "◆ Hire" in out, "what others wait for is not counted"
    assert "moved by Scale 0%" in " ".join(out.split())
    page = good(capsys, "export", "md", "plan", "--owner", "dana", "-o", "-")
    assert "◆ Hire" in page
    assert "◆ Hire" in good(capsys, "export", "html", "plan", "--owner", "dana", "-o", "-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_timeline_is_grouped_by_stage_or_by_owner(
    library: Library, capsys: Capture, language: Language
) -> None:
    line = ("show", "plan", "--timeline", "--lang", language)
    by_stage, by_owner = good(capsys, *line), good(capsys, *line, "--by", "owner")
    assert good(capsys, *line, "--by", "stage") == by_stage != by_owner
    found = json.loads(good(capsys, *line, "--by", "owner", "--json"))
    jsonschema.validate(found, json.loads(good(capsys, "schema", "show-timeline")))
    usual = json.loads(good(capsys, *line, "--json"))
    assert (found["by"], usual["by"]) == ("owner", "stage")
    owners = [row["owner"] for row in found["rows"]]
    assert owners == sorted(owners, key=lambda name: (not name, name.casefold()))
    assert sorted(found["rows"], key=str) == sorted(usual["rows"], key=str)
    named = [name for name in dict.fromkeys(owners) if name]
    assert named and all(name in by_owner for name in named)


@pytest.mark.parametrize("name", ["html", "md", "svg"])
def test_files_with_a_timeline_group_it_too(library: Library, capsys: Capture, name: str) -> None:
    line = ("export", name, "plan", "-o", "-")
    assert good(capsys, *line, "--by", "stage") == good(capsys, *line) != good(capsys, *line, "--by", "owner")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("show", "plan", "--by", "owner"), "--timeline"),
        (("show", "plan", "--timeline", "--by", "health"), "stage, owner"),
        (("export", "md", "plan", "--by", "health"), "stage, owner"),
        (("export", "csv", "plan", "--by", "owner"), "html, pdf, md, svg, png"),
    ],
)
def test_a_grouping_that_cannot_be_is_refused(
    library: Library, capsys: Capture, argv: tuple[str, ...], said: str
) -> None:
    ran = run(capsys, *argv)
    assert ran.status == 2 and said in ran.err


def test_the_timeline_has_it_alone_too(library: Library, capsys: Capture) -> None:
    good(capsys, "wait", "Pilot", "--for", "Hire", "--in", "plan")
    out = good(capsys, "show", "plan", "--timeline", "--owner", "dana")
    assert "Pilot" in out and "Sign" in out and "Rest" not in out and "Tasks done" not in out
    assert words("en")("report.part_of_owner", owner="Dana").split(":")[0] in " ".join(out.split())
    found = json.loads(good(capsys, "show", "plan", "--timeline", "--owner", "dana", "--json"))
    assert found["format"] == "lfroadmap-timeline"
    assert [(row["card"], row["waits_for"]) for row in found["rows"] if not row["task"]] == [
        ("Pilot", ["t4"])
    ]


def test_json_says_that_it_is_a_part(library: Library, capsys: Capture) -> None:
    shown = json.loads(good(capsys, "show", "plan", "--owner", "dana", "--json"))
    assert shown["part"] is True
    assert json.loads(good(capsys, "export", "json", "plan", "--owner", "dana", "-o", "-")) == shown
    (library.folder / "part.json").write_text(json.dumps(shown), "utf-8")
    ran = run(capsys, "import", str(library.folder / "part.json"), "--into", "plan", "--yes")
    assert ran.status == 1, "what it leaves out is not taken for removed"


def test_a_file_that_nobody_named_has_the_person_in_its_name(library: Library, capsys: Capture) -> None:
    path = Path(good(capsys, "export", "csv", "plan", "--owner", "dana").strip())
    assert path.name == f"plan-dana-{date.today().isoformat()}.csv"


def test_the_history_is_everybodys(library: Library, capsys: Capture) -> None:
    for line in (("html", "plan", "--history"), ("csv-history", "plan")):
        ran = run(capsys, "export", *line, "--owner", "dana", "-o", "-")
        assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize("command", [("show", "plan"), ("export", "md", "plan", "-o", "-")])
def test_several_people_are_listed_and_nobody_is_said(
    library: Library, capsys: Capture, command: tuple[str, ...]
) -> None:
    ran = run(capsys, *command, "--owner", "noa")
    assert (ran.status, ran.out) == (2, "")
    assert "Noa Bar, Noa Gil" in ran.err
    ran = run(capsys, *command, "--owner", "x")
    assert (ran.status, ran.out) == (1, "")
    assert "Yossi" in ran.err
