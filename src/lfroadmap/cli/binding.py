"""`bind`: KPIs that are bound to measures of flows, which `measure --into` fills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lfroadmap.cli.context import Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional, words_of
from lfroadmap.cli.output import print_json
from lfroadmap.cli.plan_changes import change, needed_words
from lfroadmap.errors import UsageError

if TYPE_CHECKING:
    from lfroadmap.usecases.plan_edits import PlanEdits

DONE = 0


@dataclass(frozen=True, slots=True)
class BindOptions:
    """The options of `bind`."""

    name: str | None = positional("KPI")
    measure: tuple[str, ...] = words_of()
    channel: str | None = option("--channel")
    segment: str | None = option("--segment")
    remove: bool = flag("--remove")
    json: bool = flag("--json")
    within: str | None = option("--in")
    quiet: bool = flag("--quiet")


def bind(context: CommandContext[BindOptions]) -> int:
    """Bind a KPI to a measure, or to none; alone, list what is bound and what can be."""
    from lfroadmap.usecases import bindings

    options = context.options
    named, typed = options.name or "", options.measure
    if not named:
        _refuse(remove=options.remove, channel=options.channel, segment=options.segment)
        return _list(context)
    if options.json:
        raise UsageError("bind_json")
    if options.remove:
        _refuse(channel=options.channel, segment=options.segment)
        if typed:
            raise UsageError("bind_remove")
        return change(context, options, lambda plan: bindings.unbind(plan, named))
    needed("".join(typed).strip(), "MEASURE", "bind")
    measure = needed_words(typed, "MEASURE", "bind")
    channel, segment = options.channel or "", options.segment or ""
    return change(context, options, lambda plan: bindings.bind(plan, named, measure, channel, segment))


def _refuse(**given: object) -> None:
    """Raise UsageError for an option that needs a KPI and a measure."""
    for name, value in given.items():
        if value:
            raise UsageError("bind_needs", option=f"--{name}")


def _list(context: CommandContext[BindOptions]) -> int:
    """Print what each KPI is bound to, and the measures."""
    name = context.chosen_name(context.options.within)
    plan = _plan(context, name)
    if context.options.json:
        from lfroadmap.usecases.bindings import bindings_json

        print_json(bindings_json(plan, name, plan.roadmap.kpis))
    else:
        from lfroadmap.usecases.measure_into_report import bindings_report

        context.output.report(bindings_report(plan, name))
    return DONE


def _plan(context: CommandContext[BindOptions], name: str) -> PlanEdits:
    from lfroadmap.machine import new_id, now
    from lfroadmap.usecases.plan_edits import EditSource, PlanEdits

    at = now()
    return PlanEdits(context.stored(name), context.words, EditSource(at.date(), at, new_id))


BIND = Command(BindOptions, bind)
