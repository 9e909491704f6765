"""The settings on the screen: what is changed there is in the file, and holds at once."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.bidi.textual.direction import set_screen_direction
from lfroadmap.errors import RoadmapError
from lfroadmap.settings import Settings, config_folder, load
from lfroadmap.text import one_line
from lfroadmap.ui.actions.keys import open_keys, warn_of_new
from lfroadmap.ui.author_watch import use_author
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.roadmap_name import RoadmapNameScreen
from lfroadmap.ui.screens.settings import SettingsResult, SettingsScreen
from lfroadmap.ui.search_index import SearchIndex, target
from lfroadmap.ui.shell import Answer
from lfroadmap.ui.terminal.opener import open_file
from lfroadmap.usecases.settings_edits import Setting, checked, file_stamp, in_words, write_setting
from lfroadmap.words import locale_language

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell


async def settings(session: Session, shell: Shell) -> None:
    """Show the settings, and change them; the roadmap is shown by them afterwards."""
    written = await _read(session, shell)
    if written is None:
        return
    await _Editing(session, shell, written).run()


async def keys(session: Session, shell: Shell) -> None:
    """Show the keys, and change them."""
    written = await _read(session, shell)
    if written is not None:
        await open_keys(session, shell, written)
        await shell.set_language(session.words.language)


async def _read(session: Session, shell: Shell) -> Settings | None:
    """The settings of the file; of one that is broken it is said why, and it is offered to be opened."""
    try:
        return load(config_folder())
    except RoadmapError as error:
        words = session.words
        answers = (
            Answer("open", words("settings.open_file")),
            Answer("leave", words("settings.leave_file")),
        )
        if await shell.ask(words("settings.broken"), words.error(error), answers) == "open":
            await asyncio.to_thread(open_file, config_folder() / "settings.toml")
        return None


class _Editing:
    """The settings while they are on the screen."""

    def __init__(self, session: Session, shell: Shell, written: Settings) -> None:
        self.session, self.shell, self.written = session, shell, written
        self.folder = config_folder()
        self.stamp = file_stamp(self.folder)
        self.shown = session.settings, session.words.language
        path = one_line(str(self.folder / "settings.toml"))
        self.screen = SettingsScreen(
            written, session.words, session.settings.keys, path, lambda: file_stamp(self.folder) != self.stamp
        )

    async def run(self) -> None:
        """Show the screen until it is left; then build what is below it again, if anything is another."""
        await self.shell.keep(self.screen, self._act)
        if self.shown != (self.session.settings, self.session.words.language):
            await self.shell.set_language(self.session.words.language)

    async def _act(self, result: SettingsResult) -> Ending | None:
        """Do what was asked for, and show it."""
        try:
            if result.act == "keys":
                self._follow(await open_keys(self.session, self.shell, self.written))
            elif result.act == "read":
                self._follow(load(self.folder))
            elif (value := await self._value(result)) is not None:
                self._follow(write_setting(self.folder, result.setting, value))
        except RoadmapError as error:
            self.stamp = file_stamp(self.folder)  # what is wrong with the file is said once
            self.shell.notify(self.session.words.error(error), severity="warning", timeout=15)
        return None

    def _follow(self, written: Settings) -> None:
        """Show settings as they are in the file now, and act by them."""
        session, before, self.written = self.session, self.written, written
        self.stamp = file_stamp(self.folder)
        self.shell.themes.follow(written)
        use_author(session, written)
        warn_of_new(self.shell, session.words, before, written)
        if before.language != written.language:
            language = written.language or locale_language(dict(os.environ))
            session.set_language(language)
            set_screen_direction(session.words.direction)
        self.screen.show(written, session.words, session.settings.keys)

    async def _value(self, result: SettingsResult) -> str | None:
        """The value that is wanted; None to leave it."""
        setting, now = result.setting, result.setting.of(self.written)
        if result.act == "usual":
            return setting.default
        if result.act == "turn":
            return _turned(setting, now, result.steps)
        return await (self._chosen(setting) if setting.choices else self._typed(setting, now))

    async def _chosen(self, setting: Setting) -> str | None:
        """Ask which of the values is wanted."""
        words = self.session.words
        index = SearchIndex(
            target("setting", choice, in_words(setting, choice, words)) for choice in setting.choices
        )
        title = words(f"settings.name_{setting.name}")
        chosen = await self.shell.show(PaletteScreen(index.search, words, title))
        return chosen.id if chosen else None

    async def _typed(self, setting: Setting, now: str) -> str | None:
        """Ask for a number or a text; what cannot be taken is refused below the field."""
        words = self.session.words
        check = partial(checked, setting, limits=self.written.thresholds)
        title, about = words(f"settings.name_{setting.name}"), words(f"settings.about_{setting.name}")

        def judge(text: str) -> None:
            try:
                check(text)
            except RoadmapError as error:  # by the name that a person reads
                raise RoadmapError(error.key, **{**error.facts, "name": title}) from error

        return await self.shell.show(RoadmapNameScreen(words, title, now, judge, about=f"{about}."))


def _turned(setting: Setting, now: str, steps: int) -> str | None:
    """The next value, or the one before; None for a text, and beyond the last number."""
    if setting.choices:
        at = setting.choices.index(now) if now in setting.choices else 0
        return setting.choices[(at + steps) % len(setting.choices)]
    if not setting.most:
        return None
    number = int(now) + steps
    return str(number) if 0 <= number <= setting.most else None
