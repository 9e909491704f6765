"""Writing what was chosen: files that are there, the bar over it, and calling it off."""

from __future__ import annotations

import asyncio
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Button, Input, ProgressBar

from exports import DAY, comes_back, failed, finished, left, opened, pick, write
from lfroadmap.export import ExportContext, all_formats, formats
from lfroadmap.export.export_progress import Cancelled
from lfroadmap.ui.actions import export_job
from lfroadmap.ui.screens.busy import Busy
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.widgets.check_box import CheckBox
from sitting import sitting


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("agreed", [True, False])
async def test_a_file_that_is_there_goes_only_when_asked(home: Path, agreed: bool) -> None:
    there = Path(f"plan-{DAY}.html")
    there.write_text("mine")
    async with sitting(home) as at:
        screen = await opened(at)
        await write(at, screen)
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        at.app.screen.query_one("#replace" if agreed else "#cancel", Button).press()
        await finished(at)
        assert (there.read_text("utf-8") == "mine") is not agreed


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("bits", "taken"), [(0o600, True), (0o644, True), (0o444, False)])
async def test_a_file_that_is_there_keeps_its_permissions_and_a_read_only_one_stays(
    home: Path, bits: int, taken: bool
) -> None:
    there = Path(f"plan-{DAY}.html")
    there.write_text("mine")
    there.chmod(bits)
    async with sitting(home) as at:
        screen = await opened(at)
        await write(at, screen)
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        at.app.screen.query_one("#replace", Button).press()
        if not taken:
            await left(at)
        await finished(at)
        assert stat.S_IMODE(there.stat().st_mode) == bits
        assert (there.read_text("utf-8") == "mine") is not taken
        assert ("is read-only" in at.notices) is not taken


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """What the making of a JSON file waits for, behind a bar that comes at once."""
    go_on, real = threading.Event(), formats.FORMATS["json"]

    def slow(context: ExportContext) -> bytes:
        assert go_on.wait(20)
        return real.render(context)

    monkeypatch.setitem(formats.FORMATS, "json", real._replace(render=slow))
    monkeypatch.setattr(export_job, "PATIENCE", 0.01)
    yield go_on
    go_on.set()


async def test_a_long_export_shows_where_it_is_and_can_be_called_off(
    home: Path, go_on: threading.Event
) -> None:
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "json")
        await write(at, screen)
        await at.until(lambda: isinstance(at.app.screen, Busy))
        assert "Exporting" in at.text
        await at.press("escape")
        await finished(at)
        await at.until(lambda: at.app.screen is at.app.main)
        assert "called off" in at.notices
        go_on.set()
        assert not list(Path.cwd().iterdir())


async def test_nothing_covers_the_question_whether_a_file_may_go(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_job, "PATIENCE", 0.01)
    there = Path(f"plan-{DAY}.html")
    there.write_text("mine")
    async with sitting(home) as at:
        screen = await opened(at)
        await write(at, screen)
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await asyncio.sleep(0.2)  # the bar would have come by now
        assert isinstance(at.app.screen, Dialog)
        at.app.screen.query_one("#replace", Button).press()
        await finished(at)
        await at.until(lambda: at.app.screen is at.app.main)
        assert there.read_text("utf-8") != "mine"


async def test_one_question_names_every_file_that_would_go(home: Path) -> None:
    for suffix in (".html", ".json", ".md"):
        Path(f"plan-{DAY}{suffix}").write_text("mine")
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "all")
        await write(at, screen)
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        assert isinstance(at.app.screen, Dialog)
        assert f"plan-{DAY}.md" in at.app.screen.body and "Replace 3 files?" in at.text
        at.app.screen.query_one("#cancel", Button).press()
        await finished(at)
        assert {path.read_text() for path in Path.cwd().iterdir()} == {"mine"}


async def test_a_file_that_comes_meanwhile_is_asked_about(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, real = Path(f"plan-{DAY}.md"), formats.FORMATS["md"]

    def slower(context: ExportContext) -> bytes:
        if not there.exists():
            there.write_text("theirs")
        return real.render(context)

    monkeypatch.setitem(formats.FORMATS, "md", real._replace(render=slower))
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "all")
        await write(at, screen)
        await at.until(lambda: isinstance(at.app.screen, Dialog), 20)
        assert isinstance(at.app.screen, Dialog)
        assert there.name in at.app.screen.body and there.read_text() == "theirs"
        at.app.screen.query_one("#replace", Button).press()
        await finished(at)
        assert there.read_text("utf-8").startswith("#")
        assert len([*Path.cwd().iterdir()]) == len(all_formats(history=False))


@pytest.mark.proof
async def test_the_bar_does_not_come_back_from_under_the_help(home: Path, go_on: threading.Event) -> None:
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "json")
        await write(at, screen)
        await at.until(lambda: isinstance(at.app.screen, Busy))
        await at.press("f1")
        await at.until(lambda: not isinstance(at.app.screen, Busy))
        go_on.set()
        await finished(at)
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("leave", ["escape", "ctrl+q"])
async def test_an_export_that_is_left_ends_its_work(
    home: Path, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    ended = threading.Event()
    real = formats.FORMATS["json"]

    def endless(context: ExportContext) -> bytes:
        try:
            for _ in context.progress.track(iter(lambda: time.sleep(0.01), 1), 1_000):
                pass
        except Cancelled:
            ended.set()
            raise
        return real.render(context)

    monkeypatch.setitem(formats.FORMATS, "json", real._replace(render=endless))
    monkeypatch.setattr(export_job, "PATIENCE", 0.01)
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "json")
        await write(at, screen)
        await at.until(lambda: isinstance(at.app.screen, Busy))
        await at.until(lambda: at.app.screen.query_one(ProgressBar).progress > 0)
        if leave == "escape":
            await at.press(leave)
        else:
            at.pour("\x11")
        await asyncio.to_thread(ended.wait, 20)
        assert ended.is_set()


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", ["~nobody-at-all/plan.json", "x" * 300])
async def test_a_place_that_cannot_be_is_told(home: Path, name: str) -> None:
    async with sitting(home) as at:
        await comes_back(at, name)
        assert name[:14] in at.notices.replace("\n", "")


async def test_what_cannot_be_written_is_told(home: Path) -> None:
    async with sitting(home) as at:
        await comes_back(at, "nowhere/plan.html")
        assert "nowhere" in at.notices


async def test_a_failed_export_comes_back_as_it_was_typed(home: Path) -> None:
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "md")
        screen.query_one("#file", Input).value = " nowhere/plan.md "
        screen.query_one("#history", CheckBox).value = True
        screen.query_one("#long", CheckBox).value = False
        next(iter(screen.query("#stages CheckBox").results(CheckBox))).value = False
        again = await failed(at, screen)
        assert (again.chosen, again.query_one("#file", Input).value) == ("md", "nowhere/plan.md")
        assert again.query_one("#history", CheckBox).value
        assert not again.query_one("#long", CheckBox).value
        checks = [mark.value for mark in again.query("#stages CheckBox").results(CheckBox)]
        assert checks == [False, True, True, True]
        again.query_one("#file", Input).value = "plan.md"
        await write(at, again)
        await finished(at)
        assert at.app.screen is at.app.main
        assert "## History" in Path("plan.md").read_text("utf-8")


async def test_the_other_files_are_written_when_some_cannot_be(home: Path) -> None:
    for suffix in (".json", ".md"):
        Path(f"plan-{DAY}{suffix}").mkdir()
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "all")
        await failed(at, screen)
        files = {path.name for path in Path.cwd().iterdir() if path.is_file()}
        assert len(files) == len(all_formats(history=False)) - 2
        assert at.notices.count("is a folder") == 2 and f"Exported to {Path.cwd()}" in at.notices


@pytest.mark.proof
async def test_a_folder_that_is_not_there_is_made_for_all(home: Path) -> None:
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "all")
        screen.query_one("#file", Input).value = "nowhere"
        await write(at, screen)
        await finished(at)
        assert Path(f"nowhere/plan-{DAY}.json").is_file()


@pytest.mark.proof
@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("history", [True, False])
async def test_everything_has_the_historys_own_file_exactly_with_the_history(
    home: Path, history: bool
) -> None:
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "all")
        screen.query_one("#history", CheckBox).value = history
        await write(at, screen)
        await finished(at)
        assert Path(f"plan-{DAY}-history.csv").exists() is history
