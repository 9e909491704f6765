"""`calculator`: adding, renaming and removing the calculators of cards, and the rows of their tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.cli.context import Command, CommandContext, needed
from lfroadmap.cli.options import option
from lfroadmap.cli.plan_changes import change, needed_words
from lfroadmap.cli.structuring import StageOptions, agrees
from lfroadmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lfroadmap.usecases.plan_edits import Made, PlanEdits

VERBS = ("add", "rename", "remove", "add-row", "rename-row", "remove-row")


@dataclass(frozen=True, slots=True)
class CalculatorOptions(StageOptions):
    """The options of `calculator`."""

    card: str | None = option("--card")
    kind: str | None = option("--kind")
    to: str | None = option("--to")


CalculatorContext = CommandContext[CalculatorOptions]


def calculator(context: CalculatorContext) -> int:
    """Add, rename or remove a calculator of a card, or a row of its table."""
    from lfroadmap.usecases import calculator_edits as edits

    options = context.options
    verb = needed(options.verb, "|".join(VERBS), "calculator")
    if verb not in VERBS:
        raise UsageError("no_verb", name=verb, command="calculator", known=", ".join(VERBS))
    command = f"calculator {verb}"
    if verb == "add":
        title = needed_words(options.words, "title", command)
        card, kind = needed(options.card, "--card", command), needed(options.kind, "--kind", command)
        return change(context, options, lambda plan: edits.add_calculator(plan, card, kind, title))
    if verb == "add-row":
        name = needed_words(options.words, "name", command)
        above = needed(options.to, "--to", command)
        return change(context, options, lambda plan: edits.add_row(plan, above, name))
    if verb.startswith("rename"):
        return _rename(context, edits.rename_row if verb.endswith("row") else edits.rename_calculator)
    removed = needed_words(options.words, "name", command)
    make = edits.remove_row if verb.endswith("row") else edits.remove_calculator
    return change(context, options, lambda plan: make(plan, removed), partial(agrees, context, options.yes))


def _rename(context: CalculatorContext, make: Callable[[PlanEdits, str, str], Made]) -> int:
    """Give the calculator or the row that the first word names the name in the other words."""
    command = f"calculator {context.options.verb}"
    named, *rest = context.options.words or ("",)
    needed(named, "name", command)
    title = needed_words(tuple(rest), "title", command)
    return change(context, context.options, lambda plan: make(plan, named, title))


CALCULATOR = Command(CalculatorOptions, calculator)
