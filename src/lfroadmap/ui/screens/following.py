"""Seeing that the roadmaps of the library changed elsewhere, while a screen shows them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from typing import Any

from lfroadmap.errors import RoadmapError
from lfroadmap.ui.screens.base import BaseScreen

LOOKS_EVERY = 0.8
"""Seconds between two looks at the times of the files, which are not opened."""


class LibraryWatch:
    """Calls `changed` when the state of the library is another; nothing is drawn before that."""

    def __init__(
        self, screen: BaseScreen[Any], state: Callable[[], Hashable], changed: Callable[[], None]
    ) -> None:
        """`state` is called on a thread and raises RoadmapError."""
        self._screen, self._state, self._changed = screen, state, changed
        self._known: Hashable = None

    def start(self) -> None:
        """Look until the screen ends."""
        self._screen.set_interval(LOOKS_EVERY, self._look)

    def note(self, state: Hashable) -> None:
        """Note the state that is about to be shown."""
        self._known = state

    def _look(self) -> None:
        if self._screen.is_active:  # not while a dialog is above, which is about one of the roadmaps
            self._screen.start("watch", self._compare)

    async def _compare(self) -> None:
        try:
            state = await asyncio.to_thread(self._state)
        except RoadmapError:  # the folder cannot be read: the next reading that a person begins says so
            return
        if state != self._known:
            self._known = state
            self._changed()
