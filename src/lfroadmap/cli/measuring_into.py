"""`measure --into` and `measure --again`: measured figures as the values of a roadmap's KPIs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.cli import measuring
from lfroadmap.cli.context import Command
from lfroadmap.cli.measuring_options import MeasureContext, MeasureOptions
from lfroadmap.cli.output import print_json
from lfroadmap.cli.plan_changes import make_and_apply, report_change
from lfroadmap.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from lfroadmap.flows.parameters import Parameters
    from lfroadmap.flows.sources.engine import Engine
    from lfroadmap.roadmap.flow_figures import FlowFigures
    from lfroadmap.roadmap.measured_values import Source
    from lfroadmap.usecases.measure_setup import MeasureSetup
    from lfroadmap.usecases.measured_figures import MeasureAt
    from lfroadmap.usecases.measurement import Measurement, Sources
    from lfroadmap.usecases.plan_edits import Made, PlanEdits

DONE = 0
_ELSEWHERE = ("explain", "sql", "results", "sample")
_NOT_AGAIN = (
    "map", "kinds", "tz", "dates", "identities", "gap", "window", "look_back", "as_of", "steps", "weights",
)  # fmt: skip
"""Options whose values are remembered with the roadmap."""


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
    from lfroadmap.usecases.measure_setup import setup_of

    if not context.options.words:
        raise UsageError("flows_no_source")
    name = context.chosen_name(context.options.into)
    zone, parameters, sources = measuring.choices(context)
    setup = setup_of(sources, zone, parameters)
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
    measure_at: MeasureAt
    figures: FlowFigures
    filtered: dict[tuple[str, str], FlowFigures | None] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of the figures."""
        from lfroadmap.usecases.measured_figures import figures_day

        return figures_day(self.found)

    def figures_of(self, source: Source) -> FlowFigures | None:
        """The figures that a source is of; None where those customers cannot be measured apart."""
        from lfroadmap.usecases.measured_figures import figures_filtered

        key = (source.channel, source.segment)
        if key == ("", ""):
            return self.figures
        if key not in self.filtered:
            self.filtered[key] = figures_filtered(self.found, self.measure_at, *key)
        return self.filtered[key]


def fill_roadmap(context: MeasureContext, target: Target, sources: Sources, parameters: Parameters) -> int:
    """Measure, show what it would change, and change it where that is agreed to; raises RoadmapError."""
    from lfroadmap.flows.sources.clickhouse import is_clickhouse

    if any(map(is_clickhouse, sources.names)):
        return _fill_from_server(context, target, sources, parameters)
    measuring.check_targets(context)
    with measuring.engine_for(context, target.setup.zone) as engine:
        return _fill_from_files(context, target, engine, sources, parameters)


def _fill_from_files(
    context: MeasureContext, target: Target, engine: Engine, sources: Sources, parameters: Parameters
) -> int:
    from lfroadmap.usecases.measured_figures import customers_to_keep, measures_at
    from lfroadmap.usecases.measurement import measure_events

    reading = measuring.read(context, engine, sources)
    found = measure_events(engine, sources, reading, target.setup.zone, parameters)
    measured = _measured(found, measures_at(engine), target.setup.period_days)
    customers = customers_to_keep(engine, found)
    measuring.end_progress(context)
    measuring.write_lists(context, engine, found)
    return _fill(context, target, measured, customers)


def _fill_from_server(
    context: MeasureContext, target: Target, sources: Sources, parameters: Parameters
) -> int:
    from lfroadmap.cli.signals import unwinding
    from lfroadmap.flows.results import Result
    from lfroadmap.settings import config_folder
    from lfroadmap.usecases.measure_server import credentials_in, measure_server

    measuring.check_server(context)
    credentials, zone = credentials_in(config_folder()), target.setup.zone

    def measure_at(changed: Parameters) -> Result:
        return measure_server(sources, credentials, zone, changed).result

    with unwinding():
        found = measure_server(sources, credentials, zone, parameters)
        measured = _measured(found, measure_at, target.setup.period_days)
    return _fill(context, target, measured, {})


def _measured(found: Measurement, measure_at: MeasureAt, period_days: int) -> _Measured:
    from lfroadmap.usecases.measured_figures import figures_before, kept_figures

    before = figures_before(found, measure_at, period_days)
    return _Measured(found, measure_at, kept_figures(found, before, period_days))


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
