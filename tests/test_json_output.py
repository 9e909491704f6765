"""JSON on the standard output: one writer, in UTF-8, of which no terminal obeys anything."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checked import check_schema, validate
from commanding import ARGUMENTS, Capture, good, process, program, run, settle, write
from examples import examples
from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, SetTask
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.settings import load, save
from lfroadmap.state import ExportState, State
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from lfroadmap.usecases.schemas import SCHEMAS
from matrices import quick_first
from samples import EVIL
from terminal import Terminal, environment

OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What a terminal obeys, what turns text around, what breaks lines elsewhere, and what UTF-8 cannot hold."""
NASTY = "a\x9b31mb\x7fc\x1b]0;x\x07d\u202ee\u2066f\u2028g\u061ch\ufeff é 😀 שלום"

CASES: dict[str, tuple[str, ...]] = {
    "templates": ("templates", "--json"),
    "guide": ("guide", "--json"),
    "calc": ("calc", "funnel", f"{NASTY}=1000", "200", "50", "10", "--what-if", "1=25%", "--json"),
    "measure": ("measure", "events.jsonl", "--json"),
    "bind": ("bind", "--json", "--in", "plan"),
    "list": ("list", "--json"),
    "portfolio": ("portfolio", "--json"),
    "due": ("due", "--json"),
    "people": ("people", "--json"),
    "search": ("search", "mb", "--in", "plan", "--json"),
    "list-tasks": ("list-tasks", "--in", "plan", "--json"),
    "show": ("show", "plan", "--json"),
    "diff": ("diff", "before", "now", "--of", "plan", "--json"),
    "history": ("history", "plan", "--limit", "0", "--json"),
    "snapshot": ("snapshot", "plan", "--json"),
    "bin": ("bin", "plan", "--json"),
    "settings": ("settings", "--json"),
    "doctor": ("doctor", "plan", "--json"),
    "team": ("team", "plan", "--json"),
    "schema": ("schema",),
}
"""Command -> a call of it that prints JSON."""
MORE = (
    ("calc", "unit", "--spend", "5000", "--customers", "50", "--value", "30", "--months", "12", "--json"),
    ("calc", "pipeline", "deals.json", "--json"),
    ("bin", "--json"),
    ("doctor", "plan", "--check", "--json"),
    ("show", "plan", "--at", "before", "--json"),
    ("search", "is:open", "--in", "plan", "--json"),
    ("list-tasks", "--open", "--text", "mb", "--in", "plan", "--json"),
    ("diff", "before", "now", "--of", "plan", "--format", "json", "-o", "-"),
    ("export", "json", "plan", "--history", "-o", "-"),
)


def nasty() -> Roadmap:
    tasks = tuple(Task(f"t{n}", evil, owner=evil, due=evil) for n, evil in enumerate(EVIL))
    card = Card("c", NASTY, (Field("f", label=NASTY, value=NASTY),), (*tasks, Task("gone", NASTY)))
    return Roadmap("r", NASTY, "", (Stage("s", NASTY, (card, Card("c2", NASTY))),), (Kpi("k", NASTY),))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with roadmaps of which everything is nasty, the folder's name too."""
    folder = tmp_path_factory.mktemp("home")
    home = Path(os.fsdecode(os.fsencode(folder / f"h {NASTY}".replace("\x1b]0;x\x07", "")) + b"\xff\xfe"))
    home.mkdir()
    library = Library(home / "data")
    path = library.create("plan", nasty(), NASTY)
    store = Store(path, NASTY)
    store.start(lambda event: None)
    store.mark("before")
    store.mark(NASTY)
    assert store.close() == ()
    write(
        path,
        NASTY,
        SetField("f", NASTY + "2"),
        SetTask("t1", "owner", NASTY),
        SetKpi("k", "current", NASTY),
        Rename("c2", NASTY + "3"),
        Add(Task("new", NASTY, due="2026-01-02"), "c"),
        Remove("gone"),
    )
    library.create("old", nasty(), NASTY)
    deals = [
        {"name": NASTY, "stage": NASTY, "value": 7, "probability": 0.5},
        {"stage": "Won", "value": NASTY},
    ]
    (home / "deals.json").write_text(json.dumps(deals), "utf-8")
    event = {"customer": NASTY, "time": "2026-01-01", "kind": NASTY, "channel": NASTY}
    (home / "events.jsonl").write_text(json.dumps(event), "utf-8")
    (home / "data" / "roadmaps" / "broken.roadmap").write_bytes(b"no roadmap")
    assert program(environment(home), "remove", "old", cwd=home).returncode == 0
    return home


def printed(home: Path, *argv: str) -> str:
    ran = program(environment(home), *argv, cwd=home)
    assert ran.returncode == status_of(argv)
    assert ("broken" in ran.stderr) if ran.returncode else not ran.stderr
    return ran.stdout


def status_of(argv: tuple[str, ...]) -> int:
    """1 for what reads all roadmaps, one of which is broken."""
    return int(argv[0] in ("list", "portfolio", "due", "people"))


def test_every_command_that_prints_json_is_held_to_it() -> None:
    with_json = {
        command
        for command, arguments in ARGUMENTS.items()
        if any("--json" in argument.names for argument in arguments)
    }
    assert {*CASES} == with_json | {"schema"}


WITHOUT_TEXT = (("bin", "--json"), ("calc", "unit"), ("people", "--json"))
"""Calls that print nothing that was typed, or only names of people, without what cannot be seen in them."""
ALL = [*CASES.values(), *MORE]


@pytest.mark.parametrize("argv", [argv for argv in ALL if argv[0] not in ("schema", "export")], ids=" ".join)
def test_what_is_printed_has_the_published_schema(home: Path, argv: tuple[str, ...]) -> None:
    schema = json.loads(printed(home, "schema", argv[0]))
    check_schema(schema)
    validate(json.loads(printed(home, *argv)), schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_printed(home: Path, name: str) -> None:
    assert json.loads(printed(home, "schema", name)) == SCHEMAS[name]()


@pytest.mark.parametrize("command", [name for name in CASES if name not in ("schema", "show")])
def test_a_schema_knows_no_key_that_is_not_there(home: Path, command: str) -> None:
    """A key that comes or goes changes what programs rely on: the schema says it."""
    schema = SCHEMAS[command]()
    one = schema.get("items", schema)
    for shape in one.get("oneOf", [one]):
        assert shape["additionalProperties"] is False
        assert {*shape["properties"]} - {"made", "into"} == {*shape["required"]}


def test_every_reading_command_has_a_schema() -> None:
    assert {*SCHEMAS} == {*CASES} - {"schema"} | {
        "apply",
        "hooks",
        "templates-diff",
        "show-timeline",
        "analysis",
    }


@pytest.mark.parametrize("argv", ALL, ids=" ".join)
def test_nothing_that_is_printed_steers_a_terminal_and_all_of_it_is_there(
    home: Path, argv: tuple[str, ...]
) -> None:
    text = printed(home, *argv)
    assert OBEYED.findall(text) == []
    written = json.dumps(json.loads(text))
    if argv[0] not in ("schema", "templates", "guide", "settings", "doctor") and argv[:2] not in WITHOUT_TEXT:
        assert json.dumps(NASTY)[1:-1] in written, "what was typed comes back as it was"


@pytest.mark.parametrize("argv", quick_first([(argv,) for argv in ALL], 2))
def test_a_process_prints_utf8_whatever_the_terminal_speaks(home: Path, argv: tuple[str, ...]) -> None:
    ran = process(environment(home) | {"PYTHONIOENCODING": "ascii"}, *argv, cwd=home)
    assert (ran.returncode, ran.stdout) == (status_of(argv), printed(home, *argv))
    assert bool(ran.stderr) == bool(ran.returncode)


@pytest.mark.parametrize("argv", quick_first([(argv,) for argv in ALL], 2))
def test_a_terminal_is_given_the_same_as_a_pipe(home: Path, argv: tuple[str, ...]) -> None:
    # what is said about the work's progress goes to the standard error, and is wiped there when it ends
    quiet = ["sh", "-c", 'exec "$@" 2>/dev/null', "sh", sys.executable, "-m", "lfroadmap", *argv]
    with Terminal(quiet, environment(home), cwd=home) as terminal:
        assert terminal.wait_exit() == status_of(argv)
    assert terminal.output.replace(b"\r\n", b"\n").decode() == printed(home, *argv)


def test_a_path_that_is_no_utf8_can_still_be_opened(home: Path) -> None:
    rows = json.loads(printed(home, "list", "--json"))
    found = {row["name"]: Path(row["path"]) for row in rows}
    assert found["plan"] == home / "data" / "roadmaps" / "plan.roadmap"
    assert found["plan"].is_file()
    assert json.loads(printed(home, "doctor", "plan", "--json"))["path"] == str(found["plan"])


def test_the_schema_is_one(home: Path) -> None:
    check_schema(json.loads(printed(home, "schema")))


def test_doctor_as_json_needs_a_file(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(tmp_path, monkeypatch)
    for option in ("--json", "--check"):
        ran = run(capsys, "doctor", option)
        assert (ran.status, ran.out) == (2, "") and "FILE" in ran.err
    good(capsys, "doctor")


# ------------------------------------------------------------------ the writer


@examples(50)
@given(st.recursive(st.text(), lambda values: st.lists(values) | st.dictionaries(st.text(), values)))
def test_any_value_is_written_so_that_it_is_read_back(value: object) -> None:
    for compact in (False, True):
        text = json_text(value, compact=compact, keep_surrogates=True)
        assert json.loads(text) == value
        assert OBEYED.findall(text) == []
        assert not compact or "\n" not in text
        json_text(value, compact=compact).encode()


def test_half_a_surrogate_pair_is_replaced_or_kept_as_an_escape() -> None:
    assert json_text("a\ud800b") == '"a\ufffdb"'
    assert json_text("a\ud800b", keep_surrogates=True) == '"a\\ud800b"'


def test_settings_and_state_take_any_name_of_a_folder(tmp_path: Path) -> None:
    named = "/a\x7fb\x9bc\u202ed\te\"f'g\\h"
    save(tmp_path, theme=named)
    assert load(tmp_path).theme == named
    state = State(tmp_path / "state.json")
    assert state.remember_export(ExportState(folder=named), print)
    assert state.export == ExportState(folder=named)
