"""What changed since a day, or since a snapshot."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.errors import RoadmapError
from lfroadmap.export import default_name, write_file
from lfroadmap.export.comparison_page import COMPARISONS, ComparisonContext
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.ui.paths import path_of
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import DialogBox, button
from lfroadmap.ui.widgets.report_view import ReportView, printed
from lfroadmap.ui.work import start_work
from lfroadmap.usecases.comparison import compare_points
from lfroadmap.usecases.points_in_time import PointsInTime

SPANS = {"yesterday": "-1", "week": "-7", "month": "-30", "quarter": "-91"}
"""What the buttons stand for, as it would be typed."""
MOST = 100
"""Rows of each part that are shown; a page has them all."""


class ChangesScreen(BaseModal[None]):
    """Asks since when, and shows what changed; writes it as a page if asked."""

    CSS_PATH = ["dialog.tcss", "changes.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, points: PointsInTime, thresholds: Thresholds, folder: Path) -> None:
        super().__init__()
        self.points = points
        self.words = points.words
        self.thresholds = thresholds
        self.folder = folder
        """The folder that a page is written to."""
        self.compared: ComparisonContext | None = None
        self.shown: RenderableType = ""

    def compose(self) -> ComposeResult:
        """Lay out the question over its answer."""
        words = self.words
        with DialogBox(words("changes.title")):
            yield BidiInput(SPANS["week"], placeholder=words("changes.hint"), id="since", compact=True)
            with Horizontal(classes="spans"):
                for name in SPANS:
                    yield button(words(f"changes.{name}"), name)
            yield ReportView(id="report")
            with Horizontal(classes="answers"):
                yield button(words("changes.write"), "write", disabled=True)
                yield button(words("changes.close"), "close", "Esc")

    def on_mount(self) -> None:
        """Begin with the last week."""
        self.query_one("#since", Input).focus()
        self._look()

    def on_resize(self) -> None:
        """Print it again in the new width."""
        self.call_after_refresh(self.start, "draw", self._draw)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._look()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id in SPANS:
            self.query_one("#since", Input).value = SPANS[event.button.id]
            self._look()
        elif event.button.id == "write":
            # reported even if the screen is left meanwhile
            start_work(self.app, self._write, "write", exclusive=True)
        else:
            self.dismiss()

    def _look(self) -> None:
        self.start("look", partial(self._tell, self.query_one("#since", Input).value))

    async def _tell(self, since: str) -> None:
        """Show what changed; what cannot be understood is said in its place."""
        view = self.query_one(ReportView)
        try:
            self.compared = await asyncio.to_thread(self._compared, since)
            self.shown = self.compared.report(MOST).whole()
        except RoadmapError as error:
            self.compared = None
            self.shown = Text(self.words.error(error))
        view.scroll_home(animate=False)
        await self._draw()
        self.query_one("#write", Button).disabled = self.compared is None

    async def _draw(self) -> None:
        """Print what is shown in the width that there is."""
        view, shown = self.query_one(ReportView), self.shown
        strips = await asyncio.to_thread(printed, shown, self.words.direction, view.room, view.tones)
        if self.shown is shown:  # or something newer is on its way
            view.show(strips)

    def _compared(self, since: str) -> ComparisonContext:
        then = self.points.find(since, start=True, path=path_of(since))
        return compare_points(then, self.points.now(), self.words, self.thresholds)

    async def _write(self) -> None:
        """Write what is shown as a page."""
        if self.compared is None:
            return
        path = self.folder / default_name(f"{self.points.name()}-changes", ".html", self.points.today)
        try:
            data = await asyncio.to_thread(COMPARISONS["html"], self.compared)
            written = await asyncio.to_thread(write_file, data, path)
        except RoadmapError as error:
            self.notify(self.words.error(error), severity="error", timeout=15)
        else:
            self.notify(self.words("export.written", path=written), timeout=15)
