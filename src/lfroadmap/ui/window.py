"""The window of a session: the shell that actions ask, on top of the app and its main screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from lfroadmap.bidi.textual.direction import set_screen_direction
from lfroadmap.errors import RoadmapError
from lfroadmap.machine import new_id
from lfroadmap.report.formatting import format_title
from lfroadmap.report.palette import ToneName
from lfroadmap.settings import Settings, config_folder, save
from lfroadmap.store.presence import Peer
from lfroadmap.text import one_line
from lfroadmap.ui import readings
from lfroadmap.ui.context import COMMANDED, KPIS, NO_STAGES, Cause, Context, TabId
from lfroadmap.ui.dialogs import Dialogs
from lfroadmap.ui.own_settings import usable
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.screens.main import MainScreen
from lfroadmap.ui.session import SavedState, Session
from lfroadmap.ui.terminal.first_picture import keep_skeleton
from lfroadmap.ui.theme_choice import Themes
from lfroadmap.ui.widgets.chrome import SavedMark
from lfroadmap.ui.widgets.pane_host import show_people
from lfroadmap.ui.work import start_work
from lfroadmap.words import Language, Words

if TYPE_CHECKING:
    from rich.text import Text

    from lfroadmap.ui.context import Change

TONES: dict[SavedState, ToneName] = {
    "saved": "done", "saving": "muted", "failing": "late", "read_only": "risk"
}  # fmt: skip


class Window(Dialogs):
    """The screen of a session in one terminal; a Shell."""

    def __init__(
        self,
        app: App[None],
        session: Session,
        change: Change,
        adopt: Callable[[Session], None],
        follow: Callable[[Settings], None],
    ) -> None:
        """`adopt` has the app go on with another session, `follow` with other settings."""
        super().__init__(app)
        self._session = session
        self._change, self._adopt, self._follow = change, adopt, follow
        self._refusing = False
        set_screen_direction(session.words.direction)
        self._opened = TabId(session.library.tab(session.name))
        keys = session.settings.keys
        context = context_of(app, session, change)
        self.main = MainScreen(session.roadmap, session.counts, context, keys, self._opened)
        self._show_title()

    async def switch(self, session: Session, at: str = "") -> None:
        """Go on with the session of another roadmap, whose own tab opens, or at a node.

        The store of the one before is closed.
        """
        self._session.flows.cancel()  # what is measured is for the roadmap before
        self._session, self._refusing = session, False
        self._opened = TabId(session.library.tab(session.name))
        context = context_of(self._app, session, self._change)
        with self._app.batch_update():
            await self.main.show_another(session.roadmap, session.counts, context, self._opened)
            if at:
                await self.main.go(at)
        self._adopt(session)
        self._show_title()
        self.show_saved()

    # the roadmap on the screen

    def _show_title(self) -> None:
        """Give the app, and by it the terminal's window, the roadmap's title."""
        session = self._session
        self._app.title = format_title(session.roadmap, session.labels, session.name)

    def refresh(self, cause: Cause) -> None:
        """Show the session's roadmap after it changed."""
        self.main.show(self._session.roadmap, cause)
        if (screen := self._app.screen) is not self.main and isinstance(screen, BaseScreen):
            screen.follow_roadmap()
        self._show_title()
        self.show_saved()

    def refuse(self) -> None:
        """Say why nothing can be changed, and take off the screen what was typed."""
        refusal = self._session.refusal
        if self._refusing or refusal is None:
            return
        self._refusing = True
        self.notify(self._session.words.error(refusal), severity="warning", timeout=8)

        async def refill() -> None:
            await self.main.set_context(self.main.context)
            self.show_saved()
            self._refusing = False

        self._app.call_later(refill)

    async def rebuild(self, at: str = "") -> None:
        """Show the session's roadmap after a command changed its structure, the focus on a node."""
        self.refresh(COMMANDED)
        await self.main.rebuild(at)

    @property
    def node_here(self) -> str:
        """Id of the node with the focus, or else of the open tab."""
        return self.main.node_here or self.tab

    async def go(self, node_id: str) -> None:
        """Go to the node's place on its tab, or to a tab."""
        if node_id in NO_STAGES:
            await self.main.open(TabId(node_id))
        else:
            await self.main.go(node_id)

    async def add_kpi(self) -> None:
        """Open the KPIs and begin a new row there."""
        if self._app.screen is self.main:
            await self.main.open(KPIS)
            await self.main.run_action("focused.add")

    @property
    def tab(self) -> TabId:
        """Id of the open tab."""
        return self.main.host.tab

    def keep_tab(self) -> None:
        """Remember the open tab, so that the next start opens it."""
        if self.tab != self._opened:
            self._opened = self.tab
            session = self._session
            remembering = partial(asyncio.to_thread, session.library.remember, session.name, self.tab)
            start_work(self._app, remembering, "tab")

    def show_saved(self, at: str = "") -> None:
        """Say in the header whether all is saved, `at` which time, and who else is there."""
        session, header = self._session, self.main.header
        peers = describe_peers(session.store.peers, session.words)
        header.show_peers(" · ".join(filter(None, (readings.team_text(session), peers))))
        people = session.team_status.people if session.team_status else ()
        if people != self.main.host.people:
            show_people(self.main.host, people)
            self.main.show_progress()
        key = {"saved": "saved.saved" if at else "saved.all"}.get(session.state, f"saved.{session.state}")
        text = session.words(key, time=at) if at else session.words(key)
        header.mark(SavedMark(text, TONES[session.state]))

    def show_changed_by(self, who: str) -> None:
        """Say in the header for a while who changed something elsewhere."""
        self.main.header.show_news(self._session.words("elsewhere.changed", who=who))

    # copying, settings, leaving

    @property
    def chosen_text(self) -> str:
        """The selected text, or else all of the field that has the focus."""
        from lfroadmap.ui.copying import chosen_text  # noqa: PLC0415 - loaded when copying

        return chosen_text(self._app.screen)

    def copy(self, text: str) -> None:
        """Put a text into the clipboards of the terminal and the system."""
        self._app.copy_to_clipboard(text)

    def remember(self, **settings: str | None) -> None:
        """Keep settings for the next time; None forgets one."""
        known = self._session.settings
        chosen: dict[str, Any] = {name: value for name, value in settings.items() if value is not None}
        self._session.settings = replace(known, **chosen)
        if self._session.settings == known and chosen.keys() == settings.keys():
            return
        try:
            save(config_folder(), **settings)
        except RoadmapError as error:
            self.notify(self._session.words.error(error), severity="warning")

    async def set_language(self, language: Language) -> None:
        """Go on in a language, at the same place."""
        self._session.set_language(language)
        set_screen_direction(self._session.words.direction)
        await self.main.set_context(context_of(self._app, self._session, self._change))
        self._show_title()
        self.show_saved()

    def run(self, action: str) -> None:
        """Do what the key of a command does, after the action that is going on.

        Nothing is drawn before it has begun: the screen that closed and what changes come in one frame.
        """
        batch = ExitStack()
        batch.enter_context(self._app.batch_update())

        async def begin() -> None:
            with batch:
                await self._app.run_action(action)
                await asyncio.sleep(0)  # the work that it starts begins in the next turn
            self._app.screen.check_idle()  # its timer may have come in between

        if not self._app.call_later(begin):  # the app is ending
            batch.close()

    @property
    def themes(self) -> Themes:
        """The colors in which everything is drawn."""
        return Themes(self._app, partial(_use_settings, self))

    def exit(self, message: Text | None = None, return_code: int = 0) -> None:
        """Close the window; the message is printed when the terminal is as before."""
        keep_skeleton(self._session.name, self.main, self.main.host.region)
        self._app.exit(return_code=return_code, message=message)


def _use_settings(window: Window, settings: Settings) -> None:
    """Follow other settings at once; what the main screen shows by them is built again by `set_language`."""
    before, chosen = window._session.settings, usable(settings)
    window._session.use_settings(chosen)
    window.main.keys = chosen.keys
    if before != chosen:
        window._follow(chosen)


def context_of(app: App[None], session: Session, change: Change) -> Context:
    """The common input of the widgets that show the roadmap of a session."""

    def hide_start() -> None:
        hiding = partial(asyncio.to_thread, session.library.dismiss, session.roadmap.id)
        start_work(app, hiding, "start")

    def end_tour() -> None:
        start_work(app, partial(asyncio.to_thread, session.library.end_tour), "tour")

    return Context(
        roadmap_id=session.roadmap.id,
        words=session.words,
        labels=session.labels,
        thresholds=session.settings.thresholds,
        health=session.health,
        today=session.today,
        new_id=new_id,
        change=change,
        settle=session.store.end_burst,
        name=session.name,
        kpi_values=partial(readings.kpi_values, session),
        source_of=partial(readings.source_of, session),
        activity=partial(readings.activity, session),
        lately=partial(readings.lately, session),
        owners=partial(readings.owners, session),
        relations=lambda: session.relations,
        people_at=partial(readings.people_at, session),
        flows=session.flows,
        timeline=session.timeline,
        slipped=partial(readings.slipped, session),
        hides_start=partial(session.library.state.is_dismissed, session.roadmap.id),
        hide_start=hide_start,
        tour_ended=lambda: session.library.state.tour_ended,
        end_tour=end_tour,
    )


def describe_peers(peers: Sequence[Peer], words: Words) -> str:
    """The other persons who have the roadmap open, in a few words; empty if there are none."""
    who = ", ".join(sorted({one_line(peer.author) for peer in peers}))
    return words.plural("others", len(peers), who=who) if peers else ""
