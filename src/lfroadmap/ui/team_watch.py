"""Keeps the open roadmap in step with its room, where it is in one: nobody else pays for it.

The file with the person's tokens changes where a roadmap is shared, joined or left, by this window or by a
command; where there is no such file, nothing of the team is loaded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App

from lfroadmap.errors import RoadmapError
from lfroadmap.paths import is_file
from lfroadmap.roadmap.model import Card, Stage
from lfroadmap.roadmap.tree import find
from lfroadmap.settings import config_folder
from lfroadmap.ui.author_watch import AuthorWatch
from lfroadmap.ui.context import NO_STAGES, TabId
from lfroadmap.ui.work import start_work

if TYPE_CHECKING:
    from lfroadmap.team.client import TeamClient
    from lfroadmap.team.status import TeamStatus
    from lfroadmap.ui.session import Session

LOOK_INTERVAL = 2.0
"""Seconds between two looks at the file of tokens, and at where this person is."""
END = 0.3
"""Seconds that the end of the program waits for the connection."""
TOKENS = "team-tokens.json"


class Shown(Protocol):
    """What shows the roadmap."""

    @property
    def node_here(self) -> str:
        """Id of the node with the focus, or else of the open tab."""
        ...

    @property
    def tab(self) -> TabId:
        """Id of the open tab."""
        ...

    def show_saved(self, at: str = "") -> None:
        """Show the state."""
        ...


@runtime_checkable
class FollowsTeam(Protocol):
    """A screen that shows how the roadmap stands with its room."""

    def follow_team(self) -> None:
        """Show it as it is now."""
        ...


class TeamWatch:
    """Starts and ends the client of the roadmap that is shown."""

    def __init__(self, app: App[Any], session: Callable[[], Session], window: Shown) -> None:
        """`session` returns the one of the moment."""
        self._app, self._session, self._window = app, session, window
        self._author = AuthorWatch(session)
        self._seen: tuple[int, int, str] = (0, 0, "")
        """The time of the file of tokens, the store and the person's name that were looked at last."""
        self._client: TeamClient | None = None

    def start(self) -> None:
        """Look now, and again and again."""
        self.look()
        self._app.set_interval(LOOK_INTERVAL, self.look)

    def look(self) -> None:
        """Reconnect where the roadmap, its room or the person's name changed; else send where they are."""
        self._author.look()
        session = self._session()
        seen = (_changed_at(), id(session.store), session.store.author.name)
        if seen == self._seen:
            if self._client is not None:
                self._client.go(_place(session, self._window))
            return
        had_tokens, self._seen = self._seen[0], seen
        if had_tokens or seen[0]:
            start_work(self._app, partial(self._connect, session), "team-connection", exclusive=True)

    async def _connect(self, session: Session) -> None:
        old, self._client = self._client, None
        if old is not None:
            await asyncio.to_thread(old.stop)
        session.team = session.team_status = None
        try:
            from lfroadmap.team.status import TeamStatus  # noqa: PLC0415 - most people share nothing
            from lfroadmap.usecases.team import client_of  # noqa: PLC0415

            client = await asyncio.to_thread(client_of, session.store, partial(self._observe, session))
        except RoadmapError as error:
            self._app.notify(session.words.error(error), severity="warning", timeout=20)
            client = None
            session.team_status = TeamStatus("final", is_read_only=session.only_reads, error=error)
        else:
            session.only_reads = client is not None and client.status.is_read_only
        if client is not None:
            self._client = session.team = client
            client.start()
        self._show_state()

    def _observe(self, session: Session, status: TeamStatus) -> None:
        """Take a new state; called on the client's thread."""
        self._app.call_later(self._show, session, status)

    def _show(self, session: Session, status: TeamStatus) -> None:
        before, session.team_status = session.team_status, status
        if session is not self._session():
            return
        self._show_state()
        if status.phase == "final" and status.error is not None:
            self._app.notify(session.words.error(status.error), severity="warning", timeout=20)
        elif status.is_read_only and not (before and before.is_read_only):
            self._app.notify(session.words("team.read_only"), severity="warning", timeout=10)

    def _show_state(self) -> None:
        """Show how it stands, in the header and on the screen that is open."""
        self._window.show_saved()
        if isinstance(screen := self._app.screen, FollowsTeam):
            screen.follow_team()

    def wake(self) -> None:
        """Try to connect now."""
        if self._client is not None:
            self._client.wake()

    def stop(self) -> None:
        """End the connection; it goes by itself where that takes longer."""
        client, self._client = self._client, None
        if client is not None:
            client.stop(END)


def _changed_at() -> int:
    """The time of the file of tokens; 0 where there is none."""
    try:
        path = config_folder() / TOKENS
        return path.stat().st_mtime_ns if is_file(path) else 0
    except (RoadmapError, OSError):
        return 0


def _place(session: Session, window: Shown) -> str:
    """The open tab where it is none of a stage, else the card or stage of the node here; empty for none."""
    if window.tab in NO_STAGES:
        return window.tab
    place = find(session.roadmap, window.node_here)
    while place is not None and not isinstance(place.node, Card | Stage):
        place = find(session.roadmap, place.parent)
    return place.node.id if place is not None else ""
