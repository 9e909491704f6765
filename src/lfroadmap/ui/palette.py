"""What the command palette finds: the commands, and every stage and card to go to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

import textual.command
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from lfroadmap.bidi.inputs import BidiInput
from lfroadmap.ui.commands import COMMANDS
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.words import Words

if TYPE_CHECKING:
    from lfroadmap.ui.app import RoadmapApp

Entry = tuple[str, str, IgnoreReturnCallbackType]
"""A name, what it does, and the doing."""


class Commands(Provider):
    """Shows the commands at once, and finds commands and places by their names."""

    @property
    def _roadmap_app(self) -> RoadmapApp:
        return cast("RoadmapApp", self.app)

    def _commands(self) -> Iterator[Entry]:
        app = self._roadmap_app
        for command in COMMANDS:
            if command.palette:
                name, about = app.words(f"command.{command.id}"), app.words(f"command.{command.id}_about")
                yield name, about, partial(app.call_later, app.run_action, command.action)

    def _places(self) -> Iterator[Entry]:
        app = self._roadmap_app
        labels, about = app.main.context.labels, app.words("palette.go")
        for stage in app.roadmap.stages:
            yield labels.of(stage), about, partial(app.call_later, app.main.go, stage.id)
            for card in stage.cards:
                yield labels.of(card), about, partial(app.call_later, app.main.go, card.id)

    async def discover(self) -> Hits:
        """Offer the commands before anything is typed."""
        for name, about, run in self._commands():
            yield DiscoveryHit(name, run, help=about)

    async def search(self, query: str) -> Hits:
        """Find commands and places."""
        matcher = self.matcher(query)
        for name, about, run in (*self._commands(), *self._places()):
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, help=about)


class CommandInput(BidiInput, textual.command.CommandInput):
    """The palette's input, in the order of the screen; the palette focuses and styles it by its name."""


class Palette(CommandPalette, BaseScreen[None]):
    """The palette; its own work ends with it too."""


def palette(words: Words) -> CommandPalette:
    """Make the palette with its words in the language."""
    textual.command.CommandInput = CommandInput  # type: ignore[misc]  # the palette makes its own input
    return Palette(placeholder=words("palette.placeholder"), id="--command-palette")
