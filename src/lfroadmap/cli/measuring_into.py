"""`measure --into` and `measure --again`: measured figures as the values of a roadmap's KPIs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.cli import measuring
from lfroadmap.cli.context import Command
from lfroadmap.cli.measuring_files import check_targets, write_lists
from lfroadmap.cli.measuring_options import MeasureContext, MeasureOptions
from lfroadmap.cli.output import print_json
from lfroadmap.cli.plan_changes import make_and_apply, report_change
from lfroadmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from lfroadmap.flows.parameters import Parameters
    from lfroadmap.flows.sources.engine import Engine
    from lfroadmap.roadmap.flow_figures import FlowFigures
    from lfroadmap.roadmap.measured_values import Source
    from lfroadmap.usecases.measure_run import Pair
    from lfroadmap.usecases.measure_setup import MeasureSetup
    from lfroadmap.usecases.measurement import Measurement, Sources
    from lfroadmap.usecases.plan_edits import Made, PlanEdits

DONE = 0
_ELSEWHERE = ("explain", "sql", "results", "sample")
_NOT_AGAIN = (
    "map", "kinds", "tz", "dates", "identities", "gap", "window", "look_back", "as_of", "steps", "weights",
    "channel", "segment", "since", "period",
)  # fmt: skip
"""Options whose values are remembered with the roadmap, or have no place there."""
_OF_SOME = ("channel", "segment", "since")
"""Options that leave out customers or events, of which a KPI says nothing unless it is bound to them."""


class Target(NamedTuple):
    """A roadmap to fill, and how it is measured."""

    name: str
    setup: MeasureSetup


def measure(context: MeasureContext) -> int:
    """Measure the sources; with `--into` or `--again` for a roadmap."""
    options = context.options
    if options.yes and options.into is None and not options.again:
        raise UsageError("into_needs_roadmap", option="--yes")
    if options.into is None and not options.again:
        return measuring.measure(context)
    for name in _ELSEWHERE:
        if getattr(options, name):
            raise UsageError("into_alone", option=_option(name))
    context.library.recover()
    return _again(context) if options.again else _into(context)


def _option(name: str) -> str:
    return "--from" if name == "results" else f"--{name.replace('_', '-')}"


def _into(context: MeasureContext) -> int:
    from lfroadmap.usecases.measure_options import period_of
    from lfroadmap.usecases.measure_setup import PERIOD_DAYS, setup_of

    if not context.options.words:
        raise UsageError("flows_no_source")
    for name in _OF_SOME:
        if getattr(context.options, name):
            raise UsageError("into_filter", option=_option(name))
    name = context.chosen_name(context.options.into)
    zone, parameters, sources = measuring.choices(context)
    setup = setup_of(sources, zone, parameters, period_of(context.options.period) or PERIOD_DAYS)
    return fill_roadmap(context, Target(name, setup), sources, parameters)


def _again(context: MeasureContext) -> int:
    """Measure as it was done last for the roadmap that is named; raises RoadmapError where it never was."""
    from lfroadmap.usecases.measure_setup import remembered_setup

    options = context.options
    for name in _NOT_AGAIN:
        if getattr(options, name):
            raise UsageError("again_alone", option=_option(name))
    if options.into is not None or len(options.words) > 1:
        raise UsageError("again_alone", option="--into" if options.into is not None else options.words[1])
    name = context.chosen_name(options.words[0] if options.words else None)
    setup = remembered_setup(context.library.path(name), name)
    sources = setup.chosen(context.library.state.columns)
    there = context._replace(options=replace(options, words=setup.sources))
    return fill_roadmap(there, Target(name, setup), sources, setup.parameters())


@dataclass(slots=True)
class _Measured:
    """What was measured, and how the same events are measured of some customers alone."""

    found: Measurement
    figures: FlowFigures
    of_pair: Callable[[Pair], FlowFigures | None]
    filtered: dict[Pair, FlowFigures | None] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of the figures."""
        from lfroadmap.usecases.measured_figures import figures_day

        return figures_day(self.found)

    def figures_of(self, source: Source) -> FlowFigures | None:
        """The figures that a source is of; None where there are no such customers."""
        pair = (source.channel, source.segment)
        if not any(pair):
            return self.figures
        if pair not in self.filtered:
            self.filtered[pair] = self.of_pair(pair)
        return self.filtered[pair]


def fill_roadmap(context: MeasureContext, target: Target, sources: Sources, parameters: Parameters) -> int:
    """Measure, show what it would change, and change it where that is agreed to; raises RoadmapError."""
    from lfroadmap.flows.sources.clickhouse import is_clickhouse

    if any(map(is_clickhouse, sources.names)):
        return _fill_from_server(context, target, sources, parameters)
    check_targets(context)
    with measuring.engine_for(context, target.setup.zone) as engine:
        return _fill_from_files(context, target, engine, sources, parameters)


def _fill_from_files(
    context: MeasureContext, target: Target, engine: Engine, sources: Sources, parameters: Parameters
) -> int:
    from lfroadmap.flows.parameters import ALL
    from lfroadmap.usecases.measure_run import MeasureWork, bound_pairs, with_columns
    from lfroadmap.usecases.measured_figures import customers_to_keep

    sources = with_columns(sources, bound_pairs(context.stored(target.name).kpis))
    reading = measuring.read(context, engine, sources)
    setup = target.setup
    work = MeasureWork(engine, sources, reading, setup.zone, parameters, setup.period_days)
    found = work.found(ALL)
    customers = customers_to_keep(engine, found)
    measured = _Measured(found, work.figures(found), work.of_pair)
    measuring.end_progress(context)
    write_lists(context, engine, found)
    return _fill(context, target, measured, customers)


def _fill_from_server(
    context: MeasureContext, target: Target, sources: Sources, parameters: Parameters
) -> int:
    from lfroadmap.cli.measuring_server import read_server, write_server_lists
    from lfroadmap.cli.signals import unwinding
    from lfroadmap.settings import config_folder
    from lfroadmap.usecases.flow_figures import figures_of
    from lfroadmap.usecases.measure_run import filters_of_pair, read_plain
    from lfroadmap.usecases.measure_server import credentials_in, measure_server, server_table
    from lfroadmap.usecases.measured_figures import first_customers

    credentials, setup = credentials_in(config_folder()), target.setup

    def of_pair(pair: Pair) -> FlowFigures | None:
        try:
            given = replace(parameters, filters=filters_of_pair(pair))
            there = server_table(sources, credentials, setup.zone, given.filters)
            return read_plain(figures_of(measure_server(there, sources, setup.zone, given)))
        except UsageError:  # no customer came by the channel, or there is no such column or value in it
            return None

    with unwinding():
        server = read_server(context, sources, credentials, setup.zone, parameters)
        found = measure_server(server, sources, setup.zone, parameters, period_days=setup.period_days)
        measured = _Measured(found, read_plain(figures_of(found)), of_pair)
        customers = first_customers(server.runner(found.result.parameters), found.result)
        write_server_lists(context, server, found)
    return _fill(context, target, measured, customers)


def _fill(
    context: MeasureContext, target: Target, measured: _Measured, customers: dict[str, list[str]]
) -> int:
    """Change the KPIs and keep the figures, where that is agreed to."""
    from lfroadmap.usecases.measure_into import fill, keep, preview

    name, day = target.name, measured.day

    def make(plan: PlanEdits) -> Made:
        return fill(plan, preview(plan, measured.figures_of, day), day)

    def agree(plan: PlanEdits, made: Made) -> bool:
        _show(context, plan, name, measured)
        if context.options.dry_run:
            return False
        changes = made.edit.on(plan.roadmap) is not plan.roadmap
        question = context.words("binding.ask" if changes else "binding.ask_keep", name=name)
        return context.agrees(question, UsageError("into_needs_yes"), yes=context.options.yes)

    done = make_and_apply(context, name, make, agree)
    if done is None:
        return DONE
    kept = make_and_apply(context, name, lambda plan: keep(plan, measured.figures, day))
    _remember(context, target, customers)
    if not context.options.json:
        roadmap, made = done
        if made.edit.on(roadmap) is not roadmap:
            report_change(context, roadmap, made, quiet=False)
        context.say("binding.kept" if kept and kept[1].nodes else "binding.same", name=name)
    return DONE


def _show(context: MeasureContext, plan: PlanEdits, name: str, measured: _Measured) -> None:
    """Print what would change, as it is asked for."""
    from lfroadmap.usecases.measure_into import preview, preview_json

    previews = preview(plan, measured.figures_of, measured.day)
    if context.options.json:
        from lfroadmap.usecases.measurement import measurement_json

        into = {"roadmap": name, **preview_json(plan, previews, measured.day)}
        print_json({**measurement_json(measured.found), "into": into})
    else:
        from lfroadmap.usecases.measure_into_report import into_report

        context.output.report(into_report(plan, previews, name, measured.day))


def _remember(context: MeasureContext, target: Target, customers: dict[str, list[str]]) -> None:
    """Keep beside the document how it was measured, and the customers to look after."""
    from lfroadmap.usecases.measure_setup import remember_customers, remember_setup

    path = context.library.path(target.name)
    remember_setup(path, target.setup)
    remember_customers(path, customers)
    if not target.setup.sources and not context.options.json:
        context.say("binding.piped")


MEASURE = Command(MeasureOptions, measure, needs_library=False)
