"""`import`: a new roadmap from a snapshot, or a snapshot, table or copy into one that is there."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from lfroadmap.cli.apply_edit import apply_edit, outdated
from lfroadmap.cli.context import Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional
from lfroadmap.errors import UsageError
from lfroadmap.machine import new_id
from lfroadmap.store.folder.naming import valid_name
from lfroadmap.usecases.author import author

if TYPE_CHECKING:
    from lfroadmap.imports.preview import ImportPreview
    from lfroadmap.roadmap.model import Roadmap
    from lfroadmap.roadmap.table_file import ImportChoices
    from lfroadmap.usecases.import_file import FileImport

DONE, NOT_DONE = 0, 1


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The options of `import`."""

    file: str | None = positional()
    name: str | None = option("--name")
    into: str | None = option("--into")
    into_calculator: str | None = option("--into-calculator")
    map: str | None = option("--map")
    dates: str | None = option("--dates")
    encoding: str | None = option("--encoding")
    table: str | None = option("--table")
    card: str | None = option("--card")
    create_cards: bool = flag("--create-cards")
    yes: bool = flag("--yes")


ImportContext = CommandContext[ImportOptions]


def import_(context: ImportContext) -> int:
    """Make a roadmap from a snapshot; with `--into`, show what would change in one, ask, and do it."""
    options = context.options
    source = needed(options.file, "FILE", "import")
    if options.into_calculator is not None:
        return _import_deals(context, source, options.into_calculator)
    if options.into is not None:
        if options.name:
            raise UsageError("name_or_into")
        return _import_into(context, source, context.chosen_name(options.into))
    from lfroadmap.report.import_preview import no_day_line
    from lfroadmap.usecases.creating import name_of_file

    name = valid_name(options.name or context.library.free_name(name_of_file(source)), is_new=True)
    roadmap, no_days = _read(context, source).roadmap()
    path = context.library.create(name, roadmap, author())
    context.say("cli.made", name=name, path=path)
    for each in no_days:
        context.say("cli.left_out", task=each.task, note=no_day_line(each, context.words))
    return DONE


def _import_deals(context: ImportContext, source: str, calculator: str) -> int:
    """Import a table of deals into a calculator; raises UsageError for an option of other imports."""
    from lfroadmap.cli.deal_importing import DealOptions, import_deals_into

    options = context.options
    others = ("name", "dates", "encoding", "table", "card", "create_cards")
    for name in others:
        if getattr(options, name):
            argument = f"--{name.replace('_', '-')}"
            raise UsageError("unknown_argument", argument=argument, command="import --into-calculator")
    needed(calculator, "--into-calculator", "import")
    return import_deals_into(
        context, DealOptions(source, calculator, options.map or "", options.into, options.yes)
    )


def _read(context: ImportContext, source: str) -> FileImport:
    """The file with what was chosen about it; raises RoadmapError."""
    from lfroadmap.imports.preview import PreviewContext
    from lfroadmap.usecases.import_file import read_import

    viewer = PreviewContext(context.words, context.settings.thresholds, date.today(), new_id)
    piped = _piped() if source == "-" else None
    return read_import(source, viewer, piped, _choices(context), context.notify)


def _choices(context: ImportContext) -> ImportChoices:
    """The choices of the options; without `--map` those that were made on the screen for such headings."""
    from lfroadmap.roadmap.table_file import ImportChoices
    from lfroadmap.usecases.import_file import check_dates, parse_mapping

    options = context.options
    return ImportChoices(
        parse_mapping(options.map or ""),
        check_dates(options.dates) if options.dates else "",
        options.encoding or "",
        options.card or "",
        options.create_cards,
        options.table or "",
        known=context.library.state.columns,
    )


def _piped() -> BinaryIO:
    """The standard input, of which no more is read than a snapshot may have."""
    return sys.stdin.buffer


def _import_into(context: ImportContext, source: str, name: str) -> int:
    """Show what would change, ask, and do it; what others change meanwhile is shown and asked about again."""

    def current() -> Roadmap:
        return context.stored(name)

    def change(shown: ImportPreview) -> bool:
        return apply_edit(context, name, shown.edit, shown=shown.before)

    file = _read(context, source)
    shown = file.preview(current())
    status = _ask(context, name, shown)
    while status is None:
        result = file.apply(shown, current, change)
        if result.applied:
            context.say("merge.done", name=name)
            return DONE
        if result.preview.looks_like(shown):
            raise outdated(context, name)
        shown = result.preview
        context.say("merge.changed", name=name)
        status = _ask(context, name, shown)
    return status


def _ask(context: ImportContext, name: str, shown: ImportPreview) -> int | None:
    """Show what would change and ask; the exit status where nothing is to be done, else None."""
    from lfroadmap.usecases.import_file import row_counts, verdict

    if shown.undecided is not None:
        value, row = shown.undecided
        raise UsageError("dates_undecided", value=value, row=row)
    context.output.report(shown.report(None))
    outcome = verdict(shown)
    if outcome != "changes":
        context.say(f"merge.{outcome}", name=name, **row_counts(shown, context.words))
        return DONE if outcome == "nothing" else NOT_DONE
    question, refusal = context.words("merge.ask", name=name), UsageError("import_needs_yes", name=name)
    if context.agrees(question, refusal, yes=context.options.yes):
        return None
    context.say("merge.left", name=name)
    return NOT_DONE


IMPORT = Command(ImportOptions, import_)
