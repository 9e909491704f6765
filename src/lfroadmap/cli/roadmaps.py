"""`new`, `list`, `path` and `remove`: the roadmaps of the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lfroadmap.cli.context import AnyContext, Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional
from lfroadmap.cli.output import print_json
from lfroadmap.errors import BrokenStore
from lfroadmap.machine import author
from lfroadmap.text import clean, one_line

DONE = 0


@dataclass(frozen=True, slots=True)
class NewOptions:
    """The options of `new`."""

    name: str | None = positional()
    template: str | None = option("--template")


@dataclass(frozen=True, slots=True)
class ListOptions:
    """The options of `list`."""

    json: bool = flag("--json")


@dataclass(frozen=True, slots=True)
class NameOptions:
    """The options of `path` and `remove`."""

    name: str | None = positional()


def new(context: CommandContext[NewOptions]) -> int:
    """Make a roadmap from a template."""
    from lfroadmap.roadmap.templates import DEFAULT
    from lfroadmap.usecases.creating import new_roadmap

    name = needed(context.options.name, "name", "new")
    path = context.library.create(name, new_roadmap(name, context.options.template or DEFAULT), author())
    context.say("cli.made", name=name, path=path)
    return DONE


def list_(context: CommandContext[ListOptions]) -> int:
    """Print the roadmaps that are there and where each stands."""
    last = context.library.last()
    rows = [_row(context, name) | {"last": name == last} for name in context.library.names()]
    if context.options.json:
        print_json(rows)
    elif not rows:
        context.say("cli.none", path=context.library.folder)
    else:
        width = max(len(row["name"]) for row in rows)
        print("\n".join(_line(context, row, width) for row in rows))
    return DONE


def _row(context: AnyContext, name: str) -> dict[str, Any]:
    """A roadmap as JSON; of a file that cannot be opened, the reason."""
    from lfroadmap.roadmap.health import roadmap_health
    from lfroadmap.roadmap.progress import tally
    from lfroadmap.roadmap.templates import Labels

    path = context.library.path(name)
    row: dict[str, Any] = {"name": name, "path": str(path), "last": False}
    try:
        roadmap = context.stored(name)
    except BrokenStore as error:
        return row | {"error": clean(context.words.error(error))}
    counted = tally(roadmap)
    health, late = roadmap_health(roadmap, date.today(), context.settings.thresholds.risk_days)
    return row | {
        "title": Labels(roadmap.template, context.words.language).of(roadmap),
        "done": counted.done,
        "total": counted.total,
        "percent": counted.percent,
        "overdue": late.total,
        "late_cards": late.cards,
        "late_tasks": late.tasks,
        "health": health,
        "changed": datetime.fromtimestamp(path.stat().st_mtime).astimezone().isoformat("T", "seconds"),
    }


def _line(context: AnyContext, row: dict[str, Any], width: int) -> str:
    """A row of the list as a line; `*` marks the roadmap that was open last."""
    head = f"{'*' if row['last'] else ' '} {row['name']:<{width}}"
    if "error" in row:
        return f"{head}  {row['error']}"
    from lfroadmap.report.formatting import describe_health
    from lfroadmap.roadmap.health import HealthSummary, Late

    summary = HealthSummary(row["health"], Late(row["late_cards"], row["late_tasks"]))
    progress = f"{row['percent']:>3} %  {row['done']}/{row['total']}"
    return f"{head}  {progress}  {one_line(row['title'])}  {clean(describe_health(summary, context.words))}"


def path(context: CommandContext[NameOptions]) -> int:
    """Print where a roadmap's file is."""
    print(context.library.path(context.chosen_name(context.options.name)))
    return DONE


def remove(context: CommandContext[NameOptions]) -> int:
    """Move a roadmap into the bin."""
    from lfroadmap.store.library.trash import move_to_trash

    name = needed(context.options.name, "name", "remove")
    move_to_trash(context.library, name)
    context.say("cli.removed", name=name)
    return DONE


NEW = Command(NewOptions, new)
LIST = Command(ListOptions, list_)
PATH = Command(NameOptions, path)
REMOVE = Command(NameOptions, remove)
