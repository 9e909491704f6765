"""Every line that the commands print: one way out, in the order of the terminal, and commands to copy."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commanding import edited, program, write
from lfroadmap.bidi.dialect import DIALECTS
from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.marks import DIRECTION_MARKS
from lfroadmap.bidi.terminals import DialectName
from lfroadmap.cli.commands import COMMANDS
from lfroadmap.roadmap.edits import SetField, SetTask
from lfroadmap.store.library.library import Library
from matrices import quick_first
from source import modules, nodes_in
from terminal import Terminal, environment

PROGRAM = [sys.executable, "-m", "lfroadmap"]
NAME = "תוכנית רבעון 3"
WIDTH = 70
WAYS_OUT = ("cli/output.py", "cli/streams.py")
"""The way of text out, and the stream that stands for a closed one."""

PRINTED = {
    "list": ("list", 0),
    "portfolio": ("portfolio", 0),
    "due": ("due --days 3650", 0),
    "remind": ("remind", 0),
    "people": ("people", 0),
    "history": ("history", 0),
    "snapshot": ("snapshot", 0),
    "bin": ("bin", 0),
    "--help": ("--help", 0),
    "no such command": ("shw", 1),
    "a wrong option": ("list --nothing", 2),
    "an empty bin": ("bin plan", 0),
    "path": ("path", 0),
    "doctor": ("doctor plan", 0),
    "made": ("new another", 0),
    **{f"help {name}": (f"help {name}", 0) for name in COMMANDS},
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a roadmap of a Hebrew name, its history, a snapshot and something in the bin."""
    folder = tmp_path_factory.mktemp("printed")
    edited(folder, "plan")
    edited(folder, NAME)
    edited(folder, "ישן")
    Library(folder / "data").remember(NAME, "overview")
    text = 'החלטה על תמחור של כ-1,250,000 ₪ כולל מע"מ עם Salesforce ועם כל שאר הספקים שלנו'
    due = SetTask("launch.pilot.pick-segment", "due", "2026-01-02")
    write(Library(folder / "data").path(NAME), "דנה", SetField("strategy.goals.owner", text), due)
    for argv in (("snapshot", "--save", "לפני הישיבה"), ("remove", "ישן")):
        assert program(environment(folder), *argv, cwd=folder).returncode == 0
    return folder


def on_terminal(home: Path, line: str, dialect: str = "plain", width: int = WIDTH) -> tuple[list[str], str]:
    """The lines that a command shows in a terminal, and what was sent."""
    argv = [*PROGRAM, *shlex.split(line), "--lang", "he", "--bidi", dialect]
    with Terminal(argv, environment(home), columns=width, lines=250) as terminal:
        terminal.wait_exit()
    return [shown.rstrip() for shown in terminal.screen.display], terminal.output.decode()


def hebrew_words(text: str) -> list[str]:
    return re.findall("[א-ת]{3,}", text)


@pytest.mark.parametrize("name", quick_first(list(PRINTED)))
def test_a_line_is_wrapped_ordered_and_aligned_from_the_right(home: Path, name: str) -> None:
    line, status = PRINTED[name]
    piped = program(environment(home, "he_IL.UTF-8"), *shlex.split(line), cwd=home)
    assert piped.returncode == status
    read = piped.stdout + piped.stderr
    # a path is not wrapped, so that it can be copied, and people have as many weeks as there is room for
    width = 250 if name in ("path", "people") else WIDTH
    shown, _ = on_terminal(home, line if name != "made" else "new yet-another", width=width)
    drawn = [line for line in shown if line.strip()]
    whole = " ".join(word[::-1] for line in drawn for word in reversed(line.split()))
    missing = [word for word in hebrew_words(read) if word not in whole]
    assert not missing, "words that are broken or backwards"
    assert all(len(line) <= width for line in shown)
    assert any(len(line) == width for line in drawn)
    assert 2 * sum(len(line) > width - 25 for line in drawn) >= len(drawn), (
        "lines that do not begin on the right"
    )


@pytest.mark.parametrize("name", quick_first(list(PRINTED)))
def test_what_is_piped_is_in_the_order_of_reading(home: Path, name: str) -> None:
    line, status = PRINTED[name]
    if name == "made":
        line = "new piped"
    ran = program(environment(home, "he_IL.UTF-8"), *shlex.split(line), cwd=home)
    assert ran.returncode == status
    said = ran.stdout + ran.stderr
    assert not re.search("[\x1b\u2066-\u2069\u2800]", said) and not re.search("^ {20}", said.split("\n")[0])
    assert not [command for command in suggested(said) if re.search(f"[{DIRECTION_MARKS}]", command)]
    if name in ("list", "history", "snapshot", "bin", "path"):
        assert not re.search(f"[{DIRECTION_MARKS}]", said)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", quick_first(list(DIALECTS)))
@pytest.mark.parametrize("line", ["list", "shw", "help show"])
def test_every_dialect_is_used(home: Path, line: str, name: DialectName) -> None:
    plain, _ = on_terminal(home, line)
    shown, sent = on_terminal(home, line, name)
    words = hebrew_words("\n".join(plain))
    match name:
        case "plain":
            assert shown == plain
        case "explicit":
            assert (
                sent.replace("\x1b[8l", "").replace("\x1b[8h", "").split()
                == on_terminal(home, line)[1].split()
            )
            assert sent.count("\x1b[8l") == sent.count("\x1b[8h") > 0
        case "lrm":
            assert not re.search("[א-ת](?!\u200e)", sent)
        case _:  # words stand backwards, for the terminal to turn them around
            assert [word for word in words if word[::-1] not in "\n".join(shown)] == []


def test_a_question_stands_from_the_right_and_is_answered_under_it(home: Path) -> None:
    argv = [*PROGRAM, "bin", "--empty", "--lang", "he", "--bidi", "plain"]
    with Terminal(argv, environment(home), columns=WIDTH) as terminal:
        lines = terminal.wait_for("[y/N]").rstrip().split("\n")
        assert any("תחא םיכרד תפמ" in line and len(line.rstrip()) == WIDTH for line in lines)
        terminal.send("n\r")
        assert terminal.wait_exit() == 0


# ------------------------------------------------------------------ commands to copy


def ids(home: Path) -> dict[str, str]:
    return Library(home / "data").ids()


def suggested(text: str) -> list[str]:
    """The commands that stand on a line of their own, or before a column of words."""
    lines = (line.strip() for line in text.split("\n"))
    return [line.split("  ")[0] for line in lines if line.startswith("lfroadmap ")]


@pytest.mark.parametrize("locale", ["he_IL.UTF-8", "en_US.UTF-8"])
def test_a_suggested_command_runs_as_it_stands(tmp_path: Path, locale: str) -> None:
    edited(tmp_path, NAME)
    env = environment(tmp_path, locale)

    def suggestion(*argv: str) -> tuple[str, ...]:
        ran = program(env, *argv, cwd=tmp_path)
        (command,) = suggested(ran.stdout + ran.stderr)
        assert command.isascii()
        return tuple(shlex.split(command)[1:])

    assert program(env, *suggestion("remove", NAME), cwd=tmp_path).returncode == 0
    assert Library(tmp_path / "data").names() == (NAME,)
    assert program(env, *suggestion("show", "q3"), cwd=tmp_path).returncode == 0
    assert program(env, *suggestion("snapshot", "q3"), cwd=tmp_path).returncode == 0


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("folder", ["other data", "של 'דנה' \\ ab"])
def test_a_suggested_command_works_in_the_folder_that_was_named(tmp_path: Path, folder: str) -> None:
    env, there = environment(tmp_path), str(tmp_path / folder)
    ran = program(env, "list", "--data-dir", there, cwd=tmp_path)
    (command,) = suggested(ran.stdout)
    assert command.isascii()
    shell = ["bash", "-c", f"{shlex.join(PROGRAM)} {command.removeprefix('lfroadmap ')}"]
    assert subprocess.run(shell, env=env, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert Library(tmp_path / folder).names() == ("liquid-funnel",)
    assert "--data-dir" not in program(env, "help", "list", "--data-dir", there, cwd=tmp_path).stdout


@pytest.mark.parametrize("locale", ["he_IL.UTF-8", "en_US.UTF-8"])
@pytest.mark.quick_cases(1)
def test_a_command_is_whole_on_a_narrow_terminal(home: Path, locale: str) -> None:
    argv = [*PROGRAM, "snapshot", "plan", "--bidi", "plain"]
    with Terminal(argv, environment(home, locale), columns=60) as terminal:
        assert terminal.wait_exit() == 0
    assert suggested(terminal.text()) == ['lfroadmap snapshot --save "before the board meeting"']


BY_ID = (
    "show {id}", "show {id} --json", "history {id}", "snapshot {id}", "path {id}", "bin {id}",
    "diff -1 --of {id}", "diff {id}", "export json {id} -o -", "export md {id} -o -", "doctor {id} --check",
    "import {table} --into {id} --create-cards --yes", "remove {id}", "bin --restore {id}",
)  # fmt: skip


@pytest.mark.proof
def test_every_command_takes_the_id(tmp_path: Path) -> None:
    edited(tmp_path, NAME)
    id_ = ids(tmp_path)[NAME]
    table = tmp_path / "tasks.csv"
    table.write_text("task,card\nלבדוק,יעדים\n", encoding="utf-8")
    env = environment(tmp_path)
    assert id_.isascii() and id_ in program(env, "list", cwd=tmp_path).stdout
    for line in BY_ID:
        ran = program(env, *shlex.split(line.format(id=id_, table=table)), cwd=tmp_path)
        assert ran.returncode == 0, (line, ran.stderr)
    with Terminal([*PROGRAM, id_], environment(tmp_path), columns=100, lines=30) as terminal:
        terminal.wait_for("Acme")
        terminal.send("\x11")
        assert terminal.wait_exit() == 0


def test_a_name_goes_before_an_id_and_ids_differ(tmp_path: Path) -> None:
    edited(tmp_path, NAME)
    id_ = ids(tmp_path)[NAME]
    edited(tmp_path, id_)
    edited(tmp_path, "my plan")
    found = ids(tmp_path)
    assert found[id_] == id_ and found[NAME] != id_ and len(set(found.values())) == 3
    library = Library(tmp_path / "data")
    assert {text: library.find(text) for text in found.values()} == {id_: name for name, id_ in found.items()}
    assert library.find("r-nothing") is None and library.find("../x") is None


# ------------------------------------------------------------------ one way out


def ways_out(tree: ast.AST) -> Iterator[str]:
    """Calls by which text could leave the program, beside the one way."""
    for node in nodes_in(tree, ast.Call, ast.Name, ast.alias, ast.Attribute):
        match node:
            case ast.Call(func=ast.Name(id=("print" | "input") as name)):
                yield name
            case ast.Call(func=ast.Attribute(attr=("write" | "writelines" | "print" | "input") as name)):
                yield name
            case ast.Name(id="Console") | ast.alias(name="Console") | ast.Attribute(attr="Console"):
                yield "Console"


def test_there_is_no_other_way_out() -> None:
    commands = {
        path: tree for path, tree in modules().items() if path.startswith("cli/") or path == "main.py"
    }
    assert len(commands) > 20
    found = {path: [*ways_out(tree)] for path, tree in commands.items() if path not in WAYS_OUT}
    assert {path: names for path, names in found.items() if names} == {}
    assert {"print", "input", "Console"} <= set(ways_out(commands["cli/output.py"]))


def test_a_line_in_order_is_what_the_screen_draws(home: Path) -> None:
    shown, _ = on_terminal(home, "list", width=100)
    row = next(line for line in shown if ids(home)[NAME] in line)
    assert row.endswith(f"{line_of(NAME, 1).glyphs} *")
