"""Comparing the outlines of a library with its files, as a program that has just started reads them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import monotonic, time_ns

import pytest

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.edits import Rename, SetField, Tick
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.outline import outline_of
from lfroadmap.roadmap.portfolio import Member
from lfroadmap.store.folder import stamps
from lfroadmap.store.folder.notices import Notify
from lfroadmap.store.folder.stamps import stamp_of
from lfroadmap.store.history import queries
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite import file_format
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.usecases import library_rows
from lfroadmap.usecases import outlines as caching
from lfroadmap.usecases.library_rows import LibraryRow, LibraryRows
from lfroadmap.usecases.portfolio import Reading
from lfroadmap.words import words
from listening import PLAN, Person

NAMES = ("acme", "beta", "תוכנית")
READING = Reading(words("en"), date(2026, 3, 15), 7)


def keep_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have few outlines kept, soon after a change, and shown on a machine however busy."""
    monkeypatch.setattr(caching, "WORTH", 1)
    monkeypatch.setattr(stamps, "SETTLED", 50_000_000)
    monkeypatch.setattr(library_rows, "PATIENCE", 60.0)


def known_library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Three roadmaps that a program has read and kept."""
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(folder / "config"))
    keep_soon(monkeypatch)
    made = Library(folder / "data")
    for name in NAMES:
        made.create(name, PLAN, "dana")
    settle(made)
    seen(made)
    return made


def edited(library: Library, name: str, chance: random.Random) -> None:
    """A program changes a roadmap."""
    person = Person(library.path(name), "command")
    person.does(chance.choice([Tick("t1", chance.random() < 0.5), SetField("g", str(chance.random()))]))
    person.does(Rename("r", f"{name} {chance.random()}"))
    person.leaves()


def settle(library: Library) -> None:
    """Wait until no file of the library may change without another stamp."""
    end = monotonic() + 30
    while not all(stamp_of(library.path(name)).is_settled(time_ns()) for name in library.names()):
        assert monotonic() < end


def seen(library: Library) -> list[LibraryRow]:
    """The rows that a program which has just started shows in the end, with who changed each."""
    rows = LibraryRows(library)
    found = {row.name: row for row in rows.read(READING)}
    return list((found | {row.name: row for row in rows.name_authors()}).values())


def check(library: Library) -> None:
    """Hold the rows of a new program to the files."""
    assert [(row.name, _facts(row)) for row in seen(library)] == [
        (name, _facts_of(library, name)) for name in library.names()
    ]


def _facts(row: LibraryRow) -> object:
    content = row.content
    if not isinstance(content, Member):
        return content.error.key if content else None
    return content.roadmap, content.changed, row.author


def _facts_of(library: Library, name: str) -> object:
    path = library.path(name)
    try:
        roadmap = outline_of(read(path))
    except BrokenStore as error:
        return error.key
    return roadmap, library.changed(name), _author(path)


def _author(path: Path) -> str:
    newest = queries.read(path, limit=1)
    return newest[0].author if newest else ""


def files_read(monkeypatch: pytest.MonkeyPatch, library: Library) -> list[str]:
    """The names of the roadmaps whose files a new program reads."""
    names = list[str]()

    def noting(original: Callable[[Path, Notify], Roadmap]) -> Callable[[Path, Notify], Roadmap]:
        def read_one(path: Path, notify: Notify) -> Roadmap:
            if path.stem not in names:  # at rest, and then beside writers
                names.append(path.stem)
            return original(path, notify)

        return read_one

    with monkeypatch.context() as patch:
        for way in ("read", "read_at_rest"):
            patch.setattr(file_format, way, noting(getattr(file_format, way)))
        seen(library)
    return names
