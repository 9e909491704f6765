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
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.errors import RoadmapError
from lfroadmap.imports.preview import ImportPreview
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import DialogBox, button
from lfroadmap.ui.widgets.report_view import ReportView, printed
from lfroadmap.usecases.import_file import FileImport, row_counts, verdict
from lfroadmap.words import Words

MOST = 100
"""Rows of each part that are shown; the rest is counted."""


class ImportScreen(BaseModal[ImportPreview | None]):
    """Ends with the changes that were shown and agreed to, or with None."""

    CSS_PATH = ["dialog.tcss", "importing.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False)]

    def __init__(
        self,
        words: Words,
        roadmap: Callable[[], Roadmap],
        read: Callable[[str], FileImport],
    ) -> None:
        super().__init__()
        self.words = words
        self.roadmap = roadmap
        """The one that is open, as it is at that moment."""
        self.read = read
        """Reads the file of a path as it was typed; raises RoadmapError."""
        self.file: FileImport | None = None
        self.preview: ImportPreview | None = None
        """The changes that the button makes: those that are shown; None where there are none."""
        self.asked = ""
        self.shown: RenderableType = ""

    def compose(self) -> ComposeResult:
        """Lay out the question over its answer."""
        words = self.words
        file = BidiInput(id="file", compact=True)
        file.field_direction = "ltr"
        with DialogBox(words("import.title")):
            with Horizontal(classes="where"):
                yield Static(words("import.where"), markup=False)
                yield file
            yield Static(words("import.kinds"), id="note", markup=False)
            yield ReportView(id="told")
            with Horizontal(classes="answers"):
                yield button(words("dialog.cancel"), "cancel", "Esc")
                yield button(words("import.do"), "import", disabled=True)

    def on_mount(self) -> None:
        """Begin with the path."""
        self.query_one("#file", Input).focus()

    def on_resize(self) -> None:
        """Print it again in the new width."""
        self.call_after_refresh(self.start, "draw", self._draw)

    # looking into the file

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Forget the preview of another file: the button must import the one that stands in the field."""
        if event.value != self.asked:
            self.asked = event.value
            self.file = None
            self.start("look", partial(self._show, None, "", self.words("import.kinds")))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.asked = event.value
        if event.value.strip():
            self.start("look", partial(self._look, event.value))

    async def _look(self, typed: str) -> None:
        """Show what the file would change; an error is shown in its place."""
        await self._show(None, "", self.words("import.reading"))
        try:
            self.file = await asyncio.to_thread(self.read, typed)
            preview = await asyncio.to_thread(self.file.preview, self.roadmap())
            await self._show_preview(preview, self.words("import.one_step"))
        except RoadmapError as error:
            self.file = None
            await self._show(None, Text(self.words.error(error)), "")

    async def _show_preview(self, preview: ImportPreview, note: str) -> None:
        """Show a preview; without anything to change there is nothing to agree to."""
        report = await asyncio.to_thread(lambda: preview.report(MOST).whole())
        outcome = verdict(preview)
        if outcome == "changes":
            more = self.words("import.untold") if preview.has_unlisted else ""
            await self._show(preview, report, f"{note} {more}".strip())
        else:
            counts = row_counts(preview, self.words)
            await self._show(None, report, self.words(f"import.{outcome}", **counts))

    async def _show(self, preview: ImportPreview | None, shown: RenderableType, note: str) -> None:
        self.preview, self.shown = preview, shown
        self.query_one("#note", Static).update(note)
        self.query_one(ReportView).scroll_home(animate=False)
        await self._draw()
        self.query_one("#import", Button).disabled = preview is None
        if preview is not None:
            self.query_one("#import", Button).focus()

    async def _draw(self) -> None:
        """Print what is shown in the width that there is."""
        view, shown = self.query_one(ReportView), self.shown
        strips = await asyncio.to_thread(printed, shown, self.words.direction, view.room, view.tones)
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
        """End with what is shown, unless the file would change something else by now: then show that."""
        shown, file = self.preview, self.file
        if shown is None or file is None:
            return
        result = await asyncio.to_thread(file.apply, shown, self.roadmap, self._is_current)
        if result.applied:
            self.dismiss(result.preview)
        else:
            await self._show_preview(result.preview, self.words("import.changed"))

    def _is_current(self, preview: ImportPreview) -> bool:
        return preview.before is self.roadmap()

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)
