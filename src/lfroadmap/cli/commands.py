"""The commands: each takes a Desk and returns its exit status."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lfroadmap.cli.desk import Desk, author, fresh
from lfroadmap.errors import BrokenStore, UsageError
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.shelf import checked_name
from lfroadmap.text import clean, one_line

if TYPE_CHECKING:
    from rich.console import Console

    from lfroadmap.export import Snapshot
    from lfroadmap.report.nodes import Report

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
        print(json.dumps(rows, ensure_ascii=False, indent=2))
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
    """Print where a roadmap stands."""
    roadmap = desk.stored(desk.chosen_name())
    if desk.options.json:
        return _print(_snapshot(desk, roadmap), "json")
    from rich.console import Console

    from lfroadmap.report.report import report
    from lfroadmap.report.theme import THEME

    told = report(roadmap, desk.words, today=date.today(), thresholds=desk.settings.thresholds)
    console = Console(theme=THEME, highlight=False)
    if console.is_terminal:
        _show_in_order(desk, told, console)
    else:
        console.print(told)
    return DONE


def _show_in_order(desk: Desk, told: Report, console: Console) -> None:
    """Print a report as this terminal shows it in the right order."""
    from lfroadmap.bidi.dialect import PLAIN
    from lfroadmap.bidi.printing import holds_rtl, lines_of, write
    from lfroadmap.cli.terminal import detect_for_print, dialect_of, lasting

    lines, bidi = lines_of(told.whole(), desk.words.direction, console), desk.settings.bidi
    dialect = PLAIN
    if holds_rtl(lines):  # or there is nothing to ask the terminal
        dialect = lasting(dialect_of(bidi, detect_for_print() if bidi == "auto" else None))
    write(lines, dialect, console)


def export(desk: Desk) -> int:
    """Write a snapshot of a roadmap into a file or, with `-o -`, to the standard output."""
    from lfroadmap.export import FORMATS, default_name, write

    wanted = desk.needed("format", "export")
    if wanted not in FORMATS:
        raise UsageError("no_format", name=wanted, known=", ".join(FORMATS))
    name = desk.chosen_name()
    snapshot = _snapshot(desk, desk.stored(name))
    if desk.options.output == "-":
        return _print(snapshot, wanted)
    destination = desk.options.output or default_name(name, FORMATS[wanted].suffix, snapshot.today)
    print(write(snapshot, wanted, Path(destination), force=desk.options.force))
    return DONE


def _snapshot(desk: Desk, roadmap: Roadmap) -> Snapshot:
    from lfroadmap.export import Snapshot

    return Snapshot(roadmap, desk.words, date.today(), desk.settings.thresholds)


def _print(snapshot: Snapshot, wanted: str) -> int:
    """Write to the standard output what is UTF-8 whatever the terminal speaks."""
    from lfroadmap.export import render

    sys.stdout.flush()
    sys.stdout.buffer.write(render(snapshot, wanted))
    return DONE


def import_(desk: Desk) -> int:
    """Make a roadmap from a snapshot; one that is there is never changed by it."""
    from lfroadmap.export import read

    source = desk.needed("file", "import")
    name = checked_name(desk.options.name or desk.shelf.free_name(_name_of(source)))
    roadmap = read(sys.stdin.buffer.read() if source == "-" else Path(source))
    path = desk.shelf.create(name, roadmap, author())
    desk.say("cli.made", name=name, path=path)
    return DONE


def _name_of(source: str) -> str:
    """A name for what is read from a file: the file's own, without the day that an export puts in it."""
    stem = re.sub(r"[-_ ]?\d{4}-\d{2}-\d{2}( ?\(\d+\))?$", "", "" if source == "-" else Path(source).stem)
    name = "".join(c for c in stem if unicodedata.category(c)[0] in "LNM" or c in "-_ ")
    return name.strip("-_ ")[:40] or "imported"


def path(desk: Desk) -> int:
    """Print where a roadmap's file is."""
    print(desk.shelf.path(desk.chosen_name()))
    return DONE


def doctor(desk: Desk) -> int:
    """Print what is known of the terminal, and ask how Hebrew reads right in it."""
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
    "path": path,
    "doctor": doctor,
    "help": help_,
}
"""Command -> what does it."""
