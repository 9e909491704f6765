"""A line without something that its command needs names it as the help does."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from commanding import ARGUMENTS, Capture, good, run, settle
from lfroadmap.words import words

WORDS = words("en")
SHORT = {
    "add": ("", "--card pilot"), "set": ("", "pilot.owner"), "tick": ("",), "untick": ("",),
    "move": ("", "launch.pilot.pick-segment"), "kpi": ("", "close"), "note": ("", "goals"), "take": ("",),
    "wait": ("", "goals"), "repeat": ("", "goals"), "moves": ("", "goals"),
    "stage": ("", "add", "rename", "rename launch", "remove"),
    "card": ("", "add", "add Agents", "rename", "rename pilot", "remove"),
    "calculator": (
        "", "add", "add Deals", "add Deals --card pilot", "rename", "rename deals", "remove", "add-row",
        "add-row Acme", "rename-row", "rename-row acme", "remove-row",
    ),
    "calc": ("", "pipeline", "unit", "unit --spend 5"), "templates": ("show",), "new": ("",),
    "export": ("",), "import": ("",), "diff": ("",), "completion": ("",), "remove": ("",),
    "doctor": ("--check",),
}  # fmt: skip
"""Command -> beginnings of lines that lack something."""
LINES = [(command, *line.split()) for command, lines in SHORT.items() for line in lines]
STANDING = [
    (command, argument.field)
    for command, arguments in ARGUMENTS.items()
    for argument in arguments
    if not argument.names[0].startswith("-") and not argument.many
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    settle(tmp_path, monkeypatch)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    good(capsys, "new", "plan")


def synopsis(command: str) -> str:
    return WORDS(f"cli.help_{command}").strip().partition("\n\n")[0]


@pytest.mark.parametrize("line", LINES, ids=" ".join)
@pytest.mark.quick_cases(9)
def test_what_is_missing_is_named_as_in_the_help(line: tuple[str, ...], capsys: Capture) -> None:
    done = run(capsys, *line)
    assert (done.out, done.status) == ("", 2)
    found = re.search(r" needs (\S+)\.\n", done.err)
    assert found, done.err
    for name in found[1].split("|"):
        assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", synopsis(line[0])), done.err


@pytest.mark.parametrize(("command", "field"), STANDING)
@pytest.mark.quick_cases(9)
def test_an_empty_value_is_named_as_in_the_help(command: str, field: str, capsys: Capture) -> None:
    before = [argument for argument in ARGUMENTS[command] if not argument.names[0].startswith("-")]
    at = [argument.field for argument in before].index(field)
    shown = before[at].shown
    done = run(capsys, command, *["x"] * at, "")
    assert done.status == 2 and f"{shown} is empty" in done.err, done.err
    for name in shown.split("|"):
        assert name in synopsis(command), (shown, synopsis(command))
