"""Opening another roadmap in the window; what is asked about a damaged file is asked over the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from lfroadmap.errors import RoadmapError
from lfroadmap.ui.actions.asking import cancel
from lfroadmap.ui.actions.leaving import Left, leave
from lfroadmap.ui.shell import Answer, Ending
from lfroadmap.usecases.opening import open_store
from lfroadmap.usecases.rescue_lines import findings
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from lfroadmap.errors import BrokenStore
    from lfroadmap.store.recovery.rescue import Findings
    from lfroadmap.store.store import Store
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell
    from lfroadmap.words import Words

LONG = 60
"""Seconds for which a notice of what became of a damaged file is shown."""


class Opened(NamedTuple):
    """A roadmap that was opened to be shown, at a node if one is named."""

    store: Store
    name: str
    at: str = ""


class ScreenPrompt:
    """The person before the screen; an OpeningPrompt, which is asked on another thread."""

    def __init__(self, words: Words, shell: Shell, name: str) -> None:
        self._words, self._shell, self._name = words, shell, name
        self._loop = asyncio.get_running_loop()
        self._asked: Future[str | None] | None = None
        self._is_closed = False
        self._damage = ""

    def close(self) -> None:
        """Let a question that is still open, and any further one, change nothing."""
        self._is_closed = True
        if self._asked is not None:
            self._asked.cancel()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Show nothing: the keys wait, and the screen before is still there."""
        yield

    def report_damage(self, error: BrokenStore) -> None:
        """Keep the error for the question that follows; where something can be saved, that is shown."""
        self._damage = self._words.error(error)

    def may_rescue(self, found: Findings) -> bool:
        """Show what was found, and ask."""
        body = "\n".join(findings(found, self._words, command=False))
        return self._ask(body, Answer("rescue", self._words("library.rescue_do")))

    def report_rescue(self, done: Findings) -> None:
        """Show what was saved."""
        self._notify("\n".join(findings(done, self._words)))

    def may_start_over(self) -> bool:
        """Ask."""
        return self._ask(self._damage, Answer("start", self._words("library.start_over"), True))

    def report_set_aside(self, path: Path) -> None:
        """Show where the damaged file is."""
        self._notify(self._words("library.set_aside", path=path))

    def _ask(self, body: str, answer: Answer) -> bool:
        if self._is_closed:
            return False
        title, answers = self._words("library.rescue", name=self._name), (answer, cancel(self._words))

        async def ask() -> str | None:
            given = await self._shell.ask(title, SafeText(body), answers)
            self._shell.hold_keys()  # they are for what is opened then
            return given

        self._asked = asyncio.run_coroutine_threadsafe(ask(), self._loop)
        with suppress(CancelledError):  # the app ends, or the opening was broken off: nothing is done
            return self._asked.result() == answer.id
        return False

    def _notify(self, text: str) -> None:
        show = partial(self._shell.notify, SafeText(text), severity="warning", timeout=LONG)
        self._loop.call_soon_threadsafe(show)


async def open_another(session: Session, shell: Shell, name: str) -> Store | None:
    """The store of another roadmap; None where its damaged file shall stay as it is. Raises BrokenStore."""
    prompt = ScreenPrompt(session.words, shell, name)
    try:
        store = await asyncio.to_thread(open_store, session.library.path(name), prompt)
    finally:
        prompt.close()
    if store is not None:
        for notice in store.notices:
            session.library.notify(notice)
    return store


async def switch_to(
    session: Session, shell: Shell, name: str, at: str = "", *, between: Callable[[], object] | None = None
) -> Ending | None:
    """Open another roadmap, then leave this one; the ending shows it, at a node if one is named.

    `between` is called on a thread when neither is shown; its error is shown. None where the person stays.
    Raises BrokenStore where the other cannot be opened: this one stays open.
    """
    if name == session.name:
        return partial(_stay, shell, at)
    store = await open_another(session, shell, name)
    if store is None:
        return None
    left = await leave(session, shell, "open")
    if left is None:
        store.close()
        return None
    if between is not None:
        try:
            await asyncio.to_thread(between)
        except RoadmapError as error:
            shell.notify(session.words.error(error), severity="error", timeout=LONG)
    return partial(_show, session, shell, left, Opened(store, name, at))


async def _stay(shell: Shell, at: str) -> None:
    if at:
        await shell.go(at)


async def _show(session: Session, shell: Shell, left: Left, opened: Opened) -> None:
    """Show the roadmap that was opened in place of the one that was left."""
    library, name = session.library, opened.name
    if session.hooks:
        session.hooks.close(0)  # it gives what is left, and is waited for at the end of the program
    await asyncio.to_thread(library.remember, name, library.tab(name))
    await shell.switch(session.of_another(opened.store, name), opened.at)
    if left.message:
        shell.notify(left.message.plain, severity="warning", timeout=LONG)


async def reopened(session: Session, shell: Shell, work: Callable[[], str]) -> Ending | None:
    """Do something with the file of the roadmap that is open while it is closed, and open it again.

    `work` is called on a thread, and returns the roadmap's name behind it; its error is shown. None where the
    person stays.
    """
    left = await leave(session, shell, "open")
    if left is None:
        return None
    name = session.name
    try:
        name = await asyncio.to_thread(work)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="error", timeout=LONG)
    try:
        store = await open_another(session, shell, name)
    except RoadmapError as error:  # nothing is open any more
        shell.exit(Text(session.words.error(error)), 1)
        return None
    if store is None:
        shell.exit(return_code=1)
        return None
    return partial(_show, session, shell, left, Opened(store, name))


def previous(session: Session) -> str | None:
    """The roadmap that was open before this one, or else the first other one; None where there is none."""
    others = [name for name in session.library.names() if name != session.name]
    recent = (name for name in session.library.state.recent if name in others)
    return next(recent, next(iter(others), None))
