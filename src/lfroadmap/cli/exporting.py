"""Writing snapshots: one, the whole set, or one that follows the roadmap."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.desk import Desk
from lfroadmap.cli.past import Then, roadmap_at
from lfroadmap.errors import BrokenStore, RoadmapError, UsageError
from lfroadmap.machine import author, now
from lfroadmap.roadmap.model import Roadmap

if TYPE_CHECKING:
    from lfroadmap.export import Snapshot
    from lfroadmap.roadmap.excerpt import Scope

DONE = 0
RELOAD = 30
"""Seconds after which an open page that is watched looks for what is new, if not told otherwise."""
LONGEST = 24 * 60 * 60
"""A day; what is far longer a browser takes for no time at all."""


def export(desk: Desk) -> int:
    """Write a snapshot of a roadmap into a file or, with `-o -`, to the standard output."""
    _check(desk)
    if desk.options.all:
        return _all(desk)
    wanted = _format(desk)
    name = desk.chosen_name()
    held = roadmap_at(desk, name)
    teller = _Teller(desk, name, _scope(desk, held.roadmap))
    if desk.options.output == "-":
        return print_(teller.snapshot(held, (wanted,)), wanted)
    path = Path(desk.options.output or _default(name, wanted, held.day))
    return _write(teller, {wanted: path}, held)


def _check(desk: Desk) -> None:
    """Refuse what contradicts itself."""
    options = desk.options
    if options.watch and options.at:
        raise UsageError("watch_past")
    if options.watch and options.output == "-":
        raise UsageError("all_needs_folder" if options.all else "watch_needs_file")
    if options.reload is not None and not options.watch:
        raise UsageError("reload_needs_watch")
    told = options.reload
    if told is not None and not (told.isdecimal() and len(told) < 9 and int(told) <= LONGEST):
        raise UsageError("reload_seconds", most=LONGEST)


def _format(desk: Desk) -> str:
    from lfroadmap.export import FORMATS

    wanted = desk.needed("format", "export")
    if wanted not in FORMATS:
        raise UsageError("no_format", name=wanted, known=", ".join(FORMATS))
    return wanted


def _all(desk: Desk) -> int:
    """Write every format into a folder; what is alone in the line is the roadmap's name."""
    from lfroadmap.export import the_set

    options = desk.options
    if options.format and options.name:
        raise UsageError("unknown_argument", argument=options.format, command="export --all")
    options.name = options.name or options.format
    name = desk.chosen_name()
    folder = Path(options.output or ".")
    if options.output == "-" or folder.is_file():
        raise UsageError("all_needs_folder")
    held = roadmap_at(desk, name)
    names = the_set(history=options.history)
    paths = {wanted: folder / _default(name, wanted, held.day) for wanted in names}
    return _write(_Teller(desk, name, _scope(desk, held.roadmap)), paths, held)


def _default(name: str, wanted: str, day: date) -> str:
    from lfroadmap.export import FORMATS, default_name

    return default_name(name, FORMATS[wanted].suffix, day)


def _scope(desk: Desk, roadmap: Roadmap) -> Scope:
    """The stages that were asked for, by number, and whether long texts were."""
    from lfroadmap.roadmap.excerpt import Scope

    asked: str | None = desk.options.stages
    if asked is None:
        return Scope(brief=desk.options.brief)
    numbers = [int(part) if part.strip().isdecimal() else 0 for part in asked.split(",")]
    if not all(0 < number <= len(roadmap.stages) for number in numbers):
        raise UsageError("no_stage", given=asked, last=len(roadmap.stages))
    return Scope(frozenset(roadmap.stages[number - 1].id for number in numbers), desk.options.brief)


def snapshot_of(desk: Desk, roadmap: Roadmap, day: date) -> Snapshot:
    """A roadmap as of a day, told to this person's liking."""
    from lfroadmap.export import Snapshot

    return Snapshot(roadmap, desk.words, day, desk.settings.thresholds, now(), author())


@dataclass(frozen=True, slots=True)
class _Teller:
    """What is told of the roadmap of this name."""

    desk: Desk
    name: str
    scope: Scope

    def snapshot(self, held: Then, formats: Iterable[str], reload: int = 0) -> Snapshot:
        """What the formats need to know of a moment: its history only where it is asked for."""
        from lfroadmap.export import FORMATS
        from lfroadmap.report.ledger import told
        from lfroadmap.roadmap.excerpt import excerpt
        from lfroadmap.store.history import every

        told_part = excerpt(held.roadmap, self.scope)
        out = replace(snapshot_of(self.desk, told_part, held.day), part=told_part is not held.roadmap)
        if not (self.desk.options.history or any(FORMATS[name].is_history for name in formats)):
            return replace(out, reload=reload)
        rows = every(self.desk.shelf.path(self.name), upto=held.change)
        history = told(rows, held.roadmap, self.desk.words, self.scope)
        return replace(out, history=history, reload=reload)


def print_(held: Snapshot, wanted: str) -> int:
    """Write to the standard output what is UTF-8 whatever the terminal speaks."""
    from lfroadmap.export import render

    sys.stdout.flush()
    sys.stdout.buffer.write(render(held, wanted))
    return DONE


def _write(teller: _Teller, paths: dict[str, Path], held: Then) -> int:
    """Write each file and print its path; of several, the others are written where one cannot be."""
    options = teller.desk.options
    snapshot = teller.snapshot(held, paths, _reload(teller.desk))
    for path in _put(teller.desk, snapshot, paths, force=options.force):
        print(path)
    return _watch(teller, paths, held.roadmap) if options.watch else DONE


def _put(desk: Desk, snapshot: Snapshot, paths: dict[str, Path], *, force: bool) -> Iterator[Path]:
    """Write each file; of several, the others are written where one cannot be, and then that is raised."""
    from lfroadmap.export import write

    trouble: RoadmapError | None = None
    for wanted, path in paths.items():
        try:
            yield write(snapshot, wanted, path, force=force)
        except RoadmapError as error:
            if trouble is not None:
                desk.complain(trouble)
            trouble = error
    if trouble is not None:
        raise trouble


def _reload(desk: Desk) -> int:
    """Seconds after which a page that stays open is to look for what is new; 0 where it is not watched."""
    if not desk.options.watch:
        return 0
    return RELOAD if desk.options.reload is None else int(desk.options.reload)


def _watch(teller: _Teller, paths: dict[str, Path], written: Roadmap) -> int:
    """Write the files again whenever the roadmap changes, until told to end."""
    from lfroadmap.cli.watching import watch

    desk, reload = teller.desk, _reload(teller.desk)
    reloads = reload > 0 and "html" in paths

    def rewrite(roadmap: Roadmap, reload: int = reload) -> None:
        nonlocal written
        snapshot = teller.snapshot(Then(roadmap, now().date(), ""), paths, reload)
        for _ in _put(desk, snapshot, paths, force=True):
            pass
        written = roadmap

    desk.say("watch.begun", name=teller.name)
    sys.stdout.flush()
    try:
        last = watch(desk.shelf.path(teller.name), rewrite, desk.complain)
    except BrokenStore:
        if reloads and not desk.options.history:  # which cannot be read any more
            rewrite(written, 0)
        raise
    if reloads or last is not written:  # nobody will write it again: the page need not look
        rewrite(last, 0)
    return DONE
