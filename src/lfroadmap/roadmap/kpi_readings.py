"""The values that were set down for days of a KPI: their order, and their form in the cell of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, cast, get_args

from lfroadmap.roadmap.model import Calculator, Card, Kpi, Origin, Reading, Roadmap
from lfroadmap.roadmap.progress import iso_day

_MARK = re.compile(r"(.*?) ?\[(?:(\w+) ([^\[\]\n]*?)(?: (\S+Z))?)?\]", re.DOTALL)
"""A value with where it comes from: `1 [calculated launch.funnel/overall 2026-03-15T09:30:00.000Z]`."""
_OF_LINE = re.compile(r"[\[\]\n\r]")
_ORIGINS = {*get_args(Origin)} - {""}


class CellReading(NamedTuple):
    """A value by day in the cell of a table."""

    day: str
    """Empty where a line is no day with a value."""
    value: str
    origin: Origin = ""
    source: str = ""
    time: str = ""


def by_day(kpi: Kpi) -> tuple[Reading, ...]:
    """The readings of a KPI from the earliest day on; those of no day are left out."""
    return tuple(sorted((each for each in kpi.readings if iso_day(each.day)), key=lambda each: each.day))


def current_reading(kpi: Kpi) -> Reading | None:
    """The reading that the current value comes from; None for a value that a person typed.

    It is one of the newest day with the same value.
    """
    if not kpi.readings or not (known := by_day(kpi)):
        return None
    of_day = [each for each in known if each.day == known[-1].day and (each.value or "") == kpi.current]
    return of_day[-1] if of_day and of_day[-1].origin else None


def calculators(roadmap: Roadmap) -> Iterator[tuple[Card, Calculator]]:
    """The calculators of all cards in reading order."""
    for stage in roadmap.stages:
        for card in stage.cards:
            for calculator in card.calculators:
                yield card, calculator


def find_calculator(roadmap: Roadmap, source: str) -> tuple[Card, Calculator, str] | None:
    """The calculator of a source and the name of its result; an id may have slashes of its own."""
    for card, calculator in calculators(roadmap):
        if source.startswith(f"{calculator.id}/"):
            return card, calculator, source[len(calculator.id) + 1 :]
    return None


def cell_of(readings: Iterable[Reading]) -> str:
    """The readings as the text of one cell, a line each: `2026-03-15: 31`."""
    return "\n".join(f"{each.day}: {_marked(each)}" for each in readings)


def _marked(reading: Reading) -> str:
    """The value, with where it comes from where nobody typed it."""
    value = reading.value or ""
    if not reading.origin:
        return f"{value} []" if value.endswith("]") else value
    parts = (reading.origin, _OF_LINE.sub("", reading.source), _OF_LINE.sub("", reading.time))
    return f"{value} [{' '.join(parts).rstrip()}]"


def readings_in(cell: str) -> Iterator[CellReading]:
    """The days and values in a cell as `cell_of` writes it; an empty day where a line is no such line."""
    for line in cell.strip().splitlines():
        day, colon, value = line.strip().removeprefix("'").partition(":")
        if colon and iso_day(day.strip()):
            yield _unmarked(day.strip(), value.strip())
        elif line.strip():
            yield CellReading("", line.strip())


def _unmarked(day: str, typed: str) -> CellReading:
    found = _MARK.fullmatch(typed)
    if found is None or (found[2] and found[2] not in _ORIGINS):
        return CellReading(day, typed)
    return CellReading(day, found[1], cast("Origin", found[2] or ""), found[3] or "", found[4] or "")
