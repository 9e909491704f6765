"""What changed since a day, or since a snapshot."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
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
from lfroadmap.export import default_name, write_file
from lfroadmap.export.comparison_page import COMPARISONS, ComparisonContext
from lfroadmap.imports.snapshot import read
from lfroadmap.report.comparison_report import Ends
from lfroadmap.roadmap.comparison import compare
from lfroadmap.roadmap.dates import NotADay, read_moment
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.store.history.queries import marked
from lfroadmap.store.history.time_travel import TimeTravel, at
from lfroadmap.text import one_line
from lfroadmap.ui.paths import file_to_read, path_of
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.widgets.report_view import ReportView, printed
from lfroadmap.words import Words

SPANS = {"yesterday": "-1", "week": "-7", "month": "-30", "quarter": "-91"}
"""What the buttons stand for, as it would be typed."""

SNAPSHOTS = (".json", ".html", ".htm", ".mhtml", ".mht", ".webarchive")
"""How the names of snapshots' files end."""
MOST = 100
"""Rows of each part that are shown; a page has them all."""


@dataclass(frozen=True, slots=True)
class ChangesSubject:
    """The roadmap that is open, and where its history lies."""

    roadmap: Roadmap
    path: Path
    name: str
    thresholds: Thresholds
    today: date
    folder: Path
    """Where a page is written."""


class ChangesScreen(BaseModal[None]):
    """Asks since when, and tells what changed; writes it as a page if asked."""

    CSS_PATH = ["dialog.tcss", "changes.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, words: Words, subject: ChangesSubject) -> None:
        super().__init__()
        self.words = words
        self.subject = subject
        self.told: ComparisonContext | None = None
        self.shown: RenderableType = ""

    def compose(self) -> ComposeResult:
        """Lay out the question over its answer."""
        words = self.words
        with Vertical(id="dialog"):
            yield Static(words("changes.title"), classes="title", markup=False)
            yield BidiInput(SPANS["week"], placeholder=words("changes.hint"), id="since", compact=True)
            with Horizontal(classes="spans"):
                for name in SPANS:
                    yield Button(words(f"changes.{name}"), id=name, compact=True)
            yield ReportView(id="told")
            with Horizontal(classes="answers"):
                yield Button(words("changes.write"), id="write", disabled=True, compact=True)
                yield Button(words("changes.close"), id="close", compact=True)

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
            # a page is told of though the screen is left meanwhile
            self.app.run_worker(self._write(), exclusive=True, group="write")
        else:
            self.dismiss()

    def _look(self) -> None:
        self.start("look", partial(self._tell, self.query_one("#since", Input).value))

    async def _tell(self, since: str) -> None:
        """Show what changed; what cannot be understood is said in its place."""
        view = self.query_one(ReportView)
        try:
            self.told = await asyncio.to_thread(self._compared, since)
            self.shown = self.told.report(MOST).whole()
        except RoadmapError as error:
            self.told = None
            self.shown = Text(self.words.error(error))
        view.scroll_home(animate=False)
        await self._draw()
        self.query_one("#write", Button).disabled = self.told is None

    async def _draw(self) -> None:
        """Print what is shown in the width that there is."""
        view, shown = self.query_one(ReportView), self.shown
        strips = await asyncio.to_thread(printed, shown, self.words.direction, view.room)
        if self.shown is shown:  # or something newer is on its way
            view.show(strips)

    def _compared(self, since: str) -> ComparisonContext:
        subject, words = self.subject, self.words
        then, told = self._then(since.strip())
        held = compare(then, subject.roadmap, words.language)
        ends = Ends(told, words("compared.today", day=words.day(subject.today)))
        return ComparisonContext(held, ends, words, subject.thresholds)

    def _then(self, since: str) -> tuple[Roadmap, str]:
        """The state that is meant, and what to call it; raises RoadmapError."""
        path = path_of(since)
        if path.suffix.lower() in SNAPSHOTS:
            return read(file_to_read(path)), one_line(path.name)
        if mark := marked(self.subject.path, since):
            day = self.words.day(mark.at.date())
            return TimeTravel(self.subject.path).whole_at(mark.change), one_line(mark.name) or day
        try:
            moment = read_moment(since, self.subject.today, start=True)
        except NotADay as error:
            raise RoadmapError("no_point_here", given=one_line(since)) from error
        then, told = at(self.subject.path, moment), self.words.day(moment.date())
        return then.roadmap, told if then.number else self.words("compared.before", day=told)

    async def _write(self) -> None:
        """Write what is shown as a page."""
        if self.told is None:
            return
        subject = self.subject
        path = subject.folder / default_name(f"{subject.name}-changes", ".html", subject.today)
        try:
            data = await asyncio.to_thread(COMPARISONS["html"], self.told)
            written = await asyncio.to_thread(write_file, data, path)
        except RoadmapError as error:
            self.notify(self.words.error(error), severity="error", timeout=15)
        else:
            self.notify(self.words("export.written", path=written), timeout=15)
