"""Choosing a file by going through the folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.widgets import Input

from lfroadmap.ui.screens.export import ExportScreen
from lfroadmap.ui.screens.files import FileScreen, format_size, nearest_folder
from lfroadmap.ui.screens.importing import ImportScreen
from sitting import Sitting, sitting


@pytest.fixture
def files(home: Path) -> Path:
    """A folder with a table, two folders, and what is not shown."""
    folder = home / "files"
    for name in ("Reports", "archive/2025", ".hidden"):
        (folder / name).mkdir(parents=True)
    (folder / "tasks.csv").write_text("task,card\nCall Dana,Liquid Funnel goals\n", "utf-8")
    (folder / "archive" / "2025" / "old.csv").write_text("x", "utf-8")
    (folder / "gone").symlink_to("nowhere")
    return folder


async def browse(at: Sitting, path: Path) -> FileScreen:
    """Type a path into the dialog that is open, and press the button behind it."""
    at.app.screen.query_one("#file", Input).value = str(path)
    await at.click("#browse")
    await at.until(lambda: isinstance(at.app.screen, FileScreen) and at.app.screen.listed.entries)
    screen = at.app.screen
    assert isinstance(screen, FileScreen)
    return screen


def names(screen: FileScreen) -> list[str]:
    return [entry.name for entry in screen.listed.entries]


async def test_a_table_is_chosen_and_shown(home: Path, files: Path) -> None:
    async with sitting(home) as at:
        await at.press("ctrl+o")
        screen = await browse(at, files / "nothing-yet.csv")
        assert names(screen) == ["..", "archive", "Reports", "tasks.csv"]
        await at.press("end", "enter")
        await at.until(lambda: isinstance(at.app.screen, ImportScreen))
        await at.until(lambda: "Call Dana" in at.text)
        assert at.app.screen.query_one("#file", Input).value == str(files / "tasks.csv")


async def test_folders_are_opened_and_left_again(home: Path, files: Path) -> None:
    async with sitting(home) as at:
        await at.press("ctrl+o")
        screen = await browse(at, files)
        await at.press("enter")
        await at.until(lambda: screen.folder == files / "archive")
        await at.press("backspace")
        await at.until(lambda: screen.folder == files)
        selected = screen.listed.selected
        assert selected is not None
        assert selected.name == "archive", "the cursor is where it came from"
        await at.click_on("Reports")
        await at.click_on("Reports")
        await at.press("h")
        await at.until(lambda: screen.folder == home)
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, ImportScreen))


async def test_a_filter_narrows_the_list(home: Path, files: Path) -> None:
    async with sitting(home) as at:
        await at.press("ctrl+o")
        screen = await browse(at, files)
        await at.type("/TASK")
        assert names(screen) == ["tasks.csv"]
        await at.press("enter", "enter")
        await at.until(lambda: "Call Dana" in at.text)


async def test_a_folder_that_cannot_be_read_is_named_and_nothing_changes(home: Path, files: Path) -> None:
    async with sitting(home) as at:
        await at.press("ctrl+o")
        screen = await browse(at, files)
        (files / "archive").rename(files / "elsewhere")
        await at.press("enter")
        await at.until(lambda: str(files / "archive") in at.notices)
        assert screen.folder == files


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", ["en", "he"])
async def test_an_export_goes_into_the_folder_under_its_own_name(
    home: Path, files: Path, language: str
) -> None:
    async with sitting(home, language=language) as at:
        await at.press("ctrl+e")
        screen = await browse(at, files / "my plan.html")
        assert names(screen) == ["..", "archive", "Reports"], "files are no folders"
        await at.press("end", "enter")
        await at.until(lambda: screen.folder == files / "Reports")
        await at.press("f")
        await at.until(lambda: isinstance(at.app.screen, ExportScreen))
        assert at.app.screen.query_one("#file", Input).value == str(files / "Reports" / "my plan.html")


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 B"), (1, "1 B"), (1023, "1023 B"), (1024, "1 KB"), (5 << 20, "5 MB"), (1 << 62, "4194304 TB")],
)
def test_sizes_are_short(size: int, shown: str) -> None:
    assert format_size(size) == shown


def test_a_path_that_is_not_there_begins_at_the_nearest_folder(tmp_path: Path) -> None:
    assert nearest_folder(tmp_path / "a" / "b.csv") == tmp_path
    assert nearest_folder(Path("a.csv")) == Path(os.getcwd())  # noqa: PTH109
