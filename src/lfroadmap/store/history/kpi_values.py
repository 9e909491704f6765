"""The current values that each KPI has had, out of the change log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple

from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.edits import Edit, Rename, SetKpi
from lfroadmap.roadmap.kpi_readings import by_day
from lfroadmap.roadmap.model import Kpi, Reading, Roadmap
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.store.history.change_entries import local_time
from lfroadmap.store.history.queries import kpi_changes

MOST = 1000
"""Most values of one KPI that are read, the newest ones."""


class DatedValue(NamedTuple):
    """A KPI's current value, and since when it stood."""

    at: datetime
    """In local time, aware."""
    value: str


def kpi_values(path: Path, roadmap: Roadmap, upto: int | None = None) -> dict[str, tuple[DatedValue, ...]]:
    """Id of each KPI in `roadmap` -> its values in the order of time; raises BrokenStore.

    `upto` is the number of the last change in `roadmap`; None: all of them.

    The log is walked back from the newest change by the inverses, so that values set by an import, a reset
    or an undo count like typed ones. A damaged change is skipped.
    """
    values = {kpi.id: _Values(kpi.current) for kpi in roadmap.kpis}
    owners = {reading.id: kpi.id for kpi in roadmap.kpis for reading in kpi.readings}
    for change in kpi_changes(path, upto):
        try:
            inverse = load_edit(change.inverse)
        except ValueError:
            continue
        dated = values.keys() & {*_dated(inverse, owners)}  # the change may be of other KPIs too
        for part in inverse.singles():
            if isinstance(part, SetKpi) and part.column == "current" and part.kpi in dated:
                values[part.kpi].current = part.value or ""  # it is among the values by day
            else:
                _step_back(values, local_time(change.at), part)
    return {kpi.id: _with_readings(kpi, reversed(values[kpi.id].values)) for kpi in roadmap.kpis}


def _dated(inverse: Edit, owners: dict[str, str]) -> Iterator[str]:
    """The ids of the KPIs to which a change gave, or took, a value of a day; by the change's inverse.

    `owners` gets the values by day that the change took, as an undo does, for the changes before it.
    """
    for part in inverse.singles():
        if isinstance(part, Remove | Rename) and part.node in owners:
            yield owners[part.node]
        elif isinstance(part, Add) and isinstance(part.node, Reading):
            owners[part.node.id] = part.parent
            yield part.parent


def _with_readings(kpi: Kpi, logged: Iterable[DatedValue]) -> tuple[DatedValue, ...]:
    """The values of the log and those that were set down for a day, which count for that day."""
    readings = [DatedValue(_begin_of(each.day), each.value or "") for each in by_day(kpi)]
    days = {reading.at.date() for reading in readings}
    kept = [value for value in logged if value.at.date() not in days]
    return tuple(sorted([*kept, *readings], key=lambda each: each.at))


def _begin_of(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time()).astimezone()


def last_typed(path: Path, roadmap: Roadmap, today: date, kpi: Kpi) -> date | None:
    """The last day on which the current value of a KPI in the file was set; None where it never was.

    `kpi` may be one that is not in the file like this: it was set today. Raises BrokenStore.
    """
    saved = next((each for each in roadmap.kpis if each.id == kpi.id), None)
    if saved is None or saved.current != kpi.current:
        return today
    values = kpi_values(path, Roadmap(roadmap.id, kpis=(saved,)))[kpi.id]
    days = {reading.day for reading in saved.readings}
    typed = [value.at.date() for value in values if value.at.date().isoformat() not in days]
    return typed[-1] if typed else None


class _Values:
    """The values of one KPI, newest first, while the log is walked back."""

    def __init__(self, current: str) -> None:
        self.current = current
        self.values: list[DatedValue] = []

    def set_at(self, at: datetime, before: str) -> None:
        """Note that a change at this time set the value, and what stood there before."""
        if self.current != before and len(self.values) < MOST:
            self.values.append(DatedValue(at, self.current))
        self.current = before

    def removed_at(self, current: str) -> None:
        """Note that it had been removed with this value: when it came back, nobody measured it again."""
        if self.values and self.values[-1].value == current:
            self.values.pop()
        self.current = current


def _step_back(values: dict[str, _Values], at: datetime, part: Edit) -> None:
    """Take in one edit of a change's inverse."""
    if isinstance(part, SetKpi) and part.column == "current" and part.kpi in values:
        values[part.kpi].set_at(at, part.value or "")
    elif isinstance(part, Remove) and part.node in values:  # the change added the KPI
        values[part.node].set_at(at, "")
    elif isinstance(part, Add) and isinstance(part.node, Kpi) and part.node.id in values:
        values[part.node.id].removed_at(part.node.current)  # the change removed it
