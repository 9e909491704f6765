"""Edits that together set down one value of a KPI for a day."""

from __future__ import annotations

from lfroadmap.report.node_index import NodeIndex
from lfroadmap.roadmap.edits import Edit, Rename, SetKpi
from lfroadmap.roadmap.model import Reading
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import Words


def dated_value(several: tuple[Edit, ...], index: NodeIndex) -> Edit | None:
    """The edit with the value of a KPI for a day, where the others only give way to it or repeat it."""
    if len(several) < 2:
        return None
    *others, last = several
    found: Edit = last
    if isinstance(last, SetKpi):
        found = others.pop()
        if last.column != "current" or _value(found, index) != (last.kpi, last.value):
            return None
    if others and not isinstance(found, Add):
        return None
    return found if all(_gives_way(each, found, index) for each in others) else None


def day_name(reading: Reading, index: NodeIndex, labels: Labels, words: Words) -> str:
    """What a value by day is called: its KPI, and the day."""
    above, day = index.above(reading.id), iso_day(reading.day)
    measure = labels.of(above) if above else ""
    shown = words.day(day) if day else reading.day
    return one_line(" · ".join(part for part in (measure, shown) if part))


def _value(edit: Edit, index: NodeIndex) -> tuple[str, str | None] | None:
    """The KPI to which an edit gives a value of a day, and the value; None for another edit."""
    if isinstance(edit, Add) and isinstance(edit.node, Reading):
        return edit.parent, edit.node.value
    if isinstance(edit, Rename) and isinstance(index.node(edit.node), Reading):
        above = index.above(edit.node)
        return (above.id, edit.text) if above else None
    return None


def _gives_way(edit: Edit, added: Edit, index: NodeIndex) -> bool:
    """True for the removal of another value of the same KPI and day."""
    node = index.node(edit.node) if isinstance(edit, Remove) else None
    above = index.above(node.id) if node else None
    if not isinstance(node, Reading) or not isinstance(added, Add) or above is None:
        return False
    if not isinstance(added.node, Reading):
        return False
    return (node.day, above.id) == (added.node.day, added.parent)
