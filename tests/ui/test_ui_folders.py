"""Folders that fail while the screen is open: the current one, the one of the last export, pipes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from textual.widgets import Button, Input

from exports import DAY, comes_back, finished, last_export, opened, pick, write
from lfroadmap.errors import RoadmapError
from lfroadmap.export import write_somewhere
from lfroadmap.imports.snapshot import read
from lfroadmap.paths import last_resorts
from lfroadmap.state import ExportState
from lfroadmap.store.library.library import Library
from lfroadmap.ui.actions.export_job import snapshot
from lfroadmap.ui.screens.changes import ChangesScreen
from lfroadmap.ui.screens.importing import ImportScreen
from lfroadmap.words import LANGUAGES, Language, words
from matrices import quick_first
from sitting import OWNER, Sitting, sitting, value


@pytest.fixture
def gone(home: Path) -> Path:
    """A current folder that was deleted; returns the home."""
    Path.cwd().rmdir()
    return home


async def changes(at: Sitting) -> ChangesScreen:
    await at.press("f4")
    await at.until(lambda: isinstance(at.app.screen, ChangesScreen))
    assert isinstance(at.app.screen, ChangesScreen)
    return at.app.screen


async def test_an_export_begins_in_the_home_where_the_current_folder_is_gone(gone: Path) -> None:
    async with sitting(gone) as at:
        screen = await opened(at)
        assert screen.query_one("#file", Input).value == str(gone / f"plan-{DAY}.html")
        await write(at, screen)
        await finished(at)
        assert f"Exported to {gone / f'plan-{DAY}.html'}" in at.notices
        assert read(gone / f"plan-{DAY}.html") == at.app.session.roadmap


async def test_a_page_of_changes_goes_there_too(gone: Path) -> None:
    async with sitting(gone) as at:
        await at.type("\x1b2Dana")
        await at.saved()
        screen = await changes(at)
        await at.until(lambda: not screen.query_one("#write", Button).disabled)
        screen.query_one("#write", Button).press()
        await at.until(lambda: f"Exported to {gone / f'plan-changes-{DAY}.html'}" in at.notices)


@pytest.mark.proof
async def test_a_relative_path_is_told_to_lead_nowhere(gone: Path) -> None:
    async with sitting(gone) as at:
        await comes_back(at, "mine.html")
        assert words("en")("error.no_current_folder", path="mine.html") in at.notices
        compared = await changes(at)
        compared.query_one("#since", Input).value = "mine.json"
        await at.press("enter")
        await at.until(lambda: "nothing was changed" in str(compared.shown))
        assert "The folder you are in is gone" in str(compared.shown)
        await at.press("escape")
        await at.type("\x0fmine.csv\r")
        await at.until(
            lambda: isinstance(at.app.screen, ImportScreen) and "is gone" in str(at.app.screen.shown)
        )


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    "remembered", quick_first(["/no/such/folder", "pipe", "x" * 300, "plan\0", "loop"], 2)
)
async def test_a_remembered_folder_that_cannot_be_used_is_passed_over(home: Path, remembered: str) -> None:
    (home / "loop").symlink_to("loop")
    os.mkfifo(home / "pipe")
    Library(home / "data").remember_export(ExportState(folder=str(home / remembered)))
    async with sitting(home) as at:
        screen = await opened(at)
        assert screen.query_one("#file", Input).value == str(Path.cwd() / f"plan-{DAY}.html")


@pytest.mark.proof
async def test_a_pipe_or_a_circle_of_links_is_told_and_takes_no_export(home: Path) -> None:
    (home / "loop").symlink_to("loop")
    os.mkfifo(home / "pipe")
    async with sitting(home) as at:
        for name, message in (
            ("pipe", "no file but a pipe"),
            ("loop", "levels of symbolic links"),
            ("pipe/x", "no folder"),
        ):
            await comes_back(at, str(home / name))
            await at.until(lambda message=message: message in at.notices)  # type: ignore[misc]


async def test_a_pipe_is_not_compared_with(home: Path) -> None:
    os.mkfifo("pipe.json")
    async with sitting(home) as at:
        screen = await changes(at)
        screen.query_one("#since", Input).value = "pipe.json"
        await at.press("enter")
        await at.until(lambda: "no file but a pipe" in str(screen.shown))


async def test_a_folder_whose_name_is_no_text_is_exported_to_and_not_remembered(home: Path) -> None:
    strange = home / os.fsdecode(b"h\xffre")
    strange.mkdir()
    os.chdir(strange)
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "json")
        await write(at, screen)
        await finished(at)
        assert read(strange / f"plan-{DAY}.json") == at.app.session.roadmap
    assert last_export(home).folder == ""


async def test_the_copy_goes_to_the_first_place_that_takes_it(home: Path) -> None:
    full, pipe, taking = Path("/dev/full"), home / "pipe", home / "taking"
    os.mkfifo(pipe)
    taking.mkdir()
    folders = (home / "gone", pipe, full, home / ("x" * 300), taking, home)
    async with sitting(home) as at:
        await at.type("\x1b2Dana")
        written = write_somewhere(snapshot(at.app.session), "plan", folders)
    assert written.parent == taking
    assert value(read(written), OWNER) == "Dana"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_no_place_takes_it_each_is_named_with_its_reason(home: Path, language: Language) -> None:
    folders = (home / "gone", home / ("x" * 300), Path("/dev/null"))
    async with sitting(home, language=language) as at:
        with pytest.raises(RoadmapError) as caught:
            write_somewhere(snapshot(at.app.session), "plan", folders)
    lines = words(language).error(caught.value).splitlines()
    missing, long = (words(language)(f"system_reason.{code}") for code in ("enoent", "enametoolong"))
    for line, folder, reason in zip(lines[1:], folders, (missing, long, missing), strict=False):
        assert str(folder) in line and reason in line
    assert len(lines) == 2 + len(folders)


def test_every_place_is_tried(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    expected = (
        Path.cwd(),
        home / "exports",
        home,
        home / "data",
        home / "tmp",
        Path("/tmp"),
        Path("/var/tmp"),
    )
    assert last_resorts(str(home / "exports"), home / "data")[:7] == expected
    shutil.rmtree(Path.cwd())
    monkeypatch.delenv("TMPDIR")
    assert last_resorts("", home / "data")[:3] == (home, home / "data", Path("/tmp"))
