"""The app: holds the roadmap, and the one door by which it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen

from lfroadmap.bidi.dialect import PLAIN, Dialect
from lfroadmap.bidi.hooks import install, set_screen_direction
from lfroadmap.bidi.probe import Detected
from lfroadmap.errors import RoadmapError
from lfroadmap.machine import new_id
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Counts
from lfroadmap.roadmap.splices import long_text, rebased
from lfroadmap.roadmap.templates import Labels
from lfroadmap.settings import Settings, config_folder, save
from lfroadmap.store import events as store_events
from lfroadmap.store.events import Event
from lfroadmap.store.shelf import Shelf
from lfroadmap.store.store import Store
from lfroadmap.ui import ending, errands, recall, troubles
from lfroadmap.ui.commands import TAB_KEYS, bindings
from lfroadmap.ui.door import Context, TabId
from lfroadmap.ui.driver import DialectApp
from lfroadmap.ui.keyboard import KeysInOrder, name_alt_digits, name_early_enter
from lfroadmap.ui.screens.main import MainScreen
from lfroadmap.ui.widgets.frame import Saved as SavedMark
from lfroadmap.words import Language, safe, words

if TYPE_CHECKING:
    from textual.command import Provider

COLLECTS_AFTER = 1.0
"""Seconds after the start in which no garbage is looked for: it would hold up the first keys."""


class Waiting(NamedTuple):
    """An edit on its way to the disk: its number, and the long text that it was made in."""

    number: int
    edit: Edit
    base: str | None


def _palette() -> type[Provider]:
    from lfroadmap.ui.palette import Commands  # noqa: PLC0415 - loaded when the palette is opened

    return Commands


class RoadmapApp(DialectApp):
    """One roadmap in one terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app"),
        *(Binding(key, f"open_tab({n})", show=False, priority=True) for n, key in enumerate(TAB_KEYS)),
    ]
    COMMANDS = {_palette}  # noqa: RUF012  Textual reads it
    TITLE = "lfroadmap"
    CSS_PATH = "app.tcss"

    class StoreSaid(Message):
        """The store tells of something; posted from its thread."""

        def __init__(self, event: Event) -> None:
            super().__init__()
            self.event = event

    def __init__(
        self,
        store: Store,
        *,
        shelf: Shelf,
        name: str,
        settings: Settings,
        language: Language,
        today: Callable[[], date] = date.today,
        dialect: Dialect = PLAIN,
        detected: Detected | None = None,
    ) -> None:
        super().__init__(dialect, detected)
        self.store = store
        self.shelf = shelf
        self.roadmap_name = name
        self.settings = settings
        self.language: Language = language
        self.today = today
        self.roadmap: Roadmap = store.roadmap
        self.counts = Counts(self.roadmap)
        name_alt_digits()
        name_early_enter()
        install()
        self.keys_in_order = KeysInOrder(self, super().on_event)
        self.waiting: list[Waiting] = []
        """Edits that are not known to be on the disk yet."""
        self.failing: RoadmapError | None = None
        self.refusing = False
        self._undoing = 0
        self.words = words(language)
        set_screen_direction(self.words.direction)
        self._tab = TabId(shelf.tab(name))
        self.main = MainScreen(self.roadmap, self.counts, self._spoken(), settings.keys, self._tab)

    async def on_event(self, event: events.Event) -> None:
        """Take the keys one by one."""
        await self.keys_in_order.take(event)

    # the screen

    def _spoken(self) -> Context:
        return Context(
            roadmap_id=self.roadmap.id,
            words=self.words,
            labels=Labels(self.roadmap.template, self.language),
            thresholds=self.settings.thresholds,
            today=self.today,
            new_id=new_id,
            change=self.change,
            settle=self.store.settle,
        )

    def get_default_screen(self) -> Screen[None]:
        """Begin on the main screen."""
        return self.main

    def on_mount(self) -> None:
        """Take the person's theme and keys, and let the store speak."""
        if self.settings.theme in self.available_themes:
            self.theme = self.settings.theme
        self.theme_changed_signal.subscribe(self, lambda theme: self.remember(theme=theme.name))
        self.set_keymap(self.settings.keys)
        if self.settings.keys or self.settings.theme not in self.available_themes:
            errands.tell_misfits(self)
        ending.listen_to_signals(self)
        self.store.start(self._hear)
        self.show_saved()
        self.set_timer(COLLECTS_AFTER, errands.collect_garbage)

    def _hear(self, event: Event) -> None:
        self.post_message(self.StoreSaid(event))

    # the one door

    def change(self, edit: Edit, *, show: bool = True, alone: bool = False) -> None:
        """Apply an edit to the roadmap, to what shows it unless told otherwise, and to the store.

        `alone`: to this roadmap only, and not to what others make of it at the same moment.
        """
        after = edit.on(self.roadmap)
        if after is self.roadmap:
            return
        if self.read_only:
            troubles.refuse(self)
            return
        base, shown = long_text(edit, self.roadmap), self.roadmap if alone else None
        self.roadmap = after
        self.counts.follow(after)
        self.waiting.append(Waiting(self.store.submit(edit, base, shown), edit, base))
        if show:
            self.main.advance(after)
        self.show_saved()

    @property
    def read_only(self) -> bool:
        """Whether the file is of a newer version, so that nothing must be written into it."""
        return self.failing is not None and self.failing.key == "save_newer"

    def show_saved(self, at: str = "") -> None:
        """Say in the header whether all is saved, and who else is there."""
        self.main.header.accompany(recall.company(self.store.others, self.words))
        if self.read_only:
            self.main.header.mark(SavedMark(self.words("saved.read_only"), "orange"))
        elif self.failing is not None:
            self.main.header.mark(SavedMark(self.words("saved.failing"), "red"))
        elif self.waiting:
            self.main.header.mark(SavedMark(self.words("saved.saving"), "dim"))
        else:
            text = self.words("saved.saved", time=at) if at else self.words("saved.all")
            self.main.header.mark(SavedMark(text, "green"))

    async def on_roadmap_app_store_said(self, message: StoreSaid) -> None:
        """Take in what the store tells."""
        match message.event:
            case store_events.Saved(number=number, at=at):
                self.waiting = [entry for entry in self.waiting if entry.number > number]
                if troubles.mended(self) or not self.waiting:
                    self.show_saved(f"{at:%H:%M}")
            case store_events.SaveFailing(error=error):
                troubles.failing(self, error)
            case store_events.WriterEnded(error=error):
                errands.writer_ended(self, error)
            case store_events.Changed(roadmap=roadmap, number=number):
                await self._adopt(roadmap, number)
            case store_events.Outdated(roadmap=roadmap, number=number):
                await self._adopt(roadmap, number, force=True)
                troubles.outdated(self)
            case store_events.Undone() as undone:
                await self._undone(undone)
            case store_events.Marked(name=name):
                self.notify(self.words("snapshots.made", name=name) if name else self.words("bin.emptied"))
            case store_events.Others():
                self.show_saved()

    async def _adopt(self, roadmap: Roadmap, number: int, *, force: bool = False) -> None:
        """Take a roadmap of the store's, with the edits on top that it does not hold yet."""
        for ahead in self.waiting:
            if ahead.number > number:
                roadmap = rebased(ahead.edit, ahead.base, roadmap).on(roadmap)
        self.roadmap = roadmap
        self.counts.follow(roadmap)
        await self.main.adopt(roadmap, force=force or self._undoing > 0)

    async def _undone(self, undone: store_events.Undone) -> None:
        self._undoing -= 1
        if undone.newer is not None:
            recall.begin(self, recall.newer(self, undone.kind, undone.newer))
        elif undone.outcome != "done":
            self.notify(self.words(f"undo.{undone.kind}_{undone.outcome}"), severity="warning", timeout=4)
        if undone.node:
            await self.main.go(undone.node)

    def on_main_screen_opened(self, message: MainScreen.Opened) -> None:
        """Remember the tab, so that the next start opens it."""
        if message.tab == self._tab:
            return
        self._tab = message.tab
        self.run_worker(asyncio.to_thread(self.shelf.remember, self.roadmap_name, message.tab), group="tab")

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell something; a path in it is shown as it is, and not read as markup."""
        super().notify(safe(message), title=title, severity=severity, timeout=timeout, markup=markup)

    # what a person can do everywhere

    async def action_open_tab(self, number: int) -> None:
        """Open a tab by its place."""
        if self.screen is self.main:
            await self.main.open_number(number)

    async def action_step_tab(self, tabs: int) -> None:
        """Open the next tab, or the one before."""
        if self.screen is self.main:
            await self.main.step(tabs)

    def action_undo(self) -> None:
        """Take the last step back; nothing moves behind what is laid over."""
        if self.screen is self.main and not troubles.is_stuck(self):
            self._undoing += 1
            self.store.undo()

    def action_redo(self) -> None:
        """Do the step again that was taken back."""
        if self.screen is self.main and not troubles.is_stuck(self):
            self._undoing += 1
            self.store.redo()

    async def action_language(self) -> None:
        """Go on in the other language, at the same place; nothing moves behind what is laid over."""
        if self.screen is not self.main:
            return
        self.main.host.harvest()
        self.language = "en" if self.language == "he" else "he"
        self.words = words(self.language)
        set_screen_direction(self.words.direction)
        self.remember(language=self.language)
        await self.main.speak(self._spoken())
        self.show_saved()

    def action_toggle_dark(self) -> None:
        """Go from the dark theme to the light one, or back."""
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"

    def action_command_palette(self) -> None:
        """Open the palette, with its words in the language."""
        errands.open_palette(self)

    def action_help(self) -> None:
        """Show the help."""
        errands.show_help(self)

    def action_copy(self) -> None:
        """Copy what is selected, or the field."""
        errands.copy(self)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy by the terminal and by the system, whichever of them can."""
        super().copy_to_clipboard(text)
        errands.give_to_system(self, text)

    def action_export(self) -> None:
        """Ask what to export, and write it."""
        from lfroadmap.ui.exporting import export  # noqa: PLC0415 - loaded when something is exported

        export(self)

    async def action_import(self) -> None:
        """Ask for a file, show what it would change, and change it."""
        from lfroadmap.ui.importing import import_  # noqa: PLC0415 - loaded when something is imported

        await import_(self)

    def action_changes(self) -> None:
        """Ask since when, and show what changed."""
        recall.begin(self, recall.changes(self))

    def action_history(self) -> None:
        """Show every change."""
        recall.begin(self, recall.history(self))

    def action_moment(self) -> None:
        """Show the roadmap as it was."""
        recall.begin(self, recall.moment(self))

    def action_snapshots(self) -> None:
        """Show the moments that have a name."""
        recall.begin(self, recall.snapshots(self))

    def action_bin(self) -> None:
        """Show what was removed."""
        recall.begin(self, recall.bin_(self))

    def action_reset(self) -> None:
        """Ask, then bring the roadmap back to its template."""
        errands.reset(self)

    async def action_quit(self) -> None:
        """Save all and leave."""
        errands.leave(self)

    def remember(self, **changes: str | None) -> None:
        """Keep a setting for the next time; None: forget it."""
        try:
            save(config_folder(), **changes)
        except RoadmapError as error:
            self.notify(self.words.error(error), severity="warning")
