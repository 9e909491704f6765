"""Opening a roadmap on the screen: which one, in what language, and what if its file is damaged."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.context import CommandContext, fresh, says_yes
from lfroadmap.cli.screen import ScreenRequest
from lfroadmap.cli.streams import remark
from lfroadmap.cli.terminal import detecting, dialect_of, held
from lfroadmap.errors import BrokenStore, RoadmapError, UsageError
from lfroadmap.machine import author, now
from lfroadmap.paths import last_resorts
from lfroadmap.text import clean

if TYPE_CHECKING:
    from lfroadmap.store.store import Store

_MAY_BEGIN_ANEW = ("store_damaged", "store_foreign", "store_foreign_log", "store_empty")
"""What is wrong with a file that no other program, version or permission will open either."""
_PATIENCE = 0.5
"""Seconds after which opening says that it is at work."""


def open_roadmap(context: CommandContext) -> int:
    """Show the roadmap until it is left; the exit status is the screen's."""
    if context.options.name is not None:
        context.chosen_name()  # a mistyped command is read as a name, and that is told before all else
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError("needs_terminal")
    name = _name(context)
    store = _store(context, name)
    if store is None:
        return 1
    for notice in store.notices:
        context.notify(notice)
    context.library.remember(name, context.library.tab(name))
    try:
        return _run(context, name, store)
    finally:
        if not store.is_closed:  # a screen that broke down has not done it, and what was typed is to be kept
            _keep(context, name, store)


def _keep(context: CommandContext, name: str, store: Store) -> None:
    """Save and close; what the disk does not take goes, with all the rest, into a file of its own."""
    if not (unsaved := store.close()):
        return
    from lfroadmap.cli.exporting import snapshot_of
    from lfroadmap.export import write_somewhere

    roadmap = store.roadmap
    for edit in unsaved:
        roadmap = edit.on(roadmap)
    folders = last_resorts(context.settings.export_folder, context.library.folder)
    try:
        path = write_somewhere(snapshot_of(context, roadmap, now().date()), name, folders)
    except RoadmapError as error:
        context.complain(error)
    else:
        print(f"lfroadmap: {clean(context.words('leave.copied', path=path))}", file=sys.stderr)


def _run(context: CommandContext, name: str, store: Store) -> int:
    """Show the roadmap in the terminal's dialect, which is found out while the screen is loaded."""
    bidi = context.settings.bidi
    with held():
        with detecting(bidi) as answer:
            show = context.load_screen()
        detected = answer.result()
        return show(
            ScreenRequest(
                store,
                context.library,
                name,
                context.settings,
                context.words.language,
                dialect_of(bidi, detected),
                detected,
            )
        )


def _name(context: CommandContext) -> str:
    """The roadmap to open; on the first run the built-in one is made."""
    from lfroadmap.roadmap.templates import DEFAULT

    if context.options.name is None and context.library.last() is None:
        context.library.create(DEFAULT, fresh(DEFAULT), author())
        return DEFAULT
    return context.chosen_name()


def _store(context: CommandContext, name: str) -> Store | None:
    """The roadmap's file, opened; None where it is damaged and shall stay where it is."""
    from lfroadmap.store.store import Store

    path = context.library.path(name)
    try:
        with _saying_so(context, name):
            return Store(path, author())
    except BrokenStore as error:
        if error.key not in _MAY_BEGIN_ANEW:
            raise
        print(f"lfroadmap: {clean(context.words.error(error))}", file=sys.stderr)
        if not _mended(context, name, path):
            return None
    return Store(path, author())


@contextmanager
def _saying_so(context: CommandContext, name: str) -> Iterator[None]:
    """Say what is being done where it takes long."""
    told = context.words("cli.opening", name=clean(name))
    said = threading.Event()

    def say() -> None:
        said.set()
        remark(f"\r{told}", sys.stderr, end="")

    timer = threading.Timer(_PATIENCE, say)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if said.is_set():
            remark("\r\x1b[K", sys.stderr, end="")


def _mended(context: CommandContext, name: str, path: Path) -> bool:
    """Save what can be saved of a damaged file, or begin anew, as the person says; False for neither."""
    from lfroadmap.cli.rescue import findings
    from lfroadmap.store.recovery.rescue import examine, rescue

    shown = _stamp(path)
    try:
        found = examine(path)
    except BrokenStore:  # nothing to save
        return _begins_anew(context, name, path, shown)
    print("\n".join(findings(found, context.words)), file=sys.stderr)
    if not _agreed(context, "cli.ask_rescue", path, shown):
        return False
    rescue(path, lambda found: print("\n".join(findings(found, context.words)), file=sys.stderr))
    return True


def _agreed(context: CommandContext, question: str, path: Path, shown: tuple[int, ...]) -> bool:
    """Whether the person says yes; raises BrokenStore where the file is not what was shown any more."""
    if not says_yes(context.words(question)):
        return False
    if _stamp(path) != shown:
        raise BrokenStore("store_changed", path=path)
    return True


def _stamp(path: Path) -> tuple[int, ...]:
    """Tells a file from any other, and from what it was before it was written to."""
    try:
        held = path.stat()
    except OSError:
        return ()
    return held.st_dev, held.st_ino, held.st_size, held.st_mtime_ns


def _begins_anew(context: CommandContext, name: str, path: Path, shown: tuple[int, ...]) -> bool:
    """Ask whether to set the damaged file aside and, on a yes, put a fresh roadmap in its place."""
    from lfroadmap.roadmap.templates import DEFAULT
    from lfroadmap.store.store import Store

    if not _agreed(context, "cli.ask_aside", path, shown):
        return False
    Store.create_instead(path, fresh(DEFAULT), lambda aside: context.say("cli.set_aside", path=aside))
    return True
