"""Sharing a roadmap with a team: bringing it into a room, making one of a room, leaving, and one exchange.

Everything that waits for a server is called where somebody waits for it anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.machine import milliseconds_now
from lfroadmap.settings import config_folder
from lfroadmap.store.events import Changed, DocumentState, Event, Merged, WriterEnded
from lfroadmap.store.folder.naming import valid_name
from lfroadmap.store.library.library import Library, make_folder
from lfroadmap.store.sqlite.file_schema import TeamRoom
from lfroadmap.store.sqlite.team_room import read_rights, read_room, write_room
from lfroadmap.team.room_address import RoomAddress
from lfroadmap.team.secrets import keep_token, token_for
from lfroadmap.team.status import TeamStatus
from lfroadmap.usecases.author import author
from lfroadmap.usecases.opening import store_of
from lfroadmap.usecases.removed_by_others import EditedRemoved, edited_by_others, removed_by_others

if TYPE_CHECKING:
    from lfroadmap.store.document.hidden_edits import HiddenEdit
    from lfroadmap.store.history.queries import Removed
    from lfroadmap.store.store import Store
    from lfroadmap.team.client import TeamClient
    from lfroadmap.team.joining import ReportStep

EXCHANGE_TIMEOUT = 60.0
"""Seconds that one exchange may take."""


class TeamReport(NamedTuple):
    """Where a roadmap stands with its room; without a room `room` is None."""

    room: TeamRoom | None
    status: TeamStatus
    taken: tuple[Removed, ...] = ()
    """What colleagues removed while this person worked on it."""
    edited: tuple[EditedRemoved, ...] = ()
    """What was removed here, and colleagues changed."""


def need_websockets() -> None:
    """Raise RoadmapError, which says how to get it, where the library is not installed."""
    if find_spec("websockets") is None:
        raise RoadmapError("team_needs_websockets")


def is_shared(path: Path) -> bool:
    """True if a roadmap is in a room; raises BrokenStore."""
    return read_room(path) is not None


def address_of(path: Path) -> RoomAddress | None:
    """The room that a roadmap is in; raises BrokenStore."""
    room = read_room(path)
    return RoomAddress(room.server, room.room) if room is not None else None


def token_of(room: TeamRoom) -> str:
    """The token that is kept for a room; raises RoadmapError where there is none."""
    address = RoomAddress(room.server, room.room)
    token = token_for(config_folder(), address)
    if token is None:
        raise RoadmapError("team_token_missing", address=address.shown)
    return token


def share(path: Path, address: RoomAddress, token: str) -> TeamReport:
    """Bring a roadmap into an empty room, or into the one where it is already.

    Raises RoadmapError, and the roadmap is in no room, where that is not possible.
    """
    from lfroadmap.team.joining import download  # noqa: PLC0415 - needs the extra

    before = read_room(path)
    if before is not None and RoomAddress(before.server, before.room) != address:
        raise RoadmapError("team_already", address=RoomAddress(before.server, before.room).shown)
    lineage = _lineage(path)
    content = download(address, token)
    if content.lineage != lineage:
        if content.lineage or content.update not in (b"", b"\0\0"):
            raise RoadmapError("team_room_taken", room=address.room)
        if content.is_read_only:
            raise RoadmapError("team_share_read_only", room=address.room)
    folder = config_folder()
    token_before = token_for(folder, address)
    keep_token(folder, address, token)
    known = before or TeamRoom(address.server, address.room, lineage, b"", 0)
    write_room(path, known)
    report = exchange(path)
    if report.status.phase == "final" and report.status.error is not None:
        write_room(path, before)
        keep_token(folder, address, token_before)
        raise report.status.error
    return report


def join(
    library: Library,
    address: RoomAddress,
    token: str,
    name: str,
    report: ReportStep = lambda step: None,
) -> Path:
    """Make a roadmap of what is in a room, and return its file; raises RoadmapError, and nothing is made.

    `report` is called at the beginning of each step, and what it raises ends the work.
    """
    from lfroadmap.store.lifecycle.creating import create_of_room  # noqa: PLC0415 - needs the Yjs library
    from lfroadmap.team.joining import download  # noqa: PLC0415 - needs the extra

    path = library.path(valid_name(name, is_new=True))
    if library.exists(name):
        raise RoadmapError("roadmap_exists", name=name, path=path)
    content = download(address, token, report)
    if not content.lineage:
        raise RoadmapError("team_room_empty", room=address.room)
    report("writing")
    keep_token(config_folder(), address, token)
    make_folder(path.parent)
    room = TeamRoom(address.server, address.room, content.lineage, b"", milliseconds_now())
    try:
        create_of_room(path, content.update, room, library.notify, only_reads=content.is_read_only)
    except FileExistsError as error:
        raise RoadmapError("roadmap_exists", name=name, path=path) from error
    except ValueError as error:
        raise RoadmapError("merge_unreadable") from error
    except OSError as error:
        raise RoadmapError("folder_unwritable", path=path.parent, reason=error.strerror) from error
    return path


def leave(path: Path) -> RoomAddress:
    """Take a roadmap out of its room, and forget the token; what is in both stays as it is.

    Raises RoadmapError where it is in none.
    """
    room = read_room(path)
    if room is None:
        raise RoadmapError("team_not_shared")
    address = RoomAddress(room.server, room.room)
    write_room(path, None)
    keep_token(config_folder(), address, None)
    return address


def client_of(
    store: Store, observe: Callable[[TeamStatus], None], *, is_present: bool = True
) -> TeamClient | None:
    """The client of an open roadmap, to be started; None where it is in no room.

    `is_present`: the others see this person in the room. Raises RoadmapError where the token is missing.
    """
    room = read_room(store.path)
    if room is None:
        return None
    token = token_of(room)
    need_websockets()
    from lfroadmap.team.client import TeamClient  # noqa: PLC0415 - needs the extra

    rights = read_rights(store.path)
    return TeamClient(store, room, token, author(), observe, is_read_only=rights, is_present=is_present)


def exchange(path: Path) -> TeamReport:
    """Connect, bring each side what it lacks, and end: how the roadmap stood then.

    Raises RoadmapError where the file cannot be opened.
    """
    room = read_room(path)
    if room is None:
        return TeamReport(None, TeamStatus())
    try:
        token = token_of(room)
    except RoadmapError as error:
        return TeamReport(room, TeamStatus("final", error=error, last_contact=room.last_contact))
    from lfroadmap.team.client import TeamClient  # noqa: PLC0415 - needs the extra

    statuses: SimpleQueue[TeamStatus] = SimpleQueue()
    store = store_of(path)
    client = TeamClient(
        store, room, token, author(), statuses.put, is_read_only=store.only_reads, is_present=False
    )
    merged: set[str] = set()
    hidden: list[HiddenEdit] = []

    def hear(event: Event) -> None:
        if isinstance(event, Changed):
            merged.update(event.merged)
        elif isinstance(event, Merged):
            hidden.extend(event.hidden)
        client.deliver(event)

    store.start(hear)
    client.start()
    try:
        status = _settled(statuses)
        # before the end of the connection is noted: what was done since the last one counts
        taken = removed_by_others(path, store.roadmap, merged) if merged else ()
        edited = edited_by_others(path, store.roadmap, hidden)
    finally:
        client.stop()
        store.close()
    return TeamReport(read_room(path) or room, status, taken, edited)


def _settled(statuses: SimpleQueue[TeamStatus]) -> TeamStatus:
    """The first status in which there is nothing more to wait for, or the last one in time."""
    status, end = TeamStatus(), milliseconds_now() + EXCHANGE_TIMEOUT * 1000
    while milliseconds_now() < end:
        try:
            status = statuses.get(timeout=1)
        except Empty:
            continue
        is_done = status.phase == "in_step" or (status.phase == "behind" and status.is_read_only)
        if is_done or status.phase in ("waiting", "final"):
            break
    return status


def _lineage(path: Path) -> str:
    """The lineage of a roadmap's document; raises RoadmapError where it cannot be read."""
    answers: SimpleQueue[DocumentState] = SimpleQueue()

    def hear(event: Event) -> None:
        if isinstance(event, DocumentState):
            answers.put(event)
        elif isinstance(event, WriterEnded):
            answers.put(DocumentState(0, error=event.error))

    store: Store = store_of(path)
    store.start(hear)
    store.document_state()
    try:
        state = answers.get(timeout=EXCHANGE_TIMEOUT)
    except Empty:
        raise BrokenStore("store_busy", path=path) from None
    finally:
        store.close()
    if state.error is not None:
        raise state.error
    return state.lineage
