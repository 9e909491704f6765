"""Working with others: how the roadmap stands with its room, sharing it, joining one, leaving."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.paths import typed_path
from lfroadmap.store.folder.naming import is_valid_name
from lfroadmap.ui.actions.asking import cancel
from lfroadmap.ui.screens.busy import Busy
from lfroadmap.ui.screens.team_address import RoomChoice, TeamAddressScreen
from lfroadmap.ui.shell import Answer
from lfroadmap.ui.team_words import team_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from lfroadmap.team.joining import JoinStep, ReportStep
    from lfroadmap.ui.screens.team import TeamResult
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell

LONG = 15
"""Seconds that a notice with an address or a reason stays."""
PATIENCE = 0.5
"""Seconds after which a bar shows how far joining is, and lets it be called off."""
_NAMELESS = "shared"


async def team(session: Session, shell: Shell) -> None:
    """Show how the roadmap stands with its room and who is there, and do what is chosen there."""
    from lfroadmap.ui.screens.team import TeamScreen  # noqa: PLC0415 - most people share nothing
    from lfroadmap.usecases.team import address_of  # noqa: PLC0415

    screen = TeamScreen(
        partial(address_of, session.store.path), partial(team_view, session),
        session.words, session.settings.keys,
    )  # fmt: skip
    if ending := await shell.keep(screen, partial(_act, session, shell)):
        await ending()


async def _act(session: Session, shell: Shell, result: TeamResult) -> Ending | None:
    """Do what was chosen; what cannot be done is said, and the screen stays."""
    if result.act == "go":
        return partial(shell.go, result.node)
    doing = {"share": share, "join": join, "leave": leave}[result.act]
    try:
        await doing(session, shell)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="error", timeout=LONG)
    return None


async def leave(session: Session, shell: Shell) -> None:
    """Take the roadmap out of its room where that is agreed to."""
    from lfroadmap.usecases import team as use  # noqa: PLC0415 - most people share nothing

    words, path = session.words, session.store.path
    address = await asyncio.to_thread(use.address_of, path)
    if address is None:
        raise RoadmapError("team_not_shared")
    answers = (Answer("leave", words("team_here.leave"), True), cancel(words))
    body = words("team_here.leave_body", address=address.shown)
    if await shell.ask(words("team_here.leave"), body, answers) == "leave":
        await asyncio.to_thread(use.leave, path)
        shell.notify(words("team.left", name=session.name, address=address.shown), timeout=LONG)


async def share(session: Session, shell: Shell) -> None:
    """Bring the roadmap into a room that is named."""
    words = session.words
    choice = await shell.show(TeamAddressScreen(words, words("team_here.share_title")))
    if choice is not None:
        from lfroadmap.usecases import team as use  # noqa: PLC0415 - most people share nothing

        use.need_websockets()
        token = await asyncio.to_thread(_token, choice)
        await asyncio.to_thread(use.share, session.store.path, choice.address, token)
        shell.notify(words("team.shared", name=session.name, address=choice.address.shown), timeout=LONG)


async def join(session: Session, shell: Shell) -> None:
    """Make a roadmap of what is in a room that is named."""
    words, library = session.words, session.library
    choice = await shell.show(TeamAddressScreen(words, words("team_here.join_title")))
    if choice is not None:
        from lfroadmap.usecases import team as use  # noqa: PLC0415 - most people share nothing

        use.need_websockets()
        room = choice.address.room
        name = library.free_name(room if is_valid_name(room, is_new=True) else _NAMELESS)
        token = await asyncio.to_thread(_token, choice)
        work = partial(use.join, library, choice.address, token, name)
        if await Joining(session, shell).under_bar(work):
            shell.notify(words("team_here.joined", name=name), timeout=LONG)


class Joining:
    """A roadmap that is being made of a room, under a bar where that takes a while."""

    STEPS = ("reaching", "receiving", "reading", "writing")

    def __init__(self, session: Session, shell: Shell) -> None:
        self._words, self._shell = session.words, shell
        self._step: JoinStep = "reaching"
        self._called_off = asyncio.Event()

    async def under_bar(self, work: Callable[[ReportStep], object]) -> bool:
        """Do it on a thread; False where it was called off, and nothing was made. Raises as the work does."""
        busy = Busy(self._words, self._look, self._called_off.set, "team_here.joining")
        timer = asyncio.get_running_loop().call_later(PATIENCE, self._show_bar, busy)
        working = asyncio.create_task(asyncio.to_thread(work, self._report))
        waiting = asyncio.create_task(self._called_off.wait())
        try:
            await asyncio.wait((working, waiting), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._called_off.set()  # whatever ended this: the thread makes nothing after its step
            timer.cancel()
            waiting.cancel()
            busy.end()
        if working.done() or self._step == "writing":  # what is being made comes to its end
            with suppress(_CalledOff):
                await working
                return True
            return False
        working.add_done_callback(_drop)
        return False

    def _report(self, step: JoinStep) -> None:
        """Note the step; called on the thread."""
        self._step = step
        if self._called_off.is_set():
            raise _CalledOff

    def _look(self) -> tuple[float, str]:
        return self.STEPS.index(self._step) / len(self.STEPS), self._words(f"team.step_{self._step}")

    def _show_bar(self, busy: Busy) -> None:
        if not busy.over:
            self._shell.push(busy)


class _CalledOff(Exception):
    """Joining was called off."""


def _drop(work: asyncio.Task[object]) -> None:
    """Drop what came of work that was called off: nobody asks for it any more."""
    if not work.cancelled():
        work.exception()


def _token(choice: RoomChoice) -> str:
    """The token in the named file; raises RoadmapError."""
    from lfroadmap.team.secrets import token_in  # noqa: PLC0415 - most people share nothing

    try:
        return token_in(typed_path(choice.token_file))
    except ValueError as error:  # a character that no path can have
        raise RoadmapError("team_token_file", path=choice.token_file, reason=error) from error
