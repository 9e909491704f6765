"""The edits that give cards and tasks other days."""

from __future__ import annotations

from datetime import date

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Edit, SetField, SetTask
from lfroadmap.roadmap.schedule import Scheduled, moved, role_field


def day_edit(item: Scheduled, day: date) -> Edit:
    """The edit that gives a card another deadline, or a task another due day."""
    if item.task:
        return SetTask(item.task.id, "due", day.isoformat())
    field = role_field(item.card, "deadline")
    assert field is not None  # the day was read from it
    return SetField(field.id, day.isoformat())


def start_edit(item: Scheduled, day: date) -> Edit | None:
    """The edit that gives a card another first day; None where it has no field for it."""
    field = None if item.task else role_field(item.card, "start")
    return SetField(field.id, day.isoformat()) if field else None


def span_edit(item: Scheduled, days: int) -> Edit:
    """The edit that moves all of a card by days: its first day, where one is typed, and its deadline."""
    edit = day_edit(item, moved(item.day, "day", days))
    first = start_edit(item, moved(item.start, "day", days)) if item.start else None
    return Batch((first, edit)) if first else edit
