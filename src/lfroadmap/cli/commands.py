"""The commands: each takes a Desk and returns its exit status."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from lfroadmap.cli.comparing import diff
from lfroadmap.cli.context import CommandContext
from lfroadmap.cli.exporting import export, print_, snapshot_of
from lfroadmap.cli.history import history
from lfroadmap.cli.importing import import_
from lfroadmap.cli.output import print_json
from lfroadmap.cli.points import roadmap_at
from lfroadmap.cli.print_report import print_report
from lfroadmap.cli.rescue import rescue_file
from lfroadmap.cli.snapshots import snapshot
from lfroadmap.cli.trash import bin_, remove
from lfroadmap.errors import BrokenStore, UsageError
from lfroadmap.machine import author
from lfroadmap.text import clean, one_line

DONE = 0


def open_(context: CommandContext) -> int:
    """Open a roadmap on the screen."""
    from lfroadmap.cli.opening import open_roadmap

    return open_roadmap(context)


def new(context: CommandContext) -> int:
    """Make a roadmap from a template."""
    from lfroadmap.roadmap.templates import DEFAULT
    from lfroadmap.usecases.creating import new_roadmap

    name = context.needed("name", "new")
    path = context.library.create(name, new_roadmap(context.options.template or DEFAULT), author())
    context.say("cli.made", name=name, path=path)
    return DONE


def list_(context: CommandContext) -> int:
    """Print the roadmaps that are there and where each stands."""
    rows = [_row(context, name) for name in context.library.names()]
    if context.options.json:
        print_json(rows)
    elif not rows:
        context.say("cli.none", path=context.library.folder)
    else:
        width = max(len(row["name"]) for row in rows)
        print("\n".join(_told(context, row, width) for row in rows))
    return DONE


def _row(context: CommandContext, name: str) -> dict[str, Any]:
    """What is told of one roadmap; of a file that cannot be opened, why."""
    from lfroadmap.roadmap.health import roadmap_health
    from lfroadmap.roadmap.progress import tally
    from lfroadmap.roadmap.templates import Labels

    path = context.library.path(name)
    row = {"name": name, "path": str(path), "last": name == context.library.last()}
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


def _told(context: CommandContext, row: dict[str, Any], width: int) -> str:
    """A row of the list as a line; `*` marks the roadmap that was open last."""
    head = f"{'*' if row['last'] else ' '} {row['name']:<{width}}"
    if "error" in row:
        return f"{head}  {row['error']}"
    from lfroadmap.report.formatting import describe_health
    from lfroadmap.roadmap.health import HealthSummary, Late

    summary = HealthSummary(row["health"], Late(row["late_cards"], row["late_tasks"]))
    stand = f"{row['percent']:>3} %  {row['done']}/{row['total']}"
    return f"{head}  {stand}  {one_line(row['title'])}  {clean(describe_health(summary, context.words))}"


def show(context: CommandContext) -> int:
    """Print where a roadmap stands, or stood."""
    held = roadmap_at(context, context.chosen_name())
    if context.options.json:
        return print_(snapshot_of(context, held.roadmap, held.day), "json")
    from lfroadmap.report.report import report

    print_report(
        context, report(held.roadmap, context.words, today=held.day, thresholds=context.settings.thresholds)
    )
    return DONE


def schema(context: CommandContext) -> int:
    """Print the JSON Schema of a snapshot."""
    from lfroadmap.roadmap.snapshot_reader import json_schema

    print_json(json_schema())
    return DONE


def path(context: CommandContext) -> int:
    """Print where a roadmap's file is."""
    print(context.library.path(context.chosen_name()))
    return DONE


def doctor(context: CommandContext) -> int:
    """Look after a file; without one, print what is known of the terminal, and ask how Hebrew reads right."""
    options = context.options
    if options.file or options.check or options.json:
        return rescue_file(context)
    from lfroadmap.cli.doctor import report

    report(context.words, context.settings.bidi)
    return DONE


def help_(context: CommandContext) -> int:
    """Print how the program, or one of its commands, is used."""
    topic = context.options.topic
    key = f"cli.help_{topic}" if topic else "cli.help"
    if key not in context.words:
        raise UsageError("no_command", name=topic)
    print(context.words(key).rstrip("\n"))
    return DONE


COMMANDS: dict[str, Callable[[CommandContext], int]] = {
    "open": open_,
    "new": new,
    "list": list_,
    "show": show,
    "export": export,
    "import": import_,
    "diff": diff,
    "history": history,
    "snapshot": snapshot,
    "bin": bin_,
    "remove": remove,
    "doctor": doctor,
    "schema": schema,
    "path": path,
    "help": help_,
}
"""Command -> what does it."""
