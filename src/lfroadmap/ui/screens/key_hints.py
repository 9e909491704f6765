"""The keys that a screen's footer names: those of the place with the focus, the way up, help and quit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from textual.actions import parse
from textual.app import App
from textual.widget import Widget

from lfroadmap.ui.command_keys import footer_keys
from lfroadmap.ui.command_places import FOOTERS
from lfroadmap.ui.commands import Command, Place, by_ids
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.widgets.chrome import Footer, KeyHint
from lfroadmap.words import Words

ENDS = ("help", "quit")
UP: dict[Place, str] = {"editing": "cancel_text", "form": "leave_field", "calculator": "leave_field"}
"""The command that leads up from a place, where it is not that of every screen."""


def show_keys(
    footer: Footer, screen: BaseScreen[Any], words: Words, keys: Mapping[str, str], *, up: bool
) -> None:
    """Name the keys of the place with the focus; `up`: also the key that leads one level up.

    `keys` are those of the settings.
    """
    place = screen.focused_place
    ends = (UP.get(place, "level_up"), *ENDS) if up else ENDS
    footer.show(
        [_hint(screen, words, keys, by_ids(names)) for names in FOOTERS.get(place, ())],
        [_hint(screen, words, keys, by_ids(name)) for name in ends],
    )


def _hint(
    screen: BaseScreen[Any], words: Words, keys: Mapping[str, str], commands: Sequence[Command]
) -> KeyHint:
    last = commands[-1]
    return KeyHint(footer_keys(commands, keys), words(f"command.{last.id}"), _run(screen, last))


def _run(screen: BaseScreen[Any], command: Command) -> Callable[[], object]:
    """What a click on the hint of a command does: nothing where each of its keys does something else."""
    if command.arguments:
        return lambda: None
    return partial(screen.call_later, _target(screen, command).run_action, command.action)


def _target(screen: BaseScreen[Any], command: Command) -> App[Any] | Widget:
    """The node that has the action of a command: the app, or what has the focus and what is around it."""
    if command.place == "app":
        return screen.app
    _, name, _ = parse(command.action)
    around = (screen.focused or screen).ancestors_with_self
    having = (node for node in around if isinstance(node, Widget) and hasattr(node, f"action_{name}"))
    return next(having, screen)
