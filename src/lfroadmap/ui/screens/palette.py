"""The command palette: the commands, and every stage and card to go to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import textual.command
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.style import Style
from textual.types import IgnoreReturnCallbackType

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.ui.commands import COMMANDS, Command
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.search import match

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

_MATCHED = Style(reverse=True)
Entry = tuple[str, str, IgnoreReturnCallbackType]
"""A name, what it does, and the doing."""


def provider_of(session: Session, shell: Shell) -> type[Provider]:
    """The provider of the commands and the places of a session's roadmap."""

    class Commands(Provider):
        """Shows the commands at once; finds commands and places by their names and descriptions."""

        def _commands(self) -> Iterator[Entry]:
            words = session.words
            for command in COMMANDS:
                if command.palette:
                    name, about = words(f"command.{command.id}"), words(f"command.{command.id}_about")
                    yield name, about, partial(self.app.call_later, *self._run(command))

        def _run(self, command: Command) -> tuple[Callable[..., Awaitable[object]], *tuple[str, ...]]:
            """The function that does a command, and its arguments."""
            return (shell.add_kpi,) if command.id == "add_kpi" else (self.app.run_action, command.action)

        def _places(self) -> Iterator[Entry]:
            labels, about = session.labels, session.words("palette.go")
            for stage in session.roadmap.stages:
                yield labels.of(stage), about, partial(self.app.call_later, shell.go, stage.id)
                for card in stage.cards:
                    yield labels.of(card), about, partial(self.app.call_later, shell.go, card.id)

        async def discover(self) -> Hits:
            """Offer the commands before anything is typed."""
            for name, about, run in self._commands():
                yield DiscoveryHit(name, run, help=about)

        async def search(self, query: str) -> Hits:
            """Find commands and places, by their names first."""
            for name, about, run in (*self._commands(), *self._places()):
                if (hit := match(query, name, about)) is not None:
                    shown = Content(name)
                    for offset in hit.offsets:
                        shown = shown.stylize(self.match_style or _MATCHED, offset, offset + 1)
                    yield Hit(hit.score, shown, run, help=about)

    return Commands


class CommandInput(BidiInput, textual.command.CommandInput):
    """The palette's input, in the order of the screen; the palette focuses and styles it by its name."""


class Palette(CommandPalette, BaseScreen[None]):
    """The palette; its own work ends with it too."""


def palette_of(session: Session, shell: Shell) -> CommandPalette:
    """Make the palette with its words in the language."""
    textual.command.CommandInput = CommandInput  # type: ignore[misc]  # the palette makes its own input
    return Palette(
        providers=[provider_of(session, shell)],
        placeholder=session.words("palette.placeholder"),
        id="--command-palette",
    )
