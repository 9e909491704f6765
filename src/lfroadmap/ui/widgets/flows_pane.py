"""The Flows tab: the figures that the roadmap keeps, read when the tab is opened; nothing is measured."""

from __future__ import annotations

from textual import on
from textual.containers import Container

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.text import one_line
from lfroadmap.ui.commands import COMMANDS
from lfroadmap.ui.context import FLOWS, Context
from lfroadmap.ui.flows.figures import ShownFigures, shown_figures
from lfroadmap.ui.flows.parts import Part, figure_parts, first_steps, problem_part
from lfroadmap.ui.widgets.flows_status import FlowsStatus, Shown
from lfroadmap.ui.widgets.flows_view import FlowsView


class FlowsPane(Container):
    """Shows the newest figures, or those of a filter, and how far a measuring is."""

    DEFAULT_CSS = """
    FlowsPane { height: 1fr; }
    """

    def __init__(self, roadmap: Roadmap, context: Context) -> None:
        self.context = context
        self.roadmap = roadmap
        self.state = context.flows
        keys = {command.id: command.keys for command in COMMANDS if command.place == "flows"}
        bound = keys | {name: context.words.keys[name] for name in keys if name in context.words.keys}
        self.status = FlowsStatus(context.words, bound)
        self.view = FlowsView(context.flows)
        super().__init__(self.status, self.view)
        self.tab = FLOWS
        self._parts_of: ShownFigures | None = None
        self._made: tuple[Part, ...] = ()
        """The parts of these figures, made once."""

    def on_mount(self) -> None:
        """Show what there is, and hear of what is measured."""
        self.state.heard = self._follow
        self._follow()

    def show(self, roadmap: Roadmap) -> None:
        """Show the roadmap as it is now."""
        if roadmap.measurements is not self.roadmap.measurements:
            self.roadmap = roadmap
            self._follow()

    def _follow(self) -> None:
        shown = shown_figures(self.roadmap, self.state)
        self.status.show(self._status(shown))
        self.status.display = bool(shown or self.state.working)
        self.view.show(self._parts(shown))

    def _status(self, shown: ShownFigures | None) -> Shown:
        words = self.context.words
        if shown is None:
            return Shown(working=self.state.working)
        day = iso_day(shown.day)
        figures = shown.figures
        since = iso_day(figures.since)
        since_day = words("flows_tab.since_day", day=words.day(since)) if since else ""
        chosen = {"since": since_day, "channel": figures.channel, "segment": figures.segment}
        filters = tuple((name, one_line(value) or words("flows_tab.all")) for name, value in chosen.items())
        return Shown(words("flows_tab.day", day=words.day(day)) if day else "", filters, self.state.working)

    def _parts(self, shown: ShownFigures | None) -> tuple[Part, ...]:
        words, problem = self.context.words, self.state.problem
        failed = (problem_part(problem, words),) if problem else ()
        if shown is None:
            return (*failed, *first_steps(self.context.name, words))
        if self._parts_of != shown:
            self._parts_of, self._made = shown, figure_parts(shown, self.roadmap.measurements, words)
        return (*failed, *self._made)

    def saved(self) -> None:
        """Nothing here is read out of the file."""

    @on(FlowsView.Entered)
    async def _entered(self, event: FlowsView.Entered) -> None:
        self.state.at = event.target
        await self.app.run_action("start('flow_explain')")

    @on(FlowsView.CalledOff)
    def _called_off(self) -> None:
        self.state.cancel()

    @on(FlowsStatus.Chosen)
    async def _chosen(self, event: FlowsStatus.Chosen) -> None:
        if event.command == "call_off":
            self.state.cancel()
        else:
            await self.app.run_action(f"start('{event.command}')")
