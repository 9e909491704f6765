"""Screens and notices over the roadmap: the part of a Shell by which an action talks to a person."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TypeVar

from textual.app import App
from textual.notifications import SeverityLevel
from textual.screen import Screen

from lfroadmap.ui.commands import Place
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.shell import Answer, Ending

T = TypeVar("T")


class Dialogs:
    """Opens screens, waits for their results, and shows notices."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self.takes_keys = asyncio.Event()
        """Not set while the screen that the next keys are meant for is still to come."""
        self.takes_keys.set()

    def hold_keys(self) -> None:
        """Hold the keys that are typed ahead until the next screen is on, or the action is over."""
        self.takes_keys.clear()

    def release_keys(self) -> None:
        """Let the held keys through."""
        self.takes_keys.set()

    async def ask(self, title: str, body: str, answers: Iterable[Answer]) -> str | None:
        """Ask, and wait for the id of an answer; the last one changes nothing."""
        from lfroadmap.ui.screens.dialog import Dialog  # noqa: PLC0415 - loaded with the first question

        return await self.show(Dialog(title, body, tuple(answers)))

    async def show(self, screen: Screen[T]) -> T | None:
        """Open a screen, and wait for its result."""
        result: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()

        def dismissed(value: T | None) -> None:
            if not result.done():  # nobody waits any more where the action was broken off
                self.hold_keys()  # until the action goes on, a turn later: it may lead to another place
                result.set_result(value)

        await self._app.push_screen(screen, dismissed)
        self.release_keys()
        try:
            return await result
        finally:
            self.release_keys()

    async def keep(
        self, screen: Screen[T | None], act: Callable[[T], Awaitable[Ending | None]]
    ) -> Ending | None:
        """Open a screen that stays under what its results open, until `act` returns an ending for one."""
        result: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()

        def chosen(value: T | None) -> None:
            if not result.done():  # the result before it is being acted on
                self.hold_keys()
                result.set_result(value)

        assert isinstance(screen, BaseScreen), "all screens are"
        screen.on_choice = chosen
        await self._app.push_screen(screen, chosen)
        ending = None
        try:
            while ending is None:
                self.release_keys()
                value = await result
                if value is None:
                    break
                ending = await act(value)
                result = asyncio.get_running_loop().create_future()
        finally:
            result.cancel()  # nobody waits for one any more
            screen.dismiss(None)
        return ending

    def push(self, screen: Screen[None]) -> None:
        """Open a screen that has no result."""
        self._app.push_screen(screen)

    def toggle(self, screen: Screen[None]) -> None:
        """Open a screen, or close the one of its kind that is open."""
        if isinstance(self._app.screen, type(screen)):
            self._app.screen.dismiss()
        else:
            self.push(screen)

    @property
    def focused_place(self) -> Place:
        """The place in the table of commands whose keys work where the focus is."""
        screen = self._app.screen
        return screen.focused_place if isinstance(screen, BaseScreen) else "app"

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        behind: bool = False,
    ) -> None:
        """Show a notice; `behind`: when what was done is on the screen."""
        notify = partial(self._app.notify, message, title=title, severity=severity, timeout=timeout)
        if behind:
            self._app.screen.call_after_refresh(notify)
        else:
            notify()

    def clear_notices(self, severity: SeverityLevel | None = None) -> None:
        """Take the notices away that are shown, all or those of a severity."""
        if severity is None:
            self._app.clear_notifications()
            return
        for notice in list(self._app._notifications):
            if notice.severity == severity:
                self._app._unnotify(notice)

    async def catch_up(self) -> None:
        """Wait until the events of the store are processed: a notice is shown one turn after its event."""
        for _ in range(2):
            turn = asyncio.Event()
            self._app.call_later(turn.set)
            await turn.wait()
