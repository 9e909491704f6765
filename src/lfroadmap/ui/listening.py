"""What the store of a session says, as messages of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.message import Message

from lfroadmap.store.events import Event
from lfroadmap.usecases.hooks_folder import has_hooks

if TYPE_CHECKING:
    from lfroadmap.store.store import Store
    from lfroadmap.ui.session import Session


class StoreSaid(Message):
    """A store reports something; posted from its thread."""

    def __init__(self, store: Store, event: Event) -> None:
        super().__init__()
        self.store, self.event = store, event


def listen(app: App[Any], session: Session) -> None:
    """Start the session's store, post what it says to the app, and give its changes to the hooks."""

    def hear(event: Event) -> None:
        if session.team is not None:
            session.team.deliver(event)
        app.post_message(StoreSaid(session.store, event))

    session.store.start(hear)
    if has_hooks():
        from lfroadmap.ui.actions.hooks import start_hooks  # noqa: PLC0415 - most people have none

        start_hooks(app, session)
