"""`wait`, `moves` and `repeat`: what waits for what, what moves which KPI, and tasks that come again."""

from __future__ import annotations

from dataclasses import dataclass

from lfroadmap.cli.context import Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional, words_of
from lfroadmap.cli.plan_changes import change, needed_words


@dataclass(frozen=True, slots=True)
class WaitOptions:
    """The options of `wait`."""

    task: tuple[str, ...] = words_of()
    target: str | None = option("--for")
    remove: bool = flag("--remove")
    within: str | None = option("--in")
    quiet: bool = flag("--quiet")


@dataclass(frozen=True, slots=True)
class MovesOptions:
    """The options of `moves`."""

    name: str | None = positional("CARD")
    kpi: tuple[str, ...] = words_of()
    remove: bool = flag("--remove")
    within: str | None = option("--in")
    quiet: bool = flag("--quiet")


@dataclass(frozen=True, slots=True)
class RepeatOptions:
    """The options of `repeat`."""

    name: str | None = positional("TASK")
    rule: tuple[str, ...] = words_of()
    within: str | None = option("--in")
    quiet: bool = flag("--quiet")


def wait(context: CommandContext[WaitOptions]) -> int:
    """Let a card or a task wait for another one, or no longer."""
    from lfroadmap.usecases import relation_edits

    options = context.options
    named = needed_words(options.task, "CARD|TASK", "wait")
    target = needed(options.target, "--for", "wait")
    make = relation_edits.stop_waiting if options.remove else relation_edits.wait
    return change(context, options, lambda plan: make(plan, named, target))


def moves(context: CommandContext[MovesOptions]) -> int:
    """Name a KPI that a card moves, or no longer."""
    from lfroadmap.usecases import relation_edits

    options = context.options
    card = needed(options.name, "CARD", "moves")
    kpi = needed_words(options.kpi, "KPI", "moves")
    make = relation_edits.stop_moving if options.remove else relation_edits.move_kpi
    return change(context, options, lambda plan: make(plan, card, kpi))


def repeat(context: CommandContext[RepeatOptions]) -> int:
    """Let a task come again after each tick, or no longer."""
    from lfroadmap.usecases import relation_edits

    task = needed(context.options.name, "TASK", "repeat")
    rule = needed_words(context.options.rule, "RULE", "repeat")
    return change(context, context.options, lambda plan: relation_edits.repeat(plan, task, rule))


WAIT = Command(WaitOptions, wait)
MOVES = Command(MovesOptions, moves)
REPEAT = Command(RepeatOptions, repeat)
