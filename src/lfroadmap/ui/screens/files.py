"""Choosing a file, or a folder, by going through the folders."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from lfroadmap.paths import FolderEntry, entries_in, for_display, home_folder, is_folder
from lfroadmap.text import clean
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.listing import ListField, ListingScreen
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words

ABOVE = FolderEntry("..", True, 0, 0)
_UNITS = ("B", "KB", "MB", "GB", "TB")


class FileScreen(ListingScreen[FolderEntry, Path | None]):
    """Ends with the path of a file, or of a folder where one is wanted; None changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("files")
    place = "files"

    def __init__(
        self,
        words: Words,
        keys: Mapping[str, str],
        start: Path,
        *,
        wants_folder: bool,
        folders_too: bool = False,
    ) -> None:
        """`folders_too`: a folder may be taken in place of a file."""
        kind = "either" if folders_too else "folder" if wants_folder else "file"
        title = words(f"files.choose_{kind}")
        super().__init__(words, keys, title, words("files.none"))
        self.folder = nearest_folder(start)
        self.wants_folder = wants_folder
        self.takes_folders = wants_folder or folders_too
        self.entries: list[FolderEntry] = []

    def above(self) -> list[Widget]:
        """Make the filter."""
        return [Horizontal(ListField(self.words("files.filter"), "filter"), classes="filters")]

    def on_mount(self) -> None:
        """Begin in the first folder."""
        self._go(self.folder)

    def draw(self, entry: FolderEntry, width: int, tone: Tones) -> list[Cell]:
        """Draw the name, the size, and the day of the last change."""
        name = Cell(
            f" {clean(entry.name)}{'/' if entry.is_folder else ''}",
            0,
            tone("text" if entry.is_folder else "muted"),
        )
        if entry is ABOVE:
            return [name]
        day = self.words.day(datetime.fromtimestamp(entry.changed).date())
        size = "" if entry.is_folder else format_size(entry.size)
        return [name, Cell(f" {size}", 10, tone("muted"), "end"), Cell(f"  {day} ", 14, tone("muted"))]

    def _go(self, folder: Path) -> None:
        self.start("open", partial(self._open, folder))

    async def _open(self, folder: Path) -> None:
        """Show what a folder holds; one that cannot be read is named, and nothing changes."""
        try:
            entries = await asyncio.to_thread(entries_in, folder)
        except OSError as error:
            reason = error.strerror or str(error)
            self.notify(self.words("files.unreadable", path=folder, reason=reason), severity="warning")
            return
        came_from = self.folder.name if folder == self.folder.parent else ""
        self.folder = folder
        self.entries = [entry for entry in entries if entry.is_folder or not self.wants_folder]
        self.query_one("#filter", Input).value = ""
        self._show(came_from)

    def _show(self, at: str = "") -> None:
        """Show the entries that fit the filter, with the cursor on one of them."""
        typed = self.query_one("#filter", Input).value.strip().casefold()
        fitting = [entry for entry in self.entries if typed in entry.name.casefold()]
        above = [ABOVE] if self.folder != self.folder.parent and not typed else []
        self.listed.show([*above, *fitting])
        names = [entry.name for entry in self.listed.entries]
        self.listed.move_to(names.index(at) if at in names else min(len(above), max(len(names) - 1, 0)))
        self.title_line.show(str(self.folder))

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._show()

    def action_enter(self) -> None:
        """Open the folder under the cursor, or end with the file."""
        entry = self.listed.selected
        if entry is ABOVE:
            self.action_above()
        elif entry is not None and entry.is_folder:
            self._go(self.folder / entry.name)
        elif entry is not None:
            self.dismiss(self.folder / entry.name)

    def action_above(self) -> None:
        """Open the folder that this one is in."""
        self._go(self.folder.parent)

    def action_home(self) -> None:
        """Open the person's own folder."""
        if home := home_folder():
            self._go(home)

    def action_take(self) -> None:
        """End with the folder that is shown, where one may be taken."""
        if self.takes_folders:
            self.dismiss(self.folder)

    def action_filter(self) -> None:
        """Go to the filter."""
        self.set_focus(self.query_one("#filter"))


def nearest_folder(path: Path) -> Path:
    """The path if it is a folder, else the nearest folder that it is in."""
    full = for_display(path)
    return next((each for each in (full, *full.parents) if is_folder(each)), full)


def format_size(size: int) -> str:
    """A size in the largest unit of which there is at least one."""
    unit = min(max(size.bit_length() - 1, 0) // 10, len(_UNITS) - 1)
    return f"{size >> 10 * unit} {_UNITS[unit]}"
