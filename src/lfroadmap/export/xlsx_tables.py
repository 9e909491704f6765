"""The tables of a workbook: which of them it has, their names in it, and the widths of their columns."""

from __future__ import annotations

from collections.abc import Mapping

from lfroadmap.export.context import ExportContext
from lfroadmap.report.history_section import table as changes
from lfroadmap.report.over_time import burn_up_table, values_table, with_values
from lfroadmap.report.owner_table import owner_table
from lfroadmap.report.tables import Table, tables

NAMES = {
    "overview": "Overview", "cards": "Cards", "tasks": "Tasks", "kpis": "KPIs", "history": "Changes",
    "burn_up": "BurnUp", "calculators": "Calculators", "owners": "Owners", "kpi_values": "KPIValues",
    "flows": "Flows", "flow_lists": "FlowLists", "measurements": "Measurements",
}  # fmt: skip
"""Table -> its name in the workbook, for queries and formulas in any language."""
_WIDTHS = {
    "id": 12, "stage": 36, "card": 40, "owner": 18, "deadline": 12, "start": 12, "progress": 13,
    "done_tasks": 11, "all_tasks": 11, "late": 11, "late_tasks": 11, "health": 13, "next": 16,
    "goals": 42, "details": 42, "task": 62, "done": 8,
    "notes": 42, "waits_for": 30, "moves": 24, "repeat": 12, "readings": 20, "source": 30,
    "done_on": 12, "due": 12, "measure": 28, "definition": 40, "baseline": 13, "target": 18, "current": 12,
    "better": 22, "unit": 8, "standing": 20, "way": 13, "goal": 18, "time": 18, "author": 16, "change": 60,
    "calculator": 28, "kind": 16, "row": 24, "count": 12, "rate": 12, "deal_stage": 18, "value": 13,
    "probability": 12, "days": 9, "spend": 13, "customers": 12, "months": 9, "results": 42,
    "before": 36, "after": 36, "over_time": 44, "day": 13, "done_by": 15, "due_by": 15, "planned_by": 15,
    "days_late": 10, "baseline_number": 15, "current_number": 15, "owned_cards": 40, "owned_kpis": 32,
    "kpi_name": 32, "dated_value": 18, "number": 12, "change_id": 10, "change_kind": 16, "node": 24,
    "attribute": 16, "numerator": 15, "denominator": 15, "figure": 26, "channel": 18, "segment": 22,
    "since": 13,
}  # fmt: skip
_WIDTHS_OF: Mapping[str, Mapping[str, int]] = {
    "overview": {"stage": 40, "progress": 26, "health": 20},
    "owners": {"owner": 28},
    "flows": {"measure": 40, "before": 13, "unit": 14},
    "flow_lists": {"measure": 40, "row": 44, "figure": 26},
    "measurements": {"measure": 40, "unit": 14},
}
"""Table -> the widths of its columns that are others than in the rest."""
_FIELD = 28
"""Width of the column of a field."""


def widths_of(table: Table) -> Mapping[str, int]:
    """Column -> its width in a table, in digits."""
    return {**dict.fromkeys(table.columns, _FIELD), **_WIDTHS, **_WIDTHS_OF.get(table.name, {})}


def tables_of(context: ExportContext) -> list[Table]:
    """The tables that have a sheet of their own."""
    days = context.thresholds.risk_days
    found = tables(context.roadmap, context.words, context.today, days)
    if context.activity:
        found["kpis"] = with_values(found["kpis"], context.roadmap, context.activity, context.words)
    all_tables = [*found.values()]
    is_of_all = not context.choices.owner
    people = owner_table(context.roadmap, context.words, context.today) if is_of_all else None
    all_tables += [people] if people else []
    if context.activity:
        values = values_table(context.roadmap, context.activity, context.words)
        all_tables += [values] if values else []
    if any(card.calculators for stage in context.roadmap.stages for card in stage.cards):
        from lfroadmap.report.calculators.calculator_table import calculator_table  # noqa: PLC0415

        all_tables.append(calculator_table(context.roadmap, context.words))
    all_tables += _measured(context)
    if context.activity and not context.part:
        burn_up = burn_up_table(context.roadmap, context.activity, context.words, context.today)
        all_tables += [burn_up] if burn_up else []
    return all_tables if context.history is None else [*all_tables, changes(context.history)]


def _measured(context: ExportContext) -> list[Table]:
    """The last measurement of flows, its lists, and all of them; none where nothing was measured."""
    if not context.roadmap.measurements:
        return []
    from lfroadmap.report.flows.figure_tables import flow_table, measurement_table  # noqa: PLC0415
    from lfroadmap.report.flows.list_table import list_table  # noqa: PLC0415

    measurements, words = context.roadmap.measurements, context.words
    last = flow_table(measurements, words)
    if last is None:
        return []
    lists = list_table(measurements, words)
    return [last, *([lists] if lists else []), measurement_table(measurements, words)]
