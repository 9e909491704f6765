"""A source of events to measure: how it is read is shown before anything is measured."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from lfroadmap.errors import RoadmapError
from lfroadmap.flows.sources.clickhouse import is_clickhouse
from lfroadmap.report.nodes import Report
from lfroadmap.ui.paths import path_of
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import DialogBox, button
from lfroadmap.ui.screens.entering import entry
from lfroadmap.ui.screens.file_field import FileField
from lfroadmap.ui.widgets.report_view import ReportView, printed
from lfroadmap.usecases.measure_options import steps_of
from lfroadmap.usecases.measure_process import MeasureProcess
from lfroadmap.usecases.measure_setup import MeasureSetup, lasting
from lfroadmap.words import Words

STEPS = "visit,quote,purchase"
"""Shown in the field of the steps while it is empty."""
Look = Callable[[MeasureSetup], MeasureProcess]
"""Makes the process that looks into a source."""


class MeasureSourceScreen(BaseModal[MeasureSetup | None]):
    """Ends with what is to be measured, or with None."""

    CSS_PATH = ["dialog.tcss", "measure_source.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False)]

    def __init__(self, words: Words, keys: Mapping[str, str], look: Look, before: MeasureSetup) -> None:
        super().__init__()
        self.words, self.keys, self.look, self.before = words, keys, look, before
        self.process: MeasureProcess | None = None
        self.asked = ""
        self.shown: RenderableType = ""

    def compose(self) -> ComposeResult:
        """Lay out the source and the steps over what is read."""
        words, before = self.words, self.before
        with DialogBox(words("measure_source.title")):
            with Horizontal(classes="where"):
                yield Static(words("measure_source.where"), markup=False)
                yield FileField(words, self.keys, self._only_source, is_button_first=True, folders_too=True)
            with Horizontal(classes="where"):
                yield Static(words("measure_source.steps"), markup=False)
                steps = entry(",".join(before.steps), "steps")
                steps.placeholder = STEPS
                yield steps
            yield Static(words("measure_source.kinds"), id="note", markup=False)
            yield ReportView(id="preview")
            with Horizontal(classes="answers"):
                yield button(words("dialog.cancel"), "cancel", "Esc")
                yield button(words("measure_source.do"), "measure", "Enter", disabled=True)

    def on_mount(self) -> None:
        """Begin with the source that was measured last."""
        self.query_one("#file", Input).focus()
        if self._only_source:
            self._read(self._only_source)

    @property
    def _only_source(self) -> str:
        """The source that was measured last; empty where there were several: one does not stand for them."""
        return self.before.sources[0] if len(self.before.sources) == 1 else ""

    def on_resize(self) -> None:
        """Print it again in the new width."""
        self.call_after_refresh(self.start, "draw", self._draw)

    # looking into the source

    @on(Input.Changed, "#file")
    def _changed(self, event: Input.Changed) -> None:
        """Forget what was read of another source."""
        if event.value != self.asked:
            self.query_one("#measure", Button).disabled = True

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        button = self.query_one("#measure", Button)
        typed = self.query_one("#file", Input).value
        if event.input.id == "steps" and typed == self.asked and not button.disabled:
            button.press()
        elif typed.strip():
            self._read(typed)

    def _read(self, typed: str) -> None:
        self.asked = typed
        self._stop()
        self.start("look", self._look)

    async def _look(self) -> None:
        """Show how the source is read; an error is shown in its place."""
        words, note = self.words, self.query_one("#note", Static)
        note.update(words("measure_source.reading"))
        self.query_one("#measure", Button).disabled = True
        try:
            process = self.process = self.look(self._setup())
            found = await asyncio.to_thread(process.run, lambda percentage: None)
        except RoadmapError as error:
            note.update(words("measure_source.kinds"))
            await self._show(Text(words.error(error), "late"))
            return
        if isinstance(found, Report):
            note.update(words("measure_source.read"))
            await self._show(found.content())
            self.query_one("#measure", Button).disabled = False
            if self.focused is self.query_one("#file"):
                self.query_one("#steps").focus()

    def _setup(self) -> MeasureSetup:
        """What is chosen; what was chosen of the columns of the same source stays. Raises RoadmapError."""
        if is_clickhouse(self.asked.strip()):
            raise RoadmapError("flows_server_screen")
        source = lasting(str(path_of(self.asked)))
        steps = self.query_one("#steps", Input).value
        before = self.before if self.before.sources == (source,) else MeasureSetup(zone=self.before.zone)
        return replace(before, sources=(source,), steps=steps_of(steps if steps.strip() else None))

    async def _show(self, shown: RenderableType) -> None:
        self.shown = shown
        self.query_one(ReportView).scroll_home(animate=False)
        await self._draw()

    async def _draw(self) -> None:
        """Print what is shown in the width that there is."""
        view, shown = self.query_one(ReportView), self.shown
        strips = await asyncio.to_thread(printed, shown, self.words.direction, view.room, view.tones)
        if self.shown is shown:  # or something newer is on its way
            view.show(strips)

    # leaving

    @on(Button.Pressed)
    async def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id != "measure":
            self.action_give_up()
            return
        try:
            setup = self._setup()
        except RoadmapError as error:
            await self._show(Text(self.words.error(error), "late"))
            return
        self._stop()
        self.dismiss(setup)

    def _stop(self) -> None:
        if self.process is not None:
            self.process.cancel()

    def action_give_up(self) -> None:
        """Measure nothing."""
        self._stop()
        self.dismiss(None)
