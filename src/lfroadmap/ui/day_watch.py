"""The change of the day: what shows days that are left follows it, though nothing is edited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from textual.app import App

from lfroadmap.ui.screens.base import BaseScreen

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session

SHORTEST_WAIT = 0.05
"""Seconds that Textual's timer waits at least: one that is over before it has begun never calls."""
LONGEST_WAIT = 600.0
"""Seconds after which the day is looked at again at the latest: a timer stands still while the computer
sleeps, and a clock can be set."""


class DayWatch:
    """Has everything on the screen follow the day."""

    def __init__(self, app: App[None], session: Callable[[], Session], now: Callable[[], datetime]) -> None:
        """`session` returns the one of the moment."""
        self._app, self._session, self._now = app, session, now
        self._day = session().today()

    def start(self) -> None:
        """Wait for the next midnight."""
        now = self._now()
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
        left = (midnight - now).total_seconds()
        self._app.set_timer(min(max(left, SHORTEST_WAIT), LONGEST_WAIT), self._look)

    def _look(self) -> None:
        session = self._session()
        today = session.today()
        if today != self._day:
            self._day = today
            session.health.follow(session.roadmap, today)
            for screen in self._app.screen_stack:
                if isinstance(screen, BaseScreen):
                    screen.follow_day()
        self.start()
