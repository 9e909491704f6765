"""Working with others: how the roadmap stands with its room, sharing it, joining one, leaving."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.paths import typed_path
from lfroadmap.roadmap.tree import find
from lfroadmap.store.folder.naming import is_valid_name
from lfroadmap.text import one_line
from lfroadmap.ui.actions.asking import cancel
from lfroadmap.ui.screens.team_address import RoomChoice, TeamAddressScreen
from lfroadmap.ui.shell import Answer
from lfroadmap.ui.team_words import time_of

if TYPE_CHECKING:
    from lfroadmap.team.status import TeamStatus
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

LONG = 15
"""Seconds that a notice with an address or a reason stays."""
_NAMELESS = "shared"


async def team(session: Session, shell: Shell) -> None:
    """Say how the roadmap stands with its room and who is there; leave the room where that is chosen."""
    words, status = session.words, session.team_status
    if status is None:
        await shell.ask(words("team_here.title"), words("team_here.alone"), (cancel(words),))
        return
    answers = (Answer("leave", words("team_here.leave"), True), cancel(words))
    if await shell.ask(words("team_here.title"), _body(session, status), answers) != "leave":
        return
    from lfroadmap.usecases.team import leave  # noqa: PLC0415 - most people share nothing

    address = await asyncio.to_thread(leave, session.store.path)
    shell.notify(words("team.left", name=session.name, address=str(address)), timeout=LONG)


def _body(session: Session, status: TeamStatus) -> str:
    """The state and the people, a line each."""
    words = session.words
    lines = [words(f"team.phase_{status.phase}", time=time_of(status, words))]
    if status.is_read_only:
        lines.append(words("team.read_only"))
    if status.behind:
        lines.append(words.plural("team_here.behind", status.behind))
    if status.error is not None:
        lines.append(words.error(status.error))
    for each in status.people:
        place = find(session.roadmap, each.node)
        who = one_line(each.name) or words("team.nameless")
        where = one_line(session.labels.of(place.node)) if place is not None else ""
        lines.append(words("team_here.person_at", who=who, place=where) if where else who)
    if not status.people and status.phase in ("in_step", "behind"):
        lines.append(words("team.nobody"))
    return "\n".join(lines)


async def share(session: Session, shell: Shell) -> None:
    """Bring the roadmap into a room that is named."""
    words = session.words
    choice = await shell.show(TeamAddressScreen(words, words("team_here.share_title")))
    if choice is not None:
        from lfroadmap.usecases import team as use  # noqa: PLC0415 - most people share nothing

        use.need_websockets()
        token = await asyncio.to_thread(_token, choice)
        await asyncio.to_thread(use.share, session.store.path, choice.address, token)
        shell.notify(words("team.shared", name=session.name, address=str(choice.address)), timeout=LONG)


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
        await asyncio.to_thread(partial(use.join, library, choice.address, token, name))
        shell.notify(words("team_here.joined", name=name), timeout=LONG)


def _token(choice: RoomChoice) -> str:
    """The token in the named file; raises RoadmapError."""
    from lfroadmap.team.secrets import token_in  # noqa: PLC0415 - most people share nothing

    try:
        return token_in(typed_path(choice.token_file))
    except ValueError as error:  # a character that no path can have
        raise RoadmapError("team_token_file", path=choice.token_file, reason=error) from error
