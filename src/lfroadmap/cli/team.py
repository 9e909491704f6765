"""`share`, `join`, `leave` and `team`: a roadmap that several people work on at the same time."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext, Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional
from lfroadmap.cli.output import print_json, shell_word
from lfroadmap.errors import RoadmapError
from lfroadmap.paths import typed_path
from lfroadmap.store.folder.naming import is_valid_name
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from pathlib import Path

    from lfroadmap.team.joining import JoinStep
    from lfroadmap.team.room_address import RoomAddress
    from lfroadmap.usecases.team import TeamReport

DONE, NOT_DONE = 0, 1
_NAMELESS = "shared"
"""Name of a roadmap of a room whose own name no roadmap can have."""


@dataclass(frozen=True, slots=True)
class ShareOptions:
    """The options of `share`."""

    roadmap: str | None = positional()
    url: str | None = positional()
    token_file: str | None = option("--token-file")


@dataclass(frozen=True, slots=True)
class JoinOptions:
    """The options of `join`."""

    url: str | None = positional()
    token_file: str | None = option("--token-file")
    name: str | None = option("--name")


@dataclass(frozen=True, slots=True)
class LeaveOptions:
    """The options of `leave`."""

    name: str | None = positional()


@dataclass(frozen=True, slots=True)
class TeamOptions:
    """The options of `team`."""

    name: str | None = positional()
    json: bool = flag("--json")


def share(context: CommandContext[ShareOptions]) -> int:
    """Bring a roadmap into an empty room."""
    options = context.options
    typed = needed(options.roadmap, "ROADMAP", "share")
    address, token = _room(options.url, options.token_file, "share")
    from lfroadmap.usecases import team

    team.need_websockets()
    name = context.chosen_name(typed)
    report = team.share(_path(context, name), address, token)
    context.say("team.shared", name=name, address=address.shown)
    return _tell(context, name, report)


def join(context: CommandContext[JoinOptions]) -> int:
    """Make a roadmap of what is in a room."""
    options = context.options
    address, token = _room(options.url, options.token_file, "join")
    from lfroadmap.usecases import team

    team.need_websockets()
    base = address.room if is_valid_name(address.room, is_new=True) else _NAMELESS
    name = options.name or context.library.free_name(base)
    try:
        team.join(context.library, address, token, name, partial(_show_step, context))
    finally:
        _show_step(context, None)
    context.say("team.joined", name=name, word=SafeText(shell_word(name)))
    return DONE


def _show_step(context: AnyContext, step: JoinStep | None) -> None:
    """Show a step where somebody watches; None clears the line."""
    if sys.stderr.isatty():
        context.output.progress("")
        if step is not None:
            context.output.progress(context.words(f"team.step_{step}"))


def leave(context: CommandContext[LeaveOptions]) -> int:
    """Take a roadmap out of its room."""
    from lfroadmap.usecases import team

    name = context.chosen_name(context.options.name)
    context.say("team.left", name=name, address=team.leave(_path(context, name)).shown)
    return DONE


def team(context: CommandContext[TeamOptions]) -> int:
    """Exchange with the room what each side lacks, and print how that went."""
    from lfroadmap.usecases import team as use

    name = context.chosen_name(context.options.name)
    path = _path(context, name)
    if use.is_shared(path):
        use.need_websockets()
    report = use.exchange(path)
    if context.options.json:
        print_json(_as_json(context, name, report))
        return _status_of(report)
    return _tell(context, name, report)


def _path(context: AnyContext, name: str) -> Path:
    return context.library.path(name)


def _room(typed: str | None, token_file: str | None, command: str) -> tuple[RoomAddress, str]:
    """The room and the token that were named; raises RoadmapError, or UsageError."""
    from lfroadmap.team.room_address import room_address
    from lfroadmap.team.secrets import token_in

    address = room_address(needed(typed, "URL", command))
    return address, token_in(typed_path(needed(token_file, "--token-file", command)))


def _status_of(report: TeamReport) -> int:
    """Success where nothing is to be done, and where there is no room to be in step with."""
    is_well = report.room is None or report.status.phase in ("in_step", "behind")
    return DONE if is_well else NOT_DONE


def _tell(context: AnyContext, name: str, report: TeamReport) -> int:
    words, status = context.words, report.status
    if report.room is None:
        context.say("team.alone", name=name)
        return DONE
    context.say(f"team.phase_{status.phase}", time=_time(context, status.last_contact))
    if status.is_read_only:
        context.say("team.read_only")
    if status.behind:
        context.say("team.unsent")
    if status.error is not None:
        context.complain(status.error)
    if report.taken or report.edited:
        _tell_removed(context, name, report)
    if status.people:
        names = ", ".join(each.name or words("team.nameless") for each in status.people)
        context.say("team.people", names=names)
    elif status.phase == "in_step":
        context.say("team.nobody")
    return _status_of(report)


def _tell_removed(context: AnyContext, name: str, report: TeamReport) -> None:
    """Say what one removed and another changed meanwhile."""
    from lfroadmap.usecases.removed import describe_removed

    roadmap = context.stored(name)
    for each in describe_removed(report.taken, roadmap, context.words):
        context.say("team.took", who=each.author, kind=each.kind, name=each.name)
    edited = describe_removed((each.removed for each in report.edited), roadmap, context.words)
    for found, shown in zip(report.edited, edited, strict=True):
        who = [author or context.words("team.nameless") for author in found.authors]
        context.say("team.edited", who=who, kind=shown.kind, name=shown.name)


def _time(context: AnyContext, milliseconds: int) -> str:
    if not milliseconds:
        return context.words("team.never")
    at = datetime.fromtimestamp(milliseconds / 1000)
    return f"{context.words.day(at.date())} {at:%H:%M}"


def _as_json(context: AnyContext, name: str, report: TeamReport) -> dict[str, object]:
    from lfroadmap.roadmap.templates import Labels

    room, status = report.room, report.status
    contact = datetime.fromtimestamp(status.last_contact / 1000).astimezone() if status.last_contact else None
    error: RoadmapError | None = status.error
    roadmap = context.stored(name)
    return {
        "roadmap": name,
        "title": Labels(roadmap.template, context.words.language).of(roadmap),
        "server": room.server if room else None,
        "room": room.room if room else None,
        "state": status.phase,
        "read_only": status.is_read_only,
        "unsent": status.behind > 0,
        "people": [{"name": each.name, "node": each.node} for each in status.people],
        "last_contact": contact.isoformat("T", "seconds") if contact else None,
        "error": str(context.words.error(error)) if error else None,
    }


SHARE = Command(ShareOptions, share)
JOIN = Command(JoinOptions, join)
LEAVE = Command(LeaveOptions, leave)
TEAM = Command(TeamOptions, team)
