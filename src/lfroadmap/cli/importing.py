"""`import`: a new roadmap from a snapshot, or a snapshot or table into one that is there."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import date
from pathlib import Path

from lfroadmap.cli.desk import Desk, says_yes
from lfroadmap.cli.editing import edit
from lfroadmap.cli.telling import tell
from lfroadmap.errors import UsageError
from lfroadmap.machine import author, new_id
from lfroadmap.store.shelf import checked_name, is_name
from lfroadmap.text import clean

DONE, NOT_DONE = 0, 1


def import_(desk: Desk) -> int:
    """Make a roadmap from a snapshot; with `--into`, show what would change in one, ask, and do it."""
    source = desk.needed("file", "import")
    if desk.options.into is not None:
        if desk.options.name:
            raise UsageError("name_or_into")
        return _import_into(desk, source)
    from lfroadmap.export import read
    from lfroadmap.export.sheets import is_table

    name = checked_name(desk.options.name or desk.shelf.free_name(_name_of(source)))
    if is_table(source):
        raise UsageError("table_needs_into")
    roadmap = read(Path(source) if source != "-" else _piped())
    path = desk.shelf.create(name, roadmap, author())
    desk.say("cli.made", name=name, path=path)
    return DONE


def _name_of(source: str) -> str:
    """A name for what is read from a file: the file's own, without the day that an export puts in it."""
    stem = re.sub(r"[-_ ]?\d{4}-\d{2}-\d{2}( ?\(\d+\))?$", "", "" if source == "-" else Path(source).stem)
    name = "".join(c for c in stem if unicodedata.category(c)[0] in "LNM" or c in "-_ ")
    own = name.strip("-_ ")[:40] or "imported"
    return next(wanted for wanted in (own, f"{own}-plan", "imported") if is_name(wanted))


def _piped() -> bytes:
    """What comes from the standard input."""
    return sys.stdin.buffer.read()


def _import_into(desk: Desk, source: str) -> int:
    from lfroadmap.export.taking import Reader, read_given, take

    desk.options.name = desk.options.into
    name = desk.chosen_name()
    now = desk.stored(name)
    reader = Reader(desk.words, desk.settings.thresholds, date.today(), new_id)
    taking = take(read_given(source, _piped() if source == "-" else None), now, reader)
    tell(desk, taking.told(None))
    if not taking.edit.edits:
        desk.say("merge.none_taken" if taking.left_out else "merge.nothing", name=name)
        return NOT_DONE if taking.left_out else DONE
    if not (desk.options.yes or _agreed(desk, name)):
        desk.say("merge.left", name=name)
        return NOT_DONE
    edit(desk, name, taking.edit)
    desk.say("merge.done", name=name)
    return DONE


def _agreed(desk: Desk, name: str) -> bool:
    """Ask on a terminal; without one nothing is agreed to."""
    return sys.stdin.isatty() and says_yes(clean(desk.words("merge.ask", name=name)))
