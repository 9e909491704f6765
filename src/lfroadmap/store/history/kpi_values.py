"""The current values that each KPI has had, out of the change log."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.edits import Edit, SetKpi
from lfroadmap.roadmap.model import Kpi, Roadmap
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
    for change in kpi_changes(path, upto):
        try:
            inverse = load_edit(change.inverse)
        except ValueError:
            continue
        for part in inverse.singles():
            _step_back(values, local_time(change.at), part)
    return {kpi_id: tuple(reversed(found.values)) for kpi_id, found in values.items()}


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
