"""The keys on the screen: a command gets another by pressing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.key_names import shown_key
from lfroadmap.settings import Settings, config_folder
from lfroadmap.settings.key_uses import without_effect
from lfroadmap.ui.command_keys import bound_keys
from lfroadmap.ui.commands import Command
from lfroadmap.ui.screens.keys import KeysResult, KeysScreen
from lfroadmap.ui.screens.press_key import PressKeyScreen, Verdict
from lfroadmap.ui.settings_warnings import clashes, settings_warnings
from lfroadmap.usecases.settings_edits import write_keys
from lfroadmap.words import SafeText, Words

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell


async def open_keys(session: Session, shell: Shell, written: Settings) -> Settings:
    """Show the keys, and change them; the settings as they are in the file afterwards."""
    editing = _Keys(session, shell, written)
    await shell.keep(editing.screen, editing.act)
    return editing.written


def warn_of_new(shell: Shell, words: Words, before: Settings, after: Settings) -> None:
    """Name settings that have no effect any more, as keys that now belong to two commands."""
    themes = dict.fromkeys(shell.themes.names)
    known = settings_warnings(before, themes, words)
    for warning in settings_warnings(after, themes, words):
        if warning not in known:
            shell.notify(warning, severity="warning", timeout=20)


class _Keys:
    """The keys while they are on the screen."""

    def __init__(self, session: Session, shell: Shell, written: Settings) -> None:
        self.session, self.shell, self.written = session, shell, written
        self.screen = KeysScreen(written.keys, session.words, session.settings.keys)

    async def act(self, result: KeysResult) -> Ending | None:
        """Give a command other keys, and show them."""
        command = result.command
        keys: str | None = None
        if result.act != "usual":
            pressed = await self.shell.show(self._dialog(command))
            if pressed is None:
                return None
            had = bound_keys(command, self.session.settings.keys) if result.act == "more" else ""
            keys = ",".join(dict.fromkeys([*filter(None, had.split(",")), pressed]))
        try:
            written = write_keys(config_folder(), command.id, keys, self.session.words)
        except RoadmapError as error:
            self.shell.notify(self.session.words.error(error), severity="warning", timeout=15)
            return None
        before, self.written = self.written, written
        self.shell.themes.follow(written)
        warn_of_new(self.shell, self.session.words, before, written)
        self.screen.show(written.keys, self.session.words, self.session.settings.keys)
        return None

    def _dialog(self, command: Command) -> PressKeyScreen:
        words = self.session.words
        title = words("settings.key_of", name=words(f"command.{command.id}"))
        return PressKeyScreen(words, title, lambda pressed: self.judge(command, pressed))

    def judge(self, command: Command, pressed: str) -> Verdict:
        """Say whether a command can have a key: one that is free where it works, and types no text there."""
        words, shown = self.session.words, SafeText(shown_key(pressed))
        if unusable := next(without_effect({command.id: pressed}), None):
            return Verdict(False, words(f"settings.key_{unusable.reason}", key=shown))
        others = clashes(command, pressed, self.session.settings.keys)
        if not others:
            return Verdict(True, words("settings.key_free", key=shown))
        other = others[0]
        place = words(f"help.place_{other.place}")
        name, own = words(f"command.{other.id}"), words(f"command.{command.id}")
        return Verdict(False, words("settings.key_taken", key=shown, other=name, place=place, name=own))
