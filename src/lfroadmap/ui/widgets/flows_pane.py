"""The Flows tab: the figures that the roadmap keeps, read when the tab is opened; nothing is measured."""

from __future__ import annotations

from textual import on
from textual.containers import Container

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.context import FLOWS, Context
from lfroadmap.ui.flows.parts import Part, first_steps, problem_part
from lfroadmap.ui.widgets.flows_status import FlowsStatus
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
        self.status = FlowsStatus(context.words, {})
        self.view = FlowsView()
        super().__init__(self.status, self.view)
        self.tab = FLOWS

    def on_mount(self) -> None:
        """Show what there is, and hear of what is measured."""
        self.state.heard = self._follow
        self._follow()

    def show(self, roadmap: Roadmap) -> None:
        """Show the roadmap as it is now."""
        self.roadmap = roadmap

    def _follow(self) -> None:
        self.status.display = False
        self.view.show(self._parts())

    def _parts(self) -> tuple[Part, ...]:
        words = self.context.words
        parts = first_steps(self.context.name, words)
        return (problem_part(self.state.problem, words), *parts) if self.state.problem else parts

    def saved(self) -> None:
        """Nothing here is read out of the file."""

    @on(FlowsView.Moved)
    def _moved(self, event: FlowsView.Moved) -> None:
        self.state.at = event.target

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
