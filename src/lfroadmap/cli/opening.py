"""Opening a roadmap on the screen, with what is asked at the terminal before."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext, Command, CommandContext
from lfroadmap.cli.options import positional
from lfroadmap.cli.screen import ScreenRequest
from lfroadmap.cli.terminal import detecting, dialect_of, keeping_keys
from lfroadmap.errors import BrokenStore, RoadmapError, UsageError
from lfroadmap.machine import now
from lfroadmap.paths import last_resorts
from lfroadmap.skeleton import SKELETON

if TYPE_CHECKING:
    from lfroadmap.store.recovery.rescue import Findings
    from lfroadmap.store.store import Store

NOT_DONE = 1
_PATIENCE = 0.5
"""Seconds after which a line says that the roadmap is being opened."""


@dataclass(frozen=True, slots=True)
class OpenOptions:
    """The options of `open`."""

    name: str | None = positional()


def open_roadmap(context: CommandContext[OpenOptions]) -> int:
    """Show the roadmap until it is left; the exit status is the screen's."""
    wanted = context.options.name
    if wanted is not None:
        context.chosen_name(wanted)  # a mistyped command is read as a name, and reported before all else
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError("needs_terminal")
    from lfroadmap.usecases.opening import open_store

    name = _name(context, wanted)
    store = open_store(context.library.path(name), TerminalPrompt(context, name))
    if store is None:
        return NOT_DONE
    for notice in store.notices:
        context.notify(notice)
    context.library.remember(name, context.library.tab(name))
    try:
        return _run(context, name, store)
    finally:
        if not store.is_closed:  # a screen that broke down has not done it, and what was typed is to be kept
            _keep(context, name, store)


def _keep(context: AnyContext, name: str, store: Store) -> None:
    """Save and close; what the disk does not take goes, with all the rest, into a file of its own."""
    if not (unsaved := store.close()):
        return
    from lfroadmap.export import write_somewhere
    from lfroadmap.usecases.export_set import whole_context
    from lfroadmap.usecases.last_export import last_export

    roadmap = store.roadmap
    for edit in unsaved:
        roadmap = edit.on(roadmap)
    settings, words = context.settings, context.words
    last = last_export(settings, context.library)
    folders = last_resorts(last.folder, context.library.folder)
    try:
        copy = whole_context(roadmap, words, now().date(), settings.thresholds)
        path = write_somewhere(copy, name, folders)
    except RoadmapError as error:
        context.complain(error)
    else:
        context.output.complaint(context.words("leave.copied", path=path))


def _run(context: AnyContext, name: str, store: Store) -> int:
    """Show the roadmap in the terminal's dialect, which is found out while the screen is loaded."""
    bidi = context.settings.bidi
    with keeping_keys():
        with detecting(bidi, context.output.detected.get(sys.stderr)) as answer:
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


def _name(context: AnyContext, wanted: str | None) -> str:
    """The roadmap to open; on the first run the built-in one is created."""
    from lfroadmap.usecases.creating import create_first

    if wanted is None and context.library.last() is None:
        return create_first(context.library)
    return context.chosen_name(wanted)


class TerminalPrompt:
    """The person at the terminal, before the screen is there; an OpeningPrompt."""

    def __init__(self, context: AnyContext, name: str) -> None:
        self.context = context
        self.name = name

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Say that the roadmap is being opened, where that takes long."""
        if SKELETON.is_shown:  # which says enough
            yield
            return
        text, output = self.context.words("cli.opening", name=self.name), self.context.output
        output.keeps_typed = True
        shown = threading.Event()

        def show() -> None:
            shown.set()
            output.progress(text)

        timer = threading.Timer(_PATIENCE, show)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            if shown.is_set():
                output.progress("")

    def report_damage(self, error: BrokenStore) -> None:
        """Print why the file cannot be opened."""
        self.context.complain(error)

    def may_rescue(self, found: Findings) -> bool:
        """Print what was found, and ask."""
        self.report_rescue(found)
        return self.context.asks(self.context.words("cli.ask_rescue"))

    def report_rescue(self, done: Findings) -> None:
        """Print what was saved."""
        from lfroadmap.usecases.rescue_lines import findings

        SKELETON.take_off()
        for line in findings(done, self.context.words):
            self.context.output.text(line, sys.stderr)

    def may_start_over(self) -> bool:
        """Ask."""
        return self.context.asks(self.context.words("cli.ask_aside"))

    def report_set_aside(self, path: Path) -> None:
        """Print where the damaged file is."""
        SKELETON.take_off()
        self.context.say("cli.set_aside", path=path)


OPEN = Command(OpenOptions, open_roadmap)
