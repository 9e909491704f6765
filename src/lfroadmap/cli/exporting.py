"""Writing snapshots: one, the whole set, or one that follows the roadmap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.context import Command, CommandContext, needed, whole_number
from lfroadmap.cli.options import flag, option, positional
from lfroadmap.cli.output import print_bytes
from lfroadmap.cli.points import roadmap_at
from lfroadmap.cli.signals import unwinding
from lfroadmap.errors import UsageError
from lfroadmap.machine import now
from lfroadmap.paths import is_file, typed_path
from lfroadmap.roadmap.model import Roadmap

if TYPE_CHECKING:
    from lfroadmap.export import ExportContext
    from lfroadmap.export.context import FormatChoices
    from lfroadmap.roadmap.scope import Scope
    from lfroadmap.usecases.export_set import ExportSource

DONE = 0
RELOAD = 30
"""Seconds after which an open page that is watched looks for what is new, without `--reload`."""
LONGEST = 24 * 60 * 60
"""A day; what is far longer a browser takes for no time at all."""
DRAW_TIMELINE = ("html", "pdf", "md", "svg", "png")
"""The formats that have a timeline."""
_SHOWN = 60
"""Most characters of a wrong value that a message repeats."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """The options of `export`."""

    format: str | None = positional()
    name: str | None = positional()
    at: str | None = option("--at")
    output: str | None = option("-o", "--output")
    force: bool = flag("--force")
    all: bool = flag("--all")
    watch: bool = flag("--watch")
    stages: str | None = option("--stages")
    brief: bool = flag("--brief")
    history: bool = flag("--history")
    reload: str | None = option("--reload")
    portfolio: bool = flag("--portfolio")
    owner: str | None = option("--owner")
    open: bool = flag("--open")
    all_events: bool = flag("--all-events")
    stable_heads: bool = flag("--stable-heads")
    gantt: bool = flag("--gantt")
    no_past: bool = flag("--no-past")
    by: str | None = option("--by")


ExportingContext = CommandContext[ExportOptions]


def export(context: ExportingContext) -> int:
    """Write a snapshot of a roadmap into a file or, with `-o -`, to the standard output."""
    from lfroadmap.export import render
    from lfroadmap.usecases.export_set import called, file_name

    options = context.options
    _check(options)
    if options.portfolio:
        return _portfolio(context)
    if options.all:
        return _all(context)
    wanted = _format(options)
    name = context.chosen_name(options.name)
    source = _source(context, name)
    if options.output == "-":
        print_bytes(render(source.context((wanted,)), wanted))
        return DONE
    path = typed_path(
        options.output or file_name(called(name, source.choices.owner), wanted, source.point.day)
    )
    return _write(context, name, source, {wanted: path})


def _check(options: ExportOptions) -> None:
    """Refuse what contradicts itself."""
    alone = ExportOptions(options.format, output=options.output, force=options.force, portfolio=True)
    if options.portfolio and options != alone:
        raise UsageError("portfolio_alone")
    _check_choices(options)
    if options.watch and options.at:
        raise UsageError("watch_past")
    if options.watch and options.output == "-":
        raise UsageError("all_needs_folder" if options.all else "watch_needs_file")
    if options.reload is not None and not options.watch:
        raise UsageError("reload_needs_watch")
    if options.reload is not None and whole_number(options.reload, LONGEST) is None:
        raise UsageError("reload_seconds", most=LONGEST)


def _check_choices(options: ExportOptions) -> None:
    """Refuse what the format does not have; all formats together have all of it."""
    if options.open and options.all_events:
        raise UsageError("open_or_all_events")
    if options.no_past and (options.history or options.format == "csv-history"):
        raise UsageError("no_past_history")
    if options.owner is not None and (options.history or options.format == "csv-history"):
        raise UsageError("owner_history")
    wanted = options.format or ""
    needs = {
        "--open": (options.open, "ics"),
        "--all-events": (options.all_events, "ics"),
        "--stable-heads": (options.stable_heads, "csv"),
        "--gantt": (options.gantt, "md"),
    }
    for name, (given, kind) in needs.items():
        if given and not options.all and wanted.partition("-")[0] != kind:
            raise UsageError("option_of_format", option=name, format=kind)
    if options.by is not None and not options.all and wanted not in DRAW_TIMELINE:
        raise UsageError("option_of_formats", option="--by", known=[*DRAW_TIMELINE])


def _format(options: ExportOptions) -> str:
    from lfroadmap.export import FORMATS

    wanted = needed(options.format, "FORMAT", "export")
    if wanted not in FORMATS:
        raise UsageError("no_format", name=wanted, known=", ".join(FORMATS))
    return wanted


def _portfolio(context: ExportingContext) -> int:
    """Write the page of all roadmaps."""
    from lfroadmap.export import write_file
    from lfroadmap.usecases.export_set import file_name
    from lfroadmap.usecases.portfolio import PAGE, page_of_library

    options, day = context.options, now().date()
    wanted = _format(options)
    if wanted != PAGE:
        raise UsageError("portfolio_format", name=wanted)
    page, unread = page_of_library(context.library, context.words, context.settings.thresholds)
    status = context.report_unread(unread)
    if options.output == "-":
        print_bytes(page)
        return status
    path = typed_path(options.output or file_name("portfolio", wanted, day))
    context.output.path(write_file(page, path, force=options.force))
    return status


def _all(context: ExportingContext) -> int:
    """Write every format into a folder; what is alone in the line is the roadmap's name."""
    from lfroadmap.usecases.export_set import called, left_out, set_files

    options = context.options
    if options.format and options.name:
        raise UsageError("unknown_argument", argument=options.format, command="export --all")
    name = context.chosen_name(options.name or options.format)
    folder = typed_path(options.output or ".")
    if options.output == "-" or is_file(folder):
        raise UsageError("all_needs_folder")
    source = _source(context, name)
    paths = set_files(folder, called(name, source.choices.owner), source.point.day, history=options.history)
    if missing := left_out(paths, context.words, history=options.history):
        context.output.notice(missing)
    return _write(context, name, source, paths)


def _source(context: ExportingContext, name: str) -> ExportSource:
    """The roadmap at the moment that is asked for, and how much of it."""
    from lfroadmap.usecases.export_set import ExportSource

    point, path = roadmap_at(context, name, context.options.at), context.library.path(name)
    scope = _scope(context.options, point.roadmap)
    thresholds, history = context.settings.thresholds, context.options.history
    choices = _choices(context.options, point.roadmap)
    return ExportSource(point, path, context.words, thresholds, scope, choices, history)


def _choices(options: ExportOptions, roadmap: Roadmap) -> FormatChoices:
    """What single formats are to do otherwise than usual."""
    from lfroadmap.export.context import FormatChoices
    from lfroadmap.usecases.export_set import grouping_called, owner_called

    owner = "" if options.owner is None else owner_called(roadmap, options.owner)
    return FormatChoices(
        options.stable_heads,
        owner,
        options.all_events,
        no_past=options.no_past,
        gantt=options.gantt,
        by=grouping_called(options.by),
    )


def _scope(options: ExportOptions, roadmap: Roadmap) -> Scope:
    """The stages that were asked for, by number, and whether long texts were."""
    from lfroadmap.roadmap.scope import Scope

    asked = options.stages
    if asked is None:
        return Scope(brief=options.brief)
    last = len(roadmap.stages)
    numbers = [whole_number(part, last) or 0 for part in asked.split(",")]
    if not all(numbers):
        raise UsageError("no_stage", given=asked[:_SHOWN], last=last)
    return Scope(frozenset(roadmap.stages[number - 1].id for number in numbers), options.brief)


def _write(context: ExportingContext, name: str, source: ExportSource, paths: dict[str, Path]) -> int:
    """Write each file and print its path; of several, the others are written where one cannot be."""
    if context.options.watch:
        return _watch(context, name, source, paths)
    from lfroadmap.usecases.export_set import made_by, write_files, written_paths

    for maker in made_by(paths, context.words):
        context.output.notice(maker)
    with unwinding():
        results = write_files(source.context(paths), paths, lambda path: context.options.force)
        for path in written_paths(results, context.complain):
            context.output.path(path)
    return DONE


def _reload(options: ExportOptions) -> int:
    """Seconds after which a page that is watched and stays open is to look for what is new; 0: never."""
    return RELOAD if options.reload is None else int(options.reload)


def _watch(context: ExportingContext, name: str, source: ExportSource, paths: dict[str, Path]) -> int:
    """Write the files, and again whenever the roadmap changes, until a signal ends the program."""
    from lfroadmap.cli.watched import WatchedFiles
    from lfroadmap.cli.watching import ending

    def input_of(roadmap: Roadmap, reload: int) -> ExportContext:
        point = replace(source.point, roadmap=roadmap, day=now().date())
        return replace(source, point=point).context(paths, reload=reload)

    options = context.options
    with ending() as bell:
        files = WatchedFiles(
            context, name, paths, bell, input_of, _reload(options), options.force, options.history
        )
        files.run(source.point.roadmap)
    return DONE


EXPORT = Command(ExportOptions, export)
