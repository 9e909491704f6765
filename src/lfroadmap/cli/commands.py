"""The commands: each takes a Desk and returns its exit status."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from lfroadmap.cli.comparing import diff
from lfroadmap.cli.desk import Desk, fresh
from lfroadmap.cli.exporting import export, print_, snapshot_of
from lfroadmap.cli.importing import import_
from lfroadmap.cli.output import print_json
from lfroadmap.cli.past import bin_, history, remove, roadmap_at, snapshot
from lfroadmap.cli.rescue import rescue_file
from lfroadmap.cli.telling import tell
from lfroadmap.errors import BrokenStore, UsageError
from lfroadmap.machine import author
from lfroadmap.text import clean, one_line

DONE = 0


def open_(desk: Desk) -> int:
    """Open a roadmap on the screen."""
    from lfroadmap.cli.opening import open_roadmap

    return open_roadmap(desk)


def new(desk: Desk) -> int:
    """Make a roadmap from a template."""
    from lfroadmap.roadmap.templates import DEFAULT

    name = desk.needed("name", "new")
    path = desk.shelf.create(name, fresh(desk.options.template or DEFAULT), author())
    desk.say("cli.made", name=name, path=path)
    return DONE


def list_(desk: Desk) -> int:
    """Print the roadmaps that are there and where each stands."""
    rows = [_row(desk, name) for name in desk.shelf.names()]
    if desk.options.json:
        print_json(rows)
    elif not rows:
        desk.say("cli.none", path=desk.shelf.folder)
    else:
        width = max(len(row["name"]) for row in rows)
        print("\n".join(_told(desk, row, width) for row in rows))
    return DONE


def _row(desk: Desk, name: str) -> dict[str, Any]:
    """What is told of one roadmap; of a file that cannot be opened, why."""
    from lfroadmap.roadmap.progress import overdue, tally
    from lfroadmap.roadmap.templates import Labels

    path = desk.shelf.path(name)
    row = {"name": name, "path": str(path), "last": name == desk.shelf.last()}
    try:
        roadmap = desk.stored(name)
    except BrokenStore as error:
        return row | {"error": clean(desk.words.error(error))}
    counted = tally(roadmap)
    return row | {
        "title": Labels(roadmap.template, desk.words.language).of(roadmap),
        "done": counted.done,
        "total": counted.total,
        "percent": counted.percent,
        "overdue": len(overdue(roadmap, date.today())),
        "changed": datetime.fromtimestamp(path.stat().st_mtime).astimezone().isoformat("T", "seconds"),
    }


def _told(desk: Desk, row: dict[str, Any], width: int) -> str:
    """A row of the list as a line; `*` marks the roadmap that was open last."""
    head = f"{'*' if row['last'] else ' '} {row['name']:<{width}}"
    if "error" in row:
        return f"{head}  {row['error']}"
    late = desk.words.plural("cli.overdue", row["overdue"]) if row["overdue"] else ""
    stand = f"{row['percent']:>3} %  {row['done']}/{row['total']}"
    return f"{head}  {stand}  {one_line(row['title'])}  {late}".rstrip()


def show(desk: Desk) -> int:
    """Print where a roadmap stands, or stood."""
    held = roadmap_at(desk, desk.chosen_name())
    if desk.options.json:
        return print_(snapshot_of(desk, held.roadmap, held.day), "json")
    from lfroadmap.report.report import report

    tell(desk, report(held.roadmap, desk.words, today=held.day, thresholds=desk.settings.thresholds))
    return DONE


def schema(desk: Desk) -> int:
    """Print the JSON Schema of a snapshot."""
    from lfroadmap.roadmap.snapshot_reader import json_schema

    print_json(json_schema())
    return DONE


def path(desk: Desk) -> int:
    """Print where a roadmap's file is."""
    print(desk.shelf.path(desk.chosen_name()))
    return DONE


def doctor(desk: Desk) -> int:
    """Look after a file; without one, print what is known of the terminal, and ask how Hebrew reads right."""
    options = desk.options
    if options.file or options.check or options.json:
        return rescue_file(desk)
    from lfroadmap.cli.doctor import report

    report(desk.words, desk.settings.bidi)
    return DONE


def help_(desk: Desk) -> int:
    """Print how the program, or one of its commands, is used."""
    topic = desk.options.topic
    key = f"cli.help_{topic}" if topic else "cli.help"
    if key not in desk.words:
        raise UsageError("no_command", name=topic)
    print(desk.words(key).rstrip("\n"))
    return DONE


COMMANDS: dict[str, Callable[[Desk], int]] = {
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
