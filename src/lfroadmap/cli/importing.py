"""`import`: a new roadmap from a snapshot, or a snapshot or table into one that is there."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.desk import Desk, author, fresh_id, says_yes
from lfroadmap.cli.editing import edit
from lfroadmap.cli.telling import tell
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.shelf import checked_name, is_name
from lfroadmap.text import clean

if TYPE_CHECKING:
    from lfroadmap.report.nodes import Report
    from lfroadmap.roadmap.edits import Batch

DONE, NOT_DONE = 0, 1


def import_(desk: Desk) -> int:
    """Make a roadmap from a snapshot; with `--into`, show what would change in one, ask, and do it."""
    source = desk.needed("file", "import")
    if desk.options.into is not None:
        if desk.options.name:
            raise UsageError("name_or_into")
        return _import_into(desk, source)
    from lfroadmap.export import read

    name = checked_name(desk.options.name or desk.shelf.free_name(_name_of(source)))
    if _is_table(source):
        raise UsageError("table_needs_into")
    roadmap = read(sys.stdin.buffer.read() if source == "-" else Path(source))
    path = desk.shelf.create(name, roadmap, author())
    desk.say("cli.made", name=name, path=path)
    return DONE


def _name_of(source: str) -> str:
    """A name for what is read from a file: the file's own, without the day that an export puts in it."""
    stem = re.sub(r"[-_ ]?\d{4}-\d{2}-\d{2}( ?\(\d+\))?$", "", "" if source == "-" else Path(source).stem)
    name = "".join(c for c in stem if unicodedata.category(c)[0] in "LNM" or c in "-_ ")
    own = name.strip("-_ ")[:40] or "imported"
    return next(wanted for wanted in (own, f"{own}-plan", "imported") if is_name(wanted))


def _is_table(source: str) -> bool:
    return Path(source).suffix.lower() in (".csv", ".tsv", ".xlsx")


def _import_into(desk: Desk, source: str) -> int:
    desk.options.name = desk.options.into
    name = desk.chosen_name()
    now = desk.stored(name)
    change, told = (_from_table if _is_table(source) else _from_snapshot)(desk, source, now)
    tell(desk, told)
    if not change.edits:
        desk.say("merge.nothing", name=name)
        return DONE
    if not (desk.options.yes or _agreed(desk, name)):
        desk.say("merge.left", name=name)
        return NOT_DONE
    edit(desk, name, change)
    desk.say("merge.done", name=name)
    return DONE


def _from_table(desk: Desk, source: str, now: Roadmap) -> tuple[Batch, Report]:
    from lfroadmap.export.sheets import read_tables
    from lfroadmap.report.merged import merged
    from lfroadmap.roadmap.merging import merge

    tables = read_tables(Path(source))
    held = merge(now, tables, desk.words.language, date.today(), fresh_id)
    return held.edit, merged(held, tables, Path(source).name, desk.words)


def _from_snapshot(desk: Desk, source: str, now: Roadmap) -> tuple[Batch, Report]:
    """All of a snapshot; what was added here since it was made goes, as the comparison tells."""
    from lfroadmap.export import read
    from lfroadmap.report.compared import Ends, compared
    from lfroadmap.roadmap.comparison import compare
    from lfroadmap.roadmap.difference import difference
    from lfroadmap.roadmap.edits import Batch

    then = read(sys.stdin.buffer.read() if source == "-" else Path(source))
    if then.template != now.template:
        raise RoadmapError(
            "other_template", path=source, there=then.template or "—", here=now.template or "—"
        )
    ends = Ends(desk.words("compared.today", day=desk.words.day(date.today())), Path(source).name)
    told = compared(compare(now, then, desk.words.language), ends, desk.words, desk.settings.thresholds)
    return Batch(difference(now, then)), told


def _agreed(desk: Desk, name: str) -> bool:
    """Ask on a terminal; without one nothing is agreed to."""
    return sys.stdin.isatty() and says_yes(clean(desk.words("merge.ask", name=name)))
