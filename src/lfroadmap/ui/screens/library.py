"""The library: a line for each roadmap, and what can be done with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar, Literal

from rich.cells import cell_len
from textual import on
from textual.binding import BindingType

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.matching import fold
from lfroadmap.roadmap.portfolio import Member
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.following import LibraryWatch
from lfroadmap.ui.screens.listing import FilteredScreen
from lfroadmap.ui.screens.roadmap_cells import (
    change_cells,
    describe_problem,
    name_and_title,
    name_cells,
    standing_cells,
)
from lfroadmap.ui.widgets.clicked_list import ClickedList
from lfroadmap.ui.widgets.row_drawing import Cell, cells_width
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.usecases.library_rows import LibraryRow, LibraryRows
from lfroadmap.usecases.portfolio import Reading

Act = Literal["open", "new", "rename", "copy", "remove", "bin", "import", "rescue", "portfolio", "menu"]
PATIENCE = 0.25
"""Seconds after which what was read by then is shown: drawing takes time, too."""
SHORTEST_NAME = 18
AROUND = 6
"""Lines of the screen that are not in the list."""


@dataclass(frozen=True, slots=True)
class LibraryResult:
    """The result: something to do, with a roadmap where it is about one."""

    act: Act
    row: LibraryRow | None = None


class LibraryScreen(FilteredScreen[LibraryRow, LibraryResult | None]):
    """Ends with what to do, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("library")
    place = "library"

    def __init__(
        self,
        source: LibraryRows,
        reading: Callable[[], Reading],
        thresholds: Thresholds,
        keys: Mapping[str, str],
        *,
        here: str,
        at: str,
        first: Act | None = None,
    ) -> None:
        """`reading` returns that of the day.

        `here` is the roadmap that is open, `at` the one that the cursor begins on.

        `first` is done as soon as the screen is there.
        """
        self._read_as, self.reading = reading, reading()
        words = self.reading.words
        super().__init__(words, keys, words("library.title"), words("library.none"), words("library.filter"))
        self.listed: ClickedList[LibraryRow] = ClickedList(self.draw, self.listed.hint)
        self.source, self.thresholds = source, thresholds
        self.library_watch = LibraryWatch(self, source.state, self.follow_day)
        self.here, self._at = here, at
        self._first = first
        self.rows: list[LibraryRow] = []

    def on_mount(self) -> None:
        """Show what is known, and read the rest."""
        self.reload()
        self.library_watch.start()
        if self._first:
            self.call_later(self.action_act, self._first)

    # reading

    def reload(self, at: str = "", here: str = "") -> None:
        """Read the roadmaps again, the cursor on the one named `at`; `here` is the open one."""
        if self.has_ended:
            return
        self._at, self.here = at or self._at, here or self.here
        self.reading = self._read_as()
        try:
            self._show(self.source.names(self.reading))
        except RoadmapError as error:
            self._fail(error)
            return
        self.start("read", self._read)

    def follow_day(self) -> None:
        """Show what changed elsewhere, and all as it stands on another day; the cursor stays."""
        self._keep_place()
        self.reload()

    async def _read(self) -> None:
        """Read what is not known, and show it as it comes; who changed what comes last."""
        rows = self.source.read(self.reading)
        try:
            self.library_watch.note(await asyncio.to_thread(self.source.state))
            while chunk := await asyncio.to_thread(_some, rows, self.app.size.height - AROUND):
                self._fill_in(chunk)
        except RoadmapError as error:
            self._fail(error)
        else:
            self._fill_in(await asyncio.to_thread(self.source.name_authors))

    def _fill_in(self, found: Sequence[LibraryRow]) -> None:
        """Show rows in their places, without placing anything again; nothing came or went."""
        new = {row.name: row for row in found}
        self.rows = [new.get(row.name, row) for row in self.rows]
        self.forget_columns()
        if self.field.value:  # a title may fit now
            self.narrow()
            return
        for at, row in enumerate(self.listed.entries):
            if row.name in new:
                self.listed.entries[at] = new[row.name]
                self.listed.refresh_row(at)

    def _fail(self, error: RoadmapError) -> None:
        self.notify(self.words.error(error), severity="error")

    def _show(self, rows: Sequence[LibraryRow]) -> None:
        """Show the rows that fit the filter, with the cursor where it is."""
        self.rows = list(rows)
        wanted = self.wanted
        fitting = [
            row
            for row in self.rows
            if all(word in fold(" ".join(name_and_title(row.name, row.content))) for word in wanted)
        ]
        self.listed.show(fitting)
        names = [row.name for row in fitting]
        self.listed.move_to(names.index(self._at) if self._at in names else self.listed.cursor)
        self.title_line.show(self.words.plural("library.count", len(self.rows)))

    # drawing

    def draw(self, entry: LibraryRow, width: int, tone: Tones) -> list[Cell]:
        """Draw the name, how far the roadmap is, how it goes, its last change; or why it cannot be read."""
        words, content = self.words, entry.content
        texts = name_and_title(entry.name, content)
        is_here, here = entry.name == self.here, f" {words('library.here')} "
        ink = tone("accent" if is_here else "text", bold=True)
        mark = Cell(here if is_here else "", cell_len(here), tone("accent"))
        if content is None:
            return [Cell(f" {texts[0]}", 0, ink), mark, Cell("…", width // 2, tone("muted"))]
        if not isinstance(content, Member):
            reason = f"▲ {describe_problem(content.error, words)} "
            size = min(cell_len(reason), max(width - SHORTEST_NAME - mark.width, 1))
            return [Cell(f" {texts[0]}", 0, ink), mark, Cell(reason, size, tone("late"))]
        authors = self.column("author", lambda each: each.author or "", max(width // 8, 8))
        cells = [
            mark,
            *standing_cells(content, words, self.thresholds, width, tone),
            *change_cells(content, entry.author or "", words, (width, authors), tone),
        ]
        return [*name_cells(texts, width - cells_width(cells), ink, tone), *cells]

    # the keys and the mouse

    def narrow(self) -> None:
        """Show the roadmaps that fit the filter."""
        self._keep_place()
        self._show(self.rows)

    def _keep_place(self) -> None:
        if row := self.listed.selected:
            self._at = row.name

    @on(ClickedList.Pointed)
    def _pointed(self) -> None:
        self.action_act("menu")

    def action_enter(self) -> None:
        """Open the roadmap under the cursor."""
        if self.listed.selected:
            self.action_act("open")

    def action_act(self, act: Act) -> None:
        """Have something done with the roadmap under the cursor."""
        self._keep_place()
        self.choose(LibraryResult(act, self.listed.selected))


def _some(rows: Iterator[LibraryRow], most: int) -> list[LibraryRow]:
    """The roadmaps that can be read in a short time, one at least, `most` at most; none at the end."""
    until, out = monotonic() + PATIENCE, list[LibraryRow]()
    for row in rows:
        out.append(row)
        if len(out) >= most or monotonic() > until:
            break
    return out
