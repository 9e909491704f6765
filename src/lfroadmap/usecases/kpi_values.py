"""Taking a calculator's result as the value of a KPI."""

from __future__ import annotations

from collections.abc import Sequence

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.report.figure_text import describe_figure, format_figure
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.kpi_sources import (
    KpiFigure,
    MisfitError,
    current_source,
    figures_of,
    kpi_figures,
    value_for,
)
from lfroadmap.roadmap.model import Calculator, Card, Kpi, Reading
from lfroadmap.roadmap.named_nodes import likest_of
from lfroadmap.roadmap.notes import utc_time
from lfroadmap.roadmap.tree import find
from lfroadmap.text import one_line
from lfroadmap.usecases.dated_values import edits_of_day, newest_day, past_day
from lfroadmap.usecases.plan_edits import Made, PlanEdits


def take_figure(plan: PlanEdits, kpi: Kpi, found: KpiFigure, at: str | None = None) -> Made:
    """The result as the value of a KPI for a day, today if none is named; one step.

    Raises UsageError where the KPI cannot take it, and for a day that is yet to come.
    """
    try:
        value = value_for(found, kpi, plan.labels)
    except MisfitError as error:
        raise _refusal(error, plan, kpi, found) from error
    day = past_day(plan.day(at), at, plan.today) if at else plan.today.isoformat()
    newest = newest_day(kpi, plan.source.typed_on(kpi), plan.today)
    time = utc_time(plan.source.now)
    reading = Reading(plan.new_id(), value, day, "calculated", found.source, time)
    return Made(Batch(edits_of_day(kpi, reading, newest)), (kpi.id,))


def take_again(plan: PlanEdits, kpi: Kpi) -> Made:
    """The result of now from where the KPI's current value was taken; raises RoadmapError."""
    source = current_source(plan.roadmap, kpi, plan.labels)
    if source is None or source.reading.origin != "calculated":
        raise RoadmapError("kpi_typed", name=plan.name(kpi))
    if source.calculator is None or source.figure is None:
        raise RoadmapError("kpi_source_gone", name=plan.name(kpi))
    return take_figure(plan, kpi, source.figure)


def _refusal(error: MisfitError, plan: PlanEdits, kpi: Kpi, found: KpiFigure) -> UsageError:
    words = plan.words
    if error.misfit == "none":
        return UsageError(
            "kpi_no_result", figure=describe(plan, found), card=one_line(plan.labels.of(found.card))
        )
    needed = found.currency or words(f"kpi.unit_{_UNITS[found.figure.unit]}")
    key = "kpi_unit_unknown" if error.misfit == "no_unit" else "kpi_unit_other"
    unit = one_line(plan.labels.kpi(kpi, "unit")) or "—"
    return UsageError(
        key, name=plan.name(kpi), unit=unit, figure=describe(plan, found),
        value=format_figure(found, words), needed=needed,
    )  # fmt: skip


_UNITS = {"%": "percent", "days": "days", "money": "money", "number": "number", "months": "months"}
"""Unit of a figure -> the end of its key in the words."""


def describe(plan: PlanEdits, found: KpiFigure) -> str:
    """A result with its calculator: `Sales funnel: Overall rate`."""
    figure = describe_figure(found, plan.labels, plan.words)
    return plan.words("kpi.figure_of", calculator=one_line(plan.labels.of(found.calculator)), figure=figure)


def fits(plan: PlanEdits, kpi: Kpi, found: KpiFigure) -> bool:
    """True if the KPI can take the result."""
    try:
        value_for(found, kpi, plan.labels)
    except MisfitError:
        return False
    return True


def take_named(plan: PlanEdits, kpi: str, source: str, at: str | None = None) -> Made:
    """The same by names: `source` is `CARD`, `CARD.CALCULATOR` or a calculator's id, and `/FIGURE`.

    Raises RoadmapError where they name nothing, and UsageError with all results where they name several.
    """
    node = plan.one(Kpi, kpi).node
    assert isinstance(node, Kpi)
    return take_figure(plan, node, _figure_named(plan, source, node), at)


def _figure_named(plan: PlanEdits, source: str, kpi: Kpi) -> KpiFigure:
    every = list(kpi_figures(plan.roadmap, plan.labels))
    if exact := [each for each in every if each.source == source]:
        return exact[0]
    named, slash, figure = source.partition("/")
    meant = _of_place(plan, named)
    if not meant:
        raise RoadmapError("kpi_no_calculator", name=one_line(named))
    if slash:
        meant = _called(plan, meant, figure)
    if not meant:
        raise UsageError("kpi_no_figure", name=one_line(figure), found=listed(plan, _of_place(plan, named)))
    if len(meant) == 1:
        return meant[0]
    raise UsageError("kpi_several_figures", name=one_line(source), found=listed(plan, meant))


def _of_place(plan: PlanEdits, named: str) -> list[KpiFigure]:
    """The results of a calculator, or of all of a card."""
    place = find(plan.roadmap, named)
    if place is None:
        card, dot, calculator = named.rpartition(".")
        if dot and card and calculator:
            above = plan.one(Card, card).node
            place = plan.one(Calculator, calculator, above)
        else:
            place = plan.one((Card, Calculator), named)
    if isinstance(place.node, Card):
        return [each for calc in place.node.calculators for each in figures_of(place.node, calc, plan.labels)]
    if isinstance(place.node, Calculator):
        card_place = find(plan.roadmap, place.parent)
        assert card_place is not None and isinstance(card_place.node, Card)
        return [*figures_of(card_place.node, place.node, plan.labels)]
    return []


def _called(plan: PlanEdits, meant: Sequence[KpiFigure], figure: str) -> list[KpiFigure]:
    """Those that a text names: by the names of programs, or by words."""
    by_name = [each for each in meant if figure in (each.name, each.figure.name)]
    names = {at: (describe_figure(each, plan.labels, plan.words),) for at, each in enumerate(meant)}
    return by_name or [meant[at] for at in likest_of(figure, names)]


def listed(plan: PlanEdits, every: Sequence[KpiFigure]) -> str:
    """Results, a line each: what to write, its words, its value."""
    rows = [
        (f"{each.calculator.id}/{each.figure.name}", describe(plan, each), format_figure(each, plan.words))
        for each in every
    ]
    width = max((len(source) for source, _, _ in rows), default=0)
    return "\n".join(f"  {source.ljust(width)}  {name}  {value}" for source, name, value in rows)
