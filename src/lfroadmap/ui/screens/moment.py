"""The roadmap as it was at any moment: looked at, exported, brought back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from lfroadmap.errors import RoadmapError
from lfroadmap.report.nodes import Report
from lfroadmap.roadmap.dates import NotADay, read_moment
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.screens.key_hints import show_keys
from lfroadmap.ui.screens.listing import ListField, TitleLine
from lfroadmap.ui.screens.timeline import Timeline, Walk
from lfroadmap.ui.widgets.chrome import Footer
from lfroadmap.ui.widgets.report_view import ReportView, printed
from lfroadmap.ui.widgets.row_drawing import onward
from lfroadmap.ui.widgets.slider import Slider
from lfroadmap.words import Words


@dataclass(frozen=True, slots=True)
class MomentResult:
    """The result: what to do with the roadmap of a moment."""

    act: Literal["export", "restore"]
    roadmap: Roadmap
    at: datetime | None
    """None: as it was made."""
    change: int = 0
    """Number of the last change that is in it; 0: as it was made."""


class MomentScreen(BaseScreen[MomentResult | None]):
    """Shows the roadmap behind each change; nothing on it can be edited."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("moment")
    place = "moment"
    CSS_PATH = "moment.tcss"
    AUTO_FOCUS = "Slider"

    def __init__(
        self,
        past: Walk,
        report: Callable[[Roadmap, date], Report],
        author_of: Callable[[int], str],
        words: Words,
        keys: Mapping[str, str],
        *,
        today: Callable[[], date],
        number: int | None = None,
    ) -> None:
        super().__init__()
        self.report, self.words, self.keys, self.today = report, words, keys, today
        self.author_of = author_of
        """Reads who made a change; for a thread."""
        self._author = ""
        self.timeline = Timeline(past)
        self.at = self.timeline.last if number is None else self.timeline.stop_of(number)
        self.shown: Roadmap | None = None
        self._drawn: tuple[int, int] | None = None
        self._act: Literal["export", "restore"] | None = None
        """What to do with the moment as soon as it is shown."""
        self.title_line = TitleLine(words("moment.title"))
        self.day = ListField(words("moment.day"), "day")
        self.day.display = False
        self.slider = Slider(self.timeline.last + 1, words("moment.first"), words("moment.last"))
        self.view = ReportView()
        self.view.can_focus = False  # the arrows are the slider's
        self.footer = Footer()

    def compose(self) -> ComposeResult:
        """Stack the line of time over the report."""
        yield self.title_line
        yield self.day
        yield self.slider
        yield self.view
        yield self.footer

    def on_resize(self) -> None:
        """Print it in the new width."""
        self._turn()

    def on_descendant_focus(self) -> None:
        """Name the keys."""
        show_keys(self.footer, self, self.words, self.keys, up=True)

    # where in time

    def _turn(self) -> None:
        """Show the current moment; while one is being loaded, only the latest is loaded next."""
        self.slider.show(self.at)
        self._caption()
        if not any(worker.group == "walk" and not worker.is_finished for worker in self.workers):
            self.start("walk", self._walk)

    def _caption(self) -> None:
        """Say which moment it is, and that it is being fetched while it is not shown yet."""
        at = self.timeline.time(self.at)
        caption = self.words("moment.made") if at is None else f"{self.words.day(at.date())} {at:%H:%M:%S}"
        place = self.words("moment.place", at=self.at, last=self.timeline.last)
        here = self._drawn is not None and self._drawn[0] == self.at
        parts = (caption, self._author, place) if here else (caption, self.words("moment.fetching"))
        self.title_line.show("  ·  ".join(filter(None, parts)))

    async def _walk(self) -> None:
        while self._drawn != (self.at, self.view.room):
            target = self.at, self.view.room
            try:
                roadmap = await asyncio.to_thread(self.timeline.roadmap, target[0])
                author = await asyncio.to_thread(self.author_of, self.timeline.stops[target[0]])
            except RoadmapError as error:
                self.notify(self.words.error(error), severity="error")
                self._act = None
                self.release_keys()
                return
            at = self.timeline.time(self.at)
            report = self.report(roadmap, at.date() if at else self.today())
            drawn = partial(printed, report.whole(), report.direction, target[1], self.view.tones)
            strips = await asyncio.to_thread(drawn)
            self._drawn, self.shown, self._author = target, roadmap, author
            self.view.show(strips)
            self._caption()
        if self._act:
            self._leave(self._act)

    def _go(self, at: int) -> None:
        self.at = max(0, min(at, self.timeline.last))
        self._turn()

    @on(Slider.Put)
    def _put(self, event: Slider.Put) -> None:
        self._go(event.at)

    def action_step(self, changes: int) -> None:
        """Go so many changes to the right of the screen, or to the left."""
        self._go(self.at + onward(changes))

    def action_day(self, days: int) -> None:
        """Go to the end of another day on which something changed."""
        self._go(self.timeline.another_day(self.at, onward(days)))

    def action_end(self, last: int) -> None:
        """Go to the first or the last moment."""
        self._go(self.timeline.last * last)

    def action_pick(self) -> None:
        """Ask for a day."""
        self.day.display = True
        self.set_focus(self.day)

    def action_take_field(self) -> None:
        """Go to the day that was typed."""
        try:
            when = read_moment(self.day.value, self.today())
        except NotADay as problem:
            self.notify(self.words(f"date.{problem.reason}"), severity="warning")
            return
        self._away()
        self._go(self.timeline.stop_at(when))

    def _away(self) -> None:
        self.set_focus(self.slider)
        self.day.display = False

    def action_scroll(self, lines: int) -> None:
        """Scroll the report."""
        self.view.scroll_relative(
            y=lines if abs(lines) == 1 else lines * self.view.size.height // 10, animate=False
        )

    # leaving

    def action_level_up(self) -> None:
        """Leave the field; else go back to the roadmap of today."""
        if self.focused is not self.slider:
            self._away()
        else:
            self.dismiss(None)

    def action_export_then(self) -> None:
        """Write this roadmap into a file."""
        self._leave("export")

    def action_restore(self) -> None:
        """Bring this roadmap back."""
        self._leave("restore")

    def _leave(self, act: Literal["export", "restore"]) -> None:
        """End with the moment under the knob, once it is what the screen shows."""
        if self.shown is None or self._drawn is None or self._drawn[0] != self.at:
            self._act = act
            self.hold_keys()
            self._turn()
            return
        when, change = self.timeline.time(self.at), self.timeline.stops[self.at]
        self._act = None
        self.choose(MomentResult(act, self.shown, when, change))
