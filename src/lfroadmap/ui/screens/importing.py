"""The import of a file: what it would change in the roadmap, row by row, before it does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.errors import RoadmapError
from lfroadmap.imports.layout import layout_key
from lfroadmap.imports.preview import ImportPreview
from lfroadmap.imports.tables import SeveralTables
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.roadmap.table_rows import Column
from lfroadmap.text import one_line
from lfroadmap.ui.paths import dropped, typed_files
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.dialog_box import DialogBox, button
from lfroadmap.ui.screens.file_field import FileField
from lfroadmap.ui.screens.import_choices import ImportChoicesScreen
from lfroadmap.ui.screens.import_draft import KnownColumns, card_titles, draft_of
from lfroadmap.ui.screens.import_target import ImportTarget
from lfroadmap.ui.shell import Answer
from lfroadmap.ui.widgets.report_view import ReportView, printed
from lfroadmap.usecases.import_file import (
    DealsFound,
    FileImport,
    check_dates,
    row_counts,
    unknown_columns,
    verdict,
)
from lfroadmap.words import Words

MOST = 100
"""Rows of each part that are shown; the rest is counted."""


class PathInput(BidiInput):
    """The path of a file; files that are dropped on it come as the lines of a paste."""

    def on_paste(self, event: events.Paste) -> None:
        """Take several files as they may be typed in one line."""
        if (text := dropped(event.text)) != event.text:
            event.prevent_default()
            event.stop()
            self.replace(text, *self.selection)


class ImportScreen(BaseModal[ImportPreview | None]):
    """Ends with the changes that were shown and agreed to, or with None."""

    CSS_PATH = ["dialog.tcss", "importing.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False)]

    def __init__(
        self,
        words: Words,
        keys: Mapping[str, str],
        roadmap: Callable[[], Roadmap],
        read: Callable[[str, ImportChoices], FileImport],
        *,
        columns: KnownColumns,
        target: ImportTarget,
        file: str = "",
    ) -> None:
        super().__init__()
        self.words = words
        self.keys = keys
        self.roadmap = roadmap
        """The one that is open, as it is at that moment."""
        self.read = read
        """Reads the file of a path as it was typed, with choices; raises RoadmapError."""
        self.target = target
        self.columns = columns
        self.file: FileImport | None = None
        self.choices = ImportChoices(known=columns.known)
        self.table: tuple[Column, ...] = ()
        """The columns of the file's table, whose use a person may choose."""
        self.preview: ImportPreview | None = None
        """The changes that the button makes: those that are shown; None where there are none."""
        self.more: tuple[str, ...] = ()
        """Further files that were given with the first."""
        self.given = file
        """The file to begin with, as it may be typed."""
        self.asked = ""
        self.shown: RenderableType = ""

    def compose(self) -> ComposeResult:
        """Lay out the question over its answer."""
        words = self.words
        with DialogBox(self.target.title(words)):
            with Horizontal(classes="where"):
                yield Static(words("import.where"), markup=False)
                yield FileField(words, self.keys, kind=PathInput, is_button_first=True)
            yield Static(self.target.kinds(words), id="note", markup=False)
            yield ReportView(id="preview")
            with Horizontal(classes="answers"):
                yield button(words("dialog.cancel"), "cancel", "Esc")
                yield button(words("import.columns"), "columns", disabled=True)
                yield button(words("import.do"), "import", disabled=True)

    def on_mount(self) -> None:
        """Begin with the path, or with the file that was given."""
        field = self.query_one("#file", Input)
        field.focus()
        if self.given:
            with field.prevent(Input.Changed):
                field.value = self.given
            self.asked = self.given
            self.start("look", partial(self._look, self.given))

    def on_resize(self) -> None:
        """Print it again in the new width."""
        self.call_after_refresh(self.start, "draw", self._draw)

    # looking into the file

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Forget the preview of another file: the button must import the one that stands in the field."""
        if event.value != self.asked:
            self.asked = event.value
            self.file, self.table, self.more = None, (), ()
            self.choices = ImportChoices(known=self.columns.known)
            self.target.forget()
            self.start("look", partial(self._show, None, "", self.target.kinds(self.words)))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        first, *more = typed_files(event.value)
        if more:
            self.more = tuple(more)
            with event.input.prevent(Input.Changed):
                event.input.value = first
        self.asked = first
        if first.strip():
            self.start("look", partial(self._look, first))

    async def _look(self, typed: str) -> None:
        """Show what the file would change; an error is shown in its place."""
        await self._show(None, "", self.words("import.reading"))
        self.file = None
        try:
            self.file = await asyncio.to_thread(self.read, typed, self.choices)
            self.table = self.file.tables.main.columns if self.file.tables else ()
            preview = await asyncio.to_thread(self.file.preview, self.roadmap())
            await self._show_preview(preview, self.words("import.one_step"))
        except SeveralTables as error:
            await self._choose_table(error)
        except DealsFound:
            await self._choose_target()
        except RoadmapError as error:
            self.table = self.table if self.file else unknown_columns(error)
            self.file = None
            await self._show(None, Text(self.words.error(error)), self.target.refusal(self.words))
            if self.table:
                self._choose()

    async def _ask(self, title: str, body: str, answers: list[Answer]) -> str | None:
        """Ask a question that may be left open, by the answer `none`."""
        none = Answer("none", self.words("dialog.cancel"))
        return await self.app.push_screen_wait(Dialog(title, body, (*answers, none)))

    async def _choose_table(self, error: SeveralTables) -> None:
        """Ask which table of an archive is meant."""
        answers = [Answer(f"table-{n}", one_line(name)) for n, name in enumerate(error.tables)]
        chosen = await self._ask(self.words("import.which_table"), "", answers)
        if chosen and chosen.startswith("table-"):
            self.choices = replace(self.choices, table=error.tables[int(chosen.removeprefix("table-"))])
            await self._look(self.asked)
        else:
            await self._show(None, Text(self.words.error(error)), "")

    async def _choose_target(self) -> None:
        """Ask which calculator takes a table of deals, or whether its rows become tasks."""
        places = tuple(self.target.answers(self.words))
        answers = [Answer(f"into-{n}", name) for n, (_, name) in enumerate(places)]
        chosen = await self._ask(self.words("import.deals_where"), one_line(self.asked), answers)
        if chosen and chosen.startswith("into-"):
            self.target.choose(places[int(chosen.removeprefix("into-"))][0])
            await self._look(self.asked)
        else:
            await self._show(None, "", self.target.kinds(self.words))

    async def _choose_order(self, preview: ImportPreview) -> None:
        """Ask for the order of day and month that no date of the file tells."""
        value = preview.undecided[0] if preview.undecided else ""
        answers = [
            Answer("dmy", self.words("import.day_first")),
            Answer("mdy", self.words("import.month_first")),
        ]
        title, body = self.words("import.which_order"), self.words("merge.dates_open", value=value)
        chosen = await self._ask(title, body, answers)
        if chosen in ("dmy", "mdy"):
            self.choices = replace(self.choices, dates=check_dates(chosen))
            await self._look(self.asked)

    def _choose(self) -> None:
        """Open the page on which a person says what the columns stand for."""
        self.start("choose", self._choose_columns)

    async def _choose_columns(self) -> None:
        tables = self.file.tables if self.file else None
        draft = draft_of(tables, self.table, self.choices, card_titles(self.roadmap(), self.words))
        chosen = await self.app.push_screen_wait(ImportChoicesScreen(self.words, draft, self.choices.table))
        if chosen is None:
            return
        mapping = chosen.mapping or self.choices.mapping
        if chosen.mapping:
            self.columns.remember(layout_key(self.table), chosen.mapping)
        self.choices = replace(chosen, mapping=mapping, known=self.columns.known)
        self.start("look", partial(self._look, self.asked))

    async def _show_preview(self, preview: ImportPreview, note: str) -> None:
        """Show a preview; without anything to change there is nothing to agree to."""
        report = await asyncio.to_thread(lambda: preview.report(MOST).whole())
        outcome = verdict(preview)
        if outcome == "undecided":
            await self._show(None, report, self.words("import.undecided"))
            await self._choose_order(preview)
        elif outcome == "changes":
            more = self.words("import.unlisted") if preview.has_unlisted else ""
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
        self.query_one("#columns", Button).disabled = not self.table
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
        elif event.button.id == "columns":
            self._choose()
        else:
            self.dismiss(None)

    async def _accept(self) -> None:
        """End with what is shown, unless the file would change something else by now: then show that."""
        shown, file = self.preview, self.file
        if shown is None or file is None:
            return
        try:
            result = await asyncio.to_thread(file.apply, shown, self.roadmap, self._is_current)
        except RoadmapError as error:  # what would take it has gone meanwhile
            await self._show(None, Text(self.words.error(error)), "")
            return
        if result.applied:
            self.dismiss(result.preview)
        else:
            await self._show_preview(result.preview, self.words("import.changed"))

    def _is_current(self, preview: ImportPreview) -> bool:
        return preview.before is self.roadmap()

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)
