"""The days that cards and open tasks were due on before, out of the change log."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.edits import Edit, SetField, SetTask
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.store.history.change_entries import local_time
from lfroadmap.store.history.queries import changes_of_kinds

MOST = 5
"""Most days of a card or a task, the newest ones."""


def slipped_days(path: Path, roadmap: Roadmap, upto: int | None = None) -> dict[str, tuple[date, ...]]:
    """Id of a card or an open task -> the days that it was due on before, in the order of time.

    A day counts if it still stood on the day after it was set: one that was corrected at once never was a
    plan. The log is walked back by the inverses; a damaged change is skipped. Raises BrokenStore.
    """
    nodes = _dated(roadmap)
    changed: dict[str, list[tuple[date, str]]] = {}
    condition = (
        "(node IN (SELECT value FROM json_each(?))"
        " AND (kind = 'SetField' OR kind = 'SetTask' AND attribute = 'due'))"
    )
    for change in changes_of_kinds(path, condition, upto, json.dumps([*nodes])):
        try:
            parts = load_edit(change.inverse).singles()
        except ValueError:
            continue
        for part in parts:
            if (node := _due_node(part)) in nodes and isinstance(part, SetField | SetTask):
                changed.setdefault(node, []).append((local_time(change.at).date(), part.value))
    return {nodes[node]: days for node, values in changed.items() if (days := _stood(values))}


def _dated(roadmap: Roadmap) -> dict[str, str]:
    """Id of a field with a deadline -> that of its card; ids of open tasks with a day, each of itself."""
    out: dict[str, str] = {}
    for card in (card for stage in roadmap.stages for card in stage.cards):
        out |= {field.id: card.id for field in card.fields if field.role == "deadline"}
        out |= {task.id: task.id for task in card.tasks if task.due and not task.done}
    return out


def _due_node(edit: Edit) -> str:
    """Id of the field or task whose day an edit may set; empty for any other edit."""
    if isinstance(edit, SetField):
        return edit.field
    return edit.task if isinstance(edit, SetTask) and edit.detail == "due" else ""


def _stood(values: list[tuple[date, str]]) -> tuple[date, ...]:
    """The days that stood for longer than one; each value with the day on which it ended, newest first."""
    begins = [*(day for day, _ in values[1:]), None]
    found = [
        due
        for (ended, typed), began in zip(values, begins, strict=True)
        if began != ended and (due := iso_day(typed))
    ]
    return tuple(reversed([*dict.fromkeys(found)][:MOST]))
