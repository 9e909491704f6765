"""The keys of the roadmap's screen that work outside its fields, and what its footer names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.context import OVERVIEW, Context, TabId
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.screens.key_hints import show_keys
from lfroadmap.ui.widgets.chrome import Footer
from lfroadmap.ui.widgets.letter_guard import LetterGuard
from lfroadmap.ui.widgets.pane_host import PaneHost
from lfroadmap.ui.widgets.structure_wanted import StructureWanted

if TYPE_CHECKING:
    from lfroadmap.ui.widgets.timeline_keys import TimelineKeys


class OutsideKeys(BaseScreen[None]):
    """A screen of tabs with fields on them; digits, signs and Escape are keys outside the fields."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("outside")
    place: Place = "form"

    keys: Mapping[str, str]
    """The keys of the settings."""
    context: Context
    host: PaneHost
    footer: Footer

    # the tabs, which the screen has

    async def open(self, tab: TabId, *, focus: bool = True) -> None:
        """Open a tab."""
        raise NotImplementedError

    async def open_number(self, number: int, *, focus: bool = True) -> None:
        """Open the tab at a place, the first being 0; nothing where there is none."""
        raise NotImplementedError

    async def step(self, tabs: int, *, focus: bool = True) -> None:
        """Open the tab so many places on, around the end."""
        raise NotImplementedError

    async def go(self, node_id: str, *, tasks: bool = False) -> None:
        """Open the tab that shows a node and focus the node there; of a card its fields, or its tasks."""
        raise NotImplementedError

    # the structure

    @property
    def node_here(self) -> str:
        """Id of the node that has the focus, or that the focused line is about; empty where there is none."""
        return self.host.place(self.focused) or getattr(self.focused, "node", "")

    async def on_structure_wanted(self, event: StructureWanted) -> None:
        """Start a command on a node that was pointed at."""
        if event.node:
            await self.go(event.node)
        await self.app.run_action(f"start('{event.action}')")

    async def on_timeline_keys_entered(self, event: TimelineKeys.Entered) -> None:
        """Go to the card or task of a row of the timeline."""
        await self.go(event.node)

    # the keys

    async def action_open_outside(self, number: int) -> None:
        """Open a tab by its place, and stay outside the fields."""
        await self.open_number(number, focus=False)
        self._stay_outside(str(number + 1))

    async def action_step_outside(self, tabs: int) -> None:
        """Open the next tab, or the one before, and stay outside the fields."""
        await self.step(tabs, focus=False)
        self._stay_outside("]" if tabs > 0 else "[")

    def _stay_outside(self, sign: str) -> None:
        """Focus a list; a text that follows the sign was not meant for it."""
        self.host.focus_first(outside=True)
        if isinstance(self.focused, LetterGuard):
            self.focused.opened_by(sign)

    async def action_level_up(self) -> None:  # type: ignore[override]  # Textual awaits what is to be awaited
        """Go to the overview."""
        if self.host.tab != OVERVIEW:
            await self.open(OVERVIEW)

    def on_descendant_focus(self) -> None:
        """Name the keys that matter where the focus went."""
        show_keys(self.footer, self, self.context.words, self.keys, up=self.host.tab != OVERVIEW)
