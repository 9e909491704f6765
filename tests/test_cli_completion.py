"""Completion: what may stand at the cursor, and the shells themselves with it."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commanding import ARGUMENTS, Capture, at_home, good, program, run, stored
from lfroadmap.cli.argument_kinds import kind_of
from lfroadmap.cli.arguments import COMMON, LANGUAGE
from lfroadmap.cli.commands import COMMANDS
from lfroadmap.cli.completing import SHELLS, VALUES
from lfroadmap.cli.completion import unquoted
from lfroadmap.cli.manual import TOPICS
from lfroadmap.export import FORMATS
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.tree import places
from terminal import Terminal, environment

NAME = "acme"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of somebody with two roadmaps, of which each test has a copy."""
    folder = tmp_path_factory.mktemp("made")
    env = {**os.environ, "LANG": "en_US.UTF-8", "LFROADMAP_DATA_DIR": str(folder / "data"),
           "LFROADMAP_CONFIG_DIR": str(folder / "config")}  # fmt: skip
    lines = [("new", NAME), ("new", "Q3 plan")]
    tasks = ("Ask the bank: now", "Ask them", "Twice", "Twice")
    lines += [("add", "--in", NAME, "--card", "pilot", text) for text in tasks]
    lines += [("tick", "--in", NAME, "ask them")]
    for line in lines:
        assert program(env, *line, cwd=folder).returncode == 0
    return folder / "data"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Path) -> Path:
    at_home(tmp_path, monkeypatch)
    shutil.copytree(made, tmp_path / "data")
    return tmp_path


def answers(capsys: Capture, *words: str) -> list[str]:
    """What may stand in place of the last word of a line."""
    out = good(capsys, "completion", "--words", "\n".join(["lfroadmap", *words, "."]))
    return [line.partition("\t")[0] for line in out.splitlines()]


def in_bash(capsys: Capture, line: str) -> list[str]:
    return good(capsys, "completion", "--line", line).splitlines()


def test_every_argument_has_a_kind_of_value() -> None:
    for command, arguments in ARGUMENTS.items():
        for each in (*arguments, *COMMON, LANGUAGE):
            kind = kind_of(command, each.names[-1])
            if each.takes_value or each.many:
                assert kind.removesuffix("_words") in VALUES, (command, each)
            else:
                assert kind == ""


def test_commands_come_first_and_roadmaps_that_open(capsys: Capture, home: Path) -> None:
    found = answers(capsys, "")
    assert found[: len(COMMANDS)] == [*COMMANDS]
    assert {*found[len(COMMANDS) :]} == {NAME, "Q3 plan"}
    assert answers(capsys, "ac") == [NAME]
    assert answers(capsys, "--lang", "he", "unt") == ["untick"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("add", "--c"), ["--card"]),
        (("add", "--card", "x", "--c"), []),
        (("add", "--quiet", "--q"), []),
        (("--la",), ["--lang"]),
        (("show", "--lang", ""), ["he", "en"]),
        (("add", "--in", NAME, "--card", "p"), ["personalization", "pilot"]),
        (("add", "--in", NAME, "--card=p"), ["--card=personalization", "--card=pilot"]),
        (("set", "--in", NAME, "pilot.d"), ["pilot.deadline", "pilot.decision"]),
        (("kpi", "--in", NAME, "c"), ["close-rate"]),
        (("stage", "rename", "--in", NAME, "l"), ["launch"]),
        (("stage", "add", "--in", NAME, "l"), []),
        (("card", "re"), ["rename", "remove"]),
        (("untick", "--in", NAME, ""), ["Ask them"]),
        (("tick", "--in", NAME, "ask the"), ["Ask the bank: now"]),
        (("history", "Q"), ["Q3 plan"]),
        (("import", ""), [":files"]),
        (("diff", "--format", ""), ["html", "json"]),
        (("completion", ""), [*SHELLS]),
        (("guide", "m"), ["models", "measuring"]),
        (("settings", "date"), ["date_format"]),
        (("settings", "keymap", ""), ["standard", "vim"]),
        (("new", "x", "--c"), ["--copy", "--choose"]),
        (("add", "--in", "nope", "--card", ""), []),
        (("no such command", ""), []),
        (("show", "--at", ""), []),
    ],
)
def test_what_may_stand_there(capsys: Capture, home: Path, words: tuple[str, ...], found: list[str]) -> None:
    assert answers(capsys, *words) == found


def test_formats_and_help_are_complete(capsys: Capture, home: Path) -> None:
    assert answers(capsys, "export", "") == [*FORMATS]
    assert answers(capsys, "help", "") == [*COMMANDS, *TOPICS]


def test_two_of_one_name_are_named_by_their_ids(capsys: Capture, home: Path) -> None:
    twice = [
        place.node.id
        for place in places(stored(home, NAME))
        if isinstance(place.node, Task) and place.node.text == "Twice"
    ]
    assert {*twice} <= {*answers(capsys, "tick", "--in", NAME, "")}


@pytest.mark.proof
def test_what_is_answered_names_one_node(capsys: Capture, home: Path) -> None:
    """Each answer can be given to the command."""
    for task in answers(capsys, "tick", "--in", NAME, ""):
        good(capsys, "tick", "--in", NAME, "--", task)
    for field in answers(capsys, "set", "--in", NAME, ""):
        good(capsys, "set", "--in", NAME, field, "")
    for card in answers(capsys, "add", "--in", NAME, "--card", ""):
        good(capsys, "add", "--in", NAME, "--card", card, "x")


def test_another_folder_is_looked_into(capsys: Capture, home: Path) -> None:
    good(capsys, "--data-dir", str(home / "other"), "new", "there")
    assert answers(capsys, "--data-dir", str(home / "other"), "show", "") == ["there"]


def test_a_broken_roadmap_is_answered_with_nothing(capsys: Capture, home: Path) -> None:
    (home / "data" / "roadmaps" / f"{NAME}.roadmap").write_bytes(b"no roadmap")
    assert answers(capsys, "tick", "--in", NAME, "") == []


@pytest.mark.proof
@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"lfroadmap tick --in {NAME} Ask\\ the", [r"Ask\ the\ bank:\ now"]),
        (f"lfroadmap tick --in {NAME} Ask\\ the\\ bank:", [r"\ now"]),
        (f"lfroadmap tick --in {NAME} 'Ask the", ["Ask the bank: now"]),
        (f'lfroadmap tick --in {NAME} "Ask the', ["Ask the bank: now"]),
        (f"lfroadmap add --in {NAME} --card=p", ["personalization", "pilot"]),
        ("lfroadmap show Q", [r"Q3\ plan"]),
        ("lfroadmap export", ["export"]),
        ("lfroadmap export ", [*FORMATS]),
        ("lfroadmap tick 'un'fin\\", []),
    ],
)
def test_bash_is_given_words_as_it_has_quoted_them(
    capsys: Capture, home: Path, line: str, found: list[str]
) -> None:
    assert in_bash(capsys, line) == found


@pytest.mark.parametrize(
    "word", ["a", "a b", "'", '"', "\\", "a'b", 'a"b', "א ב", "$x", "a\\b", "`x`", "*", "(x)", "a;b", "!"]
)
def test_a_quoted_word_is_read_as_a_shell_does(word: str) -> None:
    assert unquoted(shlex.quote(word)) == word


@pytest.mark.parametrize("argv", [(), ("csh",), ("",)])
def test_a_shell_must_be_known(capsys: Capture, home: Path, argv: tuple[str, ...]) -> None:
    assert run(capsys, "completion", *argv).status == 2


# ------------------------------------------------------------------ the shells themselves

STARTS = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "-i"),
}
SETTLES = {
    "bash": "PS1='ready> '; source <(lfroadmap completion bash)",
    "zsh": "PROMPT='ready> '; autoload -U compinit; compinit -u; source <(lfroadmap completion zsh)",
    "fish": "function fish_prompt; echo -n 'ready> '; end; lfroadmap completion fish | source",
}


@pytest.mark.proof
@pytest.mark.parametrize("shell", SHELLS)
def test_a_real_shell_completes_with_it(home: Path, capsys: Capture, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    env = environment(home) | {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "LFROADMAP_DATA_DIR": str(home / "data"),
        "HOME": str(home),
    }
    with Terminal(STARTS[shell], env, columns=150) as terminal:
        terminal.send(f"{SETTLES[shell]}\r")
        terminal.wait_for("\nready>")
        terminal.send(f"lfroadmap tick --in {NAME} Ask\\ the\t")
        terminal.wait_for(lambda shown: "bank" in shown.splitlines()[-1] or "bank:" in shown)
        terminal.send("\r")
        terminal.wait_for("ticked: Ask the bank: now")
        terminal.send("lfroadmap untick --quiet --in Q3\t")
        terminal.wait_for(lambda shown: "Q3\\ plan" in shown)
        terminal.send("\x15lfroadmap compl\t")
        terminal.wait_for("lfroadmap completion")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_one_that_its_shell_can_read(home: Path, capsys: Capture, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    script = good(capsys, "completion", shell)
    checked = subprocess.run(
        [shell, "-n"], input=script, text=True, capture_output=True, check=False, timeout=60
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("verb", "own"),
    [
        ("funnel", {"--what-if"}), ("pipeline", {"--map", "--order"}),
        ("unit", {"--spend", "--customers", "--value", "--months"}),
    ],
)  # fmt: skip
def test_a_calculator_has_its_own_options(capsys: Capture, home: Path, verb: str, own: set[str]) -> None:
    every = {"--what-if", "--map", "--order", "--spend", "--customers", "--value", "--months"}
    assert {*answers(capsys, "calc", verb, "--")} & every == own
