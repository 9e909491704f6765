"""What the commands print about and in right-to-left text: in a terminal, and piped."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

import terminal as harness
from commanding import Capture, edited, program, run
from lfroadmap.bidi.dialect import DIALECTS, encode_texts
from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.terminals import DialectName
from lfroadmap.cli.doctor import SENTENCE
from lfroadmap.settings import load
from lfroadmap.words import words
from matrices import quick_first
from terminal import Terminal, environment, keys

PROGRAM = [sys.executable, "-m", "lfroadmap"]
ASKED = b"\x1b[8$p"
HEBREW = re.compile("[א-ת]")
ISOLATES = re.compile("[\u2066-\u2069]")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    edited(tmp_path, "plan")
    return tmp_path


def shown(home: Path, *argv: str, **env: str) -> Terminal:
    """`show` in a terminal, when it has ended."""
    with Terminal(
        [*PROGRAM, "show", "plan", *argv], environment(home) | env, columns=100, lines=300
    ) as terminal:
        assert terminal.wait_exit() == 0
    return terminal


def piped(home: Path, *argv: str) -> str:
    """What a command prints that runs without a terminal."""
    ran = program(environment(home) | {"COLUMNS": "100"}, *argv, cwd=home)
    assert ran.returncode == 0
    return ran.stdout


# ------------------------------------------------------------------ show


@pytest.mark.proof
def test_what_is_piped_is_in_the_order_of_reading(home: Path) -> None:
    plain = piped(home, "show", "plan", "--lang", "he")
    assert "אחראי/ת" in plain and "דנה לוי" in plain
    for name in ("auto", *DIALECTS):
        assert piped(home, "show", "plan", "--lang", "he", "--bidi", name) == plain
    assert not re.search("[\x1b\u200e\u2066-\u2069\u2800]", plain)


def test_a_hebrew_report_stands_from_right_to_left_in_a_terminal(home: Path) -> None:
    lines = shown(home, "--lang", "he", "--bidi", "plain").screen.display
    assert lines[0] == "Acme".rjust(100)
    owner = next(line for line in lines if "יול הנד" in line)
    assert owner.rstrip().endswith("ת/יארחא") and owner.index("יול הנד") < owner.index("ת/יארחא")
    task = next(line for line in lines if "קושה יחלפ תא רוחבל" in line)
    assert task.rstrip().endswith("✓")
    heads = next(line for line in lines if "ת/יארחא" in line and "דדמ" in line)
    assert heads.rstrip().endswith("דדמ") and len(heads.rstrip()) == 100
    rule = next(line for line in lines if "══" in line or "──" in line)
    assert rule.startswith("─") and rule.endswith("תומדקתה")
    bars = [line for line in lines if "━" in line]
    assert bars and all(line.rindex("─") < line.index("━") for line in bars)


@pytest.mark.proof
def test_an_english_report_keeps_its_layout_and_turns_hebrew(home: Path) -> None:
    printed, terminal = piped(home, "show", "plan"), shown(home, "--lang", "en")
    lines = [line.rstrip() for line in terminal.screen.display]
    owner = next(line for line in lines if "יול הנד" in line)
    assert owner.lstrip().startswith("Owner") and owner.endswith("  יול הנד")
    checked = [line.strip() for line in printed.splitlines() if line.lstrip().startswith(("□", "✓"))]
    assert len(checked) > 50 and [line for line in checked if line not in "\n".join(lines)] == []
    assert terminal.output.count(ASKED) == 1


def test_a_report_without_hebrew_asks_nothing(tmp_path: Path) -> None:
    assert piped(tmp_path, "new", "plan")
    output = shown(tmp_path, "--lang", "en").output
    assert ASKED not in output and b"\x1b[8" not in output


@pytest.mark.parametrize("name", quick_first(["kitty", "explicit", "lrm", "word", "mlterm"]))
def test_show_writes_in_the_dialect(home: Path, name: DialectName) -> None:
    plain = shown(home, "--lang", "he", "--bidi", "plain").output.decode()
    text = shown(home, "--lang", "he", "--bidi", name).output.decode()
    if name == "explicit":
        assert text == "\x1b[8l" + plain + "\x1b[8h"
    elif name == "lrm":
        assert text.replace("\u200e", "") == plain and not re.search("[א-ת](?!\u200e)", text)
    else:  # a window that was switched for the time of printing would turn the lines around at its end
        assert ("דנה" in text, "הנד" in text) == (True, False)
        assert "\x1b]" not in text
        assert (name == "kitty") == ("\u2800" not in text)


def test_show_takes_what_is_found(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(harness._ANSWERS, ASKED, b"\x1b[8;2$y\x1bP>|VTE(7006)\x1b\\")
    output = shown(home, "--lang", "he").output
    assert output.count(ASKED) == 1
    assert output.endswith(b"\x1b[8h")
    assert b"\x1b[?1049l\x1b[8l" in output


def can_give_back() -> bool:
    """Whether this system lets a program put keys back."""
    pid, terminal = pty.fork()
    if pid == 0:
        try:
            fcntl.ioctl(0, termios.TIOCSTI, b"x")
        except OSError:
            os._exit(1)
        os._exit(0)
    status = os.waitpid(pid, 0)[1]
    os.close(terminal)
    return status == 0


@pytest.mark.proof
@pytest.mark.skipif(not can_give_back(), reason="this system lets no program put keys back")
def test_keys_typed_while_show_asks_are_there_for_the_shell(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(harness._ANSWERS, b"\x1b[c", b"\x1b[?62;22cnext\r")
    script = f"{' '.join(PROGRAM)} show plan --lang he >/dev/tty; read line; echo got:$line"
    with Terminal(["sh", "-c", script], environment(home), lines=300) as terminal:
        terminal.wait_for("got:next")
        assert terminal.wait_exit() == 0


# ------------------------------------------------------------------ doctor


def asks(times: int = 1) -> Callable[[str], bool]:
    """Whether the screen waits for an answer for the so-manieth time."""
    return lambda text: len(re.findall("^>", text, re.MULTILINE)) == times and text.rstrip().endswith(">")


@pytest.mark.parametrize(
    ("lang", "question"), quick_first([("he", "יוארכ תארקנ"), ("en", "Which line reads right?")])
)
def test_doctor_asks_and_remembers(home: Path, lang: str, question: str) -> None:
    env = environment(home) | {"KONSOLE_VERSION": "221202"}
    with Terminal([*PROGRAM, "doctor", "--lang", lang], env, lines=60) as terminal:
        asked = terminal.wait_for(asks())
        assert question in asked
        assert "KONSOLE_VERSION=221202" in asked
        assert "lrm" in asked.split("\n")[0]
        terminal.send("7", keys("enter"))
        terminal.wait_for(asks(2))
        terminal.send("4", keys("enter"))
        assert terminal.wait_exit() == 0
        assert "kitty" in terminal.text().rstrip().split("\n")[-1]
    assert load(home / "config").bidi == "kitty"


def test_doctor_writes_the_sentence_in_each_dialect(home: Path) -> None:
    with Terminal([*PROGRAM, "doctor", "--lang", "en"], environment(home), lines=60) as terminal:
        terminal.wait_for(asks())
    lines = terminal.output.decode().split("\r\n")
    samples = [line for line in lines if "API)" in line and HEBREW.search(line)]
    visual = line_of(SENTENCE, 1).glyphs
    assert [sample.removeprefix("\x1b[8h") for sample in samples] == [
        f"  1   {visual}",
        f"\x1b[8l  2   {visual}",
        *(
            written(name, f"  {number}   {visual}")
            for number, name in ((3, "lrm"), (4, "kitty"), (5, "word"))
        ),
    ]


def written(name: DialectName, text: str) -> str:
    return "".join(encode_texts(DIALECTS[name], [text]))


@pytest.mark.parametrize("answer", quick_first([keys("enter"), "\x04"]))
def test_doctor_changes_nothing_without_an_answer(home: Path, answer: str) -> None:
    with Terminal([*PROGRAM, "doctor"], environment(home), lines=60) as terminal:
        terminal.wait_for(asks())
        terminal.send(answer)
        assert terminal.wait_exit() == 0
    assert not (home / "config").exists()


def test_doctor_goes_back_to_finding_out(home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('bidi = "word"\n')
    with Terminal([*PROGRAM, "doctor"], environment(home), lines=60) as terminal:
        assert "“word”" in terminal.wait_for(asks())
        terminal.send("0", keys("enter"))
        assert terminal.wait_exit() == 0
    assert load(home / "config").bidi == "auto"


def test_doctor_tells_what_it_knows_without_a_terminal(home: Path) -> None:
    printed = piped(home, "doctor", "--lang", "he")
    assert '"plain"' in printed and words("he")("doctor.why_no_sign") in printed
    assert "1   " not in printed and "\x1b" not in printed
    assert "“explicit”" in piped(home, "doctor", "--bidi", "explicit")


# ------------------------------------------------------------------ options, and what may not be printed


@pytest.fixture
def here(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment(home).items():
        monkeypatch.setenv(name, value)
    return home


@pytest.mark.parametrize("lang", ["he", "en"])
def test_an_unknown_dialect_is_told(here: Path, capsys: Capture, lang: str) -> None:
    ran = run(capsys, "--lang", lang, "list", "--bidi", "sideways")
    assert (ran.status, ran.out) == (2, "")
    assert "sideways" in ran.err and "explicit" in ran.err
    (here / "config").mkdir()
    (here / "config" / "settings.toml").write_text('bidi = "sideways"\n')
    ran = run(capsys, "--lang", lang, "list")
    assert ran.status == 1
    assert '"explicit"' in ran.err and "bidi" in ran.err


def test_no_isolates_are_printed(here: Path, capsys: Capture) -> None:
    broken = here / "data" / "roadmaps" / "broken.roadmap"
    broken.write_bytes(b"nothing of ours" * 1000)
    for argv in (
        ["show", "nowhere"], ["show", "broken"], ["list"], ["list", "--json"], ["new", "fresh"],
        ["new", "plan"], ["import", "nowhere.json"], ["doctor"], ["export", "docx"], ["help"], ["path"],
    ):  # fmt: skip
        ran = run(capsys, "--lang", "he", *argv)
        assert not ISOLATES.search(ran.out + ran.err), argv


def test_paths_and_names_stand_whole_in_hebrew() -> None:
    texts = words("he")
    assert "\u2066/tmp/דנה/a.html\u2069" in texts("export.written", path="/tmp/דנה/a.html")
    assert texts("report.of", done=3, total=4) == "3 מתוך 4"
    assert texts("health.late_in_all", n=3).startswith("3 ")
    assert not ISOLATES.search(words("en")("export.written", path="/tmp/a.html"))
    hostile = texts("export.written", path="/tmp/\u202e\x1b[2J\u2069x")
    assert "\u2066/tmp/x\u2069" in hostile
    assert texts("leave.body", why=texts("export.written", path="/tmp/a")).count("\u2066") == 1


FOREIGN = re.compile(r"(?<![א-ת-])(?:--?|\^|\.)?[A-Za-z][\w.+/-]*\w")
"""Keys, options, commands and paths in a Hebrew sentence; a dash behind a Hebrew letter belongs to it."""


def test_keys_options_and_commands_stand_whole_in_hebrew() -> None:
    broken = []
    for key, text in words("he").table.items():
        for line in filter(HEBREW.search, re.sub(r"\{\w+\}", "X7", text).split("\n")):
            drawn = line_of(line, 1).glyphs
            found = FOREIGN.findall(re.sub("[\u200e\u200f]", "", line))
            broken += [(key, piece, drawn) for piece in found if piece not in drawn]
    assert broken == []
