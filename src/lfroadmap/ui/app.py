"""The app: the terminal, the screens, the keys, and the one door by which the roadmap changes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.notifications import SeverityLevel
from textual.screen import Screen

from lfroadmap.bidi.dialect import PLAIN, Dialect
from lfroadmap.bidi.probe import Detected
from lfroadmap.bidi.textual.hooks import install
from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.edit import Edit
from lfroadmap.settings import Settings
from lfroadmap.skeleton import SKELETON
from lfroadmap.store.events import Saved, Undone, WriterEnded
from lfroadmap.store.folder.notices import Notice
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from lfroadmap.ui.actions import ACTIONS, Function
from lfroadmap.ui.actions.quit import end_unasked
from lfroadmap.ui.actions.store_events import is_told_of, report, show_done, show_newer, tell_elsewhere
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.context import TYPED
from lfroadmap.ui.day_watch import DayWatch
from lfroadmap.ui.garbage import QuietCollector
from lfroadmap.ui.key_sequences import KeySequences
from lfroadmap.ui.listening import StoreSaid, listen
from lfroadmap.ui.own_settings import usable, use_keys, warn
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.screens.main import MainScreen
from lfroadmap.ui.session import Session
from lfroadmap.ui.team_watch import TeamWatch
from lfroadmap.ui.terminal.ending import Closing, listen_to_signals
from lfroadmap.ui.terminal.first_picture import keep_skeleton
from lfroadmap.ui.terminal.keyboard import KeysInOrder, name_alt_digits, name_early_enter
from lfroadmap.ui.themes import ThemedApp
from lfroadmap.ui.widgets.letter_guard import LetterGuard
from lfroadmap.ui.window import Window
from lfroadmap.ui.work import start_work
from lfroadmap.usecases.last_export import take_over
from lfroadmap.words import Language, safe

COLLECTS_AFTER = 1.0
"""Seconds after the start in which no garbage is looked for: it would hold up the first keys."""


class RoadmapApp(ThemedApp, inherit_bindings=False):
    """One roadmap in one terminal."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    TITLE = "lfroadmap"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    """Textual's own would come up in English where the key of ours is another."""

    def __init__(
        self,
        store: Store,
        *,
        library: Library,
        name: str,
        settings: Settings,
        language: Language,
        today: Callable[[], date] = date.today,
        now: Callable[[], datetime] = datetime.now,
        dialect: Dialect = PLAIN,
        detected: Detected | None = None,
    ) -> None:
        super().__init__(settings.theme, settings.glyphs, dialect, detected)
        name_alt_digits()
        name_early_enter()
        install()
        self._settings, settings = settings, usable(settings)
        self.session = Session(store, library, name, settings=settings, language=language, today=today)
        self.window = Window(self, self.session, self.change, partial(_adopt, self), partial(_follow, self))
        self.day_watch = DayWatch(self, lambda: self.session, now)
        self.main = self.window.main
        self.team_watch = TeamWatch(self, lambda: self.session, self.window)
        self.collector = QuietCollector()
        self._done: set[str] = set()
        """Actions that are done, though their workers may not have ended."""
        self.sequences = KeySequences(self, super().on_event)
        self.keys_in_order = KeysInOrder(self, self.sequences.take, self.window.takes_keys)

    async def on_event(self, event: events.Event) -> None:
        """Take the keys one by one."""
        self.collector.used()
        await self.keys_in_order.take(event)

    def get_default_screen(self) -> Screen[None]:
        """Begin on the main screen."""
        return self.main

    def on_mount(self) -> None:
        """Take the person's keys, and let the store speak."""
        settings = self.session.settings
        self.theme_changed_signal.subscribe(self, lambda theme: self.window.remember(theme=theme.name))
        use_keys(self, self.sequences, settings.keys)
        warn(self, self._settings, self.session.words)
        if settings.old_export:
            taking = partial(asyncio.to_thread, take_over, settings, self.session.library)
            start_work(self, taking, "old-export")
        self.session.library.notify = partial(_hear_library, self)
        listen_to_signals(self, self._closing_steps())
        listen(self, self.session)
        self.window.show_saved()
        self.day_watch.start()
        self.set_timer(COLLECTS_AFTER, partial(_settle_down, self))

    def on_unmount(self) -> None:
        """End the connection to a room."""
        self.team_watch.stop()

    def _closing_steps(self) -> Closing:
        def commit_pending() -> None:
            self.main.host.commit_pending()  # of the host of that moment: another language makes another

        return Closing(
            is_idle=lambda: self.keys_in_order.idle,
            commit_pending=commit_pending,
            save=lambda seconds: end_unasked(self.session, self.window, seconds),
            is_closed=lambda: self.session.store.is_closed,
        )

    # the roadmap

    def change(self, edit: Edit) -> None:
        """Apply an edit of a widget's to the roadmap, to what shows it, and to the store: the one door."""
        if self.session.change(edit):
            self.window.refresh(TYPED)
        elif self.session.read_only and edit.on(self.session.roadmap) is not self.session.roadmap:
            self.window.refuse()

    async def on_store_said(self, message: StoreSaid) -> None:
        """Take in what the store reports; that of a roadmap that is no longer shown is over."""
        session, window, event = self.session, self.window, message.event
        if message.store is not session.store:
            return
        self.collector.used()
        failed = session.failing
        cause = session.hear(event)
        if cause is not None:
            window.refresh(cause)
        if isinstance(event, Saved):
            if failed is not None or not session.unsaved:
                window.show_saved(f"{event.at:%H:%M}")
            if not session.unsaved:
                self.main.host.saved()
        else:
            window.show_saved()
        report(session, window, event, failed)
        if is_told_of(event):
            start_work(self, partial(tell_elsewhere, session, window, event), "elsewhere")
        elif isinstance(event, Undone):
            await self._undone(event)
        elif isinstance(event, WriterEnded):  # nothing is saved any more: offer a copy
            await self.action_start("quit")

    async def _undone(self, event: Undone) -> None:
        if event.newer is not None and self.screen is self.main:
            self.main.host.commit_pending()
            self._work(show_newer(self.session, self.window, event.kind, event.newer), "newer")
        if event.node and self.main.is_attached:  # not while the app is ending
            await self.main.rebuild(event.node)
        if event.change is not None:
            done = partial(show_done, self.session, self.window, event.change)
            start_work(self, done, "undone", exclusive=True)

    @on(MainScreen.Opened)
    def _remember_tab(self) -> None:
        """Remember the tab, so that the next start opens it."""
        self.window.keep_tab()

    @on(MainScreen.OwnerChosen)
    def _show_owned(self, message: MainScreen.OwnerChosen) -> None:
        """List what an owner has."""
        from lfroadmap.ui.actions.owned import owned  # noqa: PLC0415 - loaded when it is asked for

        self.window.hold_keys()
        self._work(owned(self.session, self.window, message.owner), "owned")

    def on_letter_guard_refused(self, message: LetterGuard.Refused) -> None:
        """Say that a sign is no command, or that a text behind the key of a tab was not taken."""
        key = "list.typed_behind" if message.opens_tab else "list.no_command"
        self.notify(self.session.words(key, sign=message.sign), severity="warning")

    # what a person can do everywhere

    async def action_open_tab(self, number: int) -> None:
        """Open a tab by its place."""
        if self.screen is self.main:
            await self.main.open_number(number)

    async def action_step_tab(self, tabs: int) -> None:
        """Open the next tab, or the one before."""
        if self.screen is self.main:
            await self.main.step(tabs)

    async def action_start(self, name: str) -> None:
        """Start an action of the table; one that needs the roadmap's screen does nothing over another."""
        action = ACTIONS[name]
        if self.screen is not self.main and not action.anywhere:
            if isinstance(self.screen, BaseScreen) and name in self.screen.starts:
                await self.screen.run_action(name)
            return
        at_work = any(worker.group == name and not worker.is_finished for worker in self.workers)
        if at_work and not action.overlaps and name not in self._done:
            return
        self._done.discard(name)
        self.main.host.commit_pending()
        if action.after_saving:
            self.window.hold_keys()
            self._work(self._after_saving(action.load()), name)
        elif running := action.load()(self.session, self.window):
            if action.takes_keys:
                self.window.hold_keys()
            self._work(running, name)

    async def _after_saving(self, function: Function) -> None:
        """Start an action that reads the file, when what was done is in it, or the disk had its chance."""
        await asyncio.to_thread(self.session.store.flush, 1.0)
        if running := function(self.session, self.window):
            await running

    def _work(self, running: Awaitable[None], group: str) -> None:
        """Do something that takes several turns, and say so where it cannot be done."""

        async def reported() -> None:
            try:
                await running
            except RoadmapError as error:
                self.notify(self.session.words.error(error), severity="error", timeout=15)
            finally:
                self._done.add(group)  # before a key that waited starts it again: the worker ends after that
                self.window.release_keys()

        start_work(self, reported, group)

    async def action_quit(self) -> None:
        """Save all and leave."""
        await self.action_start("quit")

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a notice; a path in it is shown as it is, and not read as markup."""
        title = title or self.session.words(f"notice.{severity}")
        super().notify(safe(message), title=title, severity=severity, timeout=timeout, markup=markup)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy by the terminal and by the system, whichever of them can."""
        from lfroadmap.ui.copying import give_to_system  # noqa: PLC0415 - loaded when copying

        super().copy_to_clipboard(text)
        start_work(self, partial(give_to_system, self.session, self.window, text), "clipboard")


def _hear_library(app: RoadmapApp, notice: Notice) -> None:
    """Show a notice of the library's; called on any thread."""
    text = app.session.words(f"recovery.{notice.key}", **notice.facts)
    app.call_later(app.notify, text, severity="warning", timeout=20)


def _adopt(app: RoadmapApp, session: Session) -> None:
    """Go on with the session of another roadmap."""
    app.session = session
    listen(app, session)


def _follow(app: RoadmapApp, settings: Settings) -> None:
    """Draw and take keys as other settings say."""
    use_keys(app, app.sequences, settings.keys)
    app.use_glyphs(settings.glyphs)
    if settings.theme in app.available_themes:
        app.theme = settings.theme


def _settle_down(app: RoadmapApp) -> None:
    """Do the work that was put off so that the first keys did not wait for it."""
    from lfroadmap.roadmap import ticking  # noqa: F401, PLC0415 - with all edits of a checklist

    app.collector.start()
    app.team_watch.start()
    if not SKELETON.fitted:
        keep_skeleton(app.session.name, app.main, app.main.host.region)
