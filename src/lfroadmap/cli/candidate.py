"""A word that may stand at the cursor of a shell, and the line before it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from lfroadmap.cli.argument_kinds import kind_of
from lfroadmap.cli.context import AnyContext
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.library.library import Library

FILES = ":files"
"""Stands for the files of the folder, which the shell itself knows."""


class Candidate(NamedTuple):
    """A word that may stand at the cursor, and what is said about it."""

    value: str
    about: str = ""


class Line(NamedTuple):
    """A line up to the cursor."""

    context: AnyContext
    command: str
    given: dict[str, str]
    """The values that stand before the cursor, by the name of their argument."""

    def library(self) -> Library:
        """The folder that the line names, or the one of this run."""
        folder = self.given.get("--data-dir")
        return Library(Path(folder).expanduser()) if folder else self.context.library

    def roadmap_name(self) -> str | None:
        """The roadmap that the line is about."""
        library = self.library()
        named = next(
            (given for name, given in self.given.items() if kind_of(self.command, name) == "roadmap"), None
        )
        return library.last() if named is None else library.named(named)

    def roadmap(self) -> Roadmap | None:
        """The roadmap as it is in its file."""
        from lfroadmap.store.sqlite.file_format import read

        name = self.roadmap_name()
        return read(self.library().path(name)) if name else None
