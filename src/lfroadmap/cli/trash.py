"""`remove` and `bin`: what was removed, of a roadmap and of the roadmaps."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from lfroadmap.cli.apply_edit import TRIES, apply_edit, outdated
from lfroadmap.cli.context import CommandContext, says_yes
from lfroadmap.cli.output import print_json
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import clean, one_line

if TYPE_CHECKING:
    from lfroadmap.usecases.removed import RemovedEntry

DONE = 0


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
