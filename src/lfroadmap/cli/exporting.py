"""Writing snapshots: one, the whole set, or one that follows the roadmap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.arguments import whole_number
from lfroadmap.cli.context import CommandContext
from lfroadmap.cli.history import roadmap_at
from lfroadmap.cli.output import print_bytes
from lfroadmap.cli.signals import unwinding
from lfroadmap.errors import UsageError
from lfroadmap.machine import author, now
from lfroadmap.paths import is_file
from lfroadmap.roadmap.model import Roadmap

if TYPE_CHECKING:
    from lfroadmap.export import ExportContext
    from lfroadmap.roadmap.scope import Scope
    from lfroadmap.usecases.points_in_time import PointInTime

DONE = 0
RELOAD = 30
"""Seconds after which an open page that is watched looks for what is new, if not told otherwise."""
LONGEST = 24 * 60 * 60
"""A day; what is far longer a browser takes for no time at all."""
_SHOWN = 60
"""Most characters of a wrong value that a message repeats."""


def export(context: CommandContext) -> int:
    """Write a snapshot of a roadmap into a file or, with `-o -`, to the standard output."""
    _check(context)
    if context.options.all:
        return _all(context)
    wanted = _format(context)
    name = context.chosen_name()
    held = roadmap_at(context, name)
    formatter = _ExportContexts(context, name, _scope(context, held.roadmap))
    if context.options.output == "-":
        return print_(formatter.snapshot(held, (wanted,)), wanted)
    path = Path(context.options.output or _default(name, wanted, held.day))
    return _write(formatter, {wanted: path}, held)


def _check(context: CommandContext) -> None:
    """Refuse what contradicts itself."""
    options = context.options
    if options.watch and options.at:
        raise UsageError("watch_past")
    if options.watch and options.output == "-":
        raise UsageError("all_needs_folder" if options.all else "watch_needs_file")
    if options.reload is not None and not options.watch:
        raise UsageError("reload_needs_watch")
    if options.reload is not None and whole_number(options.reload, LONGEST) is None:
        raise UsageError("reload_seconds", most=LONGEST)


def _format(context: CommandContext) -> str:
    from lfroadmap.export import FORMATS

    wanted = context.needed("format", "export")
    if wanted not in FORMATS:
        raise UsageError("no_format", name=wanted, known=", ".join(FORMATS))
    return wanted


def _all(context: CommandContext) -> int:
    """Write every format into a folder; what is alone in the line is the roadmap's name."""
    from lfroadmap.export import all_formats

    options = context.options
    if options.format and options.name:
        raise UsageError("unknown_argument", argument=options.format, command="export --all")
    options.name = options.name or options.format
    name = context.chosen_name()
    folder = Path(options.output or ".")
    if options.output == "-" or is_file(folder):
        raise UsageError("all_needs_folder")
    held = roadmap_at(context, name)
    names = all_formats(history=options.history)
    paths = {wanted: folder / _default(name, wanted, held.day) for wanted in names}
    return _write(_ExportContexts(context, name, _scope(context, held.roadmap)), paths, held)


def _default(name: str, wanted: str, day: date) -> str:
    from lfroadmap.export import FORMATS, default_name

    return default_name(name, FORMATS[wanted].suffix, day)


def _scope(context: CommandContext, roadmap: Roadmap) -> Scope:
    """The stages that were asked for, by number, and whether long texts were."""
    from lfroadmap.roadmap.scope import Scope

    asked: str | None = context.options.stages
    if asked is None:
        return Scope(brief=context.options.brief)
    last = len(roadmap.stages)
    numbers = [whole_number(part, last) or 0 for part in asked.split(",")]
    if not all(numbers):
        raise UsageError("no_stage", given=asked[:_SHOWN], last=last)
    return Scope(frozenset(roadmap.stages[number - 1].id for number in numbers), context.options.brief)


def snapshot_of(context: CommandContext, roadmap: Roadmap, day: date) -> ExportContext:
    """A roadmap as of a day, told to this person's liking."""
    from lfroadmap.export import ExportContext

    return ExportContext(roadmap, context.words, day, context.settings.thresholds, now(), author())


@dataclass(frozen=True, slots=True)
class _ExportContexts:
    """What is told of the roadmap of this name."""

    context: CommandContext
    name: str
    scope: Scope

    def snapshot(self, held: PointInTime, formats: Iterable[str], reload: int = 0) -> ExportContext:
        """What the formats need to know of a moment: its history only where it is asked for."""
        from lfroadmap.export import FORMATS
        from lfroadmap.report.change_log import history_lines
        from lfroadmap.roadmap.scope import within
        from lfroadmap.store.history.queries import every

        told_part = within(held.roadmap, self.scope)
        out = replace(snapshot_of(self.context, told_part, held.day), part=told_part is not held.roadmap)
        if not (self.context.options.history or any(FORMATS[name].is_history for name in formats)):
            return replace(out, reload=reload)
        rows = every(self.context.library.path(self.name), upto=held.change)
        history = history_lines(rows, held.roadmap, self.context.words, self.scope)
        return replace(out, history=history, reload=reload)


def print_(held: ExportContext, wanted: str) -> int:
    """Write a format to the standard output."""
    from lfroadmap.export import render

    print_bytes(render(held, wanted))
    return DONE


def _write(formatter: _ExportContexts, paths: dict[str, Path], held: PointInTime) -> int:
    """Write each file and print its path; of several, the others are written where one cannot be."""
    if formatter.context.options.watch:
        return _watch(formatter, paths, held)
    from lfroadmap.export import write_all

    context = formatter.context
    snapshot = formatter.snapshot(held, paths)
    with unwinding():
        for path in write_all(snapshot, paths, context.complain, force=context.options.force):
            print(path)
    return DONE


def _reload(context: CommandContext) -> int:
    """Seconds after which a page that is watched and stays open is to look for what is new; 0: never."""
    return RELOAD if context.options.reload is None else int(context.options.reload)


def _watch(formatter: _ExportContexts, paths: dict[str, Path], held: PointInTime) -> int:
    """Write the files, and again whenever the roadmap changes, until told to end."""
    from lfroadmap.cli.watched import WatchedFiles
    from lfroadmap.cli.watching import ending

    def snapshot(roadmap: Roadmap, reload: int) -> ExportContext:
        return formatter.snapshot(replace(held, roadmap=roadmap, day=now().date()), paths, reload)

    with ending() as bell:
        WatchedFiles(
            formatter.context, formatter.name, paths, bell, snapshot, _reload(formatter.context)
        ).run(held.roadmap)
    return DONE
