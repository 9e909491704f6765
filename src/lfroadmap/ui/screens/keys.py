"""The keys of all commands: a line each, with the place where it works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal, NamedTuple

from textual.binding import BindingType

from lfroadmap.roadmap.matching import fold
from lfroadmap.ui.command_keys import bound_keys, shown_keys
from lfroadmap.ui.commands import COMMANDS, Command, bindings
from lfroadmap.ui.screens.listing import FilteredScreen
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words

KEYS, PLACE = 18, 26
"""Columns of the keys, and of a place at most."""
WITH_PLACE = 76
"""Columns from which the place is shown."""


class KeysResult(NamedTuple):
    """The result: give a command other keys, one more, or its usual ones."""

    act: Literal["change", "more", "usual"]
    command: Command


class KeysScreen(FilteredScreen[Command, KeysResult | None]):
    """Gives each thing to do as a result, and ends with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("keys")
    place = "keys"

    def __init__(self, own: Mapping[str, str], words: Words, keys: Mapping[str, str]) -> None:
        """`own` are the keys that the person has set, `keys` all that hold."""
        super().__init__(
            words, keys, words("settings.name_keys"), words("settings.no_keys"), words("settings.find_keys")
        )
        self.own = own

    def on_mount(self) -> None:
        """Show the commands."""
        self.narrow()

    def show(self, own: Mapping[str, str], words: Words, keys: Mapping[str, str]) -> None:
        """Show these keys, at the same line."""
        self.own, self.words, self.keys = own, words, keys
        self.listed.show(self.listed.entries)  # a command stays, though the filter may name its old key
        self.on_descendant_focus()

    def narrow(self) -> None:
        """Show the commands that the words of the filter fit."""
        found = [command for command in COMMANDS if self._fits(command)]
        self.forget_columns()
        self.listed.show(found)
        self.title_line.show(self.words.plural("settings.commands", len(found)))

    def _fits(self, command: Command) -> bool:
        text = fold(" ".join((*self._texts(command), command.id, bound_keys(command, self.keys))))
        return all(word in text for word in self.wanted)

    def _texts(self, command: Command) -> Iterable[str]:
        """The keys as they are printed, what the command does, and where."""
        keys = bound_keys(command, self.keys)
        yield shown_keys(command, keys) if keys else ""
        yield self.words(f"command.{command.id}_about")
        yield self.words(f"help.place_{command.place}")

    def draw(self, entry: Command, width: int, tone: Tones) -> list[Cell]:
        """Draw the keys, what the command does, and where it works."""
        keys, about, place = self._texts(entry)
        style = tone("accent", bold=True) if entry.id in self.own else tone("accent")
        muted = tone("muted")
        return [
            Cell(f" {keys or '—'}", KEYS, style if entry.can_be_set else muted),
            Cell(f" {about}", 0, tone("text")),
            *([Cell(f" {place}", PLACE, muted)] if width >= WITH_PLACE else []),
        ]

    def action_enter(self) -> None:
        """Give the command another key."""
        self._give("change")

    def action_more(self) -> None:
        """Give the command one more key."""
        self._give("more")

    def action_usual(self) -> None:
        """Give the command its usual keys."""
        self._give("usual")

    def _give(self, act: Literal["change", "more", "usual"]) -> None:
        if (entry := self.listed.selected) is None:
            return
        if entry.can_be_set:
            self.choose(KeysResult(act, entry))
        else:
            self.notify(self.words("settings.fixed_keys"), severity="warning")
