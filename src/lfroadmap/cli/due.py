"""`due`: what is due in all roadmaps, printed without opening those that did not change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext, Command, CommandContext, whole_number
from lfroadmap.cli.options import flag, option
from lfroadmap.cli.output import print_json
from lfroadmap.errors import UsageError
from lfroadmap.machine import now

if TYPE_CHECKING:
    from lfroadmap.roadmap.due import Due
    from lfroadmap.roadmap.portfolio import PlacedItem


@dataclass(frozen=True, slots=True)
class DueOptions:
    """The options of `due`."""

    days: str | None = option("--days")
    owner: str | None = option("--owner")
    within: str | None = option("--in")
    json: bool = flag("--json")


def due(context: CommandContext[DueOptions]) -> int:
    """Print what is late, due today, this week, and behind it."""
    options = context.options
    found = find_due(context, options.days, options.owner, options.within)
    status = context.report_unread(found.unreadable)
    if options.json:
        from lfroadmap.usecases.due import plain

        print_json(plain(found, context.words))
    elif found.items:
        context.output.rows([*_rows(context, found)])
    else:
        say_nothing_due(context, found)
    return status


def say_nothing_due(context: AnyContext, found: Due) -> None:
    """Print that nothing is due, and up to when."""
    words, days = context.words, found.days
    context.output.text(words.plural("due.nothing", days) if days else words("due.nothing_today"))


def find_due(context: AnyContext, days: str | None, owner: str | None, within: str | None) -> Due:
    """What is due as options ask for it; raises UsageError and RoadmapError."""
    from lfroadmap.roadmap.due import DAYS, MOST_DAYS
    from lfroadmap.usecases import due as usecase

    number = DAYS if days is None else whole_number(days, MOST_DAYS)
    if number is None:
        raise UsageError("due_days", most=MOST_DAYS)
    name = None if within is None else context.chosen_name(within)
    asked = usecase.Question(number, owner, name)
    risk_days = context.settings.thresholds.risk_days
    return usecase.due(context.library, context.words, now().date(), risk_days, asked)


def _rows(context: AnyContext, found: Due) -> Iterator[tuple[str, ...]]:
    """A heading for each span, with its items below."""
    for span, items in found.spans().items():
        if items:
            yield context.words(f"due.{span}"), "", "", ""
            for each in items:
                yield _row(context, found, each)


def _row(context: AnyContext, found: Due, each: PlacedItem) -> tuple[str, ...]:
    from lfroadmap.report.formatting import HEALTH_SIGNS, format_days
    from lfroadmap.text import dotted, one_line

    labels, item, words = each.member.labels, each.item, context.words
    own = one_line(labels.of(item.node))
    what = dotted(own, one_line(labels.of(item.card)), words.direction) if item.task else own
    days = format_days((item.day - found.day).days, words)
    when = f"  {HEALTH_SIGNS[each.health]} {days}"
    # what is longest stands last: a terminal that has no room breaks it alone
    return when, one_line(each.owner), each.member.name, what


DUE = Command(DueOptions, due)
