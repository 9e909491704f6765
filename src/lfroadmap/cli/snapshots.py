"""`snapshot`: the moments that were marked in a roadmap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lfroadmap.cli.apply_edit import apply_edit
from lfroadmap.cli.context import AnyContext, Command, CommandContext
from lfroadmap.cli.options import flag, option, positional
from lfroadmap.cli.output import print_json
from lfroadmap.errors import RoadmapError
from lfroadmap.text import one_line
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from lfroadmap.store.history.change_entries import MarkedMoment

DONE = 0


@dataclass(frozen=True, slots=True)
class SnapshotOptions:
    """The options of `snapshot`."""

    name: str | None = positional()
    save: str | None = option("--save")
    restore: str | None = option("--restore")
    json: bool = flag("--json")


def snapshot(context: CommandContext[SnapshotOptions]) -> int:
    """List the moments that were marked; mark this one; bring one back."""
    options = context.options
    name = context.chosen_name(options.name)
    if options.save:
        apply_edit(context, name, mark=options.save)
        context.say("cli.snapshot_made", name=options.save)
    elif options.restore:
        _restore(context, name, options.restore)
    else:
        _list(context, name, as_json=options.json)
    return DONE


def _restore(context: AnyContext, name: str, wanted: str) -> None:
    from lfroadmap.roadmap.batch import ResetAll
    from lfroadmap.roadmap.difference import difference
    from lfroadmap.store.history.time_travel import TimeTravel

    mark = _marked(context, name, wanted)
    if mark is None:
        known = [one_line(mark.name) for mark in _marks(context, name) if mark.name]
        raise RoadmapError("no_snapshot", name=wanted, known=known, id=SafeText(context.library.ids()[name]))
    roadmap = TimeTravel(context.library.path(name), context.notify).whole_at(mark.change)
    if difference(context.stored(name), roadmap):
        apply_edit(context, name, ResetAll(roadmap))
    context.say("cli.snapshot_restored", name=wanted)


def _list(context: AnyContext, name: str, *, as_json: bool) -> None:
    marks = _marks(context, name)
    if as_json:
        from lfroadmap.usecases.snapshot_list import plain_mark

        print_json([plain_mark(mark) for mark in marks])
    elif not marks:
        context.say("cli.no_snapshots")
    else:
        context.output.rows([_row(context, mark) for mark in marks])


def _row(context: AnyContext, mark: MarkedMoment) -> tuple[str, ...]:
    """Its number, when it was, its title and who saved it."""
    at = f"{context.words.day(mark.at.date())} {mark.at:%H:%M}"
    title = one_line(mark.name) or context.words(f"snapshots.before_{mark.kind}")
    return f"{mark.id:>4}", at, f"{title}  ({one_line(mark.author)})"


def _marks(context: AnyContext, name: str) -> tuple[MarkedMoment, ...]:
    from lfroadmap.store.history.queries import marks

    return marks(context.library.path(name))


def _marked(context: AnyContext, name: str, wanted: str) -> MarkedMoment | None:
    from lfroadmap.store.history.queries import marked

    return marked(context.library.path(name), wanted)


SNAPSHOT = Command(SnapshotOptions, snapshot)
