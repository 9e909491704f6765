"""What every command works with: its arguments, the words, the settings and the library."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.settings import Settings
from lfroadmap.store.library.library import Library
from lfroadmap.text import clean
from lfroadmap.words import Words

if TYPE_CHECKING:
    from lfroadmap.cli.screen import ScreenLoader
    from lfroadmap.store.folder.notices import Notice

_YES = ("y", "yes", "כ", "כן")


class CommandContext(NamedTuple):
    """A command's arguments and the places it works on."""

    options: argparse.Namespace
    """The command's own arguments, by name."""
    words: Words
    settings: Settings
    library: Library
    load_screen: ScreenLoader

    def say(self, key: str, **facts: object) -> None:
        """Print a line of words; names and paths in it come as they may be shown."""
        print(clean(self.words(key, **facts)))

    def notify(self, notice: Notice) -> None:
        """Say on the standard error what happened to a file beside what was asked."""
        print(f"lfroadmap: {clean(self.words(f'recovery.{notice.key}', **notice.facts))}", file=sys.stderr)

    def complain(self, error: RoadmapError) -> None:
        """Say on the standard error what went wrong, and go on."""
        print(f"lfroadmap: {clean(self.words.error(error))}", file=sys.stderr)

    def needed(self, argument: str, command: str) -> str:
        """An argument that the command cannot do without; raises UsageError where it is not there."""
        value: str | None = getattr(self.options, argument)
        if not value:
            raise UsageError("missing_argument", argument=argument.upper(), command=command)
        return value

    def chosen_name(self) -> str:
        """The roadmap that was named, or the last one; raises RoadmapError where there is no such roadmap."""
        known = self.library.names()
        name: str | None = self.options.name or self.library.last()
        if name is None:
            raise RoadmapError("no_roadmaps", path=self.library.folder)
        if not self.library.exists(name):
            raise RoadmapError(
                "no_roadmap", name=name, path=self.library.folder, known=", ".join(known) or "—"
            )
        return name

    def stored(self, name: str) -> Roadmap:
        """The roadmap as it stands in its file; raises BrokenStore."""
        from lfroadmap.store.sqlite.file_format import read

        return read(self.library.path(name))


def says_yes(question: str) -> bool:
    """Ask; the end of the input is a no."""
    try:
        return input(question).strip().lower() in _YES
    except EOFError:
        return False
