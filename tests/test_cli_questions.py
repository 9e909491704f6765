"""A command does what it has shown, also where others change the roadmap under its question."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from commanding import Capture, good, run, stored, write
from lfroadmap.cli import apply_edit
from lfroadmap.cli import trash as trash_commands
from lfroadmap.roadmap.edits import Edit, SetField, SetTask, Tick
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.history.queries import removed
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from plan_at_home import (
    OTHER,
    TASK,
    a_restored_part,
    task,
)
from terminal import Terminal, environment

pytestmark = pytest.mark.usefixtures("home")


class Colleague(io.StringIO):
    """A terminal on which something happens before each answer."""

    def __init__(self, *answers: tuple[Callable[[], object], str]) -> None:
        super().__init__()
        self.answers = list(answers)

    def isatty(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> str:
        before, answer = self.answers.pop(0)
        before()
        return answer


def nothing() -> None:
    """Nobody does anything."""


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Colleague]:
    def answer(*answers: tuple[Callable[[], object], str]) -> Colleague:
        colleague = Colleague(*answers)
        monkeypatch.setattr(sys, "stdin", colleague)
        return colleague

    return answer


def by_yossi(path: Path, *edits: Edit) -> Callable[[], object]:
    return lambda: write(path, "yossi", *edits)


@pytest.mark.parametrize("agreed", [True, False])
def test_an_import_shows_again_what_others_changed_at_its_question(
    capsys: Capture, plan: Path, answering: Callable[..., Colleague], agreed: bool
) -> None:
    second = "y\n" if agreed else "n\n"
    left = answering((by_yossi(plan, SetTask(TASK, "owner", "Yossi")), "y\n"), (nothing, second))
    ran = run(capsys, "import", "t.csv", "--into", "plan")
    assert ran.status == (0 if agreed else 1)
    first, again = ran.out.split("has changed meanwhile")
    assert "Yossi" not in first and "Yossi" in again
    assert (first.count("[y/N]"), again.count("[y/N]")) == (1, 1)
    assert task(stored(plan.parents[2], "plan")).owner == ("Rina" if agreed else "Yossi")
    assert left.answers == []


def test_an_import_asks_once_where_others_changed_what_it_does_not_touch(
    capsys: Capture, plan: Path, answering: Callable[..., Colleague]
) -> None:
    answering((by_yossi(plan, SetField(OTHER, "Q3")), "y\n"))
    ran = run(capsys, "import", "t.csv", "--into", "plan")
    assert (ran.status, ran.out.count("[y/N]")) == (0, 1)
    after = stored(plan.parents[2], "plan")
    period = find(after, OTHER)
    assert (task(after).owner, getattr(period and period.node, "value", "")) == ("Rina", "Q3")


def test_an_import_that_others_have_made_needless_says_so(
    capsys: Capture, plan: Path, answering: Callable[..., Colleague]
) -> None:
    same = (Tick(TASK, True, "2026-01-01"), SetTask(TASK, "owner", "Rina"))
    answering((by_yossi(plan, *same), "y\n"))
    ran = run(capsys, "import", "t.csv", "--into", "plan")
    assert ran.status == 0 and "already says all of this" in ran.out
    assert task(stored(plan.parents[2], "plan")).done_on == "2026-01-01"


def overtaken(monkeypatch: pytest.MonkeyPatch, module: object, *before: Callable[[], object]) -> None:
    """Let others be quicker, each time that a command begins to write."""
    waiting, real = list(before), apply_edit.apply_edit

    def edit(*args: object, **more: object) -> bool:
        if waiting:
            waiting.pop(0)()
        return real(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "apply_edit", edit)


def test_what_cannot_come_back_any_more_is_not_said_to_be_back(
    capsys: Capture, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(plan, "dana", Remove(TASK))
    overtaken(monkeypatch, trash_commands, by_yossi(plan, Remove("strategy")))
    ran = run(capsys, "bin", "plan", "--restore", TASK)
    assert (ran.status, ran.out) == (1, "")
    assert "cannot come back yet" in ran.err


def test_what_others_bring_back_first_is_not_brought_back_twice(
    capsys: Capture, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overtaken(monkeypatch, trash_commands, by_yossi(plan, SetField(OTHER, "Q3")))
    assert "is back" in good(capsys, "bin", "plan", "--restore", "kpi.upsell")
    assert a_restored_part(plan)


def test_who_is_overtaken_again_and_again_is_told(
    capsys: Capture, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overtaken(
        monkeypatch,
        trash_commands,
        *(by_yossi(plan, SetField(OTHER, str(n))) for n in range(apply_edit.TRIES)),
    )
    monkeypatch.setattr(trash_commands, "TRIES", 3)
    ran = run(capsys, "bin", "plan", "--restore", "kpi.upsell")
    assert ran.status == 1 and "Others kept changing it" in ran.err
    assert not a_restored_part(plan)


def test_the_bin_of_roadmaps_loses_what_was_counted_and_nothing_else(
    capsys: Capture, home: Path, plan: Path, answering: Callable[..., Colleague]
) -> None:
    library = Library(home / "data")
    good(capsys, "new", "old")
    good(capsys, "remove", "old")
    answering((lambda: trash.move_to_trash(library, "plan"), "y\n"))
    ran = run(capsys, "bin", "--empty")
    assert "Delete 1 roadmap" in ran.out and "1 thing came into it meanwhile" in ran.out
    assert [entry.name for entry in trash.entries(library)] == ["plan"]


def test_the_bin_of_a_roadmap_loses_what_was_counted_and_nothing_else(
    capsys: Capture, plan: Path, answering: Callable[..., Colleague]
) -> None:
    answering((by_yossi(plan, Remove(TASK)), "y\n"))
    ran = run(capsys, "bin", "plan", "--empty")
    assert "1 thing will not be offered" in ran.out and "1 thing came into it meanwhile" in ran.out
    assert [each.node.id for each in removed(plan, stored(plan.parents[2], "plan"))] == [TASK]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("damage", [b"hello" * 2000, None])
def test_a_file_that_was_put_right_under_the_question_stays_where_it_is(
    home: Path, plan: Path, damage: bytes | None
) -> None:
    """Of the first nothing can be saved, of the second some: another question is asked."""
    sound = plan.read_bytes()
    plan.write_bytes(damage or sound[:4096] + b"noise" * 819 + sound[8191:])
    with Terminal([sys.executable, "-m", "lfroadmap", "plan"], environment(home)) as terminal:
        terminal.wait_for("[y/N]")
        mended = plan.with_name("mended")
        mended.write_bytes(sound)
        mended.replace(plan)
        terminal.send("y\r")
        terminal.wait_for(lambda shown: "haschangedsince" in "".join(shown.split()))  # wherever it is wrapped
        assert terminal.wait_exit() == 1
    assert plan.read_bytes() == sound
    assert [entry.name for entry in plan.parent.iterdir()] == [plan.name]
