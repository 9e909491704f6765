"""Copying, in the order of typing: by the terminal, and by a program of the system that really runs."""

from __future__ import annotations

import base64
import re
import sys
from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.ui.terminal.system_clipboard import TOOLS, hand_over
from lfroadmap.words import words
from sitting import GOALS, OWNER, Sitting, sitting
from terminal import Terminal, environment, keys

COPY = keys("ctrl+c")
HEBREW = "שלום API 2.0 (עולם)"


@pytest.fixture(autouse=True)
def no_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """No clipboard but the one that a test makes."""
    for tool in TOOLS:
        if tool.needs:
            monkeypatch.delenv(tool.needs, raising=False)


@pytest.fixture
def taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a program by the name of xclip was given."""
    taken = tmp_path / "taken"
    program(tmp_path, monkeypatch, f'cat > "{taken}.part" && mv "{taken}.part" "{taken}"')
    return taken


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    tool = folder / "bin" / "xclip"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\n{script}\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tool.parent), prepend=":")
    monkeypatch.setenv("DISPLAY", ":77")


def plan() -> Roadmap:
    """A card with every kind of field."""
    fields = (
        Field("owner", label="אחראי", value="דנה"),
        Field("until", kind="date", label="עד", value="2026-03-31"),
        Field("pace", kind="choice", label="קצב", options=("weekly",), value="weekly"),
        Field("goals", kind="long", label="יעדים", value="אחד\nשניים"),
        Field("empty", label="ריק"),
    )
    tasks = (
        Task("t1", "למדוד", done=True, done_on="2026-03-01"),
        Task("t2", "API 2.0 לבדוק", due="2026-04-01", owner="רון"),
    )
    return Roadmap("r", "Plan", "", (Stage("s", "שלב", (Card("c", "כרטיס", fields, tasks),)),))


async def copied(at: Sitting) -> str:
    await at.until(lambda: at.notices)
    return at.app.clipboard


@pytest.mark.proof
async def test_a_field_is_copied_whole_or_what_is_selected_of_it(home: Path, taken: Path) -> None:
    async with sitting(home, language="he") as at:
        await at.type(keys("alt+2") + HEBREW)
        assert at.focus == OWNER
        await at.type(COPY)
        assert await copied(at) == HEBREW
        assert taken.read_text("utf-8") == HEBREW
        assert words("he")("copy.done") in at.notices
        taken.unlink()
        await at.type(keys("home") + "\x1b[1;2D" * 3 + COPY)  # Shift with the arrow to the left
        await at.until(taken.exists)
        assert taken.read_text("utf-8") == at.app.clipboard == HEBREW[:3]
        assert await at.stored(OWNER) == HEBREW


@pytest.mark.proof
async def test_a_long_text_is_copied(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(keys("alt+2", "tab", "tab"))
        assert at.focus == GOALS
        await at.type("שורה אחת" + keys("enter") + "line two" + COPY)
        assert await copied(at) == "שורה אחת\nline two"


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", ["he", "en"])
async def test_a_card_is_copied_as_plain_text(home: Path, taken: Path, language: str) -> None:
    async with sitting(home, roadmap=plan(), language=language) as at:
        await at.press("alt+2")
        at.checklist("c").focus()
        await at.type("y")
        day = "31.3.2026" if language == "he" else "2026-03-31"
        fields = f"אחראי: דנה\nעד: {day}\nקצב: weekly\nיעדים: אחד\nשניים"
        done, due = ("1.3.2026", "עד 1.4.2026") if language == "he" else ("2026-03-01", "due 2026-04-01")
        wanted = f"כרטיס (1/2, 50%)\n{fields}\n☑ למדוד · {done}\n☐ API 2.0 לבדוק · רון · {due}"
        assert await copied(at) == wanted
        await at.until(taken.exists)
        assert taken.read_text("utf-8") == wanted


async def test_no_line_of_a_copied_card_is_a_formula_in_a_sheet_and_a_field_is_copied_as_it_is(
    home: Path,
) -> None:
    goals = Field("goals", kind="long", label="Goals", value="first\n=20+22\n- more")
    card = Card("c", "=cmd|'/c calc'!A0", (goals,), (Task("t1", "=1+1"),))
    async with sitting(home, roadmap=Roadmap("r", "Plan", "", (Stage("s", "S", (card,)),))) as at:
        await at.press("alt+2")
        at.checklist("c").focus()
        await at.type("y")
        wanted = " =cmd|'/c calc'!A0 (0/1, 0%)\nGoals: first\n =20+22\n - more\n☐ =1+1"
        assert await copied(at) == wanted
        at.editor("goals").focus()
        await at.type(COPY)
        await at.until(lambda: at.app.clipboard == goals.value)


@pytest.mark.proof
async def test_ctrl_c_copies_a_task_an_option_a_cell_or_says_that_there_is_nothing(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        at.checklist("c").focus()
        await at.type(keys("down") + COPY)
        assert await copied(at) == "API 2.0 לבדוק"
        at.editor("pace").focus()
        await at.type(COPY)
        assert at.app.clipboard == "weekly"
        await at.type(keys("alt+1") + COPY)
        assert at.app.clipboard == "weekly"
        assert words("en")("copy.nothing") in at.notices


async def test_a_cell_of_a_kpi_is_copied(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(keys("alt+6") + COPY)
        assert await copied(at) == at.app.main.context.labels.of(at.app.session.roadmap.kpis[0])


@pytest.mark.proof
async def test_a_program_that_fails_is_told_of(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, "exit 3")
    async with sitting(home) as at:
        await at.type(keys("alt+2") + "x" + COPY)
        await at.until(lambda: "xclip" in at.notices)
        assert "3" in at.notices and words("en")("copy.done") not in at.notices
        assert at.app.clipboard == "x"


def test_without_a_program_nothing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    hand_over("text")


def test_a_program_that_stays_to_answer_holds_up_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, "cat > /dev/null; (sleep 30) &")
    hand_over("text")


@pytest.mark.proof
def test_the_terminal_is_given_the_text(home: Path) -> None:
    command = [sys.executable, "-m", "lfroadmap", "--lang", "he"]
    with Terminal(command, environment(home)) as terminal:
        terminal.wait_for("^Q")
        terminal.send(keys("alt+2"), HEBREW, COPY)
        terminal.wait_for(lambda _: b"\x1b]52;" in terminal.output)
        terminal.read(0.2)
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0
    sent = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", terminal.output)
    assert [base64.b64decode(text).decode() for text in sent] == [HEBREW]


@pytest.mark.proof
async def test_copying_again_does_not_wait_for_the_systems_clipboard(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = f'while [ ! -e "{tmp_path}/go" ]; do /bin/sleep 0.05; done; /bin/cat > /dev/null'
    program(tmp_path, monkeypatch, busy)
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        at.editor("pace").focus()
        await at.type(COPY)
        assert at.app.clipboard == "weekly"
        at.editor("owner").focus()
        await at.type(COPY)
        assert at.app.clipboard == "דנה"
        (tmp_path / "go").touch()
