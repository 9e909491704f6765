"""Libraries of several roadmaps, and a person who looks at them on the screen."""

from __future__ import annotations

from pathlib import Path

from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.store.library.library import Library
from lfroadmap.ui.screens.choose_model import ChooseModelScreen
from lfroadmap.ui.screens.library import LibraryScreen
from lfroadmap.ui.screens.roadmap_name import RoadmapNameScreen
from sharing import create
from sitting import Sitting


def small(title: str) -> Roadmap:
    """A roadmap of one card."""
    fields = (Field("f", label="First"), Field("l", "long", label="Long"))
    tasks = (Task("t", f"task of {title}"), Task("u", "done", True))
    return Roadmap("r", title, "", (Stage("s", f"Stage of {title}", (Card("c", "Card", fields, tasks),)),))


def with_others(home: Path, *names: str) -> Library:
    """The library of a home with a few roadmaps."""
    library = Library(home / "data")
    for name in names:
        create(library, name, small(name), "dana")
    return library


def damage(library: Library, name: str) -> None:
    """Damage a roadmap's file so that it can be rescued."""
    path = library.path(name)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4096] = bytes(4096)
    path.write_bytes(data)


async def in_library(at: Sitting) -> LibraryScreen:
    """Open the library, and wait until all of it was read."""
    await at.press("ctrl+r")
    await at.until(lambda: isinstance(at.app.screen, LibraryScreen))
    return await all_read(at)


async def all_read(at: Sitting, has: str = "", lacks: str = "") -> LibraryScreen:
    """Wait until the library is on top and all of it was read, with a roadmap in it or without one."""

    def is_there() -> bool:
        screen, ready = at.app.screen, at.app.window.takes_keys.is_set()
        if not ready or not isinstance(screen, LibraryScreen) or not _is_read(screen):
            return False
        names = {row.name for row in screen.rows}
        return (not has or has in names) and lacks not in names

    await at.until(is_there)
    screen = at.app.screen
    assert isinstance(screen, LibraryScreen)
    return screen


def _is_read(screen: LibraryScreen) -> bool:
    working = any(worker.group == "read" and not worker.is_finished for worker in screen.workers)
    return not working and all(row.content is not None for row in screen.rows)


async def switched(at: Sitting, name: str) -> None:
    """Wait until another roadmap is open."""
    await at.until(lambda: at.app.session.name == name and at.app.screen is at.app.main)


async def chosen(at: Sitting, name: str) -> None:
    """Put the cursor of the library on a roadmap."""
    screen = await in_library(at)
    names = [row.name for row in screen.rows]
    await at.press(*["home", *["down"] * names.index(name)])


async def new_named(at: Sitting, name: str) -> None:
    """Type the name of a new roadmap, and take the model that is proposed."""
    await named(at, name)
    await at.until(lambda: isinstance(at.app.screen, ChooseModelScreen))
    await at.press("enter")


async def named(at: Sitting, name: str) -> None:
    """Type a name into the dialog that asks for one, in place of what it proposes."""
    await at.until(lambda: isinstance(at.app.screen, RoadmapNameScreen))
    await at.press("ctrl+u")
    await at.type(f"{name}\r")
