"""Every option of every command with values that nobody means: words and a status, never a traceback."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from commanding import ARGUMENTS, Capture, good, run
from lfroadmap.cli.arguments import COMMON, LANGUAGE
from lfroadmap.cli.options import Argument
from matrices import quick_every, quick_first

NINES = "9" * 5000
VALUES = (
    "", "-1", "9" * 30, NINES, f"1,{NINES}", "1" * 100_000, "\0", "a\0b", "\udc80\udcff", "\ud800", "x" * 300,
    "x" * 100_000, "\n", "\x1b[31m", "../..", "nan", "1e999", "--", "*", "²", ",", "1,", " ", "\u202e",
    "a\rb", "-99999", "2026-02-31", "99:99", "/proc/self/mem",
)  # fmt: skip
"""None of them is a value that an option with few values takes."""
STRICT = {"--limit", "--stages", "--reload", "--lang", "--bidi", "--at", "--since", "--until", "--format"}
STRICT |= {"--days"}
MOMENTS = {"--at", "--since", "--until"}
"""They take -1 for yesterday."""
FILE = "plan.json"
LINES: dict[str, tuple[str, ...]] = {
    "open": ("plan",), "new": ("other",), "templates": (), "calc": ("funnel", "1000", "200"),
    "measure": ("nowhere.csv",), "serve": ("token", "list"),
    "share": ("plan", "ws://127.0.0.1:9/room", "--token-file", FILE),
    "join": ("ws://127.0.0.1:9/room", "--token-file", FILE), "leave": ("plan",), "team": ("plan",),
    "guide": ("models",), "mcp": (), "list": (), "portfolio": (), "show": ("plan",),
    "due": (), "remind": (), "people": (),
    "search": ("pilot",), "list-tasks": ("--open",),
    "export": ("json", "plan", "-o", "-"),
    "import": (FILE, "--into", "plan"), "diff": (FILE, "now"), "history": ("plan",), "snapshot": ("plan",),
    "add": ("--card", "pilot", "Call"), "set": ("pilot.owner", "Dana"),
    "tick": ("launch.pilot.pick-segment",),
    "untick": ("launch.pilot.pick-segment",), "move": ("launch.pilot.pick-segment", "--card", "scale"),
    "kpi": ("close rate", "5"), "bind": ("close rate", "close_rate"), "watch-measure": ("nowhere.csv",),
    "wait": ("pilot", "--for", "goals"), "repeat": ("launch.pilot.pick-segment", "week"),
    "moves": ("pilot", "close rate"), "note": ("goals", "words"), "take": ("sales-pipeline.negotiation",),
    "stage": ("add", "Partners"), "card": ("add", "Agents", "--stage", "launch"),
    "calculator": ("add", "Deals", "--card", "goals", "--kind", "pipeline"),
    "apply": (), "completion": ("bash",),
    "bin": ("plan",), "rename": ("plan", "plan"),
    "settings": ("author",),
    "remove": ("other",), "doctor": (FILE,), "schema": (), "path": ("plan",), "help": (),
}  # fmt: skip
"""A line of each command that is understood."""
# what goes on until it is ended is left out
OPTIONS = [
    (command, argument)
    for command, arguments in ARGUMENTS.items()
    for argument in (*arguments, *((*COMMON, LANGUAGE) if command == "list" else ()))
    if argument.names[-1] != "--watch"  # which goes on until it is ended
    and (command, argument.field) not in (("watch-measure", "words"), ("serve", "words"))  # as do these
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    """A person with one roadmap and its export, who answers no question."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LFROADMAP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    here = tmp_path / "so" / "deep"  # what is above belongs to this test, too
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    good(capsys, "new", "plan")
    good(capsys, "export", "json", "plan", "-o", FILE)
    return tmp_path


def test_every_command_has_a_line() -> None:
    assert LINES.keys() == ARGUMENTS.keys()


def lines(command: str, argument: Argument, value: str) -> Sequence[Sequence[str]]:
    """Lines with a value for an argument: joined, apart, twice."""
    line, name = (command, *LINES[command]), argument.names[-1]
    if not name.startswith("-"):
        return ((command, value), (*line, value))
    joined = (*line, f"{name}={value}")
    return (joined, (*line, name, value), (*joined, name, value)) if argument.takes_value else (joined,)


@pytest.mark.parametrize(
    ("command", "argument"),
    quick_every(10, OPTIONS),
    ids=[f"{command} {argument.names[-1]}" for command, argument in OPTIONS],
)
@pytest.mark.parametrize("every_way", quick_first([False, True]))
def test_nonsense_is_answered_with_words(
    command: str, argument: Argument, every_way: bool, capsys: Capture
) -> None:
    name = argument.names[-1]
    for number, value in enumerate(VALUES):
        ways = lines(command, argument, value)
        for argv in ways if every_way else [ways[number % len(ways)]]:
            ran = run(capsys, *argv)
            is_wrong = name in STRICT and not (name in MOMENTS and value == "-1")
            assert ran.status in ((2,) if is_wrong else (0, 1, 2)), (argv, ran)
            assert ran.status == 0 or ran.err.startswith("lfroadmap: ") or ran.out, (argv, ran)
            assert "Traceback" not in ran.err
    assert good(capsys, "path", "plan")  # nothing was taken away


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("history", "--limit", "-1"), "--limit takes a whole number"),
        (("history", "--limit", "many"), "--limit takes a whole number"),
        (("history", "--limit", NINES), "--limit takes a whole number"),
        (("export", "json", "--stages", f"1,{NINES}", "-o", "-"), "does not name stages"),
        (("export", "json", "--stages=--", "-o", "-"), "--stages is empty"),
        (("snapshot", "--save", ""), "--save is empty"),
        (("show", ""), "NAME is empty"),
        (("list", "--data-dir=--"), "--data-dir is empty"),
        (("diff", FILE, "now", "-o", "comparison"), "no format"),
        (("new", "a\0b"), r"'a\x00b' holds a character"),
    ],
)
def test_what_is_wrong_and_what_to_do_is_said(argv: tuple[str, ...], message: str, capsys: Capture) -> None:
    ran = run(capsys, *argv)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
    assert "lfroadmap --help" in ran.err


def test_a_limit_that_counts_is_taken(capsys: Capture) -> None:
    for name in ("a", "b"):
        good(capsys, "snapshot", "plan", "--save", name)
    assert good(capsys, "history", "plan", "--limit", "1000000000") == good(
        capsys, "history", "plan", "--limit=0"
    )
