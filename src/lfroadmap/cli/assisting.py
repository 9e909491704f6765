"""`mcp`: an assistant reads roadmaps and, where it may, changes them."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from lfroadmap.cli.context import Command, CommandContext
from lfroadmap.cli.options import flag, option, options_of
from lfroadmap.cli.output import print_json
from lfroadmap.cli.signals import ENDING, handling
from lfroadmap.errors import Ended, RoadmapError, UsageError
from lfroadmap.paths import absolute, is_folder, resolved, typed_path
from lfroadmap.usecases.author import author

if TYPE_CHECKING:
    from lfroadmap.assistant.desk import Desk

DONE = 0


@dataclass(frozen=True, slots=True)
class McpOptions:
    """The options of `mcp`."""

    write: bool = flag("--write")
    within: str | None = option("--in")
    allow: tuple[str, ...] | None = options_of("--allow")
    print_config: bool = flag("--print-config")


McpContext = CommandContext[McpOptions]


def mcp(context: McpContext) -> int:
    """Serve an assistant's program over the standard streams, until it has enough or a signal ends it."""
    options = context.options
    only = None if options.within is None else context.chosen_name(options.within)
    folders = tuple(map(_folder, options.allow or ()))
    if options.print_config:
        from lfroadmap.assistant.program_config import server_config

        print_json(server_config(tuple(_given(context, only, folders))))
        return DONE
    if sys.stdin.isatty():
        raise UsageError("assistant_terminal")
    if find_spec("mcp") is None:
        raise RoadmapError("assistant_needs_mcp")
    return _serve(_desk(context, only, folders))


def _serve(desk: Desk) -> int:
    from lfroadmap.assistant.pipes import protocol_ends
    from lfroadmap.assistant.server import serve

    gc.enable()  # it may stay for days
    ending = _Ending()
    with handling(ending, (*ENDING, signal.SIGINT)), protocol_ends() as ends:
        serve(desk, ends, ending.begin)
    if ending.number is not None:
        raise Ended(ending.number)
    return DONE


def _desk(context: McpContext, only: str | None, folders: tuple[Path, ...]) -> Desk:
    from lfroadmap.assistant.desk import Desk

    options = context.options
    return Desk(
        context.library, context.words, context.settings, author(), context.remark, context.complain,
        only, options.write, folders,
    )  # fmt: skip


def _folder(typed: str) -> Path:
    """A folder into which may be exported; raises RoadmapError where there is none."""
    folder = resolved(absolute(typed_path(typed)))
    if not is_folder(folder):
        raise UsageError("assistant_no_such_folder", path=typed)
    return folder


def _given(context: McpContext, only: str | None, folders: tuple[Path, ...]) -> Iterator[str]:
    """The options that give another program the same roadmaps, and no more rights."""
    if context.output.options or os.environ.get("LFROADMAP_DATA_DIR"):
        yield from ("--data-dir", str(context.library.folder))
    if context.words.language not in ("en", context.settings.language):
        yield from ("--lang", context.words.language)
    if context.options.write:
        yield "--write"
    if only is not None:
        yield from ("--in", context.library.ids()[only])
    for folder in folders:
        yield from ("--allow", str(folder))


class _Ending:
    """The signal that ends the server, as soon as there is one."""

    def __init__(self) -> None:
        self.number: int | None = None
        self._end: Callable[[], object] | None = None

    def begin(self, end: Callable[[], object]) -> None:
        """Receive the function that ends the server."""
        self._end = end
        if self.number is not None:
            end()

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Handle the signal; a second one of the sort ends the program at once."""
        self.number = number
        signal.signal(number, signal.SIG_DFL)
        if self._end is not None:
            self._end()


MCP = Command(McpOptions, mcp)
