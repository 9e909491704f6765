"""What is typed between any two messages of the app: every order in which a key can overtake another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.message import Message
from textual.message_pump import MessagePump

Fits = Callable[[MessagePump, Message], bool]


class Between:
    """Does something just before a message is handled that fits."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._fits: Fits | None = None
        self._act: Callable[[], object] = lambda: None
        dispatch = MessagePump._dispatch_message

        async def look(pump: MessagePump, message: Message) -> Any:  # noqa: ANN401
            if self._fits is not None and self._fits(pump, message):
                self._fits = None
                self._act()
            await dispatch(pump, message)

        monkeypatch.setattr(MessagePump, "_dispatch_message", look)

    def before(self, fits: Fits, act: Callable[[], object]) -> None:
        """Act before the next message that fits."""
        self._fits, self._act = fits, act

    def before_number(self, number: int, act: Callable[[], object]) -> None:
        """Act before the message with that number, from now on; the next one is 0."""
        left = number

        def fits(pump: MessagePump, message: Message) -> bool:
            nonlocal left
            left -= 1
            return left < 0

        self.before(fits, act)

    @property
    def was_done(self) -> bool:
        """True if the message came; it is not waited for any longer."""
        done, self._fits = self._fits is None, None
        return done
