"""`calc`: a funnel, a pipeline, or unit economics from numbers, a table or a card; no roadmap is changed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeVar

from lfroadmap.cli.argument_kinds import OPTIONS_OF_VERBS
from lfroadmap.cli.context import Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional, words_of
from lfroadmap.cli.output import print_json
from lfroadmap.errors import RoadmapError, UsageError

if TYPE_CHECKING:
    from fractions import Fraction

    from lfroadmap.imports.deal_table import DealTable
    from lfroadmap.roadmap.calculators.funnel import Funnel
    from lfroadmap.words import Words

DONE, NOT_DONE = 0, 1
ROWS = 30
"""Deals and bad rows that are printed at most; JSON has all of them."""
MOST_STEPS = 8
"""Steps that an error names at most."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CalcOptions:
    """The options of `calc`."""

    verb: str | None = positional()
    words: tuple[str, ...] = words_of()
    what_if: str | None = option("--what-if")
    map: str | None = option("--map")
    order: str | None = option("--order")
    spend: str | None = option("--spend")
    customers: str | None = option("--customers")
    value: str | None = option("--value")
    months: str | None = option("--months")
    card: str | None = option("--card")
    within: str | None = option("--in")
    json: bool = flag("--json")


CalcContext = CommandContext[CalcOptions]
_OPTIONS = OPTIONS_OF_VERBS["calc"]
VERBS = tuple(filter(None, _OPTIONS))
CARD = ""
"""In place of a verb: the calculators of a card."""
_NAMES = {"what_if": "what-if", "within": "in"}
"""Field of the options -> how the option is written, where that is another word."""


def calc(context: CalcContext) -> int:
    """Calculate, and print the result as bars and formulas, or as JSON."""
    options = context.options
    if options.card and not options.verb:
        _check_options(options, CARD)
        return _card(context)
    if not options.verb:
        raise UsageError("missing_argument", argument="|".join(VERBS), command="calc")
    verb = options.verb
    if verb not in _OPTIONS:
        raise UsageError("no_verb", name=verb, command="calc", known=", ".join(VERBS))
    _check_options(options, verb)
    return {"funnel": _funnel, "pipeline": _pipeline, "unit": _unit}[verb](context)


def _check_options(options: CalcOptions, verb: str) -> None:
    """Raise UsageError for an option of another calculator."""
    for each in fields(options):
        shown = f"--{_NAMES.get(each.name, each.name)}"
        is_other = each.name not in ("verb", "words", "json") and shown not in _OPTIONS[verb]
        if is_other and getattr(options, each.name) is not None:
            raise UsageError("unknown_argument", argument=shown, command=f"calc {verb}".strip())


def _number(read: Callable[[str], T], typed: str, argument: str) -> T:
    """A number as typed; raises UsageError that says why it is none."""
    from lfroadmap.roadmap.calculators.numbers import NumberFault

    try:
        return read(typed)
    except NumberFault as error:
        why = RoadmapError(f"number_{error.fault}")
        raise UsageError("calc_number", argument=argument, typed=typed.strip()[:80], why=why) from error


def _funnel(context: CalcContext) -> int:
    from lfroadmap.roadmap.calculators.funnel import Count, funnel
    from lfroadmap.roadmap.calculators.numbers import count_of

    counts = []
    for n, word in enumerate(context.options.words, 1):
        name, sign, number = word.rpartition("=")
        if sign and not (name.strip() and number.strip()):
            raise UsageError("calc_count", word=word.strip()[:80])
        counts.append(Count(name.strip() or str(n), _number(count_of, number, "COUNT")))
    if len(counts) < 2:
        raise UsageError("calc_counts")
    found = funnel(counts)
    changed = _changed_rates(context.options.what_if, found, context.words)
    if context.options.json:
        from lfroadmap.usecases.calculations import funnel_json

        print_json(funnel_json(found, changed))
    else:
        from lfroadmap.report.calculators.funnel_report import funnel_report

        context.output.report(funnel_report(found, context.words, changed))
    return DONE


def _changed_rates(typed: str | None, found: Funnel, words: Words) -> Mapping[int, Fraction]:
    """The rates of `1=30%; 2=0.4` by step; raises UsageError."""
    from lfroadmap.cli.context import whole_number
    from lfroadmap.roadmap.calculators.funnel import reaches
    from lfroadmap.roadmap.calculators.numbers import share_of

    changed: dict[int, Fraction] = {}
    for part in (typed or "").split(";") if typed else ():
        step, sign, rate = part.rpartition("=")
        place = whole_number(step, len(found.steps)) or _place_of(step, found)
        if not sign or not place or place in changed:
            raise UsageError(
                "calc_what_if", part=part.strip()[:80], most=len(found.steps), steps=_steps(found, words)
            )
        changed[place] = _number(share_of, rate, "--what-if")
    for place in changed:
        if not reaches(found, changed, place):
            raise UsageError("calc_nobody", step=place, stage=found.steps[place - 1].before.name)
    return changed


def _place_of(named: str, found: Funnel) -> int:
    """The step that leads to the stage of a name; 0 where none does, or several do, and for a number."""
    from lfroadmap.roadmap.named_nodes import likest_of

    likest = likest_of(named, {step.place: (step.after.name,) for step in found.steps})
    return likest[0] if len(likest) == 1 and not named.strip().isdecimal() else 0


def _steps(found: Funnel, words: Words) -> str:
    """The first steps with their numbers and stages."""
    from lfroadmap.report.calculators.figures import format_step

    shown = [f"{step.place}: {format_step(step, words)}" for step in found.steps[:MOST_STEPS]]
    return ", ".join([*shown, *(["…"] if len(found.steps) > MOST_STEPS else [])])


def _unit(context: CalcContext) -> int:
    from lfroadmap.roadmap.calculators.numbers import count_of, currency_of, quantity
    from lfroadmap.roadmap.calculators.unit_economics import UnitEconomics

    options = context.options
    if options.words:
        raise UsageError("unknown_argument", argument=options.words[0], command="calc unit")
    found = UnitEconomics(
        _given(lambda typed: quantity(typed, "money"), options.spend, "--spend"),
        _given(count_of, options.customers, "--customers"),
        _given(lambda typed: quantity(typed, "money"), options.value, "--value"),
        _given(lambda typed: quantity(typed, "months"), options.months, "--months"),
    )
    signs = dict.fromkeys(filter(None, map(currency_of, (options.spend or "", options.value or ""))))
    if len(signs) > 1:
        raise UsageError("calc_currencies", signs=", ".join(signs))
    if options.json:
        from lfroadmap.usecases.calculations import unit_json

        print_json(unit_json(found))
    else:
        from lfroadmap.report.calculators.unit_report import unit_report

        context.output.report(unit_report(found, context.words))
    return DONE


def _given(read: Callable[[str], T], typed: str | None, argument: str) -> T:
    if typed is None:
        raise UsageError("missing_argument", argument=argument, command="calc unit")
    return _number(read, typed, argument)


def _pipeline(context: CalcContext) -> int:
    """Calculate a table of deals; the status is 1 where none of its rows can be counted."""
    from lfroadmap.roadmap.calculators.deals import deal_rows
    from lfroadmap.usecases.calculations import parse_order, pipeline_json, pipeline_of

    table = _table(context)
    rows = deal_rows(table.rows)
    found = pipeline_of(rows, parse_order(context.options.order))
    if context.options.json:
        print_json(pipeline_json(found, rows))
    else:
        from lfroadmap.report.calculators.pipeline_report import pipeline_report

        context.output.report(pipeline_report(found, rows, context.words, table, limit=ROWS))
    return DONE if rows.deals else NOT_DONE


def _table(context: CalcContext) -> DealTable:
    """The table of a file or of the standard input; raises RoadmapError."""
    from lfroadmap.imports.deal_table import read_deals
    from lfroadmap.usecases.import_file import parse_mapping

    path, *more = context.options.words or ("",)
    if more:
        raise UsageError("unknown_argument", argument=more[0], command="calc pipeline")
    path = needed(path, "file", "calc pipeline")
    piped = sys.stdin.buffer if path == "-" else None
    return read_deals(path, piped, parse_mapping(context.options.map or ""))


def _card(context: CalcContext) -> int:
    """Print the calculators of a card; raises RoadmapError where it has none."""
    from lfroadmap.machine import new_id, now
    from lfroadmap.roadmap.model import Card
    from lfroadmap.usecases.plan_edits import EditSource, PlanEdits

    roadmap, at = context.stored(context.chosen_name(context.options.within)), now()
    plan = PlanEdits(roadmap, context.words, EditSource(at.date(), at, new_id))
    card = plan.one(Card, context.options.card or "").node
    assert isinstance(card, Card)
    if not card.calculators:
        raise RoadmapError("no_calculators", card=plan.name(card))
    if context.options.json:
        from lfroadmap.usecases.calculations import card_json

        print_json(card_json(card, plan.labels))
        return DONE
    from lfroadmap.report.calculators.card_report import calculator_report

    for calculator in card.calculators:
        context.output.report(calculator_report(calculator, plan.labels, context.words, limit=ROWS))
    return DONE


CALC = Command(CalcOptions, calc, needs_library=False)
