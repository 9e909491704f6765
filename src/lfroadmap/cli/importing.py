"""`import`: a new roadmap from a snapshot, or a snapshot or table into one that is there."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lfroadmap.cli.desk import Desk, says_yes
from lfroadmap.cli.editing import TRIES, edit, outdated
from lfroadmap.cli.telling import tell
from lfroadmap.errors import UsageError
from lfroadmap.machine import author, new_id
from lfroadmap.store.naming import checked_name, is_name
from lfroadmap.text import clean

if TYPE_CHECKING:
    from lfroadmap.export.taking import Taking

DONE, NOT_DONE = 0, 1


def import_(desk: Desk) -> int:
    """Make a roadmap from a snapshot; with `--into`, show what would change in one, ask, and do it."""
    source = desk.needed("file", "import")
    if desk.options.into is not None:
        if desk.options.name:
            raise UsageError("name_or_into")
        return _import_into(desk, source)
    from lfroadmap.export.sheets import is_table
    from lfroadmap.export.snapshot import read

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


def _piped() -> BinaryIO:
    """The standard input, of which no more is read than a snapshot may have."""
    return sys.stdin.buffer


def _import_into(desk: Desk, source: str) -> int:
    """Show what would change, ask, and do it; what others change meanwhile is shown and asked about again."""
    from lfroadmap.export.taking import Reader, read_given, take

    desk.options.name = desk.options.into
    name = desk.chosen_name()
    now = desk.stored(name)
    reader = Reader(desk.words, desk.settings.thresholds, date.today(), new_id)
    given = read_given(source, _piped() if source == "-" else None)
    shown: Taking | None = None
    for _ in range(TRIES):
        taking = take(given, now, reader)
        if shown is None or not taking.looks_like(shown):
            status = _asked(desk, name, taking, again=shown is not None)
            if status is not None:
                return status
            shown = taking
        if edit(desk, name, taking.edit, shown=now):
            desk.say("merge.done", name=name)
            return DONE
        now = desk.stored(name)
    raise outdated(desk, name)


def _asked(desk: Desk, name: str, taking: Taking, *, again: bool) -> int | None:
    """Show what would change and ask; the exit status where nothing is to be done, else None."""
    if again:
        desk.say("merge.changed", name=name)
    tell(desk, taking.told(None))
    if not taking.edit.edits:
        desk.say("merge.none_taken" if taking.left_out else "merge.nothing", name=name)
        return NOT_DONE if taking.left_out else DONE
    if desk.options.yes or _agreed(desk, name):
        return None
    desk.say("merge.left", name=name)
    return NOT_DONE


def _agreed(desk: Desk, name: str) -> bool:
    """Ask on a terminal; without one nothing is agreed to."""
    return sys.stdin.isatty() and says_yes(clean(desk.words("merge.ask", name=name)))
