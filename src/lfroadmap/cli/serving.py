"""`serve`: a server that several people share roadmaps over, and the tokens of its rooms."""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from lfroadmap.cli.context import Command, CommandContext, needed, whole_number
from lfroadmap.cli.options import arguments_of, flag, option, words_of
from lfroadmap.cli.signals import ENDING, handling
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.paths import absolute, typed_path

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from lfroadmap.team.server.events import ServerEvent
    from lfroadmap.team.server.service import Address
    from lfroadmap.words import Words

DONE = 0
HOST, PORT = "127.0.0.1", 8737
_LAST_PORT = 65535
_FOLDER = "server"
"""The server's folder in the data folder."""
TOKEN_VERBS = {"add": ("--room", "--read-only"), "list": (), "revoke": ()}
"""Verb of `serve token` -> its options beside the folder."""
_OF_SERVING = ("--host", "--port", "--cert", "--key")


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """The options of `serve`."""

    words: tuple[str, ...] = words_of()
    host: str | None = option("--host")
    port: str | None = option("--port")
    data: str | None = option("--data")
    cert: str | None = option("--cert")
    key: str | None = option("--key")
    room: str | None = option("--room")
    read_only: bool = flag("--read-only")


ServeContext = CommandContext[ServeOptions]


def serve(context: ServeContext) -> int:
    """Serve until a signal ends it, or add, list or revoke tokens."""
    words = context.options.words
    if not words:
        _check_options(context.options, _OF_SERVING, "serve")
        return _serve(context)
    verb = words[1] if len(words) > 1 else ""
    if words[0] != "token" or verb not in TOKEN_VERBS:
        known = ", ".join(f"token {each}" for each in TOKEN_VERBS)
        raise UsageError("no_verb", name=" ".join(words[:2]), command="serve", known=known)
    _check_options(context.options, TOKEN_VERBS[verb], f"serve token {verb}")
    return _TOKENS[verb](context, words[2:])


def _check_options(options: ServeOptions, known: tuple[str, ...], command: str) -> None:
    """Raise UsageError for an option that belongs elsewhere."""
    for each in arguments_of(ServeOptions):
        shown = each.names[-1]
        if shown.startswith("--") and shown not in (*known, "--data") and getattr(options, each.field):
            raise UsageError("unknown_argument", argument=shown, command=command)


def _folder(context: ServeContext) -> Path:
    typed = context.options.data
    return absolute(typed_path(typed)) if typed else context.library.folder / _FOLDER


# ---------------------------------------------------------------------- serving


def _serve(context: ServeContext) -> int:
    if find_spec("websockets") is None:
        raise RoadmapError("team_needs_websockets")
    from lfroadmap.team.server.service import RoomServer

    address = _address(context.options)
    folder = _folder(context)

    def report(event: ServerEvent) -> None:
        say = context.words
        facts = {key: say.error(each) if isinstance(each, RoadmapError) else each
                 for key, each in event.facts.items()}  # fmt: skip
        time = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S%z}"
        context.output.remark(
            say("serve.log", time=time, what=say(f"serve.log_{event.key}", **facts)), sys.stderr
        )

    def ready(port: int) -> None:
        scheme = "ws" if address.tls is None else "wss"
        host = f"[{address.host}]" if ":" in address.host else address.host
        context.say("serve.ready", url=f"{scheme}://{host}:{port}", path=folder)

    server = RoomServer(folder, report)

    def end(number: int, frame: FrameType | None) -> None:
        server.end()

    with handling(end, (*ENDING, signal.SIGINT)):
        server.run(address, ready)
    return DONE


def _address(options: ServeOptions) -> Address:
    """Where to listen; raises UsageError, or RoadmapError for a certificate that cannot be used."""
    from lfroadmap.team.server.service import Address
    from lfroadmap.team.server.tls import server_context

    port = PORT if options.port is None else whole_number(options.port, _LAST_PORT)
    if port is None:
        raise UsageError("serve_port", typed=(options.port or "")[:80], most=_LAST_PORT)
    if (options.cert is None) is not (options.key is None):
        raise UsageError("serve_both", given="--cert" if options.cert else "--key")
    tls = None
    if options.cert and options.key:
        tls = server_context(typed_path(options.cert), typed_path(options.key))
    return Address(options.host or HOST, port, tls)


# ----------------------------------------------------------------------- tokens


def _add(context: ServeContext, words: tuple[str, ...]) -> int:
    from lfroadmap.team.server.tokens import Tokens

    name = needed(" ".join(words).strip(), "NAME", "serve token add")
    room = needed(context.options.room, "--room", "serve token add")
    tokens = Tokens(_folder(context))
    try:
        token = tokens.add(name, room, read_only=context.options.read_only)
    finally:
        tokens.close()
    context.say(
        "serve.token_read" if context.options.read_only else "serve.token_write", name=name, room=room
    )
    context.output.path(token)
    return DONE


def _list(context: ServeContext, words: tuple[str, ...]) -> int:
    from lfroadmap.team.server.tokens import Tokens

    if words:
        raise UsageError("unknown_argument", argument=words[0], command="serve token list")
    tokens = Tokens(_folder(context))
    try:
        found = tokens.all()
    finally:
        tokens.close()
    if not found:
        context.say("serve.no_tokens")
        return DONE
    say = context.words
    rights = {False: say("serve.may_write"), True: say("serve.may_read")}
    context.output.rows(
        [
            (each.name, each.room, rights[each.is_read_only], _day(each.made, context.words),
             "" if each.revoked is None else say("serve.revoked_on", day=_day(each.revoked, context.words)))
            for each in found
        ]
    )  # fmt: skip
    return DONE


def _day(milliseconds: int, words: Words) -> str:
    return words.day(datetime.fromtimestamp(milliseconds / 1000).date())


def _revoke(context: ServeContext, words: tuple[str, ...]) -> int:
    from lfroadmap.team.server.tokens import Tokens

    name = needed(" ".join(words).strip(), "NAME", "serve token revoke")
    tokens = Tokens(_folder(context))
    try:
        tokens.revoke(name)
    finally:
        tokens.close()
    context.say("serve.revoked", name=name)
    return DONE


_TOKENS = {"add": _add, "list": _list, "revoke": _revoke}
SERVE = Command(ServeOptions, serve, needs_library=False)
