"""What a file would change in the roadmap, row by row, before it does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Static

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.errors import RoadmapError
from lfroadmap.imports.preview import ImportPreview, ImportSource, read_source
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.paths import file_to_read, path_of
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.widgets.report_view import ReportView, printed
from lfroadmap.words import Words

TRIES = 3
"""How often a file is held against the roadmap again that others change meanwhile."""
MOST = 100
"""Rows of each part that are shown; the rest is counted."""


class ImportScreen(BaseModal[ImportPreview | None]):
    """Ends with what is to be taken in, as it was shown, or with None."""

    CSS_PATH = ["dialog.tcss", "importing.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False)]

    def __init__(
        self,
        words: Words,
        roadmap: Callable[[], Roadmap],
        take: Callable[[ImportSource, Roadmap], ImportPreview],
    ) -> None:
        super().__init__()
        self.words = words
        self.roadmap = roadmap
        """The one that is open, as it is at that moment."""
        self.take = take
        self.given: ImportSource | None = None
        self.taking: ImportPreview | None = None
        """What the button takes in; it is what is shown, and there is something to change."""
        self.asked = ""
        self.shown: RenderableType = ""

    def compose(self) -> ComposeResult:
        """Lay out the question over its answer."""
        words = self.words
        file = BidiInput(id="file", compact=True)
        file.field_direction = "ltr"
        with Vertical(id="dialog"):
            yield Static(words("import.title"), classes="title", markup=False)
            with Horizontal(classes="where"):
                yield Static(words("import.where"), markup=False)
                yield file
            yield Static(words("import.kinds"), id="note", markup=False)
            yield ReportView(id="told")
            with Horizontal(classes="answers"):
                yield Button(words("import.do"), id="import", variant="primary", disabled=True, compact=True)
                yield Button(words("dialog.cancel"), id="cancel", compact=True)

    def on_mount(self) -> None:
        """Begin with the path."""
        self.query_one("#file", Input).focus()

    def on_resize(self) -> None:
        """Print it again in the new width."""
        self.call_after_refresh(self.start, "draw", self._draw)

    # looking into the file

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Let go of what was shown of another file: the button must take in what stands in the field."""
        if event.value != self.asked:
            self.asked = event.value
            self.given = None
            self.start("look", partial(self._show, None, "", self.words("import.kinds")))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.asked = event.value
        if event.value.strip():
            self.start("look", partial(self._look, event.value))

    async def _look(self, typed: str) -> None:
        """Show what the file would change; what cannot be read is said in its place."""
        await self._show(None, "", self.words("import.reading"))
        try:
            self.given = await asyncio.to_thread(_read, typed)
            await self._tell(await self._taken(self.given), self.words("import.one_step"))
        except RoadmapError as error:
            self.given = None
            await self._show(None, Text(self.words.error(error)), "")

    async def _taken(self, given: ImportSource) -> ImportPreview:
        """What the file would change in the roadmap of now, or of just now where others never rest."""
        for _ in range(TRIES):
            taking = await asyncio.to_thread(self.take, given, self.roadmap())
            if taking.before is self.roadmap():
                break
        return taking

    async def _tell(self, taking: ImportPreview, note: str) -> None:
        """Show a preview; without anything to change there is nothing to agree to."""
        whole = await asyncio.to_thread(lambda: taking.report(MOST).whole())
        if taking.edit.edits:
            more = self.words("import.untold") if taking.has_unlisted else ""
            await self._show(taking, whole, f"{note} {more}".strip())
        else:
            key = "import.none_taken" if taking.left_out else "import.nothing"
            await self._show(None, whole, self.words(key))

    async def _show(self, taking: ImportPreview | None, shown: RenderableType, note: str) -> None:
        self.taking, self.shown = taking, shown
        self.query_one("#note", Static).update(note)
        self.query_one(ReportView).scroll_home(animate=False)
        await self._draw()
        self.query_one("#import", Button).disabled = taking is None

    async def _draw(self) -> None:
        """Print what is shown in the width that there is."""
        view, shown = self.query_one(ReportView), self.shown
        strips = await asyncio.to_thread(printed, shown, self.words.direction, view.room)
        if self.shown is shown:  # or something newer is on its way
            view.show(strips)

    # leaving

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "import":
            self.start("look", self._accept)
        else:
            self.dismiss(None)

    async def _accept(self) -> None:
        """Take in what is shown, unless the file would change something else by now: then show that."""
        shown, given = self.taking, self.given
        if shown is None or given is None:
            return
        for _ in range(TRIES):
            if shown.before is self.roadmap():
                break
            anew = await self._taken(given)
            if not await asyncio.to_thread(anew.looks_like, shown):
                await self._tell(anew, self.words("import.changed"))
                return
            shown = anew
        self.dismiss(shown)

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def _read(typed: str) -> ImportSource:
    return read_source(str(file_to_read(path_of(typed))))
