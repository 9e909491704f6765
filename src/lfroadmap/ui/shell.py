"""The interface of the window to the actions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from rich.text import Text
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from lfroadmap.ui.commands import Place
    from lfroadmap.ui.context import Cause
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.theme_choice import Themes
    from lfroadmap.words import Language

T = TypeVar("T")
Ending = Callable[[], Awaitable[None]]
"""The last step of an action, to be done when the screens of the action are gone."""


class Answer(NamedTuple):
    """One way to answer a question; `danger` is drawn as such."""

    id: str
    text: str
    danger: bool = False


class Screens(Protocol):
    """The screens over the roadmap: those that an action opens, and the one with the focus."""

    async def ask(self, title: str, body: str, answers: Iterable[Answer]) -> str | None:
        """Ask, and wait for the id of an answer; the last one changes nothing."""
        ...

    async def show(self, screen: Screen[T]) -> T | None:
        """Open a screen, and wait for its result."""
        ...

    async def keep(
        self, screen: Screen[T | None], act: Callable[[T], Awaitable[Ending | None]]
    ) -> Ending | None:
        """Open a screen that stays under what its results open, until `act` returns an ending for one."""
        ...

    def push(self, screen: Screen[None]) -> None:
        """Open a screen that has no result."""
        ...

    def toggle(self, screen: Screen[None]) -> None:
        """Open a screen, or close the one of its kind that is open."""
        ...

    @property
    def focused_place(self) -> Place:
        """The place in the table of commands whose keys work where the focus is."""
        ...


class Shell(Screens, Protocol):
    """The window of a session: questions, screens, notices, and the place that is shown."""

    def hold_keys(self) -> None:
        """Hold the keys that are typed ahead until the next screen is on, or the action is over."""
        ...

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        behind: bool = False,
    ) -> None:
        """Show a notice; `behind`: when what was done is on the screen, as a notice has to be placed too."""
        ...

    def clear_notices(self, severity: SeverityLevel | None = None) -> None:
        """Take the notices away that are shown, all or those of a severity."""
        ...

    async def catch_up(self) -> None:
        """Wait until the events of the store are processed, and their notices shown."""
        ...

    def refresh(self, cause: Cause) -> None:
        """Show the session's roadmap after it changed."""
        ...

    def show_changed_by(self, who: str) -> None:
        """Say for a while who changed something elsewhere."""
        ...

    def refuse(self) -> None:
        """Say why nothing can be changed, and take off the screen what was typed."""
        ...

    async def rebuild(self, at: str = "") -> None:
        """Show the session's roadmap after a command changed its structure, the focus on a node."""
        ...

    @property
    def node_here(self) -> str:
        """Id of the node with the focus, or else of the open tab."""
        ...

    async def go(self, node_id: str) -> None:
        """Go to the node's place on its tab."""
        ...

    async def add_kpi(self) -> None:
        """Open the KPIs and begin a new row there."""
        ...

    @property
    def tab(self) -> str:
        """Id of the open tab."""
        ...

    @property
    def chosen_text(self) -> str:
        """The selected text, or else all of the field that has the focus."""
        ...

    def copy(self, text: str) -> None:
        """Put a text into the clipboards of the terminal and the system."""
        ...

    def remember(self, **settings: str | None) -> None:
        """Keep settings for the next time; None forgets one."""
        ...

    async def switch(self, session: Session, at: str = "") -> None:
        """Go on with the session of another roadmap, whose own tab opens, or at a node."""
        ...

    async def set_language(self, language: Language) -> None:
        """Go on in a language, at the same place."""
        ...

    def run(self, action: str) -> None:
        """Do what the key of a command does, after the action that is going on."""
        ...

    @property
    def themes(self) -> Themes:
        """The colors in which everything is drawn."""
        ...

    def exit(self, message: Text | None = None, return_code: int = 0) -> None:
        """Close the window; the message is printed when the terminal is as before."""
        ...
