"""Writing snapshots: one, the whole set, or one that follows the roadmap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.arguments import whole_number
from lfroadmap.cli.desk import Desk
from lfroadmap.cli.output import print_bytes
from lfroadmap.cli.past import Then, roadmap_at
from lfroadmap.cli.signals import unwinding
from lfroadmap.errors import UsageError
from lfroadmap.machine import author, now
from lfroadmap.paths import is_file
from lfroadmap.roadmap.model import Roadmap

if TYPE_CHECKING:
    from lfroadmap.export import Snapshot
    from lfroadmap.roadmap.excerpt import Scope

DONE = 0
RELOAD = 30
"""Seconds after which an open page that is watched looks for what is new, if not told otherwise."""
LONGEST = 24 * 60 * 60
"""A day; what is far longer a browser takes for no time at all."""
_SHOWN = 60
"""Most characters of a wrong value that a message repeats."""


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
    if options.reload is not None and whole_number(options.reload, LONGEST) is None:
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
    if options.output == "-" or is_file(folder):
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
    last = len(roadmap.stages)
    numbers = [whole_number(part, last) or 0 for part in asked.split(",")]
    if not all(numbers):
        raise UsageError("no_stage", given=asked[:_SHOWN], last=last)
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
    """Write a format to the standard output."""
    from lfroadmap.export import render

    print_bytes(render(held, wanted))
    return DONE


def _write(teller: _Teller, paths: dict[str, Path], held: Then) -> int:
    """Write each file and print its path; of several, the others are written where one cannot be."""
    if teller.desk.options.watch:
        return _watch(teller, paths, held)
    from lfroadmap.export import write_all

    desk = teller.desk
    snapshot = teller.snapshot(held, paths)
    with unwinding():
        for path in write_all(snapshot, paths, desk.complain, force=desk.options.force):
            print(path)
    return DONE


def _reload(desk: Desk) -> int:
    """Seconds after which a page that is watched and stays open is to look for what is new; 0: never."""
    return RELOAD if desk.options.reload is None else int(desk.options.reload)


def _watch(teller: _Teller, paths: dict[str, Path], held: Then) -> int:
    """Write the files, and again whenever the roadmap changes, until told to end."""
    from lfroadmap.cli.watched import WatchedFiles
    from lfroadmap.cli.watching import ending

    def snapshot(roadmap: Roadmap, reload: int) -> Snapshot:
        return teller.snapshot(Then(roadmap, now().date(), ""), paths, reload)

    with ending() as bell:
        WatchedFiles(teller.desk, teller.name, paths, bell, snapshot, _reload(teller.desk)).run(held.roadmap)
    return DONE
