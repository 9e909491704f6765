"""`bin`: what was removed, of a roadmap and of the roadmaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.cli.apply_edit import TRIES, apply_edit, outdated
from lfroadmap.cli.context import Command, CommandContext
from lfroadmap.cli.options import flag, option, positional
from lfroadmap.cli.output import print_json
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.folder.naming import ascii_ids
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from lfroadmap.store.library.trash import TrashEntry
    from lfroadmap.usecases.removed import RemovedEntry

DONE = 0


@dataclass(frozen=True, slots=True)
class BinOptions:
    """The options of `bin`."""

    name: str | None = positional()
    restore: str | None = option("--restore")
    empty: bool = flag("--empty")
    yes: bool = flag("--yes")
    json: bool = flag("--json")


BinContext = CommandContext[BinOptions]


class BinRow(NamedTuple):
    """Something in a bin, as it is listed."""

    id: str
    time: datetime
    author: str
    kind: str
    name: str
    restorable: bool


def bin_(context: BinContext) -> int:
    """List what was removed, bring one thing back, or empty the bin: a roadmap's, or that of the roadmaps."""
    if context.options.name:
        _bin_of_parts(context, context.chosen_name(context.options.name))
    else:
        _bin_of_roadmaps(context)
    return DONE


# the bin of roadmaps


def _bin_of_roadmaps(context: BinContext) -> None:
    from lfroadmap.store.library.trash import entries

    found, options = entries(context.library), context.options
    if options.restore:
        _restore_roadmap(context, options.restore, found)
    elif options.empty:
        _empty_roadmaps(context, found)
    else:
        kind = context.words("cli.a_roadmap")
        ids = ascii_ids(one.name for one in found)
        _print_bin(context, [BinRow(ids[one.name], one.at, "", kind, one.name, True) for one in found])


def _restore_roadmap(context: BinContext, name: str, found: tuple[TrashEntry, ...]) -> None:
    from lfroadmap.store.library.trash import restore

    ids = ascii_ids(one.name for one in found)
    entry = next((one for one in found if name in (one.name, ids[one.name])), None)
    if entry is None:
        raise RoadmapError("not_in_bin", name=name)
    context.say("cli.back", name=restore(context.library, entry))


def _empty_roadmaps(context: BinContext, found: tuple[TrashEntry, ...]) -> None:
    from lfroadmap.store.library.trash import empty_trash, entries

    if not found:
        context.say("cli.bin_empty")
    elif _is_sure(context, context.words.plural("cli.ask_empty", len(found))):
        empty_trash(context.library, found)
        _report_emptied(context, len(entries(context.library)))


# the bin of a roadmap's parts


def _bin_of_parts(context: BinContext, name: str) -> None:
    options = context.options
    if options.restore:
        _restore_part(context, name, options.restore)
    elif options.empty:
        _empty_parts(context, name)
    else:
        found = _removed_from(context, name, context.stored(name))
        _print_bin(
            context,
            [BinRow(one.node, one.at, one.author, one.kind, one.name, one.can_return) for one in found],
        )


def _removed_from(context: BinContext, name: str, roadmap: Roadmap) -> tuple[RemovedEntry, ...]:
    from lfroadmap.store.history.queries import removed
    from lfroadmap.usecases.removed import describe_removed

    return describe_removed(removed(context.library.path(name), roadmap), roadmap, context.words)


def _restore_part(context: BinContext, name: str, wanted: str) -> None:
    for _ in range(TRIES):
        roadmap = context.stored(name)
        parts = _removed_from(context, name, roadmap)
        found = next((one for one in parts if wanted in (one.node, one.name)), None)
        if found is None:
            raise RoadmapError("not_in_bin", name=wanted)
        if not found.can_return:
            raise RoadmapError("bin_homeless", name=found.name, home=found.home)
        if apply_edit(context, name, found.back, shown=roadmap):
            context.say("cli.back", name=found.name)
            return
    raise outdated(context, name)


def _empty_parts(context: BinContext, name: str) -> None:
    """Empty the bin of what is counted in the question, and of nothing that comes into it meanwhile."""
    parts = _removed_from(context, name, context.stored(name))
    if not parts:
        context.say("cli.bin_empty")
        return
    question = context.words.plural("bin.empty_body", len(parts)) + context.words("cli.ask_sure")
    if _is_sure(context, question):
        apply_edit(context, name, empty=max(one.number for one in parts))
        _report_emptied(context, len(_removed_from(context, name, context.stored(name))))


# both


def _report_emptied(context: BinContext, left: int) -> None:
    """Say that the bin was emptied, and how much came into it meanwhile."""
    context.say("bin.emptied")
    if left:
        context.output.text(context.words.plural("cli.bin_left", left))


def _print_bin(context: BinContext, rows: list[BinRow]) -> None:
    if context.options.json:
        print_json([row._asdict() | {"time": row.time.isoformat("T", "seconds")} for row in rows])
    elif not rows:
        context.say("bin.none")
    else:
        context.output.rows([_cells(context, row) for row in rows])


def _cells(context: BinContext, row: BinRow) -> tuple[str, ...]:
    """Its id, when it was removed and by whom, and what it is."""
    when = f"{context.words.day(row.time.date())} {row.time:%H:%M}"
    return one_line(row.id), when, one_line(row.author), f"{row.kind}: {one_line(row.name)}"


def _is_sure(context: BinContext, question: str) -> bool:
    return context.agrees(question, UsageError("needs_yes"), yes=context.options.yes)


BIN = Command(BinOptions, bin_)
