"""`new`, `list`, `path`, `rename` and `remove`: the roadmaps of the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lfroadmap.cli.context import AnyContext, Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional
from lfroadmap.cli.output import print_json, shell_word
from lfroadmap.errors import UsageError
from lfroadmap.machine import now
from lfroadmap.text import base_mark, clean, one_line
from lfroadmap.usecases.author import author
from lfroadmap.words import SafeText

DONE, NOT_DONE = 0, 1


@dataclass(frozen=True, slots=True)
class NewOptions:
    """The options of `new`."""

    name: str | None = positional()
    template: str | None = option("--template")
    copy: str | None = option("--copy")
    choose: bool = flag("--choose")


@dataclass(frozen=True, slots=True)
class ListOptions:
    """The options of `list`."""

    json: bool = flag("--json")


@dataclass(frozen=True, slots=True)
class NameOptions:
    """The options of `path` and `remove`."""

    name: str | None = positional()


@dataclass(frozen=True, slots=True)
class RenameOptions:
    """The options of `rename`."""

    name: str | None = positional()
    new: str | None = positional()


def new(context: CommandContext[NewOptions]) -> int:
    """Make a roadmap from a template, or as a copy of another."""
    from lfroadmap.roadmap.templates import DEFAULT
    from lfroadmap.usecases.creating import new_roadmap

    options, name = context.options, needed(context.options.name, "NAME", "new")
    if options.copy:
        return _copy(context, options.copy, name)
    template: str | None = options.template or DEFAULT
    if options.choose:
        from lfroadmap.cli.choosing import choose

        if options.template:
            raise UsageError("template_or_choose")
        template = choose(context, name)
    if template is None:
        context.say("choosing.left", name=SafeText(shell_word(name)))
        return NOT_DONE
    path = context.library.create(name, new_roadmap(name, template, context.words.language), author())
    context.say("cli.made", name=name, path=path)
    return DONE


def _copy(context: CommandContext[NewOptions], source: str, name: str) -> int:
    from lfroadmap.usecases.library_edits import copy_roadmap

    if context.options.template or context.options.choose:
        raise UsageError("copy_or_template")
    path = copy_roadmap(context.library, context.chosen_name(source), name)
    context.say("cli.made", name=name, path=path)
    return DONE


def list_(context: CommandContext[ListOptions]) -> int:
    """Print the roadmaps that are there and where each stands."""
    from lfroadmap.roadmap.portfolio import Unreadable
    from lfroadmap.usecases.portfolio import plain_row, read_library

    library, words = context.library, context.words
    last, days = library.last(), context.settings.thresholds.risk_days
    found = [*read_library(library, words, now().date(), days)]
    rows = [plain_row(row, library, words, last=row.name == last) for row in found]
    unread = [each for each in found if isinstance(each, Unreadable)]
    status = context.report_unread(unread, shown=not context.options.json)
    if context.options.json:
        print_json(rows)
    elif not rows:
        context.say("cli.none", path=library.folder)
    else:
        context.output.rows(_cells(context, rows))
    return status


def _cells(context: AnyContext, rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """The rows of the list; `*` marks the roadmap that was open last.

    Ids are shown where one is not the name itself.
    """
    shows_ids = any(row["id"] != row["name"] for row in rows)
    return [
        (_marked_name(context, row), row["id"] if shows_ids else "", *_standing(context, row)) for row in rows
    ]


def _marked_name(context: AnyContext, row: dict[str, Any]) -> str:
    """The name behind its sign, which stands where the page begins whatever letters the name has."""
    return f"{'*' if row['last'] else ' '} {base_mark(context.words.direction)}{row['name']}"


def _standing(context: AnyContext, row: dict[str, Any]) -> tuple[str, ...]:
    """How far a roadmap is, and how it goes; of a file that cannot be opened, the reason."""
    if "error" in row:
        return "", "", row["error"]
    from lfroadmap.report.formatting import describe_health
    from lfroadmap.roadmap.health import HealthSummary, Late

    summary = HealthSummary(row["health"], Late(row["late_cards"], row["late_tasks"]))
    state = f"{one_line(row['title'])}  {clean(describe_health(summary, context.words))}"
    return f"{row['percent']:>3} %", f"{row['done']}/{row['total']}", state


def path(context: CommandContext[NameOptions]) -> int:
    """Print where a roadmap's file is."""
    context.output.path(context.library.path(context.chosen_name(context.options.name)))
    return DONE


def rename(context: CommandContext[RenameOptions]) -> int:
    """Give a roadmap another name."""
    from lfroadmap.usecases.library_edits import check_free, rename_roadmap

    options = context.options
    name, to = needed(options.name, "NAME", "rename"), needed(options.new, "NEW", "rename")
    name = context.chosen_name(name)
    if to != name:
        check_free(context.library, to)
        to = rename_roadmap(context.library, name, to, context.words, context.complain)
    context.say("library.renamed", before=name, name=to)
    return DONE


def remove(context: CommandContext[NameOptions]) -> int:
    """Move a roadmap into the bin."""
    from lfroadmap.store.library.trash import move_to_trash

    name = context.chosen_name(needed(context.options.name, "NAME", "remove"))
    id_ = context.library.ids()[name]
    move_to_trash(context.library, name)
    context.say("cli.removed", name=name, id=SafeText(id_))
    return DONE


NEW = Command(NewOptions, new)
LIST = Command(ListOptions, list_)
PATH = Command(NameOptions, path)
RENAME = Command(RenameOptions, rename)
REMOVE = Command(NameOptions, remove)
