"""`history`: what was changed, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext, Command, CommandContext, whole_number
from lfroadmap.cli.options import flag, option, positional
from lfroadmap.cli.output import print_json
from lfroadmap.errors import UsageError
from lfroadmap.machine import now
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine

DONE = 0
SHOWN = 50
"""Changes that are printed without `--limit`."""
MOST = 1_000_000_000
"""The largest number that `--limit` takes."""


@dataclass(frozen=True, slots=True)
class HistoryOptions:
    """The options of `history`."""

    name: str | None = positional()
    card: str | None = option("--card")
    author: str | None = option("--author")
    since: str | None = option("--since")
    until: str | None = option("--until")
    text: str | None = option("--text")
    limit: str | None = option("--limit")
    json: bool = flag("--json")


def history(context: CommandContext[HistoryOptions]) -> int:
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
        narrowed = any((options.card, options.author, options.since, options.until, options.text))
        context.say("history.empty" if narrowed else "history.none")
    else:
        context.output.rows([_row(line, context) for line in lines_of])
    return DONE


def _most(limit: str | None) -> int:
    """How many changes are printed, 0 for all of them; raises UsageError."""
    if limit is None:
        return SHOWN
    number = whole_number(limit, MOST)
    if number is None:
        raise UsageError("limit_number", most=f"{MOST:,}")
    return number


def _lines(context: CommandContext[HistoryOptions]) -> Iterator[HistoryLine]:
    from lfroadmap.report.change_log import lines_of
    from lfroadmap.report.history import ChangeFormatter
    from lfroadmap.report.node_index import NodeIndex
    from lfroadmap.store.history.queries import HistoryQuery, every
    from lfroadmap.usecases.points_in_time import when
    from lfroadmap.usecases.reader import reader

    options, today = context.options, now().date()
    name = context.chosen_name(options.name)
    query = HistoryQuery(
        since=when(options.since, today, start=True) if options.since else None,
        until=when(options.until, today) if options.until else None,
    )
    formatter = ChangeFormatter(NodeIndex(context.stored(name)), context.words, reader=reader())
    return lines_of(every(context.library.path(name), query), formatter)


def _row(line: HistoryLine, context: AnyContext) -> tuple[str, ...]:
    """When, who, and where what was changed."""
    from lfroadmap.report.history import with_card

    at = f"{context.words.day(line.at.date())} {line.at:%H:%M}"
    return at, one_line(line.who), with_card(line.change, context.words)


HISTORY = Command(HistoryOptions, history)
