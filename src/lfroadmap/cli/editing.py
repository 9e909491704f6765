"""`add`, `set`, `tick`, `untick`, `move`, `kpi` and `note`: the daily work on a roadmap."""

from __future__ import annotations

from dataclasses import dataclass

from lfroadmap.cli.context import Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional, words_of
from lfroadmap.cli.plan_changes import change, needed_words


@dataclass(frozen=True, slots=True)
class AddOptions:
    """The options of `add`."""

    words: tuple[str, ...] = words_of()
    card: str | None = option("--card")
    due: str | None = option("--due")
    owner: str | None = option("--owner")
    within: str | None = option("--in")
    quiet: bool = flag("--quiet")


@dataclass(frozen=True, slots=True)
class SetOptions:
    """The options of `set`."""

    name: str | None = positional()
    value: tuple[str, ...] = words_of()
    within: str | None = option("--in")
    quiet: bool = flag("--quiet")


@dataclass(frozen=True, slots=True)
class KpiOptions:
    """The options of `kpi`."""

    name: str | None = positional()
    value: tuple[str, ...] = words_of()
    at: str | None = option("--at")
    within: str | None = option("--in")
    quiet: bool = flag("--quiet")


@dataclass(frozen=True, slots=True)
class NoteOptions:
    """The options of `note`."""

    name: str | None = positional()
    words: tuple[str, ...] = words_of()
    within: str | None = option("--in")
    quiet: bool = flag("--quiet")


@dataclass(frozen=True, slots=True)
class TaskOptions:
    """The options of `tick` and `untick`."""

    task: tuple[str, ...] = words_of()
    within: str | None = option("--in")
    quiet: bool = flag("--quiet")


@dataclass(frozen=True, slots=True)
class MoveOptions:
    """The options of `move`."""

    task: tuple[str, ...] = words_of()
    card: str | None = option("--card")
    within: str | None = option("--in")
    quiet: bool = flag("--quiet")


def add(context: CommandContext[AddOptions]) -> int:
    """Add a task to a card."""
    options = context.options
    typed = needed_words(options.words, "words", "add")
    card = needed(options.card, "--card", "add")
    return change(
        context, options, lambda plan: plan.add_task(card, typed, due=options.due, owner=options.owner)
    )


def set_(context: CommandContext[SetOptions]) -> int:
    """Fill a field of a card or a cell of its calculator; an empty value empties it."""
    from lfroadmap.usecases.calculator_edits import set_value

    field = needed(context.options.name, "card.field", "set")
    value = _value(context.options.value, "set")
    return change(context, context.options, lambda plan: set_value(plan, field, value))


def kpi(context: CommandContext[KpiOptions]) -> int:
    """Set the current value of a KPI, or its value on a day; an empty one empties it."""
    options = context.options
    name = needed(options.name, "name", "kpi")
    value = _value(options.value, "kpi")
    return change(context, options, lambda plan: plan.set_kpi(name, value, options.at))


def _value(typed: tuple[str, ...], command: str) -> str:
    """The value that was typed, which may be empty but not left out; raises UsageError."""
    return "" if typed == ("",) else needed_words(typed, "value", command)


def note(context: CommandContext[NoteOptions]) -> int:
    """Write a note on a card or a task."""
    name = needed(context.options.name, "card|task", "note")
    text = needed_words(context.options.words, "words", "note")
    return change(context, context.options, lambda plan: plan.add_note(name, text))


def tick(context: CommandContext[TaskOptions]) -> int:
    """Tick a task."""
    task = needed_words(context.options.task, "task", "tick")
    return change(context, context.options, lambda plan: plan.tick(task))


def untick(context: CommandContext[TaskOptions]) -> int:
    """Take the tick off a task."""
    task = needed_words(context.options.task, "task", "untick")
    return change(context, context.options, lambda plan: plan.tick(task, done=False))


def move(context: CommandContext[MoveOptions]) -> int:
    """Move a task to another card."""
    task = needed_words(context.options.task, "task", "move")
    card = needed(context.options.card, "--card", "move")
    return change(context, context.options, lambda plan: plan.move_task(task, card))


ADD = Command(AddOptions, add)
SET = Command(SetOptions, set_)
TICK = Command(TaskOptions, tick)
UNTICK = Command(TaskOptions, untick)
MOVE = Command(MoveOptions, move)
KPI = Command(KpiOptions, kpi)
NOTE = Command(NoteOptions, note)
