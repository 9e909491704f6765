"""Importing the notes of a task or a card, and the values by day of a KPI: what is missing is added."""

from __future__ import annotations

from collections.abc import Mapping

from lfroadmap.roadmap.edits import Edit, Rename
from lfroadmap.roadmap.import_index import ImportIndex
from lfroadmap.roadmap.kpi_readings import CellReading, readings_in
from lfroadmap.roadmap.kpi_readings import cell_of as cell_of_readings
from lfroadmap.roadmap.model import Card, Kpi, Note, Reading, Task
from lfroadmap.roadmap.notes import cell_of, notes_in, written
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.table_rows import Remark, matches

Changes = list[tuple[str, str, str]]


def note_edits(index: ImportIndex, cells: Mapping[str, str], node: Card | Task) -> tuple[list[Edit], Changes]:
    """The edits that add a row's notes to a node, the first on top, and what they change; none is removed."""
    found = notes_of(index, cells)
    new = [note for note in found if not any(_is_same(note, there) for there in node.notes)]
    edits: list[Edit] = [Add(note, node.id, "") for note in reversed(new)]
    return edits, [("notes", "", cell_of((note,))) for note in new]


def notes_of(index: ImportIndex, cells: Mapping[str, str]) -> tuple[Note, ...]:
    """The notes in a row."""
    return tuple(notes_in(cells.get("notes", ""), index.setting.new_id, index.setting.day))


def _is_same(new: Note, there: Note) -> bool:
    """True for the same text, unless both are known to be of different times."""
    if not matches(new.text or "", there.text or ""):
        return False
    (day, clock), (other, other_clock) = written(new), written(there)
    return not new.author or (day == other and clock in ("", other_clock))


def reading_edits(
    kpi: Kpi, index: ImportIndex, cells: Mapping[str, str], remarks: list[Remark]
) -> tuple[list[Edit], Changes]:
    """The edits that give a KPI a row's values by day, and what they change; other days stay."""
    there = {reading.day: reading for reading in kpi.readings}
    edits: list[Edit] = []
    changes: Changes = []
    for each in readings_of(cells, remarks):
        known, new = there.get(each.day), new_reading(index, each)
        is_same = known is not None and _origin(known) == _origin(new)
        if known and matches(each.value, known.value or "") and (is_same or not each.origin):
            continue
        if known and is_same:
            edits.append(Rename(known.id, each.value))
        else:
            edits += [*([Remove(known.id)] if known else []), Add(new, kpi.id)]
        changes.append(("readings", cell_of_readings((known,)) if known else "", cell_of_readings((new,))))
    return edits, changes


def _origin(reading: Reading) -> tuple[str, str, str]:
    return reading.origin, reading.source, reading.time


def new_reading(index: ImportIndex, each: CellReading) -> Reading:
    """The value of a day in a cell as a node."""
    return Reading(index.setting.new_id(), each.value, each.day, each.origin, each.source, each.time)


def readings_of(cells: Mapping[str, str], remarks: list[Remark]) -> tuple[CellReading, ...]:
    """The days and values in a row, the last one of a day; a line that is none is noted."""
    values: dict[str, CellReading] = {}
    for each in readings_in(cells.get("readings", "")):
        if each.day:
            values[each.day] = each
        else:
            remarks.append(Remark("no_reading", "readings", each.value))
    return tuple(values.values())
