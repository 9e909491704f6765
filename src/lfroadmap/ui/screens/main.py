"""The main screen: header, tabs, the open tab's pane, keys."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from lfroadmap.report.formatting import format_late_short, format_title
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Counts
from lfroadmap.ui.context import NO_STAGES, OVERVIEW, Cause, Context, TabId
from lfroadmap.ui.screens.touring import Touring
from lfroadmap.ui.widgets.chrome import Footer, Header
from lfroadmap.ui.widgets.pane_host import PaneHost
from lfroadmap.ui.widgets.tab_bar import Tab, TabBar

if TYPE_CHECKING:
    from lfroadmap.ui.widgets.dashboard import Dashboard

SMALLEST = (60, 16)
"""Columns and rows below which the screen only says that it needs more."""
TOASTS = "textual-toastrack"
"""The id of Textual's widget for notifications."""
WIDE = 110
"""Columns from which cards stand side by side."""


class MainScreen(Touring):
    """Shows one roadmap; knows nothing of files."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  Textual reads it
    AUTO_FOCUS = ""

    class Opened(Message):
        """A tab was opened."""

        def __init__(self, tab: TabId) -> None:
            super().__init__()
            self.tab = tab

    class OwnerChosen(Message):
        """Somebody wants to see what an owner has; the name is without case, empty for no owner."""

        def __init__(self, owner: str) -> None:
            super().__init__()
            self.owner = owner

    def __init__(
        self, roadmap: Roadmap, counts: Counts, context: Context, keys: Mapping[str, str], tab: TabId
    ) -> None:
        super().__init__()
        self.keys = keys
        self._shown_before = False
        self._set_up(roadmap, counts, context, tab)

    def _set_up(self, roadmap: Roadmap, counts: Counts, context: Context, tab: TabId) -> None:
        self.first_tab = tab
        self.counts = counts
        self.context = context
        self.header = Header(format_title(roadmap, context.labels, context.name), context.thresholds)
        self.tab_bar = TabBar(context.thresholds)
        self.host = PaneHost(roadmap, counts, context)
        self.footer = Footer()
        if self.tour:
            self.set_up_tour()
        self.too_small = Static(id="too-small", markup=False)

    def compose(self) -> ComposeResult:
        """Stack the lines around the open tab."""
        # Textual would say it after the first layout, and style and lay out everything once more
        wide = self.app.size.width >= WIDE
        self.update_classes({"-narrow": not wide, "-wide": wide}, update=False)
        yield self.header
        yield self.header.mark_line
        yield self.tab_bar
        yield self.host
        if self.tour_line:
            yield self.tour_line
        yield self.footer
        yield self.too_small

    async def on_mount(self) -> None:
        """Open the tab that was open last."""
        # Textual hides it when the first picture is drawn, and lays out everything once more
        self.query_one(f"#{TOASTS}").display = False
        await self.open(self.first_tab)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Style nothing again at the start: all widgets have just been styled."""
        event.refresh_styles = event.refresh_styles and self._shown_before
        self._shown_before = True

    async def show_another(self, roadmap: Roadmap, counts: Counts, context: Context, tab: TabId) -> None:
        """Go on with another roadmap, on a tab of it; within a batch, so that it is drawn once."""
        for _ in range(2):  # the screen above has just gone: this one is laid out, and drawn as it was
            turn = asyncio.Event()
            self.call_later(turn.set)
            await turn.wait()
        async with self._building:
            self._built = None
            self._set_up(roadmap, counts, context, tab)
            await self.recompose()
        await self.open(tab)

    async def set_context(self, context: Context) -> None:
        """Go on with other words, at the same place."""
        roadmap, tab, place = self.host.roadmap, self.host.tab, self.host.place(self.focused)
        tasks = self.host.in_tasks(self.focused)
        self._set_up(roadmap, self.counts, context, tab)
        await self.recompose()
        await self.open(tab, focus=not place)
        if place:
            await self.go(place, tasks=tasks)

    # tabs

    def tabs(self) -> tuple[Tab, ...]:
        """All tabs, with how much of each stage is done and how it goes."""
        words, labels, health = self.context.words, self.context.labels, self.context.health
        stages = [
            Tab(
                TabId(stage.id),
                labels.of(stage),
                labels.short(stage),
                self.counts.stages[stage.id],
                health.stages[stage.id].health,
                self.context.people_at(stage.id),
            )
            for stage in self.host.roadmap.stages
        ]
        shorts = {id: f"tab.{id}_short" if f"tab.{id}_short" in words else f"tab.{id}" for id in NO_STAGES}
        overview, *others = (
            Tab(id, words(f"tab.{id}"), words(shorts[id]), people=self.context.people_at(id))
            for id in NO_STAGES
        )
        return (overview, *stages, *others)

    async def open(self, tab: TabId, *, focus: bool = True) -> None:
        """Open a tab; an unknown one opens the overview."""
        self.context.health.follow(self.host.roadmap, self.context.today())  # the day may be another
        known = [entry.id for entry in self.tabs()]
        await self.host.open(tab if tab in known else OVERVIEW)
        if self.has_ended:
            return
        self._opened()
        if focus:
            self.host.focus_first()

    async def open_number(self, number: int, *, focus: bool = True) -> None:
        """Open the tab at a place, the first being 0; nothing where there is none."""
        tabs = self.tabs()
        if number < len(tabs):
            await self.open(tabs[number].id, focus=focus)

    async def step(self, tabs: int, *, focus: bool = True) -> None:
        """Open the tab so many places on, around the end."""
        known = [entry.id for entry in self.tabs()]
        here = known.index(self.host.tab) if self.host.tab in known else 0
        await self.open(known[(here + tabs) % len(known)], focus=focus)

    async def go(self, node_id: str, *, tasks: bool = False) -> None:
        """Open the tab that shows a node and focus the node there; of a card its fields, or its tasks."""
        await self.host.go(node_id, tasks=tasks)
        if not self.has_ended:
            self._opened()

    action_go_to = go

    def _opened(self) -> None:
        self.show_progress()
        self.follow_tour()
        self.post_message(self.Opened(self.host.tab))

    @on(Header.LateChosen)
    async def _late_chosen(self) -> None:
        await self.app.run_action("start('late')")

    @on(TabBar.Chosen)
    async def _tab_chosen(self, event: TabBar.Chosen) -> None:
        await self.open(event.tab)

    async def on_dashboard_entered(self, event: Dashboard.Entered) -> None:
        """Go where a line of the dashboard leads."""
        kind, name = event.target
        if kind == "node":
            await self.go(name)
        elif kind == "owner":
            self.post_message(self.OwnerChosen(name))
        else:
            await self.app.run_action(f"start('{kind}')")

    # showing the roadmap

    def show_progress(self) -> None:
        """Bring the header and the tab bar up to date."""
        words, roadmap, overall = self.context.words, self.host.roadmap, self.context.health.overall
        self.header.show(
            format_title(roadmap, self.context.labels, self.context.name),
            self.counts.overall,
            format_late_short(overall.late, words),
            is_late=overall.health == "late",
        )
        self.tab_bar.show(self.tabs(), self.host.tab)

    def show(self, roadmap: Roadmap, cause: Cause) -> None:
        """Show a roadmap that changed: bars and rows at once, panes that must be built soon after."""
        before = self.host.roadmap
        self.host.show(roadmap, cause)
        self.show_progress()
        self.follow_tour()
        self.rebuild_soon(before)

    def follow_day(self) -> None:
        """Show the days that are left, and what became late, on another day."""
        self.host.follow_day()
        self.show_progress()

    # sizes

    def on_resize(self, event: events.Resize) -> None:
        """Say politely when there is too little room."""
        width, height = event.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(small, "-too-small")
        if small:
            facts = {"width": width, "height": height, "columns": SMALLEST[0], "rows": SMALLEST[1]}
            self.too_small.update(self.context.words("screen.too_small", **facts))
