"""The open tab's pane, and those that were opened before it.

What a pane is made of is imported when the first of its kind is opened: a start waits for one kind only.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from textual.containers import Container
from textual.widget import Widget

from lfroadmap.roadmap.model import Measurement, Note, Reading, Roadmap
from lfroadmap.roadmap.progress import Counts
from lfroadmap.roadmap.tree import Place, find
from lfroadmap.ui.context import FLOWS, KPIS, NO_STAGES, OVERVIEW, TIMELINE, Cause, Context, TabId
from lfroadmap.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from lfroadmap.team.status import Colleague
    from lfroadmap.ui.widgets.card_form import CardForm
    from lfroadmap.ui.widgets.checklist import Checklist
    from lfroadmap.ui.widgets.flows_pane import FlowsPane
    from lfroadmap.ui.widgets.kpi_table import KpiPane
    from lfroadmap.ui.widgets.overview import OverviewPane
    from lfroadmap.ui.widgets.stage_pane import StagePane
    from lfroadmap.ui.widgets.timeline_pane import TimelinePane

    Pane = OverviewPane | StagePane | KpiPane | FlowsPane | TimelinePane


class PaneHost(Container):
    """Makes a tab's pane when it is first opened, keeps it, and brings it up to date."""

    DEFAULT_CSS = """
    PaneHost { height: 1fr; }
    """

    def __init__(self, roadmap: Roadmap, counts: Counts, context: Context) -> None:
        super().__init__()
        self.roadmap = roadmap
        self.counts = counts
        self.context = context
        self.tab = TabId("")
        self.panes: dict[TabId, Pane] = {}
        self.people: tuple[Colleague, ...] = ()
        """The colleagues whose places the cards show."""
        self._building = asyncio.Lock()

    async def open(self, tab: TabId) -> None:
        """Show the pane of a tab, rebuilt where it no longer fits the roadmap."""
        if self.is_stale:
            await self.rebuild()
        if not self.is_attached:  # the app ended meanwhile
            return
        if tab not in self.panes:
            self.panes[tab] = made = self._make(tab)
            made.display = False  # beside the open one it would be laid out in half of the room
            await self.mount(made)
        self.tab = tab
        for other, pane in self.panes.items():
            pane.display = other == tab
        self._show_panels()

    def _make(self, tab: TabId) -> Pane:
        if tab == OVERVIEW:
            from lfroadmap.ui.widgets.overview import OverviewPane  # noqa: PLC0415

            return OverviewPane(self.roadmap, self.counts, self.context)
        if tab == KPIS:
            from lfroadmap.ui.widgets.kpi_table import KpiPane  # noqa: PLC0415

            return KpiPane(self.roadmap.kpis, self.context)
        if tab == FLOWS:
            from lfroadmap.ui.widgets.flows_pane import FlowsPane  # noqa: PLC0415

            return FlowsPane(self.roadmap, self.context)
        if tab == TIMELINE:
            from lfroadmap.ui.widgets.timeline_pane import TimelinePane  # noqa: PLC0415

            return TimelinePane(self.roadmap, self.counts, self.context)
        from lfroadmap.ui.widgets.stage_pane import StagePane  # noqa: PLC0415

        stage = next(stage for stage in self.roadmap.stages if stage.id == tab)
        return StagePane(stage, self.context, self.roadmap, self.counts)

    def focus_first(self, *, outside: bool = False) -> None:
        """Focus the first thing on the open tab; `outside`: the first list, outside the fields."""
        from lfroadmap.ui.widgets.line_list import LineList  # noqa: PLC0415

        lists = (each for each in self.panes[self.tab].query(LineList) if each.focusable)
        if outside and (first := next(lists, None)):
            self._focus(first)
            return
        for widget in self.panes[self.tab].query("*"):
            if widget.focusable:
                self.screen.set_focus(widget, scroll_visible=False)
                self.panes[self.tab].scroll_home(animate=False)
                return

    @property
    def _stages(self) -> dict[TabId, StagePane]:
        """The panes of stages that were opened."""
        return {tab: cast("StagePane", pane) for tab, pane in self.panes.items() if tab not in NO_STAGES}

    # showing the roadmap

    def show(self, roadmap: Roadmap, cause: Cause) -> None:
        """Show a roadmap in the panes that there are, at once; `is_stale` says whether they will do."""
        self.roadmap = roadmap
        opened = self._stages
        for stage in roadmap.stages:
            if pane := opened.get(TabId(stage.id)):
                pane.show(stage, self.counts, cause)
        relations = self.context.relations()
        if relations and not relations.dependencies.is_empty:
            for pane in opened.values():
                pane.follow_waiting()
        if kpis := self.panes.get(KPIS):
            cast("KpiPane", kpis).table.show(roadmap.kpis)
            cast("KpiPane", kpis).figures.follow_cards()
        self._show_panels()

    def follow_day(self) -> None:
        """Show what depends on the day of today, as the day is another."""
        known = {card.id for stage in self.roadmap.stages for card in stage.cards}
        for pane in self._stages.values():
            for card in (card for node_id, card in pane.cards.items() if node_id in known):
                card.follow_day()
        self._show_panels()

    @property
    def is_stale(self) -> bool:
        """True if stages, cards or fields were added, removed or moved, so that panes must be built."""
        known = {stage.id for stage in self.roadmap.stages}
        return any(tab not in known or pane.is_stale for tab, pane in self._stages.items())

    async def rebuild(self) -> None:
        """Remove the panes of stages that are gone, and build what is missing in the others."""
        async with self._building:  # an undo and another window may ask for it at the same moment
            await self._build()

    async def _build(self) -> None:
        known = {stage.id for stage in self.roadmap.stages}
        for tab, pane in self._stages.items():
            if tab not in known:
                del self.panes[tab]
                await pane.remove()
            elif pane.is_stale:
                await pane.rebuild()

    def saved(self) -> None:
        """Let the panes read the history again: everything is in the file."""
        for pane in self.panes.values():
            pane.saved()

    def _show_panels(self) -> None:
        """Show the roadmap in the panels of the open tab."""
        if self.tab == OVERVIEW and (pane := self.panes.get(OVERVIEW)):
            cast("OverviewPane", pane).show(self.roadmap, self.counts)
        elif self.tab == FLOWS and (pane := self.panes.get(FLOWS)):
            cast("FlowsPane", pane).show(self.roadmap)
        elif self.tab == TIMELINE and (pane := self.panes.get(TIMELINE)):
            cast("TimelinePane", pane).show(self.roadmap, self.counts)
        elif pane := self._stages.get(self.tab):
            pane.show_panels(self.roadmap, self.counts)

    def commit_pending(self) -> None:
        """Have every editor report what it has not reported yet."""
        for pane in self._stages.values():
            pane.commit_pending()

    # going to a place

    def tab_of(self, place: Place) -> TabId:
        """The tab that shows a place."""
        if isinstance(place.node, Measurement):
            return FLOWS
        return TabId(self.roadmap.stages[place.stage].id) if place.stage >= 0 else KPIS

    def go_within(self, node_id: str) -> bool:
        """Go to a node on the timeline where that is open and has a line for it; False where not."""
        pane = self.panes.get(self.tab) if self.tab == TIMELINE else None
        return pane is not None and cast("TimelinePane", pane).go_to(node_id)

    async def go(self, node_id: str, *, tasks: bool = False) -> None:
        """Open the tab that shows a node and focus the node there; of a card its fields, or its tasks.

        A note stands for its card or task, a value by day for its KPI.
        """
        place = find(self.roadmap, node_id)
        if place is not None and isinstance(place.node, Note | Reading):
            node_id, tasks = place.parent, isinstance(place.node, Note)
            place = find(self.roadmap, node_id)
        if place is None:
            return
        await self.open(self.tab_of(place))
        if opened := self._stages.get(self.tab):
            await opened.complete()
        if not self.is_attached:  # the app ended meanwhile
            return
        if self.tab == KPIS:
            table = cast("KpiPane", self.panes[KPIS]).table
            self._focus(table)
            table.move_to(place.at + 1)
        elif place.card >= 0:
            card = self.roadmap.stages[place.stage].cards[place.card]
            pane = self._stages[self.tab].cards[card.id]
            if calculator := pane.calculator_of(place):
                self._focus(calculator)
                calculator.go_to(node_id)
            else:
                self._focus_in(pane.form, pane.checklist, node_id, tasks=tasks)
        else:
            self.focus_first()

    def _focus_in(self, form: CardForm, checklist: Checklist, node_id: str, *, tasks: bool) -> None:
        for at, task in enumerate(checklist.card.tasks):
            if task.id == node_id:
                self._focus(checklist)
                checklist.move_to(at)
                return
        children = [checklist] if tasks else list(form.children) or [checklist]
        named = (
            child for child, editor in zip(children, form.editors, strict=False) if editor.field.id == node_id
        )
        self._focus(next(named, children[0]))

    def _focus(self, widget: Widget) -> None:
        """Focus at once: `Widget.focus` waits a turn, and keys typed ahead would go astray."""
        # Textual would scroll to the middle or the top of a list, after the list has scrolled to its cursor
        self.screen.set_focus(widget, scroll_visible=not isinstance(widget, LineList))
        self.call_after_refresh(reveal, widget)  # a pane that was just made has no layout yet

    def place(self, focused: Widget | None) -> str:
        """The node that has the focus, to come back to it; empty where there is none."""
        from lfroadmap.ui.widgets.editor import Editor  # noqa: PLC0415

        if isinstance(focused, Editor):
            return focused.field.id
        here: str = getattr(_list_of(focused), "place_id", "")
        return here

    def in_tasks(self, focused: Widget | None) -> bool:
        """True if a checklist or its editor has the focus."""
        from lfroadmap.ui.widgets.checklist import Checklist  # noqa: PLC0415

        return isinstance(_list_of(focused), Checklist)


def show_people(host: PaneHost, people: tuple[Colleague, ...]) -> None:
    """Name the colleagues at the cards where they are."""
    host.people = people
    for tab, pane in host.panes.items():
        if tab not in NO_STAGES:
            for card in cast("StagePane", pane).cards.values():
                card.show_people()


def _list_of(focused: Widget | None) -> object:
    """The list of a focused editor; any other widget itself."""
    from lfroadmap.ui.widgets.inline_editor import InlineEditor  # noqa: PLC0415

    return focused.parent if isinstance(focused, InlineEditor) else focused


def reveal(widget: Widget) -> None:
    """Scroll to a widget that has the focus, in a list to the row under its cursor."""
    if isinstance(widget, LineList):
        widget.reveal()
    elif widget.has_focus:
        widget.scroll_visible(animate=False)
