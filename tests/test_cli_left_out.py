"""Every command that reads a roadmap says how many things of it are not shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from commanding import Capture, run, settle
from foreign_peer import write_by_peer
from lfroadmap.cli.commands import COMMANDS
from lfroadmap.roadmap.edits import SetKpi
from lfroadmap.store.store import Store
from lfroadmap.words import LANGUAGES, Language, words
from listening import PLAN, Person

LONG_AGO = "2020-01-01"
READING = {
    "show": ("show", "plan"),
    "show json": ("show", "plan", "--json"),
    "show now": ("show", "plan", "--at", "now"),
    "show a snapshot": ("show", "plan", "--at", "first"),
    "show a day": ("show", "plan", "--at", LONG_AGO),
    "export": ("export", "json", "plan", "-o", "-"),
    "export a day": ("export", "json", "plan", "--at", LONG_AGO, "-o", "-"),
    "export all": ("export", "--all", "plan", "--history", "-o", "."),
    "diff": ("diff", LONG_AGO, "--of", "plan"),
    "diff of snapshots": ("diff", "first", "now", "--of", "plan"),
    "diff with another": ("diff", "now", "plan", "--of", "sound"),
    "history": ("history", "plan"),
    "list": ("list",),
    "list json": ("list", "--json"),
    "portfolio": ("portfolio",),
    "portfolio json": ("portfolio", "--json"),
    "due": ("due",),
    "people": ("people",),
    "due json": ("due", "--json", "--in", "plan"),
    "export portfolio": ("export", "html", "--portfolio", "-o", "-"),
    "search": ("search", "--in", "plan", "task"),
    "list-tasks": ("list-tasks", "--in", "plan"),
    "bin": ("bin", "plan"),
    "bin empty": ("bin", "plan", "--empty", "--yes"),
    "snapshot save": ("snapshot", "plan", "--save", "second"),
    "snapshot restore": ("snapshot", "plan", "--restore", "first"),
    "new": ("new", "other", "--copy", "plan"),
    "add": ("add", "--in", "plan", "--card", "c", "Call"),
    "tick": ("tick", "--in", "plan", "t1"),
    "untick": ("untick", "--in", "plan", "t1"),
    "move": ("move", "--in", "plan", "t1", "--card", "d"),
    "set": ("set", "--in", "plan", "c.f", "text"),
    "kpi": ("kpi", "--in", "plan", "k", "5"),
    "wait": ("wait", "--in", "plan", "t1", "--for", "d"),
    "repeat": ("repeat", "--in", "plan", "t1", "week"),
    "moves": ("moves", "--in", "plan", "c", "k"),
    "bind": ("bind", "--in", "plan"),
    "note": ("note", "--in", "plan", "c", "Called them"),
    "take": ("take", "sales-pipeline.negotiation", "--into", "plan"),
    "stage": ("stage", "add", "--in", "plan", "New"),
    "card": ("card", "rename", "--in", "plan", "c", "New"),
    "calculator": ("calculator", "add", "--in", "plan", "--card", "c", "--kind", "unit", "New"),
    "import into": ("import", "sound.roadmap", "--into", "plan", "--yes"),
}
"""What a command does -> its line."""
OTHERS = {
    "open", "templates", "calc", "measure", "watch-measure", "guide", "rename", "remove", "path", "doctor",
    "settings", "schema", "help", "completion", "apply", "serve", "mcp",
    "share", "join", "leave", "team", "remind",
}  # fmt: skip
"""Commands that read no roadmap's file, or say what is left out in a way of their own, or as others do."""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of `plan`, with a snapshot `first` and two things that cannot be read; `sound` has none."""
    home = settle(tmp_path, monkeypatch)
    path = home / "data" / "roadmaps" / "plan.roadmap"
    path.parent.mkdir(parents=True)
    Store.create(path, PLAN, "dana")
    person = Person(path, "dana")
    person.store.mark("first")
    person.does(SetKpi("k", "baseline", "1"))
    person.leaves()
    shutil.copy(path, path.with_name("sound.roadmap"))
    shutil.copy(path, home / "here" / "sound.roadmap")
    write_by_peer(path, lambda m: m.tasks.update({"x": "boo", "y": 5}))
    return path


def copied_plainly(path: Path) -> None:
    """Have the file opened by its plain copy."""
    person = Person(path, "dana")
    person.does(SetKpi("k", "baseline", "2"))
    person.leaves()


def plain(text: str) -> str:
    """A text without invisible characters, and without the breaks of its lines."""
    return "".join(sign for sign in text if sign.isalnum())


def notices(path: Path, err: str, language: Language = "en") -> int:
    """How many notices there are of the two things that cannot be read."""
    return plain(err).count(plain(words(language)("recovery.left_out", path=path, n=2)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_reports_what_is_left_out_with_and_without_the_plain_copy(
    path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setenv("LANG", {"he": "he_IL.UTF-8"}.get(language, "en_US.UTF-8"))
    line = words(language).plural("saved.left_out", 2)
    for _ in range(2):
        ran = run(capsys, "show", "plan")
        assert (ran.status, notices(path, ran.err, language)) == (0, 1)
        for command in (("doctor", str(path)), ("doctor", str(path), "--check")):
            ran = run(capsys, *command)
            assert ran.status == 0
            assert plain(line) in plain(ran.out), command
        assert json.loads(run(capsys, "doctor", str(path), "--json").out)["left_out"] == 2
        copied_plainly(path)


def test_every_command_is_known_here() -> None:
    assert {line[0] for line in READING.values()} | OTHERS == COMMANDS.keys()


@pytest.mark.parametrize("what", READING)
@pytest.mark.quick_cases(9)
def test_every_command_that_reads_a_roadmap_reports_it_once(path: Path, capsys: Capture, what: str) -> None:
    copied_plainly(path)
    ran = run(capsys, *READING[what])
    assert (ran.status, notices(path, ran.err)) == (0, 1), ran.err


@pytest.mark.parametrize("into", [(), ("--into", "sound", "--yes")])
def test_importing_a_copy_reports_what_is_left_out_of_it(
    path: Path, capsys: Capture, into: tuple[str, ...]
) -> None:
    copy = Path("copy.roadmap").absolute()
    copied_plainly(path)
    shutil.copy(path, copy)
    ran = run(capsys, "import", "copy.roadmap", *into)
    assert (ran.status, notices(copy, ran.err), notices(path, ran.err)) == (0, 1, 0), ran.err


@pytest.mark.parametrize("what", READING)
@pytest.mark.quick_cases(9)
def test_nothing_is_reported_of_a_file_that_is_read_completely(
    path: Path, capsys: Capture, what: str
) -> None:
    shutil.copy(path.with_name("sound.roadmap"), path)
    messages = run(capsys, *READING[what]).err.splitlines()
    assert [
        line for line in messages if "Not made" not in line
    ] == []  # the formats that need another program
    assert json.loads(run(capsys, "doctor", str(path), "--json").out)["left_out"] == 0
