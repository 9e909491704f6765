"""The commands for what was: history, snapshots, the bin, any moment."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.cli.arguments import whole_number
from lfroadmap.cli.desk import Desk, says_yes
from lfroadmap.cli.editing import TRIES, edit, outdated
from lfroadmap.cli.output import print_json
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.machine import now
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import clean, one_line

if TYPE_CHECKING:
    from lfroadmap.report.ledger import Line
    from lfroadmap.store.entries import Mark
    from lfroadmap.usecases.removed import Binned

DONE = 0
SHOWN = 50
"""Changes that are printed if not told otherwise."""
MOST = 1_000_000_000
"""The largest number that `--limit` takes."""


class Then(NamedTuple):
    """The roadmap of a moment, and what to call that."""

    roadmap: Roadmap
    day: date
    told: str
    change: int | None = None
    """Number of the last change that is in it; None: all of them."""


def when(text: str, *, start: bool = False) -> datetime:
    """The moment that an option names, as `read_moment`; raises UsageError."""
    from lfroadmap.roadmap.dates import NotADay, read_moment

    try:
        return read_moment(text, date.today(), start=start)
    except NotADay as error:
        raise UsageError("no_moment", text=text) from error


def then(desk: Desk, name: str, wanted: str, *, start: bool = False) -> Then:
    """The roadmap of a snapshot, by its name or number, or of a moment as `when`; raises UsageError."""
    from lfroadmap.store.past import Past, at

    path, words = desk.shelf.path(name), desk.words
    mark = _marked(desk, name, wanted)
    if mark:
        day = mark.at.date()
        held = Past(path).whole_at(mark.change)
        return Then(held, day, one_line(mark.name) or words.day(day), mark.change)
    moment = when(wanted, start=start)
    roadmap, number = at(path, moment)
    day = moment.date()
    told = words.day(day) if number else words("compared.before", day=words.day(day))
    return Then(roadmap, day, told, number)


def roadmap_at(desk: Desk, name: str) -> Then:
    """The roadmap as `--at` wants it, a day or a snapshot's name, or as it is now."""
    if not desk.options.at:
        day = now().date()
        return Then(desk.stored(name), day, desk.words.day(day))
    held = then(desk, name, desk.options.at)
    return held._replace(day=min(held.day, date.today()))


# history


def history(desk: Desk) -> int:
    """Print what was changed, the newest first."""
    from lfroadmap.report.ledger import Filter

    options, words = desk.options, desk.words
    most = _most(options.limit)
    wanted = Filter(options.text or "", options.card or "", options.author or "")
    fitting = (line for line in _lines(desk) if wanted.fits(line, words))
    lines = list(islice(fitting, most or None))
    if options.json:
        print_json([line.plain() for line in lines])
    elif not lines:
        desk.say("history.empty")
    else:
        print("\n".join(_printed(lines, desk)))
    return DONE


def _most(limit: str | None) -> int:
    """How many changes are printed, 0 for all of them; raises UsageError."""
    if limit is None:
        return SHOWN
    number = whole_number(limit, MOST)
    if number is None:
        raise UsageError("limit_number", most=f"{MOST:,}")
    return number


def _lines(desk: Desk) -> Iterator[Line]:
    from lfroadmap.report.history import Teller
    from lfroadmap.report.known import Known
    from lfroadmap.report.ledger import lines
    from lfroadmap.store.history import Sought, every

    name, options = desk.chosen_name(), desk.options
    sought = Sought(
        since=when(options.since, start=True) if options.since else None,
        until=when(options.until) if options.until else None,
    )
    teller = Teller(Known(desk.stored(name)), desk.words)
    return lines(every(desk.shelf.path(name), sought), teller)


def _printed(lines: Iterable[Line], desk: Desk) -> Iterator[str]:
    """A line each: when, who, where, what."""
    lines = tuple(lines)
    who = max(len(one_line(line.author)) for line in lines)
    for line in lines:
        at = f"{desk.words.day(line.at.date())} {line.at:%H:%M}"
        where = f"{one_line(line.told.card)}: " if line.told.card else ""
        yield f"{at:<16}  {one_line(line.author):<{who}}  {where}{line.told.sentence}"


# snapshots


def snapshot(desk: Desk) -> int:
    """List the moments that were marked; mark this one; bring one back."""
    name, options = desk.chosen_name(), desk.options
    if options.save:
        edit(desk, name, mark=options.save)
        desk.say("cli.snapshot_made", name=options.save)
    elif options.restore:
        _restore(desk, name, options.restore)
    else:
        _list(desk, name)
    return DONE


def _restore(desk: Desk, name: str, wanted: str) -> None:
    from lfroadmap.roadmap.batch import ResetAll
    from lfroadmap.roadmap.difference import difference
    from lfroadmap.store.past import Past

    mark = _marked(desk, name, wanted)
    if mark is None:
        known = ", ".join(one_line(mark.name) for mark in _marks(desk, name) if mark.name) or "—"
        raise RoadmapError("no_snapshot", name=wanted, known=known)
    held = Past(desk.shelf.path(name)).whole_at(mark.change)
    if difference(desk.stored(name), held):
        edit(desk, name, ResetAll(held))
    desk.say("cli.snapshot_restored", name=wanted)


def _list(desk: Desk, name: str) -> None:
    marks = _marks(desk, name)
    if desk.options.json:
        print_json([_plain(mark) for mark in marks])
    elif not marks:
        desk.say("cli.no_snapshots")
    else:
        for mark in marks:
            at = f"{desk.words.day(mark.at.date())} {mark.at:%H:%M}"
            told = one_line(mark.name) or desk.words(f"snapshots.before_{mark.kind}")
            print(f"{mark.id:>4}  {at:<16}  {told}  ({one_line(mark.author)})")


def _plain(mark: Mark) -> dict[str, object]:
    at = mark.at.isoformat("T", "seconds")
    return {"id": mark.id, "name": mark.name, "kind": mark.kind, "time": at, "author": mark.author}


def _marks(desk: Desk, name: str) -> tuple[Mark, ...]:
    from lfroadmap.store.history import marks

    return marks(desk.shelf.path(name))


def _marked(desk: Desk, name: str, wanted: str) -> Mark | None:
    from lfroadmap.store.history import marked

    return marked(desk.shelf.path(name), wanted)


# the bin


def remove(desk: Desk) -> int:
    """Move a roadmap into the bin."""
    from lfroadmap.store.bin import throw_away

    name = desk.needed("name", "remove")
    throw_away(desk.shelf, name)
    desk.say("cli.removed", name=name)
    return DONE


def bin_(desk: Desk) -> int:
    """List what was removed, bring one thing back, or empty the bin: a roadmap's, or that of the roadmaps."""
    if desk.options.name:
        return _bin_of_parts(desk, desk.chosen_name())
    return _bin_of_roadmaps(desk)


def _bin_of_roadmaps(desk: Desk) -> int:
    from lfroadmap.store.bin import binned, empty, take_back

    held, options = binned(desk.shelf), desk.options
    if options.restore:
        found = next((one for one in held if one.name == options.restore), None)
        if found is None:
            raise RoadmapError("not_in_bin", name=options.restore)
        desk.say("cli.back", name=take_back(desk.shelf, found))
    elif options.empty:
        if held and _sure(desk, desk.words.plural("cli.ask_empty", len(held))):
            empty(desk.shelf, held)
            _tell_emptied(desk, len(binned(desk.shelf)))
        return DONE
    else:
        rows = [(one.name, one.at, "", desk.words("cli.a_roadmap"), one.name, True) for one in held]
        _print_bin(desk, rows)
    return DONE


def _bin_of_parts(desk: Desk, name: str) -> int:
    from lfroadmap.store.history import removed
    from lfroadmap.usecases.removed import binned

    def held() -> tuple[Roadmap, tuple[Binned, ...]]:
        roadmap = desk.stored(name)
        return roadmap, binned(removed(desk.shelf.path(name), roadmap), roadmap, desk.words)

    if desk.options.restore:
        _put_back(desk, name, held)
    elif desk.options.empty:
        _empty_parts(desk, name, held)
    else:
        _print_bin(desk, [(b.node, b.at, b.author, b.kind, b.name, b.can_return) for b in held()[1]])
    return DONE


def _put_back(desk: Desk, name: str, held: Callable[[], tuple[Roadmap, tuple[Binned, ...]]]) -> None:
    wanted = desk.options.restore
    for _ in range(TRIES):
        roadmap, parts = held()
        found = next((one for one in parts if wanted in (one.node, one.name)), None)
        if found is None:
            raise RoadmapError("not_in_bin", name=wanted)
        if not found.can_return:
            raise RoadmapError("bin_homeless", name=found.name, home=found.home)
        if edit(desk, name, found.back, shown=roadmap):
            desk.say("cli.back", name=found.name)
            return
    raise outdated(desk, name)


def _empty_parts(desk: Desk, name: str, held: Callable[[], tuple[Roadmap, tuple[Binned, ...]]]) -> None:
    """Empty the bin of what is counted in the question, and of nothing that comes into it meanwhile."""
    _, parts = held()
    if parts and _sure(desk, desk.words.plural("bin.empty_body", len(parts)) + desk.words("cli.ask_sure")):
        edit(desk, name, empty=max(one.number for one in parts))
        _tell_emptied(desk, len(held()[1]))


def _tell_emptied(desk: Desk, left: int) -> None:
    """Say that the bin was emptied, and how much came into it meanwhile."""
    desk.say("bin.emptied")
    if left:
        print(clean(desk.words.plural("cli.bin_left", left)))


def _print_bin(desk: Desk, rows: list[tuple[str, datetime, str, str, str, bool]]) -> None:
    """Print an id, when, by whom, what it is and what it is called."""
    if desk.options.json:
        names = ("id", "time", "author", "kind", "name", "restorable")
        told = [dict(zip(names, (r[0], r[1].isoformat("T", "seconds"), *r[2:]), strict=True)) for r in rows]
        print_json(told)
    elif not rows:
        desk.say("bin.none")
    else:
        for node, at, who, kind, name, _ in rows:
            day = f"{desk.words.day(at.date())} {at:%H:%M}"
            print(f"{one_line(node)}  {day}  {one_line(who)}  {kind}: {one_line(name)}")


def _sure(desk: Desk, question: str) -> bool:
    """Whether the person says yes, on the command line or when asked; without a terminal silence is a no."""
    if desk.options.yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError("needs_yes")
    return says_yes(question)
