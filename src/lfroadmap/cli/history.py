"""The commands for what was: history, snapshots, the bin, any moment."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from lfroadmap.cli.apply_edit import TRIES, apply_edit, outdated
from lfroadmap.cli.arguments import whole_number
from lfroadmap.cli.context import CommandContext, says_yes
from lfroadmap.cli.output import print_json
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.machine import now
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import clean, one_line

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine
    from lfroadmap.store.history.change_entries import MarkedMoment
    from lfroadmap.usecases.points_in_time import PointInTime, PointsInTime
    from lfroadmap.usecases.removed import RemovedEntry

DONE = 0
SHOWN = 50
"""Changes that are printed if not told otherwise."""
MOST = 1_000_000_000
"""The largest number that `--limit` takes."""


def points(context: CommandContext, name: Callable[[], str]) -> PointsInTime:
    """The points in time of a roadmap that options name."""
    from lfroadmap.usecases.points_in_time import PointsInTime

    return PointsInTime(context.library, name, lambda: context.stored(name()), context.words, now().date())


def roadmap_at(context: CommandContext, name: str) -> PointInTime:
    """The roadmap as it was at the moment that `--at` names, or as it is now."""
    found = points(context, lambda: name)
    return found.find_own(context.options.at) if context.options.at else found.now()


# history


def history(context: CommandContext) -> int:
    """Print what was changed, the newest first."""
    from lfroadmap.report.change_log import Filter

    options, words = context.options, context.words
    most = _most(options.limit)
    wanted = Filter(options.text or "", options.card or "", options.author or "")
    fitting = (line for line in _lines(context) if wanted.fits(line, words))
    lines_of = list(islice(fitting, most or None))
    if options.json:
        print_json([line.plain() for line in lines_of])
    elif not lines_of:
        context.say("history.empty")
    else:
        print("\n".join(_printed(lines_of, context)))
    return DONE


def _most(limit: str | None) -> int:
    """How many changes are printed, 0 for all of them; raises UsageError."""
    if limit is None:
        return SHOWN
    number = whole_number(limit, MOST)
    if number is None:
        raise UsageError("limit_number", most=f"{MOST:,}")
    return number


def _lines(context: CommandContext) -> Iterator[HistoryLine]:
    from lfroadmap.report.change_log import lines_of
    from lfroadmap.report.history import ChangeFormatter
    from lfroadmap.report.node_index import NodeIndex
    from lfroadmap.store.history.queries import HistoryQuery, every
    from lfroadmap.usecases.points_in_time import when

    name, options, today = context.chosen_name(), context.options, now().date()
    sought = HistoryQuery(
        since=when(options.since, today, start=True) if options.since else None,
        until=when(options.until, today) if options.until else None,
    )
    formatter = ChangeFormatter(NodeIndex(context.stored(name)), context.words)
    return lines_of(every(context.library.path(name), sought), formatter)


def _printed(lines_of: Iterable[HistoryLine], context: CommandContext) -> Iterator[str]:
    """A line each: when, who, where, what."""
    lines_of = tuple(lines_of)
    who = max(len(one_line(line.author)) for line in lines_of)
    for line in lines_of:
        at = f"{context.words.day(line.at.date())} {line.at:%H:%M}"
        where = f"{one_line(line.change.card)}: " if line.change.card else ""
        yield f"{at:<16}  {one_line(line.author):<{who}}  {where}{line.change.sentence}"


# snapshots


def snapshot(context: CommandContext) -> int:
    """List the moments that were marked; mark this one; bring one back."""
    name, options = context.chosen_name(), context.options
    if options.save:
        apply_edit(context, name, mark=options.save)
        context.say("cli.snapshot_made", name=options.save)
    elif options.restore:
        _restore(context, name, options.restore)
    else:
        _list(context, name)
    return DONE


def _restore(context: CommandContext, name: str, wanted: str) -> None:
    from lfroadmap.roadmap.batch import ResetAll
    from lfroadmap.roadmap.difference import difference
    from lfroadmap.store.history.time_travel import TimeTravel

    mark = _marked(context, name, wanted)
    if mark is None:
        known = ", ".join(one_line(mark.name) for mark in _marks(context, name) if mark.name) or "—"
        raise RoadmapError("no_snapshot", name=wanted, known=known)
    held = TimeTravel(context.library.path(name)).whole_at(mark.change)
    if difference(context.stored(name), held):
        apply_edit(context, name, ResetAll(held))
    context.say("cli.snapshot_restored", name=wanted)


def _list(context: CommandContext, name: str) -> None:
    marks = _marks(context, name)
    if context.options.json:
        print_json([_plain(mark) for mark in marks])
    elif not marks:
        context.say("cli.no_snapshots")
    else:
        for mark in marks:
            at = f"{context.words.day(mark.at.date())} {mark.at:%H:%M}"
            told = one_line(mark.name) or context.words(f"snapshots.before_{mark.kind}")
            print(f"{mark.id:>4}  {at:<16}  {told}  ({one_line(mark.author)})")


def _plain(mark: MarkedMoment) -> dict[str, object]:
    at = mark.at.isoformat("T", "seconds")
    return {"id": mark.id, "name": mark.name, "kind": mark.kind, "time": at, "author": mark.author}


def _marks(context: CommandContext, name: str) -> tuple[MarkedMoment, ...]:
    from lfroadmap.store.history.queries import marks

    return marks(context.library.path(name))


def _marked(context: CommandContext, name: str, wanted: str) -> MarkedMoment | None:
    from lfroadmap.store.history.queries import marked

    return marked(context.library.path(name), wanted)


# the bin


def remove(context: CommandContext) -> int:
    """Move a roadmap into the bin."""
    from lfroadmap.store.library.trash import move_to_trash

    name = context.needed("name", "remove")
    move_to_trash(context.library, name)
    context.say("cli.removed", name=name)
    return DONE


def bin_(context: CommandContext) -> int:
    """List what was removed, bring one thing back, or empty the bin: a roadmap's, or that of the roadmaps."""
    if context.options.name:
        return _bin_of_parts(context, context.chosen_name())
    return _bin_of_roadmaps(context)


def _bin_of_roadmaps(context: CommandContext) -> int:
    from lfroadmap.store.library.trash import empty_trash, entries, restore

    held, options = entries(context.library), context.options
    if options.restore:
        found = next((one for one in held if one.name == options.restore), None)
        if found is None:
            raise RoadmapError("not_in_bin", name=options.restore)
        context.say("cli.back", name=restore(context.library, found))
    elif options.empty:
        if held and _sure(context, context.words.plural("cli.ask_empty", len(held))):
            empty_trash(context.library, held)
            _tell_emptied(context, len(entries(context.library)))
        return DONE
    else:
        rows = [(one.name, one.at, "", context.words("cli.a_roadmap"), one.name, True) for one in held]
        _print_bin(context, rows)
    return DONE


def _bin_of_parts(context: CommandContext, name: str) -> int:
    from lfroadmap.store.history.queries import removed
    from lfroadmap.usecases.removed import describe_removed

    def held() -> tuple[Roadmap, tuple[RemovedEntry, ...]]:
        roadmap = context.stored(name)
        return roadmap, describe_removed(removed(context.library.path(name), roadmap), roadmap, context.words)

    if context.options.restore:
        _put_back(context, name, held)
    elif context.options.empty:
        _empty_parts(context, name, held)
    else:
        _print_bin(context, [(b.node, b.at, b.author, b.kind, b.name, b.can_return) for b in held()[1]])
    return DONE


def _put_back(
    context: CommandContext, name: str, held: Callable[[], tuple[Roadmap, tuple[RemovedEntry, ...]]]
) -> None:
    wanted = context.options.restore
    for _ in range(TRIES):
        roadmap, parts = held()
        found = next((one for one in parts if wanted in (one.node, one.name)), None)
        if found is None:
            raise RoadmapError("not_in_bin", name=wanted)
        if not found.can_return:
            raise RoadmapError("bin_homeless", name=found.name, home=found.home)
        if apply_edit(context, name, found.back, shown=roadmap):
            context.say("cli.back", name=found.name)
            return
    raise outdated(context, name)


def _empty_parts(
    context: CommandContext, name: str, held: Callable[[], tuple[Roadmap, tuple[RemovedEntry, ...]]]
) -> None:
    """Empty the bin of what is counted in the question, and of nothing that comes into it meanwhile."""
    _, parts = held()
    if parts and _sure(
        context, context.words.plural("bin.empty_body", len(parts)) + context.words("cli.ask_sure")
    ):
        apply_edit(context, name, empty=max(one.number for one in parts))
        _tell_emptied(context, len(held()[1]))


def _tell_emptied(context: CommandContext, left: int) -> None:
    """Say that the bin was emptied, and how much came into it meanwhile."""
    context.say("bin.emptied")
    if left:
        print(clean(context.words.plural("cli.bin_left", left)))


def _print_bin(context: CommandContext, rows: list[tuple[str, datetime, str, str, str, bool]]) -> None:
    """Print an id, when, by whom, what it is and what it is called."""
    if context.options.json:
        names = ("id", "time", "author", "kind", "name", "restorable")
        told = [dict(zip(names, (r[0], r[1].isoformat("T", "seconds"), *r[2:]), strict=True)) for r in rows]
        print_json(told)
    elif not rows:
        context.say("bin.none")
    else:
        for node, at, who, kind, name, _ in rows:
            day = f"{context.words.day(at.date())} {at:%H:%M}"
            print(f"{one_line(node)}  {day}  {one_line(who)}  {kind}: {one_line(name)}")


def _sure(context: CommandContext, question: str) -> bool:
    """Whether the person says yes, on the command line or when asked; without a terminal silence is a no."""
    if context.options.yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError("needs_yes")
    return says_yes(question)
